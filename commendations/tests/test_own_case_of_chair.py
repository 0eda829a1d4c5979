"""The chair's own case is decided and signed by the vice chair; nobody signs an award of their own."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from commendations.actions.chair_submission import (
    ChairDecision,
    draft_chair_submission,
    record_chair_decisions,
    return_chair_submission,
    submit_to_chair,
    undo_chair_decisions,
)
from commendations.actions.decision import decision_signature_steps, issue_decision
from commendations.actions.deputy_decision import decide_for_chair, undo_deputy_decision
from commendations.models import Decision, Nomination, Proposal
from commendations.queries.decision import decision_faults
from commendations.queries.proposal import proposal_faults
from commendations.queries.signer import signer_faults
from commendations.tests import factories
from commendations.tests.test_own_case import LUA, ON, WHOSE, as_person, give, is_user, person
from emulation.communes.models import Membership
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from tests.approval_papers import APPROVALS, draft_letter
from tests.html import page_of, paper_text
from villages.models import Person, Unit

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def vice(commune, user):
    return give(commune, user("hoidong2"), Role.vice_chair)


# ── the chair ────────────────────────────────────────────────────────────────────────────────────
def list_with_chair(commune, chair, office, whose=as_person, others=("Vi Văn Thành",)):
    """A presented list with the chair's own case."""
    nominees = [whose(chair, commune), *map(person, others)]
    draft = draft_chair_submission(by=office, session=factories.closed_session_of(commune, nominees))
    return submit_to_chair(by=office, chair_submission=draft, on=ON)


def yes(paper, by_deputy):
    return {item.pk: ChairDecision(True) for item in paper.items.filter(by_deputy=by_deputy)}


def test_without_a_vice_chair_the_list_is_not_presented_and_names_the_way(commune, chair, office):
    with pytest.raises(RuleBroken, match="chưa có ai giữ vai Phó Chủ tịch") as refused:
        list_with_chair(commune, chair, office)
    assert "Nhờ Quản trị giao vai này ở “Hệ thống → Tài khoản”" in refused.value.message


@pytest.mark.parametrize("whose", WHOSE)
def test_the_own_case_of_the_chair_gets_a_decision_of_its_own(commune, chair, office, clerk, vice, whose):
    paper = list_with_chair(commune, chair, office, whose)
    (own,) = paper.items.filter(by_deputy=True)
    with pytest.raises(RuleBroken, match="không thuộc phiếu trình"):
        record_chair_decisions(
            by=chair, chair_submission=paper, decisions={**yes(paper, False), own.pk: ChairDecision(True)}, on=ON
        )
    record_chair_decisions(by=chair, chair_submission=paper, decisions=yes(paper, False), on=ON)
    own.nomination.refresh_from_db()
    assert own.nomination.state == "presented"
    decide_for_chair(by=vice, chair_submission=paper, decisions=yes(paper, True))
    (general,) = Decision.objects.filter(by_deputy=False)
    (kt,) = Decision.objects.filter(by_deputy=True)
    assert (kt.signer_title, kt.signer_name) == (Decision.DEPUTY, vice.full_name)
    for decision, size in ((general, 1), (kt, 1)):
        decision_signature_steps.send_to_signature(decision, by=office)
        issue_decision(by=clerk, decision=decision, issued_on=ON if decision == general else kt.expected_on)
        assert decision.awards.count() == size
    names = [list(decision.awards.values_list("name", flat=True)) for decision in (kt, general)]
    named = kt.subject.partition(" cho ")[2]
    assert named.startswith(("bà ", "hộ gia đình ", "tập thể "))
    assert "KT. CHỦ TỊCH" in paper_text(kt.document.html)
    assert "KT. CHỦ TỊCH" not in paper_text(general.document.html)
    assert names == [[own.nomination.awards.get().name], ["Vi Văn Thành"]]


def test_a_list_of_the_chair_alone_is_decided_by_the_vice_chair(commune, chair, office, vice):
    paper = list_with_chair(commune, chair, office, others=())
    with pytest.raises(RuleBroken, match="Phiếu trình chỉ có hồ sơ của chính Chủ tịch"):
        record_chair_decisions(by=chair, chair_submission=paper, decisions={}, on=ON)
    decide_for_chair(by=vice, chair_submission=paper, decisions=yes(paper, True))
    assert paper.state == "decided" and paper.decided_on
    undo_deputy_decision(by=vice, chair_submission=paper, reason="Xem lại hồ sơ")
    assert (paper.state, paper.decided_on) == ("presented", None)
    assert not Decision.objects.exclude(state="dropped").exists()
    assert Nomination.objects.get().state == "presented"
    refuse = {item.pk: ChairDecision(False, "Chưa đủ căn cứ") for item in paper.items.all()}
    decide_for_chair(by=vice, chair_submission=paper, decisions=refuse)
    assert Nomination.objects.get().state == "refused"


def test_each_takes_back_only_the_own_decisions(commune, chair, office, vice):
    paper = list_with_chair(commune, chair, office)
    decide_for_chair(by=vice, chair_submission=paper, decisions=yes(paper, True))
    assert paper.state == "presented"
    with pytest.raises(RuleBroken, match="Phó Chủ tịch đã quyết định"):
        return_chair_submission(by=chair, chair_submission=paper, reason="Trả lại")
    record_chair_decisions(by=chair, chair_submission=paper, decisions=yes(paper, False), on=ON)
    undo_chair_decisions(by=chair, chair_submission=paper, reason="Xem lại")
    states = dict(Nomination.objects.values_list("chair_submission_items__by_deputy", "state"))
    assert states == {True: "approved", False: "presented"}
    undo_deputy_decision(by=vice, chair_submission=paper, reason="Xem lại")
    return_chair_submission(by=chair, chair_submission=paper, reason="Trả lại")
    assert set(Nomination.objects.values_list("state", flat=True)) == {"passed"}


def test_a_vice_chair_does_not_decide_the_own_case_either(commune, chair, office, vice):
    paper = list_with_chair(commune, chair, office)
    is_user(LUA, vice)
    with pytest.raises(RuleBroken, match="Phó Chủ tịch khác quyết định"):
        decide_for_chair(by=vice, chair_submission=paper, decisions=yes(paper, True))


def test_the_vice_chair_decides_it_on_a_page_of_its_own(commune, chair, office, vice, signed_in):
    paper = list_with_chair(commune, chair, office)
    address = reverse("commendations:decide_for_chair", args=[paper.pk])
    page = page_of(signed_in("chutich").get(reverse("commendations:decide", args=[paper.pk])))
    assert "hồ sơ của chính Chủ tịch" in page and page.count('class="case-choice"') == 1
    browser = signed_in("hoidong2")
    assert page_of(browser.get(address)).count('class="case-choice"') == 1
    (own,) = paper.items.filter(by_deputy=True)
    data = {f"outcome_{own.pk}": "dong-y", "do": "confirm", "seen": paper.version}
    assert browser.post(address, data).status_code == 302
    own.refresh_from_db()
    assert own.approved is True


# ── signing ──────────────────────────────────────────────────────────────────────────────────────
def test_the_chair_does_not_sign_the_own_award(commune, chair, office):
    decision = factories.draft_decision(commune, [person(LUA)])
    is_user(LUA, chair)
    assert any("không ký văn bản khen chính mình" in fault for fault in decision_faults(decision))


def test_the_paper_about_the_chair_is_signed_by_the_deputy_only(commune, chair, office, vice):
    paper = list_with_chair(commune, chair, office, others=())
    decide_for_chair(by=vice, chair_submission=paper, decisions=yes(paper, True))
    kt = Decision.objects.get()
    Decision.objects.filter(pk=kt.pk).update(signer_title=Decision.CHAIR, signer_name=chair.full_name)
    kt.refresh_from_db()
    assert any("Phó Chủ tịch ký KT. CHỦ TỊCH" in fault for fault in decision_faults(kt))


def test_the_chair_does_not_sign_in_the_place_of_the_chair(commune, chair, office, village_head):
    decision = factories.draft_decision(commune)
    Decision.objects.filter(pk=decision.pk).update(signer_title=Decision.DEPUTY, signer_name=chair.full_name)
    decision.refresh_from_db()
    assert any("không ký thay chính mình" in fault for fault in decision_faults(decision))
    proposal = factories.decided_awards(commune, ("BKT", person("Lương Văn Thúy"), 2025)).proposals.get()
    proposal.signer_title = Proposal.DEPUTY
    proposal.signer_name = chair.full_name
    assert any("không ký thay chính mình" in fault for fault in proposal_faults(proposal))
    letter = draft_letter(commune, office, village_head)
    for approval in (APPROVALS["letter"],):
        with pytest.raises(RuleBroken, match="không ký thay chính mình") as refused:
            approval.save(letter, by=office, signer=chair.full_name, deputy=True)
        assert refused.value.field == "deputy"


def test_chair_and_vice_chair_read_the_money_of_what_they_decide(commune, chair, office, vice, signed_in):
    paper = list_with_chair(commune, chair, office, others=("Vi Văn Thành", "Lữ Thị Ơn"))
    each = 760_000
    for login, address, cases in (("chutich", "decide", 2), ("hoidong2", "decide_for_chair", 1)):
        page = page_of(signed_in(login).get(reverse(f"commendations:{address}", args=[paper.pk])))
        assert f"{cases} trường hợp, dự kiến {cases * each:,} đồng".replace(",", ".").replace("hợp.", "hợp,") in page


def test_a_case_that_the_vice_chair_has_not_decided_is_not_counted_as_approved(commune, chair, office, vice, signed_in):
    paper = list_with_chair(commune, chair, office)
    record_chair_decisions(by=chair, chair_submission=paper, decisions=yes(paper, False), on=ON)
    address = reverse("commendations:presentation", args=[paper.pk])
    assert "Được đồng ý 1/2 trường hợp" in page_of(signed_in("vanphong").get(address))
    decide_for_chair(by=vice, chair_submission=paper, decisions=yes(paper, True))
    page = page_of(signed_in("vanphong").get(address))
    assert "Được đồng ý 2/2 trường hợp" in page and f"<small>Phó Chủ tịch {vice.full_name}</small>" in page
    case = paper.items.get(by_deputy=True).nomination
    assert "Hồ sơ của chính Chủ tịch: Phó Chủ tịch" in page_of(signed_in("vanphong").get(case.get_absolute_url()))


def test_a_unit_on_the_form_has_no_separator_before_its_award(commune, office, signed_in):
    session = factories.closed_session_of(
        commune, [Unit.objects.get(commune=commune, name="Hội Liên hiệp Phụ nữ xã Bình Lương")]
    )
    paper = submit_to_chair(by=office, chair_submission=draft_chair_submission(by=office, session=session), on=ON)
    page = page_of(signed_in("chutich").get(reverse("commendations:decide", args=[paper.pk])))
    assert '<p class="soft">Giấy khen' in page


def test_who_was_vice_chair_until_a_day_signs_for_the_chair_no_longer(commune, vice):
    day = timezone.localdate()
    assert Person.objects.get(user=vice).post == "Phó Chủ tịch UBND xã"
    Membership.objects.filter(user_id=vice.pk, role="vice_chair").update(ends_on=day)
    paper = Decision(commune=commune, signer_title=Decision.DEPUTY, signer_name=vice.full_name)
    assert signer_faults(paper, day) == []
    (fault,) = signer_faults(paper, day + timedelta(days=1))
    assert "không ký thay được" in fault
