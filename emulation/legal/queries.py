"""Rows of the law that pages show; and of local values: since when they hold, beside what, and what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from emulation.audit.trail import entries_about
from emulation.communes.models import Membership
from emulation.communes.roles import Role
from emulation.legal import on
from emulation.legal.display import say, scope_of
from emulation.legal.flow import STATES
from emulation.legal.law import Code, Value
from emulation.legal.models import Instrument, LegalValue, LocalValue

Pair = tuple[str, str]


def holders(commune_id: int, *roles: Role, day: date) -> list[int]:
    """Ids of the users who hold one of these roles in the commune on that day."""
    rows = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=day), commune_id=commune_id, role__in=roles, starts_on__lte=day
    )
    return list(rows.values_list("user_id", flat=True).distinct())


def in_force(day: date) -> QuerySet[Instrument]:
    """The instruments of the state in force that day, as far as their days are known, oldest first."""
    begun = Q(starts_on__lte=day) | Q(starts_on__isnull=True, signed_on__lte=day)
    return Instrument.objects.filter(begun, Q(ends_on__isnull=True) | Q(ends_on__gte=day), local=False).order_by(
        F("starts_on").asc(nulls_first=True), "code"
    )


def ruling_of(local: Iterable[Value]) -> dict[str, int]:
    """Version -> the LocalValue that it came from, for values that are a commune's own; no query when there are none."""
    versions = [value.version for value in local if value.local]
    return dict(LegalValue.objects.filter(version__in=versions).values_list("version", "ruling_id")) if versions else {}


@dataclass(frozen=True)
class Held:
    """For which subjects and kinds a local value holds, and from when to when; no start: on no day."""

    scope: str
    start: date | None
    end: date | None


def held(local: LocalValue) -> list[Held]:
    """The days on which an approved value really holds, cut by what came later; alike pairs are one line."""
    law, versions = on.law(local.commune_id), {row.version for row in local.values.all()}
    found: dict[tuple[date | None, date | None], list[Pair]] = {}
    for pair in local.pairs:
        mine = [value for value in law.history(local.code, *pair) if value.version in versions]
        spans: list[tuple[date | None, date | None]] = [(value.start, value.end) for value in mine]
        for span in spans or [(None, None)]:
            found.setdefault(span, []).append(pair)
    return [Held(scope_of(pairs), *span) for span, pairs in found.items()]


@dataclass(frozen=True)
class Beside:
    """The general answer and the commune's own for some subjects and kinds, on the first day of the latter."""

    scope: str
    general: list[str]
    citation: str
    confirmed: bool
    local: list[str]


def beside(local: LocalValue, code: Code) -> list[Beside]:
    """What the general law says on the first day and what the commune says instead; alike pairs are one line."""
    law = on.general_law()
    contents = local.contents or [None] * len(local.pairs)
    found: dict[str, tuple[list[Pair], Value | None, Any]] = {}
    for pair, content in zip(local.pairs, contents, strict=True):
        general = law.find(local.code, local.starts_on, *pair)
        same = repr((general and (general.content, general.citation, general.confirmed), content))
        found.setdefault(same, ([], general, content))[0].append(pair)
    return [_beside(code, *parts) for parts in found.values()]


def _beside(code: Code, pairs: list[Pair], general: Value | None, content: Any) -> Beside:
    return Beside(
        scope=scope_of(pairs),
        general=say(general.content, code) if general else [],
        citation=general.citation.text if general else "",
        confirmed=bool(general and general.confirmed),
        local=[] if content is None else say(content, code),
    )


@dataclass(frozen=True)
class Event:
    """One line of the timeline (templates/components/timeline.html)."""

    what: str
    who: str = ""
    when: datetime | None = None
    note: str = ""
    mark: str = "done"


TURNS = {"draft": "Văn phòng", "proposed": "Chủ tịch"}


def timeline(local: LocalValue) -> list[Event]:
    """What was done to it, and whose turn it is."""
    back = {"legal.refuse_local", "legal.recall_local"}
    events = [Event("Văn phòng nhập", when=local.created_at)]
    events += [
        Event(
            entry.label,
            entry.actor_name,
            entry.at,
            entry.facts.get("reason", ""),
            "back" if entry.act in back else "done",
        )
        for entry in entries_about(local)
    ]
    if turn := TURNS.get(local.state):
        events.append(Event(f"{STATES[local.state].label}: đến lượt {turn}", when=local.state_since, mark="now"))
    return events
