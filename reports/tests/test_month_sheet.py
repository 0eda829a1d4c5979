"""The month as a PDF file: requested once, rendered once, without names of people."""

from datetime import date
from itertools import chain

from django.utils import timezone

from campaigns.exemplars.actions.exemplar import start_nothing
from campaigns.models import Period
from emulation.documents.blocks.planner import MonthPlanner, PlannerDay
from emulation.documents.engines import merge, pdf, planner
from emulation.documents.models import RenderedDraft
from emulation.jobs.models import Job
from emulation.jobs.queue import run_job
from reports.queries import month_calendar
from reports.rules.month_grid import WEEKDAY_SHORT_LABELS
from reports.tests.test_month_calendar import NOTHING, URL, unit_of


def test_the_file_is_rendered_once_and_is_outdated_after_a_change(month, signed_in, village_head):
    browser = signed_in("vanphong")
    query = f"?thang={month.year}-{month.number:02d}&loai="
    assert "Chưa có tệp" in browser.get(f"{URL}ban-in/{query}").content.decode()
    assert browser.get(f"{URL}ban-in/tep/{query}").status_code == 404
    for _ in range(2):
        browser.post(f"{URL}ban-in/lap/", {"thang": f"{month.year}-{month.number:02d}", "loai": ""})
    job = Job.objects.get(kind=month_calendar.MONTH_SHEET_JOB)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == (Job.DONE, 3)
    answer = browser.get(f"{URL}ban-in/tep/{query}")
    assert answer.status_code == 200 and b"".join(answer.streaming_content).startswith(b"%PDF")
    assert signed_in("thon1").get(f"{URL}ban-in/tep/{query}").status_code == 404
    start_nothing(by=village_head, unit=unit_of(village_head), period=month, reason=NOTHING)
    Period.objects.filter(pk=month.pk).update(closed_on=month.due_on)
    assert browser.get(f"{URL}ban-in/tep/{query}").status_code == 404
    assert RenderedDraft.objects.count() == 1


def test_the_sheet_names_the_commune_and_no_person(month, commune, office):
    today = timezone.localdate()
    first = date(month.year, month.number, 1)
    pages = month_calendar.month_sheet(commune, month_calendar.personal_month(office, first, "", today), "", today)
    assert "BÌNH LƯƠNG" in pages.owner.upper() and len(pages.heads) == 7
    assert all(len(week) == 7 for week in pages.weeks)
    assert sum(bool(day.number) for day in chain.from_iterable(pages.weeks)) >= 28


def test_a_full_month_fits_on_one_page():
    """Five weeks, four long lines on each working day."""
    line = ("Khen thưởng hằng năm: Thẩm định xong, trình Chủ tịch", False)
    day = PlannerDay("8", lines=(line,) * 4)
    full = MonthPlanner(
        "UBND xã", "Lịch", "Mọi việc", WEEKDAY_SHORT_LABELS, ((day,) * 5 + (PlannerDay("9"),) * 2,) * 5, (), "Hết."
    )
    assert merge.pdf_page_count(planner.planner_pdf(full)) == 1


def test_a_month_with_few_items_keeps_the_large_font():
    quiet = MonthPlanner("UBND xã", "Lịch", "Mọi việc", WEEKDAY_SHORT_LABELS, ((PlannerDay("8"),) * 7,) * 6)
    assert planner.planner_pdf(quiet) == pdf.render_pdf(
        [planner.planner_html(quiet)], quiet.title, planner.PLANNER_STYLE
    )
