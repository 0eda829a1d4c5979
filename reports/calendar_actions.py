"""Acts on the calendar: its sheet of paper, its secret address."""

import secrets
from datetime import date

from django.utils import timezone

from emulation.accounts.models import User
from emulation.acts.act import act
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.jobs.models import Job
from emulation.jobs.queue import enqueue, requeue
from reports.models import CalendarLink
from reports.queries import calendar
from reports.queries.feed import hash_of

TOKEN_BYTES = 32


def make_link(*, by: User, commune: Commune) -> str:
    """Makes the person's secret address anew and gives its token, once; an address made before ends here."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with act("reports.make_calendar_link", commune, by=by, about=f"Lịch của {by.full_name}") as locked:
        CalendarLink.objects.live().filter(commune=locked, user=by).update(revoked_at=timezone.now(), told={})
        CalendarLink.objects.create(commune=locked, user=by, token_hash=hash_of(token))
    return token


def revoke_link(*, by: User, commune: Commune) -> None:
    """Takes the person's address back: whoever has it reads nothing any more."""
    with act("reports.revoke_calendar_link", commune, by=by, about=f"Lịch của {by.full_name}") as locked:
        taken = CalendarLink.objects.live().filter(commune=locked, user=by).update(revoked_at=timezone.now(), told={})
        if not taken:
            raise RuleBroken("Bạn không có đường dẫn nào đang dùng.")


def make_sheet(*, by: User, commune: Commune, first: date, only: str, mark: str) -> Job:
    """Asks for the month on paper; `mark` says of which content. A failed job is tried again."""
    job = enqueue(
        calendar.PAPER_JOB,
        f"{commune.pk}:{mark}",
        commune=commune,
        commune_id=commune.pk,
        user_id=by.pk,
        first=f"{first}",
        only=only,
        mark=mark,
    )
    requeue(job)
    return job
