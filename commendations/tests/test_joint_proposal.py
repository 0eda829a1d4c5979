"""A second unit proposes the nominee of a case too: one case, two proposers, taken back while nobody judged it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commendations.actions.appraisal import return_nomination
from commendations.actions.joint_proposal import join_case, leave_case
from commendations.actions.nomination import AwardRequest, NominationContent, save_nomination, start_nomination
from commendations.models import Award, JointProposal, Nomination
from commendations.papers.commendation_request import commendation_request
from commendations.tests import case_steps, factories
from commendations.views.same_case import JoinOffer
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.documents.models import IssuedDocument
from emulation.notices.models import Notification
from tests.html import page_of, paper_text
from villages.models import Person, Unit

pytestmark = pytest.mark.both_databases

WORDS = "Chị Lụa giúp năm hội viên nghèo vay vốn."


def unit(code):
    return Unit.objects.get(commune__code="binh-luong", code=code)


@pytest.fixture
def case(commune):
    """Submitted by Thôn 1."""
    return case_steps.submitted_nomination()


def join(user, case, code="phunu", login="phunu", **more):
    return join_case(by=user(login), nomination=case, unit=unit(code), deed=WORDS, **more)


def joined_cases(login, user):
    return list(Nomination.objects.visible_to(user(login)).values_list("pk", flat=True))


# ── joining and taking back ──────────────────────────────────────────────────────────────────────
def test_a_second_unit_joins_reads_the_case_and_has_a_paper_of_its_own(user, case):
    assert joined_cases("thon2", user) == []
    joint = join(user, case, "thon2", "thon2")
    case.refresh_from_db()
    assert (case.unit.code, case.state, case.proposers) == ("thon1", "submitted", "Thôn 1, cùng đề nghị: Thôn 2")
    assert joined_cases("thon2", user) == [case.pk] and joined_cases("thon3", user) == []
    text = paper_text(joint.document.html)
    assert "Thôn 2 và Thôn 1 đề nghị Chủ tịch" in text and "năm hội viên nghèo" in text
    assert IssuedDocument.objects.visible_to(user("thon2")).filter(pk=joint.document_id).exists()
    notified = set(
        Notification.objects.filter(text__startswith="Thôn 2 cùng đề nghị").values_list("user__username", flat=True)
    )
    assert {"thon1", "vanphong"} <= notified and "thon3" not in notified


def test_the_papers_of_two_proposing_units_have_names_apart(user, case, signed_in):
    joint = join(user, case, "thon2", "thon2")
    page = signed_in("vanphong").get(case.get_absolute_url()).content.decode()
    links = re.findall(r'<a[^>]*href="([^"]*)"[^>]*>([^<]*)</a>', page[page.index("Giấy tờ") :])
    labels = {url: label.strip() for url, label in links}
    assert labels[joint.document.get_absolute_url()] == f"{joint.document.type_name} của Thôn 2"
    assert labels[case.request_document.get_absolute_url()] == case.request_document.type_name


def test_the_paper_of_the_first_names_who_joined_before_it_was_submitted(user):
    case = case_steps.draft_nomination()
    join(user, case, "thon2", "thon2")
    case_steps.nominations.submit_nomination(by=user("thon1"), nomination=case, on=case_steps.SESSION_DAY)
    assert "Thôn 1 và Thôn 2 đề nghị Chủ tịch" in paper_text(case.request_document.html)
    papers = IssuedDocument.objects.visible_to(user("thon2"))
    assert papers.filter(pk__in=[case.report_document_id, case.request_document_id]).count() == 2


def test_taken_back_with_a_reason_it_is_as_before(user, case):
    join(user, case, "thon2", "thon2")
    with pytest.raises(RuleBroken, match="lý do thôi"):
        leave_case(by=user("thon2"), nomination=case, unit=unit("thon2"), reason=" ")
    leave_case(by=user("thon2"), nomination=case, unit=unit("thon2"), reason="Thôn 1 đã đề nghị đủ")
    case.refresh_from_db()
    assert joined_cases("thon2", user) == [] and case.proposers == "Thôn 1"
    assert "Thôn 2" not in str(commendation_request(case, case_steps.SESSION_DAY))
    with pytest.raises(RuleBroken, match="không cùng đề nghị"):
        leave_case(by=user("thon2"), nomination=case, unit=unit("thon2"), reason="Lần nữa")
    join(user, case, "thon2", "thon2")
    assert JointProposal.objects.count() == 2 and JointProposal.objects.in_force().count() == 1


def test_who_cannot_join(user, case):
    with pytest.raises(RuleBroken, match="là đơn vị lập hồ sơ này"):
        join(user, case, "thon1", "thon1")
    with pytest.raises(NotAllowed, match="không đề nghị thay Thôn 2"):
        join(user, case, "thon2", "thon3")
    with pytest.raises(NotAllowed):
        join(user, case, "thon2", "chutich")
    with pytest.raises(RuleBroken, match="Hãy ghi thành tích"):
        join_case(by=user("thon2"), nomination=case, unit=unit("thon2"), deed="  ")
    join(user, case, "thon2", "vanphong")  # the office for a unit
    with pytest.raises(RuleBroken, match="đã cùng đề nghị"):
        join(user, case, "thon2", "thon2")


def test_nobody_joins_or_leaves_once_the_council_has_the_case(user, commune):
    case = case_steps.complete_nomination()
    join(user, case, "thon2", "thon2")
    case_steps.session_with(case)
    for act in (
        lambda: join(user, case, "thon3", "thon3"),
        lambda: leave_case(by=user("thon2"), nomination=case, unit=unit("thon2"), reason="Muộn"),
    ):
        with pytest.raises(RuleBroken, match="Chờ Hội đồng xét"):
            act()


def test_a_refused_joint_proposal_keeps_the_draft_of_the_unit(user, commune):
    case = case_steps.complete_nomination()
    case_steps.session_with(case)
    draft = start_nomination(by=user("thon2"), unit=unit("thon2"), nominee=case.person)
    with pytest.raises(RuleBroken, match="Chờ Hội đồng xét"):
        join(user, case, "thon2", "thon2", draft=draft)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_returned_case_is_seen_by_both_and_edited_by_the_first(user, office, case):
    join(user, case, "thon2", "thon2")
    return_nomination(by=office, nomination=case, notes={"deed": "Ghi rõ số liệu"})
    assert joined_cases("thon2", user) == [case.pk]
    with pytest.raises(NotAllowed):
        save_nomination(by=user("thon2"), nomination=case, content=NominationContent(deed="Khác"))
    save_nomination(by=user("thon1"), nomination=case, content=NominationContent(deed="Hiến 130 m² đất."))
    notified = Notification.objects.filter(text__contains="trả lại đề nghị").values_list("user__username", flat=True)
    assert {"thon1", "thon2"} <= set(notified)


def test_the_award_is_seen_by_both_units(user, commune):
    decision = factories.decision_at_signature(commune, [factories.person_named("Vi Văn Thành")])
    case = Nomination.objects.get()
    JointProposal.objects.create(
        commune=commune, nomination=case, unit=unit("thon3"), deed="Tốt", proposed_by=user("thon3")
    )
    factories.decisions.issue_decision(by=user("vanthu"), decision=decision, issued_on=factories.HELD_ON)
    seen = [Award.objects.visible_to(user(login)).count() for login in ("thon1", "thon3", "thon5")]
    assert seen == [1, 1, 0]


# ── pages ────────────────────────────────────────────────────────────────────────────────────────
OFFER = re.compile(r'(?:formaction|href)="(/khen-thuong/de-nghi/cung-de-nghi/[^"]+)"')


def offer_in(response):
    (address,) = OFFER.findall(page_of(response))
    return address.replace("&#x3A;", ":")


def test_the_refusal_of_a_title_offers_to_join(user, commune, signed_in):
    lua = Person.objects.get(full_name="Lê Thị Lụa")
    case = start_nomination(by=user("thon1"), unit=unit("thon1"), nominee=lua, requested=AwardRequest("LDTT", 2026))
    browser = signed_in("thon2")
    plain = start_nomination(by=user("thon2"), unit=unit("thon2"), nominee=lua)
    data = {"award": "LDTT", "year": "2026", "seen": plain.version}
    address = offer_in(browser.post(reverse("commendations:award_of", args=[plain.pk]), data))
    page = page_of(browser.get(address))
    assert "Lê Thị Lụa: Thôn 1 đã đề nghị tặng danh hiệu Lao động tiên tiến năm 2026" in page
    assert browser.post(address, {"deed": " "}).status_code == 422 and not JointProposal.objects.exists()
    assert browser.post(address, {"deed": WORDS})["Location"] == case.get_absolute_url()
    plain.refresh_from_db()
    assert plain.state == "withdrawn" and JointProposal.objects.get().deed == WORDS
    assert WORDS in page_of(browser.get(case.get_absolute_url()))


def test_the_typed_deed_goes_with_the_offer(user, commune, signed_in):
    case = case_steps.draft_nomination()
    plain = start_nomination(by=user("thon2"), unit=unit("thon2"), nominee=case.person)
    browser = signed_in("thon2")
    data = {"deed": case_steps.DEED, "kind": "CT", "seen": plain.version, "period_to": "31/10/2026"}
    response = browser.post(reverse("commendations:edit", args=[plain.pk]), data)
    assert response.status_code == 422 and case_steps.DEED in page_of(response)
    browser.post(offer_in(response), data)
    assert JointProposal.objects.get().deed == case_steps.DEED


def test_an_offer_is_for_its_user_alone_and_not_guessed(user, case, signed_in):
    address = JoinOffer(user("thon2").pk, case.pk, unit("thon2").pk).url
    assert signed_in("thon2").get(address).status_code == 200
    assert signed_in("thon3").get(address).status_code == 404
    assert signed_in("thon2").get(address[:-3] + "xx/").status_code == 404


def test_who_joined_takes_it_back_on_the_page_of_the_case(user, case, signed_in):
    join(user, case, "thon2", "thon2")
    leave = reverse("commendations:leave", args=[case.pk])
    assert leave in page_of(signed_in("thon2").get(case.get_absolute_url()))
    assert leave not in page_of(signed_in("thon1").get(case.get_absolute_url()))
    response = signed_in("thon1").post(leave, {"unit_id": unit("thon2").pk, "reason": "Không phải tôi"})
    assert response.status_code == 422 and JointProposal.objects.in_force().exists()
    data = {"unit_id": unit("thon2").pk, "reason": "Để Thôn 1 lo", "seen": Nomination.objects.get().version}
    assert signed_in("thon2").post(leave, data)["Location"] == reverse("commendations:nominations")
    assert "Để Thôn 1 lo" in page_of(signed_in("thon1").get(case.get_absolute_url()))


def test_the_list_reads_the_joined_cases_with_no_query_more(user, commune, signed_in):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(reverse("commendations:nominations")).status_code == 200
        return len(seen)

    browser = signed_in("thon2")
    case_steps.nominations.start_nomination(by=user("thon2"), unit=unit("thon2"))
    queries()
    few = queries()
    for name in ("Lê Thị Lụa", "Vi Văn Thành"):
        join(user, case_steps.draft_nomination(name), "thon2", "thon2")
    assert "Vi Văn Thành" in page_of(browser.get(reverse("commendations:nominations")))
    assert queries() <= few
