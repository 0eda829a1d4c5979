"""The demo data, the periodic job that opens months, the base data."""

import re
from collections import Counter
from datetime import date, datetime

import pytest
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone

from campaigns.catalogue.models import Field
from campaigns.directives.actions.letter import letter_approval
from campaigns.directives.models.letter import Letter, LetterReceipt
from campaigns.exemplars.models.exemplar import Exemplar, ExemplarPhoto
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.queries.period import period_board, unanswered_periods
from campaigns.exemplars.rules.period import PeriodSpan, month_span, period_title, quarter_span
from campaigns.reminders.models import Reminder
from campaigns.seeds import demo
from campaigns.tasks import enqueue_open_month
from emulation.audit.log import chain_faults
from emulation.jobs.models import Job
from emulation.jobs.queue import run_job
from emulation.legal.calendar.lateness import is_late
from villages.models import Unit

pytestmark = pytest.mark.slow


def test_the_demo_is_created_once(commune):
    summary = demo.play_campaigns_demo(commune, date(2026, 11, 23))
    assert re.fullmatch(r"1 công văn, 4 tháng trước, \d+ lượt nhắc, 57 điển hình của 2 tháng", summary), summary
    assert demo.play_campaigns_demo(commune, date(2026, 11, 23)) == ""
    full = Exemplar.objects.filter(period__number__gte=10)
    states = Counter(full.filter(nothing=False).values_list("state", flat=True))
    assert states == {"accepted": 8, "submitted": 2, "returned": 1, "draft": 1}
    assert full.filter(nothing=True, state="accepted").count() == 2
    assert not [exemplar for exemplar in full.for_lists() if exemplar.is_late]
    assert (
        Letter.objects.get(directive__isnull=False).state,
        LetterReceipt.objects.filter(state="received").count(),
    ) == ("issued", 14)
    assert letter_approval.sample().letterhead.number == 1
    assert ExemplarPhoto.objects.count() == 9
    assert list(chain_faults(commune.pk)) == []
    earlier = Exemplar.objects.filter(period__number__lt=10)
    assert Counter(earlier.values_list("nothing", flat=True)) == {False: 33, True: 10}
    assert sum(exemplar.is_late for exemplar in earlier.for_lists()) == 4  # 25/7 was a Saturday
    assert earlier.values("unit").distinct().count() == 12
    assert set(Reminder.objects.values_list("stage", flat=True)) >= {"before", "due", "after", "council", "chair"}
    assert not Reminder.objects.filter(sent_on__lt=F("planned_on")).exists()
    assert Letter.objects.get(directive=None).state == "submitted"
    november = Period.objects.get(number=11)
    assert {row.unit.code for row in period_board(november) if not row.answered} == {
        "thon2", "thon4", "mamnon", "tieuhoc", "tramyte", "mattran", "phunu", "doanthanhnien",
    }  # fmt: skip
    thon2 = Unit.objects.get(code="thon2")
    assert [str(item.period) for item in unanswered_periods([thon2.pk], commune.pk, date(2026, 11, 23))] == [
        "Tháng 11/2026"
    ]


def test_the_job_opens_the_month_of_every_commune_once(commune, other_commune):
    now = timezone.make_aware(datetime(2026, 12, 1, 0, 5))
    for _ in range(2):
        enqueue_open_month(now)
        for job in Job.objects.filter(kind="campaigns.open_month"):
            run_job(job.pk)
    assert Job.objects.filter(kind="campaigns.open_month", state=Job.DONE).count() == 2
    assert {(period.commune.code, str(period)) for period in Period.objects.all()} == {
        ("binh-luong", "Tháng 12/2026"), ("binh-luong", "Quý IV/2026"),
        ("xa-la", "Tháng 12/2026"), ("xa-la", "Quý IV/2026"),
    }  # fmt: skip


def test_sync_fields_deactivates_fields_that_are_not_in_the_file(commune):
    Field.objects.create(code="cu", name="Lĩnh vực cũ")
    for _ in range(2):
        call_command("sync_fields", verbosity=0)
    assert Field.objects.filter(is_active=True).count() == 10
    assert Field.objects.get(code="cu").is_active is False


def test_spans_of_months_and_quarters():
    assert month_span(2028, 2) == PeriodSpan(date(2028, 2, 1), date(2028, 2, 29), date(2028, 2, 25))
    assert quarter_span(2026, 4) == PeriodSpan(date(2026, 12, 1), date(2026, 12, 31), date(2026, 12, 25))
    assert [period_title("quarter", 2026, 3), period_title("month", 2026, 2)] == [
        "Quý III/2026",
        "Tháng 02/2026",
    ]
    assert [is_late(day, date(2026, 11, 25)) for day in (None, date(2026, 11, 25), date(2026, 11, 26))] == [
        False,
        False,
        True,
    ]
