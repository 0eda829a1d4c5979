"""Relations to the nominee of a case, for its page; whom a user may declare."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from commendations.flow.kin import related_people
from commendations.models import KinReason, Kinship, Nomination
from commendations.queries.session import council_on
from emulation.communes.capacity import capacity_of, role_holder_ids
from emulation.communes.roles import COMMUNE_STAFF_ROLES, Role
from villages.models import Person


@dataclass(frozen=True)
class KinOfCase:
    """Those who act on cases and are related to the nominee: (name, relation); the declarations; the recorded reasons."""

    people: list[tuple[str, str]]
    declared: list[Kinship]
    reasons: list[KinReason]

    def __bool__(self) -> bool:
        return bool(self.people or self.reasons)


def kin_of_case(case: Nomination, user: Any) -> KinOfCase:
    """For commune staff and the council; nothing for others. A constant number of queries."""
    if not capacity_of(user).has(*COMMUNE_STAFF_ROLES, Role.council_member) or not case.nominee_kind:
        return KinOfCase([], [], [])
    related = related_people(case)
    acting = [one for one in people_who_act(case.commune_id) if one.pk in related] if related else []
    declared = Kinship.objects.in_force().filter(_about(case)).select_related("person", "other", "declared_by")
    reasons = case.kin_reasons.select_related("user")
    return KinOfCase([(one.marked_name, related[one.pk]) for one in acting], list(declared), list(reasons))


def _about(case: Nomination) -> Q:
    nominee = case.subject_person
    return Q(person=nominee) | Q(other=nominee) if nominee else Q(pk__in=[])


def people_who_act(commune_id: int) -> list[Person]:
    """The members of the council and the people whose users serve as commune staff today, by name; three queries."""
    today = timezone.localdate()
    staff = role_holder_ids(commune_id, *COMMUNE_STAFF_ROLES, on=today)
    council = council_on(commune_id, today)
    seats = council.seats.values("person") if council else []
    rows = Person.objects.filter(Q(user__in=staff) | Q(pk__in=seats), commune_id=commune_id)
    return list(rows.order_by("name_key", "pk"))


def people_to_declare(user: Any, commune_id: int) -> list[Person]:
    """For whom the user may declare a relation: the office for all who act on cases, others for themselves."""
    people = people_who_act(commune_id)
    return people if capacity_of(user).has(Role.office) else [one for one in people if one.user_id == user.pk]
