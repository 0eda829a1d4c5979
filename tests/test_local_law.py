"""A local value applies to cases that are not decided yet; decided cases keep the law of their decision."""

from datetime import date, timedelta

import pytest

from commendations.actions import decision as decisions
from commendations.queries.decision import decision_faults
from commendations.tests import factories
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.legal import current
from emulation.legal.local_values import actions
from emulation.legal.models import LegalValue
from emulation.legal.tests.local_value_builders import (
    CITATION_TEXT,
    FIRST_DAY,
    approved_local_value,
    commune_user,
    proposed_local_value,
)
from reports.queries.todo import todo_of

pytestmark = pytest.mark.usefixtures("db")
EARLY = date(2026, 10, 1)


def override_every_value(commune: Commune, starts_on: date) -> None:
    """Approves local values for prize money, vote, quorum and checklist that differ from the general law."""
    approved_local_value(
        commune, starts_on=starts_on, content="0.9", pairs=[("person", ""), ("household", ""), ("collective", "")]
    )
    approved_local_value(
        commune, "GKX.vote", starts_on=starts_on, pairs=[("", "")],
        content={"percent": 100, "strict": False, "mode": "ballot"},
    )  # fmt: skip
    approved_local_value(
        commune, "council.quorum", starts_on=starts_on, pairs=[("", "")], content={"numerator": 1, "denominator": 1}
    )
    approved_local_value(
        commune, "GKX.checklist", starts_on=starts_on, pairs=[("person", "PT"), ("person", "CT")],
        content=[{"code": "local_1", "label": "Giấy tờ của tỉnh"}],
    )  # fmt: skip


def test_a_new_case_uses_the_local_value_from_its_first_day_and_cites_it(commune: Commune) -> None:
    old = list(factories.issued_decision(commune).awards.order_by("pk"))
    before = [(award.amount, award.legal) for award in old]
    approved_local_value(commune, starts_on=date(2026, 11, 12), content="0.9")
    for award, (amount, legal) in zip(old, before, strict=True):
        award.refresh_from_db()
        assert (award.amount, award.legal) == (amount, legal)
        assert CITATION_TEXT not in legal["citation"]
    decision = factories.issued_decision(commune, [factories.person_named("Lữ Thị Ơn")], held_on=date(2026, 11, 13))
    award = decision.awards.get()
    assert (award.amount, str(award.coefficient)) == (2_280_000, "0.900")
    basis = award.legal["grounds"][0]
    assert (basis["citation"], basis["confirmed"], basis["local"]) == (CITATION_TEXT, True, True)
    assert LegalValue.objects.get(version=basis["version"]).commune == commune


def test_a_decision_awaiting_signature_must_be_drafted_again(commune: Commune) -> None:
    """The document awaiting signature contains the old sum, so it cannot be issued."""
    waiting = factories.decision_at_signature(commune)
    assert decision_faults(waiting, factories.HELD_ON) == []
    approved_local_value(commune, starts_on=FIRST_DAY, content="0.9")
    assert any("Tiền thưởng của" in fault for fault in decision_faults(waiting, factories.HELD_ON))
    with pytest.raises(RuleBroken, match="Hãy đưa về dự thảo"):
        decisions.issue_decision(by=commune_user(commune, "vanthu"), decision=waiting, issued_on=factories.HELD_ON)


def test_a_local_value_does_not_apply_to_another_commune(commune: Commune, other_commune: Commune) -> None:
    override_every_value(commune, EARLY)
    assert not current.vote_verdict_for(commune.pk, "GKX", factories.HELD_ON, members=7, agree=6, against=1).passed
    assert current.vote_verdict_for(other_commune.pk, "GKX", factories.HELD_ON, members=7, agree=6, against=1).passed
    assert not current.quorum_verdict_for(commune.pk, factories.HELD_ON, members=7, present=6).met
    assert current.quorum_verdict_for(other_commune.pk, factories.HELD_ON, members=7, present=6).met
    own = current.file_checklist_for(commune.pk, "GKX", "PT", "person", FIRST_DAY)
    general = current.file_checklist_for(other_commune.pk, "GKX", "PT", "person", FIRST_DAY)
    assert [item.label for item in own.items] == ["Giấy tờ của tỉnh"] and len(general.items) == 3


def test_a_proposed_local_value_is_a_task_of_the_chair_until_approved(commune: Commune) -> None:
    local = proposed_local_value(commune)
    chair = commune_user(commune, "chutich")
    task = next(task for task in todo_of(chair, FIRST_DAY).tasks if task.key == ("legal.LocalValue", local.pk))
    assert "Hệ số tiền thưởng" in f"{task.title} {task.who}"
    actions.approve_local_value(by=chair, local=local)
    assert ("legal.LocalValue", local.pk) not in {
        task.key for task in todo_of(chair, FIRST_DAY + timedelta(days=1)).tasks
    }
