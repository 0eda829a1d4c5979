"""The text of the minutes: sessions that were adjourned, cases put off, posts, numbers, headings, several awards."""

import re
from datetime import time, timedelta

import pytest

from commendations.actions.adjournment import adjourn_session, put_off_case
from commendations.actions.session import SessionSchedule, close_session, open_session, write_minutes
from commendations.models import CouncilSession, Nomination, SessionItem
from commendations.papers.chair_submission import OTHER_COLUMNS
from commendations.papers.minutes import minutes_paper
from commendations.papers.vote_results import BALLOT_COLUMNS, FIGURE_COLUMNS, NAMES_WIDTH
from commendations.rules.amendment import reason_in_sentence
from commendations.rules.wording import discussion_without_report
from commendations.tests import case_steps, factories
from emulation.core.formatting import date_in_words
from emulation.documents.blocks.body import KeyValue, Table, TableColumn, TableRowGroup
from emulation.documents.blocks.metrics import text_width
from emulation.documents.engines import html, layout
from tests.html import paper_text
from villages.models import Unit

pytestmark = pytest.mark.usefixtures("db")
REASON = "Cần xác minh thêm số tiền đóng góp."
NURSE = "Đỗ Thị Êm"


def text_of(session):
    return paper_text(html.paper_html(minutes_paper(CouncilSession.objects.get(pk=session.pk))))


def table_of(session):
    return next(block for block in minutes_paper(session).body if isinstance(block, Table))


def finished(session):
    return close_session(
        by=case_steps.user_named("vanphong"),
        session=case_steps.with_minutes(case_steps.with_vote_counts(case_steps.with_attendance(session))),
    )


@pytest.fixture
def meeting(commune):
    return case_steps.opened_session(
        case_steps.complete_nomination(),
        case_steps.complete_nomination("Lữ Thị Ơn", by="thon3"),
        case_steps.complete_nomination(NURSE, by="tramyte"),
    )


def test_a_case_put_off_was_reported_and_is_named_with_post_and_reason(meeting, office):
    put_off_case(by=office, nomination=Nomination.objects.get(person__full_name=NURSE), reason=REASON)
    finished(meeting)
    text = text_of(meeting)
    assert "báo cáo kết quả thẩm định 03 hồ sơ đề nghị tặng Giấy khen của Chủ tịch" in text
    assert ", trong đó có 01 hồ sơ chưa đưa ra xét; thảo luận và biểu quyết công khai" in text
    assert (
        f"Hồ sơ của bà {NURSE}, điều dưỡng Trạm Y tế xã Bình Lương, chưa đưa ra xét; "
        "lý do: cần xác minh thêm số tiền đóng góp." in text
    )


def test_the_minutes_name_every_adjournment(meeting, office):
    days = [meeting.held_on]
    for reason in ("Chỉ có 03 thành viên dự họp.", "Ông Lữ Văn Ba bị ốm"):
        days.append(days[-1] + timedelta(days=1))
        schedule = SessionSchedule(days[-1], time(8), "Hội trường")
        adjourn_session(by=office, session=CouncilSession.objects.get(pk=meeting.pk), schedule=schedule, reason=reason)
        open_session(by=office, session=CouncilSession.objects.get(pk=meeting.pk))
    adjourn_session(
        by=office, session=CouncilSession.objects.get(pk=meeting.pk),
        schedule=SessionSchedule(days[-1], time(14), "Hội trường"), reason="Mất điện",
    )  # fmt: skip
    open_session(by=office, session=CouncilSession.objects.get(pk=meeting.pk))
    finished(CouncilSession.objects.get(pk=meeting.pk))
    text = text_of(meeting)
    assert f"Phiên họp triệu tập {date_in_words(days[0])} hoãn vì: chỉ có 03 thành viên dự họp." in text
    assert f"Phiên họp triệu tập {date_in_words(days[1])} hoãn vì: ông Lữ Văn Ba bị ốm." in text
    assert "Phiên họp triệu tập lúc 08 giờ 00 phút cùng ngày hoãn vì: mất điện." in text
    assert f"Thời gian bắt đầu: 14 giờ 00 phút, {date_in_words(days[2])}" in text


def test_every_fact_of_the_minutes_ends_with_one_full_stop(meeting):
    CouncilSession.objects.filter(pk=meeting.pk).update(place="Phòng họp số 1.")
    meeting.refresh_from_db()
    facts = {block.label: block.value for block in minutes_paper(meeting).body if isinstance(block, KeyValue)}
    assert facts["Địa điểm"] == "Phòng họp số 1."
    assert facts["Có mặt"] == "" and facts.keys() > {"Thời gian bắt đầu", "Nội dung", "Chủ trì", "Thư ký"}
    assert not [label for label, value in facts.items() if value and (value[-1] != "." or value.endswith(".."))]


def test_a_preview_concludes_nothing_before_the_votes(meeting):
    text = text_of(meeting)
    assert "00/07" not in text and "không có" not in text and "Hội đồng không đề nghị" not in text
    case_steps.with_attendance(meeting)
    assert "06/07 thành viên Hội đồng, gồm" in text_of(meeting) and "Hội đồng không đề nghị" not in text_of(meeting)
    case_steps.with_vote_counts(CouncilSession.objects.get(pk=meeting.pk))
    assert "Hội đồng thống nhất đề nghị" in text_of(meeting)


def test_posts_and_numbers_are_written_in_one_way(meeting):
    finished(meeting)
    text = text_of(meeting)
    assert "Thư ký: Bà Nguyễn Thị Hồng Thơm, công chức Văn phòng - Thống kê, Ủy viên thường trực Hội đồng" in text
    assert ", Chủ tịch UBND xã, Chủ tịch Hội đồng" in text and ", Chủ tịch Hội LHPN xã, Ủy viên Hội đồng" in text
    assert "Có mặt:</b> 06/07 thành viên" in text and "tổng số 07 thành viên" in text
    assert "Đạt khi có ít nhất 04/07 thành viên đồng ý." in text
    assert "6/7" not in text.replace("06/07", "") and "4/7" not in text.replace("04/07", "")
    assert all(row[1:3] == ("06", "00") and row[-1] == "06/07\n85,7%\nĐạt" for row in table_of(meeting).rows)


@pytest.mark.parametrize(
    "columns",
    [
        (TableColumn("Họ và tên; đơn vị", NAMES_WIDTH), *FIGURE_COLUMNS),
        (TableColumn("Họ và tên", 27), *BALLOT_COLUMNS),
        (TableColumn("Họ và tên", 22), *OTHER_COLUMNS),
    ],
)
def test_no_heading_of_votes_breaks_a_word_or_dong_y(columns):
    limits = layout.column_limits(layout.column_widths(Table(columns, ())))[1:]
    for column, limit in zip(columns, limits, strict=True):
        parts = re.findall(r"[Đđ]ồng ý,?|\S+", column.title)
        assert max(text_width(part, bold=True) for part in parts) <= limit, column.title


def test_the_report_of_the_appraisal_is_not_written_twice(meeting, office):
    typed = "Ủy viên thường trực báo cáo kết quả thẩm định; các hồ sơ đủ thành phần."
    case_steps.with_attendance(meeting)
    write_minutes(by=office, session=meeting, discussion=typed, conclusion="", ends_at=None)
    text = text_of(meeting)
    assert text.lower().count("ủy viên thường trực báo cáo kết quả thẩm định") == 1
    assert "Các hồ sơ đủ thành phần." in text


def test_titles_are_quoted_everywhere_with_their_year(commune):
    nurse = factories.person_named(NURSE)
    teacher = factories.person_named("Bùi Thị Sen")
    cases = (("LDTT", teacher, 2025), ("CSTDCS", nurse, 2025), ("GKX", factories.three_nominees(commune)[1], 2026))
    session = factories.submission_of_awards(commune, *cases).session
    text = text_of(session)
    groups = [row.title for row in table_of(session).rows if isinstance(row, TableRowGroup)]
    assert groups == [
        "I. Giấy khen của Chủ tịch Ủy ban nhân dân xã Bình Lương", "II. Danh hiệu “Lao động tiên tiến” năm 2025",
        "III. Danh hiệu “Chiến sĩ thi đua cơ sở” năm 2025",
    ]  # fmt: skip
    assert "báo cáo kết quả thẩm định 03 hồ sơ, gồm 01 hồ sơ đề nghị tặng Giấy khen" in text
    assert "bỏ phiếu kín đối với danh hiệu “Chiến sĩ thi đua cơ sở”" in text
    for name in ("Lao động tiên tiến", "Chiến sĩ thi đua cơ sở"):
        assert text.count(name) == text.count(f"“{name}”") > 2
    case = SessionItem.objects.filter(session=session, nomination__award_code="CSTDCS")
    case.update(agree=None, against=None, other=None, passed=None, put_off=REASON)
    assert f"Hồ sơ đề nghị tặng danh hiệu “Chiến sĩ thi đua cơ sở” năm 2025 của bà {NURSE}, " in text_of(session)


@pytest.mark.parametrize(
    ("kinds", "heading"),
    [
        ((0,), "Họ và tên; đơn vị"),
        ((1,), "Tên hộ gia đình; đơn vị"),
        ((0, 1), "Họ và tên, tên hộ gia đình; đơn vị"),
        ((0, 1, 2), "Họ và tên, tên hộ gia đình, tên tập thể; đơn vị"),
    ],
)
def test_the_head_of_the_column_names_the_kinds_that_are_listed(commune, kinds, heading):
    nominees = factories.three_nominees(commune)
    session = factories.closed_session_of(commune, [nominees[kind] for kind in kinds])
    assert table_of(session).columns[0].title == heading


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Cần xác minh.", "cần xác minh"), ("UBND xã đang rà soát;", "UBND xã đang rà soát"), ("Bà Êm vắng", "bà Êm vắng"),
        ("Do mưa lũ.", "mưa lũ"), ("Vì Văn Hai vắng", "Vì Văn Hai vắng"),
        ("Nguyễn Thị Hoa chưa nộp", "Nguyễn Thị Hoa chưa nộp"), ("Trạm Y tế chưa gửi", "Trạm Y tế chưa gửi"), ("", ""),
    ],
)  # fmt: skip
def test_a_reason_inside_a_sentence(typed, printed):
    assert reason_in_sentence(typed) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Ủy viên thường trực báo cáo kết quả thẩm định.\nCác ý kiến nhất trí.", "Các ý kiến nhất trí."),
        ("ủy viên thường trực báo cáo kết quả thẩm định", ""),
        ("Ủy viên thường trực báo cáo kết quả thẩm định chậm.", "Ủy viên thường trực báo cáo kết quả thẩm định chậm."),
        ("Nhất trí.", "Nhất trí."),
        ("", ""),
    ],
)
def test_a_discussion_without_the_report(typed, printed):
    assert discussion_without_report(typed) == printed


def test_a_nominee_of_another_unit_is_listed_with_their_own(commune):
    case = case_steps.complete_nomination()
    Nomination.objects.filter(pk=case.pk).update(unit=Unit.objects.get(commune=commune, code="phunu"))
    session = case_steps.with_attendance(case_steps.opened_session(Nomination.objects.get(pk=case.pk)))
    minutes = case_steps.with_vote_counts(session)
    (row,) = table_of(minutes).rows
    assert row[0] == "Lê Thị Lụa\nThôn 1"
