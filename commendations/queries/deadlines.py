"""The days of nominations: until when each step must be taken, by who decides the award."""

from collections.abc import Sequence
from datetime import date

from commendations.models import Nomination
from commendations.queries.catalogue import DECIDED_BY_COMMUNE
from commendations.rules.award_names import CULTURAL_FAMILY_CODE
from emulation.legal import current
from emulation.legal.calendar.case_deadlines import APPRAISAL_STEP, SUBMIT_STEP, CaseCourse, case_deadlines
from emulation.legal.calendar.commune_calendar import work_calendar_of
from emulation.legal.calendar.time_limits import CULTURAL_FAMILY_STEPS, PROPOSAL_STEPS, Milestone, yearly_due_date
from emulation.legal.calendar.work_calendar import WorkCalendar
from emulation.legal.engine.law import Law, NoValue
from emulation.legal.engine.rules.requirements import Procedure, applicable_procedure, award_decider
from emulation.workflow.calendar_registry import due_day_sources

SUDDEN_KIND = Nomination.SUDDEN
STEPS_DUE_BY_STATE = {
    "draft": SUBMIT_STEP,
    **dict.fromkeys(("submitted", "complete", "on_session", "passed"), APPRAISAL_STEP),
}
"""The step that is due in a state. A returned file has none: it was submitted once, and correcting it makes nothing late."""
APPRAISING_STATES = tuple(state for state, step in STEPS_DUE_BY_STATE.items() if step == APPRAISAL_STEP)


def nomination_deadlines(nomination: Nomination, on: date) -> list[Milestone]:
    """The steps of the case still to be taken, each with its last day; [] where the law has no such limits."""
    calendar = work_calendar_of(nomination.commune_id)
    steps = _deadlines(current.law_for(nomination.commune_id), calendar, nomination, on)
    return [step for step in steps if step.code == "send"] if nomination.state in ("presented", "approved") else steps


def nomination_procedure(nomination: Nomination, on: date) -> Procedure | None:
    """The procedure on the day of receipt, simplified for khen thưởng đột xuất; None where the law has none."""
    try:
        cases = {"sudden"} if nomination.kind == SUDDEN_KIND else set()
        return applicable_procedure(current.law_for(nomination.commune_id), nomination.received_on or on, cases)
    except NoValue:
        return None


def due_milestone(nomination: Nomination, on: date) -> Milestone | None:
    """The step that is due in the state of the case; None in a state in which nobody is late."""
    return _due(current.law_for(nomination.commune_id), work_calendar_of(nomination.commune_id), nomination, on)


@due_day_sources.register(Nomination.subject_key)
def nomination_due_days(nominations: Sequence[Nomination], on: date) -> dict[int, date]:
    """The due days of nominations of one commune, by primary key; two small queries."""
    return {pk: milestone.day for pk, milestone in due_milestones(nominations, on).items()}


def due_milestones(nominations: Sequence[Nomination], on: date) -> dict[int, Milestone]:
    """The step that is due of each of these nominations of one commune, by primary key; two small queries."""
    if not nominations:
        return {}
    law = current.law_for(nominations[0].commune_id)
    calendar = work_calendar_of(nominations[0].commune_id)
    found = ((case.pk, _due(law, calendar, case, on)) for case in nominations)
    return {pk: milestone for pk, milestone in found if milestone}


def _due(law: Law, calendar: WorkCalendar, case: Nomination, on: date) -> Milestone | None:
    code = STEPS_DUE_BY_STATE.get(case.state)
    if code is None or (code == SUBMIT_STEP and case.kind != SUDDEN_KIND):
        return None  # no limit of the law binds a unit that drafts, except for a sudden deed
    return next((step for step in _deadlines(law, calendar, case, on) if step.code == code), None)


def _deadlines(law: Law, calendar: WorkCalendar, case: Nomination, on: date) -> list[Milestone]:
    try:
        return case_deadlines(law, calendar, _course(law, case, on), on)
    except NoValue:
        return []


def _course(law: Law, case: Nomination, on: date) -> CaseCourse:
    """What the days of the case depend on. A returned file counts as not received: the limit begins with the full file."""
    received = None if case.state in ("draft", "returned") else case.received_on
    if case.award_code == CULTURAL_FAMILY_CODE:
        finish = yearly_due_date(law, "gdvh.finish", case.award_year).day
        return CaseCourse("limit.decide_gdvh", (), received, None, finish, CULTURAL_FAMILY_STEPS)
    if case.kind == SUDDEN_KIND:
        return CaseCourse(received=received, deed=case.period_to or case.period_from)
    if award_decider(law, case.award_code, on).here == DECIDED_BY_COMMUNE:
        return CaseCourse(received=received)
    before = yearly_due_date(law, "superior.yearly", case.award_year).day
    return CaseCourse(received=received, before=before, backward=PROPOSAL_STEPS)
