"""The count day of a report, and what changes in a quarter after it was reported."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.exemplars.actions.exemplar import ExemplarContent, accept_exemplar, start_exemplar, submit_exemplar
from campaigns.exemplars.actions.period import open_month
from campaigns.models import Exemplar, Field
from commendations.models import Amendment, Award, Nomination
from commendations.tests import amendment_steps
from emulation.core.errors import RuleBroken
from emulation.legal.tests.local_value_builders import approved_local_value
from emulation.workflow.calendar_registry import deadlines_between
from reports.actions import period_report
from reports.actions.period_report import period_report_approval
from reports.models import PeriodReport
from reports.papers.period_report import figures_of_report, period_report_paper
from reports.queries import granted_awards
from reports.queries.report_figures import figure_by_key, quarter_figures
from reports.queries.todo import todo_of
from reports.tests.report_steps import issued, on, written
from tests.html import page_of, paper_text
from villages.models import Person, Unit

pytestmark = pytest.mark.both_databases

COUNT_DAY = date(2026, 12, 31)
DEED = "Vận động bảy hộ trong thôn góp công làm lại mương nước dài 300 mét."


def text_of(report: PeriodReport, day: date) -> str:
    return repr(period_report_paper(report, day))


# ── the count day ────────────────────────────────────────────────────────────────────────────────
def test_a_report_is_drafted_before_its_count_day_and_marked(awards, commune, office, chair, clerk, signed_in):
    report = written(commune, office, 4)
    assert report.is_provisional and "số liệu tạm tính đến ngày 20 tháng 11 năm 2026" in text_of(
        report, date(2026, 11, 20)
    )
    assert "Số liệu tạm tính" in page_of(signed_in("vanphong").get(report.get_absolute_url()))
    with pytest.raises(RuleBroken, match="chốt hết ngày 31/12/2026"):
        period_report_approval.submit(report, by=office)
    with on(COUNT_DAY):
        assert not report.is_provisional and "tạm tính" not in text_of(report, COUNT_DAY)
        period_report_approval.submit(report, by=office)
        period_report_approval.approve(report, by=chair)
        with pytest.raises(RuleBroken, match="không ban hành báo cáo trước ngày đó") as broken:
            period_report_approval.issue(report, by=clerk, issued_on=date(2026, 12, 30))
        assert broken.value.field == "issued_on"
        assert period_report_approval.issue(report, by=clerk, issued_on=COUNT_DAY).state == "sent"


def test_figures_frozen_too_early_or_in_an_older_form_are_not_issued(awards, commune, office, chair, clerk):
    report = written(commune, office, 4)
    with on(COUNT_DAY):
        period_report_approval.submit(report, by=office)
        period_report_approval.approve(report, by=chair)
        for change in (
            {"frozen_at": timezone.now().replace(day=1)},
            {"figures": {"sections": [], "by_unit": [], "by_field": []}},
        ):
            PeriodReport.objects.filter(pk=report.pk).update(**change)
            report.refresh_from_db()
            with pytest.raises(RuleBroken, match="đưa về Văn phòng sửa"):
                period_report_approval.issue(report, by=clerk, issued_on=COUNT_DAY)
        assert figure_by_key(figures_of_report(report), "granted")["value"] == 2, "counted again"


def test_the_commune_sets_its_own_count_day(awards, commune, office):
    approved_local_value(commune, "report.quarter.count_day", pairs=[("", "")], content=14, starts_on=date(2026, 10, 1))
    report = written(commune, office, 4)
    assert report.count_day == date(2026, 12, 14)
    assert quarter_figures(commune.pk, 2026, 4)["counted"] == ["2026-10-01", "2026-12-14"]
    with on(date(2026, 12, 14)):
        period_report_approval.submit(report, by=office)


def test_the_report_is_due_on_a_working_day_and_late_only_the_first_time(reported, office, superior):
    with on(date(2027, 1, 20)):
        period_report.send_back_period_report(by=superior, report=reported, reason="Thiếu phần xã hội hóa.")
        period_report.redo_period_report(by=office, report=reported)
        today = date(2027, 1, 20)
        [task] = [task for task in todo_of(office, today).tasks if task.key == (reported.subject_key, reported.pk)]
        assert task.due is None and not task.late
        [entry] = deadlines_between(office, date(2027, 1, 15), date(2027, 1, 15), "report")
        assert (entry.done, entry.note) == (True, "đã gửi, đang lập lại")
        assert PeriodReport.objects.get(pk=reported.pk).first_sent_on == date(2027, 1, 4)


# ── what counts ──────────────────────────────────────────────────────────────────────────────────
def test_awards_of_the_superior_count_by_the_day_of_their_decision(awards, commune):
    done = Nomination.objects.filter(state="awarded").first()
    person = Person.objects.get(full_name="Lê Thị Lụa")
    Nomination.objects.create(
        commune=commune, unit=person.unit, person=person, award_code="BKT", kind="CT", state="awarded_above", year=2026,
        received_on=date(2026, 9, 20), outcome_no="120/QĐ-UBND", outcome_on=date(2026, 10, 2),
        outcome_by="Chủ tịch UBND tỉnh", achievement=done.achievement,
    )  # fmt: skip
    counted = quarter_figures(commune.pk, 2026, 4)
    values = {
        key: figure_by_key(counted, key)["value"] for key in ("granted", "granted_above", "granted_women", "awards")
    }
    assert values == {"granted": 3, "granted_above": 1, "granted_women": 2, "awards": 1}
    assert figure_by_key(counted, "granted")["decisions"][-1].endswith(
        "120/QĐ-UBND ngày 02/10/2026 của Chủ tịch UBND tỉnh"
    )
    assert figure_by_key(quarter_figures(commune.pk, 2026, 3), "granted")["value"] == 0


def test_the_paper_explains_how_it_counts(reported):
    html = paper_text(reported.document.html)
    for words in (
        "từ ngày 01 tháng 10 đến ngày 31 tháng 12 năm 2026",
        "khen thưởng theo ngày của quyết định",
        "Có 02 lượt khen thưởng (02 cá nhân): 01 Giấy khen",
        "Cá nhân được khen thưởng quý IV năm 2026",
    ):
        assert words in html, words
    assert "Điều chỉnh số liệu" not in html, "there is no earlier report"


def test_a_sent_report_says_what_has_changed_since(reported, awards, commune, signed_in):
    page = reported.get_absolute_url()
    assert "Số liệu đã thay đổi sau khi gửi" not in page_of(signed_in("phongnoivu").get(page))
    decision = Award.objects.get(person__full_name="Vi Văn Thành").decision
    with on(date(2027, 1, 5)):
        amendment_steps.issued(decision, Amendment.CANCELLATION, on=date(2027, 1, 5))
    for login in ("phongnoivu", "vanphong"):
        text = page_of(signed_in(login).get(page))
        assert "Số liệu đã thay đổi sau khi gửi" in text and "đã báo cáo 2, nay 1 (-1)" in text, login
        assert "bớt: Vi Văn Thành" in text, login


# ── adjustments ──────────────────────────────────────────────────────────────────────────────────
def test_changes_after_the_report_stand_in_the_next_one(
    reported, awards, commune, office, user, village_head, signed_in, monkeypatch
):
    gone = awards.get(award_code="GKX")
    with on(date(2027, 4, 2)):
        amendment_steps.issued(gone.decision, Amendment.CANCELLATION, on=date(2027, 4, 2))
        late = open_month(commune=commune, on=date(2026, 12, 1))
        unit = Unit.objects.get(code="thon1")
        content = ExemplarContent(kind=Exemplar.COLLECTIVE, field=Field.objects.first(), deed=DEED)
        exemplar = start_exemplar(by=village_head, unit=unit, period=late, content=content)
        submit_exemplar(by=village_head, exemplar=exemplar)
        accept_exemplar(by=office, exemplar=exemplar)
        following = written(commune, office, 1, 2027)
        lines = {line["key"]: line for line in figures_of_report(following)["adjustments"]}
        assert {key: line["now"] - line["reported"] for key, line in lines.items()} == {
            "exemplars": 1, "exemplars_collective": 1, "granted": -1, "granted_person": -1, "granted_CT": -1, "granted_direct": -1,
            "awards": -1, "money": -gone.amount,
        }  # fmt: skip
        assert [name[1] for name in lines["granted"]["removed"]] == [gone.name]
        page = page_of(signed_in("vanphong").get(following.get_absolute_url()))
        assert "Điều chỉnh số liệu đã báo cáo" in page and f"bớt: {gone.name}" in page
        issued(following, user)
        paper = Award.objects.with_standing().get(pk=gone.pk).ended_by
        reason = f"đã hủy bỏ theo Quyết định số {paper.reference} ngày 02 tháng 4 năm 2027"
        assert f"Quý IV năm 2026, bớt: {gone.name} (Thôn 1), {reason}." in paper_text(following.document.html)
        assert f"bớt: {gone.name} (Thôn 1), {reason}" in page_of(
            signed_in("phongnoivu").get(reported.get_absolute_url())
        )
        assert figures_of_report(reported)["adjustments"] == [], "an issued report stays as it is"
    with on(date(2027, 7, 1)):
        third = written(commune, office, 2, 2027)
        assert figures_of_report(third)["adjustments"] == [], "reported once"
        assert "không thay đổi" in text_of(third, date(2027, 7, 1))
        monkeypatch.setattr(granted_awards, "awards_that_count", Award.objects.all)
        back = {line["key"]: line["now"] - line["reported"] for line in figures_of_report(third)["adjustments"]}
        assert back["granted"] == 1 and back["money"] == gone.amount


def test_a_replaced_award_is_a_minus_in_its_quarter_and_counts_in_that_of_the_new_decision(reported, awards, commune):
    old = awards.get(award_code="GKX")
    with on(date(2027, 2, 3)):
        amendment_steps.issued(old.decision, Amendment.REPLACEMENT, on=date(2027, 2, 3), place="Thôn 2")
        counted = quarter_figures(commune.pk, 2027, 1)
    lines = {line["key"]: line for line in counted["adjustments"]}
    assert (lines["awards"]["reported"], lines["awards"]["now"]) == (1, 0)
    assert [ident for ident, *_ in lines["awards"]["removed"]] == [f"award:{old.pk}"]
    new = Award.objects.get(replaces=old).decision.document
    replaced = f"đã thay thế bằng Quyết định số {new.reference} ngày 03 tháng 02 năm 2027"
    assert lines["awards"]["reasons"] == {f"award:{old.pk}": replaced}
    assert figure_by_key(counted, "awards")["ids"] == [f"award:{Award.objects.get(replaces=old).pk}"]


def test_a_corrected_name_is_no_adjustment(reported, awards, commune):
    with on(date(2027, 2, 3)):
        decision = awards.get(award_code="GKX").decision
        amendment_steps.issued(
            decision, Amendment.CORRECTION, on=date(2027, 2, 3), name="Vi Văn Thạnh", recipient="Ông Vi Văn Thạnh"
        )
        assert quarter_figures(commune.pk, 2027, 1)["adjustments"] == []
    assert figure_by_key(quarter_figures(commune.pk, 2026, 4), "awards")["names"][0][0] == "Vi Văn Thạnh"


def test_a_report_that_is_being_redone_is_not_compared(reported, office, superior, commune, monkeypatch):
    monkeypatch.setattr(granted_awards, "awards_that_count", Award.objects.none)
    with on(date(2027, 4, 2)):
        assert quarter_figures(commune.pk, 2027, 1)["adjustments"]
        period_report.send_back_period_report(by=superior, report=reported, reason="Số liệu chưa khớp.")
        period_report.redo_period_report(by=office, report=reported)
        counted = quarter_figures(commune.pk, 2027, 1)
        assert (counted["adjustments"], counted["compared"]) == ([], [])


def test_the_number_of_queries_does_not_depend_on_the_number_of_reports(reported, commune, office, user):
    counts = []
    for quarters in ((), (2, 3)):
        for quarter in quarters:
            issued(written(commune, office, quarter), user)
        with CaptureQueriesContext(connection) as caught:
            quarter_figures(commune.pk, 2027, 1)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 16
