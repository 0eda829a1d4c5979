"""Actions on the council: a new one from a day by a decision; taking it back before that day."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.models import Commune, Membership
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.registry import Registry
from emulation.core.text import clean
from emulation.core.validation import require_reason
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act
from villages.models import CouncilLiaison, CouncilVersion, Person, Seat
from villages.queries.council import CouncilPreview, latest_council, liaisons_to_end, preview_of_council
from villages.rules.council import NewSeat, council_day_fault, seat_faults

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class CouncilFollower:
    """What apps above do about a new council. `started_since(commune id, day)`: why it cannot begin that day, or "";
    `planned(commune id, day)`: what would be moved to it, in a sentence, or "";
    `follow(user, council, day)`: what is planned from that day on belongs to this council."""

    started_since: Callable[[int, date], str]
    planned: Callable[[int, date], str]
    follow: Callable[[User, CouncilVersion, date], None]


council_followers: Registry[CouncilFollower] = Registry(
    "What follows a new council", "kind: why it may not begin on a day, and what is moved to it"
)


@dataclass(frozen=True)
class NewCouncil:
    """The decision on a council, its days and seats in their order."""

    name: str
    decision_no: str
    decision_date: date
    starts_on: date
    seats: tuple[NewSeat, ...]
    term: str = ""
    ends_on: date | None = None


def renew_council(*, by: User, commune: Commune, council: NewCouncil) -> CouncilVersion:
    """Records the council of a decision from its first day; the one before ends the day before, with the roles and
    liaisons of the members who leave. Sessions planned from that day on are of the new council; others keep theirs.

    RuleBroken for a day that cannot be, a session already held from that day on, wrong seats.
    """
    facts: dict[str, Any] = {
        "decision": clean(council.decision_no),
        "from": council.starts_on,
        "members": len(council.seats),
    }
    with act("villages.renew_council", commune, by=by, about=clean(council.name), **facts) as locked:
        before = latest_council(locked.pk)
        _check(locked, council)
        version = CouncilVersion.objects.create(
            commune=locked,
            name=clean(council.name),
            decision_no=clean(council.decision_no),
            decision_date=council.decision_date,
            term=clean(council.term),
            starts_on=council.starts_on,
            ends_on=council.ends_on,
        )
        Seat.objects.bulk_create(
            Seat(
                commune=locked,
                version=version,
                person_id=seat.person,
                role=seat.role,
                position=clean(seat.position),
                sort=place,
            )
            for place, seat in enumerate(council.seats)
        )
        version.ended = _change_members(by, version, before)
        version.save(update_fields=["ended"])
        for follower in council_followers.values():
            follower.follow(by, version, version.starts_on)
    return version


def preview_council(commune: Commune, council: NewCouncil) -> CouncilPreview:
    """What recording this council would change, without recording it. RuleBroken as in `renew_council`."""
    _check(commune, council)
    preview = preview_of_council(commune.pk, council.starts_on, council.seats)
    planned = (follower.planned(commune.pk, council.starts_on) for follower in council_followers.values())
    return replace(preview, sentences=[*preview.sentences, *filter(None, planned)])


def _check(commune: Commune, council: NewCouncil) -> None:
    before = latest_council(commune.pk)
    faults = [
        *((fault, None) for fault in seat_faults(council.seats)),
        *((fault, "starts_on") for fault in _day_faults(commune, council, before)),
    ]
    if council.decision_date > timezone.localdate():
        faults.append(("Ngày quyết định không thể sau hôm nay.", "decision_date"))
    if council.ends_on and council.ends_on < council.starts_on:
        faults.append(("Ngày cuối không thể trước ngày đầu.", "ends_on"))
    ids = {seat.person for seat in council.seats}
    if Person.objects.filter(commune=commune, pk__in=ids, is_active=True).count() != len(ids):
        faults.append(("Có thành viên không còn trong danh sách người của xã.", None))
    RuleBroken.raise_all([RuleBroken(message, field) for message, field in faults])


def _day_faults(commune: Commune, council: NewCouncil, before: CouncilVersion | None) -> list[str]:
    since = before.starts_on if before else None
    first = council_day_fault(council.starts_on, council.decision_date, since, timezone.localdate())
    started = (follower.started_since(commune.pk, council.starts_on) for follower in council_followers.values())
    return [fault for fault in (first, *started) if fault]


def _change_members(by: User, version: CouncilVersion, before: CouncilVersion | None) -> dict[str, Any]:
    """Ends the version before, and for who leaves the role and the liaisons; gives the role to who comes. What it did."""
    last_day = version.starts_on - ONE_DAY
    members = set(version.seats.exclude(person__user=None).values_list("person__user_id", flat=True))
    running = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=version.starts_on), commune_id=version.commune_id, role=Role.council_member
    )
    leaving = dict(running.filter(starts_on__lte=last_day).exclude(user_id__in=members).values_list("pk", "ends_on"))
    leavers = set(running.filter(pk__in=leaving).values_list("user_id", flat=True))
    comers = members - set(running.filter(starts_on__lte=version.starts_on).values_list("user_id", flat=True))
    ended = {
        "roles": {str(pk): _iso(ends_on) for pk, ends_on in leaving.items()},
        "liaisons": _end_liaisons(version, last_day),
        "version": before.pk if before else None,
        "version_ends_on": _iso(before.ends_on) if before else None,
        "given": _give_role(by, version, comers),
    }
    Membership.objects.filter(pk__in=leaving).update(ends_on=last_day)
    still = Q(ends_on=None) | Q(ends_on__gt=last_day)
    CouncilVersion.objects.filter(still, pk=before.pk if before else 0).update(ends_on=last_day)
    _notify(version, comers, f"Bạn là thành viên {version.name} từ {format_date(version.starts_on)}.")
    last_words = f"ngày cuối {format_date(last_day)} (QĐ {version.decision_no})"
    _notify(version, leavers, f"Bạn thôi thành viên Hội đồng, {last_words}.")
    return ended


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _end_liaisons(version: CouncilVersion, last_day: date) -> list[int]:
    """Ends the liaisons of who is no member any more; returns their ids."""
    members = list(version.seats.values_list("person_id", flat=True))
    ids = list(liaisons_to_end(version.commune_id, last_day, members).values_list("pk", flat=True))
    CouncilLiaison.objects.filter(pk__in=ids).update(ends_on=last_day)
    return ids


def _give_role(by: User, version: CouncilVersion, users: set[int]) -> list[int]:
    """Makes these users council members from the first day; returns the ids of the roles."""
    given = [
        Membership.objects.create(
            commune_id=version.commune_id,
            user_id=user_id,
            role=Role.council_member,
            starts_on=version.starts_on,
            given_by_id=by.pk,
            given_at=timezone.now(),
        )
        for user_id in sorted(users)
    ]
    return [row.pk for row in given]


def _notify(version: CouncilVersion, users: set[int], text: str) -> None:
    notify_users(
        commune_id=version.commune_id,
        users=users,
        text=text,
        link=version.get_absolute_url(),
        key=f"council:{version.pk}",
    )


def take_back_council(*, by: User, version: CouncilVersion, reason: str) -> None:
    """Takes back a council whose day has not come: it is deleted, what it ended goes on. RuleBroken without a reason."""
    reason = require_reason(reason, "Hãy ghi vì sao rút lại.")
    with act("villages.take_back_council", version, by=by, reason=reason) as locked:
        before = CouncilVersion.objects.filter(pk=locked.ended.get("version") or 0).first()
        if before is None:
            raise RuleBroken("Đây là Hội đồng đầu tiên, không rút được; ghi Hội đồng khác theo quyết định.")
        _reopen(locked, before)
        for follower in council_followers.values():
            follower.follow(by, before, locked.starts_on)
        locked.seats.all().delete()
        CouncilVersion.objects.filter(pk=locked.pk).delete()


def _reopen(version: CouncilVersion, before: CouncilVersion) -> None:
    """Everything that the version ended goes on; the roles that it gave are deleted."""
    ended = version.ended
    CouncilVersion.objects.filter(pk=before.pk).update(ends_on=ended["version_ends_on"])
    for pk, ends_on in ended["roles"].items():
        Membership.objects.filter(pk=int(pk)).update(ends_on=ends_on)
    liaisons = CouncilLiaison.objects.filter(pk__in=ended["liaisons"], ends_on=version.starts_on - ONE_DAY)
    liaisons.update(ends_on=None)
    Membership.objects.filter(pk__in=ended["given"], starts_on=version.starts_on).delete()
