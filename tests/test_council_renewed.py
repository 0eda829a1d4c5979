"""The council renewed from a day: who may see and do what before and after, sessions, votes, taking back, warnings."""

from datetime import date, time, timedelta

import pytest
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
from tests.html import page_of
from tests.travel import at
from villages.actions.council import NewCouncil, renew_council, take_back_council
from villages.models import CouncilLiaison, CouncilVersion, Person, Seat, Unit
from villages.rules.council import NewSeat, council_day_fault, seat_faults

DAY = timedelta(days=1)
TODAY = date(2026, 12, 1)
BEGINS = date(2026, 12, 10)
LEAVES = "nongdan"
COMES = "thcs"
PAGE = "/don-vi/hoi-dong/kien-toan/"


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


@pytest.fixture
def form_page(commune, signed_in):
    """A browser of the office and what the form of a new council holds at first."""
    with at(TODAY):
        browser = signed_in("vanphong")
        form = browser.get(PAGE).context["form"]
        data = {name: form.initial.get(name, field.initial) or "" for name, field in form.fields.items()}
        decision = {"decision_no": "45/QĐ-UBND", "decision_date": "01/12/2026", "starts_on": "10/12/2026"}
        yield browser, {**data, **decision}


def place_of(login):
    present = CouncilVersion.objects.get(ends_on=None)
    return [seat.person.user.username for seat in present.seats.all()].index(login) + 1


def confirmed(browser, data):
    """The preview, then the same again with its button."""
    shown = browser.post(PAGE, {**data, "do": "preview"})
    assert shown.status_code == 200, page_of(shown)
    again = {**data, "do": "confirm", "previewed": shown.context["previewed"]}
    return page_of(shown), browser.post(PAGE, again, follow=True)


def test_one_tick_and_one_choice_renew_the_council_after_a_preview(commune, office, user, form_page):
    browser, data = form_page
    unit = Unit.objects.get(commune=commune, code="thon1")
    leaver = Person.objects.get(user__username=LEAVES)
    CouncilLiaison.objects.create(commune=commune, unit=unit, person=leaver, starts_on=TODAY - DAY)
    session_on(commune, office, BEGINS + DAY)
    newcomer = Person.objects.get(user__username=COMES)
    del data[f"keep_{place_of(LEAVES)}"]
    data["person_8"] = str(newcomer.pk)
    shown = page_of(browser.post(PAGE, {**data, "do": "preview"}))
    assert f"Mới: {newcomer.full_name} (Ủy viên, {newcomer.post})" in shown
    assert f"Thôi: {leaver.full_name}. Từ ngày 10/12/2026" in shown and "Hội đồng 7 người" in shown
    assert f"{leaver.full_name} thôi phụ trách Thôn 1" in shown and "thôi hết ngày 09/12/2026" in shown
    assert "1 phiên họp đã lập (ngày 11/12/2026)" in shown and "Đã ghi" not in shown
    assert CouncilVersion.objects.count() == 1  # nothing is recorded by the preview
    _, answer = confirmed(browser, data)
    page = page_of(answer)
    assert "Đã ghi" in page and f"mới: {newcomer.full_name}" in page and f"thôi: {leaver.full_name}" in page
    version = CouncilVersion.objects.get(decision_no="45/QĐ-UBND")
    assert version.seats.get(person=newcomer).position == newcomer.post and version.seats.count() == 7
    back = browser.post(f"/don-vi/hoi-dong/{version.pk}/rut/", {"reason": "Ghi sai ngày quyết định."}, follow=True)
    assert "Đã rút" in page_of(back) and CouncilLiaison.objects.get(person=leaver).ends_on is None


def test_what_changed_after_the_preview_is_previewed_again(form_page):
    browser, data = form_page
    shown = browser.post(PAGE, {**data, "do": "preview"})
    again = browser.post(
        PAGE, {**data, "starts_on": "11/12/2026", "do": "confirm", "previewed": shown.context["previewed"]}
    )
    assert "từ ngày 11/12/2026" in page_of(again) and CouncilVersion.objects.count() == 1


def test_a_changed_role_shows_in_the_preview_and_the_chair_comes_first(form_page):
    browser, data = form_page
    chair, standing = 1, place_of("vanphong")
    data |= {f"role_{chair}": "vice", f"role_{standing}": "chair", "role_5": "standing"}
    shown, _ = confirmed(browser, data)
    assert "thành Chủ tịch Hội đồng," in shown and "thành Phó Chủ tịch Hội đồng," in shown
    first = CouncilVersion.objects.get(decision_no="45/QĐ-UBND").seats.first()
    assert first.role == "chair" and first.person.user.username == "vanphong"


def test_faults_keep_what_was_typed(form_page, signed_in):
    browser, data = form_page
    bad = browser.post(PAGE, {**data, "starts_on": "30/11/2026"})
    assert bad.status_code == 422 and "Không trước ngày quyết định" in page_of(bad)
    assert 'value="45/QĐ-UBND"' in bad.content.decode()
    nobody = {name: value for name, value in data.items() if not name.startswith("keep_")}
    bad = browser.post(PAGE, nobody)
    assert bad.status_code == 422 and "ít nhất 3 thành viên" in page_of(bad)
    Person.objects.filter(user__username=COMES).update(post="")
    person = Person.objects.get(user__username=COMES)
    bad = browser.post(PAGE, {**data, "person_8": str(person.pk)})
    assert bad.status_code == 422 and f"Hãy ghi chức vụ của {person.full_name}" in page_of(bad)
    assert CouncilVersion.objects.count() == 1 and signed_in("chutich").get(PAGE).status_code == 403


def test_a_member_who_is_no_longer_in_the_list_is_named_and_not_kept(form_page, signed_in):
    browser, data = form_page
    person = Person.objects.get(user__username=LEAVES)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    page = page_of(browser.get(PAGE))
    assert f"{person.full_name} không còn trong danh sách." in page
    shown, _ = confirmed(browser, data)
    assert f"Thôi: {person.full_name}" in shown
    assert not CouncilVersion.objects.get(decision_no="45/QĐ-UBND").seats.filter(person=person).exists()
