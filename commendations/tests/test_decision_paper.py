"""The decision as a paper: names in Điều 1 or on a list, who carries it out, one page."""

from dataclasses import fields, replace
from datetime import date

import pytest

from commendations.actions.decision import DecisionWording, decision_signature_steps
from commendations.papers.decision import decision_paper, default_execution_clause
from commendations.queries.decision import outgoing_lines
from commendations.tests import factories
from emulation.documents.blocks.body import Clause
from emulation.documents.engines import html, layout, merge, pdf
from emulation.documents.models import Draft
from emulation.legal.current import commune_offices_for
from villages.models import Unit

pytestmark = pytest.mark.usefixtures("db")


def test_decision_for_several_names_them_in_the_first_article_with_amounts_in_words(commune):
    decision = factories.draft_decision(commune)
    paper = Draft.objects.get(key=decision_signature_steps.draft_key(decision)).paper
    texts = [getattr(block, "text", "") for block in paper.body]
    assert texts[0] == "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BÌNH LƯƠNG"
    assert "01 tập thể, 01 hộ gia đình và 01 cá nhân đã có thành tích" in texts[-6] and texts[-6].endswith(", gồm:")
    assert texts[-5] == "Tập thể Thôn 2, xã Bình Lương;"
    assert texts[-4] == "Hộ gia đình Lê Văn Bảy, Thôn 1, xã Bình Lương;"
    assert texts[-3] == "Ông Vi Văn Thành, nông dân, Thôn 1, xã Bình Lương."
    assert "Mức tiền thưởng: tập thể 1.520.000 đồng, hộ gia đình 1.140.000 đồng, cá nhân 760.000 đồng" in texts[-2]
    assert "3.420.000 đồng (Bằng chữ: Ba triệu bốn trăm hai mươi nghìn đồng)" in texts[-2]
    assert texts[-2].endswith("Kinh phí chi từ Quỹ thi đua, khen thưởng của xã.")
    assert "tập thể, hộ gia đình, cá nhân có tên tại Điều 1" in texts[-1] and "Phòng Kinh tế" in texts[-1]
    assert texts[-1].endswith("chịu trách nhiệm thi hành Quyết định này./.")
    assert paper.signatures[0].capacity == ("CHỦ TỊCH",) and paper.one_page and not paper.appendices


def test_more_than_four_recipients_are_on_a_list(commune):
    decision = factories.draft_decision(commune)
    listed = outgoing_lines(decision, decision.expected_on)
    five = decision_paper(decision, [*listed, *listed[:2]], decision.expected_on)
    four = decision_paper(decision, [*listed, listed[0]], decision.expected_on)
    assert not four.appendices and five.appendices
    texts = [getattr(block, "text", "") for block in five.body]
    assert "(có Danh sách kèm theo)." in texts[-3] and "theo Danh sách" in texts[-2]
    assert (
        "các tập thể, hộ gia đình, cá nhân có tên trong Danh sách kèm theo" in texts[-1] and "Điều 1" not in texts[-1]
    )


def four_lines(decision):
    listed = outgoing_lines(decision, decision.expected_on)
    return [*listed, listed[0]]


def printed_pages(paper):
    return merge.pdf_page_count(pdf.render_paper(html.paper_html(paper), paper.title))


def test_four_recipients_follow_each_other_in_a_sentence_where_khoan_would_need_a_second_page(commune):
    decision = factories.draft_decision(commune)
    lines = four_lines(decision)
    three, four = (decision_paper(decision, some, decision.expected_on) for some in (lines[:3], lines))
    assert len([block for block in three.body if isinstance(block, Clause)]) == 3
    assert not [block for block in four.body if isinstance(block, Clause)]
    assert four.body[-3].text.endswith(
        "gồm: tập thể Thôn 2, xã Bình Lương; hộ gia đình Lê Văn Bảy, Thôn 1, xã Bình Lương; "
        "ông Vi Văn Thành, nông dân, Thôn 1, xã Bình Lương; tập thể Thôn 2, xã Bình Lương."
    )
    assert "có tên tại Điều 1" in four.body[-1].text
    assert [printed_pages(paper) for paper in (three, four)] == [1, 1]


def test_four_recipients_with_deeds_of_their_own_fit_one_page(commune):
    decision = factories.draft_decision(commune)
    deeds = (
        "xuất sắc trong xây dựng nông thôn mới năm 2026",
        "cứu người bị nạn ngày 05 tháng 10 năm 2026",
        "xuất sắc trong công tác giảm nghèo năm 2026",
        "xuất sắc trong công tác khuyến học năm 2026",
    )
    lines = [replace(line, achievement=deed) for line, deed in zip(four_lines(decision), deeds, strict=True)]
    paper = decision_paper(decision, lines, decision.expected_on)
    assert not paper.appendices and all(deed in paper.body[-3].text for deed in deeds)
    assert printed_pages(paper) == 1


def test_a_long_text_goes_to_a_list_so_that_the_decision_fits_one_page(commune):
    decision = factories.draft_decision(commune)
    listed = outgoing_lines(decision, decision.expected_on)
    long = [
        replace(line, achievement=f"xuất sắc {n} " + "trong phong trào thi đua " * 11) for n, line in enumerate(listed)
    ]
    paper = decision_paper(decision, long, decision.expected_on)
    assert paper.appendices and layout.fits_one_page(paper)


def test_the_execution_clause_names_whom_the_decision_concerns(commune):
    decision = factories.draft_decision(commune, [factories.person_named("Bùi Thị Sen")])
    assert "và cá nhân có tên tại Điều 1" in decision.carried_out_by
    assert "tập thể" not in decision.carried_out_by and "Phòng Kinh tế" in decision.carried_out_by
    listed = outgoing_lines(decision, decision.expected_on)
    unpaid = [replace(line, price=None) for line in listed]
    offices = commune_offices_for(commune.pk, decision.expected_on)
    assert "Phòng Kinh tế" not in default_execution_clause(unpaid, offices)
    assert "các cá nhân có tên" in default_execution_clause([*listed, *listed], offices)


def test_different_achievements_are_summed_up_by_their_year(commune):
    decision = factories.draft_decision(commune)
    listed = outgoing_lines(decision, decision.expected_on)
    mixed = [replace(line, achievement=f"trong đợt {n}") for n, line in enumerate([*listed, *listed])]
    first = decision_paper(decision, mixed, decision.expected_on).body[-3].text
    assert "đã có thành tích trong năm 2026 (có Danh sách kèm theo)." in first


def test_a_collective_of_the_commune_has_a_place_on_the_list(commune):
    school = Unit.objects.get(commune=commune, code="mamnon")
    decision = factories.draft_decision(commune, [school])
    (line,) = outgoing_lines(decision, decision.expected_on)
    assert (line.place, line.place_in_list) == ("", "Xã Bình Lương")


def test_list_has_names_deeds_and_sums(commune):
    decision = factories.draft_decision(commune)
    listed = outgoing_lines(decision, decision.expected_on)
    paper = decision_paper(decision, [*listed, *listed[:2]], decision.expected_on)
    table, words = paper.appendices[0].body
    assert (
        table.total == ("Tổng cộng", "", "", "6.080.000") and words.text == "Sáu triệu không trăm tám mươi nghìn đồng."
    )
    assert (
        "Hộ gia đình Lê Văn Bảy",
        "Thôn 1, xã Bình Lương",
        f"Đã có thành tích {factories.ACHIEVEMENT}",
        "1.140.000",
    ) in table.rows


def test_decision_for_one_names_the_recipient_in_the_first_article(commune):
    decision = factories.draft_decision(commune, [factories.person_named("Vi Văn Thành")])
    paper = Draft.objects.get(key=decision_signature_steps.draft_key(decision)).paper
    assert not paper.appendices
    assert "cho ông Vi Văn Thành, nông dân, Thôn 1, xã Bình Lương, đã có thành tích xuất sắc" in paper.body[-3].text


def test_the_superior_is_that_of_the_expected_day(commune, office):
    commune.identities.update(ends_on=date(2026, 11, 30))
    last = commune.identities.latest("starts_on")
    last.pk, last.starts_on, last.ends_on = None, date(2026, 12, 1), None
    last.superior_office = "Sở Nội vụ tỉnh mới"
    last.save()
    decision = factories.draft_decision(commune)
    assert "Sở Nội vụ tỉnh Thanh Hóa (b/c)" in decision.recipients.split("\n")
    words = {field.name: getattr(decision, field.name) for field in fields(DecisionWording)}
    moved = DecisionWording(**{**words, "expected_on": date(2026, 12, 2)})
    decision_signature_steps.edit(decision, by=office, wording=moved)
    decision.refresh_from_db()
    assert "Sở Nội vụ tỉnh mới (b/c)" in decision.recipients.split("\n")
