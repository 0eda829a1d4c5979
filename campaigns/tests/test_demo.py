"""The demo is told through the actions; the clock; the base data."""

from collections import Counter
from datetime import date, datetime

from django.core.management import call_command
from django.utils import timezone

from campaigns import rules
from campaigns.models import Exemplar, ExemplarPhoto, Field, Letter, LetterReceipt, Period
from campaigns.papers import sample
from campaigns.queries.exemplar import board, owed_by
from campaigns.seeds import demo
from campaigns.tasks import open_months
from emulation.audit.trail import faults
from emulation.jobs.models import Job
from emulation.jobs.queue import carry_out
from villages.models import Unit


def test_the_story_is_told_once(commune):
    assert demo.tell(commune, date(2026, 11, 23)) == "1 công văn, 14 điển hình của 2 tháng"
    assert demo.tell(commune, date(2026, 11, 23)) == ""
    states = Counter(Exemplar.objects.filter(nothing=False).values_list("state", flat=True))
    assert states == {"accepted": 8, "submitted": 2, "returned": 1, "draft": 1}
    assert Exemplar.objects.filter(nothing=True, state="accepted").count() == 2
    assert not [exemplar for exemplar in Exemplar.objects.for_lists() if exemplar.is_late]
    assert (Letter.objects.get().state, LetterReceipt.objects.filter(state="received").count()) == ("issued", 6)
    assert sample().letterhead.number == 1
    assert ExemplarPhoto.objects.count() == 9
    assert list(faults(commune.pk)) == []
    november = Period.objects.get(number=11)
    assert {row.unit.code for row in board(november) if not row.answered} == {
        "thon2", "thon4", "mamnon", "tieuhoc", "tramyte", "mattran", "phunu", "doanthanhnien",
    }  # fmt: skip
    thon2 = Unit.objects.get(code="thon2")
    assert [str(item.period) for item in owed_by([thon2.pk], commune.pk, date(2026, 11, 23))] == ["Tháng 11/2026"]


def test_the_clock_opens_the_month_of_every_commune_once(commune, other_commune):
    now = timezone.make_aware(datetime(2026, 12, 1, 0, 5))
    for _ in range(2):
        open_months(now)
        for job in Job.objects.filter(kind="campaigns.open_month"):
            carry_out(job.pk)
    assert Job.objects.filter(kind="campaigns.open_month", state=Job.DONE).count() == 2
    assert {(period.commune.code, str(period)) for period in Period.objects.all()} == {
        ("binh-luong", "Tháng 12/2026"),
        ("xa-la", "Tháng 12/2026"),
    }


def test_fields_are_brought_up_to_the_file_and_none_is_lost(commune):
    Field.objects.create(code="cu", name="Lĩnh vực cũ")
    for _ in range(2):
        call_command("sync_fields", verbosity=0)
    assert Field.objects.filter(is_active=True).count() == 10
    assert Field.objects.get(code="cu").is_active is False


def test_spans_of_months_and_quarters():
    assert rules.month_span(2028, 2) == rules.Span(date(2028, 2, 1), date(2028, 2, 29), date(2028, 2, 25))
    assert rules.quarter_span(2026, 4) == rules.Span(date(2026, 12, 1), date(2026, 12, 31), date(2026, 12, 25))
    assert [rules.period_title("quarter", 2026, 3), rules.period_title("month", 2026, 2)] == [
        "Quý III/2026",
        "Tháng 2/2026",
    ]
    assert [rules.is_late(day, date(2026, 11, 25)) for day in (None, date(2026, 11, 25), date(2026, 11, 26))] == [
        False,
        False,
        True,
    ]
