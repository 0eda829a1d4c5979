"""Reminders before a term, an acting post or a role ends: to whom, on which days, once each."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from emulation.communes.capacity import capacity_of
from emulation.communes.models import Membership
from emulation.communes.roles import Role
from emulation.jobs.models import Job
from emulation.jobs.queue import run_job
from emulation.notices.models import Mail, Notification
from reports.actions.post_reminders import remind_of_posts
from reports.queries.todo_posts import post_tasks
from reports.rules.post_reminders import reminder_stage
from reports.tasks import enqueue_post_reminders
from tests.travel import at
from villages.models import Appointment, CouncilVersion, Person, Unit

DAY = timedelta(days=1)
LAST = date(2027, 1, 29)
RENEW = "Kiện toàn Hội đồng TĐKT"


@pytest.mark.parametrize(
    ("left", "stage"),
    [
        (61, ""),
        (60, "60"),
        (31, "60"),
        (30, "30"),
        (8, "30"),
        (7, "7"),
        (1, "7"),
        (0, "0"),
        (-1, "over"),
        (-90, "over"),
    ],
)
def test_the_stage_by_the_days_that_are_left(left, stage):
    assert reminder_stage(LAST, LAST - left * DAY) == stage
    assert reminder_stage(None, LAST) == "undated"


def reminders(title):
    return Notification.objects.filter(text__startswith=title).order_by("pk")


def test_a_term_that_ends_is_announced_to_the_office_at_each_stage_once(commune, office):
    office.email = "vanphong@example.vn"
    office.save(update_fields=["email"])
    CouncilVersion.objects.filter(commune=commune).update(ends_on=LAST)
    counts = {}
    for left in (61, 60, 59, 30, 29, 7, 6, 0, -1, -2):
        remind_of_posts(commune=commune, on=LAST - left * DAY)
        counts[left] = reminders(RENEW).count()
    assert counts == {61: 0, 60: 1, 59: 1, 30: 2, 29: 2, 7: 3, 6: 3, 0: 4, -1: 5, -2: 5}
    assert set(reminders(RENEW).values_list("user__username", flat=True)) == {"vanphong"}
    assert "29/01/2027" in reminders(RENEW)[0].text and reminders(RENEW)[0].link == "/don-vi/hoi-dong/kien-toan/"
    mails = Mail.objects.filter(user=office, subject=RENEW)
    assert mails.count() == 5
    body = mails[0].body
    assert body.startswith(f"Kính gửi {office.full_name},\n\n{RENEW}: ") and "Mở Sổ Vàng" in body


def test_a_renewed_council_ends_the_reminders(commune, office):
    present = CouncilVersion.objects.get(commune=commune)
    CouncilVersion.objects.filter(pk=present.pk).update(ends_on=LAST)
    CouncilVersion.objects.create(
        commune=commune, decision_no="5/QĐ-UBND", decision_date=LAST, starts_on=LAST + DAY, name=present.name
    )
    remind_of_posts(commune=commune, on=LAST - 30 * DAY)
    assert not reminders(RENEW).exists()


def test_an_acting_head_and_a_role_of_the_commune(commune, office, user):
    unit = Unit.objects.get(commune=commune, code="thon1")
    person = Person.objects.filter(unit=unit, user=None).first()
    Appointment.objects.filter(unit=unit).update(ends_on=LAST - 90 * DAY)
    Membership.objects.filter(unit_id=unit.pk).update(ends_on=LAST - 90 * DAY)
    Appointment.objects.create(
        commune=commune,
        unit=unit,
        person=person,
        post="Phụ trách",
        acting=True,
        starts_on=LAST - 89 * DAY,
        ends_on=LAST,
    )
    Membership.objects.filter(commune=commune, role=Role.chair).update(ends_on=LAST)
    remind_of_posts(commune=commune, on=LAST - 31 * DAY)
    assert not reminders("Cử người đứng đầu").exists() and not reminders("Giao vai trò").exists()
    remind_of_posts(commune=commune, on=LAST - 30 * DAY)
    assert "Thôn 1" in reminders("Cử người đứng đầu").get(user=office).text
    assert set(reminders("Giao vai trò").values_list("user__username", flat=True)) == {"vanphong", "quantri"}


def test_the_tick_of_a_working_day_reminds_and_a_second_one_adds_nothing(commune, office):
    CouncilVersion.objects.filter(commune=commune).update(ends_on=LAST)
    with at(LAST - 30 * DAY):  # a Wednesday
        for _ in range(2):
            enqueue_post_reminders(timezone.localtime())
            for job in Job.objects.filter(kind="reports.remind_posts", state=Job.QUEUED):
                run_job(job.pk)
    assert reminders(RENEW).count() == 1
    with at(date(2027, 1, 24)):  # a Sunday
        enqueue_post_reminders(timezone.localtime())
    assert Job.objects.filter(kind="reports.remind_posts").count() == 1


def test_a_role_that_nobody_has_stays_a_task_until_somebody_has_it(commune, office, clerk):
    rows = Membership.objects.filter(commune=commune, role=Role.clerk)
    rows.update(ends_on=LAST)
    title = "Giao vai trò cho người kế tiếp"

    def tasks(on):
        return [task for task in post_tasks(capacity_of(office, on), on) if task.title == title]

    assert [len(tasks(LAST - left * DAY)) for left in (31, 30, 0, -1, -200)] == [0, 1, 1, 1, 1]
    (last_day,) = tasks(LAST)
    (after,) = tasks(LAST + DAY)
    assert (last_day.late, last_day.soon, after.late, after.soon) == (False, True, True, False)
    remind_of_posts(commune=commune, on=LAST + DAY)
    assert reminders(title).get(user=office).text.startswith(f"{title}: Văn thư: {clerk.full_name}")
    Membership.objects.create(commune=commune, user_id=office.pk, role=Role.clerk, starts_on=LAST + 5 * DAY)
    assert [tasks(LAST - left * DAY) for left in (30, -1, -200)] == [[], [], []]


def test_a_vice_chair_who_has_ended_is_no_task(commune, office, user):
    Membership.objects.filter(commune=commune, role=Role.vice_chair).delete()
    Membership.objects.create(
        commune=commune, user_id=user("hoidong2").pk, role=Role.vice_chair, starts_on=LAST - 99 * DAY, ends_on=LAST
    )
    warned = [str(post_tasks(capacity_of(office, on), on)) for on in (LAST, LAST + DAY)]
    assert ["Phó Chủ tịch" in tasks for tasks in warned] == [True, False]
