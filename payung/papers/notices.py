"""Pemberitahuan iuran: what a payer is asked for, month by month, with the articles. BPJS's pay code rules."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from payung.kernel.month import Month
from payung.kernel.rupiah import rupiah_text
from payung.papers.letterhead import Letterhead, Signer
from payung.papers.typesetting import render_pdf
from payung.papers.wording import amount_in_words, day_text, month_text, number_text


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One month: so many workers at this price each, and the articles it rests on; `of` says whom, if not all."""

    month: Month
    workers: int
    price_rp: int
    articles: str
    of: str = ""

    @property
    def amount_rp(self) -> int:
        """What the month costs."""
        return self.workers * self.price_rp


@dataclass(frozen=True, slots=True)
class Notice:
    """What the paper says."""

    number: str
    issued_on: date
    to: str
    address: str
    fund: str
    basis: str
    dasar_upah_rp: int
    programmes: str
    lines: Sequence[NoticeLine]
    signer: Signer
    pay_by: date | None = None
    pay_code: str = ""
    warnings: Sequence[str] = ()
    is_sample: bool = False

    @property
    def total_rp(self) -> int:
        """What is asked for in all."""
        return sum(line.amount_rp for line in self.lines)


def notice_pdf(notice: Notice, *, letterhead: Letterhead) -> bytes:
    """Typeset the notice."""
    return render_pdf("notice", notice_data(notice, letterhead=letterhead))


def notice_data(notice: Notice, *, letterhead: Letterhead) -> dict[str, Any]:
    """What the template takes."""
    articles = list(dict.fromkeys(line.articles for line in notice.lines))
    return {
        "letterhead": asdict(letterhead),
        "is_sample": notice.is_sample,
        "number": notice.number,
        "day": day_text(notice.issued_on),
        "to": notice.to,
        "address": notice.address,
        "fund": notice.fund,
        "basis": notice.basis,
        "dasar_upah": rupiah_text(notice.dasar_upah_rp),
        "programmes": notice.programmes,
        "pay_by": day_text(notice.pay_by) if notice.pay_by else "",
        "pay_code": notice.pay_code,
        "lines": [
            [
                f"{month_text(line.month)}, {line.of}" if line.of else month_text(line.month),
                number_text(line.workers),
                rupiah_text(line.price_rp),
                str(articles.index(line.articles) + 1),
                rupiah_text(line.amount_rp),
            ]
            for line in notice.lines
        ],
        "articles": articles,
        "total": rupiah_text(notice.total_rp),
        "in_words": amount_in_words(notice.total_rp),
        "warnings": list(notice.warnings),
        "signer": asdict(notice.signer),
    }
