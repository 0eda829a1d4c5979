"""The demo is played on its days: states, papers, notices and the audit log carry them, and its clock is Django's."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from campaigns.models import Exemplar, Period, UnitDuty
from commendations.models import Decision, Nomination
from emulation.audit.log import chain_faults
from emulation.audit.models import AuditEntry
from emulation.communes.models import Commune
from emulation.core.formatting import format_date
from emulation.documents.models import IssuedDocument
from emulation.jobs.models import Job
from emulation.notices.models import Notification
from reports.models import PeriodReport
from villages.seeds.demo_clock import demo_clock, play_story, together


def local_day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def test_the_audit_log_rises_and_no_day_has_most_of_it(full_demo: Commune) -> None:
    assert list(chain_faults(full_demo.pk)) == []
    entries = AuditEntry.objects.filter(commune_id=full_demo.pk).exclude(act="villages.set_up").order_by("seq")
    moments = list(entries.values_list("at", flat=True))
    assert all(before <= after for before, after in pairwise(moments))
    assert moments[-1] <= timezone.now()
    days = [local_day(moment) for moment in moments]
    assert {day.year for day in days} >= {2021, 2026}
    assert days.count(timezone.localdate()) < len(days) / 10


def test_each_paper_is_made_on_the_day_it_bears(full_demo: Commune) -> None:
    papers = IssuedDocument.objects.filter(commune=full_demo)
    wrong = [
        f"{paper}: {format_date(paper.issued_on)}, {paper.created_at}"
        for paper in papers
        if local_day(paper.created_at) != paper.issued_on
    ]
    assert papers.count() > 20 and wrong == []


def test_states_begin_on_the_days_of_the_acts(full_demo: Commune) -> None:
    decisions = Decision.objects.filter(commune=full_demo, award_code="GKX")
    days = {date(2026, 10, 30), date(2026, 11, 12)}
    assert {local_day(decision.state_since) for decision in decisions} == days
    awarded = Nomination.objects.filter(state="awarded", award_code="GKX")
    assert {local_day(case.state_since) for case in awarded} == days
    june = Exemplar.objects.filter(period__kind="month", period__number=6, first_sent_on__lt=date(2026, 7, 1))
    assert june.exists() and {row.state_since.month for row in june} == {6}
    assert {local_day(period.created_at) for period in Period.objects.filter(kind="month")} >= {date(2026, 6, 1)}
    assert Notification.objects.filter(created_at__year=2021).exists()


def test_tasks_of_the_letter_of_2021_are_due_in_2021(full_demo: Commune) -> None:
    days = UnitDuty.objects.filter(due_day__isnull=False).values_list("due_day", flat=True)
    assert days and {day.year for day in days} == {2021}


def test_no_quarter_is_issued_before_its_count_day(full_demo: Commune) -> None:
    for report in PeriodReport.objects.exclude(document=None):
        assert report.document.issued_on >= report.count_day, report


def test_queued_jobs_are_not_years_old(full_demo: Commune) -> None:
    assert not Job.objects.filter(state=Job.QUEUED, due_at__lt=timezone.now() - timedelta(days=1)).exists()


def test_the_clock_never_goes_back_or_beyond_the_real_time() -> None:
    real = datetime.now(UTC)
    with demo_clock() as clock:
        clock.go(date(2021, 9, 15))
        first = timezone.now()
        assert timezone.localdate() == date(2021, 9, 15) and first < timezone.now()
        assert timezone.template_localtime(real) == real  # a datetime of the real class is still one
        clock.go(date(2020, 1, 1))
        assert timezone.localdate() == date(2021, 9, 15)
        clock.go(real.date() + timedelta(days=9))
        assert timezone.now() <= datetime.now(UTC)
    assert timezone.now() >= real


def test_the_clock_is_set_back_after_a_failure() -> None:
    with pytest.raises(RuntimeError), demo_clock() as clock:
        clock.go(date(2021, 9, 15))
        raise RuntimeError
    assert timezone.localdate().year > 2021


def test_stories_are_played_in_the_order_of_their_days() -> None:
    played = []

    def story(name, *days):
        for day in days:
            yield date(2021, 9, day)
            played.append((name, timezone.localdate().day))
        return name

    assert play_story(together(story("a", 3, 5), story("b", 1, 3, 9), story("c"))) == ["a", "b", "c"]
    assert played == [("b", 1), ("a", 3), ("b", 3), ("a", 5), ("b", 9)]
