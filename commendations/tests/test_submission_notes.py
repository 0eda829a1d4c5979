"""The phiếu trình names whom the council passed and it leaves out; a report has the day of a deed of one day."""

import pytest

from commendations.actions import appraisal
from commendations.models import Nomination
from commendations.papers.nomination import achievement_report
from commendations.tests import factories
from commendations.tests.factories import HELD_ON
from commendations.tests.test_case_papers import NURSE, text_of, thanh  # noqa: F401
from emulation.notices.models import Notification

pytestmark = pytest.mark.usefixtures("db")


def test_who_the_council_passed_and_is_not_submitted_is_named(commune, thanh, office):  # noqa: F811
    session = factories.closed_session_of(commune, [thanh, factories.person_named(NURSE)])
    left_out = Nomination.objects.get(person__full_name=NURSE)
    appraisal.return_after_council(by=office, nomination=left_out, reason="Số liệu khác biên bản họp bình xét.")
    notice = Notification.objects.filter(text__contains="trả lại sau khi Hội đồng xét").first()
    assert notice.text.endswith("(số liệu khác biên bản họp bình xét).")
    text = text_of(factories.submitted_session(session).document.paper)
    noted = f"Hội đồng cũng thống nhất đề nghị khen thưởng bà {NURSE}, điều dưỡng Trạm Y tế xã Bình Lương"
    assert f"{noted}; hồ sơ chưa trình lần này." in text and text.count(NURSE) == 1 and text.count("./.") == 1


def test_a_deed_of_one_day_has_that_day(commune, thanh):  # noqa: F811
    case = factories.nomination_of(commune, thanh, "draft")
    for first, words in ((HELD_ON, "ngày 10"), (HELD_ON.replace(day=1), "từ ngày 01 tháng 11 năm 2026 đến ngày 10")):
        case.period_from = first
        case.period_to = HELD_ON
        assert f"Thời gian lập thành tích: {words} tháng 11 năm 2026." in text_of(achievement_report(case, HELD_ON))
