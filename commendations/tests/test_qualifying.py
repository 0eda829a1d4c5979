""" "Ai đủ điều kiện": everybody of a unit judged for a title, and drafts for those who are chosen."""

import re
from dataclasses import replace
from datetime import date, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from commendations.actions.many_nominations import start_nominations
from commendations.actions.nomination import withdraw_nomination
from commendations.models import Nomination
from commendations.queries.eligibility import award_eligibilities
from commendations.queries.qualifying import nominees_of, qualifying_table, titles_of_many
from commendations.tests import factories
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.legal.tests.local_value_builders import approved_local_value
from emulation.workflow.list_export import ListHead, list_workbook
from tests.html import page_of
from villages.models import Household, Person, Unit

pytestmark = pytest.mark.usefixtures("in_november", "db")
ON = date(2026, 11, 20)
PAGE = "/khen-thuong/de-nghi/du-dieu-kien/"


def asked(unit, award="LDTT", year=2026):
    return f"{PAGE}?unit={unit.pk}&award={award}&year={year}"


@pytest.mark.parametrize("code", ["LDTT", "CSTDCS"])
def test_each_is_judged_as_on_its_own_page(school, office, code):
    people = nominees_of(school, "person", office)
    table = qualifying_table(people, code, 2026, ON, with_restricted=True)
    assert {one.nominee.pk for one in table.judged} == {person.pk for person in people}
    for one in table.judged:
        assert (one.shown.eligible, one.shown.findings) == on_its_page(one.nominee, code), one.nominee
        assert bool(one.reasons) is not (one.shown.eligible is True)
    assert code != "LDTT" or (table.qualified and table.unknown)


def on_its_page(nominee, code):
    judged = award_eligibilities(nominee, 2026, ON, ON, with_restricted=True)
    shown = next(one.shown for one in judged if one.shown.verdict.award == code)
    return shown.eligible, shown.findings


def test_the_heading_counts_only_the_groups_that_there_are(school, office):
    table = qualifying_table(nominees_of(school, "person", office), "LDTT", 2026, ON, with_restricted=True)
    assert table.counts == "1 đủ điều kiện, 4 chưa rõ, 1 chưa đủ"
    assert replace(table, judged=table.unknown).counts == "4 chưa rõ"


def test_the_number_of_queries_is_that_of_one_person(school, office, commune):
    def queries(people):
        with CaptureQueriesContext(connection) as sent:
            qualifying_table(people, "LDTT", 2026, ON, with_restricted=True)
        return len(sent)

    many = factories.many_people(commune, 60)
    assert queries(many[:1]) == queries(many) <= 12


def test_a_head_makes_drafts_of_those_who_are_ticked(school, signed_in, user):
    browser = signed_in("thcs")
    page = page_of(browser.get(asked(school)))
    assert "đủ điều kiện" in page and "Nội dung hạn chế" in page
    ids = {person.pk for person in nominees_of(school, "person", user("thcs"))[:2]}
    sent = browser.post(asked(school), {"once": "k" * 30, "nominees": list(ids)})
    assert "/soan-nhieu/" in sent["Location"]
    drafts = Nomination.objects.filter(unit=school, award_code="LDTT", state="draft", year=2026)
    assert set(drafts.values_list("person", flat=True)) == ids
    left = page_of(browser.get(asked(school)))
    assert 'name="nominees"' in left and not [pk for pk in ids if f'id="n{pk}"' in left]


def test_the_form_sent_twice_makes_one_draft_and_a_second_form_names_who_has_a_case(school, signed_in, user):
    one = nominees_of(school, "person", user("thcs"))[0]
    once = {"once": "k" * 30, "nominees": [one.pk]}
    browser = signed_in("thcs")
    first = browser.post(asked(school), once)
    assert browser.post(asked(school), once)["Location"] == first["Location"]
    refused = browser.post(asked(school), {**once, "once": "z" * 30})
    assert refused.status_code == 422 and f"cùng năm của: {one.full_name}" in refused.content.decode()
    assert Nomination.objects.filter(award_code="LDTT").count() == 1


def test_the_same_key_returns_the_same_drafts(school, user):
    people = nominees_of(school, "person", user("thcs"))[:2]
    common = {"by": user("thcs"), "unit": school, "nominees": people, "code": "LDTT", "year": 2026}
    first = start_nominations(**common, idempotency_key="once")
    assert start_nominations(**common, idempotency_key="once") == first
    with pytest.raises(RuleBroken, match="Đã có hồ sơ cùng danh hiệu, cùng năm của") as broken:
        start_nominations(**common, idempotency_key="other")
    assert people[0].full_name in broken.value.message
    assert Nomination.objects.filter(award_code="LDTT", unit=school).count() == 2


def test_who_was_withdrawn_or_nominated_for_another_year_is_free_again(school, user, office):
    one = nominees_of(school, "person", user("thcs"))[0]
    common = {"by": user("thcs"), "unit": school, "nominees": [one], "code": "LDTT"}
    (case,) = start_nominations(**common, year=2026, idempotency_key="a")
    assert qualifying_table([one], "LDTT", 2025, ON, with_restricted=False).free
    assert not qualifying_table([one], "LDTT", 2026, ON, with_restricted=False).free
    withdraw_nomination(by=user("thcs"), nomination=case, reason="Nộp nhầm danh hiệu")
    assert qualifying_table([one], "LDTT", 2026, ON, with_restricted=False).free


def test_a_case_of_another_unit_counts(school, user, office):
    """Of a person who moved: the case that the former unit made."""
    one = nominees_of(school, "person", user("thcs"))[0]
    (case,) = start_nominations(by=office, unit=school, nominees=[one], code="LDTT", year=2026, idempotency_key="a")
    village = Unit.objects.get(code="thon1")
    Person.objects.filter(pk=one.pk).update(unit=village)
    one.refresh_from_db()
    with pytest.raises(RuleBroken, match=school.name):
        start_nominations(by=office, unit=village, nominees=[one], code="LDTT", year=2026, idempotency_key="b")
    assert Nomination.objects.filter(award_code="LDTT").get() == case


@pytest.mark.parametrize("stranger", [False, True])
def test_nothing_ticked_or_a_stranger_changes_nothing(school, signed_in, stranger):
    ticked = [Person.objects.filter(unit__code="thon1").values_list("pk", flat=True).first()] if stranger else []
    answer = signed_in("thcs").post(asked(school), {"once": "x", "nominees": ticked})
    words = "Danh sách vừa thay đổi" if stranger else "Chưa chọn ai"
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not Nomination.objects.filter(award_code="LDTT").exists()


def test_another_head_changes_nothing(school, signed_in, user, village_head):
    assert signed_in("thcs").post(PAGE, {"once": "x", "nominees": ["1"]}).status_code == 422
    assert "nominees" not in signed_in("thon1").get(asked(school)).content.decode().partition("<main")[2]
    people = nominees_of(school, "person", user("thcs"))[:1]
    with pytest.raises(NotAllowed):
        start_nominations(by=village_head, unit=school, nominees=people, code="LDTT", year=2026, idempotency_key="y")
    assert not Nomination.objects.filter(award_code="LDTT").exists()


def test_households_are_judged_for_their_title(school, commune, office):
    village = Unit.objects.get(commune=commune, code="thon1")
    titles = titles_of_many(village, ON)
    assert "GDVH" in [offer.award.code for offer in titles["household"]]
    table = qualifying_table(nominees_of(village, "household", office), "GDVH", 2026, ON, with_restricted=True)
    assert len(table.judged) == len(nominees_of(village, "household", office)) > 0


def test_the_december_task_leads_to_the_page_until_a_case_is_begun(school, signed_in, user):
    with time_machine.travel(datetime(2026, 12, 1, 9, tzinfo=timezone.get_current_timezone())):
        text = page_of(signed_in("thcs").get(reverse("reports:todo")))
        assert "Bình xét danh hiệu năm 2026" in text
        one = nominees_of(school, "person", user("thcs"))[:1]
        start_nominations(by=user("thcs"), unit=school, nominees=one, code="LDTT", year=2026, idempotency_key="a")
        assert "Bình xét danh hiệu" not in page_of(signed_in("thcs").get(reverse("reports:todo")))
    assert "Bình xét danh hiệu" not in page_of(signed_in("thcs").get(reverse("reports:todo")))


# ── a list that exists already ───────────────────────────────────────────────────────────────────
def tick(browser, unit, award="LDTT", **sent):
    return browser.post(asked(unit, award), {"do": "tick", **sent})


def ticked(answer):
    return set(map(int, re.findall(r'value="(\d+)"[^>]*checked', answer.content.decode())))


def test_a_pasted_list_ticks_who_is_named_and_names_the_rest(school, signed_in, user):
    one, two, three = nominees_of(school, "person", user("thcs"))[:3]
    start_nominations(by=user("thcs"), unit=school, nominees=[three], code="LDTT", year=2026, idempotency_key="x")
    names = f"Họ và tên\n{one.full_name}\n{two.full_name.upper()}\nNgười Không Có\n{three.full_name}"
    answer = tick(signed_in("thcs"), school, pasted=names)
    page = page_of(answer)
    assert ticked(answer) == {one.pk, two.pk}
    assert "Dòng 4: Đơn vị không có “Người Không Có”." in page and f"Dòng 5: {three.full_name} đã có hồ sơ" in page
    assert f"Người Không Có\n{three.full_name}</textarea>" in answer.content.decode().replace("\r", ""), (
        "what was pasted is kept"
    )
    assert Nomination.objects.filter(award_code="LDTT", unit=school).count() == 1


def test_a_workbook_of_households_ticks_them(school, signed_in, commune):
    village = Unit.objects.get(commune=commune, code="thon1")
    home = Household.objects.filter(unit=village).first()
    head = ListHead("Danh sách", "", (("Chủ hộ", 30),))
    file = SimpleUploadedFile("ho.xlsx", list_workbook(head, [(home.head_name,)]))
    assert ticked(tick(signed_in("thon1"), village, "GDVH", file=file)) == {home.pk}


@pytest.mark.parametrize(
    ("sent", "words"),
    [({"pasted": ""}, "Chưa có dòng nào"), ({"file": SimpleUploadedFile("a.xlsx", b"x")}, "không phải bảng tính")],
)
def test_a_list_that_cannot_be_read_is_refused_in_words(school, signed_in, sent, words):
    answer = tick(signed_in("thcs"), school, **sent)
    assert answer.status_code == 200 and words in page_of(answer) and not ticked(answer)


def test_the_quota_of_a_title_and_what_is_left_of_it(school, signed_in, user, commune):
    quota = {"percent": 50, "of": "ldtt"}
    approved_local_value(commune, "CSTDCS.quota", pairs=[("", "")], content=quota, starts_on=date(2026, 1, 1))
    people = nominees_of(school, "person", user("thcs"))[:3]
    for code, chosen in (("LDTT", people), ("CSTDCS", people[:1])):
        key = f"{code}-key"
        start_nominations(by=user("thcs"), unit=school, nominees=chosen, code=code, year=2026, idempotency_key=key)
    Nomination.objects.filter(unit=school, award_code__in=("LDTT", "CSTDCS")).update(state="submitted")
    page = page_of(signed_in("thcs").get(asked(school, "CSTDCS")))
    assert "không quá 50% của 3" in page and "là 1; đã xét 1, còn 0" in page
    Nomination.objects.filter(unit=school, award_code="CSTDCS").update(state="withdrawn", live_key=None)
    assert "đã xét 0, còn 1" in page_of(signed_in("thcs").get(asked(school, "CSTDCS")))


def test_only_a_village_is_offered_titles_of_households(signed_in, school, commune):
    assert "Gia đình văn hóa" not in page_of(signed_in("thcs").get(PAGE))
    village = page_of(signed_in("thon2").get(PAGE))
    assert village.index("Gia đình văn hóa") < village.index("Lao động tiên tiến")


def test_what_is_not_known_about_many_is_written_once_with_what_to_do(signed_in, school):
    reason = "Chưa có kết quả đánh giá năm 2026."
    text = page_of(signed_in("thcs").get(asked(school, year=2026)))
    assert text.count(reason) == 1 and "Đơn vị gửi kết quả đánh giá cho Văn phòng" in text
    office = page_of(signed_in("vanphong").get(asked(school, year=2026)))
    assert reverse("villages:evaluations", args=[school.pk, 2026]) in office
