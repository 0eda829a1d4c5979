"""A post from a later day is nobody's before it, and nobody's after it ended: lists, pages, papers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.roles import Role
from emulation.core.formatting import format_date
from tests.html import page_of
from villages.actions.account_roles import assign_role, end_role
from villages.actions.accounts import NewAccount, add_account
from villages.actions.heads import set_unit_head
from villages.actions.person_changes import change_post
from villages.forms.council import CouncilForm
from villages.models import Person, Unit
from villages.queries.account_roles import RoleGrant
from villages.rules.posts import with_unit_name
from villages.tests.test_account_roles import new, rows, send_twice

NAME = "Hà Thị Nhung"
DAY = timedelta(days=1)


@pytest.fixture
def day(commune):
    return timezone.localdate() + timedelta(days=10)


def unit(code="thon4"):
    return Unit.objects.get(code=code, commune__code="binh-luong")


def posts_listed(browser, unit):
    """{name: post} of the people on the page of the unit."""
    return {row.full_name: row.present_post for row in browser.get(unit.get_absolute_url()).context["rows"]}


def add_head(browser, day, **facts):
    data = new(full_name=NAME, unit=unit().pk, starts_on=format_date(day), **facts)
    assert send_twice(browser, "/don-vi/tai-khoan/them/", **data).status_code in (200, 302)
    return Person.objects.get(full_name=NAME)


def test_a_new_head_of_a_later_day_has_the_post_from_that_day(commune, signed_in, day, time_machine):
    coming = add_head(signed_in("vanphong"), day)
    head = Person.objects.get(user__username="thon4")
    before = day - timedelta(days=1)
    assert (coming.post_on(before), coming.post_on(day)) == ("", "Trưởng Thôn 4")
    browser = signed_in("vanphong")
    listed = posts_listed(browser, unit())
    assert (listed[head.full_name], listed[NAME]) == ("Trưởng Thôn 4", "")
    assert f"Từ {format_date(day)}: {NAME}" in browser.get(unit().get_absolute_url()).content.decode()
    shown = " ".join(browser.get("/don-vi/").content.decode().split())
    assert f"từ {format_date(day)}: {NAME}" in shown
    time_machine.move_to(timezone.now() + timedelta(days=10))
    assert posts_listed(signed_in("vanphong"), unit())[NAME] == "Trưởng Thôn 4"
    assert "Từ " + format_date(day) not in signed_in("vanphong").get(unit().get_absolute_url()).content.decode()


def test_who_handed_a_post_over_has_it_until_the_day_before(commune, office, day):
    leaver = User.objects.get(username="thon4")
    successor = User.objects.get(username="thon1")
    grant = RoleGrant(successor, successor.full_name, Role.village_head, unit(), day, leaver)
    assign_role(by=office, commune=commune, grant=grant)
    person = leaver.person
    assert person.post == "Trưởng Thôn 4"
    before = day - timedelta(days=1)
    assert [person.post_on(on) for on in (before, day)] == ["Trưởng Thôn 4", ""]
    assert [successor.person.post_on(on) for on in (before, day)] == ["Trưởng Thôn 1"] * 2


def test_a_head_named_from_a_later_day_replaces_the_other_that_day(commune, office, day):
    coming = Person.objects.get(user__username="thon1")
    coming.post = ""
    coming.save()
    set_unit_head(by=office, unit=unit(), person=coming, starts_on=day)
    head = Person.objects.get(user__username="thon4")
    before = day - timedelta(days=1)
    assert [head.post_on(on) for on in (before, day)] == ["Trưởng Thôn 4", ""]
    assert coming.post_on(before) == "Trưởng Thôn 1"


def test_an_acting_head_is_called_so_on_the_days_of_the_term(commune, office, day):
    acting = Person.objects.get(user__username="thon1")
    end_role(by=office, commune=commune, user=acting.user, membership=rows("thon1")[0], ends_on=timezone.localdate())
    Person.objects.filter(pk=acting.pk).update(post="")
    acting.refresh_from_db()
    last = day + timedelta(days=30)
    set_unit_head(by=office, unit=unit(), person=acting, starts_on=day, acting_until=last)
    one = timedelta(days=1)
    assert [acting.post_on(on) for on in (day - one, day, last, last + one)] == ["", *["Phụ trách Thôn 4"] * 2, ""]


@pytest.mark.parametrize(
    ("role", "post"),
    [(Role.clerk, "Văn thư"), (Role.vice_chair, Role.vice_chair.title), (Role.chair, Role.chair.title)],
)
def test_a_role_of_the_commune_is_a_post_on_its_days_only(commune, office, day, role, post):
    facts = NewAccount(full_name=NAME, username="nhung", phone="", email="")
    grant = RoleGrant(None, NAME, role, Unit.objects.get(commune=commune, kind=Unit.OFFICE), day)
    add_account(by=office, commune=commune, account=facts, grant=grant, confirmed=True)
    person = Person.objects.get(full_name=NAME)
    assert [person.post_on(on) for on in (day - timedelta(days=1), day)] == ["", post]


def test_a_role_that_is_taken_back_before_it_begins_leaves_no_post(commune, signed_in, office, day):
    coming = add_head(signed_in("vanphong"), day)
    membership = rows(coming.user.username)[0]
    end_role(by=office, commune=commune, user=coming.user, membership=membership, ends_on=day)
    coming = Person.objects.get(pk=coming.pk)
    assert [coming.post_on(on) for on in (day, day + timedelta(days=400))] == ["", ""]


def test_a_post_that_names_no_role_is_recorded_as_before(commune, office, day):
    head = Person.objects.get(user__username="thon4")
    change_post(by=office, person=head, effective_on=timezone.localdate(), post="Nông dân", group="direct")
    head.refresh_from_db()
    assert head.post_on(day) == "Nông dân"
    assert head.post_on(timezone.localdate() - timedelta(days=1)) == "Trưởng Thôn 4"


def test_a_seat_takes_the_post_of_the_day_on_which_the_council_begins(commune, signed_in, day):
    coming = add_head(signed_in("vanphong"), day)

    def position(starts_on):
        data = {"person_1": str(coming.pk), "role_1": "member", "starts_on": format_date(starts_on)}
        form = CouncilForm(data, people=[coming], present=[])
        form.is_valid()
        return form.cleaned_data.get("position_1"), "position_1" in form.errors

    assert position(day) == ("Trưởng Thôn 4", False)
    assert position(day - timedelta(days=1))[1]


# ── a unit with another name ─────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("post", "written"),
    [
        ("Trưởng Thôn 1", "Trưởng Thôn Mài"),
        ("Bí thư chi bộ thôn 1", "Bí thư chi bộ Thôn Mài"),
        ("Trưởng Thôn 12", "Trưởng Thôn 12"),  # another unit
        ("Trưởng Thôn Mài", "Trưởng Thôn Mài"),
        ("Nông dân", "Nông dân"),
    ],
)
def test_a_post_names_the_unit_by_its_name(post, written):
    assert with_unit_name(post, ["Thôn 1", "Thôn Mài"], "Thôn Mài") == written


def renamed(unit, name, day):
    unit.names.filter(ends_on=None).update(ends_on=day - DAY)
    unit.names.create(name=name, starts_on=day)
    type(unit).objects.filter(pk=unit.pk).update(name=name)


def test_a_recorded_post_has_the_name_that_the_unit_had_on_the_day(commune, signed_in, user):
    day = timezone.localdate() - DAY
    unit = Unit.objects.get(code="thon1")
    head = Person.objects.get(user=user("thon1"))
    neighbour = Person.objects.filter(unit=unit, user=None).first()
    Person.objects.filter(pk=neighbour.pk).update(post="Công an viên Thôn 1")
    assert head.post == "Trưởng Thôn 1"
    renamed(unit, "Thôn Mài", day)
    for pk, title in ((head.pk, "Trưởng"), (neighbour.pk, "Công an viên")):
        person = Person.objects.get(pk=pk)
        assert (person.post_on(day - DAY), person.present_post) == (f"{title} Thôn 1", f"{title} Thôn Mài")
        assert f"{title} Thôn Mài (tên cũ Thôn 1)" in page_of(signed_in("vanphong").get(person.get_absolute_url()))
    assert "Trưởng thôn, Thôn Mài (tên cũ Thôn 1)" in page_of(signed_in("vanphong").get(head.get_absolute_url()))
    people = page_of(signed_in("vanphong").get(unit.get_absolute_url()))
    assert "Công an viên Thôn Mài" in people and "Công an viên Thôn 1" not in people


def test_a_post_under_a_former_name_ends_with_the_role(commune, user):
    head = Person.objects.get(user=user("thon1"))
    today = timezone.localdate()
    head.appointments.update(ends_on=today - 2 * DAY)
    renamed(Unit.objects.get(code="thon1"), "Thôn Mài", today - DAY)
    person = Person.objects.get(pk=head.pk)
    assert (person.present_post, person.former_unit_note) == ("", "")
    assert person.post_on(today - 2 * DAY) == "Trưởng Thôn 1"


def test_the_form_names_each_post_with_its_unit_or_the_council(commune, signed_in, user):
    person = user("phunu").person
    form = page_of(signed_in("phunu").get(reverse("villages:record_leaving", args=[person.pk])))
    assert f"đang là: Chủ tịch, {person.unit.name}; Ủy viên Hội đồng TĐKT" in form
