"""`payung user`: people and their roles."""

import click
from django.db import IntegrityError

from payung.access.permissions import SCOPES_OF, Permission, Role, ScopeKind
from payung.access.services import add_user
from payung.cli.session import Session, WrongUseError, with_session
from payung.sponsors.errors import UnknownSponsorError
from payung.sponsors.selectors import sponsor_by_code


@click.group()
def user() -> None:
    """Pengguna dan perannya."""


@user.command("add")
@click.argument("email")
@click.option("--name", required=True, help="Nama lengkap.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role if role is not Role.OPERATOR]))
@click.option("--scope", "scope_id", default="", help="Kode desa, kecamatan, atau kode penyandang; kosong: kabupaten.")
@click.option("--password", help="Kata sandi; tanpa ini orang itu masuk lewat surel pengaturan ulang.")
@with_session
def add(session: Session, email: str, name: str, role: str, scope_id: str, password: str | None) -> None:
    """Tambahkan pengguna dengan satu peran.

    Contoh: payung user add rina@kendal.example --name "Rina" --role petugas_dinas
    """
    wanted = Role(role)
    kind = _scope_kind(wanted, scope_id)
    if kind is ScopeKind.SPONSOR:
        scope_id = _sponsor_id(scope_id)
    try:
        made = add_user(
            email,
            name=name,
            role=wanted,
            scope_kind=kind,
            scope_id=scope_id,
            password=password,
            acting_user=session.viewer,
            clock=session.clock,
        )
    except IntegrityError as error:
        raise WrongUseError(f"{email} sudah terdaftar.") from error
    session.answer({"user": str(made.public_id), "email": made.email, "role": role}, f"{made.email}: {role}")


def _sponsor_id(code: str) -> str:
    """A grant reaches over a sponsor by its public id; people type its code."""
    try:
        return str(sponsor_by_code(code).public_id)
    except UnknownSponsorError as error:
        raise WrongUseError(
            f"Penyandang {code} belum terdaftar. Daftarkan dahulu: payung sponsor add {code} --name NAMA --funds CSR"
        ) from error


def _scope_kind(role: Role, scope_id: str) -> ScopeKind:
    allowed = SCOPES_OF[role]
    if ScopeKind.REGENCY in allowed and not scope_id:
        return ScopeKind.REGENCY
    if ScopeKind.SPONSOR in allowed and scope_id:
        return ScopeKind.SPONSOR
    if ScopeKind.VILLAGE in allowed and len(scope_id) == 13:
        return ScopeKind.VILLAGE
    if ScopeKind.KECAMATAN in allowed and len(scope_id) == 8:
        return ScopeKind.KECAMATAN
    raise WrongUseError(f"Peran {role} memerlukan --scope ({', '.join(sorted(allowed))}).")


add.payung_door = Permission.USER_MANAGE  # type: ignore[attr-defined]
commands: list[click.Command] = [user]
