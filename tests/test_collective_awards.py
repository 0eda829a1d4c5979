"""A collective that is no unit, from the nomination to the Sổ vàng: named with its unit, on papers as on their day."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.catalogue.models import Field
from campaigns.exemplars.actions.exemplar import ExemplarContent, start_exemplar, submit_exemplar
from campaigns.exemplars.actions.period import open_month
from commendations.actions import nomination as nominations
from commendations.actions.appraisal import complete_nomination
from commendations.actions.chair_submission import (
    ChairDecision,
    draft_chair_submission,
    record_chair_decisions,
    submit_to_chair,
)
from commendations.actions.decision import decision_signature_steps, issue_decision
from commendations.flow.own_case import is_own
from commendations.models import Award, Decision, Nomination
from commendations.papers.achievement_report import achievement_report
from commendations.papers.commendation_request import commendation_request
from commendations.queries.catalogue import reason_not_offered
from commendations.tests import case_steps
from commendations.tests.case_steps import SESSION_DAY
from emulation.core.errors import RuleBroken
from emulation.documents.engines.html import paper_html
from emulation.jobs.models import Job
from emulation.jobs.queue import run_job
from portal.models import HonourEntry
from tests.html import page_of, paper_text
from villages.actions.collective_leaders import set_collective_leader
from villages.actions.collectives import add_collective, end_collective, rename_collective
from villages.models import Person, Unit

ISSUED = date(2026, 11, 6)


@pytest.fixture(autouse=True)
def _today(in_november):
    """20/11/2026."""


@pytest.fixture
def thon1(commune):
    return case_steps.unit_by_code("thon1")


@pytest.fixture
def group(village_head, thon1):
    return add_collective(by=village_head, owner=thon1, name="Tổ liên gia số 3", kind="group")


@pytest.fixture
def cooperative(office, commune):
    return add_collective(by=office, owner=commune, name="Hợp tác xã Măng Xanh", kind="cooperative")


@pytest.fixture
def office_unit(commune):
    return Unit.objects.get(commune=commune, kind=Unit.OFFICE)


def submitted(unit, nominee, login):
    by = case_steps.user_named(login)
    case = case_steps.fill_nomination(nominations.start_nomination(by=by, unit=unit, nominee=nominee), login)
    return nominations.submit_nomination(by=by, nomination=case, on=SESSION_DAY)


def awarded(*cases):
    office, chair, clerk = (case_steps.user_named(name) for name in ("vanphong", "chutich", "vanthu"))
    for case in cases:
        complete_nomination(by=office, nomination=case_steps.with_full_checklist(case))
    session = case_steps.closed_session(*cases)
    submission = submit_to_chair(
        by=office, chair_submission=draft_chair_submission(by=office, session=session), on=SESSION_DAY
    )
    decisions = {item.pk: ChairDecision(True) for item in submission.items.all()}
    record_chair_decisions(by=chair, chair_submission=submission, decisions=decisions, on=ISSUED)
    decision = Decision.objects.get(chair_submission=submission)
    decision_signature_steps.send_to_signature(decision, by=office)
    issue_decision(by=clerk, decision=decision, issued_on=ISSUED)
    return session, Decision.objects.get(pk=decision.pk)


@pytest.mark.parametrize(("starts_on", "votes"), [(SESSION_DAY, False), (ISSUED, True)])
def test_who_leads_it_on_the_day_of_the_session_neither_votes_nor_sees_its_case(
    commune, office, thon1, group, starts_on, votes
):
    """As the head of a unit on the case of the unit."""
    member = Person.objects.get(commune=commune, full_name="Lữ Văn Ba")
    set_collective_leader(by=office, collective=group, person=member, post="Tổ trưởng", starts_on=starts_on)
    case = submitted(thon1, group, "thon1")
    complete_nomination(by=office, nomination=case_steps.with_full_checklist(case))
    session = case_steps.session_with(case)
    assert {str(seat.person) for seat in session.items.get().recused.all()} == (set() if votes else {"Lữ Văn Ba"})
    assert Nomination.objects.visible_to(member.user).filter(pk=case.pk).exists() == votes


def test_who_leads_it_appraises_and_decides_its_case_as_little_as_a_head_that_of_the_unit(
    commune, office, thon1, group
):
    case = submitted(thon1, group, "thon1")
    chair = case_steps.user_named("chutich")
    seen = []
    for user, day in ((chair, SESSION_DAY), (office, ISSUED)):
        leader = Person.objects.get(commune=commune, user=user)
        set_collective_leader(by=office, collective=group, person=leader, post="Tổ trưởng", starts_on=day)
        seen.append((is_own(case, chair), is_own(case, office)))
    assert seen == [(True, False), (False, True)]
    with pytest.raises(RuleBroken, match="là của chính bạn"):
        complete_nomination(by=office, nomination=case_steps.with_full_checklist(case))


def test_the_file_names_the_group_and_its_unit_confirms(thon1, group):
    case = submitted(thon1, group, "thon1")
    report = achievement_report(case, SESSION_DAY)
    assert [line.capacity[0] for line in report.signatures] == ["XÁC NHẬN CỦA THÔN 1", "ĐẠI DIỆN TẬP THỂ"]
    html = paper_text(case.report_document.html)
    assert "Tổ liên gia số 3" in html
    assert "Thôn 1, xã Bình Lương" in html
    request = paper_text(case.request_document.html)
    assert "Thôn 1 đề nghị" in request
    assert "Tổ liên gia số 3" in request
    assert commendation_request(case, SESSION_DAY).doc_type == "GIẤY ĐỀ NGHỊ"


def test_from_the_minutes_to_the_register(signed_in, thon1, group, office_unit, cooperative):
    cases = [submitted(thon1, group, "thon1"), submitted(office_unit, cooperative, "vanphong")]
    session, decision = awarded(*cases)
    minutes = paper_text(session.minutes.html)
    assert "Tổ liên gia số 3, Thôn 1" in minutes
    assert "Hợp tác xã Măng Xanh" in minutes
    html = paper_text(decision.document.html)
    assert "Thôn 1, xã Bình Lương" in html
    first, second = Award.objects.order_by("decision_serial")
    assert {(row.name, row.place) for row in (first, second)} == {
        ("Tổ liên gia số 3", "Thôn 1, xã Bình Lương"),
        ("Hợp tác xã Măng Xanh", "Xã Bình Lương"),
    }
    certificate = paper_text(Award.objects.get(collective=group).certificate.html)
    assert "Tập thể Tổ liên gia số 3" in certificate
    assert "Thôn 1, xã Bình Lương" in certificate
    run_job(Job.objects.get(kind="portal.publish").pk)
    entries = HonourEntry.objects.values_list("name", "unit_name")
    assert set(entries) == {("Tổ liên gia số 3", "Thôn 1"), ("Hợp tác xã Măng Xanh", "Xã Bình Lương")}
    for login in ("vanphong", "thon1"):
        page = page_of(signed_in(login).get(reverse("commendations:register")))
        assert "Tổ liên gia số 3" in page
    assert "Hợp tác xã Măng Xanh" not in page  # of the commune, not of Thôn 1
    book = page_of(signed_in("thon1").get(reverse("commendations:collective_book", args=[group.pk])))
    assert "Giấy khen" in book


def test_papers_name_it_as_on_their_day(village_head, thon1, group):
    case = submitted(thon1, group, "thon1")
    rename_collective(by=village_head, collective=group, name="Tổ liên gia Hòa Bình", starts_on=date(2026, 11, 10))
    assert "Tổ liên gia số 3" in paper_text(case.report_document.html)
    case.refresh_from_db()
    assert "Tổ liên gia số 3" in paper_text(paper_html(achievement_report(case, date(2026, 11, 9))))
    assert "Tổ liên gia Hòa Bình" in paper_text(paper_html(achievement_report(case, date(2026, 11, 10))))


def test_whom_a_unit_may_nominate(signed_in, user, thon1, group, cooperative, office_unit):
    page = page_of(signed_in("thon1").get(reverse("commendations:start")))
    assert "Tập thể Tổ liên gia số 3" in page
    assert "Hợp tác xã Măng Xanh" not in page
    found = page_of(signed_in("vanphong").get(reverse("commendations:start"), {"don-vi": office_unit.pk}))
    assert "Tập thể Hợp tác xã Măng Xanh" in found
    with pytest.raises(RuleBroken, match="của chính đơn vị"):
        nominations.start_nomination(by=user("thon2"), unit=case_steps.unit_by_code("thon2"), nominee=group)
    end_collective(by=user("thon1"), collective=group, ends_on=date(2026, 11, 20))
    with pytest.raises(RuleBroken, match="của chính đơn vị"):
        nominations.start_nomination(by=user("thon1"), unit=thon1, nominee=group)


def test_the_nomination_of_an_exemplar_is_that_of_its_unit(village_head, office, commune, thon1, group):
    period = open_month(commune=commune, on=date(2026, 11, 1))
    content = ExemplarContent(kind="collective", collective=group, field=Field.objects.first(), deed=case_steps.DEED)
    exemplar = start_exemplar(by=village_head, unit=thon1, period=period, content=content)
    case = nominations.nominate_exemplar(by=office, exemplar=submit_exemplar(by=village_head, exemplar=exemplar))
    assert (case.unit, case.collective_id) == (thon1, group.pk)
    assert case.nominee_and_unit == "Tổ liên gia số 3, Thôn 1"


def test_an_award_for_thon_is_not_offered_to_a_group_of_one(commune, thon1, group):
    assert reason_not_offered(commune.pk, "THONVH", "collective", thon1, SESSION_DAY) is None
    case = nominations.start_nomination(by=case_steps.user_named("thon1"), unit=thon1, nominee=group)
    with pytest.raises(RuleBroken, match="chỉ để tặng thôn"):
        nominations.choose_award(
            by=case_steps.user_named("thon1"), nomination=case, requested=nominations.AwardRequest("THONVH", 2026)
        )


def test_evidence_of_a_group_is_read_by_the_head_of_its_unit(signed_in, user, group):
    url = reverse("villages:collective_evidence", args=[group.pk])
    assert signed_in("thon1").get(url).status_code == 200
    assert signed_in("thon2").get(url).status_code == 403
    add = reverse("villages:add_unit_year_of_collective", args=[group.pk])
    assert signed_in("vanphong").get(add).status_code == 200
