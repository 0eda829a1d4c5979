"""Local values: in effect from when to when, compared with the general law, their history."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from emulation.audit.log import entries_about
from emulation.communes.models import Membership
from emulation.communes.roles import Role
from emulation.legal import current
from emulation.legal.engine.law import DatedValue, LegalQuestion
from emulation.legal.engine.value_text import describe_content, scope_text
from emulation.legal.local_values.flow import LOCAL_VALUE_STATES
from emulation.legal.models import LocalValue

ScopePair = tuple[str, str]


def user_ids_in_roles(commune_id: int, *roles: Role, day: date) -> list[int]:
    """Ids of the users who hold one of these roles in the commune on that day."""
    rows = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=day), commune_id=commune_id, role__in=roles, starts_on__lte=day
    )
    return list(rows.values_list("user_id", flat=True).distinct())


@dataclass(frozen=True)
class EffectivePeriod:
    """For which subjects and kinds a local value holds, and from when to when; no start: on no day."""

    scope: str
    start: date | None
    end: date | None


def effective_periods(local: LocalValue) -> list[EffectivePeriod]:
    """The days on which an approved value really holds, cut by what came later; alike pairs are one line."""
    law, versions = current.law_for(local.commune_id), {row.version for row in local.values.all()}
    found: dict[tuple[date | None, date | None], list[ScopePair]] = {}
    for pair in local.pairs:
        mine = [value for value in law.history(local.code, *pair) if value.version in versions]
        spans: list[tuple[date | None, date | None]] = [(value.start, value.end) for value in mine]
        for span in spans or [(None, None)]:
            found.setdefault(span, []).append(pair)
    return [EffectivePeriod(scope_text(pairs), *span) for span, pairs in found.items()]


@dataclass(frozen=True)
class GeneralComparison:
    """The general answer and the commune's own for some subjects and kinds, on the first day of the latter."""

    scope: str
    general: list[str]
    citation: str
    confirmed: bool
    local: list[str]


def alongside_general_law(local: LocalValue, code: LegalQuestion) -> list[GeneralComparison]:
    """What the general law says on the first day and what the commune says instead; alike pairs are one line."""
    law = current.general_law()
    contents = local.contents or [None] * len(local.pairs)
    found: dict[str, tuple[list[ScopePair], DatedValue | None, Any]] = {}
    for pair, content in zip(local.pairs, contents, strict=True):
        general = law.find(local.code, local.starts_on, *pair)
        same = repr((general and (general.content, general.citation, general.confirmed), content))
        found.setdefault(same, ([], general, content))[0].append(pair)
    return [_comparison(code, *parts) for parts in found.values()]


def _comparison(
    code: LegalQuestion, pairs: list[ScopePair], general: DatedValue | None, content: Any
) -> GeneralComparison:
    return GeneralComparison(
        scope=scope_text(pairs),
        general=describe_content(general.content, code) if general else [],
        citation=general.citation.text if general else "",
        confirmed=bool(general and general.confirmed),
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
    """What was done to it, and whose turn it is."""
    back = {"legal.refuse_local", "legal.recall_local"}
    events = [LocalValueEvent("Văn phòng nhập", when=local.created_at)]
    events += [
        LocalValueEvent(
            entry.label,
            entry.actor_name,
            entry.at,
            entry.facts.get("reason", ""),
            "back" if entry.act in back else "done",
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
