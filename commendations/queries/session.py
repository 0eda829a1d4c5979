"""A council session: council of its day, seats, members related to a case, items in order, quorum."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from commendations.flow.kin import related_people
from commendations.flow.own_case import own_cases
from commendations.flow.posting_guards import posting_reasons
from commendations.models import CouncilSession, ItemAbsence, Nomination, Recusal, SessionItem
from commendations.queries import catalogue
from emulation.audit.log import entries_about
from emulation.audit.models import AuditEntry
from emulation.core.formatting import format_date
from emulation.legal import current
from emulation.legal.engine.law import Law
from villages.models import Appointment, CouncilVersion, Person, Seat
from villages.queries.same_people import same_person_ids

ADJOURN, CANCEL = "commendations.adjourn_session", "commendations.cancel_session"


def council_on(commune_id: int, on: date) -> CouncilVersion | None:
    """The council in force that day."""
    return CouncilVersion.objects.filter(commune_id=commune_id).in_force(on).order_by("-starts_on").first()


def council_seats(session: CouncilSession) -> list[Seat]:
    """The seats of the session's council, in order."""
    return list(session.version_of_council.seats.select_related("person"))


def related_seats(session: CouncilSession, nomination: Nomination) -> list[Seat]:
    """Seats to recuse: the nominee, the household and declared kin, heads of a nominated collective on the day."""
    related = Q(person__in=same_person_ids([nomination.person])) if nomination.person else Q(pk__in=[])
    if household_ids := _households_of(nomination):
        related |= Q(person__household__in=household_ids)
    related |= Q(person__in=list(related_people(nomination)))
    if nomination.collective_id:
        day = session.held_on
        heads = Appointment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), unit_id=nomination.collective_id)
        related |= Q(person_id__in=heads.filter(starts_on__lte=day).values("person_id"))
    return list(session.version_of_council.seats.filter(related))


def _households_of(nomination: Nomination) -> set[int]:
    """The nominated household, or those of all records of the nominated person."""
    person = nomination.person
    if person is None or person.same_as_id is None:
        household = person.household_id if person else nomination.household_id
        return {household} if household else set()
    rows = Person.objects.filter(pk__in=same_person_ids([person]), household__isnull=False)
    return set(rows.values_list("household_id", flat=True))


def council_member_users(session: CouncilSession) -> set[int]:
    """Ids of the users who are members of the session's council."""
    return set(session.version_of_council.seats.exclude(person__user=None).values_list("person__user_id", flat=True))


ITEM_RELATIONS = (
    "nomination__unit", "nomination__person__unit", "nomination__household__unit", "nomination__collective",
)  # fmt: skip


def put_off_items(session: CouncilSession) -> QuerySet[SessionItem]:
    """The cases that the session did not consider, each with its reason."""
    return session.items.exclude(put_off="").select_related(*ITEM_RELATIONS)


def session_items(session: CouncilSession) -> QuerySet[SessionItem]:
    """The items that the session considers, with the relations that its page and its minutes need."""
    return (
        session.items.filter(put_off="")
        .select_related(*ITEM_RELATIONS)
        .prefetch_related(
            Prefetch("recused", Seat.objects.select_related("person")),
            "nomination__joint_proposals__unit",
            "nomination__kin_reasons__user",
            Prefetch("absences", ItemAbsence.objects.select_related("seat__person")),
            Prefetch(
                "nomination__recusals",
                Recusal.objects.lifted().select_related("person", "lifted_by", "lifted_in"),
                to_attr="lifted_recusals",
            ),
        )
    )


def sort_items_by_award(
    session: CouncilSession, items: Iterable[SessionItem], law: Law | None = None
) -> list[SessionItem]:
    """Items grouped by award in catalogue order; within an award in the session's own order."""
    items = list(items)
    codes = (item.nomination.award_code for item in items)
    order = catalogue.sort_award_codes(law or current.law_for(session.commune_id), codes, session.held_on)
    return sorted(items, key=lambda item: order.index(item.nomination.award_code))


def session_quorum(session: CouncilSession) -> dict[str, Any] | None:
    """The quorum verdict with its arithmetic and citation; None before attendance is entered.

    A closed session shows the verdict stored at its close, whatever the law is today.
    """
    if session.quorum:
        stored: dict[str, Any] = session.quorum
        return stored
    if not session.attendance.exists():
        return None
    verdict = current.quorum_verdict_for(
        session.commune_id, session.held_on, members=session.members(), present=len(session.presence().present)
    )
    return verdict.facts()


def session_changes(session: CouncilSession) -> list[str]:
    """Why the session was adjourned or cancelled, one sentence each, the oldest first."""
    entries = entries_about(session).filter(act__in=(ADJOURN, CANCEL))
    return [f"{_change_in_words(entry)}: {entry.facts['reason']}" for entry in entries]


@dataclass(frozen=True)
class Adjournment:
    """The day and hour for which a session was convened when it was adjourned, and why."""

    held_on: date
    starts_at: time
    reason: str


def adjournments(session: CouncilSession) -> list[Adjournment]:
    """The adjournments of the session, the oldest first."""
    found: list[Adjournment] = []
    day = session.held_on.isoformat()
    hour = session.starts_at.isoformat()
    for entry in reversed(entries_about(session)):
        changed = entry.facts.get("changed", {})
        day = changed.get("held_on", [day])[0]
        hour = changed.get("starts_at", [hour])[0]
        if entry.act == ADJOURN:
            reason = str(entry.facts["reason"])
            found.append(Adjournment(date.fromisoformat(day), time.fromisoformat(hour), reason))
    return found[::-1]


def _change_in_words(entry: AuditEntry) -> str:
    if entry.act == CANCEL:
        return "Phiên họp đã hủy"
    days = entry.facts.get("changed", {}).get("held_on")
    return f"Hoãn từ ngày {format_date(date.fromisoformat(days[0]))}" if days else "Hoãn sang giờ khác trong ngày"


def nominations_awaiting_session(session: CouncilSession) -> QuerySet[Nomination]:
    """Complete nominations that can be added to a session."""
    return (
        Nomination.objects.filter(commune_id=session.commune_id, state="complete")
        .for_lists()
        .with_proposers()
        .order_by("received_on", "pk")
    )


def cases_for_session(
    cases: Sequence[Nomination], user: Any
) -> tuple[list[Nomination], list[Nomination], list[tuple[Nomination, str]]]:
    """Those of these cases that the user can put on a session, the user's own, which somebody else puts on it, and those that
    wait because of their posting, each with the reason.
    """
    own = own_cases(cases, [user.pk], timezone.localdate())
    reasons = posting_reasons([case for case in cases if case not in own])
    free = [case for case in cases if case not in own and case.pk not in reasons]
    return free, own, [(case, reasons[case.pk]) for case in cases if case.pk in reasons]


def last_session(commune_id: int) -> CouncilSession | None:
    """The latest session that was held, whose place, hour and secretary the next one usually has."""
    rows = CouncilSession.objects.filter(commune_id=commune_id, state="closed").defer("discussion", "conclusion")
    return rows.select_related("secretary").order_by("-held_on", "-pk").first()


def usual_officers(session: CouncilSession, seats: list[Seat]) -> tuple[int | None, int | None]:
    """The seats that usually preside and write the minutes: the chair's, and that of the latest session's secretary."""
    presider = next((seat.pk for seat in seats if seat.role == "chair"), None)
    last = last_session(session.commune_id)
    same_person = last.secretary.person_id if last and last.secretary else None
    return presider, next((seat.pk for seat in seats if seat.person_id == same_person), None)


def planned_sessions(commune_id: int) -> QuerySet[CouncilSession]:
    """Sessions to which nominations can be added."""
    return CouncilSession.objects.filter(commune_id=commune_id, state="planned").order_by("held_on", "pk")


def with_case_counts(rows: QuerySet[CouncilSession]) -> QuerySet[CouncilSession]:
    """Sessions annotated with the number of their items (`cases`) and of those passed."""
    return rows.annotate(cases=Count("items"), passed=Count("items", filter=Q(items__passed=True)))
