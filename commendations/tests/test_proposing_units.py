"""A case that two units propose: both are shown and notified wherever the unit of a case is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commendations.models import Amendment, Award, JointProposal, Nomination
from commendations.queries.amendment import amendment_effects
from commendations.queries.chair_submission import submission_rows
from commendations.queries.fairness import fairness_summary
from commendations.tests import amendment_steps, case_steps, factories
from emulation.documents.models import IssuedDocument
from emulation.notices.models import Notification
from tests.html import page_of
from villages.models import Unit

PERSON = "Vi Văn Thành"
BOTH = "Thôn 1, cùng đề nghị: Thôn 3"


def joined(user, case, login="thon3"):
    """The unit has joined the case; nothing that anybody did is recorded, so that only heads of units are notified."""
    unit = Unit.objects.get(commune=case.commune, code=login)
    JointProposal.objects.create(
        commune=case.commune, nomination=case, unit=unit, deed="Giúp Thôn 3 làm đường.", proposed_by=user("vanphong")
    )
    return case


def notified(words):
    return set(Notification.objects.filter(text__contains=words).values_list("user__username", flat=True))


@pytest.fixture
def submission(commune, user):
    paper = factories.submitted_to_chair(
        commune, [factories.person_named(PERSON), factories.person_named("Lê Thị Lụa")]
    )
    joined(user, Nomination.objects.get(person__full_name=PERSON))
    return paper


def test_the_chair_sees_and_notifies_both(submission, signed_in, chair):
    address = reverse("commendations:decide", args=[submission.pk])
    browser = signed_in("chutich")
    assert f"Đề nghị: {BOTH}" in page_of(browser.get(address))
    approved = {f"outcome_{item.pk}": "dong-y" for item in submission.items.all()}
    preview = page_of(browser.post(address, {**approved, "seen": submission.version}))
    assert "Các đơn vị được báo ngay: Thôn 1, Thôn 3." in preview
    panel = fairness_summary(submission_rows(submission, factories.HELD_ON), factories.HELD_ON)
    assert panel.units == [("Thôn 1", 2), ("Thôn 3", 1)] and panel.joint == 1 and "Thôn 3" not in panel.nobody
    assert "1 trường hợp do nhiều đơn vị cùng đề nghị" in page_of(browser.get(submission.get_absolute_url()))
    factories.chair_submissions.record_chair_decisions(
        by=chair,
        chair_submission=submission,
        decisions=factories.chair_decisions(submission),
        on=factories.HELD_ON,
    )
    assert {"thon1", "thon3"} <= notified(f"{PERSON}: Chủ tịch đồng ý")
    assert "thon3" not in notified("Lê Thị Lụa: Chủ tịch đồng ý")


def test_both_are_notified_of_the_award_and_read_its_papers(commune, user, signed_in):
    decision = factories.decision_at_signature(commune, [factories.person_named(PERSON)])
    joined(user, Nomination.objects.get())
    factories.decisions.issue_decision(by=user("vanthu"), decision=decision, issued_on=factories.HELD_ON)
    award = Award.objects.get()
    assert {"thon1", "thon3"} <= notified(f"{PERSON} được tặng") and "thon5" not in notified(f"{PERSON} được tặng")
    for login, papers in (("thon1", 2), ("thon3", 2), ("thon5", 0)):
        readable = IssuedDocument.objects.visible_to(user(login))
        assert readable.filter(pk__in=[award.certificate_id, award.decision.document_id]).count() == papers
    browser = signed_in("vanphong")
    assert f"<dd>{BOTH}</dd>" in page_of(browser.get(award.get_absolute_url()))
    for code, found in (("thon1", True), ("thon3", True), ("thon2", False)):
        unit = Unit.objects.get(commune=commune, code=code).pk
        for name in ("register", "nominations"):
            page = page_of(browser.get(reverse(f"commendations:{name}"), {"don-vi": unit}))
            assert (PERSON in page) is found, (name, code)


def test_amendments_name_and_notify_both(commune, user):
    decision = factories.decision_at_signature(commune, [factories.person_named(PERSON)])
    joined(user, Nomination.objects.get())
    factories.decisions.issue_decision(by=user("vanthu"), decision=decision, issued_on=factories.HELD_ON)
    decision.refresh_from_db()
    correction = amendment_steps.issued(
        decision, Amendment.CORRECTION, name="Vi Văn Thanh", recipient="Ông Vi Văn Thanh"
    )
    assert correction.document.paper.addressees[:2] == ("Thôn 1", "Thôn 3")
    corrected = Award.objects.with_standing().get().current_certificate
    assert corrected.pk != Award.objects.get().certificate_id
    cancellation = amendment_steps.draft(decision, Amendment.CANCELLATION)
    assert amendment_effects(cancellation, factories.HELD_ON).units == ("Thôn 1", "Thôn 3")
    cancellation = amendment_steps.issue_draft(cancellation, factories.HELD_ON)
    for words in ("Xã đính chính", "Xã hủy bỏ"):
        assert {"thon1", "thon3"} <= notified(words) and "thon5" not in notified(words)
    readable = IssuedDocument.objects.visible_to(user("thon3"))
    papers = [corrected.pk, correction.document_id, cancellation.document_id]
    assert set(readable.filter(pk__in=papers).values_list("pk", flat=True)) == set(papers)


def test_the_cases_for_a_session_name_both(commune, user, signed_in):
    case = joined(user, case_steps.complete_nomination(PERSON))
    session = case_steps.planned_session()
    browser = signed_in("vanphong")
    assert BOTH in page_of(browser.get(session.get_absolute_url()))
    assert case.proposing_units == list(
        Unit.objects.filter(commune=commune, code__in=["thon1", "thon3"]).order_by("pk")
    )


def test_a_unit_that_left_is_not_named(commune, user, office):
    case = joined(user, case_steps.submitted_nomination(PERSON))
    JointProposal.objects.update(taken_back_at=case.updated_at, taken_back_by=office, end_reason="Thôi")
    case = Nomination.objects.get()
    assert case.proposers == "Thôn 1" and [unit.code for unit in case.proposing_units] == ["thon1"]


def test_the_chairs_pages_read_the_units_of_many_cases_with_no_more_queries(commune, user, signed_in):
    def queries(paper):
        browser.get(paper.get_absolute_url())
        with CaptureQueriesContext(connection) as seen:
            browser.get(paper.get_absolute_url())
        return len(seen)

    browser = signed_in("chutich")
    people = factories.many_people(commune, 8)
    few = factories.submitted_to_chair(commune, people[:2])
    many = factories.submitted_to_chair(commune, people[2:])
    for case in Nomination.objects.all():
        joined(user, case, "thon1")
    assert queries(many) <= queries(few)
