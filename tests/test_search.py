"""The search of the masthead: everything by name, number or text, without diacritics, only what one may see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns.exemplars.actions.exemplar import ExemplarContent, start_exemplar
from campaigns.exemplars.actions.period import open_month
from campaigns.models import Field
from commendations.tests.case_steps import submitted_nomination
from emulation.documents import actions
from emulation.documents.models import DocumentText
from emulation.documents.search import folded_text, store_missing_texts
from emulation.documents.tasks import enqueue_texts
from emulation.documents.tests import papers
from emulation.jobs.models import Job
from reports.queries.search import search_everywhere
from tests.html import page_of
from villages.actions.people import add_person
from villages.actions.person_stay import record_leaving
from villages.actions.unit_change_undo import undo_change
from villages.actions.unit_changes import record_unit_change
from villages.models import Person, PersonChange, Unit, UnitChange
from villages.queries.people import search_nominee_options
from villages.queries.search import find_people, find_units
from villages.rules.unit_changes import NewUnit, UnitPlan

pytestmark = pytest.mark.both_databases

SEARCH = reverse("reports:search")


def found(user, words: str) -> dict[str, list[str]]:
    return {group.title: [hit.title for hit in group.hits] for group in search_everywhere(user, words, 20)}


def issued_decision(commune, clerk):
    return actions.issue_document(
        by=clerk,
        commune=commune,
        paper=papers.decision(3),
        series="quyet_dinh",
        issued_on=papers.DAY,
        key="d",
        formats=(),
    )


def test_a_name_without_diacritics_finds_the_person_and_the_nomination(commune, office):
    submitted_nomination("Lê Thị Lụa")
    for words in ("le thi lua", "LÊ THỊ LỤA", "lua le"):
        groups = found(office, words)
        assert groups["Người"] == ["Lê Thị Lụa"] and groups["Hồ sơ đề nghị"] == ["Lê Thị Lụa"], words
    assert found(office, "   ") == {} and found(office, "!!") == {}


def test_only_what_one_may_see_is_found(commune, user, office, village_head):
    submitted_nomination("Lê Thị Lụa")
    assert "Hồ sơ đề nghị" in found(village_head, "lua")
    for login in ("thon2", "phongnoivu"):
        assert set(found(user(login), "le thi lua")) <= {"Trợ giúp"}, login


def test_a_paper_is_found_by_number_title_and_text(commune, office, clerk, user):
    decision = issued_decision(commune, clerk)
    assert found(office, decision.reference)["Văn bản"] == [decision.reference]
    assert decision.reference in found(office, "quyet dinh")["Văn bản"]
    text = folded_text(decision.html)
    words = [word for word in set(text.split()) if word.isalpha() and word not in decision.search]
    word = max((word for word in words if f" {word[1:]}" not in text and word[1:] not in decision.search), key=len)
    assert "Văn bản" not in found(office, word)
    assert store_missing_texts() == 1 and store_missing_texts() == 0
    assert found(office, word)["Văn bản"] == [decision.reference]
    assert "Văn bản" not in found(office, word[1:]), "words are found by their beginning"
    assert "Văn bản" not in found(user("thon2"), word)


def test_texts_of_old_papers_are_stored_by_a_job_once(commune, clerk):
    issued_decision(commune, clerk)
    now = timezone.localtime()
    enqueue_texts(now)
    enqueue_texts(now + timedelta(minutes=5) if now.minute < 50 else now)
    assert Job.objects.filter(kind="documents.store_texts").count() == 1
    store_missing_texts()
    enqueue_texts(now + timedelta(hours=3))
    assert Job.objects.filter(kind="documents.store_texts").count() == 1 and DocumentText.objects.count() == 1


def test_the_page_and_the_short_list(commune, signed_in):
    Person.objects.filter(full_name="Lê Thị Lụa").update(post="<b>Chi hội trưởng</b>")
    browser = signed_in("vanphong")
    page = page_of(browser.get(SEARCH, {"q": "le thi"}))
    assert "<h1>Tìm kiếm</h1>" in page and 'value="le thi"' in page and "&lt;b&gt;Chi hội" in page
    short = browser.get(SEARCH, {"q": "le", "gon": "1"}).content.decode()
    assert "<html" not in short and short.count("<li>") <= 3 * short.count("<section>")
    assert "Không thấy gì có “zzzz”" in page_of(browser.get(SEARCH, {"q": "zzzz"}))
    assert browser.get(SEARCH, {"q": "x" * 3000 + "\x00"}).status_code == 200
    assert 'action="/tim-kiem/"' in page_of(browser.get("/viec-cua-toi/"))


def test_help_is_found_by_its_question(commune, village_head):
    assert "Hôm nay tôi phải làm gì?" in found(village_head, "hom nay lam gi")["Trợ giúp"]


def test_a_help_page_does_not_repeat_the_name_of_its_group(commune, signed_in):
    page = signed_in("thon1").get(SEARCH, {"q": "hom nay lam gi"}).content.decode()
    assert page[page.index('<div class="found">') :].count("Trợ giúp</h2>") == 1
    assert "<small>Trợ giúp</small>" not in page


@pytest.mark.parametrize("words", ["le", "thon", "12"])
def test_queries_do_not_grow_with_the_rows(commune, office, village_head, words):
    search_everywhere(office, words, 20)
    counts = []
    month = open_month(commune=commune, on=timezone.localdate())
    for name in ("Lê Thị Lụa", "Vi Văn Thành"):
        content = ExemplarContent(kind="person", person=Person.objects.get(full_name=name), field=Field.objects.first())
        start_exemplar(by=village_head, unit=Unit.objects.get(code="thon1"), period=month, content=content)
        with CaptureQueriesContext(connection) as caught:
            search_everywhere(office, words, 20)
        counts.append(len(caught))
    assert counts[0] == counts[1]


def titles_and_texts(hits):
    return {(hit.title, hit.text) for hit in hits}


def test_who_has_died_and_a_unit_by_its_earlier_name_are_found(commune, office, village_head):
    thon1 = Unit.objects.get(commune=commune, code="thon1")
    person = add_person(by=office, unit=thon1, full_name="Lò Thị Xưa", birth_year=1950)
    today = timezone.localdate()
    record_leaving(by=office, person=person, kind=PersonChange.DIED, effective_on=today)
    for user in (office, village_head):
        assert ("Lò Thị Xưa", "sinh 1950, Thôn 1, không còn ở đơn vị") in titles_and_texts(
            find_people(user, "lo thi xua", 5)
        )
    assert search_nominee_options(office, words="lo thi xua", unit_id=thon1.pk, household=False) == []
    plan = UnitPlan(title="Thôn 1 thành Thôn Mài", units=(NewUnit(name="Thôn Mài"),))
    values = {"subject": thon1, "kind": UnitChange.RENAME, "sources": [thon1], "plan": plan, "effective_on": today}
    change = record_unit_change(by=office, **values)
    assert ("Thôn Mài", "Thôn, tên trước đây: Thôn 1") in titles_and_texts(find_units(office, "thon 1", 5))
    assert ("Thôn Mài", "Thôn") in titles_and_texts(find_units(office, "thon mai", 5))
    undo_change(by=office, change=change, reason="Ghi nhầm thôn")
    assert ("Thôn 1", "Thôn") in titles_and_texts(find_units(office, "thon 1", 5))
    assert find_units(office, "thon mai", 5) == []
    opened = UnitPlan(title="Thôn Mới", units=(NewUnit(name="Thôn Mới", kind=Unit.VILLAGE),))
    values = {"subject": commune, "kind": UnitChange.OPEN, "sources": [], "plan": opened, "effective_on": today}
    change = record_unit_change(by=office, **values)
    assert titles_and_texts(find_units(office, "thon moi", 5)) == {("Thôn Mới", "Thôn")}
    undo_change(by=office, change=change, reason="Ghi nhầm thôn")
    assert find_units(office, "thon moi", 5) == []
