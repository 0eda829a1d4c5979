"""No dead ends: every state that is not final has a way on to a final one, and a way back or out for somebody."""

from collections import defaultdict

import pytest
from django.apps import apps

from emulation.workflow.workflow import Flow, registered_flows

pytestmark = pytest.mark.no_db
FLOWS = [flow for flow in registered_flows() if flow.states]


def targets(flow: Flow) -> dict[str, set[str]]:
    """The states that each state leads to."""
    found: dict[str, set[str]] = defaultdict(set)
    for step in flow.steps:
        if step.target:
            for source in step.sources or flow.states:
                found[source].add(step.target)
    return {state: found[state] - {state} for state in flow.states}


def reachable(start: str, after: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    rest = [start]
    while rest:
        new = after[rest.pop()] - found
        found |= new
        rest += new
    return found


FINAL = {
    "accounts.AccountRequest": {"done", "refused", "withdrawn", "expired"},
    "campaigns.Campaign": {"closed", "cancelled"},
    "campaigns.ChosenList": {"cancelled"},
    "campaigns.DutyReport": {"accepted", "returned", "withdrawn"},
    "campaigns.Exemplar": {"cancelled"},
    "campaigns.Handling": {"done", "recalled"},
    "campaigns.Letter": {"cancelled"},
    "campaigns.LetterReceipt": {"received", "withdrawn"},
    "campaigns.LetterRecipient": {"received", "by_units", "kept", "withdrawn"},
    "campaigns.PraiseLetter": {"cancelled"},
    "campaigns.Registration": set(),
    "campaigns.UnitDuty": {"accepted", "withdrawn"},
    "commendations.Amendment": {"issued", "dropped"},
    "commendations.CouncilSession": {"closed", "cancelled"},
    "commendations.Decision": {"issued", "dropped"},
    "commendations.GroupRequest": {"taken_back"},
    "commendations.Nomination": {"failed", "award_cancelled"},
    "commendations.Objection": {"removed"},
    "commendations.Posting": {"cancelled"},
    "commendations.Presentation": {"dropped"},
    "commendations.Proposal": {"dropped"},
    "documents.DocumentCancellation": {"agreed", "declined", "withdrawn"},
    "legal.LocalValue": {"refused", "ended", "cancelled"},
    "reports.PeriodReport": set(),
    "villages.Discipline": {"removed"},
    "villages.Evaluation": {"removed"},
    "villages.Initiative": {"removed"},
    "villages.Leave": {"removed"},
    "villages.PastAward": {"removed"},
    "villages.Pending": {"removed"},
    "villages.HouseholdChange": {"taken_back"},
    "villages.PersonChange": {"taken_back"},
    "villages.PersonMatch": {"ended"},  # a new decision about the pair is a new row
    "villages.UnitChange": {"taken_back", "undone"},
    "villages.UnitYear": {"removed"},
}
"""The states without a step to another state, by kind of subject; what follows them is another subject's."""


WITHOUT_PEOPLE = {"jobs.Job"}
"""Models with states through which nobody moves their rows: the queue does."""


def test_every_model_with_a_state_has_a_table_of_steps():
    models = [model for model in apps.get_models() if any(field.name == "state" for field in model._meta.fields)]
    assert len(models) > 30
    keys = {getattr(model, "subject_key", model._meta.label) for model in models}
    assert keys - {flow.model for flow in FLOWS} == WITHOUT_PEOPLE


def test_only_the_declared_states_have_no_exit():
    assert {flow.model: {state for state, to in targets(flow).items() if not to} for flow in FLOWS} == FINAL


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.model)
def test_every_state_that_is_not_final_has_a_way_back_or_out(flow):
    """Each can return to an earlier state, or end without going through all the later ones."""
    after = targets(flow)
    states = list(flow.states)
    for state in states:
        ways = after[state]
        if not ways or state == states[0]:
            continue
        back = any(state in reachable(way, after) for way in ways)
        assert back or ways & FINAL[flow.model], f"{flow.model}: {state}"
