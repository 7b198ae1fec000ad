"""I-7: a line of money is used once, for at most its amount; a file's lines are its rows; titipan is what moved."""

from payung.contributions.invariants.violation import Violation, rows, violations


def I_07() -> list[Violation]:
    """One line funds at most its own amount, one movement is claimed once, nothing of a file vanishes."""
    beyond = rows(
        "SELECT l.id, l.amount_rp, SUM(u.amount_rp) FROM contributions_lineuse u "
        "JOIN contributions_reconciliationline l ON l.id = u.line_id WHERE u.undone_at IS NULL "
        "GROUP BY l.id, l.amount_rp HAVING ABS(SUM(u.amount_rp)) > ABS(l.amount_rp) "
        "OR SUM(ABS(u.amount_rp)) > ABS(l.amount_rp) OR SUM(u.amount_rp) * SIGN(l.amount_rp) <= 0"
    )
    twice = rows(
        "SELECT MIN(line_id), COUNT(*) FROM contributions_lineuse WHERE undone_at IS NULL "
        "GROUP BY line_key HAVING COUNT(*) > 1"
    )
    unpaid = rows(
        "SELECT u.line_id, u.amount_rp, y.amount_rp FROM contributions_lineuse u JOIN contributions_payment y "
        "ON y.id = u.payment_id WHERE u.undone_at IS NULL AND (y.amount_rp > ABS(u.amount_rp) "
        "OR y.reversed_at IS NOT NULL)"
    )
    return [
        *violations("I-7", "contributions.reconciliation_line", beyond, ("amount_rp", "used_rp")),
        *violations("I-7", "contributions.reconciliation_line", twice, ("claimed",)),
        *violations("I-7", "contributions.reconciliation_line", unpaid, ("used_rp", "payment_rp")),
        *_files(),
        *_entrusted(),
    ]


def _files() -> list[Violation]:
    """Outcomes add up: a file's lines are its rows, and what it met and did not meet of ours is what we had."""
    lost = rows(
        "SELECT f.public_id, f.row_count, f.total_rp, COUNT(l.id), COALESCE(SUM(l.amount_rp), 0) "
        "FROM contributions_reconciliationfile f LEFT JOIN contributions_reconciliationline l "
        "ON l.file_id = f.id AND l.side = 'theirs' GROUP BY f.id, f.public_id, f.row_count, f.total_rp "
        "HAVING COUNT(l.id) <> f.row_count OR COALESCE(SUM(l.amount_rp), 0) <> f.total_rp"
    )
    return violations("I-7", "contributions.reconciliation_file", lost, ("rows", "rp", "lines", "lines_rp"))


def _entrusted() -> list[Violation]:
    """What lies in a movement's account is what the lines that were used brought and took; it is nobody else's."""
    unlike = rows(
        "SELECT a.sponsor_id, b.titipan, b.suspens, COALESCE(m.rp, 0) FROM (SELECT a.sponsor_id, "
        "SUM(CASE WHEN a.kind = 'titipan' THEN p.amount_rp ELSE 0 END) AS titipan, "
        "SUM(CASE WHEN a.kind = 'suspens' AND p.payment_id IS NULL THEN p.amount_rp ELSE 0 END) AS suspens "
        "FROM contributions_posting p JOIN contributions_account a ON a.id = p.account_id GROUP BY a.sponsor_id) b "
        "JOIN contributions_account a ON a.sponsor_id = b.sponsor_id AND a.kind = 'titipan' "
        "LEFT JOIN (SELECT f.sponsor_id, SUM(u.amount_rp) AS rp FROM contributions_lineuse u "
        "JOIN contributions_reconciliationline l ON l.id = u.line_id "
        "JOIN contributions_reconciliationfile f ON f.id = l.file_id WHERE u.role = 'funds' AND u.undone_at IS NULL "
        "AND u.entry_id IS NOT NULL GROUP BY f.sponsor_id) m ON m.sponsor_id = b.sponsor_id "
        "WHERE b.titipan <> COALESCE(m.rp, 0) OR b.titipan + b.suspens <> 0"
    )
    return violations("I-7", "sponsors.sponsor", unlike, ("titipan_rp", "suspens_rp", "lines_rp"))
