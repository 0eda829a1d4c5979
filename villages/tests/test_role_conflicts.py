"""Nobody heads a unit and checks units on the same day, whichever page writes the role."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from emulation.accounts.models import AccountRequest
from emulation.communes.models import Membership
from emulation.communes.roles import CHECKING_ROLES, UNIT_HEAD_ROLES, Role
from emulation.core.errors import RuleBroken
from villages.actions.absences import record_absence
from villages.actions.account_requests import Subject, ask
from villages.actions.account_roles import assign_role, end_role
from villages.actions.heads import set_unit_head
from villages.models import Appointment, Person, Unit
from villages.queries.account_roles import RoleGrant
from villages.rules.accounts import roles_in_conflict

CHECKERS = ("vanphong", "vanthu", "chutich", "phongnoivu", "quantri")
DAY = timedelta(days=1)


@pytest.fixture
def thon1(commune):
    return Unit.objects.get(commune=commune, code="thon1")


def head_grant(unit, user, days=0, instead_of=None):
    return RoleGrant(
        user, user.full_name, Role.village_head, unit, timezone.localdate() + days * DAY, instead_of, person="new"
    )


def by_give_role(by, commune, unit, user):
    assign_role(by=by, commune=commune, grant=head_grant(unit, user))


def by_hand_over(by, commune, unit, user):
    head = Membership.objects.get(role="village_head", unit_id=unit.pk)
    leaver = type(user).objects.get(pk=head.user_id)
    assign_role(by=by, commune=commune, grant=head_grant(unit, user, 1, leaver))


def by_unit_page(by, commune, unit, user):
    person = Person.objects.filter(user=user).first() or Person.objects.create(
        commune=commune, unit=unit, user=user, full_name=user.full_name
    )
    set_unit_head(by=by, unit=unit, person=person, starts_on=timezone.localdate())


def as_deputy(by, commune, unit, user):
    head = type(user).objects.get(username="thon1")
    today = timezone.localdate()
    record_absence(by=by, unit=unit, head=head, starts_on=today, ends_on=today + 2 * DAY, deputy=user)


def rows():
    return (
        list(Membership.objects.order_by("pk").values()),
        list(Appointment.objects.order_by("pk").values()),
    )


@given(st.sampled_from(Role), st.sampled_from(Role))
def test_the_rule_goes_both_ways(one, other):
    assert (other in roles_in_conflict(one)) == (one in roles_in_conflict(other))
    assert one not in roles_in_conflict(one)
    if one in UNIT_HEAD_ROLES:
        assert roles_in_conflict(one) == CHECKING_ROLES


@pytest.mark.parametrize("login", CHECKERS)
@pytest.mark.parametrize("write", [by_give_role, by_hand_over, by_unit_page, as_deputy])
def test_who_checks_units_never_heads_one(commune, thon1, user, login, write):
    by = user("quantri" if login == "vanphong" and write in (by_give_role, by_hand_over) else "vanphong")
    before = rows()
    with pytest.raises(RuleBroken, match="thẩm định, quyết định hoặc giám sát"):
        write(by, commune, thon1, user(login))
    assert rows() == before


@pytest.mark.parametrize("write", [by_give_role, by_hand_over, by_unit_page, as_deputy])
def test_a_checking_role_that_is_to_begin_counts_as_well(commune, thon1, user, office, write):
    Membership.objects.create(
        commune=commune, user_id=user("hoidong2").pk, role="office", starts_on=timezone.localdate() + 2 * DAY
    )
    before = rows()
    with pytest.raises(RuleBroken, match="từ ngày"):
        write(office, commune, thon1, user("hoidong2"))
    assert rows() == before


def test_a_head_gets_no_checking_role_until_the_post_is_left(commune, thon1, user, administrator):
    head = user("thon1")
    today = timezone.localdate()
    for role in sorted(CHECKING_ROLES):
        grant = RoleGrant(head, head.full_name, role, None, today)
        with pytest.raises(RuleBroken, match="đứng đầu đơn vị"):
            ask(
                by=administrator,
                commune=commune,
                subject=Subject(AccountRequest.GIVE_ROLE, head, grant),
                reason="điều động",
            )
    grant = RoleGrant(head, head.full_name, Role.office, None, today + 5 * DAY)
    with pytest.raises(RuleBroken, match="đứng đầu đơn vị"):
        assign_role(by=administrator, commune=commune, grant=grant)
    row = Membership.objects.get(user_id=head.pk)
    end_role(by=administrator, commune=commune, user=head, membership=row, ends_on=today + 4 * DAY)
    assert assign_role(by=administrator, commune=commune, grant=grant).role == "office"


def test_one_function_writes_head_roles_with_the_appointment_and_who_gave_it(commune, thon1, user, office):
    person = Person.objects.get(user=user("thon2"))
    with time_machine.travel(timezone.now()):
        set_unit_head(by=office, unit=thon1, person=person, starts_on=timezone.localdate())
    row = Membership.objects.get(unit_id=thon1.pk, ends_on=None)
    assert (row.user_id, row.role, row.given_by_id) == (person.user_id, "village_head", office.pk)
    assert Appointment.objects.filter(unit=thon1, person=person, ends_on=None, post=thon1.head_title).count() == 1


def test_the_list_shows_the_state_and_the_second_person(commune, signed_in):
    text = signed_in("quantri").get("/don-vi/tai-khoan/?q=chutich").content.decode()
    assert "đang dùng" in text and "cần người thứ hai" in text
