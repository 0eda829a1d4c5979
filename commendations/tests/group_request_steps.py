"""Steps of a request of a unit for many cases: the drafts of a school, its meeting, the submission."""

from collections.abc import Sequence
from datetime import date

from commendations.actions.group_request import UnitMeeting, save_meeting, submit_nominations
from commendations.actions.many_nominations import TypedDeed, save_deeds, start_nominations
from commendations.models import GroupRequest, Nomination
from commendations.queries.qualifying import nominees_of
from emulation.accounts.models import User
from villages.models import Unit

MEETING = UnitMeeting(
    met_on=date(2026, 11, 15),
    place="Hội trường nhà trường",
    presider="Bà Lò Thị Mai, Hiệu trưởng",
    secretary="Bà Vi Thị Hà",
    attendees="Ban giám hiệu\nToàn thể giáo viên",
    present=28,
    invited=30,
    discussion="28/28 người dự họp đồng ý.",
)


def draft_cases(school: Unit, head: User) -> list[Nomination]:
    """Three drafts of the school for Lao động tiên tiến, each with a deed of its own."""
    people = nominees_of(school, "person", head)[:3]
    cases = start_nominations(by=head, unit=school, nominees=people, code="LDTT", year=2026, idempotency_key="list")
    deeds = ["Dạy giỏi cấp huyện.", "Giúp đỡ học sinh nghèo.", "Hoàn thành tốt nhiệm vụ."]
    typed = [TypedDeed(case, deed, None) for case, deed in zip(cases, deeds, strict=True)]
    save_deeds(by=head, typed=typed, met_on=MEETING.met_on)
    return cases


def send(head: User, cases: Sequence[Nomination], meeting: UnitMeeting = MEETING) -> GroupRequest:
    """The cases are submitted together."""
    request = save_meeting(by=head, unit=cases[0].unit, code="LDTT", year=2026, meeting=meeting)
    submit_nominations(by=head, nominations=fresh(cases), request=request)
    return GroupRequest.objects.get(pk=request.pk)


def fresh(cases: Sequence[Nomination]) -> list[Nomination]:
    """The cases as they are in the database, in the order of their ids."""
    return list(Nomination.objects.filter(pk__in=[case.pk for case in cases]).order_by("pk"))
