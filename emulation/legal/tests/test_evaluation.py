"""Tables of yearly evaluations: the cases judged by hand, and properties of the share of xuất sắc."""

import tomllib
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
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


def test_there_are_forty_cases_each_with_its_article() -> None:
    """The article is of a value in force at the end of the year of the case; of a case without one nothing is judged."""
    assert len(CASES) >= 40
    for case in CASES:
        if "no_rule" in case:
            assert not case["shares"] and not case.get("faults"), case["name"]
        else:
            assert case["article"] in articles_on(date(case["year"], 12, 31)), case["name"]


def articles_on(day: date) -> set[str]:
    """The articles of the rules of evaluation in force that day, for any kind of person."""
    kinds = (evaluation.OFFICIAL, evaluation.EMPLOYEE, evaluation.EMPLOYEE_ND90)
    found = (LAW.find(code, day, kind=kind) for code, kind in product(RULES, kinds))
    return {LAW.legal_basis(value).citation for value in found if value}


KINDS_ASKED = ("official", "employee", "employee_nd90")
RULES = ("evaluation.share", "evaluation.head", "evaluation.least_months", "evaluation.discipline")
# Question, kind of person, the first day by the decree, its article, that of the day before ("": none).
FIRST_DAYS = [
    *((code, kind, date(2020, 8, 20), "90/2020", "") for code, kind in product(RULES[1:], KINDS_ASKED)),
    ("evaluation.share", "official", date(2023, 9, 15), "48/2023", ""),
    ("evaluation.share", "employee", date(2023, 9, 15), "48/2023", ""),
    ("evaluation.share", "employee_nd90", date(2023, 9, 15), "48/2023", ""),
    ("evaluation.share", "official", date(2026, 1, 1), "khoản 5 Điều 20 Nghị định số 335/2025", "48/2023"),
    ("evaluation.share", "employee", date(2026, 7, 1), "khoản 6 Điều 12 Nghị định số 233/2026", "48/2023"),
    ("evaluation.share", "employee_nd90", date(2027, 1, 1), "khoản 6 Điều 12 Nghị định số 233/2026", "48/2023"),
    ("evaluation.share_outstanding", "official", date(2026, 1, 1), "khoản 5 Điều 20 Nghị định số 335/2025", ""),
    ("evaluation.share_outstanding", "employee", date(2026, 7, 1), "khoản 6 Điều 12 Nghị định số 233/2026", ""),
    ("evaluation.share_outstanding", "employee_nd90", date(2027, 1, 1), "khoản 6 Điều 12 Nghị định số 233/2026", ""),
    ("evaluation.head", "official", date(2026, 1, 1), "khoản 6 Điều 20 Nghị định số 335/2025", "90/2020"),
    ("evaluation.head", "employee", date(2026, 7, 1), "khoản 7 Điều 12 Nghị định số 233/2026", "90/2020"),
    ("evaluation.head", "employee_nd90", date(2027, 1, 1), "khoản 7 Điều 12 Nghị định số 233/2026", "90/2020"),
    ("evaluation.least_months", "official", date(2026, 1, 1), "khoản 1 Điều 11 Nghị định số 335/2025", "90/2020"),
    ("evaluation.least_months", "employee", date(2026, 7, 1), "khoản 1 Điều 14 Nghị định số 233/2026", "90/2020"),
    ("evaluation.least_months", "employee_nd90", date(2027, 1, 1), "khoản 1 Điều 14 Nghị định số 233/2026", "90/2020"),
    ("evaluation.discipline", "official", date(2026, 1, 1), "khoản 3 Điều 11 Nghị định số 335/2025", "90/2020"),
    ("evaluation.discipline", "employee", date(2026, 7, 1), "khoản 3 Điều 14 Nghị định số 233/2026", "90/2020"),
    ("evaluation.discipline", "employee_nd90", date(2027, 1, 1), "khoản 3 Điều 14 Nghị định số 233/2026", "90/2020"),
    ("evaluation.due", "official", date(2026, 1, 1), "khoản 2 Điều 19 Nghị định số 335/2025", ""),
    ("evaluation.due", "employee", date(2026, 7, 1), "Điều 15 Nghị định số 233/2026", ""),
    ("discipline.months", "official", date(2020, 9, 20), "112/2020", "22/2008"),
    ("discipline.months", "employee", date(2020, 9, 20), "112/2020", "27/2012"),
    ("discipline.months", "official", date(2025, 7, 1), "172/2025", "112/2020"),
    ("discipline.months", "employee", date(2026, 7, 1), "khoản 9 Điều 2 Nghị định số 234/2026", "112/2020"),
    ("evaluation.unit_share", "body", date(2026, 1, 1), "khoản 5 Điều 8 Nghị định số 335/2025", ""),
    ("evaluation.unit_share", "service", date(2026, 7, 1), "khoản 7 Điều 7 Nghị định số 233/2026", ""),
]


@pytest.mark.parametrize(("code", "kind", "first", "article", "before"), FIRST_DAYS)
def test_each_rule_applies_from_its_first_day(code: str, kind: str, first: date, article: str, before: str) -> None:
    value = LAW.find(code, first, kind=kind)
    assert value and article in LAW.legal_basis(value).citation
    earlier = LAW.find(code, first - timedelta(days=1), kind=kind)
    assert (before in LAW.legal_basis(earlier).citation) if earlier else before == ""


def test_no_first_day_of_a_rule_is_left_out() -> None:
    """Of the rules since 2020: each day from which another article answers is in the table."""
    asked = {(code, kind, first) for code, kind, first, _, _ in FIRST_DAYS}
    found = set()
    for code in {code for code, *_ in FIRST_DAYS}:
        for kind in LAW.codes[code].kinds:
            before = ""
            for value in LAW.history(code, kind=kind):
                article = LAW.legal_basis(value).citation
                if article != before and value.start >= date(2020, 1, 1):
                    found.add((code, kind, value.start))
                before = article
    assert found <= asked, found - asked


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 20), st.sampled_from(["", "excellent", "good"]))
def test_the_most_is_the_largest_number_within_the_share(excellent: int, good: int, done: int, unit_level: str) -> None:
    levels = ["excellent"] * excellent + ["good"] * good + ["done"] * done
    people = [RatedPerson(0, "", level, evaluation.OFFICIAL) for level in levels]
    for share in excellent_shares(LAW, 2026, people, unit_level=unit_level):
        assert share.base == excellent + good
        assert share.most * 100 <= share.percent * share.base < (share.most + 1) * 100
        assert share.exceeded == (share.excellent * 100 > share.percent * share.base)


PEOPLE = st.builds(
    RatedPerson,
    st.just(0),
    st.just(""),
    st.sampled_from([*evaluation.LEVELS, ""]),
    st.sampled_from([evaluation.OFFICIAL, evaluation.EMPLOYEE, ""]),
    group=st.sampled_from(["", "kế toán"]),
)


@given(
    st.integers(2023, 2035),
    st.lists(PEOPLE, max_size=40),
    st.sampled_from(["", "excellent", "good"]),
    st.sampled_from([None, True, False]),
)
def test_in_no_year_is_a_share_exceeded_unseen(
    year: int, people: list[RatedPerson], unit_level: str, own_rules: bool | None
) -> None:
    """Of each kind and group there is a share, and exactly those above it are faults, with the article."""
    facts = {"unit_level": unit_level, "own_rules": own_rules}
    shares = excellent_shares(LAW, year, people, **facts)
    groups = {(person.kind, person.group) for person in people if person.kind}
    assert len(shares) == len(groups)
    for share in shares:
        assert share.exceeded == (100 * share.excellent > share.percent * share.base)
    faults = [fault for fault in evaluation_faults(LAW, year, people, **facts) if "tối đa" in fault.text]
    assert len(faults) == sum(share.exceeded for share in shares)
    assert all("Nghị định số" in fault.citation for fault in faults)


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
