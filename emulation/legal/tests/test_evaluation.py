"""Tables of yearly evaluations: the cases judged by hand, and properties of the share of xuất sắc."""

import tomllib
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.legal.engine.loader import shipped_statutes
from emulation.legal.engine.rules import evaluation
from emulation.legal.engine.rules.discipline_conditions import discipline_fact, last_day_of_months
from emulation.legal.engine.rules.evaluation import RatedPerson, evaluation_faults, excellent_shares, round_share

CASES = tomllib.loads((Path(__file__).parent / "evaluation_cases.toml").read_text())["case"]
LEVELS = {"xs": "excellent", "t": "good", "ht": "done", "kht": "failed", ".": ""}
KINDS = {"cc": evaluation.OFFICIAL, "vc": evaluation.EMPLOYEE, "-": ""}
LAW = shipped_statutes().law


def people_of(lines: list[str]) -> list[RatedPerson]:
    """The people of a case, their keys counted from 1."""
    people: list[RatedPerson] = []
    for line in lines:
        kind, level, count, *flags = line.split(maxsplit=3)
        facts: dict[str, Any] = {"kind": KINDS[kind], "level": LEVELS[level]}
        words = flags[0] if flags else ""
        words, _, group = words.partition("@")
        for flag in words.split():
            facts |= {
                "head": {"head": True}, "leave": {"excused": True}, "kl": {"disciplined": True}, "kl?": {"disciplined": None},
            }.get(flag) or {"months": int(flag.removesuffix("m"))}  # fmt: skip
        people += [RatedPerson(len(people) + number, "", group=group, **facts) for number in range(1, int(count) + 1)]
    return people


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cases_judged_by_hand(case: dict[str, Any]) -> None:
    people = people_of(case["people"])
    facts = {"unit_level": LEVELS[case.get("unit_level", ".")], "own_rules": case.get("own_rules")}
    shares = excellent_shares(LAW, case["year"], people, **facts)
    faults = evaluation_faults(LAW, case["year"], people, **facts)
    assert [f"{share.excellent}/{share.most} {share.base}" for share in shares] == case["shares"]
    assert len(faults) == len(case.get("faults", []))
    assert all(part in fault.text for part, fault in zip(case.get("faults", []), faults, strict=True))
    assert all(cite in fault.citation for cite, fault in zip(case.get("cites", []), faults, strict=False))


def test_there_are_forty_cases() -> None:
    assert len(CASES) >= 40


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 20), st.sampled_from(["", "excellent", "good"]))
def test_the_most_is_the_largest_number_within_the_share(excellent: int, good: int, done: int, unit_level: str) -> None:
    levels = ["excellent"] * excellent + ["good"] * good + ["done"] * done
    people = [RatedPerson(0, "", level, evaluation.OFFICIAL) for level in levels]
    for share in excellent_shares(LAW, 2026, people, unit_level=unit_level):
        assert share.base == excellent + good
        assert share.most * 100 <= share.percent * share.base < (share.most + 1) * 100
        assert share.exceeded == (share.excellent * 100 > share.percent * share.base)


@given(st.integers(0, 1000), st.integers(1, 100))
def test_rounding(number: int, parts: int) -> None:
    exact = Fraction(number, parts)
    down, nearest, up = (round_share(exact, way) for way in ("down", "nearest", "up"))
    assert down <= exact <= up and up - down <= 1 and down <= nearest <= up
    assert abs(nearest - exact) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("of", "start", "end", "article"),
    [
        ("official", date(2019, 5, 1), date(2020, 4, 30), "22/2008/QH12"),
        ("official", date(2020, 9, 20), date(2021, 9, 19), "112/2020"),
        ("official", date(2025, 7, 1), date(2026, 6, 30), "172/2025"),
        ("employee", date(2026, 6, 30), date(2027, 6, 29), "112/2020"),
        ("employee", date(2026, 7, 1), date(2027, 6, 30), "khoản 9 Điều 2 Nghị định số 234/2026/NĐ-CP"),
        ("employee", date(2011, 1, 15), date(2012, 1, 14), "22/2008/QH12"),
        ("employee", date(2024, 2, 29), date(2025, 2, 28), "112/2020"),
    ],
)
def test_a_disciplinary_decision_lapses_after_twelve_months(of: str, start: date, end: date, article: str) -> None:
    fact = discipline_fact(LAW, "khien_trach", start, None, of=of)
    assert fact.end == end and article in fact.end_by
    assert fact.in_force_on(end) and not fact.in_force_on(end + timedelta(days=1))


def test_a_recorded_last_day_stays() -> None:
    fact = discipline_fact(LAW, "canh_cao", date(2026, 7, 1), date(2026, 12, 31), of="employee")
    assert (fact.end, fact.end_by) == (date(2026, 12, 31), "")


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 120))
def test_months_run_one_after_another(start: date, months: int) -> None:
    whole = last_day_of_months(start, months)
    assert whole >= start + timedelta(days=28 * months - 1)
    assert whole <= start + timedelta(days=31 * months)
