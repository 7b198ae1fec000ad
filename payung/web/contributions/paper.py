"""The notice as a paper: its lines as they were asked for, their articles, and BPJS's pay code where it is known."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from payung.contributions.models import Notice
from payung.contributions.selectors import NoticeMonth, live_pay_code, notice_months
from payung.enrolment.models import Determination
from payung.enrolment.texts import BASES
from payung.kernel.funds import SumberDana
from payung.kernel.month import Month
from payung.papers.letterhead import Signer, office_letterhead
from payung.papers.notices import Notice as NoticePaper
from payung.papers.notices import NoticeLine, notice_pdf
from payung.papers.wording import day_text
from payung.rules.iuran.masa_iuran import masa_iuran
from payung.web.contributions.prices import ruling_of
from payung.web.frame.context import is_demo
from payung.web.frame.traces import tell_steps
from payung.web.frame.words import FUND_NAMES, SECTOR_NAMES


def notice_paper(notice: Notice) -> bytes:
    """Typeset a notice; in Indonesian, whatever language the reader uses."""
    code = live_pay_code(notice)
    with override("id"):
        paper = NoticePaper(
            number=notice.number,
            issued_on=notice.issued_on,
            to=notice.sponsor.name,
            address=notice.sponsor.address,
            fund=str(FUND_NAMES[SumberDana(notice.funds)]),
            basis=_basis(notice),
            dasar_upah_rp=notice.pledge.dasar_upah_rp,
            programmes=_("JKK dan JKM"),
            lines=[_line(notice, line) for line in notice_months(notice, with_ended=True)],
            signer=Signer(_("Petugas Payung")),
            pay_by=code.due_on if code else notice.due_on,
            pay_code=code.code if code else "",
            warnings=_warnings(notice),
            is_sample=is_demo(),
        )
        return notice_pdf(paper, letterhead=office_letterhead())


def _line(notice: Notice, line: NoticeMonth) -> NoticeLine:
    ruling = ruling_of(line, funds=SumberDana(notice.funds), dasar_upah_rp=notice.pledge.dasar_upah_rp)
    articles = "; ".join(dict.fromkeys(figure.article for figure in ruling.figures))
    return NoticeLine(line.month, line.workers, line.price_rp, articles, of=str(SECTOR_NAMES[line.sector]))


def _basis(notice: Notice) -> str:
    """The papers on which the people of the notice were determined."""
    on_it = notice.lines.order_by().values("enrolment_id")
    found = Determination.objects.filter(lines__enrolment__in=on_it, approved_at__isnull=False).distinct()
    papers = [
        f"{BASES[Determination.Basis(each.basis)]} {each.number}, {day_text(each.dated_on)}"
        for each in found.order_by("pk")[:6]
    ]
    return "; ".join(papers) or _("Janji tanggal {day}").format(day=day_text(notice.pledge.pledged_on))


def _warnings(notice: Notice) -> list[str]:
    """The law's warning about a short pledge."""
    ruling = masa_iuran(notice.pledge.months, mulai=Month(notice.pledge.first_month))
    return [tell_steps(ruling.steps)[-1].label] if ruling.peringatan else []
