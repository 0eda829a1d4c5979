"""Danh sách chi tiền: lines, sums, places, and the list of supplements that it names."""

import pytest

from commendations.models import Amendment, AwardSupplement
from commendations.papers.payment_list import payment_list_paper
from commendations.papers.supplement_list import supplement_list_paper
from commendations.queries.decision import commune_identity_on
from commendations.tests import amendment_steps, case_steps, factories
from commendations.tests.factories import HELD_ON
from emulation.documents.blocks.body import Table
from emulation.documents.blocks.line_breaks import NBSP
from emulation.documents.engines import html, pdf
from emulation.documents.tests import nd30
from tests.html import paper_text
from villages.models import Unit

pytestmark = pytest.mark.usefixtures("db")
NURSE = "Đỗ Thị Êm"


def text_of(paper):
    return paper_text(html.paper_html(paper))


def tables_of(paper):
    return [block for block in paper.body if isinstance(block, Table)]


def test_a_payment_list_has_no_line_to_sign_for_nothing(commune):
    nurse = factories.person_named(NURSE)
    teacher = factories.person_named("Bùi Thị Sen")
    cases = (("LDTT", nurse, 2025), ("LDTT", teacher, 2025), ("CSTDCS", nurse, 2025))
    decision = factories.decided_awards(commune, *cases).decisions.get(award_code="LDTT")
    decision = factories.sign_and_issue(commune, decision)
    paper = payment_list_paper(decision, commune_identity_on(decision, HELD_ON), "A", HELD_ON, [])
    (table,) = tables_of(paper)
    assert {row[0]: row[-2:] for row in table.rows} == {NURSE: ("0", "Không chi"), "Bùi Thị Sen": ("760.000", "")}
    assert table.columns[0].title == "Họ và tên"
    assert f"“{'Chiến sĩ thi đua cơ sở'.replace(' ', NBSP)}”" in html.paper_html(paper)  # why the nurse is not paid
    assert "ngày 10 tháng 11 năm 2026)" in text_of(paper)


def test_the_list_of_money_of_a_decision_names_the_list_of_supplements(commune):
    nurse = factories.person_named(NURSE)
    paper = factories.decided_awards(commune, ("LDTT", nurse, 2025), ("CSTDCS", nurse, 2025))
    lower, higher = (factories.sign_and_issue(commune, row) for row in paper.decisions.order_by("-award_code"))
    amendment_steps.issued(higher, Amendment.CANCELLATION)
    (table,) = tables_of(payment_list_paper(lower, commune_identity_on(lower, HELD_ON), "A", HELD_ON, []))
    [(_, _, why, money, signature)] = table.rows
    assert why.startswith("Khi quyết định không chi: cùng thời gian được hưởng mức thưởng cao hơn của danh hiệu")
    assert why.endswith("; nay chi bổ sung 760.000 đồng theo danh sách riêng")
    assert (money, signature, table.total[3]) == ("0", "Chi riêng", "0")


def test_a_collective_of_the_commune_has_a_place_on_the_lists_of_money(commune):
    school = Unit.objects.get(commune=commune, code="mamnon")
    decision = factories.issued_decision(commune, [school])
    identity = commune_identity_on(decision, HELD_ON)
    reason = "danh hiệu cao hơn bị hủy bỏ"
    supplement = AwardSupplement(pk=1, award=decision.awards.get(), amount=10_000, reason=reason)
    for paper in (
        payment_list_paper(decision, identity, "A", HELD_ON, []),
        supplement_list_paper(decision, [supplement], identity, "A", HELD_ON),
    ):
        (table,) = tables_of(paper)
        assert [row[1] for row in table.rows] == ["Xã Bình Lương"]
        assert "2026)\n(Lập ngày 10 tháng 11 năm 2026)" in paper.body[0].text


def test_a_name_of_four_words_and_the_sum_are_whole_on_a_payment_list(commune):
    case = ("GKX", factories.person_named("Hà Thị Bích Đào"), 2026), ("GKX", case_steps.household_by_head(), 2026)
    decision = factories.sign_and_issue(commune, factories.decided_awards(commune, *case).decisions.get())
    paper = payment_list_paper(decision, commune_identity_on(decision, HELD_ON), "Lê Văn A", HELD_ON, [])
    (page,) = nd30.measure_pages(pdf.render_paper(html.paper_html(paper), "x"))
    texts = [line.text.replace(NBSP, " ") for line in page.lines()]
    for whole in ("Hà Thị Bích Đào", "0,45 × 2.530.000 ="):
        assert any(whole in text for text in texts), whole
