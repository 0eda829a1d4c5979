"""Kin and household of a nominee: warned at each act, which goes on only with a reason that is kept."""

from collections.abc import Container, Iterable, Sequence
from itertools import chain
from typing import Any

from django.db.models import Q
from django.utils import timezone

from commendations.flow.own_case import own_case_of_office, own_cases, own_records, own_submission_of_office
from commendations.models import ChairSubmission, KinReason, Kinship, Nomination
from emulation.workflow.permissions import council_member, office, staff
from emulation.workflow.workflow import Step
from villages.models import KEPT_RECORD, Person

SAME_HOUSEHOLD = "cùng hộ gia đình"
UNDECIDED = ("draft", "submitted", "returned", "complete", "on_session", "passed", "presented", "approved")


def related_people(case: Nomination) -> dict[int, str]:
    """{id of a record of a person: the relation}: who is of the household of the nominee, or declared as kin; three queries.

    The nominee and the head of a nominated household are not among them.
    """
    own = _people_of(case)
    homes = {case.household_id} if case.household_id else set()
    homes |= set(Person.objects.filter(pk__in=own, household__isnull=False).values_list("household_id", flat=True))
    found = _records_in(homes)
    for row in (
        Kinship.objects.in_force().filter(Q(person__in=own) | Q(other__in=own)).select_related("person", "other")
    ):
        kin = row.other if row.person_id in own else row.person
        found |= dict.fromkeys((kin.pk, kin.kept_id), row.get_kind_display())
    return {pk: relation for pk, relation in found.items() if pk not in own}


def _records_in(homes: Iterable[int]) -> dict[int, str]:
    """{id: the relation} of the people of these households: of each the record that is a member, and the kept one."""
    pairs = Person.objects.filter(household__in=homes).values_list("pk", KEPT_RECORD)
    return dict.fromkeys(chain.from_iterable(pairs), SAME_HOUSEHOLD)


def _people_of(case: Nomination) -> set[int]:
    """All records of the nominated person, or of the head of the nominated household."""
    person = case.subject_person
    if person is None:
        return set()
    kept = person.kept_id
    return {kept, *Person.objects.filter(same_as=kept).values_list("pk", flat=True)}


def relation_of(case: Nomination, user: Any) -> str:
    """How the user is related to the nominee: "cùng hộ gia đình", "vợ, chồng"; "" if nothing is known."""
    related = related_people(case)
    return next((related[pk] for pk in sorted(own_records([user.pk])) if pk in related), "") if related else ""


def unexplained_kin(cases: Iterable[Nomination], user: Any) -> list[tuple[Nomination, str]]:
    """The cases of kin of the user, with the relation, for which the user recorded no reason; at most seven queries."""
    people = own_records([user.pk])
    if not people:
        return []
    homes = set(Person.objects.filter(pk__in=people, household__isnull=False).values_list("household_id", flat=True))
    declared = _declared_kin(people)
    housemates = _records_in(homes)
    found = [(case, _relation(case, people, homes, housemates, declared)) for case in cases]
    related = [(case, relation) for case, relation in found if relation]
    rows = KinReason.objects.filter(user=user.pk, nomination__in=[case.pk for case, _ in related])
    explained = set(rows.values_list("nomination_id", flat=True))
    return [(case, relation) for case, relation in related if case.pk not in explained]


def _declared_kin(people: set[int]) -> dict[int, str]:
    """{id of the kept record of the other: the relation}, of declarations about these records."""
    rows = Kinship.objects.in_force().filter(Q(person__in=people) | Q(other__in=people))
    declared = {}
    for row in rows.select_related("person", "other"):
        kin = row.other if row.person_id in people else row.person
        declared[kin.kept_id] = row.get_kind_display()
    return declared


def _relation(
    case: Nomination, people: set[int], homes: set[int], housemates: Container[int], declared: dict[int, str]
) -> str:
    """The relation of these records to the nominee; "" without one, and for the own case, which is blocked."""
    person = case.subject_person
    if person is not None and person.pk in people:
        return ""
    if person is not None and person.kept_id in declared:
        return declared[person.kept_id]
    at_home = case.person.kept_id in housemates if case.person else case.household_id in homes
    return SAME_HOUSEHOLD if at_home else ""


def kin_refusal(case: Nomination, user: Any) -> str | None:
    """Why a user of the office records a reason before acting on this case; None for nobody's kin."""
    for _, relation in unexplained_kin([case], user):
        return (
            f"Bạn có quan hệ với {case.nominee_alone} ({relation}): để người khác của Văn phòng làm, hoặc bấm “Ghi lý do "
            "vẫn làm” ở trang hồ sơ; lý do vào biên bản họp và nhật ký."
        )
    return None


def kin_submission_refusal(submission: ChairSubmission, user: Any) -> str | None:
    """The same for a list to present."""
    rows = Nomination.objects.filter(
        chair_submission_items__chair_submission=submission, chair_submission_items__set_aside=""
    )
    cases = rows.select_related("person", "household__head", "collective", "unit")
    return next((kin_refusal(case, user) for case, _ in unexplained_kin(cases, user)), None)


def not_for_office(case: Nomination, user: Any) -> str | None:
    """Why this user of the office does not act on the case: it is their own, or that of kin without a reason recorded."""
    return own_case_of_office(case, user) or kin_refusal(case, user)


def cases_not_for_office(cases: Sequence[Nomination], user: Any) -> dict[int, str]:
    """The same reasons by the id of the case, for many cases; constant queries for those that the user may act on."""
    own = own_cases(cases, [user.pk], timezone.localdate())
    related = [case for case, _ in unexplained_kin(cases, user)]
    return {case.pk: not_for_office(case, user) or "" for case in [*own, *related]}


def list_not_for_office(submission: ChairSubmission, user: Any) -> str | None:
    """The same for a list to present."""
    return own_submission_of_office(submission, user) or kin_submission_refusal(submission, user)


def no_kin(case: Nomination, user: Any) -> str | None:
    """Why there is no reason to record: the user is not known as kin, or has recorded it."""
    return None if unexplained_kin([case], user) else "Không có quan hệ nào được ghi nhận cần nêu lý do."


def nobody_to_be_kin_of(case: Nomination, user: Any) -> str | None:
    """Why no relation can be declared: the case is about a collective, or a household whose head is no recorded person."""
    if case.person_id or (case.household_id and case.household.head_id):
        return None
    return "Hồ sơ không về một người hay một hộ có chủ hộ trong danh sách nên không có quan hệ để khai."


KIN_STEPS: tuple[Step, ...] = (
    Step(
        "commendations.explain_kinship",
        "Ghi lý do vẫn làm",
        staff,
        sources=UNDECIDED,
        refuse_for=no_kin,
        url="commendations:explain_kinship",
        form=True,
        icon="people",
        shows_refusal=False,
    ),
    Step(
        "commendations.declare_kinship",
        "Khai có quan hệ với người được đề nghị",
        staff | council_member,
        sources=UNDECIDED,
        refuse_for=nobody_to_be_kin_of,
        url="commendations:declare_kinship",
        form=True,
        icon="person-dash",
        rare=True,
        shows_refusal=False,
    ),
    Step(
        "commendations.end_kinship",
        "Rút lời khai quan hệ",
        office,
        sources=UNDECIDED,
        url="commendations:end_kinship",
        form=True,
        hidden=True,
        icon="arrow-counterclockwise",
    ),
)
