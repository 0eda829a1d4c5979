"""Telling people."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.jobs.queue import enqueue
from emulation.notices.models import Mail, Notification


def notify_users(*, commune_id: int, users: Iterable[int], text: str, link: str, key: str) -> None:
    """Puts one message before each of these users (ids), in the caller's transaction; the same key never twice."""
    notify_each_user(commune_id=commune_id, messages=dict.fromkeys(sorted(set(users)), (text, link)), key=key)


def notify_each_user(*, commune_id: int, messages: Mapping[int, tuple[str, str]], key: str) -> None:
    """The same where each user (by id) hears his own text, with his own link; one query."""
    Notification.objects.bulk_create(
        [
            Notification(commune_id=commune_id, user_id=user_id, text=text[:500], link=link, key=key)
            for user_id, (text, link) in messages.items()
        ],
        ignore_conflicts=True,
    )


def queue_mail(
    *, user: User, commune: Commune, subject: str, body: str, key: str, due_at: datetime | None = None
) -> bool:
    """An e-mail to this user, sent by a job (not before `due_at`), in the caller's transaction; the same key never twice.

    False for somebody who gave no address.
    """
    if not user.email:
        return False
    mail, fresh = Mail.objects.get_or_create(
        user=user, key=key, defaults={"commune": commune, "address": user.email, "subject": subject[:200], "body": body}
    )
    if fresh:
        enqueue("notices.send_mail", str(mail.pk), commune=commune, due_at=due_at, mail_id=mail.pk)
    return True


def mark_notifications_read(*, by: User) -> int:
    """Marks all messages of this user read; how many there were."""
    return Notification.objects.visible_to(by).filter(read_at=None).update(read_at=timezone.now())
