"""Creates in-app notifications and queues e-mails."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.jobs.queue import enqueue
from emulation.notices.models import Mail, Notification


def notify_users(*, commune_id: int, users: Iterable[int], text: str, link: str, key: str) -> None:
    """Creates one notification per user (ids), in the caller's transaction; idempotent per user and key."""
    notify_each_user(commune_id=commune_id, messages=dict.fromkeys(sorted(set(users)), (text, link)), key=key)


def notify_each_user(*, commune_id: int, messages: Mapping[int, tuple[str, str]], key: str) -> None:
    """As notify_users, with a text and link of their own for each user (by id); one query."""
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
    """Creates an e-mail and the job that sends it (not before `due_at`), in the caller's transaction; idempotent per key.

    Returns False if the user has no e-mail address.
    """
    if not user.email:
        return False
    mail, created = Mail.objects.get_or_create(
        user=user, key=key, defaults={"commune": commune, "address": user.email, "subject": subject[:200], "body": body}
    )
    if created:
        enqueue("notices.send_mail", str(mail.pk), commune=commune, due_at=due_at, mail_id=mail.pk)
    return True


def mark_notifications_read(*, by: User) -> int:
    """Marks all notifications of this user as read; returns how many were unread."""
    return Notification.objects.visible_to(by).filter(read_at=None).update(read_at=timezone.now())
