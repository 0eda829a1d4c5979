"""Kin and household of a nominee: found or declared, warned at each act, which goes on only with a reason that stays."""

import pytest
from django.urls import reverse

from commendations.actions import appraisal
from commendations.actions.chair_submission import draft_chair_submission, record_chair_decisions, submit_to_chair
from commendations.actions.kinship import declare_kinship, end_kinship, explain_kinship
from commendations.models import KinReason, Kinship, Recusal
from commendations.papers.minutes import minutes_paper
from commendations.tests import case_steps, factories
from commendations.tests.test_own_case import give, is_user
from emulation.audit.models import AuditEntry
from emulation.communes.roles import Role
from emulation.core.errors import NotAllowed, RuleBroken
from tests.html import page_of
from villages.models import Household, Person, Unit

pytestmark = pytest.mark.usefixtures("db")
ON = factories.HELD_ON
LUA = "Lê Thị Lụa"
KIN = "Vi Văn Thành"
WHY = "Văn phòng chỉ có một người, đã có Hội đồng xét"


def person(name):
    return Person.objects.get(full_name=name)


def same_household(user, commune):
    """The user is of the household of the nominee."""
    is_user(KIN, user)
    home = Household.objects.get(commune=commune, head_name="Lê Văn Bảy")
    Person.objects.filter(full_name__in=[LUA, KIN]).update(household=home)


def declared(user, commune):
    is_user(KIN, user)
    case = factories.nomination_of(commune, person(LUA), "submitted")
    declare_kinship(by=case_steps.user_named("vanphong"), nomination=case, person=person(KIN), kind="sibling")
    case.delete()


RELATIONS = {"same_household": (same_household, "cùng hộ gia đình"), "declared": (declared, "anh, chị, em ruột")}


@pytest.fixture(params=RELATIONS)
def relation(request):
    return RELATIONS[request.param]


# ── the office ───────────────────────────────────────────────────────────────────────────────────
def test_the_office_checks_the_case_of_kin_only_with_a_reason(commune, office, relation):
    relate, words = relation
    relate(office, commune)
    case = factories.nomination_of(commune, person(LUA), "submitted")
    with pytest.raises(RuleBroken, match=words):
        appraisal.save_checklist(by=office, nomination=case, marks={})
    with pytest.raises(RuleBroken, match="lý do vẫn làm"):
        explain_kinship(by=office, nomination=case, reason=" ")
    explain_kinship(by=office, nomination=case, reason=WHY)
    appraisal.save_checklist(by=office, nomination=case, marks={})
    assert KinReason.objects.get().relation == words
    assert AuditEntry.objects.get(act="commendations.explain_kinship").facts["reason"] == WHY
    with pytest.raises(RuleBroken, match="Không có quan hệ nào"):
        explain_kinship(by=office, nomination=case, reason="Lần nữa")


def test_who_is_nobodys_kin_is_asked_for_nothing(commune, office, user):
    same_household(user("mattran"), commune)
    case = factories.nomination_of(commune, person(LUA), "submitted")
    appraisal.save_checklist(by=office, nomination=case, marks={})
    with pytest.raises(RuleBroken, match="Không có quan hệ nào"):
        explain_kinship(by=office, nomination=case, reason=WHY)


def test_the_list_is_presented_only_with_a_reason(commune, office, relation):
    relate, words = relation
    relate(office, commune)
    draft = draft_chair_submission(by=office, session=factories.closed_session_of(commune, [person(LUA)]))
    with pytest.raises(RuleBroken, match=words):
        submit_to_chair(by=office, chair_submission=draft, on=ON)
    explain_kinship(by=office, nomination=draft.items.get().nomination, reason=WHY)
    assert submit_to_chair(by=office, chair_submission=draft, on=ON).state == "presented"


# ── the chair ────────────────────────────────────────────────────────────────────────────────────
def test_the_chair_decides_the_case_of_kin_only_with_a_reason(commune, chair, relation):
    relate, words = relation
    relate(chair, commune)
    paper = factories.submitted_to_chair(commune, [person(LUA)])
    (item,) = paper.items.all()
    decisions = factories.chair_decisions(paper)
    with pytest.raises(RuleBroken, match=words) as refused:
        record_chair_decisions(by=chair, chair_submission=paper, decisions=decisions, on=ON)
    assert refused.value.field == f"outcome_{item.pk}"
    explain_kinship(by=chair, nomination=item.nomination, reason=WHY)
    record_chair_decisions(by=chair, chair_submission=paper, decisions=decisions, on=ON)
    item.refresh_from_db()
    assert item.approved


# ── the council ──────────────────────────────────────────────────────────────────────────────────
def test_a_member_declares_and_does_not_vote(commune, user):
    member = user("hoidong2")
    own = Person.objects.get(user=member)
    session = case_steps.session_with(case_steps.complete_nomination())
    case = session.items.get().nomination
    assert not session.items.get().recused.exists()
    declare_kinship(by=member, nomination=case, person=own, kind="in_law", note="em dâu")
    assert [seat.person for seat in session.items.get().recused.all()] == [own]
    assert Recusal.objects.get().person == own


def test_who_may_declare_and_take_back(commune, office, user):
    member = user("hoidong2")
    own = Person.objects.get(user=member)
    case = factories.nomination_of(commune, person(LUA), "on_session")
    with pytest.raises(NotAllowed, match="chính mình"):
        declare_kinship(by=member, nomination=case, person=person(KIN), kind="other")
    with pytest.raises(NotAllowed):
        declare_kinship(by=user("thon1"), nomination=case, person=person(KIN), kind="other")
    with pytest.raises(RuleBroken, match="hai người"):
        declare_kinship(by=office, nomination=case, person=person(LUA), kind="other")
    kinship = declare_kinship(by=member, nomination=case, person=own, kind="spouse")
    with pytest.raises(RuleBroken, match="đã được khai"):
        declare_kinship(by=office, nomination=case, person=own, kind="other")
    with pytest.raises(RuleBroken, match="lý do rút"):
        end_kinship(by=office, nomination=case, kinship=kinship, reason="")
    end_kinship(by=office, nomination=case, kinship=kinship, reason="Khai nhầm người")
    assert not Kinship.objects.in_force().exists() and Kinship.objects.get().end_reason == "Khai nhầm người"


def test_nobody_takes_back_a_declaration_about_themselves(commune, office, user):
    second = give(commune, user("hoidong2"), Role.office)
    case = factories.nomination_of(commune, person(LUA), "on_session")
    kinship = declare_kinship(by=second, nomination=case, person=Person.objects.get(user=second), kind="spouse")
    with pytest.raises(RuleBroken, match="người khác của Văn phòng"):
        end_kinship(by=second, nomination=case, kinship=kinship, reason="Không muốn")


def test_the_reason_is_in_the_minutes(commune, office):
    same_household(office, commune)
    case = factories.nomination_of(commune, person(LUA), "complete")
    explain_kinship(by=office, nomination=case, reason=WHY)
    session = case_steps.with_vote_counts(case_steps.with_attendance(case_steps.opened_session(case)))
    text = str(minutes_paper(session))
    assert f"{office.full_name} (cùng hộ gia đình) vẫn thẩm định, trình; lý do:" in text and WHY[1:] in text


# ── pages ────────────────────────────────────────────────────────────────────────────────────────
def test_the_pages_name_kin_to_those_who_act_and_ask_for_the_reason(commune, office, signed_in):
    same_household(office, commune)
    case = factories.nomination_of(commune, person(LUA), "submitted")
    browser = signed_in("vanphong")
    page = page_of(browser.get(case.get_absolute_url()))
    explain = reverse("commendations:explain_kinship", args=[case.pk])
    assert f"{KIN}: cùng hộ gia đình" in page and explain in page
    assert "Có quan hệ với người được đề nghị" not in page_of(signed_in("thon1").get(case.get_absolute_url()))
    assert browser.post(explain, {"reason": WHY, "seen": case.version}).status_code == 302
    page = page_of(browser.get(case.get_absolute_url()))
    assert WHY in page and explain not in page


def test_nobody_declares_to_be_kin_of_a_collective(commune, user, signed_in):
    group = factories.nomination_of(commune, Unit.objects.get(commune=commune, code="thon2"), "on_session")
    single = factories.nomination_of(commune, person(LUA), "on_session")
    member = user("hoidong2")
    browser = signed_in("hoidong2")
    for case, may in ((group, False), (single, True)):
        declare = reverse("commendations:declare_kinship", args=[case.pk])
        assert (declare in page_of(browser.get(case.get_absolute_url()))) is may
    with pytest.raises(RuleBroken, match="không có quan hệ để khai"):
        declare_kinship(by=member, nomination=group, person=Person.objects.get(user=member), kind="other")
    answer = browser.get(reverse("commendations:declare_kinship", args=[group.pk]), follow=True)
    assert answer.status_code == 409 and "không có quan hệ để khai" in page_of(answer)


def test_the_office_declares_on_the_page_and_takes_it_back(commune, office, signed_in):
    case = factories.nomination_of(commune, person(LUA), "on_session")
    member = Person.objects.get(user__username="hoidong2")
    browser = signed_in("vanphong")
    declare = reverse("commendations:declare_kinship", args=[case.pk])
    assert browser.post(declare, {"person": "", "kind": ""}).status_code == 422
    assert browser.post(declare, {"person": member.pk, "kind": "spouse"}).status_code == 302
    page = page_of(browser.get(case.get_absolute_url()))
    end = f"{reverse('commendations:end_kinship', args=[case.pk])}?khai={Kinship.objects.get().pk}"
    assert f"{member.marked_name}: vợ, chồng" in page and end in page
    assert browser.post(end, {"reason": "Khai nhầm"}).status_code == 302
    assert not Kinship.objects.in_force().exists()
