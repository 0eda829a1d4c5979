"""Who leads a collective that is no unit, by date: recorded, succeeded, ended, taken back; ends when the person leaves."""

from datetime import date

import pytest
from django.urls import reverse

from emulation.core.errors import NotAllowed, RuleBroken
from tests.html import page_of
from villages.actions.collective_leaders import (
    end_collective_leader,
    set_collective_leader,
    take_back_collective_leader,
)
from villages.actions.collectives import add_collective, end_collective, rename_collective
from villages.actions.people import add_person
from villages.actions.person_stay import move_person, record_leaving
from villages.models import Appointment, Person, Unit
from villages.queries.collectives import leaders_of

FIRST = date(2026, 10, 1)
SECOND = date(2026, 11, 10)


@pytest.fixture(autouse=True)
def _today(in_november):
    """20/11/2026."""


@pytest.fixture
def thon2(commune):
    return Unit.objects.get(commune=commune, code="thon2")


@pytest.fixture
def chapter(user, thon2):
    return add_collective(by=user("thon2"), owner=thon2, name="Chi hội Nông dân Thôn 2", kind="chapter")


@pytest.fixture
def people(user, thon2):
    return [
        add_person(by=user("thon2"), unit=thon2, full_name=name, birth_year=1980)
        for name in ("Lò Văn Mười", "Lò Thị Én")
    ]


def led(user, chapter, person, starts_on, post="Chi hội trưởng"):
    return set_collective_leader(by=user, collective=chapter, person=person, post=post, starts_on=starts_on)


def days_of(chapter):
    return [(row.person.full_name, row.starts_on, row.ends_on) for row in leaders_of(chapter)]


def test_the_next_leader_ends_the_one_before_and_both_are_shown(user, chapter, people, signed_in):
    head = user("thon2")
    led(head, chapter, people[0], FIRST)
    led(head, chapter, people[1], SECOND)
    assert days_of(chapter) == [("Lò Thị Én", SECOND, None), ("Lò Văn Mười", FIRST, date(2026, 11, 9))]
    page = page_of(signed_in("vanphong").get(chapter.get_absolute_url()))
    assert "Lò Thị Én, Chi hội trưởng: từ 10/11/2026" in " ".join(page.split())
    assert "Lò Văn Mười, Chi hội trưởng: từ 01/10/2026 đến hết 09/11/2026" in " ".join(page.split())


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"starts_on": date(2026, 11, 21)}, "không được sau hôm nay"),
        ({"starts_on": FIRST}, "ngày này phải sau đó"),
        ({"post": " "}, "Hãy ghi chức vụ"),
        ({}, "đang đứng đầu rồi"),
    ],
)
def test_what_does_not_follow_is_refused_and_changes_nothing(user, chapter, people, changed, words):
    head = user("thon2")
    led(head, chapter, people[0], FIRST)
    with pytest.raises(RuleBroken, match=words):
        led(head, chapter, people[0], **{"starts_on": SECOND, **changed})
    assert days_of(chapter) == [("Lò Văn Mười", FIRST, None)]


def test_only_the_office_and_the_head_of_its_unit_record_it(user, chapter, people):
    with pytest.raises(NotAllowed):
        led(user("thon1"), chapter, people[0], FIRST)
    led(user("vanphong"), chapter, people[0], FIRST)
    with pytest.raises(NotAllowed):
        end_collective_leader(by=user("thon1"), collective=chapter, ends_on=SECOND)
    with pytest.raises(NotAllowed):
        take_back_collective_leader(by=user("thon1"), collective=chapter)


def test_each_record_is_taken_back_in_turn(user, chapter, people):
    head = user("thon2")
    led(head, chapter, people[0], FIRST)
    led(head, chapter, people[1], SECOND)
    end_collective_leader(by=head, collective=chapter, ends_on=date(2026, 11, 15))
    with pytest.raises(RuleBroken, match="đang không có người đứng đầu"):
        end_collective_leader(by=head, collective=chapter, ends_on=date(2026, 11, 16))
    seen = [days_of(chapter)[0]]
    for _ in range(3):
        take_back_collective_leader(by=head, collective=chapter)
        seen += days_of(chapter)[:1]
    assert seen == [
        ("Lò Thị Én", SECOND, date(2026, 11, 14)), ("Lò Thị Én", SECOND, None), ("Lò Văn Mười", FIRST, None),
    ]  # fmt: skip
    with pytest.raises(RuleBroken, match="chưa ghi người đứng đầu"):
        take_back_collective_leader(by=head, collective=chapter)


@pytest.mark.parametrize("leaves", [True, False])
def test_who_leaves_the_unit_no_longer_leads_and_is_back_only_with_them(user, commune, chapter, people, leaves):
    head = user("thon2")
    led(head, chapter, people[0], FIRST)
    if leaves:
        record_leaving(by=head, person=people[0], kind="died", effective_on=SECOND)
    else:
        thon3 = Unit.objects.get(commune=commune, code="thon3")
        move_person(by=user("vanphong"), person=people[0], to_unit=thon3, effective_on=SECOND)
    assert days_of(chapter) == [("Lò Văn Mười", FIRST, date(2026, 11, 9))]
    if leaves:
        with pytest.raises(RuleBroken, match="không còn ở đơn vị"):
            take_back_collective_leader(by=head, collective=chapter)


def test_the_form_finds_people_by_name_and_asks_which_of_several(user, chapter, people, signed_in, thon2):
    browser = signed_in("thon2")
    path = reverse("villages:set_collective_leader", args=[chapter.pk])
    assert 'value="Chi hội trưởng"' in browser.get(path).content.decode()
    typed = {"post": "Chi hội trưởng", "starts_on": "01/10/2026"}
    for name, words in (
        ("Vừ A Nủ", "Chưa có ai tên này"),
        ("", "Hãy nhập mục này"),
        ("lo", "Có nhiều người tên như vậy"),
    ):
        answer = browser.post(path, {**typed, "name": name})
        assert answer.status_code == 422 and words in page_of(answer) and name in page_of(answer)
        assert not Appointment.objects.filter(unit_id=chapter.pk).exists()
    assert "Lò Văn Mười, Thôn 2" in page_of(answer) and "Lò Thị Én, Thôn 2" in page_of(answer)
    stranger = Person.objects.exclude(unit=thon2).first()
    assert browser.post(path, {**typed, "name": "lo", "person": stranger.pk}).status_code == 422
    assert browser.post(path, {**typed, "name": "lo", "person": people[1].pk}).status_code == 302
    assert days_of(chapter) == [("Lò Thị Én", FIRST, None)]
    browser.post(reverse("villages:end_collective_leader", args=[chapter.pk]), {"ends_on": "10/11/2026"})
    assert days_of(chapter) == [("Lò Thị Én", FIRST, date(2026, 11, 9))]
    browser.post(reverse("villages:take_back_collective_leader", args=[chapter.pk]))
    assert browser.post(path, {**typed, "name": "Lò Văn Mười", "starts_on": "10/11/2026"}).status_code == 302
    assert [name for name, *_ in days_of(chapter)] == ["Lò Văn Mười", "Lò Thị Én"]


def test_an_ended_collective_gets_no_leader(user, chapter, people):
    end_collective(by=user("thon2"), collective=chapter, ends_on=SECOND)
    with pytest.raises(RuleBroken, match="đã kết thúc"):
        led(user("thon2"), chapter, people[0], FIRST)


def test_it_does_not_end_before_its_leader_began_or_its_name(user, chapter, people, signed_in):
    head = user("thon2")
    rename_collective(by=head, collective=chapter, name="Chi hội Nông dân Bản Mài", starts_on=FIRST)
    with pytest.raises(RuleBroken, match="Tên hiện nay dùng từ 01/10/2026"):
        end_collective(by=head, collective=chapter, ends_on=FIRST)
    led(head, chapter, people[0], SECOND)
    page = signed_in("thon2").post(reverse("villages:end_collective", args=[chapter.pk]), {"ends_on": "10/11/2026"})
    assert page.status_code == 422 and "Lò Văn Mười đứng đầu từ 10/11/2026" in page_of(page)
    end_collective(by=head, collective=chapter, ends_on=date(2026, 11, 11))


def test_who_leads_a_collective_later_moves_later(user, chapter, people, units):
    led(user("thon2"), chapter, people[0], SECOND)
    with pytest.raises(
        RuleBroken, match=r"đứng đầu Chi hội Nông dân Thôn 2 từ 10/11/2026.*ở trang của tập thể"
    ) as refused:
        move_person(by=user("vanphong"), person=people[0], to_unit=units["thon1"], effective_on=SECOND)
    assert refused.value.field == "effective_on"
