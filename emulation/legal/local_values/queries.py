"""Local values: in effect from when to when, compared with the general law, their history."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from emulation.audit.log import entries_about
from emulation.legal import current
from emulation.legal.engine.law import DatedValue, LegalQuestion
from emulation.legal.engine.value_text import describe_content, scope_text
from emulation.legal.local_values.flow import LOCAL_VALUE_STATES
from emulation.legal.models import LocalValue

ScopePair = tuple[str, str]


@dataclass(frozen=True)
class EffectivePeriod:
    """A scope of a local value and the days on which it is in force; no start: never in force."""

    scope: str
    start: date | None
    end: date | None


def merged_periods(values: Iterable[DatedValue]) -> list[DatedValue]:
    """The values of one question, oldest first, with those that follow each other with the same content and article as one."""
    merged: list[DatedValue] = []
    for value in values:
        last = merged[-1] if merged else None
        if last and last.end and last.end + timedelta(days=1) == value.start and _words_of(last) == _words_of(value):
            merged[-1] = replace(last, end=value.end)
        else:
            merged.append(value)
    return merged


def _words_of(value: DatedValue) -> tuple[Any, str]:
    """What the table of periods shows of a value besides its days; doubts about each version follow the table."""
    return value.content, value.citation.text


def effective_periods(local: LocalValue) -> list[EffectivePeriod]:
    """The days on which an approved local value is in force, cut by later ones; pairs with the same days are one period."""
    law = current.law_for(local.commune_id)
    versions = {row.version for row in local.values.all()}
    found: dict[tuple[date | None, date | None], list[ScopePair]] = {}
    for pair in local.pairs:
        own_values = [value for value in law.history(local.code, *pair) if value.version in versions]
        if not own_values:
            found.setdefault((None, None), []).append(pair)
        for value in own_values:
            found.setdefault((value.start, value.end), []).append(pair)
    return [EffectivePeriod(scope_text(pairs), *days) for days, pairs in found.items()]


@dataclass(frozen=True)
class GeneralComparison:
    """The general value and the local value for one scope, on the first day of the local value."""

    scope: str
    general: list[str]
    citation: str
    confirmed: bool
    local: list[str]


def alongside_general_law(local: LocalValue, code: LegalQuestion) -> list[GeneralComparison]:
    """The general value on the first day next to the local one; pairs with the same values are one comparison."""
    law = current.general_law()
    contents = local.contents or [None] * len(local.pairs)
    found: dict[str, tuple[list[ScopePair], DatedValue | None, Any]] = {}
    for pair, content in zip(local.pairs, contents, strict=True):
        general = law.find(local.code, local.starts_on, *pair)
        key = repr((general and (general.content, general.citation, general.confirmed), content))
        pairs, _, _ = found.setdefault(key, ([], general, content))
        pairs.append(pair)
    return [_comparison(code, *parts) for parts in found.values()]


def _comparison(
    code: LegalQuestion, pairs: list[ScopePair], general: DatedValue | None, content: Any
) -> GeneralComparison:
    return GeneralComparison(
        scope=scope_text(pairs),
        general=describe_content(general.content, code) if general else [],
        citation=general.citation.text if general else "",
        confirmed=general is None or general.confirmed,
        local=[] if content is None else describe_content(content, code),
    )


@dataclass(frozen=True)
class LocalValueEvent:
    """One line of the timeline (templates/components/_timeline.html)."""

    what: str
    who: str = ""
    when: datetime | None = None
    note: str = ""
    mark: str = "done"

    @property
    def is_now(self) -> bool:
        return self.mark == "now"


TURN_NAMES = {"draft": "Văn phòng", "proposed": "Chủ tịch"}


def local_value_timeline(local: LocalValue) -> list[LocalValueEvent]:
    """The steps so far, and who has to act next."""
    backward_acts = {"legal.refuse_local", "legal.recall_local"}
    events = [LocalValueEvent("Văn phòng nhập", when=local.created_at)]
    events += [
        LocalValueEvent(
            entry.label,
            entry.actor_name,
            entry.at,
            entry.facts.get("reason", ""),
            "back" if entry.act in backward_acts else "done",
        )
        for entry in entries_about(local)
    ]
    if turn := TURN_NAMES.get(local.state):
        events.append(
            LocalValueEvent(
                f"{LOCAL_VALUE_STATES[local.state].label}: đến lượt {turn}", when=local.state_since, mark="now"
            )
        )
    return events
