"""Nobody acts on their own case: whose own a case is, and who acts instead.

Own is a case about the user (any record of the person), about the household that they head, and about the unit or
collective that they lead. Members of one household and declared relatives are not meant here.
"""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils import timezone

from commendations.models import Amendment, Award, ChairSubmission, Nomination, Objection
from commendations.models.outgoing_paper import OutgoingPaper
from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of, role_holder_ids
from emulation.communes.roles import UNIT_HEAD_ROLES, Role
from emulation.core.formatting import listed_names
from emulation.core.reading_once import once
from villages.models import Appointment, Person
from villages.queries.people import memberships_on
from villages.queries.same_people import same_person_ids

ABSENCES = "“Báo vắng, ủy quyền”"


def own_records(user_ids: Iterable[int]) -> set[int]:
    """The ids of all records of the people who are these users; at most two queries."""
    kept = {person.kept_id for person in Person.objects.filter(user__in=list(user_ids)).only("pk", "same_as")}
    if not kept:
        return set()
    return set(Person.objects.filter(Q(pk__in=kept) | Q(same_as__in=kept)).values_list("pk", flat=True))


def is_about(case: Nomination, people: set[int]) -> bool:
    """Whether the case is about one of these records of people, or about the household that one of them heads."""
    if case.household is not None:
        return case.household.head_id in people
    return case.person_id in people


def own_cases(cases: Iterable[Nomination], user_ids: Iterable[int], on: date) -> list[Nomination]:
    """Those of these cases that are about one of these users, their household or the unit that they lead on that day.

    At most four queries, for any number of cases.
    """
    cases = list(cases)
    users = list(user_ids)
    people = own_records(users)
    led = _led_units(users, people, on) if any(case.collective_id for case in cases) else set()
    return [case for case in cases if is_about(case, people) or case.collective_id in led]


def _led_units(users: list[int], people: set[int], on: date) -> set[int]:
    """The ids of the units and collectives that these users head, or that one of these people leads, on that day."""
    heads = memberships_on(on).filter(user_id__in=users, role__in=UNIT_HEAD_ROLES)
    rows = Appointment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on, person__in=people)
    headed = {unit_id for unit_id in heads.values_list("unit_id", flat=True) if unit_id is not None}
    return headed | set(rows.values_list("unit_id", flat=True))


def is_own(case: Nomination, user: Any) -> bool:
    """Whether the user may not act on the case, because it is about them, their household or the unit that they lead.

    A page that asks for many cases reads once what concerns the user.
    """
    people, units = once(("own cases", user.pk), partial(_own_of_user, user.pk))
    return is_about(case, people) or case.collective_id in units


def _own_of_user(user_id: int) -> tuple[set[int], set[int]]:
    """The ids of the records of the user, and of the units and collectives that they lead today."""
    people = own_records([user_id])
    return people, _led_units([user_id], people, timezone.localdate())


def concerns_member(case: Nomination, member: Person, on: date) -> bool:
    """Whether the case is about this member of the council, the household that they head or the unit that they lead."""
    people = set(same_person_ids([member]))
    if is_about(case, people):
        return True
    rows = Appointment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), unit=case.collective_id, starts_on__lte=on)
    return case.collective_id is not None and rows.filter(person__in=people).exists()


def own_case_of_office(case: Nomination, user: Any) -> str | None:
    """Why a user of the office leaves this case to somebody else, with who that is; None if it is not their own."""
    if not is_own(case, user):
        return None
    return f"Hồ sơ {case.nominee_alone} là của chính bạn: {_others_of_office(case.commune_id, user.pk)}"


def own_submission_of_office(submission: ChairSubmission, user: Any) -> str | None:
    """Why a user of the office does not present this list, with who does instead; None without a case of their own."""
    rows = Nomination.objects.filter(
        chair_submission_items__chair_submission=submission, chair_submission_items__set_aside=""
    )
    cases = list(rows.select_related("person", "household", "collective", "unit"))
    own = own_cases(cases, [user.pk], timezone.localdate())
    if not own:
        return None
    names = listed_names(case.nominee_alone for case in own)
    others = _others_with(Role.office, "Văn phòng", submission.commune_id, user.pk, cases)
    return f"Phiếu trình có hồ sơ của chính bạn ({names}): {others}"


def own_paper_of_clerk(paper: OutgoingPaper, user: Any) -> str | None:
    """Why a clerk does not number and issue this paper, with who does instead; None without a case of their own on it."""
    rows = Nomination.objects.filter(
        chair_submission_items__chair_submission=paper.chair_submission_id,
        chair_submission_items__approved=True,
        chair_submission_items__by_deputy=paper.by_deputy,
        award_code=paper.award_code,
    )
    cases = list(rows.select_related("person", "household", "collective", "unit"))
    own = own_cases(cases, [user.pk], timezone.localdate())
    if not own:
        return None
    names = listed_names(case.nominee_alone for case in own)
    return (
        f"Danh sách có tên chính bạn ({names}): {_others_with(Role.clerk, 'Văn thư', paper.commune_id, user.pk, cases)}"
    )


def own_amendment(amendment: Amendment, user: Any) -> str | None:
    """Why the chair does not approve, or a clerk not issue, a paper about an own award, with who does instead; else None."""
    awards = Award.objects.filter(pk__in=amendment.award_ids)
    rows = Nomination.objects.filter(pk__in=awards.values("nomination"))
    cases = list(rows.select_related("person", "household", "collective", "unit"))
    own = own_cases(cases, [user.pk], timezone.localdate())
    if not own:
        return None
    if capacity_of(user).has(Role.chair):
        instead = f"Phó Chủ tịch duyệt thay, khi Chủ tịch giao ở {ABSENCES}"
    else:
        instead = _others_with(Role.clerk, "Văn thư", amendment.commune_id, user.pk, cases)
    names = listed_names(case.nominee_alone for case in own)
    return f"Văn bản về khen thưởng của chính bạn ({names}): {instead.rstrip('.')}."


def _others_of_office(commune_id: int, user_id: int) -> str:
    """Who of the office acts instead, or how somebody is named."""
    return _others_with(Role.office, "Văn phòng", commune_id, user_id)


def _others_with(role: Role, name: str, commune_id: int, user_id: int, cases: Iterable[Nomination] = ()) -> str:
    """Who else with this role acts instead, or how somebody is named; nobody with a case of their own among `cases`."""
    others = User.objects.filter(pk__in=other_holder_ids(role, commune_id, user_id)).order_by("pk")
    today = timezone.localdate()
    blocked = {other.pk for other in others if own_cases(cases, [other.pk], today)}
    if free := [other.full_name for other in others if other.pk not in blocked]:
        return f"người khác của {name} làm việc này ({', '.join(free)})."
    names = ", ".join(other.full_name for other in others)
    nobody = f"{names} cũng có hồ sơ ở đó:" if blocked else f"{name} chỉ có một người thì"
    return (
        f"người khác của {name} làm việc này. {nobody} giao người làm thay ở {ABSENCES}, hoặc nhờ Quản trị giao thêm vai "
        f"{name} cho người khác."
    )


def other_holder_ids(role: Role, commune_id: int, user_id: int) -> set[int]:
    """The ids of the other active users with this role today."""
    ids = set(role_holder_ids(commune_id, role, on=timezone.localdate())) - {user_id}
    return set(User.objects.filter(pk__in=ids, is_active=True).values_list("pk", flat=True)) if ids else set()


def own_case_of_unit(case: Nomination, user: Any) -> str | None:
    """Why the head of a unit does not submit the case about themselves, with who does instead; None for other cases.

    The case of a unit is submitted by its head: a collective reports itself.
    """
    if not is_about(case, own_records([user.pk])):
        return None
    if capacity_of(user).has(*UNIT_HEAD_ROLES):
        instead = f"người bạn giao làm thay ở {ABSENCES}, hoặc Văn phòng nộp thay đơn vị"
    else:
        instead = "người đứng đầu đơn vị, hoặc người khác của Văn phòng nộp"
    return f"Không ai tự ký đề nghị khen cho mình: {instead}. Nội dung đã soạn vẫn còn nguyên."


def own_objection(objection: Objection, user: Any) -> str | None:
    """Why the user does not answer, review or remove an objection to their own case, with who does; None otherwise."""
    if not is_own(objection.nomination, user):
        return None
    start = f"Phản ánh về hồ sơ của chính bạn ({objection.nomination.nominee_alone}): "
    if capacity_of(user).heads(objection.posting.unit_id):
        return f"{start}người bạn giao làm thay ở {ABSENCES}, hoặc Văn phòng trả lời."
    return start + _others_of_office(objection.commune_id, user.pk)


def chair_ids(commune_id: int, on: date) -> list[int]:
    """The ids of the commune's chairs on that day, without who acts for an absent one."""
    rows = memberships_on(on).filter(commune_id=commune_id, role=Role.chair, acts_for_id=None)
    return list(rows.values_list("user_id", flat=True))


def cases_of_chair(cases: Iterable[Nomination], commune_id: int, on: date) -> list[Nomination]:
    """Those of these cases that are the chair's own."""
    return own_cases(cases, chair_ids(commune_id, on), on)


def own_submission_of_chair(submission: ChairSubmission) -> str | None:
    """Why the chair has nothing to decide: every case is their own. None otherwise."""
    if submission.items.listed().filter(by_deputy=False).exists():
        return None
    return "Phiếu trình chỉ có hồ sơ của chính Chủ tịch: Phó Chủ tịch quyết định và ký KT. CHỦ TỊCH."


def nothing_for_deputy(submission: ChairSubmission) -> str | None:
    """Why the vice chair has nothing to decide in the place of the chair, or None."""
    if submission.items.listed().filter(by_deputy=True, approved=None).exists():
        return None
    return "Không có hồ sơ nào của chính Chủ tịch chờ Phó Chủ tịch quyết định."


def deputy_decided(submission: ChairSubmission) -> str | None:
    """Why the chair cannot return the list as a whole any more, or None."""
    if submission.items.listed().filter(by_deputy=True).exclude(approved=None).exists():
        return "Phó Chủ tịch đã quyết định hồ sơ của Chủ tịch: Phó Chủ tịch xét lại hồ sơ đó trước."
    return None
