"""One family's `jkm_manfaat` with two children: alone, with its cited trace read, and as data.

There is one way to ask: the steps are made with the answer, from the same pieces, and cost too little to be switched
off. So "without" is the call alone, and "with" walks every step and every figure it cites down to the article.
"""

import json
import statistics
import time
from collections.abc import Callable
from datetime import date

from payung.rules.jkm.anak import Anak, Jenjang
from payung.rules.jkm.jkm_manfaat import JkmManfaat, jkm_manfaat

CHILDREN = (Anak(Jenjang.TK, 1), Anak(Jenjang.SD, 3))
DIED, SINCE = date(2026, 2, 10), date(2023, 1, 1)
CALLS, ROUNDS = 1_000, 40


def ask() -> JkmManfaat:
    return jkm_manfaat(DIED, mulai_kepesertaan=SINCE, bulan_iuran=38, anak=CHILDREN)


def cited() -> list[tuple[str, str, date, str]]:
    return [
        (step.code, figure.article, figure.since, figure.confidence) for step in ask().steps for figure in step.figures
    ]


def as_data() -> list[dict[str, object]]:
    return [step.as_dict() for step in ask().steps]


def microseconds(work: Callable[[], object]) -> dict[str, float]:
    """CPU a call, of many rounds: the best (what it costs) and the median (what a busy machine makes of it)."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(CALLS):
            work()
        rounds.append((time.process_time() - start) / CALLS * 1e6)
    return {"best": round(min(rounds), 1), "median": round(statistics.median(rounds), 1)}


if __name__ == "__main__":
    found = ask()
    assert found.total_rp == 42_000_000 + 87_000_000 + 81_000_000, found.total_rp
    assert len(cited()) == 10
    print(
        json.dumps(
            {
                "measure": "rules-one",
                "rule": "jkm_manfaat, two children",
                "steps": len(found.steps),
                "cpu_us_without_trace": microseconds(ask),
                "cpu_us_with_cited_trace": microseconds(cited),
                "cpu_us_as_data": microseconds(as_data),
                "bars_us": {"without": 40, "with": 120},
            }
        )
    )
