"""Households by date: members, head, end; what papers write, what refuses, and the way back."""

from datetime import date

import pytest
from django.urls import reverse

from commendations.queries.award_lines import certificate_recipient
from commendations.tests import factories
from emulation.core.errors import NotAllowed, RuleBroken
from tests.html import page_of
from villages.actions.household_changes import (
    change_head,
    close_household,
    join_household,
    leave_household,
    take_back_household_change,
)
from villages.actions.households import add_household, edit_household
from villages.actions.people import add_person, edit_person
from villages.actions.person_stay import move_person, record_leaving
from villages.models import Household, HouseholdChange, Person, PersonChange, Unit
from villages.queries.people import search_nominee_options

MAY = date(2026, 5, 1)
JULY = date(2026, 7, 1)


@pytest.fixture
def village(commune):
    return Unit.objects.get(commune=commune, code="thon1")


@pytest.fixture
def household(office, village):
    return add_household(by=office, unit=village, head_name="Lò Văn Chủ")


@pytest.fixture
def couple(office, village):
    """Husband and wife of the village, in no household yet."""
    husband = add_person(by=office, unit=village, full_name="Lò Văn Chủ", birth_year=1950, sex="nam", post="Nông dân")
    wife = add_person(by=office, unit=village, full_name="Vi Thị Vợ", birth_year=1955, sex="nu", post="Nông dân")
    return husband, wife


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def members_of(household):
    return set(household.members.values_list("full_name", flat=True))


def test_members_join_the_head_changes_and_papers_follow(commune, office, household, couple):
    husband, wife = couple
    for person in couple:
        join_household(by=office, household=household, person=person, effective_on=MAY)
    assert members_of(household) == {"Lò Văn Chủ", "Vi Thị Vợ"}
    case = factories.nomination_of(commune, fresh(household))

    def recipient():
        return certificate_recipient(type(case).objects.get(pk=case.pk), factories.HELD_ON)

    assert recipient() == "Hộ gia đình ông Lò Văn Chủ"
    change_head(by=office, household=fresh(household), person=husband, effective_on=MAY)
    change = change_head(by=office, household=fresh(household), person=wife, effective_on=JULY, note="Ông Chủ đã mất")
    assert recipient() == "Hộ gia đình bà Vi Thị Vợ" and change.in_words == "Lò Văn Chủ → Vi Thị Vợ"
    assert type(case).objects.get(pk=case.pk).nominee_fold == fresh(household).name_fold == "vi thi vo"
    wife = fresh(wife)
    facts = {"full_name": "Vi Thị Vỡ", "sex": "nu", "birth_year": 1955, "form_of_address": "cụ", "post": "Nông dân"}
    edit_person(by=office, person=wife, household=wife.household, **facts)
    assert recipient() == "Hộ gia đình cụ Vi Thị Vỡ" and fresh(household).head_name == "Vi Thị Vỡ"
    with pytest.raises(RuleBroken, match="đã gắn với một người"):
        edit_household(by=office, household=fresh(household), head_name="Ai Khác", form_of_address="", address="")
    edit_household(
        by=office, household=fresh(household), head_name="Vi Thị Vỡ", form_of_address="", address="xóm Trong"
    )
    take_back_household_change(by=office, change=change, reason="Nhầm ngày")
    assert recipient() == "Hộ gia đình ông Lò Văn Chủ" and fresh(household).head == husband


def test_leaving_closing_and_the_way_back(office, user, household, couple):
    husband, wife = couple
    joined = join_household(by=office, household=household, person=husband, effective_on=MAY)
    join_household(by=office, household=household, person=wife, effective_on=MAY)
    left = leave_household(by=office, household=household, person=wife, effective_on=JULY)
    assert members_of(household) == {"Lò Văn Chủ"}
    with pytest.raises(RuleBroken, match="rút thay đổi đó trước"):
        take_back_household_change(by=office, change=joined, reason="Nhầm")
    take_back_household_change(by=office, change=left, reason="Nhầm")
    assert members_of(household) == {"Lò Văn Chủ", "Vi Thị Vợ"}
    closed = close_household(by=user("thon1"), household=household, effective_on=JULY)
    options = {"unit_id": household.unit_id, "household": True, "words": "lo van chu"}
    assert members_of(household) == set() and search_nominee_options(user("thon1"), **options) == []
    with pytest.raises(RuleBroken, match="Hộ này đã kết thúc"):
        join_household(by=office, household=fresh(household), person=fresh(wife), effective_on=JULY)
    with pytest.raises(NotAllowed):
        take_back_household_change(by=user("thon1"), change=closed, reason="Nhầm")
    take_back_household_change(by=office, change=closed, reason="Nhầm hộ")
    assert members_of(household) == {"Lò Văn Chủ", "Vi Thị Vợ"} and search_nominee_options(user("thon1"), **options)
    with pytest.raises(RuleBroken, match="đã rút"):
        take_back_household_change(by=office, change=closed, reason="Lần nữa")


def test_a_head_stays_until_somebody_else_heads(office, village, household, couple):
    husband, wife = couple
    other = add_household(by=office, unit=village, head_name="Vi Thị Vợ")
    for person in couple:
        join_household(by=office, household=household, person=person, effective_on=MAY)
    change_head(by=office, household=household, person=husband, effective_on=MAY)
    head = fresh(husband)
    second = Unit.objects.get(commune=village.commune, code="thon2")
    for refused in (
        lambda: leave_household(by=office, household=household, person=head, effective_on=JULY),
        lambda: join_household(by=office, household=other, person=head, effective_on=JULY),
        lambda: move_person(by=office, person=head, to_unit=second, effective_on=JULY),
    ):
        with pytest.raises(RuleBroken, match="đang là chủ hộ Lò Văn Chủ"):
            refused()
    record_leaving(by=office, person=head, kind=PersonChange.DIED, effective_on=JULY)
    with pytest.raises(RuleBroken, match="Thôn đã có hộ này"):
        change_head(by=office, household=fresh(household), person=wife, effective_on=JULY)
    Household.objects.filter(pk=other.pk).update(address="xóm Ngoài")
    change_head(by=office, household=fresh(household), person=wife, effective_on=JULY)
    assert fresh(household).head == wife


def test_a_head_does_not_leave_by_the_form_of_the_person(office, household, couple, signed_in):
    husband, wife = couple
    for person in couple:
        join_household(by=office, household=household, person=person, effective_on=MAY)
    change_head(by=office, household=fresh(household), person=husband, effective_on=MAY)
    facts = {"full_name": "Lò Văn Chủ", "sex": "nam", "birth_year": 1950, "post": "Nông dân"}
    with pytest.raises(RuleBroken, match="đang là chủ hộ Lò Văn Chủ") as refused:
        edit_person(by=office, person=fresh(husband), household=None, **facts)
    assert refused.value.field == "household" and fresh(husband).household == household
    edit_person(by=office, person=fresh(husband), household=household, **{**facts, "post": "Trưởng xóm"})
    edit_person(
        by=office, person=fresh(wife), full_name="Vi Thị Vợ", sex="nu", birth_year=1955, post="", household=None
    )
    assert members_of(household) == {"Lò Văn Chủ"}
    page = signed_in("vanphong").post(
        reverse("villages:edit_person", args=[husband.pk]), {**facts, "household": "", "group": ""}
    )
    assert page.status_code == 422 and "đang là chủ hộ" in page_of(page) and '<select name="household"' in page_of(page)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"effective_on": date(2099, 1, 1)}, "không được sau hôm nay"),
        ({"effective_on": date(2026, 4, 30)}, "không được trước đó"),
        ({}, "đã là thành viên"),
    ],
)
def test_impossible_changes_are_refused(office, household, couple, facts, words):
    join_household(by=office, household=household, person=couple[0], effective_on=MAY)
    with pytest.raises(RuleBroken, match=words):
        join_household(by=office, household=household, person=couple[0], **{"effective_on": JULY, **facts})
    stranger = Person.objects.filter(unit__code="thon2").first()
    with pytest.raises(RuleBroken, match="đang ở thôn của hộ"):
        join_household(by=office, household=household, person=stranger, effective_on=JULY)
    with pytest.raises(RuleBroken, match="phải là thành viên"):
        change_head(by=office, household=household, person=couple[1], effective_on=JULY)
    assert HouseholdChange.objects.filter(household=household).count() == 1


def test_a_member_who_joined_another_household_since_is_not_taken_away(office, village, household, couple):
    wife = couple[1]
    other = add_household(by=office, unit=village, head_name="Vi Văn Khác")
    change = join_household(by=office, household=household, person=wife, effective_on=MAY)
    join_household(by=office, household=other, person=wife, effective_on=JULY)
    with pytest.raises(RuleBroken, match="sang hộ khác"):
        take_back_household_change(by=office, change=change, reason="Nhầm")
    assert fresh(wife).household == other


def test_the_pages(signed_in, user, household, couple):
    browser = signed_in("thon1")
    husband, wife = couple
    page = household.get_absolute_url()
    assert "chưa gắn với người trong danh sách" in page_of(browser.get(page))
    head_url = reverse("villages:change_head", args=[household.pk])
    assert "ghi “Thêm thành viên” trước" in page_of(browser.get(head_url))
    join = reverse("villages:join_household", args=[household.pk])
    data = {"person": husband.pk, "effective_on": "01/05/2026", "once": "k" * 20}
    assert [browser.post(join, data).status_code for _ in range(2)] == [302, 302]
    assert HouseholdChange.objects.filter(household=household).count() == 1
    wrong = browser.post(join, {"person": wife.pk, "effective_on": "31/02/2026", "note": "Sổ hộ khẩu"})
    assert wrong.status_code == 422 and "Sổ hộ khẩu" in page_of(wrong) and fresh(wife).household is None
    assert browser.post(head_url, {"person": husband.pk, "effective_on": "01/05/2026"}).status_code == 302
    shown = page_of(browser.get(page))
    assert "Ông Lò Văn Chủ" in shown and "Đổi chủ hộ, Lò Văn Chủ." in shown and "→" not in shown


def test_who_sees_the_pages(signed_in, household, couple):
    page = household.get_absolute_url()
    join = reverse("villages:join_household", args=[household.pk])
    data = {"person": couple[0].pk, "effective_on": "01/05/2026"}
    assert signed_in("thon1").post(join, data).status_code == 302
    shown = page_of(signed_in("thon1").get(page))
    assert "Ghi nhầm, rút lại" not in shown and "Ghi nhầm, rút lại" in page_of(signed_in("vanphong").get(page))
    assert [signed_in(login).get(page).status_code for login in ("thon2", "hoidong2")] == [404, 403]
    assert [signed_in(login).get(join).status_code for login in ("thon2", "vanthu")] == [404, 403]
