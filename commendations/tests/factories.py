"""Factories for tests that start after a session: closed sessions with votes, created as rows."""

from datetime import date, time
from typing import Any

from commendations.actions import chair_submission as chair_submissions
from commendations.actions import decision as decisions
from commendations.actions import proposal as proposals
from commendations.actions.chair_submission import ChairDecision
from commendations.actions.decision import decision_signature_steps
from commendations.actions.live_case import claim_live_key
from commendations.actions.proposal import proposal_signature_steps
from commendations.models import ChairSubmission, CouncilSession, Decision, Nomination, SessionItem
from commendations.queries.session import council_on
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.legal import current
from villages.models import Household, Person, Unit

HELD_ON = date(2026, 11, 10)
ACHIEVEMENT = "xuất sắc trong phong trào xây dựng nông thôn mới, tháng 10/2026"


def person_named(name: str) -> Person:
    return Person.objects.get(full_name=name)


def three_nominees(commune: Commune) -> list[Any]:
    """A person, a household, a collective, in an order that is not the order of names."""
    return [
        Person.objects.get(commune=commune, full_name="Vi Văn Thành"),
        Household.objects.get(commune=commune, head_name="Lê Văn Bảy"),
        Unit.objects.get(commune=commune, code="thon2"),
    ]


def nomination_of(commune: Commune, nominee: Any, state: str = "passed", achievement: str = ACHIEVEMENT) -> Nomination:
    kind = {Person: "person", Household: "household", Unit: "collective"}[type(nominee)]
    unit = nominee if kind == "collective" else nominee.unit
    return Nomination.objects.create(
        commune=commune, state=state, unit=unit, achievement=achievement, deed="Đã làm nhiều việc.", **{kind: nominee}
    )


def closed_session_of(commune: Commune, nominees: list[Any], held_on: date = HELD_ON) -> CouncilSession:
    """A closed session at which the council passed all nominees with 5 of 7 votes."""
    session = CouncilSession.objects.create(
        commune=commune,
        version_of_council=council_on(commune.pk, held_on),
        title="Xét khen thưởng tháng 10/2026",
        held_on=held_on,
        starts_at=time(8),
        place="Phòng họp UBND xã",
        state="closed",
    )
    verdict = current.vote_verdict_for(commune.pk, "GKX", held_on, members=7, agree=5, against=1).facts()
    for place, nominee in enumerate(nominees):
        SessionItem.objects.create(
            commune=commune, session=session, nomination=nomination_of(commune, nominee), agree=5, against=1, other=0,
            verdict=verdict, passed=True, sort=place,
        )  # fmt: skip
    return session


def commune_user(commune: Commune, name: str) -> User:
    prefix = "la-" if commune.code == "xa-la" else ""
    return User.objects.get(username=f"{prefix}{name}")


def submitted_to_chair(commune: Commune, nominees: list[Any] | None = None, held_on: date = HELD_ON) -> ChairSubmission:
    office = commune_user(commune, "vanphong")
    draft = chair_submissions.draft_chair_submission(
        by=office, session=closed_session_of(commune, nominees or three_nominees(commune), held_on)
    )
    return chair_submissions.submit_to_chair(by=office, chair_submission=draft, on=held_on)


def chair_decisions(chair_submission: ChairSubmission, refuse: tuple[str, ...] = ()) -> dict[int, ChairDecision]:
    return {
        item.pk: ChairDecision(False, "Thành tích chưa rõ")
        if item.nomination.nominee_name in refuse
        else ChairDecision(True)
        for item in chair_submission.items.all()
    }


def draft_decision(
    commune: Commune, nominees: list[Any] | None = None, held_on: date = HELD_ON, refuse: tuple[str, ...] = ()
) -> Decision:
    paper = submitted_to_chair(commune, nominees, held_on)
    chair_submissions.record_chair_decisions(
        by=commune_user(commune, "chutich"),
        chair_submission=paper,
        decisions=chair_decisions(paper, refuse),
        on=held_on,
    )
    return Decision.objects.get(chair_submission=paper)


def decision_at_signature(commune: Commune, nominees: list[Any] | None = None, held_on: date = HELD_ON) -> Decision:
    decision = draft_decision(commune, nominees, held_on)
    return decision_signature_steps.send_to_signature(decision, by=commune_user(commune, "vanphong"))


def issued_decision(commune: Commune, nominees: list[Any] | None = None, held_on: date = HELD_ON) -> Decision:
    decision = decision_at_signature(commune, nominees, held_on)
    return decisions.issue_decision(by=commune_user(commune, "vanthu"), decision=decision, issued_on=held_on)


# ── several awards ───
AwardCase = tuple[str, Any, int]


def submission_of_awards(commune: Commune, *cases: AwardCase, held_on: date = HELD_ON) -> ChairSubmission:
    """A submission to the chair with one item for each (award code, nominee, year)."""
    paper = chair_submissions.draft_chair_submission(
        by=commune_user(commune, "vanphong"),
        session=closed_session_of(commune, [nominee for _, nominee, _ in cases], held_on),
    )
    for item, (code, _, year) in zip(paper.items.order_by("sort"), cases, strict=True):
        Nomination.objects.filter(pk=item.nomination_id).update(award_code=code, year=year)
        claim_live_key(Nomination.objects.get(pk=item.nomination_id))
    return chair_submissions.submit_to_chair(by=commune_user(commune, "vanphong"), chair_submission=paper, on=held_on)


def decided_awards(commune: Commune, *cases: AwardCase, held_on: date = HELD_ON) -> ChairSubmission:
    """The same with all items approved, so that the drafts of decisions and tờ trình exist."""
    paper = submission_of_awards(commune, *cases, held_on=held_on)
    chair_submissions.record_chair_decisions(
        by=commune_user(commune, "chutich"), chair_submission=paper, decisions=chair_decisions(paper), on=held_on
    )
    return paper


def sign_and_issue(commune: Commune, decision: Decision, day: date = HELD_ON) -> Decision:
    """Send the decision for signature and issue it."""
    decision_signature_steps.send_to_signature(decision, by=commune_user(commune, "vanphong"))
    return decisions.issue_decision(by=commune_user(commune, "vanthu"), decision=decision, issued_on=day)


def many_people(commune: Commune, size: int) -> list[Person]:
    """`size` people of one unit, for long lists."""
    unit = Unit.objects.get(commune=commune, code="thon3")
    people = []
    for number in range(size):
        person = Person(commune=commune, unit=unit, post="Nông dân", sex="nu" if number % 2 else "nam")
        person.put_name(f"Lò Văn Số {chr(97 + number % 26)}{number}")
        person.save()
        people.append(person)
    return people


# ── cases that are considered again ───
def add_passed_case(session: CouncilSession, case: Nomination) -> SessionItem:
    """The case among those that a closed session passed."""
    Nomination.objects.filter(pk=case.pk).update(state="passed")
    verdict = current.vote_verdict_for(session.commune_id, "GKX", session.held_on, members=7, agree=5, against=1)
    return SessionItem.objects.create(
        commune=session.commune, session=session, nomination=case, agree=5, against=1, other=0,
        verdict=verdict.facts(), passed=True,
    )  # fmt: skip


def drafted_submission(session: CouncilSession) -> ChairSubmission:
    return chair_submissions.draft_chair_submission(by=commune_user(session.commune, "vanphong"), session=session)


def submitted_session(session: CouncilSession) -> ChairSubmission:
    office = commune_user(session.commune, "vanphong")
    return chair_submissions.submit_to_chair(
        by=office, chair_submission=drafted_submission(session), on=session.held_on
    )


def proposed_case(commune: Commune) -> Nomination:
    """The case of a bằng khen whose tờ trình went to the superior."""
    case = ("BKT", person_named("Vi Văn Thành"), 2025)
    proposal = decided_awards(commune, case).proposals.get()
    proposal_signature_steps.send_to_signature(proposal, by=commune_user(commune, "vanphong"))
    proposals.issue_proposal(by=commune_user(commune, "vanthu"), proposal=proposal, issued_on=HELD_ON)
    return Nomination.objects.get()
