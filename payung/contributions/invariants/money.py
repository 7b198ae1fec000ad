"""I-1 to I-6: entries balance, nobody spends more than came in, prices are the law's, nothing is changed."""

from functools import cache
from itertools import groupby

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from payung.contributions.guards import TABLES
from payung.contributions.invariants.violation import Violation, rows, violations
from payung.kernel.funds import Sektor, SumberDana
from payung.kernel.month import Month
from payung.rules.iuran.price_table import price_table
from payung.store.append_only import AppendOnly


def I_01() -> list[Violation]:
    """Every entry sums to zero and has two sides at least."""
    found = rows(
        "SELECT e.natural_key, COALESCE(SUM(p.amount_rp), 0), COUNT(p.id) FROM contributions_journalentry e "
        "LEFT JOIN contributions_posting p ON p.entry_id = e.id "
        "GROUP BY e.natural_key HAVING COALESCE(SUM(p.amount_rp), 0) <> 0 OR COUNT(p.id) < 2"
    )
    return violations("I-1", "contributions.entry", found, ("sum_rp", "postings"))


def I_02() -> list[Violation]:
    """At every prefix of the journal no payment gave out more than it brought, no pledge covered beyond its quota."""
    spent = rows(
        "SELECT y.public_id, s.entry_id, s.running FROM (SELECT p.payment_id, p.entry_id, "
        "SUM(p.amount_rp) OVER (PARTITION BY p.payment_id ORDER BY p.entry_id, p.id) AS running "
        "FROM contributions_posting p JOIN contributions_account a ON a.id = p.account_id WHERE a.kind = 'suspens') s "
        "JOIN contributions_payment y ON y.id = s.payment_id WHERE s.running > 0 OR s.running < -y.amount_rp"
    )
    crowded = rows(
        # What takes a release back stands with the reversal of the allocation that it corrected: one deed, two entries.
        "WITH deed AS (SELECT e.id AS entry_id, COALESCE(w.id, e.id) AS at FROM contributions_journalentry e "
        "LEFT JOIN contributions_journalentry f ON f.id = e.reverses_id AND f.kind = 'release' "
        "LEFT JOIN contributions_journalentry w ON w.reverses_id = f.corrects_id), "
        "moved AS (SELECT n.pledge_id, c.month, d.at AS entry_id, SUM(c.sign) AS months "
        "FROM contributions_coverline c JOIN deed d ON d.entry_id = c.entry_id "
        "JOIN contributions_noticeline l ON l.id = c.notice_line_id "
        "JOIN contributions_notice n ON n.id = l.notice_id GROUP BY n.pledge_id, c.month, d.at), "
        "running AS (SELECT pledge_id, month, entry_id, "
        "SUM(months) OVER (PARTITION BY pledge_id, month ORDER BY entry_id) AS covered FROM moved) "
        "SELECT g.public_id, r.entry_id, r.month, r.covered, g.quota FROM running r "
        "JOIN sponsors_pledge g ON g.id = r.pledge_id WHERE r.covered > g.quota"
    )
    return [
        *violations("I-2", "contributions.payment", spent, ("entry", "running_rp")),
        *violations("I-2", "sponsors.pledge", crowded, ("entry", "month", "covered", "quota")),
    ]


def I_03() -> list[Violation]:
    """Clearing holds each live payment until BPJS confirms it; what a payer paid is what it covers and what is left."""
    found = rows(
        "SELECT y.public_id, COALESCE(SUM(p.amount_rp), 0), y.amount_rp FROM contributions_payment y "
        "LEFT JOIN contributions_account a ON a.kind = 'kliring' AND a.sponsor_id = y.sponsor_id "
        "LEFT JOIN contributions_posting p ON p.payment_id = y.id AND p.account_id = a.id "
        "GROUP BY y.public_id, y.amount_rp, y.confirmed_at, y.reversed_at HAVING COALESCE(SUM(p.amount_rp), 0) <> "
        "CASE WHEN y.confirmed_at IS NULL AND y.reversed_at IS NULL THEN y.amount_rp ELSE 0 END"
    )
    lost = rows(
        "SELECT p.id, p.amount_rp FROM contributions_posting p JOIN contributions_account a ON a.id = p.account_id "
        "JOIN contributions_journalentry e ON e.id = p.entry_id LEFT JOIN contributions_journalentry o "
        "ON o.id = e.reverses_id WHERE (a.kind = 'kliring' AND p.payment_id IS NULL) "
        "OR (a.kind = 'suspens' AND p.payment_id IS NULL AND COALESCE(o.kind, e.kind) NOT IN ('deposit', 'transfer')) "
        "OR (a.kind = 'piutang' AND p.notice_id IS NULL)"
    )
    return [
        *violations("I-3", "contributions.payment", found, ("clearing_rp", "amount_rp")),
        *violations("I-3", "contributions.posting", lost, ("amount_rp",)),
        *violations("I-3", "contributions.entry", rows(TWO_PAYERS), ("payers",)),
        *violations("I-3", "sponsors.sponsor", rows(CONTROL), ("paid_rp", "covered_rp", "credit_rp")),
    ]


# One entry is about one payer: otherwise a payer's own accounts would not add up to nothing.
TWO_PAYERS = (
    "SELECT e.natural_key, COUNT(DISTINCT a.sponsor_id) FROM contributions_posting p "
    "JOIN contributions_account a ON a.id = p.account_id JOIN contributions_journalentry e ON e.id = p.entry_id "
    "GROUP BY e.natural_key HAVING COUNT(DISTINCT a.sponsor_id) > 1"
)
# What a payer paid is what their months cost and what is left: payments, covered months and postings, each by itself.
CONTROL = """
SELECT s.public_id, s.paid_rp, s.covered_rp, s.credit_rp FROM (
    SELECT g.public_id, COALESCE(y.rp, 0) AS paid_rp, COALESCE(m.rp, 0) AS covered_rp, -COALESCE(p.rp, 0) AS credit_rp
    FROM sponsors_sponsor g
    LEFT JOIN (SELECT sponsor_id, SUM(amount_rp) AS rp FROM contributions_payment WHERE reversed_at IS NULL
               GROUP BY sponsor_id) y ON y.sponsor_id = g.id
    LEFT JOIN (SELECT sponsor_id, SUM(amount_rp) AS rp FROM contributions_coveredmonth
               GROUP BY sponsor_id) m ON m.sponsor_id = g.id
    LEFT JOIN (SELECT a.sponsor_id, SUM(q.amount_rp) AS rp FROM contributions_posting q
               JOIN contributions_account a ON a.id = q.account_id WHERE a.kind = 'suspens'
               AND q.payment_id IS NOT NULL
               GROUP BY a.sponsor_id) p ON p.sponsor_id = g.id
) s WHERE s.paid_rp <> s.covered_rp + s.credit_rp
"""


def I_04() -> list[Violation]:
    """Notices, payments, confirmations and reversals stand in the journal once each; a line is covered once at most."""
    payments = rows(_times_entered("payment", "contributions_payment", "payment_id", "1"))
    notices = rows(_times_entered("notice", "contributions_notice", "notice_id", "1"))
    confirmed = rows(
        _times_entered(
            "confirmation",
            "contributions_payment",
            "payment_id",
            "CASE WHEN t.confirmed_at IS NULL THEN 0 ELSE 1 END",
        )
    )
    undone = rows(
        "SELECT y.public_id, COUNT(DISTINCT r.id) FROM contributions_payment y "
        "LEFT JOIN contributions_posting p ON p.payment_id = y.id "
        "LEFT JOIN contributions_journalentry e ON e.id = p.entry_id AND e.kind = 'payment' "
        "LEFT JOIN contributions_journalentry r ON r.reverses_id = e.id "
        "GROUP BY y.public_id, y.reversed_at "
        "HAVING COUNT(DISTINCT r.id) <> CASE WHEN y.reversed_at IS NULL THEN 0 ELSE 1 END"
    )
    lines = rows(
        "SELECT notice_line_id, SUM(sign) FROM contributions_coverline GROUP BY notice_line_id "
        "HAVING SUM(sign) NOT IN (0, 1)"
    )
    return [
        *violations("I-4", "contributions.payment", payments, ("entered",)),
        *violations("I-4", "contributions.notice", notices, ("entered",)),
        *violations("I-4", "contributions.payment", confirmed, ("confirmed",)),
        *violations("I-4", "contributions.payment", undone, ("reversed",)),
        *violations("I-4", "contributions.notice_line", lines, ("times_covered",)),
    ]


def _times_entered(kind: str, table: str, column: str, due: str) -> str:
    """Rows of a table (`t`) about which not as many entries of a kind stand in the journal as are due."""
    return (
        f"SELECT t.public_id, COUNT(DISTINCT e.id) FROM {table} t "  # noqa: S608 - our own names
        f"LEFT JOIN contributions_posting p ON p.{column} = t.id "
        f"LEFT JOIN contributions_journalentry e ON e.id = p.entry_id AND e.kind = '{kind}' "
        f"GROUP BY t.id, t.public_id HAVING COUNT(DISTINCT e.id) <> {due}"
    )


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
        wanted = {"contributions_posting_balanced", *TABLES}
    else:
        standing = {name for (name,) in rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
        wanted = set(TABLES)
    events = ("update", "delete", "truncate") if connection.vendor == "postgresql" else ("update", "delete")
    wanted |= {f"{table}_no_{event}" for table in append_only_tables() for event in events}
    unlike = rows(
        "SELECT r.natural_key FROM contributions_journalentry r JOIN contributions_posting p "
        "ON p.entry_id IN (r.id, r.reverses_id) WHERE r.reverses_id IS NOT NULL "
        "GROUP BY r.id, r.natural_key, p.account_id, p.payment_id, p.notice_id HAVING SUM(p.amount_rp) <> 0"
    )
    return [
        *violations("I-6", "trigger", ((name,) for name in sorted(wanted - standing))),
        *violations("I-6", "contributions.entry", unlike),
    ]


@cache
def append_only_tables() -> frozenset[str]:
    """Every table that a migration of Payung has made one that only grows: a new one is in it by itself.

    Kept for the life of the process, as the migrations on its disk are: reading them took a sixth of a check.
    """
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values()
    return frozenset(op.table for migration in migrations for op in migration.operations if isinstance(op, AppendOnly))
