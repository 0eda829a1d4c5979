"""What an exemplar needs before it is submitted, and when it is late."""

from datetime import date

import pytest

from campaigns.exemplars.rules.exemplar import SHORTEST_DEED, ExemplarAnswer, missing_fields
from emulation.legal.calendar.lateness import is_late

COMPLETE = ExemplarAnswer(kind="person", has_nominee=True, has_field=True, deed="Hiến 200 m2 đất làm đường.")


@pytest.mark.parametrize(
    ("answer", "fields"),
    [
        (COMPLETE, []),
        (ExemplarAnswer(), ["kind", "field", "deed"]),
        (ExemplarAnswer(kind="household"), ["name", "field", "deed"]),
        (ExemplarAnswer(kind="person", has_nominee=True, has_field=True), ["deed"]),
        (ExemplarAnswer(kind="person", has_nominee=True, deed=COMPLETE.deed), ["field"]),
        (ExemplarAnswer(has_nominee=True, has_field=True, deed=COMPLETE.deed), ["kind"]),
        (ExemplarAnswer(nothing=True), ["nothing_reason"]),
        (ExemplarAnswer(nothing=True, nothing_reason="Thôn vào vụ gặt."), []),
    ],
)
def test_what_is_missing_is_named_at_its_field(answer: ExemplarAnswer, fields: list[str]) -> None:
    found = missing_fields(answer)
    assert list(found) == fields
    assert all(text.startswith("Hãy ") for text in found.values())


@pytest.mark.parametrize(("length", "missing"), [(SHORTEST_DEED - 1, True), (SHORTEST_DEED, False)])
def test_the_shortest_deed(length: int, missing: bool) -> None:
    answer = ExemplarAnswer(kind="person", has_nominee=True, has_field=True, deed="x" * length)
    assert ("deed" in missing_fields(answer)) is missing


@pytest.mark.parametrize(
    ("day", "late"),
    [(None, False), (date(2026, 11, 25), False), (date(2026, 11, 26), True), (date(2026, 11, 1), False)],
)
def test_late_is_after_the_due_day(day: date | None, late: bool) -> None:
    assert is_late(day, date(2026, 11, 25)) is late
