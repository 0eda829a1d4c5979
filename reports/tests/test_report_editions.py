"""A report that was sent back and is made again: the superior keeps what they had, then reads what changed."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils import timezone

from reports.actions import period_report
from reports.actions.period_report import period_report_approval
from reports.queries.report_edition import edition_changes
from reports.queries.report_figures import figures_by_section, quarter_figures
from reports.tests.test_period_report import accept, period, report, sent, written  # noqa: F401
from reports.tests.test_turn import tasks_about
from tests.html import page_of

pytestmark = pytest.mark.usefixtures("on_count_day")
REASON = "Thiếu danh sách."
CHAIR_REASON = "Chưa đạt, viết lại."
OLD = "Bản đầu đã gửi."
NEW = "Bản mới, chưa trình."


@pytest.fixture
def redone(sent, office, superior):  # noqa: F811
    type(sent).objects.filter(pk=sent.pk).update(assessment=OLD)
    sent.refresh_from_db()
    period_report.send_back_period_report(by=superior, report=sent, reason=REASON)
    assert [task.reason for task in tasks_about(office, sent)] == [REASON]
    period_report.redo_period_report(by=office, report=sent)
    return period_report_approval.save(sent, by=office, assessment=NEW)


def sheet_text(answer):
    return ZipFile(BytesIO(answer.content)).read("xl/sharedStrings.xml").decode()


def test_the_superior_reads_the_sent_edition_while_it_is_made_again(redone, signed_in, office, chair, superior):
    assert [task.reason for task in tasks_about(office, redone)] == [REASON]
    period_report_approval.submit(redone, by=office)
    period_report_approval.send_back(redone, by=chair, reason=CHAIR_REASON)
    browser = signed_in("phongnoivu")
    page = page_of(browser.get(redone.get_absolute_url()))
    assert OLD in page and "Xã đang lập lại báo cáo này" in page and "Cấp trên trả lại" in page and REASON in page
    assert NEW not in page and CHAIR_REASON not in page and "Đã sửa so với" not in page
    assert "Cấp trên trả lại" in page_of(browser.get("/bao-cao/"))
    staff = page_of(signed_in("vanphong").get(redone.get_absolute_url()))
    assert NEW in staff and CHAIR_REASON in staff and "Đã sửa so với bản đã gửi" in staff


def test_figures_and_workbook_stay_those_that_were_sent(redone, period, office, village_head, signed_in):  # noqa: F811
    accept(period, village_head, office, "Lê Thị Lụa")
    browser = signed_in("phongnoivu")
    address = redone.get_absolute_url()
    key = redone.sent_edition["figures"]["sections"][0]["figures"][0]["key"]
    assert "Lê Thị Lụa" not in page_of(browser.get(f"{address}so-lieu/{key}/"))
    assert "Lê Thị Lụa" in page_of(signed_in("vanphong").get(f"{address}so-lieu/{key}/"))
    assert "Lê Thị Lụa" not in sheet_text(browser.get(f"{address}bang-so-lieu.xlsx"))


def test_the_new_edition_shows_old_and_new_texts_figures_and_names(
    redone, period, office, chair, clerk, village_head, signed_in  # noqa: F811
):  # fmt: skip
    accept(period, village_head, office, "Lê Thị Lụa")
    period_report_approval.submit(redone, by=office)
    period_report_approval.approve(redone, by=chair)
    period_report_approval.issue(redone, by=clerk, issued_on=timezone.localdate())
    page = page_of(signed_in("phongnoivu").get(redone.get_absolute_url()))
    assert "Đã sửa so với bản đã gửi" in page and OLD in page and NEW in page
    changes = {change.label: change for change in edition_changes(redone, redone.figures)}
    assert (changes["Đánh giá chung"].old, changes["Đánh giá chung"].new) == (OLD, NEW)
    names = changes["Điển hình tiên tiến: Điển hình được chấp nhận: những tên khác nhau"]
    assert names.old == "mọi tên vẫn còn" and names.new == "thêm: Lê Thị Lụa (Thôn 1)"
    units = changes["Điển hình tiên tiến: Đơn vị đã gửi điển hình: những tên khác nhau"]
    assert units.new == "thêm: Thôn 1"


def test_a_report_that_was_never_sent_again_has_no_differences(sent):  # noqa: F811
    assert edition_changes(sent, sent.figures) is None and sent.as_sent is sent


def test_a_report_in_redoing_from_before_editions_were_kept_stays_unseen(redone, superior):
    type(redone).objects.update(sent_edition={})
    assert not type(redone).objects.visible_to(superior).exists()


def test_the_page_of_the_first_paper_has_what_took_its_place_once(redone, office, chair, clerk, signed_in):
    first = redone.document
    period_report_approval.submit(redone, by=office)
    period_report_approval.approve(redone, by=chair)
    period_report_approval.issue(redone, by=clerk, issued_on=timezone.localdate())
    event = first.events.get(kind="replaced")
    assert (event.note, event.basis_word) == ("", "Thay bằng")
    page = page_of(signed_in("vanphong").get(first.get_absolute_url()))
    assert page.count(redone.document.dated) == 2, "in the note and in the course of events"
    assert f'Thay bằng <a href="{redone.document.get_absolute_url()}">{redone.document.dated}</a>.' in page


def test_exemplars_have_a_sum_of_the_year_and_units_none(redone):
    counted = quarter_figures(redone.commune_id, redone.year, redone.quarter)
    figures = {figure["key"]: figure["year_value"] for _, figure in figures_by_section(counted)}
    assert figures["exemplars"] == sum(figures[f"exemplars_{kind}"] for kind in ("person", "household", "collective"))
    assert figures["units_sent"] is None
