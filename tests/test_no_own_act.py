"""Random years of a commune whose staff are nominated too: nobody acts on their own case, nobody is on two lines.

OWN_YEARS and OWN_SEED give more years (bin/drill own).

Each step of each case is tried by everybody who has the role, in random order, until somebody may take it. At the end every
audit entry about a case is compared with who the case is about.
"""

import os
from collections import Counter
from datetime import date
from random import Random

import pytest
from django.db import transaction

from commendations.actions import appraisal, session
from commendations.actions import chair_submission as submissions
from commendations.actions.decision import decision_signature_steps, issue_decision
from commendations.actions.deputy_decision import decide_for_chair
from commendations.actions.nomination import start_nomination, submit_nomination
from commendations.actions.vote import ItemVoteCount, record_vote_counts
from commendations.flow.own_case import own_cases
from commendations.models import Award, ChairSubmission, Decision, Nomination
from commendations.rules.vote_tally import BallotCount, VoteTally
from commendations.tests import case_steps
from commendations.tests.test_own_case import give
from emulation.accounts.models import User
from emulation.audit.models import AuditEntry
from emulation.communes.roles import Role
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.workflow.workflow import steps_of
from villages.models import Person, Unit

pytestmark = [pytest.mark.usefixtures("db", "in_november"), pytest.mark.slow]
YEARS = int(os.environ.get("OWN_YEARS", "3"))
FIRST_SEED = int(os.environ.get("OWN_SEED", "20261129"))
OFFICE = ("vanphong", "mattran", "phunu")
CLERKS = ("vanthu", "nongdan")
HEADS = ("thon1", "thon2", "thon3")
STAFF = (*OFFICE, *CLERKS, "chutich", "hoidong2", *HEADS)
DAY = case_steps.SESSION_DAY
ISSUED = date(2026, 11, 20)
DECIDED = {"commendations.approve", "commendations.refuse"}


class Year:
    """The commune with several people in each role, of whom some are nominated."""

    def __init__(self, commune, rng):
        self.commune = commune
        self.rng = rng
        for login, role in ((OFFICE[1], Role.office), (OFFICE[2], Role.office), (CLERKS[1], Role.clerk)):
            give(commune, self.user(login), role)
        give(commune, self.user("hoidong2"), Role.vice_chair)

    def user(self, login):
        return User.objects.get(username=login)

    def by_anybody(self, logins, do):
        """The act by the first who may take it; False if nobody may."""
        for login in self.rng.sample(logins, len(logins)):
            try:
                with transaction.atomic():
                    do(self.user(login))
                return True
            except (RuleBroken, NotAllowed):
                continue
        return False

    def nominated(self):
        """Cases of random staff and of two others, some proposed by two units, each submitted by somebody who may."""
        people = list(Person.objects.filter(user__username__in=STAFF, commune=self.commune).order_by("pk"))
        people = self.rng.sample(people, self.rng.randint(2, 4))
        people += Person.objects.filter(full_name__in=["Vi Văn Thành", "Lữ Thị Ơn"]).order_by("pk")
        for person in [*people, self.rng.choice(people)]:
            login = self.rng.choice(HEADS)
            case = start_nomination(by=self.user(login), unit=Unit.objects.get(code=login), nominee=person)
            try:
                case_steps.fill_nomination(
                    case, login, f"{person.full_name} vận động bà con làm đường, góp 15 ngày công."
                )
            except RuleBroken:  # the second case about one deed
                continue
            self.by_anybody((*HEADS, *OFFICE), lambda by, case=case: submit_nomination(by=by, nomination=case, on=DAY))
        return list(Nomination.objects.filter(state="submitted"))

    def checked(self, case):
        marks = {entry.pk: appraisal.ChecklistMark(True) for entry in case.checklist.all()}
        self.by_anybody(OFFICE, lambda by: appraisal.save_checklist(by=by, nomination=case, marks=marks))
        self.by_anybody(OFFICE, lambda by: self.complete(by, case))

    def complete(self, by, case):
        appraisal.complete_nomination(by=by, nomination=Nomination.objects.get(pk=case.pk))

    def voted(self, cases):
        meeting = case_steps.planned_session()
        for case in cases:
            fresh = Nomination.objects.get(pk=case.pk)
            self.by_anybody(
                OFFICE, lambda by, fresh=fresh: session.add_to_session(by=by, nomination=fresh, session=meeting)
            )
        meeting.refresh_from_db()
        self.by_anybody(OFFICE, lambda by: session.open_session(by=by, session=meeting))
        case_steps.with_attendance(meeting, absent=0)
        for item in meeting.items.all():
            before = item.agree
            votes = VoteTally(item.turnout(meeting.presence()).by_hand)
            count = {item.pk: ItemVoteCount(votes, ballots=BallotCount.all_returned(votes))}
            for login in self.rng.sample(OFFICE, len(OFFICE)):
                own = own_cases([item.nomination], [self.user(login).pk], DAY)
                try:
                    record_vote_counts(by=self.user(login), session=meeting, counts=count)
                except RuleBroken:
                    item.refresh_from_db()
                    assert own and item.agree == before
                    continue
                assert not own
                break
        case_steps.with_minutes(meeting)
        self.by_anybody(OFFICE, lambda by: session.close_session(by=by, session=meeting))
        return meeting

    def decided(self, meeting):
        """Presented, decided by chair and vice chair, issued. False if everybody who could do so is on the list."""
        draft = submissions.draft_chair_submission(by=self.user("vanphong"), session=meeting)
        if not self.by_anybody(OFFICE, lambda by: submissions.submit_to_chair(by=by, chair_submission=draft, on=DAY)):
            self.assert_all_on_list(OFFICE, [item.nomination for item in draft.items.listed()])
            return False
        paper = ChairSubmission.objects.get(pk=draft.pk)
        yes = submissions.ChairDecision(True)
        for login, record, by_deputy in (
            ("chutich", submissions.record_chair_decisions, False),
            ("hoidong2", decide_for_chair, True),
        ):
            answers = {item.pk: yes for item in paper.items.listed().filter(by_deputy=by_deputy)}
            if answers:
                record(
                    by=self.user(login), chair_submission=ChairSubmission.objects.get(pk=paper.pk), decisions=answers
                )
        issued = [self.issued(decision) for decision in Decision.objects.filter(chair_submission=paper)]
        return any(issued)

    def issued(self, decision):
        """False if all clerks are on the list."""
        decision_signature_steps.send_to_signature(decision, by=self.user("vanphong"))
        if self.by_anybody(CLERKS, lambda by: issue_decision(by=by, decision=decision, issued_on=ISSUED)):
            return True
        items = decision.chair_submission.items.listed().filter(by_deputy=decision.by_deputy)
        self.assert_all_on_list(CLERKS, [item.nomination for item in items])
        return False

    def assert_all_on_list(self, logins, cases):
        assert all(own_cases(cases, [self.user(login).pk], DAY) for login in logins)

    def check(self):
        """No entry of an act that asks whose case it is was written by the person concerned; nobody has two awards."""
        asked = {step.act for step in steps_of(Nomination) if step.refuse_for} | DECIDED
        asked -= {"commendations.explain_kinship"}
        entries = AuditEntry.objects.filter(subject_type="commendations.Nomination", act__in=asked)
        for entry in entries:
            case = Nomination.objects.get(pk=entry.subject_id)
            led_may = entry.act == "commendations.submit" and case.collective_id
            assert led_may or not own_cases([case], [entry.actor_id], DAY), (entry.act, case)
        for award in Award.objects.select_related("nomination"):
            issued = AuditEntry.objects.get(act="commendations.issue", subject_id=award.decision_id)
            assert not own_cases([award.nomination], [issued.actor_id], DAY)
        deeds = Counter(Award.objects.counting().values_list("person_id", flat=True))
        assert not deeds or max(deeds.values()) == 1
        return len(entries), sum(deeds.values())


@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + YEARS))
def test_nobody_acts_on_their_own_case_in_a_random_year(commune, seed):
    year = Year(commune, Random(seed))
    cases = year.nominated()
    for case in cases:
        year.checked(case)
    issued = year.decided(
        year.voted([case for case in cases if Nomination.objects.get(pk=case.pk).state == "complete"])
    )
    entries, awards = year.check()
    assert entries > len(cases) and (awards > 0) == issued
