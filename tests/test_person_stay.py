"""People by date: moved, retired, died; the posts that end, what stays open, and the way back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from commendations.models import Nomination
from commendations.tests import factories
from emulation.communes.models import Membership
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.notices.models import Notification
from tests.html import page_of
from villages.actions.evidence import add_evidence
from villages.actions.people import TwinFound, add_person
from villages.actions.person_change_reversal import take_back_person_change
from villages.actions.person_stay import move_person, record_leaving
from villages.models import Appointment, CouncilLiaison, Household, Initiative, Person, PersonChange, Unit
from villages.queries.people import search_nominee_options, unit_head_ids
from villages.queries.same_people import nominee_to_choose

MAY = date(2026, 5, 1)
JULY = date(2026, 7, 1)
DIED = PersonChange.DIED
RETIRED = PersonChange.RETIRED


def stored(person):
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def units(commune):
    """The units of the demo commune, by code."""
    return {unit.code: unit for unit in Unit.objects.filter(commune=commune)}


@pytest.fixture
def farmer(office, units):
    household = Household.objects.filter(unit=units["thon1"]).first()
    return add_person(
        by=office, unit=units["thon1"], full_name="Lò Thị Mới", birth_year=1980, post="Nông dân", household=household
    )


# ── leaving ──────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("kind", PersonChange.ENDINGS)
def test_who_left_is_not_offered_any_more_and_comes_back(office, user, farmer, units, kind):
    head = user("thon1")

    def offered():
        found = search_nominee_options(head, unit_id=farmer.unit_id, household=False, words="lo thi moi")
        return bool(found), nominee_to_choose(head, units["thon1"], Person, farmer.pk) is not None

    assert offered() == (True, True)
    change = record_leaving(by=head, person=farmer, kind=kind, effective_on=MAY)
    assert offered() == (False, False) and not stored(farmer).is_active
    assert nominee_to_choose(head, units["thon1"], Person, farmer.pk, present=farmer) == farmer
    with pytest.raises(RuleBroken, match="không còn ở đơn vị"):
        record_leaving(by=head, person=stored(farmer), kind=kind, effective_on=JULY)
    with pytest.raises(NotAllowed):
        take_back_person_change(by=head, change=change, reason="Nhầm")
    take_back_person_change(by=office, change=change, reason="Nhầm người")
    assert offered() == (True, True)
    record_leaving(by=head, person=stored(farmer), kind=kind, effective_on=MAY)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"effective_on": date(2099, 1, 1)}, "Ngày 01/01/2099 chưa đến"),
        ({"kind": PersonChange.POST}, "Hãy chọn một trường hợp"),
    ],
)
def test_impossible_leavings_change_nothing(office, farmer, facts, words):
    with pytest.raises(RuleBroken, match=words):
        record_leaving(by=office, person=farmer, **{"kind": DIED, "effective_on": MAY, **facts})
    assert stored(farmer).is_active and not PersonChange.objects.filter(person=farmer).exists()


def test_the_posts_of_a_head_end_and_come_back(office, user, units):
    head = Person.objects.get(user=user("thon1"))
    today = timezone.localdate()
    ahead = today + timedelta(days=30)
    Membership.objects.filter(user_id=head.user_id).update(ends_on=ahead)
    CouncilLiaison.objects.filter(unit=units["thon4"]).delete()
    liaison = CouncilLiaison.objects.create(
        commune=head.commune, unit=units["thon4"], person=head, starts_on=date(2026, 1, 1)
    )
    # The role has another key than the appointment: which of the two is compared with which is seen.
    Membership.objects.filter(user_id=head.user_id).update(id=900_001)
    change = record_leaving(by=office, person=head, kind=DIED, effective_on=MAY)
    appointment = Appointment.objects.get(person=head)
    assert appointment.ends_on == MAY - timedelta(days=1)
    assert unit_head_ids(units["thon1"], today) == []
    assert unit_head_ids(units["thon1"], today - timedelta(days=1)) == [head.user_id], "what was done is done"
    assert CouncilLiaison.objects.get(pk=liaison.pk).ends_on == MAY - timedelta(days=1)
    take_back_person_change(by=office, change=change, reason="Nhầm người")
    assert unit_head_ids(units["thon1"], today) == [head.user_id]
    assert Membership.objects.get(user_id=head.user_id).ends_on == ahead
    assert Appointment.objects.get(person=head).ends_on is None
    assert CouncilLiaison.objects.get(pk=liaison.pk).ends_on is None


def test_a_post_that_somebody_else_has_now_is_not_given_back(office, user, units):
    head = Person.objects.get(user=user("thon1"))
    change = record_leaving(by=office, person=head, kind=RETIRED, effective_on=MAY)
    other = Person.objects.filter(unit=units["thon1"], user=None).first()
    Appointment.objects.create(
        commune=head.commune, unit=units["thon1"], person=other, post="Trưởng thôn", starts_on=JULY
    )
    take_back_person_change(by=office, change=change, reason="Nhầm người")
    assert stored(head).is_active and unit_head_ids(units["thon1"], timezone.localdate()) == []


def test_a_role_in_the_commune_is_handed_over_first(office, user, clerk):
    person = Person.objects.get(user=clerk)
    with pytest.raises(RuleBroken, match="đang giữ vai Văn thư"):
        record_leaving(by=office, person=person, kind=RETIRED, effective_on=MAY)
    assert stored(person).is_active


# ── moving ───────────────────────────────────────────────────────────────────────────────────────
def test_a_move_keeps_the_old_unit_for_days_before_it(office, user, farmer, units, signed_in):
    add_evidence(by=office, model=Initiative, subject=farmer, name="Máy tuốt lạc", year=2025, scope="unit")
    household = farmer.household
    change = move_person(by=office, person=farmer, to_unit=units["thon2"], effective_on=MAY)
    moved = stored(farmer)
    assert (moved.unit, moved.unit_on(MAY - timedelta(days=1)), moved.unit_on(MAY)) == (
        units["thon2"], units["thon1"], units["thon2"],
    )  # fmt: skip
    assert moved.household is None and moved.is_active
    page = farmer.get_absolute_url()
    assert [signed_in(login).get(page).status_code for login in ("thon1", "thon2")] == [404, 200]
    assert "Thôn 1 → Thôn 2" in page_of(signed_in("thon2").get(page))
    notified = set(Notification.objects.filter(key=f"person-change:{change.pk}").values_list("user_id", flat=True))
    assert notified == {user("thon1").pk, user("thon2").pk}
    again = move_person(by=office, person=moved, to_unit=units["thon3"], effective_on=JULY)
    with pytest.raises(RuleBroken, match="rút thay đổi đó trước"):
        take_back_person_change(by=office, change=change, reason="Nhầm")
    take_back_person_change(by=office, change=again, reason="Nhầm")
    assert (stored(farmer).unit, stored(farmer).unit_since) == (units["thon2"], MAY)
    take_back_person_change(by=office, change=PersonChange.objects.get(pk=change.pk), reason="Nhầm")
    back = stored(farmer)
    assert (back.unit, back.unit_since, back.household) == (units["thon1"], None, household)
    assert back.unit_on(MAY) == units["thon1"]


def test_a_head_who_moves_does_not_head_the_old_unit(office, user, units):
    head = Person.objects.get(user=user("thon1"))
    move_person(by=office, person=head, to_unit=units["thon2"], effective_on=timezone.localdate())
    assert unit_head_ids(units["thon1"], timezone.localdate()) == []


def test_impossible_moves_change_nothing(office, user, farmer, units):
    gone = units["thon6"]
    gone.dissolved_on = MAY
    gone.save()
    for unit, day, words in (
        (units["thon1"], JULY, "đang ở đơn vị đó"),
        (gone, JULY, "không có vào ngày đó"),
        (units["thon2"], date(2099, 1, 1), "Ngày 01/01/2099 chưa đến"),
    ):
        with pytest.raises(RuleBroken, match=words):
            move_person(by=office, person=farmer, to_unit=unit, effective_on=day)
    add_person(by=office, unit=units["thon2"], full_name="Lò Thị Mới", birth_year=1980, post="Nông dân")
    with pytest.raises(TwinFound):
        move_person(by=office, person=farmer, to_unit=units["thon2"], effective_on=MAY)
    with pytest.raises(NotAllowed):
        move_person(by=user("thon1"), person=farmer, to_unit=units["thon3"], effective_on=MAY)
    assert stored(farmer).unit == units["thon1"] and not PersonChange.objects.filter(person=farmer).exists()
    move_person(by=office, person=farmer, to_unit=units["thon3"], effective_on=MAY)
    with pytest.raises(RuleBroken, match="ngày này phải sau đó"):
        record_leaving(by=office, person=stored(farmer), kind=DIED, effective_on=MAY)


# ── pages ────────────────────────────────────────────────────────────────────────────────────────
def test_open_cases_are_named_and_go_on(office, user, signed_in, commune):
    person = factories.person_named("Vi Văn Thành")
    case = factories.nomination_of(commune, person, "submitted")
    browser = signed_in("thon1")
    form = page_of(browser.get(reverse("villages:record_leaving", args=[person.pk])))
    assert "Việc còn dở về Vi Văn Thành vẫn đi tiếp được" in form and case.get_absolute_url() in form
    data = {"kind": DIED, "effective_on": "01/05/2026", "once": "k" * 20}
    url = reverse("villages:record_leaving", args=[person.pk])
    assert [browser.post(url, data).status_code for _ in range(2)] == [302, 302]
    assert PersonChange.objects.filter(person=person).count() == 1
    assert Nomination.objects.get(pk=case.pk).state == "submitted"
    for login in ("thon1", "vanphong", "chutich"):
        assert "Vi Văn Thành: đã mất từ ngày 01/05/2026" in page_of(signed_in(login).get(case.get_absolute_url()))
    page = page_of(browser.get(person.get_absolute_url()))
    assert "Đã mất từ ngày 01/05/2026" in page and "Còn dở, vẫn đi tiếp được" in page
    unit = person.unit.get_absolute_url()
    assert "Vi Văn Thành" not in page_of(browser.get(unit))
    assert "Vi Văn Thành" in page_of(browser.get(f"{unit}?loai=da-roi"))


def test_a_wrong_form_keeps_what_was_typed(signed_in, farmer, units):
    browser = signed_in("vanphong")
    leaving = browser.post(
        reverse("villages:record_leaving", args=[farmer.pk]), {"effective_on": "31/02/2026", "note": "Giấy báo tử số 5"}
    )
    assert leaving.status_code == 422 and "Giấy báo tử số 5" in page_of(leaving)
    moving = browser.post(
        reverse("villages:move_person", args=[farmer.pk]),
        {"effective_on": "01/05/2026", "to_unit": "999999", "note": "Hộ khẩu"},
    )
    assert (
        moving.status_code == 422 and "Hộ khẩu" in page_of(moving) and "một đơn vị trong danh sách" in page_of(moving)
    )
    assert stored(farmer).is_active


def test_the_chair_reads_who_left(commune, office, signed_in):
    paper = factories.submitted_to_chair(commune, [factories.person_named("Vi Văn Thành")])
    record_leaving(by=office, person=factories.person_named("Vi Văn Thành"), kind=DIED, effective_on=MAY)
    page = page_of(signed_in("chutich").get(paper.get_absolute_url()))
    assert "Đã mất hoặc không còn ở đơn vị: Vi Văn Thành" in page


# ── who is not in the unit any more, by name ─────────────────────────────────────────────────────
def test_a_name_of_who_died_is_named_where_it_is_typed(office, farmer, units, signed_in):
    browser = signed_in("thon1")
    words = "Lò Thị Mới, sinh 1980: đã mất từ ngày 01/05/2026, không chọn được cho việc mới"
    fragment = {"unit": farmer.unit_id, "name": "lo thi moi"}
    start = {"don-vi": farmer.unit_id, "tim": "lo thi moi"}

    def shown():
        found = page_of(browser.get(reverse("villages:person_search"), fragment))
        return found, page_of(browser.get(reverse("commendations:start"), start))

    assert not any(words in page for page in shown())
    change = record_leaving(by=office, person=farmer, kind=DIED, effective_on=MAY)
    found, started = shown()
    assert words in found and words in started
    assert "chưa có ai tên" not in found and f'value="p:{farmer.pk}"' not in found
    assert "checked" not in found, "nobody is added again without choosing so"
    household = page_of(browser.get(reverse("villages:person_search"), {**fragment, "kind": "household"}))
    assert words not in household
    take_back_person_change(by=office, change=change, reason="Nhầm người")
    assert not any(words in page for page in shown())


def test_who_died_is_not_entered_again(office, farmer, units):
    record_leaving(by=office, person=farmer, kind=DIED, effective_on=MAY)
    with pytest.raises(TwinFound, match="không thêm nữa: người đó không còn ở đơn vị"):
        add_person(by=office, unit=units["thon1"], full_name="Lò Thị Mới", birth_year=1980, post="Nông dân")
