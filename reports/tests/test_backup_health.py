"""The system status page on backups and stored files."""

from datetime import timedelta

import pytest
from django.utils import timezone

from emulation.backups.models import Backup, FileCheck, FileFault
from emulation.backups.tasks import enqueue_daily_backup
from emulation.jobs.models import Job
from emulation.jobs.registry import job_handlers
from reports.queries import backup_health, health
from tests.html import page_of


def backup(settings, hours, **facts):
    settings.BACKUP_DIR.mkdir(parents=True, exist_ok=True)
    made_at = timezone.now() - timedelta(hours=hours)
    name = f"sovang-{made_at:%Y%m%d-%H%M%S}.tar"
    (settings.BACKUP_DIR / name).write_bytes(b"x")
    values = {"verified_at": made_at, "is_encrypted": False} | facts
    return Backup.objects.create(name=name, made_at=made_at, size=5_000_000, tables=9, table_rows=9, files=9, **values)


def test_without_a_backup_there_is_a_warning(db, client):
    assert backup_health.backup_state(timezone.now())[0] is False
    assert client.get("/suc-khoe/").json() == {"status": "ok", "backup": "none"}


def test_a_verified_backup_of_last_night_is_good(db, settings, client):
    made = backup(settings, 20, is_encrypted=True)
    ok, note = backup_health.backup_state(timezone.now())
    assert ok and "đã đọc lại đúng" in note and "đã mã hóa" in note and made.name in note and "4,8" in note
    assert client.get("/suc-khoe/").json() == {"status": "ok", "backup": "ok"}


@pytest.mark.parametrize(
    ("hours", "facts", "words"), [(27, {}, "đã quá 26 giờ"), (1, {"verified_at": None}, "chưa đọc lại")]
)
def test_an_old_or_unverified_backup_is_a_warning(hours, facts, words, db, settings, client):
    backup(settings, hours, **facts)
    ok, note = backup_health.backup_state(timezone.now())
    assert not ok and words in note
    answer = client.get("/suc-khoe/")
    assert (answer.status_code, answer.json()["backup"]) == (200, "late")


def test_a_backup_whose_file_is_gone_is_a_warning(db, settings):
    made = backup(settings, 1)
    (settings.BACKUP_DIR / made.name).unlink()
    ok, note = backup_health.backup_state(timezone.now())
    assert not ok and "tệp không còn" in note


def test_the_page_names_lost_files_of_its_own_commune(commune, other_commune, signed_in):
    now = timezone.now()
    FileCheck.objects.create(checked_at=now, files=7)
    for owner, name in ((commune, "PDF của văn bản số 05"), (other_commune, "PDF của xã khác"), (None, "dự thảo")):
        FileFault.objects.create(
            commune=owner, sha256="a" * 64, kind="missing", name=name, can_be_made_again=False, found_at=now
        )
    page = page_of(signed_in("quantri").get("/suc-khoe/chi-tiet/"))
    assert "PDF của văn bản số 05" in page and "dự thảo" in page and "PDF của xã khác" not in page
    assert "đọc 7 tệp, 3 tệp mất hoặc hỏng" in page


def test_the_daily_jobs_are_enqueued_once_a_day_after_the_hour(db, settings):
    settings.BACKUP_DAILY = True
    night = timezone.localtime().replace(hour=settings.BACKUP_HOUR - 1)
    enqueue_daily_backup(night)
    assert not Job.objects.exists()
    for hours in (1, 2, 9):
        enqueue_daily_backup(night + timedelta(hours=hours))
    assert sorted(Job.objects.values_list("kind", flat=True)) == ["backups.check_files", "backups.make"]
    settings.BACKUP_DAILY = False
    enqueue_daily_backup(night + timedelta(hours=30))
    assert Job.objects.count() == 2


def test_every_kind_of_job_is_named_in_words():
    # Tests of the queue register handlers of their own in the same process.
    kinds = {kind for kind, handler in job_handlers.items() if ".tests." not in handler.__module__}
    assert set(health.JOB_NAMES) == kinds
