"""The council renewed from a day: who may see and do what before and after, sessions, votes, taking back, warnings."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from commendations.actions.session import SessionSchedule, plan_session
from commendations.models import CouncilSession
from commendations.tests import factories
from emulation.communes.capacity import capacity_of, clear_capacity_cache
from emulation.communes.models import Membership
from emulation.communes.roles import Role
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.notices.models import Notification
from reports.queries.todo_posts import council_tasks, post_tasks, role_tasks
from tests.travel import at
from villages.actions.council import NewCouncil, renew_council, take_back_council
from villages.models import CouncilLiaison, CouncilVersion, Person, Seat, Unit
from villages.rules.council import NewSeat, council_day_fault, seat_faults

DAY = timedelta(days=1)
TODAY = date(2026, 12, 1)
BEGINS = date(2026, 12, 10)
LEAVES = "nongdan"
COMES = "thcs"


def seats_of(version):
    return [NewSeat(seat.person_id, seat.role, seat.position) for seat in version.seats.all()]


def council(commune, **changes):
    """The present council without the head of LEAVES, with that of COMES."""
    present = CouncilVersion.objects.filter(commune=commune).order_by("starts_on")[0]
    gone = Person.objects.get(user__username=LEAVES).pk
    seats = [seat for seat in seats_of(present) if seat.person != gone]
    seats.append(NewSeat(Person.objects.get(user__username=COMES).pk, Seat.MEMBER, "Hiệu trưởng Trường THCS"))
    values = {
        "name": present.name, "decision_no": "45/QĐ-UBND", "decision_date": TODAY, "starts_on": BEGINS,
        "seats": tuple(seats), "term": "2026 - 2031",
    }  # fmt: skip
    return NewCouncil(**{**values, **changes})


@pytest.fixture
def renewed(commune, office):
    with at(TODAY):
        return renew_council(by=office, commune=commune, council=council(commune))


def session_on(commune, office, day):
    return plan_session(by=office, commune=commune, schedule=SessionSchedule(day, time(8), "Phòng họp"))


def is_member(user):
    clear_capacity_cache(user)
    return capacity_of(user).has(Role.council_member)


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from([role for role, _ in Seat.ROLES])), max_size=8))
def test_seats_are_right_only_with_one_chair_a_standing_member_and_nobody_twice(pairs):
    seats = [NewSeat(person, role, "Chức vụ") for person, role in pairs]
    roles = [role for _, role in pairs]
    good = (
        len(pairs) >= 3
        and len({person for person, _ in pairs}) == len(pairs)
        and roles.count("chair") == 1
        and "standing" in roles
    )
    assert (not list(seat_faults(seats))) == good
    if good:
        assert list(seat_faults([*seats[:-1], NewSeat(seats[-1].person, seats[-1].role, "")]))


@given(st.integers(-40, 400), st.integers(-40, 40), st.integers(-40, 40))
def test_the_first_day_follows_decision_and_present_council(start, decided, since):
    days = [TODAY + number * DAY for number in (start, decided, since)]
    good = start >= decided and start > since and start <= 366
    assert (not council_day_fault(days[0], days[1], days[2], TODAY)) == good


def test_who_is_a_member_by_day(commune, user, renewed):
    before = {LEAVES: True, COMES: False, "phunu": True, "chutich": True}
    after = {LEAVES: False, COMES: True, "phunu": True, "chutich": True}
    for day, expected in ((BEGINS - DAY, before), (BEGINS, after), (BEGINS + DAY, after)):
        with at(day):
            assert {login: is_member(user(login)) for login in expected} == expected, day
    assert Membership.objects.filter(user_id=user("phunu").pk, role="council_member").count() == 1
    texts = Notification.objects.filter(link=renewed.get_absolute_url())
    assert set(texts.values_list("user__username", flat=True)) == {LEAVES, COMES}


def test_sessions_keep_the_council_of_their_day(commune, office, user, signed_in):
    with at(TODAY):
        early = session_on(commune, office, BEGINS - DAY)
        late = session_on(commune, office, BEGINS + DAY)
        old = early.version_of_council
        new = renew_council(by=office, commune=commune, council=council(commune, seats=council(commune).seats[:5]))
        early.refresh_from_db()
        late.refresh_from_db()
        assert (early.version_of_council, late.version_of_council) == (old, new)
        assert (early.members(), late.members()) == (7, 5)  # the denominator of the votes
        assert session_on(commune, office, BEGINS).version_of_council == new
    with at(BEGINS):
        pages = {
            login: signed_in(login).get(late.get_absolute_url()).status_code for login in (LEAVES, "phunu", "vanphong")
        }
    assert pages[LEAVES] in (403, 404) and pages["phunu"] == pages["vanphong"] == 200


def test_a_session_begun_on_or_after_the_day_refuses_it(commune, office):
    session = factories.closed_session_of(commune, [Person.objects.get(full_name="Vi Văn Thành")], held_on=BEGINS)
    with at(BEGINS + 2 * DAY), pytest.raises(RuleBroken, match="đã khai mạc"):
        renew_council(by=office, commune=commune, council=council(commune))
    CouncilSession.objects.filter(pk=session.pk).update(held_on=BEGINS - DAY)
    with at(BEGINS + 2 * DAY):
        assert renew_council(by=office, commune=commune, council=council(commune)).starts_on == BEGINS


def test_liaisons_of_who_leaves_end_and_go_on_when_taken_back(commune, office, user):
    unit = Unit.objects.get(commune=commune, code="thon1")
    row = CouncilLiaison.objects.create(
        commune=commune, unit=unit, person=Person.objects.get(user__username=LEAVES), starts_on=TODAY - DAY
    )
    everything = list(Membership.objects.order_by("pk").values())
    with at(TODAY):
        late = session_on(commune, office, BEGINS + DAY)
        version = renew_council(by=office, commune=commune, council=council(commune))
        row.refresh_from_db()
        assert row.ends_on == BEGINS - DAY
        with pytest.raises(RuleBroken, match="Hội đồng gần nhất"):
            renew_council(by=office, commune=commune, council=council(commune))
        take_back_council(by=office, version=version, reason="Quyết định ghi sai ngày.")
    row.refresh_from_db()
    late.refresh_from_db()
    assert row.ends_on is None and list(Membership.objects.order_by("pk").values()) == everything
    assert late.version_of_council == CouncilVersion.objects.get(commune=commune, ends_on=None)


def test_it_is_taken_back_only_before_its_day_and_by_the_office(renewed, office, chair):
    with at(TODAY), pytest.raises(NotAllowed):
        take_back_council(by=chair, version=renewed, reason="Ghi sai ngày.")
    with at(BEGINS), pytest.raises(RuleBroken, match="có hiệu lực từ ngày"):
        take_back_council(by=office, version=renewed, reason="Ghi sai ngày.")


def test_taken_back_again_it_leads_its_user_to_the_councils(renewed, signed_in):
    url = reverse("villages:take_back_council", args=[renewed.pk])
    with at(TODAY):
        for repeated in (False, True):  # the second time in another window
            page = signed_in("vanphong").post(url, {"reason": "Ghi sai ngày."}, follow=True)
            assert page.redirect_chain == [(reverse("villages:councils"), 302)]
            assert ("bạn đã bỏ rồi" in page.content.decode()) is repeated
    assert not CouncilVersion.objects.filter(pk=renewed.pk).exists()


def test_a_term_that_ends_a_member_who_left_and_a_role_that_ends_are_tasks_before(commune, office, user):
    present = CouncilVersion.objects.get(commune=commune)
    capacity = capacity_of(office)
    assert post_tasks(capacity, TODAY) == [] and council_tasks(capacity_of(user("thon1")), TODAY) == []
    CouncilVersion.objects.filter(pk=present.pk).update(ends_on=TODAY + 60 * DAY)
    (task,) = post_tasks(capacity, TODAY)
    assert task.soon and task.due == TODAY + 60 * DAY and not council_tasks(capacity, TODAY - DAY)
    assert council_tasks(capacity, TODAY + 61 * DAY)[0].late
    CouncilVersion.objects.filter(pk=present.pk).update(ends_on=None)
    Person.objects.filter(user__username=LEAVES).update(is_active=False)
    assert "Không còn trong danh sách" in post_tasks(capacity, TODAY)[0].text
    Membership.objects.filter(role="chair").update(ends_on=TODAY + 30 * DAY)
    Person.objects.filter(user__username=LEAVES).update(is_active=True)
    (task,) = post_tasks(capacity, TODAY)
    assert "Chủ tịch UBND xã" in task.who and not role_tasks(capacity, TODAY - DAY)
    Membership.objects.create(commune=commune, user_id=user("vanthu").pk, role="chair", starts_on=TODAY + 31 * DAY)
    assert not role_tasks(capacity, TODAY)
