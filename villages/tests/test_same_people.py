"""Two records of one person: merged, undone, chains, who may, what refuses."""

from datetime import date
from itertools import chain

import pytest

from emulation.core.errors import NotAllowed, RuleBroken
from villages.actions.evidence import add_evidence
from villages.actions.people import add_person, edit_person, edit_private
from villages.actions.person_matches import end_match, keep_people_apart, merge_people
from villages.models import Appointment, Evaluation, Person, PersonMatch
from villages.queries.evidence import evidence_of, people_of_unit, recorded_levels
from villages.queries.look_alikes import open_look_alikes
from villages.queries.people import search_nominee_options
from villages.queries.same_people import nominee_to_choose, same_person_ids
from villages.queries.search import find_people

pytestmark = pytest.mark.both_databases

REASON = "Đã hỏi trưởng thôn, xem căn cước"


@pytest.fixture
def twice(office, units):
    """One person entered in three units, the second time without marks."""
    return [
        add_person(by=office, unit=units[code], full_name=name, birth_year=1971)
        for code, name in (("thon1", "Lương Thị Hòa"), ("thon2", "LUONG THI HOA"), ("thon3", "Lương Thị Hoà"))
    ]


def pairs(commune):
    return [(pair.one, pair.other) for pair in open_look_alikes(commune.pk)]


def merge(by, kept, other):
    return merge_people(by=by, kept=kept, other=other, reason=REASON)


def refreshed(people):
    return [Person.objects.get(pk=one.pk) for one in people]


def test_records_of_one_person_are_suggested_until_somebody_decides(commune, office, twice):
    first, second, third = twice
    assert {(first.pk, second.pk), (first.pk, third.pk), (second.pk, third.pk)} <= set(pairs(commune))
    apart = keep_people_apart(by=office, one=first, other=second)
    merge(office, first, third)
    assert not {first.pk, second.pk, third.pk} & set(chain.from_iterable(pairs(commune)))
    end_match(by=office, match=apart, reason="Ghi nhầm")
    assert (first.pk, second.pk) in pairs(commune)


def test_a_merge_changes_no_other_row_and_is_undone(office, units, twice):
    first, second, _ = twice
    match = merge(office, first, second)
    first, second, third = refreshed(twice)
    assert same_person_ids([first]) == same_person_ids([second]) == [first.pk, second.pk]
    assert same_person_ids([third]) == [third.pk]
    assert (second.unit, second.full_name, second.is_merged, first.is_merged) == (
        units["thon2"], "LUONG THI HOA", True, False,
    )  # fmt: skip
    assert match.evidence[0] == ["Họ và tên", "Lương Thị Hòa", "LUONG THI HOA"]
    end_match(by=office, match=match, reason="Hai người thật")
    assert all(one.same_as_id is None for one in refreshed(twice))
    assert PersonMatch.objects.get(pk=match.pk).state == PersonMatch.ENDED
    with pytest.raises(RuleBroken, match="đã rút"):
        end_match(by=office, match=match, reason="Lần nữa")


def test_merging_a_merged_record_merges_the_kept_one(office, twice):
    first, second, third = twice
    inner = merge(office, first, second)
    outer = merge(office, third, second)
    assert (outer.kept, outer.other) == (third, first)
    assert {one.same_as_id for one in refreshed(twice)} == {third.pk}
    end_match(by=office, match=inner, reason="Nhầm")
    first, second, third = refreshed(twice)
    assert (first.same_as_id, second.same_as_id, third.same_as_id) == (third.pk, None, third.pk)
    end_match(by=office, match=outer, reason="Nhầm")
    assert all(one.same_as_id is None for one in refreshed(twice))
    again = merge(office, first, second)
    merge(office, third, first)
    end_match(by=office, match=PersonMatch.objects.in_force().exclude(pk=again.pk).get(), reason="Nhầm")
    assert [one.same_as_id for one in refreshed(twice)] == [first.pk, first.pk, None]


def test_what_refuses_a_merge(office, user, other_commune, twice, person):
    first, second, third = twice
    with pytest.raises(RuleBroken, match="căn cứ"):
        merge_people(by=office, kept=first, other=second, reason="...")
    with pytest.raises(RuleBroken, match="hai hồ sơ khác nhau"):
        merge(office, first, first)
    keep_people_apart(by=office, one=second, other=third)
    merge(office, first, second)
    for pair in ((first, second), (second, first)):
        with pytest.raises(RuleBroken, match="đã được ghi là của một người"):
            merge(office, *pair)
    with pytest.raises(RuleBroken, match="hai người khác nhau"):
        merge(office, third, first)
    with pytest.raises(RuleBroken, match="một người"):
        keep_people_apart(by=office, one=first, other=second)
    with pytest.raises(RuleBroken, match="cùng một xã"):
        merge(office, first, Person(commune=other_commune))
    assert PersonMatch.objects.in_force().count() == 2


@pytest.mark.parametrize("login", ["thon1", "vanthu", "chutich", "hoidong2", "quantri"])
def test_only_the_office_decides(user, twice, login):
    with pytest.raises(NotAllowed):
        merge(user(login), *twice[:2])
    with pytest.raises(NotAllowed):
        keep_people_apart(by=user(login), one=twice[0], other=twice[1])


def test_accounts_posts_and_own_records(office, user, twice):
    first, second, _ = twice
    head = user("thon2").person
    with pytest.raises(RuleBroken, match="có tài khoản đăng nhập nên phải là hồ sơ giữ lại"):
        merge(office, first, head)
    with pytest.raises(RuleBroken, match="đều có tài khoản"):
        merge(office, user("thon1").person, head)
    with pytest.raises(RuleBroken, match="chính bạn"):
        merge(office, office.person, first)
    Appointment.objects.create(
        commune=second.commune, unit=second.unit, person=second, post="Trưởng thôn", starts_on=date(2026, 1, 1)
    )
    with pytest.raises(RuleBroken, match=f"đang giữ việc: Trưởng thôn, {second.unit.name};"):
        merge(office, first, second)
    merge(office, second, first)


def test_facts_that_contradict_each_other(office, twice):
    first, second, _ = twice
    edit_private(by=office, person=first, ethnicity="", cccd="038171001234", discipline="")
    edit_private(by=office, person=second, ethnicity="", cccd="038171004321", discipline="")
    with pytest.raises(RuleBroken, match="hai số CCCD"):
        merge(office, *refreshed(twice)[:2])
    edit_private(by=office, person=second, ethnicity="", cccd="", discipline="")
    levels = {first: "excellent", second: "good"}
    for one, level in levels.items():
        add_evidence(by=office, model=Evaluation, subject=one, year=2025, level=level, source="")
    with pytest.raises(RuleBroken, match="năm 2025"):
        merge(office, *refreshed(twice)[:2])


def test_what_is_known_of_one_record_is_known_of_the_person(office, twice):
    first, second, _ = twice
    add_evidence(by=office, model=Evaluation, subject=second, year=2025, level="good", source="")
    merge(office, first, second)
    first, second, _ = refreshed(twice)
    for one in (first, second):
        assert [row.level for row in evidence_of([one], date(2026, 11, 1))[one.pk].evaluations] == ["good"]
    assert recorded_levels([first], 2025) == {first.pk: "good"}
    edit_private(by=office, person=second, ethnicity="", cccd="038171001234", discipline="")
    edit_private(by=office, person=first, ethnicity="", cccd="038171001234", discipline="")


def test_the_merged_record_is_no_longer_offered(office, user, units, twice):
    first, second, third = twice
    twin = add_person(by=office, unit=units["thon1"], full_name="Lương Thị Hoa", birth_year=1971, twin_note="con bà Tư")
    merge(office, first, twin)
    merge(office, first, second)
    head = user("thon1")
    options = search_nominee_options(head, unit_id=units["thon1"].pk, household=False, words="luong thi hoa")
    assert [option.value for option in options] == [f"p:{first.pk}"]
    assert nominee_to_choose(head, units["thon1"], Person, twin.pk) == first
    assert nominee_to_choose(user("thon2"), units["thon2"], Person, second.pk) is None
    assert twin not in people_of_unit(units["thon1"], office)
    urls = [hit.url for hit in find_people(office, "luong thi hoa", 10)]
    assert sorted(urls) == sorted([first.get_absolute_url(), third.get_absolute_url()])
    assert find_people(user("thon2"), "luong thi hoa", 10) == []
    edit_person(by=head, person=Person.objects.get(pk=twin.pk), full_name="Lương Thị Hòa", birth_year=1971)
