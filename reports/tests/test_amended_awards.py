"""The superior is notified when the figures of a report that they received change afterwards."""

from datetime import date

import pytest

from commendations.models import Amendment
from commendations.tests import amendment_steps
from emulation.jobs.models import Job
from emulation.jobs.queue import run_again, run_job
from emulation.notices.models import Notification
from reports.actions import period_report
from reports.tests.report_steps import issued, on, written
from tests.html import page_of

DAY = date(2027, 1, 5)


def amend(award, kind, **words):
    with on(DAY):
        return amendment_steps.issued(award.decision, kind, on=DAY, **words)


def run_jobs():
    for job in Job.objects.filter(kind="reports.awards_amended"):
        with on(date(2027, 1, 7)):
            assert run_job(job.pk)
            run_again(job)
        with on(date(2027, 1, 8)):
            assert run_job(job.pk)


def notified():
    rows = Notification.objects.filter(text__contains="đã gửi có số liệu thay đổi").select_related("user")
    return [(row.user.username, row.link, row.text) for row in rows]


@pytest.mark.parametrize(
    ("kind", "words"),
    [(Amendment.CANCELLATION, {}), (Amendment.REPLACEMENT, {"place": "Thôn 9"})],
)
def test_the_superior_is_notified_once(kind, words, reported, awards, superior, signed_in):
    amendment = amend(awards.get(award_code="GKX"), kind, **words)
    run_jobs()
    [(login, link, text)] = notified()
    assert (login, link) == ("phongnoivu", reported.get_absolute_url())
    assert amendment.document.dated in text and "đã báo cáo 2, nay 1" in text
    assert "Số liệu đã thay đổi sau khi gửi" in page_of(signed_in("phongnoivu").get(link))


def test_each_amendment_notifies_of_what_it_changed(reported, awards):
    for code in ("GKX", "LDTT"):
        amend(awards.get(award_code=code), Amendment.CANCELLATION)
    run_jobs()
    assert len(notified()) == 2


def test_nobody_is_notified_of_words_or_of_a_report_that_was_not_sent(awards, commune, office, user):
    draft = written(commune, office, 4)
    amend(awards.get(award_code="GKX"), Amendment.CANCELLATION)
    run_jobs()
    with on(date(2027, 1, 4)):
        issued(draft, user)
    amend(awards.get(award_code="LDTT"), Amendment.CORRECTION, name="Đỗ Thị Em")
    assert notified() == []


def test_a_report_that_the_superior_returned_is_counted_again_anyway(reported, awards, superior):
    with on(DAY):
        period_report.send_back_period_report(by=superior, report=reported, reason="Thiếu phần xã hội hóa.")
    amend(awards.get(award_code="GKX"), Amendment.CANCELLATION)
    run_jobs()
    assert notified() == []
