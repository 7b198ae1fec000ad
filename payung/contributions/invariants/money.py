"""I-1 to I-6: entries balance, nobody spends more than came in, prices are the law's, nothing is changed."""

from itertools import groupby

from django.db import connection

from payung.contributions.invariants.violation import Violation, rows, violations
from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month
from payung.rules.iuran.price_table import price_table

APPEND_ONLY = (
    "contributions_account",
    "contributions_journalentry",
    "contributions_posting",
    "contributions_coverline",
    "contributions_closedmonth",
    "contributions_notice",
    "contributions_noticeline",
    "contributions_paycode",
    "contributions_payment",
    "audit_auditevent",
    "audit_auditline",
    "enrolment_enrolmentevent",
)


def I_01() -> list[Violation]:
    """Every entry sums to zero and has two sides at least."""
    found = rows(
        "SELECT e.natural_key, COALESCE(SUM(p.amount_rp), 0), COUNT(p.id) FROM contributions_journalentry e "
        "LEFT JOIN contributions_posting p ON p.entry_id = e.id "
        "GROUP BY e.natural_key HAVING COALESCE(SUM(p.amount_rp), 0) <> 0 OR COUNT(p.id) < 2"
    )
    return violations("I-1", "contributions.entry", found, ("sum_rp", "postings"))


def I_02() -> list[Violation]:
    """A payment never gives out more than it brought, at any moment; a pledge covers its quota at most."""
    spent = rows(
        "SELECT y.public_id, s.entry_id, s.running FROM (SELECT p.payment_id, p.entry_id, "
        "SUM(p.amount_rp) OVER (PARTITION BY p.payment_id ORDER BY p.entry_id, p.id) AS running "
        "FROM contributions_posting p JOIN contributions_account a ON a.id = p.account_id WHERE a.kind = 'suspens') s "
        "JOIN contributions_payment y ON y.id = s.payment_id WHERE s.running > 0 OR s.running < -y.amount_rp"
    )
    crowded = rows(
        "SELECT g.public_id, c.month, COUNT(*), g.quota FROM contributions_coveredmonth c "
        "JOIN contributions_coverline l ON l.entry_id = c.entry_id AND l.worker_id = c.worker_id AND l.month = c.month "
        "JOIN contributions_noticeline i ON i.id = l.notice_line_id JOIN contributions_notice n ON n.id = i.notice_id "
        "JOIN sponsors_pledge g ON g.id = n.pledge_id WHERE c.program = 'JKK' "
        "GROUP BY g.public_id, c.month, g.quota HAVING COUNT(*) > g.quota"
    )
    return [
        *violations("I-2", "contributions.payment", spent, ("entry", "running_rp")),
        *violations("I-2", "sponsors.pledge", crowded, ("month", "covered", "quota")),
    ]


def I_03() -> list[Violation]:
    """The clearing account holds each live payment until BPJS confirms it, and nothing else."""
    found = rows(
        "SELECT y.public_id, COALESCE(SUM(p.amount_rp), 0), y.amount_rp FROM contributions_payment y "
        "LEFT JOIN contributions_account a ON a.kind = 'kliring' AND a.sponsor_id = y.sponsor_id "
        "LEFT JOIN contributions_posting p ON p.payment_id = y.id AND p.account_id = a.id "
        "GROUP BY y.public_id, y.amount_rp, y.confirmed_at, y.reversed_at HAVING COALESCE(SUM(p.amount_rp), 0) <> "
        "CASE WHEN y.confirmed_at IS NULL AND y.reversed_at IS NULL THEN y.amount_rp ELSE 0 END"
    )
    lost = rows(
        "SELECT p.id, p.amount_rp FROM contributions_posting p JOIN contributions_account a ON a.id = p.account_id "
        "WHERE (a.kind IN ('kliring', 'suspens') AND p.payment_id IS NULL) "
        "OR (a.kind = 'piutang' AND p.notice_id IS NULL)"
    )
    return [
        *violations("I-3", "contributions.payment", found, ("clearing_rp", "amount_rp")),
        *violations("I-3", "contributions.posting", lost, ("amount_rp",)),
    ]


def I_04() -> list[Violation]:
    """Each notice and payment was entered, and each line of a notice is covered once at most."""
    entered = "SELECT 1 FROM contributions_posting p JOIN contributions_journalentry e ON e.id = p.entry_id "
    payments = rows(
        "SELECT y.public_id FROM contributions_payment y WHERE NOT EXISTS "  # noqa: S608 - our own text
        f"({entered} WHERE e.kind = 'payment' AND p.payment_id = y.id)"
    )
    notices = rows(
        "SELECT n.public_id FROM contributions_notice n WHERE NOT EXISTS "  # noqa: S608 - our own text
        f"({entered} WHERE e.kind = 'notice' AND p.notice_id = n.id)"
    )
    lines = rows(
        "SELECT notice_line_id, SUM(sign) FROM contributions_coverline GROUP BY notice_line_id "
        "HAVING SUM(sign) NOT IN (0, 1)"
    )
    return [
        *violations("I-4", "contributions.payment", payments),
        *violations("I-4", "contributions.notice", notices),
        *violations("I-4", "contributions.notice_line", lines, ("times_covered",)),
    ]


def I_05() -> list[Violation]:
    """Each line bears the price of its month's law, and is covered at that price or at BPJS's."""
    asked = rows(
        "SELECT MIN(l.id), l.month, l.sector, n.funds, g.dasar_upah_rp, l.jkk_rp, l.jkm_rp "
        "FROM contributions_noticeline l JOIN contributions_notice n ON n.id = l.notice_id "
        "JOIN sponsors_pledge g ON g.id = n.pledge_id "
        "GROUP BY g.dasar_upah_rp, l.month, l.sector, n.funds, l.jkk_rp, l.jkm_rp ORDER BY g.dasar_upah_rp"
    )
    wrong = []
    for base, same_base in groupby(asked, key=lambda row: int(row[4])):
        group = list(same_base)
        law = price_table({Month(row[1]) for row in group}, dasar_rp=[base])
        for row in group:
            price = law[Month(row[1]), Sektor(row[2]), SumberDana(row[3]), base]  # type: ignore[index]
            if (price.jkk_rp, price.jkm_rp) != (row[5], row[6]):
                wrong.append((row[0], str(Month(row[1])), row[5], row[6], price.jkk_rp, price.jkm_rp))
    paid = rows(
        "SELECT c.id, c.jkk_rp, c.jkm_rp FROM contributions_coverline c "
        "JOIN contributions_noticeline l ON l.id = c.notice_line_id "
        "WHERE (c.jkk_rp <> l.jkk_rp OR c.jkm_rp <> l.jkm_rp) AND NOT EXISTS (SELECT 1 FROM contributions_paycode k "
        "WHERE k.notice_id = l.notice_id AND k.difference = 'price' "
        "AND c.jkk_rp * k.our_amount_rp = l.jkk_rp * k.amount_rp "
        "AND c.jkm_rp * k.our_amount_rp = l.jkm_rp * k.amount_rp)"
    )
    return [
        *violations("I-5", "contributions.notice_line", wrong, ("month", "jkk_rp", "jkm_rp", "law_jkk", "law_jkm")),
        *violations("I-5", "contributions.cover_line", paid, ("jkk_rp", "jkm_rp")),
    ]


def I_06() -> list[Violation]:
    """The triggers that refuse every change stand, and a reversal mirrors its original."""
    if connection.vendor == "postgresql":
        standing = {name for (name,) in rows("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'")}
        wanted = {"contributions_posting_balanced"}
    else:
        standing = {name for (name,) in rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
        wanted = set()
    wanted |= {f"{table}_no_{event}" for table in APPEND_ONLY for event in ("update", "delete")}
    unlike = rows(
        "SELECT r.natural_key FROM contributions_journalentry r JOIN contributions_posting p "
        "ON p.entry_id IN (r.id, r.reverses_id) WHERE r.reverses_id IS NOT NULL "
        "GROUP BY r.id, r.natural_key, p.account_id, p.payment_id, p.notice_id HAVING SUM(p.amount_rp) <> 0"
    )
    return [
        *violations("I-6", "trigger", ((name,) for name in sorted(wanted - standing))),
        *violations("I-6", "contributions.entry", unlike),
    ]
