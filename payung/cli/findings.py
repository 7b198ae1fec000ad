"""`payung findings`: what looks like fraud, found by rule and judged by a person."""

from typing import Any

import click

from payung.access.permissions import Permission
from payung.cli.session import Session, WrongUseError, with_session
from payung.watch.errors import ReasonMissingError
from payung.watch.models import Finding, FindingReview
from payung.watch.selectors import OPEN, findings_visible_to
from payung.watch.services import look_for_fraud, review_finding
from payung.watch.telling import tell


@click.group()
def findings() -> None:
    """Temuan: yang tampak ganjil dan perlu dilihat orang."""


@findings.command("look")
@with_session
def look(session: Session) -> None:
    """Jalankan semua aturan. Yang sudah pernah ditemukan tidak dibuka lagi."""
    new = look_for_fraud(acting_user=session.viewer, clock=session.clock)
    session.answer({"new": [_data(finding) for finding in new]}, "\n".join(map(_text, new)) or "Tidak ada yang baru.")


@findings.command("list")
@click.option("--rule", default="", type=click.Choice(["", *Finding.Rule.values]), help="Hanya dari aturan ini.")
@click.option("--state", default=OPEN, type=click.Choice([OPEN, *FindingReview.Answer.values, "semua"]))
@with_session
def list_(session: Session, rule: str, state: str) -> None:
    """Tampilkan temuan; bawaannya yang belum ditinjau."""
    found = list(findings_visible_to(session.viewer, rule=rule, state=state))
    session.answer(
        {"findings": [_data(finding) for finding in found]}, "\n".join(map(_text, found)) or "Tidak ada temuan."
    )


@findings.command("review")
@click.argument("finding_id", metavar="ID", type=click.UUID)
@click.option("--answer", required=True, type=click.Choice(FindingReview.Answer.values))
@click.option("--reason", required=True, help="Mengapa.")
@with_session
def review(session: Session, finding_id: Any, answer: str, reason: str) -> None:
    """Tinjau satu temuan: wajar atau ditindaklanjuti, dengan alasannya."""
    session.viewer.require(Permission.FINDING_REVIEW)
    found = findings_visible_to(session.viewer, state="semua").filter(public_id=finding_id).first()
    if found is None:
        raise WrongUseError("Temuan itu tidak ditemukan: cari dengan payung findings list --state semua.")
    try:
        review_finding(found, answer=answer, reason=reason, acting_user=session.viewer, clock=session.clock)
    except ReasonMissingError as error:
        raise WrongUseError("Isi --reason dengan alasannya.") from error
    session.answer({"id": str(found.public_id), "answer": answer}, f"{found.label}: {answer}.")


def _data(finding: Finding) -> dict[str, Any]:
    return {
        "id": str(finding.public_id),
        "rule": finding.rule,
        "about": finding.label,
        "why": tell(finding),
        "figures": finding.figures,
        "opened_at": finding.opened_at,
    }


def _text(finding: Finding) -> str:
    return f"{finding.public_id}  {finding.rule:<12} {finding.label}: {tell(finding)}"


look.payung_door = Permission.LEDGER_CHECK  # type: ignore[attr-defined]
list_.payung_door = Permission.FINDING_READ  # type: ignore[attr-defined]
review.payung_door = Permission.FINDING_REVIEW  # type: ignore[attr-defined]
commands: list[click.Command] = [findings]
