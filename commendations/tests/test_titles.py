"""Titles: one decision per award, money, papers without certificate; awards of higher authorities."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from commendations.actions import chair_submission as chair_submissions
from commendations.actions import decision as decisions
from commendations.actions import proposal as proposals
from commendations.actions.live_case import SameCaseExists
from commendations.actions.nomination import copy_nomination, withdraw_nomination
from commendations.actions.proposal import SuperiorDecision, proposal_signature_steps
from commendations.models import Award, Decision, Nomination, Proposal
from commendations.papers.decision import decision_paper
from commendations.queries.decision import decision_faults, outgoing_lines
from commendations.queries.proposal import proposal_faults as proposal_disagreements
from commendations.tests import factories
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.documents.blocks.body import Article
from emulation.documents.models import IssuedDocument
from emulation.notices.models import Notification
from villages.models import Household, Person, Unit

pytestmark = pytest.mark.usefixtures("db")
HELD_ON = factories.HELD_ON


def url(name, thing):
    return reverse(f"commendations:{name}", args=[thing.pk])


@pytest.fixture
def em(commune):
    return Person.objects.get(full_name="Đỗ Thị Êm")


@pytest.fixture
def thanh(commune):
    return Person.objects.get(full_name="Vi Văn Thành")


# ── one decision per award ───────────────────────────────────────────────────────────────────────
def test_each_award_has_its_own_decision(commune, em, thanh):
    family = Household.objects.get(commune=commune, head_name="Lê Văn Bảy")
    paper = factories.decided_awards(
        commune, ("LDTT", em, 2025), ("GKX", thanh, 2026), ("BKT", em, 2025), ("GDVH", family, 2026), ("LDTT", thanh, 2025)
    )  # fmt: skip
    found = {decision.award_code: decision.subject for decision in paper.decisions.all()}
    assert set(found) == {"GKX", "LDTT", "GDVH"}
    assert found["LDTT"] == "Về việc tặng danh hiệu “Lao động tiên tiến” năm 2025 cho cá nhân"
    assert found["GDVH"] == "Về việc tặng danh hiệu “Gia đình văn hóa” năm 2026 cho hộ gia đình"
    assert found["GKX"].startswith("Về việc tặng Giấy khen cho cá nhân có thành tích")
    assert [proposal.award_code for proposal in paper.proposals.all()] == ["BKT"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(award_code="GDVH").update(award_code="LDTT")


def test_title_without_certificate_is_issued_with_its_list(commune, em, thanh, signed_in):
    paper = factories.decided_awards(commune, ("LDTT", em, 2025), ("LDTT", thanh, 2025))
    decision = factories.sign_and_issue(commune, paper.decisions.get())
    text = decision.document.blocks
    assert "Tặng danh hiệu “Lao động tiên tiến” năm 2025 cho 02 cá nhân" in text and "Thành tích" not in text
    awards = list(decision.awards.order_by("decision_serial"))
    assert [(row.award_name, row.is_title, row.year, row.certificate, row.amount) for row in awards] == [
        ("Lao động tiên tiến", True, 2025, None, 760_000)
    ] * 2
    assert not IssuedDocument.objects.filter(kind="giay_khen").exists()
    with pytest.raises(RuleBroken, match="không có giấy, bằng kèm theo"):
        decisions.print_certificates(by=factories.commune_user(commune, "vanphong"), decision=decision)
    assert "chi tiền thưởng kèm theo danh hiệu “Lao động tiên tiến” năm 2025" in (
        decisions.make_payment_list(by=factories.commune_user(commune, "vanphong"), decision=decision).title
    )
    browser = signed_in("vanthu")
    assert "không có giấy, bằng kèm theo" in browser.get(decision.get_absolute_url()).content.decode()
    page = browser.get(awards[0].get_absolute_url()).content.decode()
    assert "Danh hiệu Lao động tiên tiến năm 2025" in page and "không có giấy, bằng kèm theo" in page
    page = browser.get(reverse("commendations:register") + "?danh-hieu=LDTT").content.decode()
    assert "2 lượt khen" in page
    page = browser.get(reverse("commendations:register") + "?danh-hieu=GKX").content.decode()
    assert "Không có ai khớp" in page
    assert Notification.objects.filter(text__contains="được tặng danh hiệu Lao động tiên tiến năm 2025").exists()


def test_chien_si_thi_dua_has_its_own_certificate(commune, em):
    decision = factories.sign_and_issue(
        commune, factories.decided_awards(commune, ("CSTDCS", em, 2025)).decisions.get()
    )
    sheet = decision.awards.get().certificate.paper
    assert (sheet.verb, sheet.form) == ("TẶNG DANH HIỆU", "CHIẾN SĨ THI ĐUA CƠ SỞ")
    assert sheet.achievement.endswith("năm 2025")
    assert "Tặng danh hiệu “Chiến sĩ thi đua cơ sở” năm 2025 cho bà Đỗ Thị Êm" in decision.document.blocks


def test_title_without_money(commune):
    family = Household.objects.get(commune=commune, head_name="Lê Văn Bảy")
    decision = factories.sign_and_issue(
        commune, factories.decided_awards(commune, ("GDVH", family, 2026)).decisions.get()
    )
    assert "Không kèm tiền thưởng." in decision.document.blocks and "Nguồn kinh phí" not in decision.document.blocks
    award = decision.awards.get()
    assert (award.amount, award.coefficient, award.unpaid) == (0, 0, "")
    with pytest.raises(RuleBroken, match="không kèm tiền thưởng"):
        decisions.make_payment_list(by=factories.commune_user(commune, "vanphong"), decision=decision)


# ── several titles of one year ───────────────────────────────────────────────────────────────────
HIGHER = "Cùng thời gian được hưởng mức thưởng cao hơn của danh hiệu “Chiến sĩ thi đua cơ sở”"


@pytest.mark.parametrize(
    ("first", "second", "amounts"),
    [
        (("LDTT", 2025), ("CSTDCS", 2025), {"LDTT": 0, "CSTDCS": 2_530_000}),
        (("LDTT", 2025), ("CSTDCS", 2024), {"LDTT": 760_000, "CSTDCS": 2_530_000}),
        (("LDTT", 2025), ("GKX", 2025), {"LDTT": 760_000, "GKX": 760_000}),
    ],
)
def test_only_the_highest_title_of_a_year_is_paid(commune, em, first, second, amounts):
    paper = factories.decided_awards(commune, (first[0], em, first[1]), (second[0], em, second[1]))
    for decision in paper.decisions.order_by("pk"):
        factories.sign_and_issue(commune, decision)
    assert {award.award_code: award.amount for award in Award.objects.all()} == amounts
    ldtt = Award.objects.get(award_code="LDTT")
    assert ldtt.unpaid.startswith(HIGHER) == (amounts["LDTT"] == 0)
    assert ("Điều 49 Nghị định số 152/2025/NĐ-CP" in ldtt.unpaid) == (amounts["LDTT"] == 0)


@pytest.mark.parametrize(
    ("others", "money"),
    [
        (
            (),
            "Không chi tiền thưởng do cùng thời gian được hưởng mức thưởng cao hơn của danh hiệu “Chiến sĩ thi đua cơ sở” (",
        ),
        (
            ("Bùi Thị Sen",),
            "Mức tiền thưởng: bà Bùi Thị Sen 760.000 đồng; bà Đỗ Thị Êm không nhận tiền thưởng do cùng thời gian được hưởng",
        ),
        (
            ("Bùi Thị Sen", "Vi Văn Thành", "Lê Thị Lụa", "Lò Văn Hoá"),
            "Mức tiền thưởng của từng trường hợp theo Danh sách.",
        ),
    ],
)
def test_a_decision_names_those_who_are_paid_and_those_who_are_not(commune, em, others, money):
    cases = [("LDTT", factories.person_named(name), 2025) for name in others]
    paper = factories.decided_awards(commune, ("LDTT", em, 2025), ("CSTDCS", em, 2025), *cases)
    decision = paper.decisions.get(award_code="LDTT")
    printed = decision_paper(decision, outgoing_lines(decision, HELD_ON), HELD_ON)
    articles = {block.number: block.text for block in printed.body if isinstance(block, Article)}
    assert articles[2].startswith(money)
    for appendix in printed.appendices:
        assert appendix.body[-1].text.startswith("Bà Đỗ Thị Êm không nhận tiền thưởng do cùng thời gian")


def test_higher_title_decided_later_notes_what_was_paid(commune, em, signed_in):
    factories.sign_and_issue(commune, factories.decided_awards(commune, ("LDTT", em, 2025)).decisions.get())
    draft = factories.decided_awards(commune, ("CSTDCS", em, 2025)).decisions.get()
    assert "Đã chi 760.000 đồng" in signed_in("vanphong").get(url("decision", draft)).content.decode()
    later = factories.sign_and_issue(commune, draft)
    award = later.awards.get()
    assert (
        award.amount == 2_530_000
        and "đã chi 760.000 đồng của danh hiệu “Lao động tiên tiến” năm 2025" in award.legal["note"]
    )
    assert "đối trừ khi chi" in signed_in("vanthu").get(award.get_absolute_url()).content.decode()


def test_a_lower_title_decided_later_is_not_paid(commune, em):
    factories.sign_and_issue(commune, factories.decided_awards(commune, ("CSTDCS", em, 2025)).decisions.get())
    award = factories.sign_and_issue(
        commune, factories.decided_awards(commune, ("LDTT", em, 2025)).decisions.get()
    ).awards.get()
    assert award.amount == 0 and award.unpaid.startswith(HIGHER)


# ── authority on the day ─────────────────────────────────────────────────────────────────────────
def test_chair_cannot_approve_an_award_without_authority(commune, em):
    paper = factories.submission_of_awards(commune, ("GKH", em, 2025))
    with pytest.raises(RuleBroken, match="Điều 59 Nghị định số 129/2025/NĐ-CP") as broken:
        chair_submissions.record_chair_decisions(
            by=factories.commune_user(commune, "chutich"),
            chair_submission=paper,
            decisions=factories.chair_decisions(paper),
            on=HELD_ON,
        )
    assert broken.value.field == f"outcome_{paper.items.get().pk}"
    paper.refresh_from_db()
    assert paper.state == "presented" and not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("day", "against"),
    [(date(2025, 6, 30), "thẩm quyền thuộc Chủ tịch Ủy ban nhân dân huyện"), (date(2025, 7, 1), None)],
)
def test_decision_before_the_authority_existed_is_refused(commune, em, day, against):
    decision = factories.decided_awards(commune, ("CSTDCS", em, 2025)).decisions.get()
    Decision.objects.filter(pk=decision.pk).update(expected_on=day)
    type(decision.chair_submission).objects.update(decided_on=day)
    decision = Decision.objects.get(pk=decision.pk)
    found = [line for line in decision_faults(decision) if "thẩm quyền" in line]
    assert bool(found) == bool(against)
    if against:
        assert against in found[0] and "Điều 80" in found[0] and "Chiến sĩ thi đua cơ sở" in found[0]


@pytest.mark.parametrize(
    ("code", "day", "against"),
    [
        ("BKT", HELD_ON, None),
        ("CSTDCS", date(2025, 6, 30), None),
        ("CSTDCS", date(2025, 7, 1), "tự quyết định danh hiệu Chiến sĩ thi đua cơ sở (Điều 59 Nghị định số 129/2025/NĐ-CP)"),
        ("GKH", date(2025, 6, 30), None),
        ("GKH", date(2025, 7, 1), "không có ai có thẩm quyền tặng Giấy khen của Chủ tịch Ủy ban nhân dân"),
    ],
)  # fmt: skip
def test_proposal_for_an_award_no_longer_decided_above_is_refused(commune, em, code, day, against):
    proposal = factories.decided_awards(commune, ("BKT", em, 2025)).proposals.get()
    Proposal.objects.filter(pk=proposal.pk).update(award_code=code, expected_on=day)
    Nomination.objects.update(award_code=code)
    proposal = Proposal.objects.get(pk=proposal.pk)
    type(proposal.chair_submission).objects.update(decided_on=day)
    proposal = Proposal.objects.get(pk=proposal.pk)
    found = [
        line for line in proposal_disagreements(proposal, day) if "quyết định danh hiệu" in line or "thẩm quyền" in line
    ]
    assert bool(found) == bool(against) and (not against or against in found[0])


# ── proposals to the superior ────────────────────────────────────────────────────────────────────
@pytest.fixture
def proposal(commune, em):
    draft = factories.decided_awards(commune, ("BKT", em, 2025)).proposals.get()
    return proposal_signature_steps.send_to_signature(draft, by=factories.commune_user(commune, "vanphong"))


@pytest.fixture
def sent(commune, proposal):
    return proposals.issue_proposal(by=factories.commune_user(commune, "vanthu"), proposal=proposal, issued_on=HELD_ON)


def test_to_trinh_is_signed_for_the_committee(commune, sent, em):
    paper = sent.document.paper
    assert sent.document.reference == "01/TTr-UBND"
    assert paper.signatures[0].capacity == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert paper.addressees == (commune.identity_on(HELD_ON).superior_office,)
    assert "Tặng" not in paper.subject and paper.subject.startswith("Về việc đề nghị tặng Bằng khen của Chủ tịch")
    assert not paper.appendices and "Căn cứ Luật Thi đua" in str(paper.body)
    assert f"xem xét, tặng Bằng khen cho bà {em.full_name}, điều dưỡng Trạm Y tế xã Bình Lương, đã có" in str(
        paper.body
    )
    case = Nomination.objects.get()
    assert case.state == "proposed_up" and not Award.objects.exists()
    assert Notification.objects.filter(text__contains="đã trình cấp trên").exists()


def test_each_step_by_the_right_role_and_once(commune, proposal, office, clerk, chair, village_head):
    for by in (office, chair, village_head):
        with pytest.raises(NotAllowed):
            proposals.issue_proposal(by=by, proposal=proposal, issued_on=HELD_ON)
    with pytest.raises(RuleBroken):
        proposal_signature_steps.send_to_signature(proposal, by=office)
    with pytest.raises(RuleBroken, match="lý do"):
        proposal_signature_steps.return_to_draft(proposal, by=clerk, reason=" ")
    with pytest.raises(RuleBroken, match="không được sau hôm nay"):
        proposals.issue_proposal(by=clerk, proposal=proposal, issued_on=timezone.localdate() + timedelta(1))
    with pytest.raises(RuleBroken, match="thay đổi"):
        proposals.issue_proposal(by=clerk, proposal=proposal, issued_on=HELD_ON, seen=proposal.version - 1)
    proposals.issue_proposal(by=clerk, proposal=proposal, issued_on=HELD_ON)
    with pytest.raises(RuleBroken, match="đã ban hành"):
        proposals.issue_proposal(by=clerk, proposal=proposal, issued_on=HELD_ON)
    assert IssuedDocument.objects.filter(series="to_trinh").count() == 1


def test_what_changed_after_signing_is_refused(commune, proposal, clerk):
    Nomination.objects.update(achievement="khác hẳn")
    with pytest.raises(RuleBroken, match="khác với hồ sơ hiện nay"):
        proposals.issue_proposal(by=clerk, proposal=proposal, issued_on=HELD_ON)
    assert Nomination.objects.get().state == "approved"


def test_outcome_is_stored_and_notified(commune, sent, office, clerk):
    case = Nomination.objects.get()
    good = SuperiorDecision("1234/QĐ-UBND", HELD_ON, "Chủ tịch UBND tỉnh Thanh Hóa")
    for wrong, field in (
        (SuperiorDecision(" ", HELD_ON, "Chủ tịch"), "number"),
        (SuperiorDecision("1", HELD_ON, ""), "issuer"),
        (SuperiorDecision("1", HELD_ON - timedelta(1), "Chủ tịch"), "decided_on"),
        (SuperiorDecision("1", timezone.localdate() + timedelta(1), "Chủ tịch"), "decided_on"),
    ):
        with pytest.raises(RuleBroken) as broken:
            proposals.record_award_above(by=office, nomination=case, outcome=wrong)
        assert broken.value.field == field
    with pytest.raises(NotAllowed):
        proposals.record_award_above(by=clerk, nomination=case, outcome=good)
    proposals.record_award_above(by=office, nomination=case, outcome=good)
    assert (case.state, case.outcome_no, case.outcome_on) == ("awarded_above", "1234/QĐ-UBND", HELD_ON)
    with pytest.raises(RuleBroken):
        proposals.record_refusal_above(by=office, nomination=case, reason="muộn")
    notified = set(
        Notification.objects.filter(text__contains="được cấp trên khen thưởng").values_list("user__username", flat=True)
    )
    assert {"chutich", "vanthu", "tramyte"} <= notified and "vanphong" not in notified


def test_a_refusal_above_needs_its_reason(commune, sent, office, signed_in):
    case = Nomination.objects.get()
    with pytest.raises(RuleBroken, match="lý do"):
        proposals.record_refusal_above(by=office, nomination=case, reason=" ")
    proposals.record_refusal_above(by=office, nomination=case, reason="Chưa đủ hai năm liên tục")
    page = signed_in("tramyte").get(case.get_absolute_url()).content.decode()
    assert "Cấp trên không khen thưởng" in page and "Chưa đủ hai năm liên tục" in page


def test_a_refusal_above_leaves_the_way_free_until_it_is_taken_back(commune, sent, office):
    case = Nomination.objects.get()
    assert case.live_key
    proposals.record_refusal_above(by=office, nomination=case, reason="Chưa đủ hai năm liên tục")
    case.refresh_from_db()
    assert (case.state, case.outcome_reason, case.live_key) == ("refused_above", "Chưa đủ hai năm liên tục", None)
    again = copy_nomination(by=office, nomination=case)
    with pytest.raises(SameCaseExists):
        proposals.reopen_outcome_above(by=office, nomination=case, reason="Ghi nhầm hồ sơ")
    withdraw_nomination(by=office, nomination=again, reason="Thử")
    proposals.reopen_outcome_above(by=office, nomination=case, reason="Ghi nhầm hồ sơ")
    assert case.state == "proposed_up" and case.live_key


def test_proposal_pages(commune, em, signed_in):
    draft = factories.decided_awards(commune, ("BKT", em, 2025)).proposals.get()
    office, clerk = signed_in("vanphong"), signed_in("vanthu")
    assert draft.subject in office.get(reverse("commendations:proposals")).content.decode()
    todo = office.get(reverse("reports:todo")).content.decode()
    assert "Hoàn thiện dự thảo tờ trình cấp trên" in todo
    data = {
        "seen": draft.version, "subject": draft.subject, "addressee": "Sở Nội vụ tỉnh Thanh Hóa", "expected_on": "10/11/2026",
        "grounds": draft.grounds, "opinion": "Rất mong được quan tâm.", "recipients": draft.recipients,
        "signer_title": draft.signer_title, "signer_name": draft.signer_name,
    }  # fmt: skip
    assert office.post(url("edit_proposal", draft), {**data, "expected_on": "09/11/2026"}).status_code == 422
    assert office.post(url("edit_proposal", draft), data).status_code == 302
    assert "Đã lập bản trình ký" in office.post(url("proposal_to_signature", draft), follow=True).content.decode()
    assert clerk.post(url("issue_proposal", draft), {"issued_on": "31/02/2026"}).status_code == 422
    page = clerk.post(url("issue_proposal", draft), {"issued_on": "10/11/2026"}, follow=True).content.decode()
    assert "01/TTr-UBND" in page
    case = Nomination.objects.get()
    assert "Ghi kết quả xét khen thưởng của cấp trên" in office.get(reverse("reports:todo")).content.decode()
    answer = office.post(
        url("award_above", case), {"number": "9/QĐ-UBND", "decided_on": "11/11/2026", "issuer": "Chủ tịch"}
    )
    assert answer.status_code == 302
    assert "Quyết định số 9/QĐ-UBND" in office.get(case.get_absolute_url()).content.decode()
    for who in ("thon1", "hoidong2", "phongnoivu"):
        assert signed_in(who).get(url("proposal", draft)).status_code == 403


def test_thon_van_hoa_has_the_name_of_its_day(commune):
    village = Unit.objects.get(commune=commune, code="thon2")
    award = factories.sign_and_issue(
        commune, factories.decided_awards(commune, ("THONVH", village, 2026)).decisions.get()
    ).awards.get()
    assert award.award_name == "Thôn, tổ dân phố văn hóa" and award.amount == 3_800_000
