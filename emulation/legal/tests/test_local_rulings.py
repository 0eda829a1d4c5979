"""Local values over the statutes, for any days that a commune may choose. Pure: no database."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from emulation.legal.engine.law import Citation, DatedValue, Law, NoValue
from emulation.legal.engine.loader import shipped_statutes
from emulation.legal.engine.local_rulings import LocalRuling, effective_values, make_local_value
from emulation.legal.local_values.queries import merged_periods

BASE = shipped_statutes().law
CODE = "GKX.coefficient"
SUBJECT = "person"
KIND = ""
SINCE = BASE.codes[CODE].since
OTHER = ("GKX.coefficient", "household", "")
LAST = date(2032, 12, 31)
PAPER = Citation("", "Quyết định", "12/2026/QĐ-UBND", article="5", tail="ngày 05/02/2026 của UBND tỉnh")

days = st.dates(SINCE, LAST)
spans = st.tuples(days, st.none() | st.integers(0, 2000))


def local(place: int, start: date, length: int | None, content: str = "0.45", code: str = CODE) -> DatedValue:
    end = None if length is None else start + timedelta(days=length)
    return make_local_value(
        7,
        place,
        question=(code, SUBJECT, KIND),
        start=start,
        end=end,
        content=content,
        citation=PAPER,
        source="thử",
        note="",
    )


def value_of(law: Law, day: date) -> DatedValue:
    return law.value_on(CODE, day, SUBJECT, KIND)


def days_to_check(values: list[DatedValue], more: list[date]) -> list[date]:
    """The days around every first and last day of general and local values, and some others."""
    found = set(more)
    for value in [*values, *BASE.history(CODE, SUBJECT)]:
        for border in filter(None, (value.start, value.end)):
            found |= {border - timedelta(days=1), border, border + timedelta(days=1)}
    return sorted(day for day in found if SINCE <= day)


def expected(day: date, values: list[DatedValue]) -> str:
    """The expected version, computed differently: the latest local value begun by that day, unless it has ended."""
    begun = [value for value in values if value.start <= day]
    last = max(begun, key=lambda value: value.start) if begun else None
    if last and (last.end is None or day <= last.end):
        return last.version
    return value_of(BASE, day).version


@given(st.lists(spans, max_size=5, unique_by=lambda span: span[0]), st.lists(days, max_size=5))
def test_each_day_has_the_expected_value(chosen: Any, more: list[date]) -> None:
    values = [local(place, *span) for place, span in enumerate(chosen)]
    law = BASE.with_local_values(values)
    for day in days_to_check(values, more):
        assert value_of(law, day).version == expected(day, values)
        assert law.value_on(*OTHER[:1], day, *OTHER[1:]) == BASE.value_on(*OTHER[:1], day, *OTHER[1:])


@given(days, days)
def test_before_the_first_day_nothing_changes(start: date, day: date) -> None:
    law = BASE.with_local_values([local(1, start, None)])
    found, before = value_of(law, day), value_of(BASE, day)
    if day < start:
        assert (found.version, found.content, found.citation) == (before.version, before.content, before.citation)
    else:
        assert found.local and found.content == "0.45"
        assert found.citation.text == "Điều 5 Quyết định số 12/2026/QĐ-UBND ngày 05/02/2026 của UBND tỉnh"


@given(st.lists(spans, max_size=5))
def test_coverage_never_gets_a_gap_or_an_overlap(chosen: Any) -> None:
    law = BASE.with_local_values([local(place, *span) for place, span in enumerate(chosen)])
    row = law.history(CODE, SUBJECT)
    assert row[0].start <= SINCE and row[-1].end is None
    for one, after in pairwise(row):
        assert one.end is not None and one.end + timedelta(days=1) == after.start


@given(st.lists(spans, max_size=4), st.sets(st.integers(0, 3)), st.lists(days, max_size=5))
def test_a_withdrawal_restores_the_general_law(chosen: Any, withdrawn: set[int], more: list[date]) -> None:
    rulings = [
        LocalRuling(CODE, SUBJECT, KIND, start, None if place in withdrawn else local(place, start, length))
        for place, (start, length) in enumerate(chosen)
    ]
    law = BASE.with_local_values(effective_values(BASE, rulings))
    for day in days_to_check([ruling.value for ruling in rulings if ruling.value], more):
        last = last_begun(rulings, day)
        own = last if last and (last.end is None or day <= last.end) else None
        assert value_of(law, day).version == (own or value_of(BASE, day)).version


def last_begun(rulings: list[LocalRuling], day: date) -> DatedValue | None:
    """The value of the last ruling begun by that day; None without one, or for a withdrawal."""
    begun = [(ruling.start, place) for place, ruling in enumerate(rulings) if ruling.start <= day]
    return rulings[max(begun)[1]].value if begun else None


@given(days, days)
def test_a_confirmation_lasts_as_long_as_what_it_confirms(start: date, day: date) -> None:
    confirmed = value_of(BASE, start)
    value = local(1, start, None, content=confirmed.content)
    law = BASE.with_local_values(
        effective_values(BASE, [LocalRuling(CODE, SUBJECT, KIND, start, value, confirms=True)])
    )
    found = value_of(law, day)
    inside = start <= day and (confirmed.end is None or day <= confirmed.end)
    assert found.local is inside
    assert found.content == value_of(BASE, day).content


def test_of_two_from_the_same_day_the_later_one_wins() -> None:
    law = BASE.with_local_values([local(1, date(2026, 1, 1), None, "0.4"), local(2, date(2026, 1, 1), None, "0.5")])
    assert value_of(law, date(2026, 1, 1)).content == "0.5"
    assert value_of(law, date(2025, 12, 31)).content == value_of(BASE, date(2025, 12, 31)).content


def test_a_value_for_an_unknown_question_is_ignored() -> None:
    law = BASE.with_local_values([local(1, date(2026, 1, 1), None, code="XYZ.coefficient")])
    assert law.history("XYZ.coefficient", SUBJECT) == []


def test_the_general_law_is_not_changed() -> None:
    before = BASE.history(CODE, SUBJECT)
    BASE.with_local_values([local(1, date(2026, 1, 1), None)])
    assert BASE.history(CODE, SUBJECT) == before


def test_versions_differ_by_commune_and_ruling() -> None:
    fact: dict[str, Any] = {
        "question": (CODE, SUBJECT, KIND), "start": SINCE, "end": None, "content": "1", "citation": PAPER,
        "source": "", "note": "",
    }  # fmt: skip
    assert len({make_local_value(*pair, **fact).version for pair in ((7, 1), (7, 2), (8, 1))}) == 3


def test_a_day_before_the_first_is_still_not_covered() -> None:
    try:
        value_of(BASE.with_local_values([local(1, SINCE, None)]), SINCE - timedelta(days=1))
    except NoValue as broken:
        assert "chưa có quy định" in broken.message
    else:
        raise AssertionError


# ── periods that a reader sees ───────────────────────────────────────────────────────────────────
def test_periods_with_the_same_words_are_shown_as_one():
    """Luật 2003 with NĐ 91/2017: at most 15 %; since Luật 2022 no quota, in every version of the law alike."""
    history = BASE.history("CSTDCS.quota")
    merged = merged_periods(history)
    assert len(history) > len(merged) == 2
    assert (merged[0].end, merged[1].start, merged[1].end) == (date(2023, 12, 31), date(2024, 1, 1), history[-1].end)
    assert [value.start for value in history] != [value.start for value in merged]


def test_a_gap_or_other_words_keep_periods_apart():
    first, *_ = BASE.history("CSTDCS.quota")
    assert first.end is not None
    for change in ({"start": first.end + timedelta(days=2)}, {"citation": PAPER}, {"content": {"percent": 20}}):
        later = replace(first, start=first.end + timedelta(days=1), end=None)
        assert merged_periods([first, later]) == [replace(first, end=None)]
        assert len(merged_periods([first, replace(later, **change)])) == 2
