"""Reminders in the database: recipients, one message each, manual reminders; automatic closing of periods."""

from datetime import date, datetime

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from campaigns.directives.actions.letter import letter_approval
from campaigns.directives.models.letter import Letter
from campaigns.exemplars.actions.exemplar import start_nothing, submit_exemplar
from campaigns.exemplars.actions.period import (
    close_overdue_periods,
    close_period,
    open_due_periods,
    open_month,
    open_period,
    reopen_period,
)
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.period import Period
from campaigns.obligations.queries import open_obligations
from campaigns.reminders.actions.reminder import send_due_reminders, send_manual_reminders, set_reminder_plan
from campaigns.reminders.actions.reminder_letter import start_reminder_letter
from campaigns.reminders.models import Reminder
from campaigns.reminders.queries.outstanding import outstanding, zalo_text
from campaigns.tasks import enqueue_reminders
from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.models import Membership
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.jobs.models import Job
from emulation.jobs.queue import enqueue
from emulation.jobs.tasks import sweep_jobs
from emulation.notices.models import Mail, Notification
from tests.html import page_of
from villages.actions.absences import record_absence
from villages.actions.assignments import assign_liaisons
from villages.models import Person, Unit
from villages.queries.contacts import unit_contacts

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.both_databases]
# A Wednesday; the day before it is a holiday (Ngày Văn hóa Việt Nam), so three working days before is the 19th.
DUE = date(2026, 11, 25)
UNITS = 14


@pytest.fixture
def month(commune):
    with time_machine.travel(datetime(2026, 11, 1, 8, tzinfo=timezone.get_current_timezone()), tick=False):
        return open_month(commune=commune, on=date(2026, 11, 1))


def stages_received(login_name, **how):
    return list(Reminder.objects.filter(user__username=login_name, **how).values_list("stage", flat=True))


def test_stages_before_on_and_after_the_due_day(commune, month):
    sent_by_day = {}
    for day in (18, 19, 20, 23, 25, 26, 27, 30):
        sent_by_day[day] = send_due_reminders(commune=commune, on=date(2026, 11, day))
    units = len({obligation.unit_id for obligation in open_obligations(commune.pk, date(2026, 11, 30))})
    assert units == UNITS
    assert [day for day, count in sent_by_day.items() if count] == [19, 25, 26, 30]
    assert stages_received("thon1") == ["council", "after", "due", "before"]
    assert set(stages_received("hoidong2")) | set(stages_received("chutich")) <= {"council"}
    send_due_reminders(commune=commune, on=date(2026, 12, 3))
    assert stages_received("chutich", unit__code="thon1") == ["chair"]
    assert set(stages_received("thon1")) == {"before", "due", "after", "council", "chair"}


def test_a_second_run_sends_nothing_and_users_get_one_message(commune, month):
    first = send_due_reminders(commune=commune, on=date(2026, 11, 19))
    assert first == UNITS and send_due_reminders(commune=commune, on=date(2026, 11, 19)) == 0
    notices = Notification.objects.filter(key__startswith="digest:")
    assert notices.count() == UNITS == notices.values("user").distinct().count()


def test_missed_stages_are_sent_in_one_message(commune, month):
    send_due_reminders(commune=commune, on=date(2026, 12, 8))
    assert set(stages_received("thon1")) == {"before", "due", "after", "council", "chair"}
    assert Notification.objects.filter(key__startswith="digest:", user__username="thon1").count() == 1
    text = Notification.objects.get(key__startswith="digest:", user__username="thon1").text
    assert "quá hạn 9 ngày làm việc" in text and text.count("Thôn 1") == 1


def test_units_that_answered_get_no_more_reminders(commune, month, village_head):
    unit = Unit.objects.get(code="thon1")
    send_due_reminders(commune=commune, on=date(2026, 11, 19))
    nothing = start_nothing(by=village_head, unit=unit, period=month, reason="Tháng này chưa có")
    send_due_reminders(commune=commune, on=date(2026, 11, 24))
    assert stages_received("thon1") == ["before"]
    submit_exemplar(by=village_head, exemplar=nothing)
    send_due_reminders(commune=commune, on=DUE)
    assert stages_received("thon1") == ["before"] and "due" in stages_received("thon2")


def test_the_liaison_of_a_unit_without_a_head_is_reminded_from_the_start(commune, month, office):
    member = Person.objects.get(user__username="hoidong2")
    unit = Unit.objects.get(code="thon3")
    with time_machine.travel(datetime(2026, 11, 2, 8, tzinfo=timezone.get_current_timezone())):
        assign_liaisons(by=office, commune=commune, liaisons={unit.pk: member})
    Membership.objects.filter(user_id=User.objects.get(username="thon3").pk).update(ends_on=date(2026, 10, 31))
    send_due_reminders(commune=commune, on=date(2026, 11, 19))
    assert stages_received("hoidong2") == ["before"] and stages_received("thon3") == []
    open_period(by=office, commune=commune, kind="month", year=2026, number=10)
    board = outstanding(commune.pk, date(2026, 11, 19))
    assert [line.unit for line in board.nobody] == [unit]  # once, although it has several obligations
    line = next(line for line in board.lines if line.unit == unit)
    assert line.reached.problem == "Chưa có người đứng đầu" and line.charge.username == "hoidong2"


def test_the_deputy_is_reminded_instead_of_an_absent_head(commune, month, office, village_head):
    unit = Unit.objects.get(code="thon1")
    deputy = User.objects.get(username="thon2")
    with time_machine.travel(datetime(2026, 11, 18, 8, tzinfo=timezone.get_current_timezone())):
        record_absence(
            by=village_head,
            unit=unit,
            head=village_head,
            deputy=deputy,
            starts_on=date(2026, 11, 19),
            ends_on=date(2026, 11, 20),
        )
    names = [one.name for one in unit_contacts(commune.pk, date(2026, 11, 19))[unit.pk]]
    assert names == [f"{village_head.full_name} (đang vắng)", f"{deputy.full_name} (làm thay)"]
    assert len(unit_contacts(commune.pk, date(2026, 11, 21))[unit.pk]) == 1
    send_due_reminders(commune=commune, on=date(2026, 11, 19))
    assert stages_received("thon1") == []
    assert {row.unit.code for row in Reminder.objects.filter(user=deputy)} == {"thon1", "thon2"}
    assert Notification.objects.filter(key__startswith="digest:", user=deputy).count() == 1
    send_due_reminders(commune=commune, on=DUE)
    assert stages_received("thon1") == ["due"]


def test_a_new_unit_answers_periods_due_after_its_founding(commune, month):
    unit = Unit.objects.get(code="thon6")
    for founded, must_answer in ((date(2026, 11, 26), False), (date(2026, 11, 25), True)):
        Unit.objects.filter(pk=unit.pk).update(founded_on=founded)
        unit_ids = {obligation.unit_id for obligation in open_obligations(commune.pk, date(2026, 11, 26))}
        assert (unit.pk in unit_ids) is must_answer


def test_users_with_an_address_get_an_email(commune, month):
    User.objects.filter(username="thon1").update(email="thon1@vidu.vn")
    send_due_reminders(commune=commune, on=date(2026, 11, 19))
    letter = Mail.objects.get()
    Job.objects.filter(kind="notices.send_mail").update(due_at=timezone.now())
    sweep_jobs()
    sweep_jobs()
    letter.refresh_from_db()
    assert letter.sent_at and len(mail.outbox) == 1
    assert mail.outbox[0].to == ["thon1@vidu.vn"] and "hạn 25/11/2026 (còn 3 ngày làm việc)" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("moment", "jobs"),
    [
        (datetime(2026, 11, 20, 7, 25), 0),
        (datetime(2026, 11, 20, 7, 30), 1),
        (datetime(2026, 11, 21, 9, 0), 0),  # Saturday
        (datetime(2026, 11, 20, 20, 5), 0),
        (datetime(2027, 2, 8, 9, 0), 0),  # Tết
    ],
)
def test_a_tick_adds_one_job_in_working_hours(commune, moment, jobs):
    for _ in range(2):
        enqueue_reminders(moment)
    assert Job.objects.filter(kind="campaigns.remind").count() == jobs


# ── manual reminders ─────────────────────────────────────────────────────────────────────────────
def test_manual_reminders_are_sent_once_a_day_to_units_without_an_answer(commune, month, office, village_head):
    on = date(2026, 11, 26)
    obligations = open_obligations(commune.pk, on)
    nothing = start_nothing(by=village_head, unit=Unit.objects.get(code="thon1"), period=month, reason="Chưa có")
    submit_exemplar(by=village_head, exemplar=nothing)  # after the office loaded the list
    assert (
        send_manual_reminders(by=office, commune=commune, obligations=obligations, on=on, text="Mong các bác gửi sớm")
        == UNITS - 1
    )
    assert stages_received("thon1") == [] and stages_received("thon2") == ["urge:20261126"]
    assert Notification.objects.filter(user__username="thon2", text__startswith="Mong các bác gửi sớm").exists()
    with pytest.raises(RuleBroken, match="hôm nay đã nhắc rồi"):
        send_manual_reminders(by=office, commune=commune, obligations=obligations, on=on)
    send_manual_reminders(by=office, commune=commune, obligations=obligations, on=date(2026, 11, 27))
    assert stages_received("thon2") == ["urge:20261127", "urge:20261126"]


def test_only_the_office_sends_manual_reminders(commune, month, clerk, village_head, council_member):
    for by in (clerk, village_head, council_member):
        with pytest.raises(NotAllowed):
            send_manual_reminders(by=by, commune=commune, obligations=open_obligations(commune.pk, DUE), on=DUE)
        with pytest.raises(NotAllowed):
            set_reminder_plan(by=by, commune=commune, before=2)


def test_the_reminder_letter_lists_units_and_obligations(commune, month, office):
    letter = start_reminder_letter(
        by=office, commune=commune, obligations=open_obligations(commune.pk, date(2026, 11, 26)), on=date(2026, 11, 26)
    )
    assert letter.state == Letter.DRAFT and letter.directive is None
    assert "Tính đến ngày 26 tháng 11 năm 2026, còn" in letter.opening
    due = "hạn ngày 25 tháng 11 năm 2026"
    assert f"- Thôn 1: gửi điển hình tháng 11 năm 2026 ({due})." in letter.tasks_1
    letter_approval.submit(letter, by=office)
    with pytest.raises(RuleBroken, match="Không có đơn vị nào"):
        start_reminder_letter(by=office, commune=commune, obligations=[], on=DUE)


def test_the_zalo_text_names_no_person(commune, month):
    text = zalo_text(outstanding(commune.pk, date(2026, 11, 26)), date(2026, 11, 26))
    assert "Thôn 1, " in text and "đã quá hạn 25/11/2026" in text
    for user in User.objects.all():
        assert user.full_name not in text and (not user.phone or user.phone not in text)


# ── closing ──────────────────────────────────────────────────────────────────────────────────────
def test_periods_are_closed_automatically_after_ten_working_days(commune, month):
    assert close_overdue_periods(commune=commune, on=date(2026, 12, 9)) == []
    assert close_overdue_periods(commune=commune, on=date(2026, 12, 10)) == [month]
    month.refresh_from_db()
    assert (month.closed_on, month.closed_by) == (date(2026, 12, 10), None)
    assert open_obligations(commune.pk, date(2026, 12, 10)) == []
    assert Notification.objects.filter(user__username="vanphong", text__contains="tự chốt").exists()
    assert close_overdue_periods(commune=commune, on=date(2026, 12, 11)) == []


def test_a_period_is_closed_manually_and_reopened_with_a_new_due_day(commune, month, office):
    send_due_reminders(commune=commune, on=date(2026, 11, 19))
    close_period(by=office, period=month)
    with pytest.raises(RuleBroken, match="đã chốt"):
        close_period(by=office, period=month)
    assert send_due_reminders(commune=commune, on=DUE) == 0
    later = date(2027, 1, 15)
    with time_machine.travel(datetime(2027, 1, 4, 8, tzinfo=timezone.get_current_timezone())):
        with pytest.raises(RuleBroken, match="trước hôm nay"):
            reopen_period(by=office, period=month, due_on=DUE, reason="Bổ sung")
        with pytest.raises(RuleBroken, match="lý do"):
            reopen_period(by=office, period=month, due_on=later, reason=" ")
        reopen_period(by=office, period=month, due_on=later, reason="Bổ sung cho tổng kết năm")
    send_due_reminders(commune=commune, on=date(2027, 1, 12))
    assert stages_received("thon1") == ["before", "before"]


def test_missed_months_and_quarters_are_opened(commune, month):
    opened = open_due_periods(commune=commune, on=date(2027, 3, 2))
    assert [str(period) for period in opened] == [
        "Tháng 12/2026", "Tháng 01/2027", "Tháng 02/2027", "Tháng 3/2027", "Quý IV/2026", "Quý I/2027",
    ]  # fmt: skip
    assert open_due_periods(commune=commune, on=date(2027, 3, 2))[:0] == []
    assert Period.objects.count() == 7


def test_each_commune_has_its_own_reminder_plan(commune, other_commune, month, office):
    set_reminder_plan(by=office, commune=commune, before=5, is_on=False)
    with pytest.raises(RuleBroken) as broken:
        set_reminder_plan(by=office, commune=commune, after=9)
    assert broken.value.field == "after"
    assert send_due_reminders(commune=commune, on=date(2026, 11, 17)) == UNITS
    with time_machine.travel(datetime(2026, 11, 25, 8, tzinfo=timezone.get_current_timezone()), tick=False):
        enqueue_reminders(timezone.localtime())
        assert Job.objects.filter(kind="campaigns.remind").count() == 2
        sweep_jobs()
    assert not Reminder.objects.filter(sent_on=DUE).exists()
    assert not Reminder.objects.filter(commune=other_commune).exists()
    assert not Exemplar.objects.exists()


def test_a_job_delayed_into_quiet_hours_sends_nothing_until_the_next_day(commune, month):
    zone = timezone.get_current_timezone()
    for moment, count in (((2026, 11, 19, 21), 0), ((2026, 11, 20, 8), UNITS)):
        with time_machine.travel(datetime(*moment, tzinfo=zone), tick=False):
            enqueue("campaigns.remind", str(moment), commune_id=commune.pk, on="2026-11-19")
            sweep_jobs()
        assert Reminder.objects.count() == count


# ── pages ────────────────────────────────────────────────────────────────────────────────────────
def test_the_pages_of_outstanding_obligations(commune, month, signed_in):
    key = f"period:{month.pk}"
    with time_machine.travel(datetime(2026, 11, 26, 8, tzinfo=timezone.get_current_timezone()), tick=False):
        browser = signed_in("vanphong")
        page = page_of(browser.get("/thi-dua/don-doc/"))
        assert "14 đơn vị còn nợ 14 việc, trong đó 14 việc đã quá hạn" in page
        preview = page_of(browser.get(f"/thi-dua/don-doc/nhac/?viec={key}"))
        assert preview.count("checked") == UNITS
        unit = Unit.objects.get(code="thon1").pk
        assert f"don-vi={unit}" in page and page.count("Tháng 11/2026, quá hạn 25/11") == UNITS
        of_the_row = page_of(browser.get("/thi-dua/don-doc/nhac/", {"don-vi": unit}))
        assert of_the_row.count("checked") == 1
        empty = browser.post("/thi-dua/don-doc/nhac/", {"asks": []})
        assert empty.status_code == 422 and 'id="loi"' in page_of(empty) and 'href="#id_asks"' in page_of(empty)
        bad = browser.post("/thi-dua/don-doc/nhac/", {"asks": ["period:0:0"], "text": "giữ lại câu này"})
        assert bad.status_code == 422 and "giữ lại câu này" in page_of(bad)
        answer = page_of(browser.post("/thi-dua/don-doc/nhac/", {"asks": [f"{key}:{unit}"]}, follow=True))
        assert "Đã nhắc 1 người" in answer and "Văn phòng nhắc 26/11/2026" in answer
        assert "Văn phòng nhắc" in page_of(browser.get("/thi-dua/nhac-viec/"))
        cell = page_of(browser.get(f"/thi-dua/ky/{month.pk}/don-vi/{unit}/"))
        assert "Quá hạn, chưa gửi" in cell and "Văn phòng nhắc" in cell
        assert "Quá hạn, chưa gửi" in page_of(browser.get("/thi-dua/bang-nam/"))
        letter = page_of(browser.post("/thi-dua/don-doc/cong-van/", {"asks": [f"{key}:{unit}"]}, follow=True))
        assert "Về việc đôn đốc" in letter
        assert signed_in("thon1").get("/thi-dua/don-doc/").status_code == 403
        assert signed_in("hoidong2").get("/thi-dua/don-doc/goi-dien/").status_code == 200


def test_a_unit_with_several_obligations_is_one_row(commune, month, office):
    open_period(by=office, commune=commune, kind="month", year=2026, number=10)
    rows = outstanding(commune.pk, date(2026, 11, 19)).units
    assert len(rows) == UNITS
    in_short = {tuple(line.in_short for line in row.items) for row in rows}
    assert in_short == {("Tháng 10/2026, quá hạn 26/10", "Tháng 11/2026, hạn 25/11")}


def test_who_was_reminded_today_is_not_ticked_again(commune, month, office, signed_in):
    key = f"period:{month.pk}"
    unit = Unit.objects.get(code="thon1").pk
    with time_machine.travel(datetime(2026, 11, 26, 8, tzinfo=timezone.get_current_timezone()), tick=False):
        browser = signed_in("vanphong")
        browser.post("/thi-dua/don-doc/nhac/", {"asks": [f"{key}:{unit}"]})
        page = page_of(browser.get("/thi-dua/don-doc/"))
        assert page.count("Đã nhắc hôm nay") == 1
        assert f"don-vi={unit}" not in page
        again = page_of(browser.get("/thi-dua/don-doc/nhac/", {"viec": key}))
        assert again.count("checked") == UNITS - 1
        assert again.count("đã nhắc hôm nay") == 1


def test_the_form_of_the_reminder_plan(commune, office, signed_in):
    browser = signed_in("vanphong")
    good = {
        "is_on": "on", "before": "2", "after": "1", "council_after": "4", "chair_after": "8", "close_after": "12",
        "digest_at": "8h", "quiet_from": "19:30",
    }  # fmt: skip
    for field, wrong in (("digest_at", "sáng"), ("before", "hai"), ("council_after", "1"), ("digest_at", "21:00")):
        answer = browser.post("/thi-dua/nhac-viec/cach-nhac/", {**good, field: wrong})
        assert answer.status_code == 422 and wrong in page_of(answer)
    page = page_of(browser.post("/thi-dua/nhac-viec/cach-nhac/", good, follow=True))
    assert "Sổ Vàng tự nhắc lúc 08:00" in page and "quá 4 ngày báo thêm ủy viên" in page


def test_the_pages_of_liaisons_and_absences(commune, signed_in):
    office = signed_in("vanphong")
    head = signed_in("thon1")
    unit = Unit.objects.get(code="thon1")
    member = Person.objects.get(user__username="hoidong2")
    page = page_of(office.post("/don-vi/phu-trach/", {f"unit_{unit.pk}": member.pk}, follow=True))
    assert "1 đơn vị thay đổi" in page and member.full_name in page
    assert Notification.objects.filter(user__username="hoidong2", text__contains="phụ trách Thôn 1").exists()
    assert "0 đơn vị thay đổi" in page_of(
        office.post("/don-vi/phu-trach/", {f"unit_{unit.pk}": member.pk}, follow=True)
    )
    assert head.get("/don-vi/phu-trach/").status_code == 403
    me = User.objects.get(username="thon1").pk
    today = timezone.localdate()
    data = {"head": me, "starts_on": f"{today:%d/%m/%Y}", "ends_on": "01/01/2020", "note": "đi viện"}
    bad = head.post(f"/don-vi/{unit.pk}/bao-vang/", data)
    assert bad.status_code == 422 and "không thể trước ngày đi" in page_of(bad) and "đi viện" in page_of(bad)
    data |= {"ends_on": f"{today:%d/%m/%Y}", "deputy": User.objects.get(username="phunu").pk}
    page = page_of(head.post(f"/don-vi/{unit.pk}/bao-vang/", data, follow=True))
    assert "làm thay" in page and "Đã về" in page
    assert head.post(f"/don-vi/{unit.pk}/bao-vang/", data).status_code == 422  # the same days twice
    assert unit.pk in capacity_of(User.objects.get(username="phunu")).unit_ids
    assert signed_in("thon2").get(f"/don-vi/{unit.pk}/bao-vang/").status_code == 403
    pk = unit.absences.get().pk
    assert "Đã ghi là đã về" in page_of(head.post(f"/don-vi/vang/{pk}/da-ve/", follow=True))
    assert unit.pk not in capacity_of(User.objects.get(username="phunu")).unit_ids


def test_the_form_of_the_users_own_contacts(commune, signed_in):
    browser = signed_in("thon1")
    bad = browser.post("/tai-khoan/cua-toi/", {"phone": "12", "email": "khong phai thu"})
    assert bad.status_code == 422 and "10 chữ số" in page_of(bad) and "ten@vidu.vn" in page_of(bad)
    page = browser.post("/tai-khoan/cua-toi/", {"phone": "+84 912-345-678", "email": "a@vidu.vn"}, follow=True)
    assert "0912 345 678" in page_of(page)


# ── refusals ─────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", ["vanphong", "vanthu", "chutich", "phongnoivu", "quantri"])
def test_reviewers_and_supervisors_are_no_deputies(commune, village_head, name):
    unit = Unit.objects.get(code="thon1")
    today = timezone.localdate()
    deputy = User.objects.get(username=name)
    with pytest.raises(RuleBroken) as broken:
        record_absence(by=village_head, unit=unit, head=village_head, deputy=deputy, starts_on=today, ends_on=today)
    assert broken.value.field == "deputy" and not Membership.objects.filter(user_id=deputy.pk, unit_id=unit.pk).exists()


def test_implausible_dates_of_periods_are_refused(commune, office, month):
    for year, number, due_on, field in ((2090, 1, None, "number"), (2026, 12, date(2099, 1, 1), "due_on")):
        with pytest.raises(RuleBroken) as broken:
            open_period(by=office, commune=commune, kind="month", year=year, number=number, due_on=due_on)
        assert broken.value.field == field
    close_period(by=office, period=month)
    with pytest.raises(RuleBroken, match="quá xa"):
        reopen_period(by=office, period=month, due_on=date(2100, 12, 31), reason="Bổ sung")
    assert Period.objects.count() == 1
