"""Reminders of terms, acting posts and roles that end, to those whose to-do list has them as a task."""

from datetime import date

from django.db import transaction

from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of, role_holder_ids
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.core.formatting import upper_first
from emulation.core.public_address import public_url
from emulation.notices.actions import notify_users, queue_mail
from reports.queries.todo_posts import post_tasks
from reports.rules.post_reminders import reminder_stage


@transaction.atomic
def remind_of_posts(*, commune: Commune, on: date) -> int:
    """One notification a task and stage for each user who can renew it, and a mail if they have an address.

    A stage that was missed is made up by the latest one; none is sent twice. Returns how many were due.
    """
    due = 0
    users = User.objects.filter(
        pk__in=role_holder_ids(commune.pk, Role.office, Role.administrator, on=on), is_active=True
    )
    for user in users:
        for task in post_tasks(capacity_of(user, on), on):
            stage = reminder_stage(task.due, on)
            if not stage:
                continue
            key = f"post:{task.url}:{task.due or ''}:{stage}"
            text = f"{task.title}: {task.who}. {upper_first(task.text)}"
            notify_users(commune_id=commune.pk, users=[user.pk], text=text, link=task.url, key=key)
            queue_mail(user=user, commune=commune, subject=task.title, body=_mail_body(user, text, task.url), key=key)
            due += 1
    return due


def _mail_body(user: User, text: str, url: str) -> str:
    """To whom, what, and where it is done, as the mails of reminders to units."""
    address = public_url(url)
    where = f"Mở Sổ Vàng để làm: {address}" if address else "Mở Sổ Vàng, trang “Việc của tôi”, để làm."
    return "\n".join([f"Kính gửi {user.full_name},", "", text, "", where, ""])
