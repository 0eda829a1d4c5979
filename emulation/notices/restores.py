"""After a restore: e-mails wait until an administrator releases them, so that nobody gets last week's mails twice."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from emulation.accounts.models import User
from emulation.backups.models import Restore
from emulation.jobs.models import Job
from emulation.jobs.queue import enqueue
from emulation.notices.models import Mail
from emulation.workflow.transitions import act


@dataclass(frozen=True)
class WaitingMails:
    """Unsent e-mails of a commune: those queued before the backup, which may have been sent since, and later ones."""

    old: QuerySet[Mail]
    new: QuerySet[Mail]


@dataclass(frozen=True)
class ReleasedMails:
    """How many e-mails a release sends, and how many it drops."""

    sent: int
    dropped: int


def waiting_mails(restore: Restore) -> WaitingMails:
    """The e-mails that wait because of this restore."""
    waiting = Mail.objects.filter(commune=restore.commune_id, sent_at=None, dropped_at=None).order_by("pk")
    return WaitingMails(
        old=waiting.filter(created_at__lte=restore.backup_made_at),
        new=waiting.filter(created_at__gt=restore.backup_made_at),
    )


def release_messages(*, by: User, restore: Restore, drop_old: bool) -> ReleasedMails:
    """Sends what waits. With `drop_old`, e-mails queued before the backup and reminders due by the day of the restore
    count as sent. Raises RuleBroken if the messages are released already.
    """
    mails = waiting_mails(restore)
    old = mails.old.count()
    new = mails.new.count()
    facts: dict[str, Any] = {"drop_old": drop_old, "old": old, "new": new}
    with act("notices.release_messages", restore, by=by, **facts) as locked:
        now = timezone.now()
        if drop_old:
            mails.old.update(dropped_at=now)
            locked.reminders_sent_until = timezone.localtime(locked.restored_at).date()
        locked.released_at = now
        locked.released_by_id = by.pk
        earlier = Restore.objects.filter(commune=locked.commune_id, pk__lt=locked.pk).pending()
        earlier.update(released_at=now, released_by_id=by.pk)
        _queue_again(locked)
    return ReleasedMails(sent=new, dropped=old) if drop_old else ReleasedMails(sent=new + old, dropped=0)


def _queue_again(restore: Restore) -> None:
    """Jobs for the e-mails whose own job has ended while they waited."""
    mails = waiting_mails(restore)
    waiting_keys = set(
        Job.objects.filter(kind="notices.send_mail", state__in=(Job.QUEUED, Job.RUNNING)).values_list("key", flat=True)
    )
    for mail in (*mails.old, *mails.new):
        if str(mail.pk) not in waiting_keys:
            key = f"{mail.pk}:restore{restore.pk}"
            enqueue("notices.send_mail", key, commune=mail.commune, mail_id=mail.pk)
