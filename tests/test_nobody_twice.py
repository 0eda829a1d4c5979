"""Random acts of two units, the office, council, chair and clerk: nobody is on two lines of issued decisions for one title and year."""

from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commendations.actions import chair_submission as chair_submissions
from commendations.actions.decision import decision_signature_steps, issue_decision
from commendations.actions.joint_proposal import join_case
from commendations.actions.live_case import SameCaseExists
from commendations.actions.nomination import (
    AwardRequest,
    copy_nomination,
    restore_nomination,
    start_nomination,
    withdraw_nomination,
)
from commendations.models import Award, Decision, Nomination
from commendations.tests import factories
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from villages.actions.person_matches import end_match, merge_people
from villages.models import Person, PersonMatch, Unit

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.slow]
ON = factories.HELD_ON
UNITS = ("thon1", "thon2")
YEARS = (2024, 2025)


def user(login):
    return User.objects.get(username=login)


class World:
    """Three records of people, of which two may be one person, and everything that happens to their cases."""

    def __init__(self, commune):
        self.commune = commune
        self.people = factories.many_people(commune, 3)

    def propose(self, who, unit, year):
        code = UNITS[unit]
        person = Person.objects.get(pk=self.people[who].pk)
        try:
            requested = AwardRequest("LDTT", YEARS[year])
            start_nomination(by=user(code), unit=Unit.objects.get(code=code), nominee=person, requested=requested)
        except SameCaseExists as refused:
            unit = Unit.objects.get(code=code)
            join_case(by=user(code), nomination=refused.cases[0], unit=unit, deed="Cùng đề nghị")

    def _case(self, who, states):
        return Nomination.objects.filter(person=self.people[who], state__in=states).order_by("pk").first()

    def withdraw(self, who, unit, year):
        if case := self._case(who, ["draft"]):
            withdraw_nomination(by=user("vanphong"), nomination=case, reason="Thử")

    def restore(self, who, unit, year):
        if case := self._case(who, ["withdrawn"]):
            restore_nomination(by=user("vanphong"), nomination=case)

    def copy(self, who, unit, year):
        if case := self._case(who, ["withdrawn", "refused"]):
            copy_nomination(by=user("vanphong"), nomination=case)

    def merge(self, who, unit, year):
        first, second, _ = (Person.objects.get(pk=one.pk) for one in self.people)
        merge_people(by=user("vanphong"), kept=first, other=second, reason="Đã xem căn cước")

    def part(self, who, unit, year):
        if match := PersonMatch.objects.in_force().first():
            end_match(by=user("vanphong"), match=match, reason="Hai người")

    def award(self, who, unit, year):
        """All drafts of one year pass the council, are approved and signed; a fault of the decision leaves it a draft."""
        cases = list(Nomination.objects.filter(state="draft", year=YEARS[year]).order_by("pk"))
        if not cases:
            return
        session = factories.closed_session_of(self.commune, [])
        for place, case in enumerate(cases):
            Nomination.objects.filter(pk=case.pk).update(state="passed", achievement="tốt", received_on=ON)
            session.items.create(
                commune=self.commune, nomination=case, agree=5, against=0, other=0, passed=True, sort=place
            )
        paper = chair_submissions.draft_chair_submission(by=user("vanphong"), session=session)
        chair_submissions.submit_to_chair(by=user("vanphong"), chair_submission=paper, on=ON)
        chair_submissions.record_chair_decisions(
            by=user("chutich"), chair_submission=paper, decisions=factories.chair_decisions(paper), on=ON
        )
        for decision in Decision.objects.filter(chair_submission=paper):
            decision_signature_steps.send_to_signature(decision, by=user("vanphong"))
            issue_decision(by=user("vanthu"), decision=decision, issued_on=ON)


ACTS = ("propose", "propose", "withdraw", "restore", "copy", "merge", "part", "award")
steps = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 2), st.integers(0, 1), st.integers(0, 1)), min_size=3, max_size=12
)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=steps)
def test_nobody_is_on_two_lines_of_decisions_for_one_title_and_year(commune, acts):
    from django.db import transaction

    point = transaction.savepoint()
    try:
        world = World(commune)
        for name, *facts in acts:
            merged_later = name == "merge" and Award.objects.exists()
            if merged_later:
                continue  # what was issued before two records were known to be one person is a finding, not a second line
            with suppress(RuleBroken):
                getattr(world, name)(*facts)
            _check(commune)
    finally:
        transaction.savepoint_rollback(point)


def _check(commune):
    lines = Counter(
        (award.person.kept_id, award.award_code, award.year)
        for award in Award.objects.counting().filter(commune=commune, is_title=True).select_related("person")
    )
    assert not lines or max(lines.values()) == 1, lines
    keys = Nomination.objects.exclude(live_key=None).values_list("live_key", flat=True)
    assert len(keys) == len(set(keys))
