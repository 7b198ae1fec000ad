"""Writing: a look through the books that is kept, findings that are opened and judged."""

from payung.watch.services.checks import run_checks
from payung.watch.services.findings import look_for_fraud, review_finding

__all__ = ["look_for_fraud", "review_finding", "run_checks"]
