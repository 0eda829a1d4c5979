"""Steps of tests on niêm yết: a list of Thôn 2 is posted, objected to, answered, submitted and checked."""

from datetime import date

from commendations.actions.appraisal import ChecklistMark, complete_nomination, save_checklist
from commendations.actions.group_request import UnitMeeting, save_meeting, submit_nominations
from commendations.actions.objection import ObjectionFacts, add_objection, answer_objection
from commendations.actions.posting import PostingPlace, start_posting
from commendations.models import Nomination, Objection
from commendations.tests import case_steps

START = date(2026, 11, 9)
LAST = date(2026, 11, 19)
CLOSED_ON = date(2026, 11, 20)


def post(head, village, starts_on=START, **more):
    where = PostingPlace(starts_on, "Nhà văn hóa thôn 2")
    return start_posting(by=head, unit=village, code="GDVH", year=2026, where=where, **more)


def object_to(head, posting, case, on=date(2026, 11, 12)):
    facts = ObjectionFacts("Bà Lò Thị Tố", on, "Để trâu thả rông nhiều lần.")
    return add_objection(by=head, posting=posting, nomination=case, facts=facts)


def answer(head, objection, outcome=Objection.KEPT):
    return answer_objection(
        by=head, objection=objection, outcome=outcome, answer="Đã xác minh, hộ đã khắc phục.", answered_on=CLOSED_ON
    )


def fresh(*cases):
    return list(Nomination.objects.filter(pk__in=[case.pk for case in cases]).order_by("pk"))


def complete(office, head, cases):
    """The cases submitted together and confirmed by the office."""
    request = save_meeting(by=head, unit=cases[0].unit, code="GDVH", year=2026, meeting=UnitMeeting())
    submit_nominations(by=head, nominations=fresh(*cases), request=request, on=case_steps.SESSION_DAY)
    for case in fresh(*cases):
        marks = {entry.pk: ChecklistMark(True) for entry in case.checklist.all()}
        save_checklist(by=office, nomination=case, marks=marks)
        Nomination.objects.filter(pk=case.pk).update(override_reason="Đã xem xét.")
        complete_nomination(by=office, nomination=Nomination.objects.get(pk=case.pk))
    return fresh(*cases)
