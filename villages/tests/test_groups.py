"""Groups of people: unknown until somebody chooses, one page for a unit, dated changes of post and group."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from emulation.core.errors import NotAllowed, RuleBroken
from tests.html import page_of
from villages.actions.groups import set_groups
from villages.actions.people import add_person, edit_person
from villages.actions.people_table import EnteredValue, TableRowsBroken
from villages.actions.person_change_reversal import take_back_person_change
from villages.actions.person_changes import change_post
from villages.models import Person, PersonChange, Unit
from villages.queries.groups import group_on, groups_on
from villages.rules.groups import DIRECT_GROUPS, GROUP_FILTERS, group_choices, group_label, work_of

MAY = date(2026, 5, 1)
JULY = date(2026, 7, 1)


@pytest.fixture
def farmer(office, units):
    """Somebody of Thôn 1 of whom only the name is known."""
    return add_person(by=office, unit=units["thon1"], full_name="Lò Thị Mới", post="Nông dân")


def stored(person):
    return Person.objects.get(pk=person.pk)


def facts_of(person, **changed):
    names = ("full_name", "sex", "birth_year", "post", "group", "form_of_address", "nickname")
    return {**{name: getattr(person, name) for name in names}, **changed}


# ── unknown until chosen ─────────────────────────────────────────────────────────────────────────
def test_a_new_person_has_no_group(farmer, signed_in):
    assert farmer.group == "" and group_on(farmer, MAY) == ""
    page = page_of(signed_in("thon1").get(farmer.get_absolute_url()))
    assert "Nhóm đối tượng</dt><dd>Chưa rõ" in page.replace("> ", ">").replace(" <", "<")


def test_the_older_group_stays_but_is_not_offered(office, farmer):
    with pytest.raises(RuleBroken, match="chọn một nhóm"):
        edit_person(by=office, person=farmer, **facts_of(farmer, group="official"))
    Person.objects.filter(pk=farmer.pk).update(group="official")
    edit_person(by=office, person=stored(farmer), **facts_of(stored(farmer), post="Kế toán"))
    assert stored(farmer).group == "official"


# ── one page for a unit ──────────────────────────────────────────────────────────────────────────
def test_a_head_chooses_the_groups_of_the_unit_at_once(signed_in, farmer, units):
    browser = signed_in("thon1")
    url = reverse("villages:set_groups", args=[units["thon1"].pk])
    people = Person.objects.filter(unit=units["thon1"])
    unknown = people.filter(group="")
    page = page_of(browser.get(url))
    assert f"{unknown.count()} người chưa rõ nhóm đối tượng" in page
    chosen = {f"value_{one.pk}": one.group for one in people} | {f"seen_{one.pk}": one.group for one in people}
    answer = browser.post(url, {**chosen, "rest": "direct", f"value_{farmer.pk}": "business"})
    assert answer.status_code == 302
    assert stored(farmer).group == "business" and not unknown.exists()
    again = browser.post(url, {**chosen, f"value_{farmer.pk}": "business", f"seen_{farmer.pk}": "business"})
    assert again.status_code == 422 and "Chưa có nhóm nào mới" in page_of(again)


def test_a_wrong_row_saves_nothing_and_keeps_what_was_chosen(signed_in, office, farmer, units):
    other = add_person(by=office, unit=units["thon1"], full_name="Vi Thị Hai")
    url = reverse("villages:set_groups", args=[units["thon1"].pk])
    set_groups(by=office, unit=units["thon1"], entered={farmer.pk: EnteredValue("pupil")})
    data = {f"value_{farmer.pk}": "direct", f"seen_{farmer.pk}": "", f"value_{other.pk}": "direct"}
    browser = signed_in("thon1")
    answer = browser.post(url, data)
    page = page_of(answer)
    assert answer.status_code == 422 and "người khác đã ghi “Học sinh, sinh viên”" in page
    assert (stored(farmer).group, stored(other).group) == ("pupil", "")
    assert f'name="seen_{farmer.pk}" value="pupil"' in page
    assert browser.post(url, {**data, f"seen_{farmer.pk}": "pupil"}).status_code == 302
    assert (stored(farmer).group, stored(other).group) == ("direct", "direct")


def test_people_of_other_units_and_other_heads_are_refused(office, user, signed_in, farmer, units):
    stranger = Person.objects.filter(unit=units["thon2"]).first()
    with pytest.raises(TableRowsBroken) as broken:
        set_groups(by=office, unit=units["thon1"], entered={stranger.pk: EnteredValue("pupil")})
    assert broken.value.rows == {stranger.pk: "Người này không còn ở đơn vị."}
    with pytest.raises(NotAllowed):
        set_groups(by=user("thon2"), unit=units["thon1"], entered={farmer.pk: EnteredValue("pupil")})
    url = reverse("villages:set_groups", args=[units["thon1"].pk])
    assert [signed_in(login).get(url).status_code for login in ("thon2", "vanthu", "hoidong2")] == [403, 403, 403]


def test_the_page_costs_the_same_for_any_number_of_people(signed_in, office, units, commune):
    browser = signed_in("vanphong")
    url = reverse("villages:set_groups", args=[units["thon1"].pk])
    browser.get(url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get(url)
    for number in range(20):
        add_person(by=office, unit=units["thon1"], full_name=f"Lò Văn Người {number}")
    with CaptureQueriesContext(connection) as many:
        browser.get(url)
    assert len(many) == len(few)


# ── by dated post ────────────────────────────────────────────────────────────────────────────────
def test_a_change_counts_from_its_day_and_can_be_taken_back(office, farmer):
    set_groups(by=office, unit=farmer.unit, entered={farmer.pk: EnteredValue("direct")})
    first = change_post(by=office, person=farmer, effective_on=MAY, post="Giáo viên", group="public")
    second = change_post(by=office, person=stored(farmer), effective_on=JULY, post="Hiệu trưởng", group="leader")
    person = stored(farmer)
    days = [MAY - timedelta(days=1), MAY, JULY - timedelta(days=1), JULY]
    assert [group_on(person, day) for day in days] == ["direct", "public", "public", "leader"]
    assert (person.post, person.group, person.post_since) == ("Hiệu trưởng", "leader", JULY)
    with pytest.raises(RuleBroken, match="rút thay đổi đó trước"):
        take_back_person_change(by=office, change=first, reason="Nhầm")
    with pytest.raises(RuleBroken, match="vì sao rút"):
        take_back_person_change(by=office, change=second, reason=" ")
    take_back_person_change(by=office, change=second, reason="Nhầm người")
    assert [group_on(stored(farmer), day) for day in days] == ["direct", "public", "public", "public"]
    take_back_person_change(by=office, change=PersonChange.objects.get(pk=first.pk), reason="Nhầm người")
    person = stored(farmer)
    assert (person.post, person.group, person.post_since) == ("Nông dân", "direct", None)
    with pytest.raises(RuleBroken, match="đã rút"):
        take_back_person_change(by=office, change=PersonChange.objects.get(pk=first.pk), reason="Lần nữa")


def test_a_correction_belongs_to_the_last_post_only(office, farmer):
    change = change_post(by=office, person=farmer, effective_on=MAY, post="Giáo viên", group="public")
    edit_person(by=office, person=stored(farmer), **facts_of(stored(farmer), post="Giáo viên Toán", group="civil"))
    change.refresh_from_db()
    assert (change.post, change.group, change.old_group) == ("Giáo viên Toán", "civil", "")
    set_groups(by=office, unit=farmer.unit, entered={farmer.pk: EnteredValue("leader", "civil")})
    change.refresh_from_db()
    assert change.group == "leader" and group_on(stored(farmer), MAY - timedelta(days=1)) == ""


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"effective_on": date(2099, 1, 1)}, "Ngày 01/01/2099 chưa đến"),
        ({"effective_on": MAY}, "phải sau đó"),
        ({"group": "nobody"}, "chọn một nhóm"),
        ({"post": "Giáo viên", "group": "public"}, "như đang ghi"),
    ],
)
def test_impossible_changes_are_refused(office, farmer, facts, words):
    change_post(by=office, person=farmer, effective_on=MAY, post="Giáo viên", group="public")
    with pytest.raises(RuleBroken, match=words):
        change_post(
            by=office,
            person=stored(farmer),
            **{"effective_on": JULY, "post": "Hiệu trưởng", "group": "leader", **facts},
        )
    assert PersonChange.objects.filter(person=farmer).count() == 1


def test_the_form_sent_twice_records_one_change(signed_in, farmer):
    browser = signed_in("thon1")
    url = reverse("villages:change_post", args=[farmer.pk])
    data = {"effective_on": "01/05/2026", "post": "Giáo viên", "group": "public", "once": "k" * 20}
    answers = [browser.post(url, data).status_code for _ in range(2)]
    assert answers == [302, 302] and PersonChange.objects.filter(person=farmer).count() == 1
    page = page_of(browser.get(farmer.get_absolute_url()))
    assert "Nông dân (chưa rõ) → Giáo viên (viên chức)" in page and "Ghi nhầm, rút lại" not in page
    kept = browser.post(url, {**data, "once": "", "post": "Thủ quỹ", "effective_on": "31/02/2026"})
    assert kept.status_code == 422 and "Thủ quỹ" in page_of(kept)


def test_only_the_office_takes_back_and_others_do_not_see_it(signed_in, office, user, farmer):
    change = change_post(by=user("thon1"), person=farmer, effective_on=MAY, post="Giáo viên", group="public")
    url = reverse("villages:take_back_person_change", args=[change.pk])
    assert [signed_in(login).get(url).status_code for login in ("thon1", "thon2", "vanphong")] == [403, 403, 200]
    with pytest.raises(NotAllowed):
        take_back_person_change(by=user("thon1"), change=change, reason="Nhầm")
    assert signed_in("vanphong").post(url, {"reason": "Nhầm người"}).status_code == 302
    assert "Đã rút" in page_of(signed_in("thon1").get(farmer.get_absolute_url()))


def test_groups_of_many_people_on_a_day_need_one_query(office, units, django_assert_num_queries):
    people = [add_person(by=office, unit=units["thon1"], full_name=f"Lò Văn Số {number}") for number in range(4)]
    with django_assert_num_queries(0):
        groups_on(people, MAY)
    for person in people:
        change_post(by=office, person=person, effective_on=JULY, post="Giáo viên", group="public")
    changed = list(Person.objects.filter(pk__in=[person.pk for person in people]))
    with django_assert_num_queries(1):
        assert set(groups_on(changed, MAY).values()) == {""}
    with django_assert_num_queries(0):
        assert set(groups_on(changed, timezone.localdate()).values()) == {"public"}


def test_a_closed_unit_of_nobody_has_an_empty_page(signed_in, commune):
    empty = Unit.objects.create(
        commune=commune, kind=Unit.VILLAGE, code="thon9", name="Thôn 9", head_title="Trưởng thôn"
    )
    page = page_of(signed_in("vanphong").get(reverse("villages:set_groups", args=[empty.pk])))
    assert "Đơn vị chưa có ai trong danh sách" in page


@pytest.mark.parametrize("group", ["fighter", "talent"])
def test_the_priority_groups_of_the_letter_are_groups_of_their_own(group):
    assert group in dict(group_choices())
    assert group not in DIRECT_GROUPS
    assert GROUP_FILTERS[group] == (group_label(group), (group,))
    assert work_of(group) == "worker"


@pytest.mark.parametrize("page", ["set_groups", "enter_evaluations", "split_unit"])
def test_twins_differ_on_the_pages_of_all_people(signed_in, office, units, page):
    thon1 = units["thon1"]
    first = add_person(by=office, unit=thon1, full_name="Lò Thị Hoa", birth_year=1960, sex="nu")
    twin = {"full_name": "Lò Thị Hoa", "birth_year": 1960, "sex": "nu", "twin_note": "con ông Bảy"}
    add_person(by=office, unit=thon1, twins_seen=[first.pk], **twin)
    html = page_of(signed_in("vanphong").get(reverse(f"villages:{page}", args=[thon1.pk]), follow=True))
    assert html.count("Lò Thị Hoa, con ông Bảy") >= 1 and html.count("Lò Thị Hoa") > html.count("con ông Bảy")
