"""Nobody twice: one live case for a title and year, or for a deed, however the second one is made."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse

from commendations.actions.live_case import SameCaseExists
from commendations.actions.many_nominations import start_nominations
from commendations.actions.nomination import (
    AwardRequest,
    NominationContent,
    change_nominee,
    choose_award,
    copy_nomination,
    restore_nomination,
    save_nomination,
    start_nomination,
    submit_nomination,
    withdraw_nomination,
)
from commendations.models import Award, Nomination
from commendations.queries.decision import decision_faults
from commendations.queries.same_case import same_award_key, same_case_of
from commendations.rules.same_award import deed_words, live_case_key
from commendations.tests import case_steps, factories
from emulation.core.errors import RuleBroken
from tests.html import page_of
from villages.actions.people import add_person
from villages.actions.person_matches import end_match, merge_people
from villages.models import Person, Unit

pytestmark = pytest.mark.both_databases

LDTT = AwardRequest("LDTT", 2026)
DEED = "Hiến 120 m² đất mở đường."


def unit(code):
    return Unit.objects.get(commune__code="binh-luong", code=code)


def title_case(by, code="thon1", nominee=None, requested=LDTT):
    return start_nomination(by=by, unit=unit(code), nominee=nominee, requested=requested)


def deed_case(by, code, nominee, deed=DEED):
    case = start_nomination(by=by, unit=unit(code), nominee=nominee)
    return save_nomination(by=by, nomination=case, content=NominationContent(deed=deed))


# ── the key ──────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("LDTT", True, 2026, "Việc A"), ("LDTT", True, 2026, "Việc B"), True),
        (("LDTT", True, 2026, ""), ("LDTT", True, 2025, ""), False),
        (("LDTT", True, 2026, ""), ("CSTDCS", True, 2026, ""), False),
        (("GKX", False, 2026, "Hiến đất, mở đường"), ("GKX", False, 2026, "HIEN DAT  mở đường."), True),
        (("GKX", False, 2026, "Hiến đất mở đường"), ("BKT", False, 2026, "Hiến đất mở đường"), True),
        (("GKX", False, 2026, "Hiến đất mở đường"), ("GKX", False, 2026, "Cứu người"), False),
        (("GKX", False, 2026, "Hiến đất mở đường"), ("GKX", False, 2025, "Hiến đất mở đường"), False),
    ],
)
def test_what_is_the_same_award(one, other, same):
    keys = [live_case_key(("person", 7), *facts) for facts in (one, other)]
    assert None not in keys and (keys[0] == keys[1]) is same


def test_nothing_is_compared_without_nominee_or_deed():
    assert live_case_key(("", None), "LDTT", True, 2026, "Việc") is None
    assert live_case_key(("person", 7), "GKX", False, 2026, " … ") is None
    assert deed_words(" … ") == ""


# ── all ways ─────────────────────────────────────────────────────────────────────────────────────
def test_no_second_case_from_another_unit_for_one_title_and_year(user, lua):
    first = title_case(user("thon1"), nominee=lua)
    with pytest.raises(SameCaseExists, match="do Thôn 1 lập ngày") as refused:
        title_case(user("phunu"), "phunu", lua)
    assert refused.value.cases == (first,) and Nomination.objects.count() == 1
    assert title_case(user("phunu"), "phunu", lua, AwardRequest("LDTT", 2025)).state == "draft"


def test_no_second_case_by_another_award_or_nominee(user, lua):
    title_case(user("thon1"), nominee=lua)
    plain = start_nomination(by=user("phunu"), unit=unit("phunu"), nominee=lua)
    with pytest.raises(SameCaseExists):
        choose_award(by=user("phunu"), nomination=plain, requested=LDTT)
    plain.refresh_from_db()
    assert (plain.award_code, plain.live_key) == ("GKX", None)
    other = Person.objects.get(full_name="Vi Văn Thành")
    second = title_case(user("phunu"), "phunu", other)
    with pytest.raises(SameCaseExists):
        change_nominee(by=user("phunu"), nomination=second, nominee=lua)
    second.refresh_from_db()
    assert second.person == other


def test_no_second_case_for_one_deed_but_for_another_one(user, lua):
    deed_case(user("thon1"), "thon1", lua)
    with pytest.raises(SameCaseExists, match="chính thành tích này"):
        deed_case(user("phunu"), "phunu", lua, "Hiến 120 m² đất, mở đường")
    assert deed_case(user("phunu"), "phunu", lua, "Cứu hai em nhỏ đuối nước.").live_key


def test_no_second_case_by_a_withdrawn_one_or_a_copy(user, lua):
    first = title_case(user("thon1"), nominee=lua)
    withdraw_nomination(by=user("thon1"), nomination=first, reason="Nhầm năm")
    assert first.live_key is None
    second = title_case(user("phunu"), "phunu", lua)
    with pytest.raises(SameCaseExists, match="do Hội"):
        restore_nomination(by=user("thon1"), nomination=first)
    with pytest.raises(SameCaseExists):
        copy_nomination(by=user("thon1"), nomination=first)
    withdraw_nomination(by=user("phunu"), nomination=second, reason="Để Thôn 1 lập")
    restore_nomination(by=user("thon1"), nomination=first)
    assert first.state == "draft" and first.live_key


def test_only_the_live_one_of_two_cases_is_called_double(user, lua, signed_in):
    first = title_case(user("thon1"), nominee=lua)
    withdraw_nomination(by=user("thon1"), nomination=first, reason="Nhầm năm")
    title_case(user("phunu"), "phunu", lua)
    assert "Trùng với một hồ sơ khác" not in page_of(signed_in("vanphong").get(first.get_absolute_url()))


def test_many_drafts_are_all_or_none(user, commune):
    people = list(Person.objects.filter(commune=commune, unit__code="thcs", is_active=True).order_by("pk")[:3])
    title_case(user("phunu"), "phunu", people[1])
    common = {"by": user("thcs"), "unit": unit("thcs"), "code": "LDTT", "year": 2026, "idempotency_key": "k"}
    with pytest.raises(RuleBroken, match=people[1].full_name):
        start_nominations(**common, nominees=people)
    assert Nomination.objects.count() == 1


def test_a_case_that_is_over_leaves_the_way_free(user, office, lua):
    first = title_case(user("thon1"), nominee=lua)
    for state in ("withdrawn", "failed", "refused", "award_cancelled"):
        Nomination.objects.filter(pk=first.pk).update(state=state, live_key=None)
        again = title_case(user("phunu"), "phunu", lua)
        withdraw_nomination(by=office, nomination=again, reason="Thử")


def test_the_chair_does_not_take_up_again_what_has_a_new_case(commune, chair, office):
    paper = factories.submitted_to_chair(commune, [factories.person_named("Vi Văn Thành")])
    decisions = factories.chair_decisions(paper, refuse=("Vi Văn Thành",))
    factories.chair_submissions.record_chair_decisions(
        by=chair, chair_submission=paper, decisions=decisions, on=factories.HELD_ON
    )
    refused = Nomination.objects.get()
    again = copy_nomination(by=office, nomination=refused)
    with pytest.raises(SameCaseExists):
        factories.chair_submissions.undo_chair_decisions(by=chair, chair_submission=paper, reason="Xem lại")
    refused.refresh_from_db()
    assert refused.state == "refused"
    withdraw_nomination(by=office, nomination=again, reason="Chủ tịch xét lại hồ sơ cũ")
    factories.chair_submissions.undo_chair_decisions(by=chair, chair_submission=paper, reason="Xem lại")
    refused.refresh_from_db()
    assert refused.state == "presented" and refused.live_key


def test_the_database_refuses_two_with_one_key(user, lua):
    first = title_case(user("thon1"), nominee=lua)
    second = start_nomination(by=user("phunu"), unit=unit("phunu"), nominee=lua)
    with pytest.raises(IntegrityError), transaction.atomic():
        Nomination.objects.filter(pk=second.pk).update(live_key=first.live_key)
    with pytest.raises(IntegrityError), transaction.atomic():
        Nomination.objects.filter(pk=first.pk).update(state="withdrawn")


# ── records of one person ────────────────────────────────────────────────────────────────────────
@pytest.fixture
def two_records(office, user):
    """Two records of one person, each with a case for the same title."""
    people = [
        add_person(by=office, unit=unit(code), full_name=name, birth_year=1971)
        for code, name in (("thon1", "Lương Thị Hòa"), ("thon2", "Lương Thị Hoà"))
    ]
    return people, [title_case(user(one.unit.code), one.unit.code, one) for one in people]


def test_a_merge_names_the_second_case_and_gives_its_key_when_the_first_ends(office, user, two_records, signed_in):
    people, (first, second) = two_records
    match = merge_people(by=office, kept=people[1], other=people[0], reason="Đã xem căn cước")
    for case in (first, second):
        case.refresh_from_db()
    assert first.live_key == f"person:{people[1].pk}:LDTT:2026" and second.live_key is None
    (remark,) = match.remarks
    assert "Thôn 2 đề nghị cùng danh hiệu" in remark
    page = page_of(signed_in("thon2").get(second.get_absolute_url()))
    assert "Trùng với một hồ sơ khác" in page and "Thôn 1 đề nghị" in page and first.get_absolute_url() not in page
    assert first.get_absolute_url() in page_of(signed_in("vanphong").get(second.get_absolute_url()))
    save_nomination(by=user("thon2"), nomination=second, content=NominationContent(achievement="tốt", deed="Tốt."))
    with pytest.raises(SameCaseExists):
        submit_nomination(by=user("thon2"), nomination=second)
    withdraw_nomination(by=user("thon1"), nomination=first, reason="Trùng")
    second.refresh_from_db()
    assert second.live_key == f"person:{people[1].pk}:LDTT:2026"
    submit_nomination(by=user("thon2"), nomination=second, on=date(2026, 11, 20))


def test_taking_a_merge_back_gives_each_case_its_own_key(office, two_records):
    people, cases = two_records
    match = merge_people(by=office, kept=people[1], other=people[0], reason="Đã xem căn cước")
    end_match(by=office, match=match, reason="Hai người thật")
    assert not match.remarks
    keys = [Nomination.objects.get(pk=case.pk).live_key for case in cases]
    assert keys == [f"person:{one.pk}:LDTT:2026" for one in people]


def test_a_person_awarded_by_another_record_is_on_no_second_decision(commune, office):
    first, second = factories.many_people(commune, 2)
    factories.issued_decision(commune, [first])
    draft = factories.draft_decision(commune, [second])
    merge_people(by=office, kept=second, other=first, reason="Đã xem căn cước")
    keys = list(Nomination.objects.order_by("pk").values_list("live_key", flat=True))
    assert keys[0] and keys[1] is None
    assert any("một hồ sơ khác" in fault for fault in decision_faults(draft))


def test_the_council_and_the_chair_read_of_the_other_case(commune, office, signed_in):
    first, second = factories.many_people(commune, 2)
    factories.issued_decision(commune, [first])
    paper = factories.submitted_to_chair(commune, [second])
    session = case_steps.session_with(case_steps.complete_nomination())
    third = factories.nomination_of(commune, second, "on_session")
    session.items.create(commune=commune, nomination=third, sort=2)
    merge_people(by=office, kept=second, other=first, reason="Đã xem căn cước")
    award = Award.objects.get()
    decide = reverse("commendations:decide", args=[paper.pk])
    for login, address in (("chutich", decide), ("hoidong2", session.get_absolute_url())):
        page = page_of(signed_in(login).get(address))
        assert "Trùng với một hồ sơ khác" in page and award.nomination.get_absolute_url() in page
        assert f"đã được khen theo {award.decision.document.dated}" in page and "trả lại hồ sơ này." in page
    own = page_of(signed_in("vanphong").get(award.nomination.get_absolute_url()))
    assert "Hồ sơ này đã được khen: rút hoặc trả lại hồ sơ kia." in own


def test_the_migration_gives_the_key_to_the_earlier_of_two_cases(commune, lua):
    cases = [factories.nomination_of(commune, lua, "submitted") for _ in range(2)]
    over = factories.nomination_of(commune, lua, "withdrawn")
    import_module("commendations.migrations.0070_nomination_live_key").store_keys(apps, None)
    first, second, third = (Nomination.objects.get(pk=case.pk) for case in (*cases, over))
    assert first.live_key == same_award_key(first) and (second.live_key, third.live_key) == (None, None)
    assert same_case_of(second) == first and same_case_of(first) is None
