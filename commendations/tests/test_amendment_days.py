"""Căn cứ, superior and money of a paper about awards are those of its expected day; each refusal names what is wrong."""

from datetime import date

import pytest

from commendations.actions.amendment import amendment_approval, start_amendment
from commendations.models import Amendment, Decision
from commendations.queries.decision import decision_faults
from commendations.tests import amendment_steps, factories
from emulation.core.errors import RuleBroken

pytestmark = pytest.mark.usefixtures("db")
CORRECTION = Amendment.CORRECTION
REPLACEMENT = Amendment.REPLACEMENT
CANCELLATION = Amendment.CANCELLATION
SPRING = date(2025, 3, 10)
DECEMBER = date(2025, 12, 10)
LAW_OF_2026 = "ngày 23 tháng 4 năm 2026"
DECREE_OF_2023 = "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ"


@pytest.fixture
def spring_decision(commune):
    return factories.issued_decision(commune, held_on=SPRING)


@pytest.mark.parametrize("kind", [REPLACEMENT, CANCELLATION])
def test_unedited_basis_lines_and_recipients_follow_the_expected_day(kind, spring_decision, office):
    amendment = amendment_steps.draft(spring_decision, kind)
    assert LAW_OF_2026 in amendment.grounds and "Sở Nội vụ tỉnh Thanh Hóa (b/c)" in amendment.recipients
    amendment_approval.save(amendment, by=office, expected_on=DECEMBER)
    assert LAW_OF_2026 not in amendment.grounds and "152/2025/NĐ-CP" in amendment.grounds
    assert "Sở Nội vụ tỉnh Thanh Hóa (b/c)" in amendment.recipients and "Phòng Nội vụ" not in amendment.recipients
    amendment_approval.save(amendment, by=office, expected_on=date(2025, 6, 20))
    assert "98/2023/NĐ-CP" in amendment.grounds and "152/2025/NĐ-CP" not in amendment.grounds
    assert "Phòng Nội vụ huyện Như Xuân (b/c)" in amendment.recipients


@pytest.mark.parametrize("kind", [CORRECTION, REPLACEMENT, CANCELLATION])
def test_an_old_decision_does_not_give_its_superior_to_a_new_paper(kind, spring_decision, office):
    assert "Phòng Nội vụ huyện Như Xuân" in spring_decision.recipients
    awards = [award.pk for award in spring_decision.awards.all()]
    amendment = start_amendment(by=office, decision=spring_decision, kind=kind, awards=awards)
    assert "Phòng Nội vụ huyện" not in amendment.recipients and "Sở Nội vụ tỉnh Thanh Hóa (b/c)" in amendment.recipients


def test_the_issued_paper_cites_the_law_of_its_day(spring_decision):
    amendment = amendment_steps.issued(spring_decision, CANCELLATION, on=DECEMBER)
    assert LAW_OF_2026 not in amendment.document.html
    assert "Điều" in amendment.document.html and "Luật Thi đua, khen thưởng ngày 15 tháng 6" in amendment.grounds


def test_edited_basis_lines_stay_and_each_that_is_not_in_force_is_named(spring_decision, office):
    amendment = amendment_steps.draft(spring_decision, CANCELLATION)
    own = f"{amendment.grounds}\n{DECREE_OF_2023}"
    amendment_approval.save(amendment, by=office, expected_on=DECEMBER, grounds=own)
    assert amendment.grounds == own
    with pytest.raises(RuleBroken) as broken:
        amendment_approval.submit(amendment, by=office)
    assert broken.value.field == "grounds"
    assert broken.value.message == (
        "Căn cứ “Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng ngày 23 tháng 4 năm 2026” đến ngày "
        "01/10/2026 mới có hiệu lực, không nêu được trong văn bản ngày 10/12/2025. Căn cứ “Nghị định số 98/2023/NĐ-CP” hết "
        "hiệu lực từ ngày 01/07/2025, không nêu được trong văn bản ngày 10/12/2025."
    )


def test_a_decision_names_its_basis_line_that_is_not_in_force_as_well(commune):
    decision = factories.draft_decision(commune)
    assert decision_faults(decision) == []
    Decision.objects.update(grounds=f"{decision.grounds}\n{DECREE_OF_2023}")
    decision.refresh_from_db()
    assert "“Nghị định số 98/2023/NĐ-CP” hết hiệu lực từ ngày 01/07/2025" in decision_faults(decision)[0]


@pytest.mark.parametrize("kind", [REPLACEMENT, CANCELLATION])
def test_an_issue_under_another_law_than_approved_is_refused(kind, spring_decision, office, chair, clerk):
    amendment = amendment_steps.draft(spring_decision, kind)
    amendment_approval.save(amendment, by=office, expected_on=date(2026, 9, 30))
    amendment_approval.submit(amendment, by=office)
    amendment_approval.approve(amendment, by=chair)
    message = "Căn cứ pháp lý ngày 01/10/2026 khác ngày dự kiến ký 30/09/2026. Hãy đưa về Văn phòng"
    with pytest.raises(RuleBroken, match=message):
        amendment_approval.issue(amendment, by=clerk, issued_on=date(2026, 10, 1))
    issued = amendment_approval.issue(amendment, by=clerk, issued_on=date(2026, 9, 29))
    assert issued.is_issued


def test_an_expected_day_before_the_decision_is_refused(spring_decision, office):
    amendment = amendment_steps.draft(spring_decision, CORRECTION, place="Thôn 9")
    with pytest.raises(RuleBroken, match="không được trước ngày quyết định") as broken:
        amendment_approval.save(amendment, by=office, expected_on=date(2025, 3, 9))
    assert broken.value.field == "expected_on"
