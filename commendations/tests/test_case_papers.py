"""The text of the other papers of a case: report, request, phiếu trình, tờ trình to the superior, payment list."""

from datetime import date, timedelta

import pytest

from commendations.actions.nomination import AwardRequest, choose_award, start_nomination
from commendations.forms.nomination import NominationForm
from commendations.models import Nomination
from commendations.papers.achievement_report import achievement_report
from commendations.papers.commendation_request import commendation_request
from commendations.queries.nomination import past_awards_in_register
from commendations.tests import case_steps, factories
from commendations.tests.factories import HELD_ON
from emulation.documents.blocks.body import Table
from emulation.documents.engines import html, pdf
from emulation.documents.tests import nd30
from emulation.legal import current
from tests.html import paper_text

pytestmark = pytest.mark.usefixtures("db")
NURSE = "Đỗ Thị Êm"
PROVINCE = "Chủ tịch Ủy ban nhân dân tỉnh Thanh Hóa"


def text_of(paper):
    return paper_text(html.paper_html(paper))


def tables_of(paper):
    return [block for block in paper.body if isinstance(block, Table)]


@pytest.fixture
def thanh(commune):
    return factories.person_named("Vi Văn Thành")


# ── báo cáo thành tích ───────────────────────────────────────────────────────────────────────────
def test_a_report_lists_the_awards_decided_before_its_day(commune, thanh):
    factories.issued_decision(commune, [thanh])
    case = factories.nomination_of(commune, thanh, "draft")
    assert [len(past_awards_in_register(case, HELD_ON + timedelta(days))) for days in (-1, 0, 1)] == [0, 0, 1]
    earlier = text_of(achievement_report(case, date(2025, 12, 3)))
    later = text_of(achievement_report(case, date(2026, 12, 3)))
    decision = "Quyết định số 01/QĐ-UBND ngày 10/11/2026 của Chủ tịch Ủy ban nhân dân xã Bình Lương"
    assert decision not in earlier and decision in later
    assert "<b>2. Hình thức khen thưởng:</b> chưa có." in earlier


def test_the_column_of_decisions_names_the_issuer_only_if_every_row_does(commune, thanh):
    factories.issued_decision(commune, [thanh])
    case = factories.nomination_of(commune, thanh, "draft")
    day = date(2026, 12, 3)
    case.past_awards = "2024; Giấy khen; Quyết định số 20/QĐ-UBND ngày 10/12/2024"
    (forms,) = tables_of(achievement_report(case, day))
    assert forms.columns[-1].title == "Số, ngày, tháng, năm của quyết định"
    case.past_awards = "2026; Giấy khen; Quyết định số 01/QĐ-UBND ngày 10/11/2026"  # typed, and in the register
    (forms,) = tables_of(achievement_report(case, day))
    assert len(forms.rows) == 1
    case.past_awards = "2024; Giấy khen; Quyết định số 20/QĐ-UBND ngày 10/12/2024 của Chủ tịch UBND huyện"
    (forms,) = tables_of(achievement_report(case, day))
    assert forms.columns[-1].title.endswith("; cơ quan ban hành") and len(forms.rows) == 2


@pytest.mark.parametrize(("sentences", "most_pages"), [(1, 1), (6, 1), (14, 2), (18, 2), (40, 4)])
def test_a_report_fits_one_page_or_takes_its_last_section_along(commune, thanh, sentences, most_pages):
    case = case_steps.fill_nomination(
        factories.nomination_of(commune, thanh, "draft"), deed=f"{case_steps.DEED}\n" * sentences
    )
    case.past_awards = ""
    paper = achievement_report(case, HELD_ON)
    pages = nd30.measure_pages(pdf.render_paper(html.paper_html(paper), paper.title))
    last = pages[-1]
    assert last.find("1. Danh hiệu thi đua:").bottom < last.find("2. Hình thức khen thưởng:").bottom
    assert last.find("2. Hình thức").bottom < last.find("NGƯỜI BÁO CÁO").bottom
    assert len(pages) <= most_pages


def test_days_in_running_text_are_in_words(commune, thanh):
    case = case_steps.fill_nomination(factories.nomination_of(commune, thanh, "draft"))
    text = text_of(achievement_report(case, HELD_ON))
    assert "từ ngày 01 tháng 01 đến ngày 31 tháng 10 năm 2026." in text


# ── giấy đề nghị, tờ trình of the unit ───────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("place", "columns"), [(0, ("Họ và tên", "Chức vụ, đơn vị")), (1, ("Tên hộ gia đình", "Địa chỉ")), (2, ("Tên tập thể", "Địa chỉ"))]
)  # fmt: skip
def test_a_request_has_the_columns_of_its_nominee(commune, place, columns):
    case = factories.nomination_of(commune, factories.three_nominees(commune)[place], "draft")
    (table,) = tables_of(commendation_request(case, HELD_ON))
    assert tuple(column.title for column in table.columns[:2]) == columns
    assert all(cell[:1].isupper() for cell in table.rows[0])


def test_a_request_for_a_title_by_standards_names_them(commune, village_head):
    family = case_steps.household_by_head()
    case = start_nomination(by=village_head, unit=family.unit, nominee=family)
    choose_award(by=village_head, nomination=case, requested=AwardRequest("GDVH", 2026))
    text = text_of(commendation_request(case, HELD_ON))
    assert "01 hộ gia đình có tên sau đây, đã đạt tiêu chuẩn gia đình văn hóa năm 2026:" in text
    assert "phong trào thi đua năm" not in text
    assert "sau chữ “đã …”" in NominationForm(nomination=case, kinds=("merit",)).fields["achievement"].help_text
    assert "Biên bản họp bình xét ngày …… tháng …… năm 2026 của Thôn 1." in text, "room for the pen"


def test_a_unit_without_a_village_has_its_address_in_capitals(commune):
    case = factories.nomination_of(commune, case_steps.unit_by_code("phunu"), "draft")
    (table,) = tables_of(commendation_request(case, HELD_ON))
    assert table.rows[0][1].startswith("Xã Bình Lương")


def test_a_request_names_the_superior_who_decides(commune, thanh):
    case = factories.nomination_of(commune, thanh, "draft")
    Nomination.objects.filter(pk=case.pk).update(award_code="BKT", year=2025)
    case.refresh_from_db()
    text = text_of(commendation_request(case, HELD_ON))
    assert f"xét, trình {PROVINCE} tặng Bằng khen (" in text
    assert f"xem xét, trình {PROVINCE} quyết định./." in text and "cấp trên" not in text
    Nomination.objects.filter(pk=case.pk).update(award_code="LDTT")
    case.refresh_from_db()
    paper = commendation_request(case, HELD_ON)
    assert paper.subject.endswith("ặng danh hiệu “Lao động tiên tiến” năm 2025")
    assert "xem xét, quyết định./." in text_of(paper)


# ── phiếu trình ──────────────────────────────────────────────────────────────────────────────────
def test_a_phieu_trinh_of_several_awards(commune, thanh):
    nurse = factories.person_named(NURSE)
    household, village = factories.three_nominees(commune)[1:]
    cases = (("LDTT", nurse, 2025), ("CSTDCS", nurse, 2025), ("BKT", thanh, 2025), ("GKX", household, 2026), ("GKX", village, 2026))  # fmt: skip
    paper = factories.submission_of_awards(commune, *cases).document.paper
    assert paper.subject == (
        "Về việc tặng Giấy khen, danh hiệu “Lao động tiên tiến” năm 2025, danh hiệu “Chiến sĩ thi đua cơ sở” năm 2025; "
        f"trình {PROVINCE} tặng Bằng khen"
    )
    text = text_of(paper)
    for heading in (
        "I. Giấy khen của",
        "II. Danh hiệu “Lao động tiên tiến” năm 2025",
        "III. Danh hiệu “Chiến sĩ",
        "IV. Bằng khen",
    ):
        assert f">{heading}" in text
    assert f"Bà {NURSE} (danh hiệu “Lao động tiên tiến” năm 2025): cùng thời gian được hưởng mức thưởng cao hơn" in text
    money = text[text.index("3. Tiền thưởng dự kiến") :].lower()
    for right in ("hộ gia đình lê văn bảy", "ông vi văn thành", "thôn 2"):
        assert right in money
    for wrong in ("ông hộ", "bà hộ", "ông thôn 2", "ông lê văn bảy", "đã nhận mức", "/QH15", "/11/2026"):
        assert wrong not in money and wrong not in text
    assert text.count("05/07") == 6


def test_a_title_without_money_has_no_sum(commune):
    family = factories.three_nominees(commune)[1]
    text = text_of(factories.submission_of_awards(commune, ("GDVH", family, 2026)).document.paper)
    money = text[text.index("3. Tiền thưởng dự kiến") :]
    assert "hộ gia đình lê văn bảy: không kèm tiền thưởng" in money.lower()
    for wrong in ("Tổng cộng 0 đồng", "Không đồng", "Quỹ thi đua", "Mức lương cơ sở", "Làm tròn"):
        assert wrong not in money


def test_one_award_of_the_commune_is_named_in_full(commune, thanh):
    paper = factories.submitted_to_chair(commune, [thanh]).document.paper
    assert paper.subject == "Về việc tặng Giấy khen của Chủ tịch Ủy ban nhân dân xã Bình Lương"
    assert "tại ngày 10 tháng 11 năm 2026" in text_of(paper)
    assert "Căn cứ Biên bản họp ngày 10 tháng 11 năm 2026 của Hội đồng" in text_of(paper)
    assert "Hội đồng cũng thống nhất" not in text_of(paper)


@pytest.mark.parametrize(
    ("citation", "printed"),
    [
        ("Điều 24 Luật Thi đua, khen thưởng số 06/2022/QH15", "Điều 24 Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"),
        ("khoản 2 Điều 49 Nghị định số 152/2025/NĐ-CP", "khoản 2 Điều 49 Nghị định số 152/2025/NĐ-CP"),
        ("Điều 1 Luật Nhà ở số 27/2023/QH15", "Điều 1 Luật Nhà ở số 27/2023/QH15"),
        (
            "Luật Thi đua, khen thưởng số 15/2003/QH11; khoản 1 Điều 3 Luật Thi đua, khen thưởng số 06/2022/QH15",
            "Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003; "
            "khoản 1 Điều 3 Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
        ),
    ],
)  # fmt: skip
def test_a_law_is_cited_by_its_day(citation, printed):
    assert current.cited_by_day(citation) == printed


@pytest.mark.parametrize("place", range(3))
def test_the_duties_of_a_report_are_those_of_its_kind_of_nominee(commune, place):
    case = factories.nomination_of(commune, factories.three_nominees(commune)[place])
    case.duties = "Trồng trọt, chăn nuôi."
    report = text_of(achievement_report(case, HELD_ON))
    headings = ("Quyền hạn, nhiệm vụ được giao", "Công việc, trách nhiệm của gia đình", "Chức năng, nhiệm vụ được giao")
    assert [heading in report for heading in headings] == [number == place for number in range(3)]


def test_a_unit_has_its_place_on_a_line_of_its_own(commune):
    case = factories.nomination_of(commune, factories.person_named(NURSE))
    report = achievement_report(case, HELD_ON)
    request = commendation_request(case, HELD_ON)
    assert request.letterhead.issuer_lines == ("TRẠM Y TẾ", "XÃ BÌNH LƯƠNG")
    assert report.signatures[0].capacity == ("XÁC NHẬN CỦA TRẠM Y TẾ", "XÃ BÌNH LƯƠNG", "TRƯỞNG TRẠM")
    assert request.letterhead.parent_lines == ("ỦY BAN NHÂN DÂN", "XÃ BÌNH LƯƠNG")


@pytest.mark.parametrize(
    ("code", "on", "parent"),
    [
        ("tieuhoc", HELD_ON, "ỦY BAN NHÂN DÂN XÃ BÌNH LƯƠNG"),
        ("tieuhoc", date(2025, 6, 30), ""),
        ("phunu", HELD_ON, ""),
        ("thon1", HELD_ON, ""),
    ],
)
def test_a_school_is_below_the_committee_that_it_belongs_to(commune, code, on, parent):
    case = factories.nomination_of(commune, case_steps.unit_by_code(code), "draft")
    for paper in (achievement_report(case, on), commendation_request(case, on)):
        assert " ".join(paper.letterhead.parent_lines) == parent


def test_a_long_name_of_a_unit_that_confirms_is_on_a_line_of_its_own(commune):
    case = factories.nomination_of(commune, factories.person_named("Nguyễn Thị Quý"))
    report = achievement_report(case, HELD_ON)
    assert report.signatures[0].capacity == ("XÁC NHẬN CỦA", "TRƯỜNG TIỂU HỌC", "BÌNH LƯƠNG", "HIỆU TRƯỞNG")
