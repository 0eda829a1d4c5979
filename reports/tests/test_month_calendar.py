"""Lịch công tác: which deadlines each role sees, the steps counted back from due dates, the pages."""

import re
from datetime import date, timedelta

import pytest

from campaigns.exemplars.actions.exemplar import return_exemplar, start_nothing, submit_exemplar
from campaigns.models import Period
from emulation.communes.capacity import capacity_of
from emulation.legal.calendar import actions
from emulation.legal.tests.local_value_builders import approved_local_value
from emulation.workflow import calendar_registry, permissions
from emulation.workflow.calendar_registry import Deadline, DeadlineKind
from reports.queries import milestones
from villages.models import Unit

URL = "/lich-cong-tac/"
NOTHING = "Tháng này chưa có việc nổi bật"
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def titles(user, first, last, only=""):
    return [(one.day, one.title) for one in calendar_registry.deadlines_between(user, first, last, only)]


# ── the registry ─────────────────────────────────────────────────────────────────────────────────


def test_a_kind_of_deadline_is_shown_only_to_users_with_its_permission(commune, office, village_head):
    with calendar_registry.deadline_kinds.replaced(dict(calendar_registry.deadline_kinds.items())):
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


def test_identifiers_of_deadlines_are_unique(month, office, chair, village_head, superior):
    for user in (office, chair, village_head, superior):
        idents = [one.ident for one in calendar_registry.deadlines_between(user, date(2025, 1, 1), date(2027, 12, 31))]
        assert len(idents) == len(set(idents)) > 20


# ── who sees what ────────────────────────────────────────────────────────────────────────────────


def test_each_role_sees_its_kinds(month, user):
    def kinds(login):
        return [kind.code for kind in calendar_registry.deadline_kinds_for(user(login))]

    staff_kinds = [
        "period",
        "letter",
        "duty",
        "campaign",
        "session",
        "appraisal",
        "evaluation",
        "report",
        "milestone",
        "holiday",
    ]
    assert kinds("vanphong") == kinds("chutich") == kinds("vanthu") == staff_kinds
    assert kinds("thon1") == ["period", "letter", "duty", "campaign", "appraisal", "evaluation", "milestone", "holiday"]
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
    assert (mine.done, mine.note) == (True, "đã gửi"), "the first sending counts"


def unit_of(user):
    return Unit.objects.get(pk=min(capacity_of(user).unit_ids))


def test_a_period_is_shown_on_its_closing_day_or_on_the_planned_one(month, office):

    def closings():
        first = month.due_on
        found = calendar_registry.deadlines_between(office, first, first + timedelta(days=40), "period")
        return [one for one in found if one.key.startswith("close")]

    planned = closings()
    assert [one.done for one in planned] == [None] and "tự chốt" in planned[0].note
    Period.objects.filter(pk=month.pk).update(closed_on=month.due_on + timedelta(days=3))
    assert [(one.day, one.done) for one in closings()] == [(month.due_on + timedelta(days=3), True)]


def test_users_of_another_commune_see_no_deadlines_of_this_one(month, other_commune, user):
    assert titles(user("la-thon1"), month.due_on, month.due_on, "period") == []
    assert titles(user("la-vanphong"), month.due_on, month.due_on, "period") == []


def test_the_superior_sees_whether_the_report_has_arrived(commune, superior, office):
    day = date(2026, 10, 15)
    for user, note in ((superior, "chưa nhận"), (office, "chưa lập")):
        found = calendar_registry.deadlines_between(user, day, day, "report")
        assert [(one.title, one.done, one.note) for one in found] == [("Hạn gửi báo cáo quý III năm 2026", None, note)]


def test_reports_of_the_fourth_quarter_are_due_in_the_next_year(commune, office):
    assert [day for day, _ in titles(office, date(2026, 12, 1), date(2027, 1, 31), "report")] == [date(2027, 1, 15)]


# ── counted back ─────────────────────────────────────────────────────────────────────────────────


def test_the_steps_before_the_superiors_due_date_are_counted_back(commune, office, superior, village_head, user):
    days = {title: day for day, title in titles(office, *YEAR, "milestone")}
    assert days["Cấp trên nhận hồ sơ khen thưởng hằng năm trước ngày này"] == date(2026, 12, 10)
    assert days["Khen thưởng hằng năm: Gửi hồ sơ lên cấp trên"] == date(2026, 12, 9)
    assert not [title for title in days if "ở xã" in title], "what the commune decides is not counted back"
    assert len([title for title in days if title.startswith("Khen thưởng năm học")]) == 5
    assert {title for _, title in titles(superior, *YEAR, "milestone")} == {
        "Cấp trên nhận hồ sơ khen thưởng hằng năm trước ngày này",
        "Cấp trên nhận hồ sơ khen thưởng năm học trước ngày này",
    }


def test_each_role_has_its_own_steps(commune, village_head, user):
    village = {title for _, title in titles(village_head, *YEAR, "milestone")}
    assert "Khen thưởng hằng năm: Đơn vị nộp hồ sơ" in village and "Gia đình văn hóa: Thôn họp bình xét" in village
    assert not [title for title in village if "Chủ tịch" in title or "năm học" in title]
    assert "Khen thưởng hằng năm: Hội đồng họp" in {title for _, title in titles(user("hoidong2"), *YEAR, "milestone")}


def test_steps_before_a_due_date_of_the_next_year_are_shown(commune, office):
    """A step of the chain of next year may have its day in this year."""
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


def test_a_local_due_date_moves_the_chain_over_tet(commune, office):
    """Due on 25/2/2026: the days of Tết (16 to 20 February) are not counted as working days."""
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


def test_the_month_shows_all_its_days_and_links_to_its_neighbours(month, signed_in):
    page = signed_in("thon1").get(f"{URL}?thang={month.year}-{month.number:02d}").content.decode()
    assert f"Lịch tháng {month.number}/{month.year}" in page and "Hạn gửi điển hình" in page
    assert page.count("lich-cong-tac/ngay/?ngay=") >= 28
    page = signed_in("thon1").get(f"{URL}?thang=2026-01").content.decode()
    assert "Tháng 12/2025" in page and "Tháng 2/2026" in page and "Tết Dương lịch" in page


def test_the_filter_shows_one_kind_and_is_ignored_for_a_kind_of_other_roles(month, signed_in):
    """The text of an empty month contains "Hạn gửi điển hình" as well; the title of a deadline also has a month or quarter."""
    url = f"{URL}?thang={month.year}-{month.number:02d}&loai="
    due = re.compile("Hạn gửi điển hình (tháng|quý)")
    assert not due.search(signed_in("vanphong").get(f"{url}milestone").content.decode())
    assert due.search(signed_in("vanphong").get(f"{url}period").content.decode())
    assert due.search(signed_in("thon1").get(f"{url}session").content.decode())


def test_an_empty_month_explains_what_it_will_contain(commune, signed_in):
    page = signed_in("quantri").get(f"{URL}?thang=2026-10").content.decode()
    assert "Tháng này chưa có việc nào" in page


def test_a_year_without_known_holidays_shows_a_warning(commune, signed_in):
    assert "Lịch nghỉ năm này chưa có" in signed_in("vanphong").get(f"{URL}?thang=2060-05").content.decode()
    assert "Lịch nghỉ năm này chưa có" not in signed_in("vanphong").get(f"{URL}?thang=2026-05").content.decode()


@pytest.mark.parametrize("query", ["", "?ngay=31/02/2026", "?ngay=<script>", "?ngay=01/01/1950", "?ngay=02/09/2026"])
def test_the_day_page_opens_for_any_query(commune, signed_in, query):
    answer = signed_in("phongnoivu").get(f"{URL}ngay/{query}")
    assert answer.status_code == 200
    assert ("Quốc khánh" in answer.content.decode()) is query.endswith("02/09/2026")


def test_the_milestones_page_links_to_the_form_for_a_local_due_date(commune, signed_in):
    page = signed_in("vanphong").get(f"{URL}moc/?nam=2026")
    form_url = page.context["chains"][0]["set"]
    assert "Đặt ngày của năm nay" in page.content.decode()
    assert "Đặt ngày của năm nay" not in signed_in("thon1").get(f"{URL}moc/?nam=2026").content.decode()
    form = signed_in("vanphong").get(form_url).content.decode()
    assert "10/12" in form and "Ngày trong năm" in form
    assert signed_in("quantri").get(f"{URL}moc/").status_code == 403
    assert "Cách tính, căn cứ" in signed_in("hoidong2").get(f"{URL}moc/?nam=2026").content.decode()


def test_the_superior_sees_their_due_dates_without_the_steps_of_the_commune(commune, signed_in):
    page = signed_in("phongnoivu").get(f"{URL}moc/?nam=2026").content.decode()
    assert "10/12/2026" in page and "10/07/2026" in page
    assert "Hội đồng họp" not in page and "Gia đình văn hóa" not in page
