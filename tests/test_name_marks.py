"""What distinguishes people of one name is stored with every act that may change it; without a namesake nothing is added."""

from datetime import date

import pytest
from django.urls import reverse

from commendations.actions import nomination as nominations
from commendations.models import Award, Nomination
from commendations.tests import case_steps, factories
from emulation.documents.engines import html
from emulation.documents.models import IssuedDocument
from emulation.notices.models import Notification
from tests.html import page_of, paper_text
from villages.actions.households import add_household, edit_household
from villages.actions.name_marks import store_all_name_marks
from villages.actions.people import add_person, edit_person
from villages.actions.person_change_reversal import take_back_person_change
from villages.actions.person_changes import change_post
from villages.actions.person_matches import end_match, merge_people
from villages.actions.person_stay import move_person
from villages.actions.unit_change_undo import undo_change
from villages.models import Household, Person, PersonChange, Unit
from villages.tests.mergers import DAY, at, record_merger

NAME = "Lò Văn Sình"
MARKS = {1955: "sinh năm 1955", 1984: "sinh năm 1984"}


@pytest.fixture(autouse=True)
def _today(in_november):
    """20/11/2026."""


@pytest.fixture
def thon1(commune):
    return Unit.objects.get(commune=commune, code="thon1")


@pytest.fixture
def father_and_son(thon1):
    return [add(thon1, year, sex="nam", post="Nông dân") for year in MARKS]


def test_both_are_marked_and_nobody_else(commune, father_and_son):
    for person in father_and_son:
        person.refresh_from_db()
    assert [person.marked_name for person in father_and_son] == [f"{NAME} ({mark})" for mark in MARKS.values()]
    assert Person.objects.exclude(name_mark="").count() == 2
    assert not Household.objects.exclude(name_mark="").exists()


def marks(*people):
    for person in people:
        person.refresh_from_db()
    return [person.name_mark for person in people]


def add(unit, year, name=NAME, **facts):
    return add_person(by=case_steps.user_named("vanphong"), unit=unit, full_name=name, birth_year=year, **facts)


def all_stored(commune):
    return store_all_name_marks(commune.pk) == 0


def test_another_name_ends_the_mark(commune, office, father_and_son):
    father, son = father_and_son
    facts = {"sex": "nam", "birth_year": 1984, "post": "Nông dân"}
    edit_person(by=office, person=son, full_name="Lò Văn Sính", twins_seen=[father.pk], **facts)
    assert marks(father, son) == ["", ""]
    edit_person(by=office, person=son, full_name=NAME, twins_seen=[father.pk], **facts)
    assert marks(father, son) == list(MARKS.values())
    assert all_stored(commune)


def test_the_same_year_is_distinguished_by_household_and_day(commune, office, thon1):
    one = add(thon1, 1970, post="Thợ xây")
    household = add_household(by=office, unit=thon1, head_name="Lò Thị Phương", address="xóm Trong")
    other = add(thon1, 1970, household=household, post="Nông dân", twins_seen=[one.pk])
    assert marks(one, other) == ["thợ xây", "hộ Lò Thị Phương – xóm Trong"]
    change_post(by=office, person=one, effective_on=date(2026, 11, 19), post="Thợ mộc", group="")
    assert marks(one) == ["thợ mộc"]
    edit_household(by=office, household=household, head_name="Lò Thị Phương", form_of_address="", address="xóm Ngoài")
    assert marks(other) == ["hộ Lò Thị Phương – xóm Ngoài"]
    facts = {"birth_year": 1970, "birth_date": date(1970, 3, 2), "twins_seen": [other.pk]}
    edit_person(by=office, person=one, full_name=NAME, **facts)
    assert marks(one) == ["sinh ngày 02/03/1970"]
    assert all_stored(commune)


def test_somebody_of_another_unit_is_named_with_the_unit_only_where_no_unit_is_named(commune, office, thon1):
    one = add(thon1, 1955)
    other = add(case_steps.unit_by_code("thon2"), 1984)
    assert marks(one, other) == ["", ""]
    case = case_steps.fill_nomination(nominations.start_nomination(by=office, unit=thon1, nominee=one), "vanphong")
    assert (case.nominee_name, case.nominee_alone) == (NAME, f"{NAME}, Thôn 1")
    move_person(by=office, person=other, to_unit=thon1, effective_on=date(2026, 11, 19))
    assert marks(one, other) == list(MARKS.values())
    change = PersonChange.objects.get(person=other)
    take_back_person_change(by=office, change=change, reason="Ghi nhầm người")
    assert marks(one, other) == ["", ""]
    assert all_stored(commune)


def test_two_records_of_one_person_are_no_namesakes(commune, office, father_and_son):
    father, son = father_and_son
    match = merge_people(by=office, kept=father, other=son, reason="Cùng một người, ghi nhầm năm sinh")
    assert marks(father, son) == ["", ""]
    end_match(by=office, match=match, reason="Ghi nhầm, là hai người")
    assert marks(father, son) == list(MARKS.values())
    assert all_stored(commune)


def test_a_merger_of_thon_and_its_undoing(commune, office, thon1):
    units = {unit.code: unit for unit in Unit.objects.filter(commune=commune)}
    one = add(thon1, 1955)
    other = add(units["thon2"], 1984)
    with at(DAY):
        change = record_merger(office, commune, units)
        assert marks(one, other) == list(MARKS.values())
        assert all_stored(commune)
        change.refresh_from_db()
        undo_change(by=office, change=change, reason="Nghị quyết chưa có hiệu lực")
    assert marks(one, other) == ["", ""]
    assert all_stored(commune)


def test_an_award_keeps_the_name_of_its_day(commune, office, thon1):
    one = add(thon1, 1955, sex="nam", post="Nông dân")
    factories.issued_decision(commune, [one])
    award = Award.objects.get(person=one)
    assert award.current_name == NAME
    add(thon1, 1984)
    award.refresh_from_db()
    assert award.current_name == NAME
    assert Nomination.objects.get(person=one).nominee_name == f"{NAME} (sinh năm 1955)"


def test_households_of_one_name_are_distinguished_by_address(commune, office, thon1):
    rows = [add_household(by=office, unit=thon1, head_name=NAME, address=place) for place in ("xóm Trong", "xóm Ngoài")]
    for row in rows:
        row.refresh_from_db()
    assert [str(row) for row in rows] == [f"Hộ gia đình {NAME} (xóm Trong)", f"Hộ gia đình {NAME} (xóm Ngoài)"]
    assert all_stored(commune)


def test_without_a_namesake_nothing_is_added(full_demo):
    people = Person.objects.filter(commune=full_demo)
    assert not people.exclude(name_mark="").exists()
    assert not Household.objects.exclude(name_mark="").exists()
    assert not Award.objects.exclude(name_mark="").exists()
    assert all_stored(full_demo)
    marked = [str(paper) for paper in IssuedDocument.objects.filter(commune=full_demo) if "(sinh " in paper.html]
    assert not marked
    assert not Notification.objects.filter(text__contains="(sinh ").exists()


@pytest.fixture
def three_of_a_name(commune, thon1, father_and_son):
    """Father and son of Thôn 1, and a third one of Thôn 2."""
    return [*father_and_son, add(Unit.objects.get(commune=commune, code="thon2"), 1970, sex="nam")]


LISTED = [f"{NAME} (sinh năm 1955), Thôn 1", f"{NAME} (sinh năm 1984), Thôn 1", f"{NAME}, Thôn 2"]


def test_the_chair_sees_who_of_a_name_is_meant_before_the_decision(commune, three_of_a_name, signed_in):
    paper = factories.submitted_to_chair(commune, [Person.objects.get(pk=one.pk) for one in three_of_a_name])
    items = list(paper.items.order_by("sort"))
    address = reverse("commendations:decide", args=[paper.pk])
    chair = signed_in("chutich")
    answer = page_of(chair.post(address, {"seen": paper.version, f"outcome_{items[0].pk}": "dong-y"}))
    assert all(f"Chưa chọn đồng ý hay không đồng ý cho {name}." in answer for name in LISTED[1:])
    chosen = {f"outcome_{item.pk}": "dong-y" for item in items}
    chosen |= {f"outcome_{items[2].pk}": "khong-dong-y", f"reason_{items[2].pk}": "Thành tích chưa rõ"}
    preview = chair.post(address, {"seen": paper.version, **chosen}).content.decode()
    kept = [name.replace("năm ", "năm\u00a0").replace("Thôn ", "Thôn\u00a0") for name in LISTED]
    assert all(f"<li>{name}</li>" in preview for name in kept[:2])
    assert f"<li>{kept[2]}: Thành tích chưa rõ</li>" in preview
    assert "Thôn 1" not in preview[preview.index("<main") :]  # never broken after "Thôn"


def test_the_signed_list_names_them_apart_for_the_clerk(commune, three_of_a_name, signed_in):
    decision = factories.decision_at_signature(commune, [Person.objects.get(pk=one.pk) for one in three_of_a_name])
    page = signed_in("vanthu").get(reverse("commendations:issue", args=[decision.pk])).content.decode()
    for name in (
        f"{NAME} (sinh năm 1955), Nông dân, Thôn\u00a01",
        f"{NAME} (sinh năm 1984), Nông dân, Thôn\u00a01",
        f"{NAME}, Thôn\u00a02",
    ):
        assert f"<li>{name}, xã Bình Lương: 760.000" in page


def test_the_phieu_trinh_names_the_unit_where_the_name_alone_may_be_two(commune, three_of_a_name, office):
    session = factories.closed_session_of(commune, [Person.objects.get(pk=one.pk) for one in three_of_a_name])
    session.items.filter(sort=1).update(agree=6)
    paper = factories.submitted_session(session).document.paper
    text = paper_text(html.paper_html(paper)).lower()
    assert f"ông {NAME} (sinh năm 1955), ông {NAME} (thôn 2, xã Bình Lương): 05/07".lower() in text
    assert f"ông {NAME} (sinh năm 1984): 06/07".lower() in text


def test_unknown_facts_name_whom_they_mean(commune, three_of_a_name, signed_in):
    Person.objects.filter(pk__in=[one.pk for one in three_of_a_name]).update(group="", post_since=None)
    paper = factories.submitted_to_chair(commune, [Person.objects.get(pk=one.pk) for one in three_of_a_name])
    page = page_of(signed_in("chutich").get(paper.get_absolute_url())).replace("\u00a0", " ")
    assert f"Chưa rõ nhóm đối tượng: {'; '.join(LISTED)}." in page
