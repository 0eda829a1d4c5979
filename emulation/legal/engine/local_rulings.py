"""Decisions of a commune about questions of the law, and the dated values that follow from them. Pure: no Django, no clock."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from emulation.legal.engine.law import Citation, DatedValue, Law, NoValue, UnknownCode, clip_value, day_before


@dataclass(frozen=True, slots=True)
class LocalRuling:
    """From `start` on `value` is in force (None: the general law again). A ruling that `confirms` ends with the general
    value that it confirms, because its paper does not cover the value that replaces that one."""

    code: str
    subject: str
    kind: str
    start: date
    value: DatedValue | None = None
    confirms: bool = False

    @property
    def question(self) -> tuple[str, str, str]:
        return self.code, self.subject, self.kind


def effective_values(base: Law, rulings: Iterable[LocalRuling]) -> list[DatedValue]:
    """The local values, cut to the days on which they are in force. Of two rulings from the same day, the later in the list wins."""
    found: list[DatedValue] = []
    ordered = sorted(rulings, key=lambda ruling: (ruling.question, ruling.start))
    for _, group in groupby(ordered, key=lambda ruling: ruling.question):
        found += _clip_by_next(base, list(group))
    return found


def _clip_by_next(base: Law, rulings: list[LocalRuling]) -> Iterator[DatedValue]:
    for ruling, after in zip(rulings, [*rulings[1:], None], strict=True):
        value = ruling.value
        if value and ruling.confirms:
            value = clip_value(value, value.start, _end_of_confirmed(base, ruling))
        if value:
            value = clip_value(value, value.start, day_before(after.start) if after else None)
        if value:
            yield value


def _end_of_confirmed(base: Law, ruling: LocalRuling) -> date | None:
    try:
        return base.value_on(ruling.code, ruling.start, ruling.subject, ruling.kind).end
    except (NoValue, UnknownCode):
        return None


def make_local_value(
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
) -> DatedValue:
    """The value that a ruling gives, confirmed by its paper. Its version is unique to the commune and the ruling."""
    code, subject, kind = question
    hashed = [commune_id, ruling_id, question, start, end, content, citation.text, source, note]
    text = json.dumps(hashed, default=str, ensure_ascii=False, sort_keys=True)
    return DatedValue(
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
