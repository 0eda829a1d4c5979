"""How many verdicts per second, and does the time of a verdict depend on the number of earlier awards?

    .venv/bin/python benchmarks/verdicts.py

No database. The time of a verdict is given as a ratio to that with one earlier award (medians of 9); the number per
second depends on the machine.
"""

import sys
from datetime import date
from pathlib import Path

from _timing import median_seconds

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from emulation.legal.engine.loader import shipped_statutes
from emulation.legal.engine.rules.batch import judge_batch
from emulation.legal.engine.rules.eligibility import judge
from emulation.legal.engine.rules.facts import AwardRecord, CaseSubject, EligibilityCase, InitiativeFact, PriorAward

DAY = date(2025, 12, 10)
ROUNDS = 9
VERDICTS_PER_ROUND = 300
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
    """Up to three awards that the condition counts, and others that it does not count, `rows` in all."""
    counted = [PriorAward("CSTDCS", year) for year in (2023, 2024, 2025)][: max(1, min(3, rows))]
    others = [
        PriorAward(("GKX", "LDTT", "CSTDCS")[n % 3], 1950 + n % 70, ("CT", "DX")[n % 2])
        for n in range(rows - len(counted))
    ]
    return AwardRecord([*counted, *others])


def main() -> None:
    law = shipped_statutes().law
    costs = {}
    for size in SIZES:
        case = EligibilityCase("CSTDT", 2025, PERSON, DAY, DAY, award_record_of(size))
        seconds = median_seconds(lambda case=case: [judge(law, case) for _ in range(VERDICTS_PER_ROUND)], ROUNDS)
        costs[size] = seconds / VERDICTS_PER_ROUND
    print(f"{'earlier awards':<16}{'ratio to 1':>16}")
    for size, cost in costs.items():
        print(f"{size:<16}{cost / costs[1]:>16.2f}")
    facts = {
        "on": "2025-12-10",
        "award": "CSTDCS",
        "year": 2025,
        "subject": {"kind": "person", "work": "official", "evaluation": {"2025": "excellent"}, "initiatives": [],
                    "discipline": [], "pending": [], "leave": [], "joined": "2010-09-01"},
        "record": [{"award": "LDTT", "year": 2025}],
        "votes": {"members": 9, "agree": 8, "against": 1, "invalid": 0},
    }  # fmt: skip
    cases = [{**facts, "id": number} for number in range(2000)]
    seconds = median_seconds(lambda: judge_batch(law, cases), ROUNDS)
    print(
        f"\n{1 / costs[1]:,.0f} verdicts per second (without reading facts); "
        f"{len(cases) / seconds:,.0f} cases per second from JSON to JSON"
    )


if __name__ == "__main__":
    main()
