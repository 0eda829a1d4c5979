"""Reminders of terms, acting posts and roles that end, to those whose to-do list has them as a task."""

from datetime import date

from django.conf import settings
from django.db import transaction

from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of, role_holder_ids
from emulation.communes.models import Commune
from emulation.communes.roles import Role
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
            text = f"{task.title}: {task.who}. {task.text}"
            notify_users(commune_id=commune.pk, users=[user.pk], text=text, link=task.url, key=key)
            body = f"{text}\n\n{settings.SITE_URL}{task.url}"
            queue_mail(user=user, commune=commune, subject=task.title, body=body, key=key)
            due += 1
    return due
