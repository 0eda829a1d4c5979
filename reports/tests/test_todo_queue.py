"""Việc của tôi as a queue: groups by what waiting costs, one red button, the next task after an act; notices by case."""

from datetime import timedelta
from itertools import chain

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Exemplar
from commendations.tests.case_steps import draft_nomination, planned_session, submitted_nomination
from emulation.notices.groups import group_notices
from emulation.notices.models import Notification
from emulation.workflow.workflow import registered_flows
from reports.queries import todo
from reports.tests.test_todo import create_submitted
from tests.html import page_of

pytestmark = pytest.mark.both_databases


def test_groups_come_by_what_waiting_costs_and_the_most_urgent_task_first(month, office, other_village_head):
    create_submitted(month, 3, other_village_head)
    submitted_nomination()
    groups = todo.todo_of(office, timezone.localdate()).groups
    titles = [group.title for group in groups]
    assert titles.index("Thẩm định hồ sơ đề nghị") < titles.index("Xem xét điển hình đơn vị gửi")
    assert [group.total for group in groups if group.title == "Xem xét điển hình đơn vị gửi"] == [3]


def test_the_decision_of_the_chair_comes_before_all_other_steps():
    steps = chain.from_iterable(flow.steps for flow in registered_flows())
    ranks = {step.act: step.todo_rank for step in steps if step.todo}
    assert min(ranks, key=ranks.__getitem__) == "commendations.decide"


def test_only_the_first_button_is_red_and_each_names_its_act(month, other_village_head, signed_in):
    create_submitted(month, 6, other_village_head)
    page = page_of(signed_in("vanphong").get("/viec-cua-toi/"))
    assert page.count("btn-line btn-primary") == 1
    assert "Mở để xem" not in page and page.count(">Duyệt<") == 6
    assert '<h2>Xem xét điển hình đơn vị gửi <span class="count">6</span></h2>' in page


def test_few_tasks_stand_without_heads_of_groups(month, signed_in):
    page = page_of(signed_in("thon1").get("/viec-cua-toi/"))
    assert "<h2>Gửi điển hình" not in page and "<b>Gửi điển hình" in page


def test_after_an_act_the_next_task_is_offered_until_nothing_is_left(month, other_village_head, signed_in):
    create_submitted(month, 2, other_village_head)
    first, last = Exemplar.objects.order_by("pk")
    browser = signed_in("vanphong")
    page = page_of(browser.post(reverse("campaigns:accept", args=[first.pk]), {"seen": first.version}, follow=True))
    assert f'href="{last.get_absolute_url()}">Xem việc tiếp theo (còn ' in page
    Exemplar.objects.all().delete()
    assert "Xem việc tiếp theo" not in page_of(browser.get("/viec-cua-toi/"))


def test_after_a_form_is_sent_the_next_task_is_offered(month, signed_in):
    browser = signed_in("thon1")
    case = draft_nomination()
    sent = {"seen": case.version, "kind": "CT", "achievement": "xuất sắc", "deed": "Có làm", "do": "submit"}
    page = page_of(browser.post(reverse("commendations:edit", args=[case.pk]), sent, follow=True))
    assert "Đã nộp." in page and "Xem việc tiếp theo (còn " in page
    nothing = reverse("campaigns:new_nothing", args=[month.pk, case.unit_id])
    sent = {"nothing_reason": "Thôn tập trung gặt lúa.", "once": "k" * 20, "do": "submit"}
    draft_nomination("Vi Văn Thành")
    page = page_of(browser.post(nothing, sent, follow=True))
    assert "Đã gửi Văn phòng." in page and "Xem việc tiếp theo (còn " in page


@pytest.fixture
def notices(commune, office):
    def add(key: str, link: str, *, days: int = 0) -> Notification:
        notice = Notification.objects.create(commune=commune, user=office, key=key, text=f"Tin {key}", link=link)
        Notification.objects.filter(pk=notice.pk).update(created_at=timezone.now() - timedelta(days=days))
        return Notification.objects.get(pk=notice.pk)

    return add


def test_notices_of_one_case_on_one_day_are_one_line(notices):
    old = notices("nomination:7:submitted:1", "/ho-so/7/", days=1)
    first = notices("nomination:7:checked:2", "/ho-so/7/")
    last = notices("nomination:7:passed:3", "/ho-so/7/")
    groups = group_notices([last, first, old])
    assert [(group.newest, group.others) for group in groups] == [(last, [first]), (old, [])]
    assert groups[0].unread == 2


def test_the_same_news_about_many_cases_is_one_line(notices):
    bulk = [notices(f"nomination:{case}:decided:5", f"/ho-so/{case}/") for case in range(1, 21)]
    other = notices("session:3:minutes", "/phien/3/")
    groups = group_notices([other, *reversed(bulk)])
    assert [(group.newest, len(group.others), group.is_bulk) for group in groups] == [
        (other, 0, False),
        (bulk[-1], 19, True),
    ]
    assert [len(group.others) for group in group_notices(bulk[:3])] == [0, 0, 0]


def test_a_session_is_not_offered_for_opening_before_its_day(commune, office):
    today = timezone.localdate()
    actions = {}
    for day in (today, today + timedelta(days=7)):
        session = planned_session(day)
        tasks = chain.from_iterable(group.tasks for group in todo.todo_of(office, today).groups)
        actions[day] = [task.action for task in tasks if task.url == session.get_absolute_url()]
    assert actions == {today: ["Khai mạc"], today + timedelta(days=7): ["Xem phiên họp"]}
