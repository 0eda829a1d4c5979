"""The lists of a unit are searched among its nominees: a name that is common in the commune finds all cases of the unit, and those only."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.models import Exemplar
from campaigns.search import find_exemplars
from commendations.actions.joint_proposal import join_case
from commendations.models import Nomination
from commendations.queries.search import find_nominations
from commendations.tests import case_steps
from emulation.core.text import fold
from tests.html import page_of
from villages.actions.person_change_reversal import take_back_person_change
from villages.actions.person_stay import move_person
from villages.actions.unit_changes import carry_out_due_changes
from villages.models import Household, Person, PersonChange, Unit, UnitNominee
from villages.queries import nominees
from villages.tests.mergers import DAY, at, new_unit, record_merger

pytestmark = pytest.mark.both_databases

LIST = reverse("commendations:nominations")
WORDS = ("thi", "v", "lua", "le thi", "thi lua le", "ho", "xq")


@pytest.fixture
def units(commune):
    return {unit.code: unit for unit in Unit.objects.filter(commune=commune)}


@pytest.fixture(params=(0, 1, 500))
def few(request, monkeypatch):
    """So many people are looked up among the people; of more, the rows are read by their own names."""
    monkeypatch.setattr(nominees, "FEW", request.param)


def draft_of(unit: Unit, **nominee) -> Nomination:
    return Nomination.objects.create(commune=unit.commune, unit=unit, state="submitted", **nominee)


def named_like(rows, words: str) -> set[int]:
    """The rows whose nominee has for each word one that begins so, compared one by one."""
    wanted = [f" {word}" for word in fold(words).split()]
    named = ((row, f" {fold(row.nominee_bare_name.removeprefix('Hộ gia đình '))}") for row in rows)
    return {row.pk for row, name in named if all(word in name for word in wanted)}


def listed(client, words: str, **more: str) -> set[int]:
    answer = client.get(LIST, {"q": words, **more})
    return {row.pk for row in answer.context["rows"]}


def test_each_searcher_finds_what_the_names_of_the_visible_cases_say(few, commune, units, user, signed_in):
    people = {name: Person.objects.get(full_name=name) for name in ("Lê Thị Lụa", "Vi Văn Thành", "Lữ Thị Ơn")}
    for person in people.values():
        draft_of(person.unit, person=person)
    of_another_unit = Person.objects.filter(unit=units["thon2"], full_name__contains="Thị").first()
    draft_of(units["thon1"], person=of_another_unit)
    draft_of(units["thon1"], household=Household.objects.filter(unit=units["thon1"]).first())
    joined = draft_of(units["thon3"], person=people["Lữ Thị Ơn"])
    join_case(by=user("thon1"), nomination=joined, unit=units["thon1"], deed="Giúp cả Thôn 1.")
    move_person(
        by=user("vanphong"), person=people["Lê Thị Lụa"], to_unit=units["thon4"], effective_on=case_steps.SESSION_DAY
    )
    for login in ("thon1", "thon3", "thon4", "vanphong", "hoidong2"):
        seen = Nomination.objects.visible_to(user(login)).for_lists()
        for words in WORDS:
            expected = named_like(seen, words)
            assert listed(signed_in(login), words) == expected, (login, words)
            assert len(find_nominations(user(login), words, 50)) == len(expected), (login, words)
    of_thon1 = Nomination.objects.proposed_by(units["thon1"].pk).for_lists()
    for words in WORDS:
        assert listed(signed_in("vanphong"), words, **{"don-vi": str(units["thon1"].pk)}) == named_like(of_thon1, words)


def test_a_case_entered_before_its_nominee_moved_and_came_back_is_found(few, commune, units, user, signed_in):
    lua = Person.objects.get(full_name="Lê Thị Lụa")
    move_person(by=user("vanphong"), person=lua, to_unit=units["thon4"], effective_on=case_steps.SESSION_DAY)
    lua.refresh_from_db()
    case = draft_of(units["thon4"], person=lua)
    take_back_person_change(by=user("vanphong"), change=PersonChange.objects.get(person=lua), reason="Ghi nhầm người")
    assert Person.objects.get(pk=lua.pk).unit == units["thon1"]
    assert listed(signed_in("thon4"), "lua") == {case.pk} and listed(signed_in("thon1"), "lua") == set()


def test_after_a_merger_the_new_unit_finds_the_cases_that_it_was_given(few, commune, office, units, user, signed_in):
    with at(DAY):
        case = case_steps.submitted_nomination()
        record_merger(office, commune, units, DAY)
        carry_out_due_changes(commune=commune, on=DAY)
        case.refresh_from_db()
        assert case.unit == new_unit()
        assert listed(signed_in("thon1"), "lua") == {case.pk}
        assert listed(signed_in("vanphong"), "lua", **{"don-vi": str(new_unit().pk)}) == {case.pk}


def test_the_exemplars_of_the_demo_are_found_by_their_heads(few, full_demo, user):
    for login in ("thon1", "thon3", "mamnon"):
        seen = Exemplar.objects.visible_to(user(login)).exclude(state=Exemplar.CANCELLED).for_lists()
        for words in WORDS:
            expected = len(named_like([row for row in seen if row.nominee_kind], words))
            assert len(find_exemplars(user(login), words, 500)) == expected, (login, words)


def test_every_nominee_of_the_demo_is_one_of_its_unit(full_demo):
    for model in (Nomination, Exemplar):
        for kind in ("person", "household"):
            pairs = set(model.objects.exclude(**{kind: None}).values_list("unit", kind))
            assert pairs and pairs <= set(UnitNominee.objects.exclude(**{kind: None}).values_list("unit", kind))


def test_a_search_within_a_unit_asks_one_query_more_than_of_a_rare_name(commune, signed_in, monkeypatch):
    case_steps.submitted_nomination()
    client = signed_in("thon1")

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert "Lê Thị Lụa" in page_of(client.get(LIST, {"q": "thi"}))
        return len(caught)

    queries()
    rare = queries()
    monkeypatch.setattr(nominees, "FEW", 0)
    assert queries() <= rare + 1
