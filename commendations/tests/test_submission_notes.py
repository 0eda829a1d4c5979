"""Words of the phiếu trình (whom it leaves out, the opinion) and of the report (a deed of one day, sex and year of birth)."""

import pytest

from commendations.actions import appraisal
from commendations.actions import chair_submission as actions
from commendations.models import Nomination
from commendations.papers.achievement_report import achievement_report
from commendations.papers.chair_submission import chair_submission_paper
from commendations.queries.chair_submission import submission_rows
from commendations.queries.fairness import fairness_summary
from commendations.rules.wording import opinion_without_request
from commendations.tests import factories
from commendations.tests.factories import HELD_ON
from commendations.tests.test_case_papers import NURSE, text_of, thanh  # noqa: F401
from emulation.notices.models import Notification
from villages.models import Person
from villages.rules.groups import DIRECT_LABEL

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
    for first, words in ((HELD_ON, "ngày 10"), (HELD_ON.replace(day=1), "từ ngày 01 tháng 11 đến ngày 10")):
        case.period_from = first
        case.period_to = HELD_ON
        assert f"Thời gian lập thành tích: {words} tháng 11 năm 2026." in text_of(achievement_report(case, HELD_ON))


def test_the_composition_of_the_list_is_printed_as_on_the_page(commune, thanh, office):  # noqa: F811
    Person.objects.filter(pk=thanh.pk).update(group="direct", sex="nam")
    Person.objects.filter(full_name=NURSE).update(group="", sex="", post_since=None)
    session = factories.closed_session_of(commune, [*factories.three_nominees(commune), factories.person_named(NURSE)])
    draft = actions.draft_chair_submission(by=office, session=session)
    rows = submission_rows(draft, HELD_ON)
    text = text_of(chair_submission_paper(draft, rows, HELD_ON, "A"))
    panel = fairness_summary(rows, HELD_ON)
    assert (panel.people, panel.men, panel.women, dict(panel.groups)[DIRECT_LABEL]) == (2, 1, 0, 1)
    assert (
        "Cơ cấu danh sách:</b> 01 tập thể, 01 hộ gia đình và 02 cá nhân (01 nam; "
        "01 người trực tiếp lao động, học tập; chưa rõ nhóm đối tượng: 01; chưa rõ giới tính: 01)." in text
    )


def test_a_list_without_people_has_no_composition(commune, office):
    session = factories.closed_session_of(commune, factories.three_nominees(commune)[1:])
    draft = actions.draft_chair_submission(by=office, session=session)
    assert "Cơ cấu" not in text_of(chair_submission_paper(draft, submission_rows(draft, HELD_ON), HELD_ON, "A"))


def test_each_award_of_a_list_has_its_own_composition(commune, thanh, office):  # noqa: F811
    Person.objects.filter(pk=thanh.pk).update(group="leader", sex="nam")
    session = factories.closed_session_of(commune, factories.three_nominees(commune)[:2])
    Nomination.objects.filter(person=None, items__session=session).update(award_code="GDVH")
    draft = actions.draft_chair_submission(by=office, session=session)
    text = text_of(chair_submission_paper(draft, submission_rows(draft, HELD_ON), HELD_ON, "A"))
    assert "01 cá nhân (01 nam; không có người trực tiếp lao động, học tập; 01 lãnh đạo, quản lý)" in text
    assert text.count("Cơ cấu danh sách:") == 1


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Hồ sơ đầy đủ; đề nghị Chủ tịch xem xét, quyết định.", "Hồ sơ đầy đủ."),
        ("Hồ sơ đầy đủ. Kính trình Chủ tịch UBND xã xem xét, quyết định./.", "Hồ sơ đầy đủ."),
        ("Kính đề nghị Chủ tịch xem xét, quyết định", ""),
        ("Đề nghị Chủ tịch xem xét, quyết định từng trường hợp.", "Đề nghị Chủ tịch xem xét, quyết định từng trường hợp."),
        ("Hồ sơ đầy đủ.", "Hồ sơ đầy đủ."),
        ("", ""),
    ],
)  # fmt: skip
def test_the_request_to_decide_is_printed_once(typed, printed):
    assert opinion_without_request(typed) == printed


def test_the_opinion_of_the_standing_member_does_not_repeat_the_last_line(commune, office):
    session = factories.closed_session_of(commune, factories.three_nominees(commune))
    draft = actions.draft_chair_submission(by=office, session=session)
    for typed, headings in (
        ("Đủ. Đề nghị Chủ tịch xem xét, quyết định.", 1),
        ("Đề nghị Chủ tịch xem xét, quyết định", 0),
    ):
        actions.edit_chair_submission(by=office, chair_submission=draft, opinion=typed, form=draft.form)
        paper = chair_submission_paper(draft, submission_rows(draft, HELD_ON), HELD_ON, "A")
        text = text_of(paper)
        assert text.count("xem xét, quyết định") == 1
        assert text.count("Ý kiến của Ủy viên thường trực") == headings


def test_sex_and_year_of_birth_are_on_one_line_unless_one_is_filled_in_by_hand(commune, thanh):  # noqa: F811
    case = factories.nomination_of(commune, thanh, "draft")
    assert "Giới tính: Nam; năm sinh: 1988" in text_of(achievement_report(case, HELD_ON))
    thanh.birth_year = None
    case.person = thanh
    text = text_of(achievement_report(case, HELD_ON))
    assert "Giới tính: Nam" in text and "Năm sinh:" in text and "năm sinh:" not in text
