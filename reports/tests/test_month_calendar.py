"""Lịch công tác: who sees what of it, what is counted back, the month on paper."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from campaigns.exemplars.actions.exemplar import return_exemplar, start_nothing, submit_exemplar
from campaigns.exemplars.actions.period import open_month
from campaigns.models import Period
from emulation.documents.blocks.planner import MonthPlanner, PlannerDay
from emulation.documents.engines import merge, pdf, planner
from emulation.documents.models import RenderedDraft
from emulation.jobs.models import Job
from emulation.jobs.queue import run_job
from emulation.legal.calendar import actions
from emulation.legal.tests.local_value_builders import approved_local_value
from emulation.workflow import calendar_registry
from emulation.workflow.calendar_registry import Deadline, DeadlineKind
from reports.queries import milestones, month_calendar

URL = "/lich-cong-tac/"
NOTHING = "Tháng này chưa có việc nổi bật"
WEEK = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def titles(user, first, last, only=""):
    return [(one.day, one.title) for one in calendar_registry.deadlines_between(user, first, last, only)]


@pytest.fixture
def month(commune):
    return open_month(commune=commune, on=timezone.localdate())


# ── the registry ─────────────────────────────────────────────────────────────────────────────────


def test_a_kind_is_two_lines_and_only_for_whom_it_concerns(commune, office, village_head, monkeypatch):
    monkeypatch.setattr(calendar_registry, "_kinds", dict(calendar_registry._kinds))
    from emulation.workflow import permissions

    day = date(2026, 3, 3)
    calendar_registry.register_deadline_kind(
        DeadlineKind("x", "Thử", "flag", permissions.office, 1),
        lambda commune_id, user, first, last: [
            Deadline(day, "B", "2"),
            Deadline(day, "A", "1"),
            Deadline(YEAR[0], "C", "3"),
        ],
    )
    assert titles(office, day, day, "x") == [(day, "A"), (day, "B")]
    assert {one.ident for one in calendar_registry.deadlines_between(office, day, day, "x")} == {"x:1", "x:2"}
    assert titles(village_head, day, day, "x") == []
    assert "x" not in {kind.code for kind in calendar_registry.deadline_kinds_for(village_head)}


def test_keys_are_unique(month, office, chair, village_head, superior):
    for user in (office, chair, village_head, superior):
        idents = [one.ident for one in calendar_registry.deadlines_between(user, date(2025, 1, 1), date(2027, 12, 31))]
        assert len(idents) == len(set(idents)) > 20


# ── who sees what ────────────────────────────────────────────────────────────────────────────────


def test_each_role_sees_its_kinds(month, user):
    def kinds(login):
        return [kind.code for kind in calendar_registry.deadline_kinds_for(user(login))]

    whole = ["period", "letter", "duty", "campaign", "session", "appraisal", "report", "milestone", "holiday"]
    assert kinds("vanphong") == kinds("chutich") == kinds("vanthu") == whole
    assert kinds("thon1") == ["period", "letter", "duty", "campaign", "appraisal", "milestone", "holiday"]
    assert kinds("hoidong2") == ["period", "campaign", "session", "milestone", "holiday"]
    assert kinds("phongnoivu") == ["campaign", "report", "milestone", "holiday"]
    assert kinds("quantri") == ["holiday"]


def test_the_head_of_a_unit_sees_its_outstanding_items(month, village_head, office, other_commune):
    due = month.due_on
    mine, all_units = (
        next(one for one in calendar_registry.deadlines_between(who, due, due, "period") if one.key.startswith("due"))
        for who in (village_head, office)
    )
    assert (mine.done, mine.note, mine.url) == (False, "chưa gửi", "/thi-dua/")
    assert all_units.done is False and all_units.note.startswith("0/") and all_units.url == month.get_absolute_url()
    start_nothing(by=village_head, unit=unit_of(village_head), period=month, reason=NOTHING)
    assert not calendar_registry.deadlines_between(village_head, due, due, "period")[0].done
    submit_exemplar(by=village_head, exemplar=month.exemplars.get())
    mine = calendar_registry.deadlines_between(village_head, due, due, "period")[0]
    assert (mine.done, mine.note) == (True, "đã gửi")
    return_exemplar(by=office, exemplar=month.exemplars.get(), notes={"nothing_reason": "Ghi rõ hơn."})
    mine = calendar_registry.deadlines_between(village_head, due, due, "period")[0]
    assert (mine.done, mine.note) == (False, "chưa gửi")


def unit_of(user):
    from emulation.communes.capacity import capacity_of
    from villages.models import Unit

    return Unit.objects.get(pk=min(capacity_of(user).unit_ids))


def test_a_period_closes_on_its_day_or_when_the_clock_would(month, office):
    first, last = month.due_on, month.due_on + timedelta(days=40)
    planned = [
        one for one in calendar_registry.deadlines_between(office, first, last, "period") if one.key.startswith("close")
    ]
    assert [one.done for one in planned] == [None] and "tự chốt" in planned[0].note
    Period.objects.filter(pk=month.pk).update(closed_on=month.due_on + timedelta(days=3))
    closed = [
        one for one in calendar_registry.deadlines_between(office, first, last, "period") if one.key.startswith("close")
    ]
    assert [(one.day, one.done) for one in closed] == [(month.due_on + timedelta(days=3), True)]


def test_a_stranger_sees_nothing_of_ours(month, other_commune, user):
    assert titles(user("la-thon1"), month.due_on, month.due_on, "period") == []
    assert titles(user("la-vanphong"), month.due_on, month.due_on, "period") == []


def test_the_superior_sees_whether_the_report_came(commune, superior, office):
    day = date(2026, 10, 15)
    for user, note in ((superior, "chưa nhận"), (office, "chưa lập")):
        found = calendar_registry.deadlines_between(user, day, day, "report")
        assert [(one.title, one.done, one.note) for one in found] == [("Hạn gửi báo cáo quý III năm 2026", None, note)]


def test_reports_of_the_fourth_quarter_are_due_in_the_next_year(commune, office):
    assert [day for day, _ in titles(office, date(2026, 12, 1), date(2027, 1, 31), "report")] == [date(2027, 1, 15)]


# ── counted back ─────────────────────────────────────────────────────────────────────────────────


def test_the_way_up_is_counted_back(commune, office, superior, village_head, user):
    whole = {title: day for day, title in titles(office, *YEAR, "milestone")}
    assert whole["Cấp trên nhận hồ sơ khen thưởng hằng năm trước ngày này"] == date(2026, 12, 10)
    assert whole["Khen thưởng hằng năm: Gửi hồ sơ lên cấp trên"] == date(2026, 12, 9)
    assert whole["Khen thưởng hằng năm: Ban hành quyết định khen ở xã"] == date(2026, 12, 9)
    assert len([title for title in whole if title.startswith("Khen thưởng năm học")]) == 5
    assert {title for _, title in titles(superior, *YEAR, "milestone")} == {
        "Cấp trên nhận hồ sơ khen thưởng hằng năm trước ngày này",
        "Cấp trên nhận hồ sơ khen thưởng năm học trước ngày này",
    }
    village = {title for _, title in titles(village_head, *YEAR, "milestone")}
    assert "Khen thưởng hằng năm: Đơn vị nộp hồ sơ" in village and "Gia đình văn hóa: Thôn họp bình xét" in village
    assert not [title for title in village if "Chủ tịch" in title or "năm học" in title]
    assert "Khen thưởng hằng năm: Hội đồng họp" in {title for _, title in titles(user("hoidong2"), *YEAR, "milestone")}


def test_the_year_of_the_law_does_not_bound_the_month(commune, office):
    """A step of the next year's chain may fall into this year."""
    approved_local_value(
        commune,
        "superior.yearly",
        pairs=[("", "")],
        content="01-12",
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 12, 31),
    )
    steps = {title: day for day, title in titles(office, date(2026, 12, 1), date(2027, 1, 31), "milestone")}
    assert steps["Khen thưởng hằng năm: Đơn vị nộp hồ sơ"].year == 2026
    assert steps["Cấp trên nhận hồ sơ khen thưởng hằng năm trước ngày này"] == date(2027, 1, 12)


def test_the_superiors_own_day_moves_the_chain_over_tet(commune, office):
    """25/2/2026: Tết (16 to 20 February) lies between, and the twenty days jump over it."""
    before = milestones.milestone_chains(commune.pk, 2026)[0]
    assert not before.local and not before.due.confirmed
    approved_local_value(
        commune,
        "superior.yearly",
        pairs=[("", "")],
        content="02-25",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
    )
    moved = milestones.milestone_chains(commune.pk, 2026)[0]
    assert moved.local and moved.due.confirmed and moved.due.day == date(2026, 2, 25)
    days = {step.code: step.day for step in moved.steps}
    assert (days["send"], days["sign"], days["council"]) == (date(2026, 2, 24), date(2026, 2, 23), date(2026, 2, 12))
    assert "Tết" in next(step.arithmetic for step in moved.steps if step.code == "council")
    assert milestones.milestone_chains(commune.pk, 2027)[0].due.day == date(2027, 12, 10)
    assert not [
        day for day, title in titles(office, date(2026, 12, 1), date(2026, 12, 31), "milestone") if "hằng năm" in title
    ]


def test_a_day_that_the_office_adds_moves_the_steps(commune, office):
    actions.record_calendar_day(
        by=office, commune=commune, day=date(2026, 12, 9), kind="off", name="Nghỉ hoán đổi", reason="Thông báo số 1"
    )
    found = {title: day for day, title in titles(office, *YEAR, "milestone")}
    assert found["Khen thưởng hằng năm: Gửi hồ sơ lên cấp trên"] == date(2026, 12, 8)
    assert (date(2026, 12, 9), "Nghỉ hoán đổi") in titles(office, *YEAR, "holiday")


# ── the pages ────────────────────────────────────────────────────────────────────────────────────


def test_the_month_has_all_its_days_and_its_neighbours(month, signed_in):
    page = signed_in("thon1").get(f"{URL}?thang={month.year}-{month.number:02d}").content.decode()
    assert f"Lịch công tác tháng {month.number}/{month.year}" in page and "Hạn gửi điển hình" in page
    assert page.count("lich-cong-tac/ngay/?ngay=") >= 28
    page = signed_in("thon1").get(f"{URL}?thang=2026-01").content.decode()
    assert "Tháng 12/2025" in page and "Tháng 2/2026" in page and "Tết Dương lịch" in page


def test_one_kind_is_picked_and_a_kind_that_is_not_his_is_all(month, signed_in):
    """The words of an empty month speak of "Hạn gửi điển hình" too: a deadline names its month or quarter."""
    at, due = f"{URL}?thang={month.year}-{month.number:02d}&loai=", re.compile("Hạn gửi điển hình (tháng|quý)")
    assert not due.search(signed_in("vanphong").get(f"{at}milestone").content.decode())
    assert due.search(signed_in("vanphong").get(f"{at}period").content.decode())
    assert due.search(signed_in("thon1").get(f"{at}session").content.decode())


def test_a_month_without_anything_says_what_will_stand_there(commune, signed_in):
    page = signed_in("quantri").get(f"{URL}?thang=2026-10").content.decode()
    assert "Tháng này chưa có việc nào" in page


def test_a_year_that_the_table_does_not_know_says_so(commune, signed_in):
    assert "Lịch nghỉ năm này chưa có" in signed_in("vanphong").get(f"{URL}?thang=2060-05").content.decode()
    assert "Lịch nghỉ năm này chưa có" not in signed_in("vanphong").get(f"{URL}?thang=2026-05").content.decode()


@pytest.mark.parametrize("asked", ["", "?ngay=31/02/2026", "?ngay=<script>", "?ngay=01/01/1950", "?ngay=02/09/2026"])
def test_any_day_opens(commune, signed_in, asked):
    answer = signed_in("phongnoivu").get(f"{URL}ngay/{asked}")
    assert answer.status_code == 200
    assert ("Quốc khánh" in answer.content.decode()) is asked.endswith("02/09/2026")


def test_the_yearly_days_lead_to_where_the_office_sets_them(commune, signed_in):
    page = signed_in("vanphong").get(f"{URL}moc/?nam=2026")
    door = page.context["chains"][0]["set"]
    assert "Đặt ngày của năm nay" in page.content.decode()
    assert "Đặt ngày của năm nay" not in signed_in("thon1").get(f"{URL}moc/?nam=2026").content.decode()
    form = signed_in("vanphong").get(door).content.decode()
    assert "10/12" in form and "Ngày trong năm" in form
    assert signed_in("quantri").get(f"{URL}moc/").status_code == 403
    assert "Cách tính, căn cứ" in signed_in("hoidong2").get(f"{URL}moc/?nam=2026").content.decode()


def test_the_superior_reads_his_days_and_not_how_the_commune_gets_there(commune, signed_in):
    page = signed_in("phongnoivu").get(f"{URL}moc/?nam=2026").content.decode()
    assert "10/12/2026" in page and "10/07/2026" in page
    assert "Hội đồng họp" not in page and "Gia đình văn hóa" not in page


# ── on paper ─────────────────────────────────────────────────────────────────────────────────────


def test_the_month_on_paper_is_made_once_and_anew_when_it_changes(month, signed_in, village_head):
    browser, at = signed_in("vanphong"), f"?thang={month.year}-{month.number:02d}&loai="
    assert "Chưa có tệp" in browser.get(f"{URL}ban-in/{at}").content.decode()
    assert browser.get(f"{URL}ban-in/tep/{at}").status_code == 404
    for _ in range(2):
        browser.post(f"{URL}ban-in/lap/", {"thang": f"{month.year}-{month.number:02d}", "loai": ""})
    job = Job.objects.get(kind=month_calendar.MONTH_SHEET_JOB)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == (Job.DONE, 3)
    answer = browser.get(f"{URL}ban-in/tep/{at}")
    assert answer.status_code == 200 and b"".join(answer.streaming_content).startswith(b"%PDF")
    assert signed_in("thon1").get(f"{URL}ban-in/tep/{at}").status_code == 404
    start_nothing(by=village_head, unit=unit_of(village_head), period=month, reason=NOTHING)
    Period.objects.filter(pk=month.pk).update(closed_on=month.due_on)
    assert browser.get(f"{URL}ban-in/tep/{at}").status_code == 404
    assert RenderedDraft.objects.count() == 1


def test_the_sheet_names_the_commune_and_no_person(month, commune, office):
    today, first = timezone.localdate(), date(month.year, month.number, 1)
    pages = month_calendar.month_sheet(commune, month_calendar.personal_month(office, first, "", today), "", today)
    assert "BÌNH LƯƠNG" in pages.owner.upper() and len(pages.heads) == 7
    assert all(len(week) == 7 for week in pages.weeks)
    assert sum(bool(box.number) for week in pages.weeks for box in week) >= 28


def test_a_month_full_of_things_stays_on_one_sheet():
    """Five weeks, four long lines on each working day."""
    line = ("Khen thưởng hằng năm: Văn phòng thẩm định xong", False)
    day = PlannerDay("8", lines=(line,) * 4)
    full = MonthPlanner("UBND xã", "Lịch", "Mọi việc", WEEK, ((day,) * 5 + (PlannerDay("9"),) * 2,) * 5, (), "Hết.")
    assert merge.pdf_page_count(planner.planner_pdf(full)) == 1


def test_a_month_with_few_items_stays_in_large_letters():
    quiet = MonthPlanner("UBND xã", "Lịch", "Mọi việc", WEEK, ((PlannerDay("8"),) * 7,) * 6)
    assert planner.planner_pdf(quiet) == pdf.render_pdf(
        [planner.planner_html(quiet)], quiet.title, planner.PLANNER_STYLE
    )
