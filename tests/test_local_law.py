"""A commune's own value and the cases of the house: what is decided keeps its law, what is not follows the new one."""

from datetime import date, timedelta

import pytest

from commendations.actions import decision as decisions
from commendations.queries.decision import disagreements
from commendations.tests import cases
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.legal import actions, on
from emulation.legal.models import LegalValue
from emulation.legal.tests.papers import CITED, FROM, approved, login, proposed
from reports.queries.todo import mine

pytestmark = pytest.mark.usefixtures("db")
EARLY = date(2026, 10, 1)


def rule_everything(commune: Commune, starts_on: date) -> None:
    """The price, the vote, the quorum and the checklist, all other than before."""
    approved(commune, starts_on=starts_on, content="0.9", pairs=[("person", ""), ("household", ""), ("collective", "")])
    approved(
        commune, "GKX.vote", starts_on=starts_on, pairs=[("", "")],
        content={"percent": 100, "strict": False, "mode": "ballot"},
    )  # fmt: skip
    approved(
        commune, "council.quorum", starts_on=starts_on, pairs=[("", "")], content={"numerator": 1, "denominator": 1}
    )
    approved(
        commune, "GKX.checklist", starts_on=starts_on, pairs=[("person", "PT"), ("person", "CT")],
        content=[{"code": "local_1", "label": "Giấy tờ của tỉnh"}],
    )  # fmt: skip


def test_a_new_case_follows_from_its_day_with_the_paper_as_its_ground(commune: Commune) -> None:
    old = list(cases.issued(commune).awards.order_by("pk"))
    before = [(award.amount, award.legal) for award in old]
    approved(commune, starts_on=date(2026, 11, 12), content="0.9")
    for award, (amount, legal) in zip(old, before, strict=True):
        award.refresh_from_db()
        assert (award.amount, award.legal) == (amount, legal)
        assert CITED not in legal["citation"]
    fresh = cases.issued(commune, [cases.person("Lữ Thị Ơn")], held_on=date(2026, 11, 13)).awards.get()
    assert (fresh.amount, str(fresh.coefficient)) == (2_280_000, "0.900")
    ground = fresh.legal["grounds"][0]
    assert (ground["citation"], ground["confirmed"], ground["local"]) == (CITED, True, True)
    assert LegalValue.objects.get(version=ground["version"]).commune == commune


def test_what_lies_at_the_pen_is_made_anew(commune: Commune) -> None:
    """The bản trình ký of an undecided case bears the old sum: it cannot be issued by accident."""
    waiting = cases.signed(commune)
    assert disagreements(waiting, cases.HELD) == []
    approved(commune, starts_on=FROM, content="0.9")
    assert any("Tiền thưởng của" in said for said in disagreements(waiting, cases.HELD))
    with pytest.raises(RuleBroken, match="Hãy đưa về dự thảo"):
        decisions.issue(by=login(commune, "vanthu"), decision=waiting, issued_on=cases.HELD)


def test_a_case_of_the_other_commune_is_judged_as_before(commune: Commune, other_commune: Commune) -> None:
    rule_everything(commune, EARLY)
    assert not on.vote(commune.pk, "GKX", cases.HELD, members=7, agree=6, against=1).passed
    assert on.vote(other_commune.pk, "GKX", cases.HELD, members=7, agree=6, against=1).passed
    assert not on.quorum(commune.pk, cases.HELD, members=7, present=6).met
    assert on.quorum(other_commune.pk, cases.HELD, members=7, present=6).met
    asked = [
        [item.label for item in on.checklist(one.pk, "GKX", "PT", "person", FROM).items]
        for one in (commune, other_commune)
    ]
    assert asked[0] == ["Giấy tờ của tỉnh"] and len(asked[1]) == 3


def test_the_chair_finds_it_among_his_tasks_until_he_has_decided(commune: Commune) -> None:
    local, chair = proposed(commune), login(commune, "chutich")
    task = next(task for task in mine(chair, FROM).tasks if task.key == ("legal.LocalValue", local.pk))
    assert "Hệ số tiền thưởng" in f"{task.title} {task.text}"
    actions.approve(by=chair, local=local)
    assert ("legal.LocalValue", local.pk) not in {task.key for task in mine(chair, FROM + timedelta(days=1)).tasks}
