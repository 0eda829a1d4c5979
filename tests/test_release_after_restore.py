"""After a restore e-mails and reminders wait for the administrator; nobody gets an old one twice."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from campaigns.exemplars.actions.period import open_month
from campaigns.reminders.actions.reminder import send_due_reminders
from campaigns.reminders.models import Reminder
from campaigns.tasks import enqueue_reminders, run_reminders
from emulation.accounts.models import User
from emulation.audit.models import AuditEntry
from emulation.backups.models import Restore
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.jobs.models import Job
from emulation.jobs.tasks import sweep_jobs
from emulation.notices.actions import queue_mail
from emulation.notices.models import Mail
from emulation.notices.restores import release_messages, waiting_mails
from tests.html import page_of


def at(day, hour=9):
    return datetime(2026, 11, day, hour, tzinfo=timezone.get_current_timezone())


@pytest.fixture
def reader(commune):
    User.objects.filter(username="thon1").update(email="thon1@vidu.vn")
    return User.objects.get(username="thon1")


@pytest.fixture
def restore(commune, reader):
    """An e-mail queued on the 18th, a backup on the 19th, a restore on the 20th, an e-mail written after it."""
    with time_machine.travel(at(18), tick=False):
        queue_mail(user=reader, commune=commune, subject="Thư cũ", body="x", key="old")
    row = Restore.objects.create(
        commune=commune, restored_at=at(20, 8), backup_name="b.tar", backup_made_at=at(19), run_by="x"
    )
    with time_machine.travel(at(20), tick=False):
        queue_mail(user=reader, commune=commune, subject="Thư mới", body="x", key="new")
    return row


def subjects_sent():
    sweep_jobs()
    return sorted(message.subject for message in mail.outbox)


def test_nothing_is_sent_before_the_release(restore):
    assert subjects_sent() == []
    assert not Mail.objects.exclude(sent_at=None).exists()
    assert Job.objects.filter(kind="notices.send_mail", state=Job.DONE).count() == 2


def test_the_release_drops_old_mails_and_sends_new_ones_once(restore, administrator):
    assert subjects_sent() == []
    release_messages(by=administrator, restore=restore, drop_old=True)
    assert subjects_sent() == ["Thư mới"]
    assert subjects_sent() == ["Thư mới"]
    assert Mail.objects.get(key="old").dropped_at and Mail.objects.get(key="new").sent_at
    restore.refresh_from_db()
    assert restore.released_by_id == administrator.pk and restore.reminders_sent_until == date(2026, 11, 20)
    facts = AuditEntry.objects.get(act="notices.release_messages").facts
    assert (facts["drop_old"], facts["old"], facts["new"]) == (True, 1, 1)


def test_the_release_may_send_everything(restore, administrator):
    release_messages(by=administrator, restore=restore, drop_old=False)
    assert subjects_sent() == ["Thư cũ", "Thư mới"]
    restore.refresh_from_db()
    assert restore.reminders_sent_until is None


def test_a_mail_that_waits_for_the_morning_goes_on_waiting(commune, reader, restore, administrator):
    due = timezone.now() + timedelta(hours=5)
    queue_mail(user=reader, commune=commune, subject="Sáng mai", body="x", key="morning", due_at=due)
    sweep_jobs()
    release_messages(by=administrator, restore=restore, drop_old=True)
    assert subjects_sent() == ["Thư mới"]
    assert Job.objects.filter(kind="notices.send_mail", state=Job.QUEUED).count() == 1


def test_it_is_released_once_and_by_the_administrator(restore, administrator, office):
    with pytest.raises(NotAllowed):
        release_messages(by=office, restore=restore, drop_old=True)
    release_messages(by=administrator, restore=restore, drop_old=True)
    with pytest.raises(RuleBroken, match="đã được cho gửi lại"):
        release_messages(by=administrator, restore=restore, drop_old=True)


def test_an_earlier_restore_is_released_with_the_last(commune, restore, administrator):
    later = Restore.objects.create(
        commune=commune, restored_at=at(21), backup_name="c.tar", backup_made_at=at(20), run_by="x"
    )
    release_messages(by=administrator, restore=later, drop_old=True)
    assert not Restore.objects.pending().exists()


def test_the_health_page_has_the_buttons(commune, other_commune, restore, signed_in):
    page = page_of(signed_in("quantri").get("/suc-khoe/chi-tiet/"))
    assert "đang chờ sau khôi phục" in page and "Thư cũ (thon1@vidu.vn)" in page
    url = reverse("reports:release_messages", args=[restore.pk])
    assert signed_in("vanphong").post(url).status_code == 403
    assert signed_in("la-quantri").post(url).status_code == 404
    answer = signed_in("quantri").post(url, {"bo-cu": "co"}, follow=True)
    assert "Đã cho gửi lại" in page_of(answer) and "đang chờ sau khôi phục" not in page_of(answer)
    assert "đã được cho gửi lại rồi" in page_of(signed_in("quantri").post(url, follow=True))
    assert waiting_mails(restore).old.count() == 0


def test_reminders_wait_and_those_up_to_the_restore_count_as_sent(commune, administrator):
    with time_machine.travel(at(1, 8), tick=False):
        open_month(commune=commune, on=date(2026, 11, 1))
    restore = Restore.objects.create(
        commune=commune, restored_at=at(20, 8), backup_name="b.tar", backup_made_at=at(18), run_by="x"
    )
    with time_machine.travel(at(20), tick=False):
        enqueue_reminders(timezone.localtime())
        assert not Job.objects.filter(kind="campaigns.remind").exists()
        run_reminders(None, commune_id=commune.pk, on="2026-11-20")
        assert not Reminder.objects.exists()
        release_messages(by=administrator, restore=restore, drop_old=True)
        enqueue_reminders(timezone.localtime())
        assert Job.objects.filter(kind="campaigns.remind").exists()
        # The first stage was planned for the 19th, between the backup and the restore: it was sent then.
        assert send_due_reminders(commune=commune, on=date(2026, 11, 20)) == 0
    assert send_due_reminders(commune=commune, on=date(2026, 11, 25)) > 0
    assert set(Reminder.objects.values_list("stage", flat=True)) == {"due"}


def test_with_all_released_the_missed_stage_is_sent(commune, administrator):
    with time_machine.travel(at(1, 8), tick=False):
        open_month(commune=commune, on=date(2026, 11, 1))
    restore = Restore.objects.create(
        commune=commune, restored_at=at(20, 8), backup_name="b.tar", backup_made_at=at(18), run_by="x"
    )
    release_messages(by=administrator, restore=restore, drop_old=False)
    assert send_due_reminders(commune=commune, on=date(2026, 11, 20)) > 0
