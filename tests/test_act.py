"""act() and check_act(): saved fields, audit entries, permissions, rollback."""

import pytest

from emulation.audit.log import chain_faults
from emulation.audit.models import AuditEntry
from emulation.communes.models import Commune
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.workflow.authorization import check_act
from emulation.workflow.transitions import act
from villages.actions.people import add_person
from villages.models import Person, Unit

pytestmark = pytest.mark.both_databases


def test_an_act_saves_the_change_and_writes_an_audit_entry(commune, office):
    unit = Unit.objects.get(code="thon1")
    person = add_person(by=office, unit=unit, full_name="  Lê   Thị\u00a0Hoà ", birth_year=1990)
    entry = AuditEntry.objects.latest("seq")
    assert person.full_name == "Lê Thị Hoà"
    assert (entry.act, entry.actor_id) == ("villages.add_person", office.pk)
    assert (entry.subject_type, entry.subject_id) == ("villages.Unit", unit.pk)
    assert entry.facts == {"name": "Lê Thị Hoà"}
    assert list(chain_faults(commune.pk)) == []


def test_a_refusal_names_the_permitted_roles(commune, other_village_head):
    unit = Unit.objects.get(code="thon1")
    with pytest.raises(NotAllowed, match="dành cho Văn phòng phụ trách TĐKT hoặc người đứng đầu đơn vị đó"):
        add_person(by=other_village_head, unit=unit, full_name="Lê Văn Hai")
    assert not Person.objects.filter(full_name="Lê Văn Hai").exists()


def test_a_user_of_another_commune_has_no_permission(commune, other_commune, user):
    unit = Unit.objects.get(commune=commune, code="thon1")
    assert not check_act("villages.add_person", unit, user("la-vanphong"))
    assert not Unit.objects.visible_to(user("la-vanphong")).filter(pk=unit.pk).exists()


def test_an_error_inside_an_act_rolls_back_everything(commune, office):
    unit = Unit.objects.get(code="thon1")
    before = AuditEntry.objects.count()
    with pytest.raises(ZeroDivisionError), act("villages.add_person", unit, by=office) as locked:
        locked.name = "Thôn khác"
        raise ZeroDivisionError
    unit.refresh_from_db()
    assert (unit.name, AuditEntry.objects.count()) == ("Thôn 1", before)


def test_a_broken_rule_inside_an_act_rolls_back_everything(commune, office):
    unit = Unit.objects.get(code="thon1")
    add_person(by=office, unit=unit, full_name="Lê Văn Hóa", birth_year=1980)
    with pytest.raises(RuleBroken, match="cùng năm sinh"):
        add_person(by=office, unit=unit, full_name="Lê Văn Hoá", birth_year=1980)
    assert Person.objects.filter(name_fold="le van hoa", birth_year=1980).count() == 1


def test_each_commune_has_its_own_audit_chain(commune, other_commune):
    assert Commune.objects.count() == 2
    assert {entry.seq for entry in AuditEntry.objects.filter(commune=other_commune)} == {1}
