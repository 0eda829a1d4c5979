"""Councils by date: the latest one, who may be a member, what a version changes, what ends soon."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet, Subquery

from emulation.core.formatting import format_date, format_names
from villages.models import CouncilLiaison, CouncilVersion, Person, Seat
from villages.rules.council import NewSeat


def latest_council(commune_id: int) -> CouncilVersion | None:
    """The version that begins last, also one that has not begun."""
    return CouncilVersion.objects.filter(commune_id=commune_id).order_by("-starts_on").first()


def possible_members(commune_id: int) -> list[Person]:
    """People with an account in use, who are invited and see the cases, with what their posts need; a few queries."""
    rows = Person.objects.filter(commune_id=commune_id, is_active=True, user__is_active=True)
    return list(rows.select_related("unit").with_appointments().order_by("name_key", "pk"))


@dataclass(frozen=True)
class CouncilChanges:
    """Who comes and who leaves with a version, by name."""

    comes: str
    leaves: str


def changes_of(version: CouncilVersion) -> CouncilChanges | None:
    """Compared with the version before it; None for the first one. Three queries."""
    rows = CouncilVersion.objects.filter(commune_id=version.commune_id, starts_on__lt=version.starts_on)
    before = rows.order_by("-starts_on").first()
    if before is None:
        return None
    old = _names(before)
    new = _names(version)
    comes = [name for pk, name in new.items() if pk not in old]
    leaves = [name for pk, name in old.items() if pk not in new]
    return CouncilChanges(format_names(comes, "người"), format_names(leaves, "người"))


def _names(version: CouncilVersion) -> dict[int, str]:
    return dict(version.seats.values_list("person_id", "person__full_name"))


@dataclass(frozen=True)
class CouncilPreview:
    """What a new council would change on its first day, in sentences."""

    members: int
    starts_on: date
    sentences: list[str]


def preview_of_council(commune_id: int, starts_on: date, seats: Sequence[NewSeat]) -> CouncilPreview:
    """Who comes, who leaves, whose role changes, what ends with the council before; a few queries, nothing is written."""
    latest = latest_council(commune_id)
    before = {seat.person_id: seat for seat in latest.seats.select_related("person")} if latest else {}
    new = {seat.person: seat for seat in seats}
    sentences = [
        _comers(_only_in(new, before), starts_on),
        _leavers(_only_in(before, new), starts_on),
        *_changed_roles(before, new),
        *_ending_liaisons(commune_id, starts_on, [*new]),
    ]
    if latest:
        last_day = format_date(starts_on - timedelta(days=1))
        sentences.append(f"Hội đồng theo Quyết định {latest.decision_no} thôi hết ngày {last_day}.")
    return CouncilPreview(len(seats), starts_on, sentences)


def _comers(seats: Sequence[NewSeat], starts_on: date) -> str:
    people = Person.objects.in_bulk([seat.person for seat in seats])
    names = "; ".join(f"{people[seat.person].full_name} ({_role_and_post(seat)})" for seat in seats)
    return (
        f"Mới: {names}. Từ ngày {format_date(starts_on)} xem hồ sơ và biểu quyết được."
        if names
        else "Không có người mới."
    )


def _leavers(seats: Sequence[Seat], starts_on: date) -> str:
    names = "; ".join(seat.person.full_name for seat in seats)
    day = format_date(starts_on)
    return f"Thôi: {names}. Từ ngày {day} không xem, không biểu quyết được nữa." if names else "Không ai thôi."


def _only_in(seats: Mapping[int, Any], others: Mapping[int, Any]) -> list[Any]:
    """The seats of the people who are not among the others."""
    return [seat for person, seat in seats.items() if person not in others]


def _changed_roles(before: Mapping[int, Seat], new: Mapping[int, NewSeat]) -> Iterator[str]:
    """Of each member who stays, the seat before and the new one, where they differ."""
    for person, old in before.items():
        seat = new.get(person)
        if seat and (old.role, old.position) != (seat.role, seat.position):
            was = f"{old.get_role_display()}, {old.position}"
            yield f"{old.person.full_name}: từ {was} thành {_role_and_post(seat)}."


def _role_and_post(seat: NewSeat) -> str:
    return f"{dict(Seat.ROLES)[seat.role]}, {seat.position}"


def liaisons_to_end(commune_id: int, last_day: date, members: Sequence[int]) -> QuerySet[CouncilLiaison]:
    """The units that are looked after on that day by somebody who is not among these people."""
    rows = CouncilLiaison.objects.filter(commune_id=commune_id, ends_on=None, starts_on__lte=last_day)
    return rows.exclude(person__in=members)


def _ending_liaisons(commune_id: int, starts_on: date, members: Sequence[int]) -> Iterator[str]:
    rows = liaisons_to_end(commune_id, starts_on - timedelta(days=1), members).select_related("unit", "person")
    for row in rows:
        yield f"{row.person.full_name} thôi phụ trách {row.unit.name}: chưa có người khác, phân công lại."


@dataclass(frozen=True)
class CouncilToRenew:
    """A council whose term ends, or of which `missing` (names) are no longer in the commune's list."""

    council: CouncilVersion
    missing: list[str]


def council_to_renew(commune_id: int, on: date, until: date) -> CouncilToRenew | None:
    """The latest council, if its term ends by `until` or a member has left; None once another one is recorded. One query."""
    latest_ids = CouncilVersion.objects.filter(commune_id=commune_id).order_by("-starts_on").values("pk")[:1]
    seats = list(Seat.objects.filter(version=Subquery(latest_ids)).select_related("version", "person"))
    if not seats or seats[0].version.starts_on > on:
        return None
    latest = seats[0].version
    missing = [seat.person.full_name for seat in seats if not seat.person.is_active]
    ends_soon = latest.ends_on is not None and latest.ends_on <= until
    return CouncilToRenew(latest, missing) if ends_soon or missing else None
