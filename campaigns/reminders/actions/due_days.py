"""Due days that became days off after they were set: a holiday that the office recorded later, rows of before the rule."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from campaigns.campaigns.models.campaign import Campaign
from campaigns.directives.models.duty import UnitDuty
from campaigns.directives.models.letter import LetterReceipt
from campaigns.directives.models.recipient import LetterRecipient
from campaigns.exemplars.models.period import Period
from emulation.audit.log import record_entry
from emulation.communes.models import Commune
from emulation.core.formatting import format_date
from emulation.legal.calendar.due_days import last_days_of


@transaction.atomic
def move_due_days(*, commune: Commune, on: date) -> int:
    """Move the due days of everything that is still open by the rule `limit.rollover`; called by the periodic job.

    Returns how many due days moved. Each is one audit entry of the commune, whatever the number of units.
    """
    last_days = last_days_of(commune.pk)
    moved = 0
    for label, column, rows in _open_rows(commune):
        for due in list(rows.order_by().values_list(column, flat=True).distinct()):
            if (last := last_days.of(due)) == due:
                continue
            rows.filter(**{column: due}).update(**{column: last})
            moved += 1
            record_entry(
                commune_id=commune.pk,
                actor=None,
                act="campaigns.move_due_day",
                label=f"Hạn {label} {format_date(due)} là ngày nghỉ, tính đến {format_date(last)}",
                subject=commune,
            )
    return moved


def _open_rows(commune: Commune) -> list[tuple[str, str, QuerySet[Any]]]:
    """What has a due day and is still open: its name, the column of the due day, the rows."""
    running = Campaign.objects.filter(commune=commune, state__in=Campaign.RUNNING, register_until__isnull=False)
    waiting: tuple[tuple[str, Any], ...] = (
        ("báo cáo việc", UnitDuty),
        ("xác nhận nhận công văn", LetterReceipt),
        ("xác nhận nơi nhận", LetterRecipient),
    )
    letters = [(label, model.objects.filter(commune=commune, state=model.WAITING)) for label, model in waiting]
    return [
        ("gửi điển hình", "due_on", Period.objects.filter(commune=commune, closed_on=None)),
        ("đăng ký thi đua", "register_until", running),
        *((label, "due_day", rows.filter(due_day__isnull=False)) for label, rows in letters),
    ]
