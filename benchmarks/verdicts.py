"""How many verdicts a second, and does one cost more when the record of a person is long?

    .venv/bin/python benchmarks/verdicts.py

No database. The cost of a verdict is given as a ratio to that with one row on record (medians of 9 in one run); the
figure a second depends on the machine.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from emulation.legal.engine.loader import shipped_statutes
from emulation.legal.engine.rules.batch import judge_batch
from emulation.legal.engine.rules.eligibility import judge
from emulation.legal.engine.rules.facts import AwardRecord, CaseSubject, EligibilityCase, InitiativeFact, PriorAward

DAY, ROUNDS, EACH = date(2025, 12, 10), 9, 300
PERSON = CaseSubject(
    kind="person",
    work="official",
    evaluation=dict.fromkeys(range(2000, 2026), "excellent"),
    initiatives=(InitiativeFact(2025, "province"),),
    discipline=(),
    pending=(),
    leave=(),
    joined=date(2010, 9, 1),
)
SIZES = (1, 10, 100, 1000)


def award_record_of(rows: int) -> AwardRecord:
    """The chain that counts, and as many further awards as are asked for, in years and of kinds that do not."""
    chain = [PriorAward("CSTDCS", year) for year in (2023, 2024, 2025)][: max(1, min(3, rows))]
    rest = [
        PriorAward(("GKX", "LDTT", "CSTDCS")[n % 3], 1950 + n % 70, ("CT", "DX")[n % 2])
        for n in range(rows - len(chain))
    ]
    return AwardRecord([*chain, *rest])


def median_seconds(work: Callable[[], object]) -> float:
    """The median of nine."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    law = shipped_statutes().law
    costs = {}
    for size in SIZES:
        case = EligibilityCase("CSTDT", 2025, PERSON, DAY, DAY, award_record_of(size))
        costs[size] = median_seconds(lambda case=case: [judge(law, case) for _ in range(EACH)]) / EACH
    print(f"{'rows on record':<16}{'ratio to 1 row':>16}")
    for size, cost in costs.items():
        print(f"{size:<16}{cost / costs[1]:>16.2f}")
    said = {
        "on": "2025-12-10",
        "award": "CSTDCS",
        "year": 2025,
        "subject": {"kind": "person", "work": "official", "evaluation": {"2025": "excellent"}, "initiatives": [],
                    "discipline": [], "pending": [], "leave": [], "joined": "2010-09-01"},
        "record": [{"award": "LDTT", "year": 2025}],
        "votes": {"members": 9, "agree": 8, "against": 1, "invalid": 0},
    }  # fmt: skip
    cases = [{**said, "id": number} for number in range(2000)]
    whole = median_seconds(lambda: judge_batch(law, cases))
    print(
        f"\n{1 / costs[1]:,.0f} verdicts a second (facts ready); {len(cases) / whole:,.0f} cases a second from JSON to JSON"
    )


if __name__ == "__main__":
    main()
