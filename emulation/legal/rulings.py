"""What a commune ruled about a question of the law: its own answer, the general one confirmed, or back to the general one.

Pure: no Django, no clock. Rows become rulings, rulings become values, `Law.overlaid` lays them over the statutes.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from emulation.legal.law import Citation, Law, NoValue, UnknownCode, Value, clipped, day_before


@dataclass(frozen=True, slots=True)
class Ruling:
    """From `start` on `value` holds (None: the general law again). One that `confirms` lasts no longer than the general
    value that it confirms: what replaces that one is not what the paper spoke of."""

    code: str
    subject: str
    kind: str
    start: date
    value: Value | None = None
    confirms: bool = False

    @property
    def question(self) -> tuple[str, str, str]:
        return self.code, self.subject, self.kind


def held(base: Law, rulings: Iterable[Ruling]) -> list[Value]:
    """The local values on the days on which they hold. Of rulings from one day on the later given holds."""
    found: list[Value] = []
    for _, group in groupby(sorted(rulings, key=lambda one: (one.question, one.start)), lambda one: one.question):
        found += _chain(base, list(group))
    return found


def _chain(base: Law, rulings: list[Ruling]) -> Iterator[Value]:
    for ruling, after in zip(rulings, [*rulings[1:], None], strict=True):
        value = ruling.value
        if value and ruling.confirms:
            value = clipped(value, value.start, _end_of_confirmed(base, ruling))
        if value:
            value = clipped(value, value.start, day_before(after.start) if after else None)
        if value:
            yield value


def _end_of_confirmed(base: Law, ruling: Ruling) -> date | None:
    try:
        return base.value_on(ruling.code, ruling.start, ruling.subject, ruling.kind).end
    except (NoValue, UnknownCode):
        return None


def local_value(
    commune_id: int,
    ruling_id: int,
    *,
    question: tuple[str, str, str],
    start: date,
    end: date | None,
    content: Any,
    citation: Citation,
    source: str,
    note: str,
) -> Value:
    """The value that a ruling gives, confirmed by its paper. Its version is this commune's and this ruling's alone."""
    code, subject, kind = question
    said = [commune_id, ruling_id, question, start, end, content, citation.text, source, note]
    text = json.dumps(said, default=str, ensure_ascii=False, sort_keys=True)
    return Value(
        code=code,
        subject=subject,
        kind=kind,
        start=start,
        end=end,
        content=content,
        citation=citation,
        source=source,
        note=note,
        confirmed=True,
        needs_review=False,
        version=hashlib.sha256(text.encode()).hexdigest(),
        local=True,
    )
