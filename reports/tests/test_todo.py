"""Việc của tôi: tasks derived from the workflows."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from campaigns.exemplars.actions.exemplar import ExemplarContent, return_exemplar, start_exemplar, submit_exemplar
from campaigns.models import Exemplar, Field, Period
from reports.queries import todo
from reports.queries.todo_elsewhere import todo_of_others
from tests.access_matrix import LOGINS
from villages.models import Person, Unit

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("in_november")]

DEED = "Hiến 200 mét vuông đất vườn để mở đường liên thôn, vận động năm hộ khác làm theo."


@pytest.fixture
def draft(month, village_head):
    unit = Unit.objects.get(commune=month.commune, code="thon1")
    person = Person.objects.get(commune=month.commune, full_name="Vi Văn Thành")
    content = ExemplarContent(kind="person", person=person, field=Field.objects.first(), deed=DEED)
    return start_exemplar(by=village_head, unit=unit, period=month, content=content)


def todo_titles(user):
    return [task.title for task in todo.todo_of(user, timezone.localdate()).tasks]


def test_a_unit_that_has_not_answered_sees_the_due_day(month, village_head):
    waiting = todo.todo_of(village_head, month.opens_on)
    assert [(task.title, task.due, task.late) for task in waiting.tasks] == [
        (f"Gửi điển hình {str(month)[:1].lower()}{str(month)[1:]}", month.due_on, False)
    ]
    assert todo.todo_of(village_head, month.due_on + timedelta(days=1)).tasks[0].late


def test_a_draft_replaces_the_outstanding_period(draft, village_head):
    assert todo_titles(village_head) == ["Viết xong và gửi Văn phòng"]


def test_a_submitted_exemplar_is_a_task_of_the_office_and_visible_to_the_sender(draft, village_head, office, user):
    submit_exemplar(by=village_head, exemplar=draft)
    assert todo_titles(village_head) == []
    assert todo_titles(office) == ["Xem xét điển hình đơn vị gửi"]
    others = todo_of_others(user("thon1"), set())
    assert [(task.who, task.whose, task.quiet) for task in others.tasks] == [
        ("Vi Văn Thành", "Văn phòng phụ trách TĐKT", True)
    ]
    assert todo_of_others(user("thon2"), set()).tasks == []


def test_a_returned_exemplar_is_a_task_again_with_the_reason(draft, village_head, office):
    submit_exemplar(by=village_head, exemplar=draft)
    return_exemplar(by=office, exemplar=draft, notes={"deed": "Ghi rõ ngày hiến đất."})
    (task,) = todo.todo_of(village_head, timezone.localdate()).tasks
    assert task.reason == "Ghi rõ ngày hiến đất."
    assert todo_titles(office) == []


def test_users_without_the_role_in_this_commune_have_no_tasks(draft, village_head, other_commune, user):
    submit_exemplar(by=village_head, exemplar=draft)
    assert todo.todo_of(user("la-vanphong"), timezone.localdate()).total == 0
    assert todo.todo_of(user("quantri"), timezone.localdate()).total == 0


def create_submitted(period: Period, count: int, user) -> None:
    person = Person.objects.filter(commune=period.commune, unit__code="thon2").first()
    field = Field.objects.first()
    for _ in range(count):
        Exemplar.objects.create(
            commune=period.commune, unit=person.unit, period=period, state="submitted", person=person, kind="person",
            field=field, deed=DEED, created_by=user,
        )  # fmt: skip


def test_the_number_of_queries_does_not_depend_on_the_number_of_tasks(
    month, office, other_village_head, signed_in, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for extra in (3, 60):
        create_submitted(month, extra, other_village_head)
        browser = signed_in("vanphong")
        with CaptureQueriesContext(connection) as caught:
            page = browser.get("/viec-cua-toi/").content.decode()
        counts.append(len(caught))
    assert "63 việc đang chờ bạn" in page
    assert "Còn 38 việc nữa" in page
    assert counts[1] <= counts[0] + 1  # one COUNT query more when a step has more than one page


def test_the_first_page_of_everybody_opens(commune, signed_in):
    for login in LOGINS:
        page = signed_in(login).get("/", follow=True)
        assert page.redirect_chain == [("/viec-cua-toi/", 302)]
        assert "Bạn không nợ việc gì" in page.content.decode()


def test_due_and_urgency(month, draft, village_head):
    waiting = todo.todo_of(village_head, month.due_on - timedelta(days=1))
    assert waiting.tasks[0].soon and not waiting.tasks[0].late
    assert isinstance(waiting.tasks[0].due, date)
