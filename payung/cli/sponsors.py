"""`payung sponsor` and `payung pledge`: who pays, what they promise, and what that costs by law."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

import click

from payung.access.permissions import Permission
from payung.cli.session import Session, WrongUseError, as_known_on, with_session
from payung.contributions.selectors import balances_as_known_on, sponsor_story_as_known_on
from payung.kernel.funds import SumberDana
from payung.kernel.month import Month, NotAMonthError
from payung.kernel.rupiah import rupiah_text
from payung.registry.errors import UnknownOccupationError, UnknownRegionError
from payung.registry.selectors import occupation_named, sector_of
from payung.rules.steps import Figure
from payung.sponsors.errors import (
    BudgetError,
    ClientKeyReusedError,
    SponsorCodeTakenError,
    SponsorDataError,
    SponsorInactiveError,
    UnknownSponsorError,
)
from payung.sponsors.models import Pledge, Sponsor
from payung.sponsors.pricing import PledgeFacts, PricedMonth, PricedPledge, price_facts
from payung.sponsors.selectors import (
    pledges_visible_to,
    sponsor_by_code,
    sponsor_line,
    sponsor_lines,
    sponsors_visible_to,
)
from payung.sponsors.services import add_sponsor, check_pledge, invite_clerk, make_pledge, price_pledge

_FUNDS = [funds.value for funds in SumberDana]
_FAULTS: dict[tuple[str, str], str] = {
    (
        "code",
        "form",
    ): "Kode penyandang: huruf, angka, titik, garis bawah, tanda hubung; paling banyak 32.",
    ("name", "missing"): "Nama penyandang belum diisi.",
    ("contact_email", "form"): "Alamat surel kontak tidak lengkap, misalnya joko@maju.example.",
    ("own_employees", "range"): "Jumlah karyawan sendiri di luar yang mungkin.",
    ("workers", "range"): "--workers harus antara {0} dan {1}.",
    ("first_month", "range"): "--from harus antara {0} dan {1}.",
    ("months", "term"): "--months harus salah satu dari {all}.",
    ("dasar_upah_rp", "band"): "--dasar-upah bukan dasar penghasilan pada Lampiran II; yang terdekat: {0}.",
    ("dasar_upah_rp", "range"): "--dasar-upah harus dasar penghasilan pada Lampiran II, misalnya 1000000.",
}


@click.group()
def sponsor() -> None:
    """Penyandang iuran: perusahaan, donatur, kantor (ASN Peduli), BAZNAS, APBD, DBHCHT, APBDes."""


@sponsor.command("add")
@click.argument("code")
@click.option("--name", required=True, help="Nama lengkap.")
@click.option(
    "--funds", required=True, type=click.Choice(_FUNDS, case_sensitive=False), help="Sumber dana: penentu harga."
)
@click.option("--npp", default="", help="Nomor pendaftaran perusahaan di BPJS Ketenagakerjaan.")
@click.option("--address", default="", help="Alamat.")
@click.option("--village", metavar="CODE", help="Kode desa atau kelurahannya.")
@click.option("--contact-name", default="", help="Nama kontak.")
@click.option("--contact-email", default="", help="Surel kontak.")
@click.option("--own-employees", type=int, help="Banyaknya karyawan sendiri.")
@with_session
def add(session: Session, code: str, name: str, funds: str, village: str | None, **facts: Any) -> None:
    """Daftarkan penyandang dengan kode CODE (dipakai perintah lain; huruf besar kecil tidak dibedakan).

    Contoh: payung sponsor add MAJU --name "PT Maju" --funds CSR
    """
    try:
        made = add_sponsor(
            code,
            name=name,
            funds=funds.upper(),
            village_code=village,
            acting_user=session.viewer,
            clock=session.clock,
            **facts,
        )
    except SponsorCodeTakenError as error:
        raise WrongUseError(f"Kode {error.code} sudah dipakai: lihat payung sponsor show {error.code}.") from error
    except UnknownRegionError as error:
        raise WrongUseError(f"{error} bukan kode desa atau kelurahan, misalnya 33.24.15.1001.") from error
    except SponsorDataError as error:
        raise _wrong(error) from error
    session.answer(_sponsor_data(made), f"{made.code}: {made.name}, sumber dana {made.funds}. Terdaftar.")


@sponsor.command("list")
@click.option("--funds", type=click.Choice(_FUNDS, case_sensitive=False), help="Hanya sumber dana ini.")
@with_session
def list_(session: Session, funds: str | None) -> None:
    """Sebutkan penyandang dengan banyaknya pekerja yang dijanjikan mulai bulan ini."""
    session.viewer.require(Permission.SPONSOR_READ)
    found = sponsors_visible_to(session.viewer).order_by("name", "id")
    rows = list(found.filter(funds=funds.upper()) if funds else found)
    lines = sponsor_lines([row.pk for row in rows], month=Month.of(session.clock.today()))
    data = [_sponsor_data(row) | {"pledged": lines[row.pk].pledged} for row in rows]
    text = "\n".join(f"{row['code']:<20} {row['funds']:<8} janji {row['pledged']:>6}  {row['name']}" for row in data)
    session.answer({"sponsors": data}, text or "Belum ada penyandang. Daftarkan: payung sponsor add.")


@sponsor.command("show")
@click.argument("code")
@as_known_on
@with_session
def show(session: Session, code: str, known_on: Any) -> None:
    """Tampilkan satu penyandang dan janjinya; atau saldo dan ceritanya seperti diketahui pada suatu hari."""
    found = _sponsor(session, code, Permission.SPONSOR_READ)
    if known_on is not None:
        _show_known(session, found, known_on.date())
        return
    line = sponsor_line(found, month=Month.of(session.clock.today()))
    promises = pledges_visible_to(session.viewer).filter(sponsor=found).order_by("first_month", "id")
    pledges = [_pledge_line(promise) for promise in promises]
    data = _sponsor_data(found) | {"pledged": line.pledged, "pledges": pledges}
    session.answer(data, _sponsor_text(found, line.pledged, pledges))


def _show_known(session: Session, found: Sponsor, day: date) -> None:
    """Balances and story of a day that is over, for those who may read the payer's notices."""
    session.viewer.require(Permission.NOTICE_READ, sponsor=found.public_id)
    data = {"code": found.code, "as_known_on": day} | asdict(balances_as_known_on(found, day))
    data |= asdict(sponsor_story_as_known_on(found, day, month=Month.of(day)))
    session.answer(data, "\n".join(f"{name:<15} {value}" for name, value in data.items()))


@sponsor.command("invite")
@click.argument("code")
@click.argument("email")
@click.option("--name", required=True, help="Nama orang yang diundang.")
@with_session
def invite(session: Session, code: str, email: str, name: str) -> None:
    """Undang petugas penyandang CODE lewat surel; tautannya berlaku tujuh hari dan hanya ada di surel itu."""
    found = _sponsor(session, code, Permission.SPONSOR_WRITE)
    invited = invite_clerk(found, email=email, name=name, acting_user=session.viewer, clock=session.clock)
    session.answer(
        {"invitation": str(invited.public_id), "email": invited.email, "sponsor": found.code},
        f"Undangan untuk {invited.email} ke {found.name} menunggu dikirim.",
    )


@click.command()
@click.argument("code", metavar="SPONSOR")
@click.option("--workers", required=True, type=int, help="Untuk berapa pekerja.")
@click.option("--from", "first", required=True, metavar="MONTH", help="Bulan pertama, misalnya 2026-12.")
@click.option("--months", default=6, show_default=True, type=int, help="Berapa bulan: 1, 3, 6, atau 12.")
@click.option("--dasar-upah", default=1_000_000, show_default=True, type=int, help="Dasar penghasilan, dalam rupiah.")
@click.option("--village", metavar="CODE", help="Keinginan: kode kecamatan atau desa.")
@click.option("--occupation", default="", help="Keinginan: jenis pekerjaan, misalnya 'pedagang asongan'.")
@click.option(
    "--key", "client_key", default="", help="Nama permintaan: diulang dengan nama yang sama, janjinya tetap satu."
)
@click.option("--dry-run", is_flag=True, help="Hitung saja, jangan simpan.")
@with_session
def pledge(session: Session, code: str, first: str, village: str | None, occupation: str, **facts: Any) -> None:
    """Catat janji penyandang SPONSOR dan hitung harganya, bulan demi bulan, dengan pasalnya.

    \b
    Contoh:
      payung pledge MAJU --workers 250 --from 2026-12 --months 6
      payung pledge MAJU --workers 30 --from 2026-12 --occupation "pedagang asongan" --dry-run
    """
    found = _sponsor(session, code, Permission.PLEDGE_WRITE)
    wanted = _facts(found, _month(first), _occupation(occupation), facts)
    try:
        check_pledge(wanted, clock=session.clock)
        if facts["dry_run"]:
            made, priced = None, price_facts(wanted)
        else:
            made = _make(session, found, wanted, village, occupation, facts["client_key"])
            priced = price_pledge(made)
    except SponsorDataError as error:
        raise _wrong(error) from error
    session.answer(_priced_data(found, made, priced), _priced_text(found, made, priced))


def _make(
    session: Session, found: Sponsor, wanted: PledgeFacts, village: str | None, occupation: str, client_key: str
) -> Pledge:
    try:
        return make_pledge(
            found,
            workers=wanted.workers,
            first_month=wanted.first_month,
            months=wanted.months,
            dasar_upah_rp=wanted.dasar_upah_rp,
            village_wish=village,
            occupation_wish=_occupation(occupation),
            client_key=client_key,
            acting_user=session.viewer,
            clock=session.clock,
        )
    except (UnknownRegionError, UnknownOccupationError) as error:
        raise WrongUseError(f"{error} bukan kode kecamatan atau desa, misalnya 33.24.08.") from error
    except BudgetError as error:
        raise WrongUseError(budget_text(error)) from error
    except SponsorInactiveError as error:
        raise WrongUseError(f"{found.code} tidak aktif lagi, jadi tidak dapat berjanji.") from error
    except ClientKeyReusedError as error:
        raise WrongUseError(f"--key {client_key} sudah dipakai untuk janji lain: pakailah nama lain.") from error


def budget_text(error: BudgetError) -> str:
    """Say which budget year does not carry a pledge."""
    return " ".join(
        f"Anggaran {lack.year} tidak cukup: perlu {rupiah_text(lack.wanted_rp)}, sisanya {rupiah_text(lack.left_rp)}."
        if lack.reason == "over"
        else f"Anggaran {lack.year} belum dimasukkan: payung budget add {lack.year}, atau akhiri janji pada Desember."
        for lack in error.lacking
    )


def _sponsor(session: Session, code: str, permission: Permission) -> Sponsor:
    session.viewer.require(permission)
    try:
        return sponsor_by_code(code, viewer=session.viewer)
    except UnknownSponsorError as error:
        raise WrongUseError(
            f"Penyandang {code} belum terdaftar. Daftarkan dahulu: payung sponsor add {code} --name NAMA --funds CSR"
        ) from error


def _facts(found: Sponsor, first_month: Month, occupation: str | None, options: dict[str, Any]) -> PledgeFacts:
    sector = sector_of(occupation)
    return PledgeFacts(
        funds=SumberDana(found.funds),
        workers=options["workers"],
        first_month=first_month,
        months=options["months"],
        dasar_upah_rp=options["dasar_upah"],
        sectors={sector: options["workers"]} if sector else {},
    )


def _month(text: str) -> Month:
    try:
        return Month.from_text(text)
    except NotAMonthError as error:
        raise WrongUseError("--from harus bulan, misalnya 2026-12.") from error


def _occupation(text: str) -> str | None:
    code = occupation_named(text)
    if text and code is None:
        raise WrongUseError(f"Jenis pekerjaan {text} tidak dikenal: tulis seperti 'tukang becak' atau 'lainnya'.")
    return code


def _wrong(error: SponsorDataError) -> WrongUseError:
    text = _FAULTS.get((error.field, error.reason), f"{error.field}: terlalu panjang.")
    return WrongUseError(text.format(*error.allowed, all=", ".join(map(str, error.allowed))))


def _sponsor_data(found: Sponsor) -> dict[str, Any]:
    return {
        "id": str(found.public_id),
        "code": found.code,
        "name": found.name,
        "funds": found.funds,
        "npp": found.npp,
        "contact_name": found.contact_name,
        "contact_email": found.contact_email,
        "own_employees": found.own_employees,
        "active": found.is_active,
    }


def _pledge_line(promise: Pledge) -> dict[str, Any]:
    return {
        "id": str(promise.public_id),
        "workers": promise.quota,
        "from": str(Month(promise.first_month)),
        "months": promise.months,
        "dasar_upah_rp": promise.dasar_upah_rp,
        "state": promise.state,
        "total_rp": int(price_pledge(promise).total_rp),
    }


def _sponsor_text(found: Sponsor, pledged: int, pledges: list[dict[str, Any]]) -> str:
    rows = [
        f"  {row['from']}  {row['months']:>2} bulan  {row['workers']:>6} pekerja  {rupiah_text(row['total_rp']):>16}"
        f"{'  ditarik' if row['state'] == Pledge.State.WITHDRAWN else ''}"
        for row in pledges
    ]
    return "\n".join([f"{found.code}: {found.name}, sumber dana {found.funds}", f"Janji {pledged}", *rows])


def _priced_data(found: Sponsor, made: Pledge | None, priced: PricedPledge) -> dict[str, Any]:
    facts = priced.facts
    return {
        "pledge": str(made.public_id) if made else None,
        "dry_run": made is None,
        "sponsor": found.code,
        "funds": facts.funds.value,
        "workers": facts.workers,
        "from": str(facts.first_month),
        "dasar_upah_rp": facts.dasar_upah_rp,
        "months": [_month_data(month) for month in priced.months],
        "total_rp": int(priced.total_rp),
        "confidence": priced.confidence.value,
        "assumed_sector": priced.assumed_sector,
        "warning": _term_data(priced) if priced.has_warning else None,
    }


def _month_data(month: PricedMonth) -> dict[str, Any]:
    return {
        "month": str(month.month),
        "sector": month.sector.value,
        "jkk_rp": int(month.jkk_rp),
        "jkm_rp": int(month.jkm_rp),
        "per_worker_rp": int(month.per_worker_rp),
        "workers": month.workers,
        "total_rp": int(month.total_rp),
        "keringanan_persen": month.ruling.keringanan_persen,
        "articles": _articles(month.ruling.figures),
        "confidence": month.ruling.confidence.value,
    }


def _term_data(priced: PricedPledge) -> dict[str, Any]:
    return {
        "waiting_months": priced.term.bulan_tunggu,
        "benefit_while_waiting_rp": int(priced.term.manfaat_masa_tunggu_rp),
        "articles": _articles(priced.term.figures),
        "confidence": priced.term.confidence.value,
        "text": _warning(priced),
    }


def _articles(figures: tuple[Figure, ...]) -> list[str]:
    return list(dict.fromkeys(figure.article for figure in figures))


def _warning(priced: PricedPledge) -> str:
    term = priced.term
    return (
        f"Seluruh masa ini masih masa tunggu JKM ({term.bulan_tunggu} bulan pertama): bila peserta baru meninggal "
        f"biasa, santunannya hanya {rupiah_text(term.manfaat_masa_tunggu_rp)}. Enam bulan atau lebih melindungi penuh "
        "sesudahnya."
    )


def _priced_text(found: Sponsor, made: Pledge | None, priced: PricedPledge) -> str:
    facts = priced.facts
    title = "Perhitungan (belum disimpan)" if made is None else f"Janji {made.public_id}"
    lines = [
        f"{title}: {found.name}, {facts.workers} pekerja, {facts.months} bulan dari {facts.first_month}, "
        f"dasar {rupiah_text(facts.dasar_upah_rp)}, sumber dana {facts.funds.value}",
        "bulan    sektor               JKK        JKM   sebulan  pekerja            jumlah",
    ]
    lines += [_month_text(month) for month in priced.months]
    lines.append(f"{'Jumlah':<64} {rupiah_text(priced.total_rp):>16}")
    if priced.assumed_sector:
        lines.append(f"Sektor {priced.assumed_sector} pekerja belum diketahui: dihitung sebagai LAINNYA.")
    if priced.has_warning:
        lines.append(f"Peringatan (keyakinan {priced.term.confidence.value}): {_warning(priced)}")
    used = tuple(figure for month in priced.months for figure in month.ruling.figures)
    lines += ["Dasar hukum:", *(f"  {article}" for article in _articles((*used, *priced.term.figures)))]
    return "\n".join([*lines, f"Keyakinan: {priced.confidence.value}"])


def _month_text(month: PricedMonth) -> str:
    figures = (month.jkk_rp, month.jkm_rp, month.per_worker_rp)
    shown: Callable[[int], str] = rupiah_text
    columns = " ".join(f"{shown(figure):>10}" for figure in figures)
    return f"{month.month}  {month.sector.value:<13} {columns} {month.workers:>8} {shown(month.total_rp):>16}"


add.payung_door = invite.payung_door = Permission.SPONSOR_WRITE  # type: ignore[attr-defined]
list_.payung_door = show.payung_door = Permission.SPONSOR_READ  # type: ignore[attr-defined]
pledge.payung_door = Permission.PLEDGE_WRITE  # type: ignore[attr-defined]
commands: list[click.Command] = [sponsor, pledge]
