"""Creates in-app notifications and queues e-mails."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from emulation.accounts.models import OfficePhone, User
from emulation.communes.capacity import capacity_of
from emulation.communes.models import Commune
from emulation.communes.roles import Role
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


def send_account_notice(user: User, commune: Commune, text: str, *, who: str = "") -> None:
    """Notifies the owner of an account of a change, with the time and whom to call; a mail too if they have an address.

    `who`: who made the change, "" for the signed-in user.
    """
    number = OfficePhone.objects.filter(commune=commune).in_force(timezone.localdate()).first()
    office = f"gọi ngay Văn phòng, {number.phone}" if number else "gọi ngay Văn phòng"
    call = "báo ngay quản trị hệ thống" if capacity_of(user).has(Role.office) else office
    strange = "Nếu thấy lạ" if who else "Nếu không phải bạn làm"
    by = f"{who}, " if who else "Lúc "
    message = f"{text} {by}{timezone.localtime():%H:%M ngày %d/%m/%Y}. {strange}, hãy {call}."
    key = f"account:{uuid.uuid4().hex}"
    notify_users(commune_id=commune.pk, users=[user.pk], text=message, link=reverse("accounts:own"), key=key)
    queue_mail(user=user, commune=commune, subject="Tài khoản Sổ Vàng của bạn", body=message, key=key)


def send_own_account_notice(user: User, text: str) -> None:
    """Notifies a user of what was done with their account; nothing for one who serves in no commune."""
    if commune := Commune.objects.filter(pk=capacity_of(user).commune_id).first():
        send_account_notice(user, commune, text)


def mark_notifications_read(*, by: User) -> int:
    """Marks all notifications of this user as read; returns how many were unread."""
    return Notification.objects.visible_to(by).filter(read_at=None).update(read_at=timezone.now())
