"""Father and son of one name in one village: told apart on every page, paper, notice, file; nobody else gets anything added."""

import io
import re
import zipfile
from datetime import date
from html import unescape

import pytest

from campaigns.catalogue.models import Field
from campaigns.exemplars.actions.consent import record_consent
from campaigns.exemplars.actions.exemplar import (
    ExemplarContent,
    accept_exemplar,
    start_exemplar,
    submit_exemplar,
)
from campaigns.exemplars.actions.period import open_month
from campaigns.exemplars.actions.shortlist import add_to_shortlist, publish_shortlist
from campaigns.exemplars.models.consent import Consent
from commendations.actions import nomination as nominations
from commendations.actions import session as sessions
from commendations.actions.appraisal import complete_nomination
from commendations.actions.chair_submission import (
    ChairDecision,
    draft_chair_submission,
    record_chair_decisions,
    submit_to_chair,
)
from commendations.actions.decision import decision_signature_steps, issue_decision
from commendations.models import Award, Decision, Nomination
from commendations.tests import case_steps, factories
from commendations.tests.case_steps import SESSION_DAY
from emulation.documents.models import IssuedDocument
from emulation.jobs.models import Job
from emulation.jobs.queue import run_job
from emulation.notices.models import Notification
from portal.models import HonourEntry
from tests.access_matrix import all_addresses, client_of, filled_paths, model_of
from tests.html import paper_text
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
ISSUED = date(2026, 11, 6)
MARKS = {1955: "sinh năm 1955", 1984: "sinh năm 1984"}
TAG = re.compile(r"<[^>]+>")
BARE = re.compile(NAME + r"(?! \(sinh năm (1955|1984)\)|(,| –) sinh (năm )?(1955|1984))")
# Papers of one person, which have the year of birth in a line of its own, or are handed to that person.
KINDS_WITHOUT = {"giay_khen", "bao_cao_thanh_tich"}
PAGES_WITHOUT = {
    "documents:document",  # of such a paper: who signs it
    "documents:list",
    "documents:sheet",
    "commendations:certificate_drafts",
    "commendations:certificate_draft_sheets",
    "villages:person",  # how the person is addressed
}
pytestmark = pytest.mark.usefixtures("quiet_request_log")


@pytest.fixture(autouse=True)
def _today(in_november):
    """20/11/2026."""


@pytest.fixture
def thon1(commune):
    return Unit.objects.get(commune=commune, code="thon1")


@pytest.fixture
def father_and_son(village_head, thon1):
    people = [
        add_person(by=village_head, unit=thon1, full_name=NAME, birth_year=year, sex="nam", post="Nông dân")
        for year in MARKS
    ]
    for person in people:
        person.refresh_from_db()
    return people


def test_both_are_marked_and_nobody_else(commune, father_and_son):
    assert [person.marked_name for person in father_and_son] == [f"{NAME} ({mark})" for mark in MARKS.values()]
    assert Person.objects.exclude(name_mark="").count() == 2
    assert not Household.objects.exclude(name_mark="").exists()


def awarded(cases, check):
    """From the submitted nominations to the issued decision, `check` called at each stage."""
    office, chair, clerk = (case_steps.user_named(name) for name in ("vanphong", "chutich", "vanthu"))
    check("submitted")
    for case in cases:
        complete_nomination(by=office, nomination=case_steps.with_full_checklist(case))
    session = case_steps.with_attendance(case_steps.opened_session(*cases))
    check("session")
    session = case_steps.with_minutes(case_steps.with_vote_counts(session))
    sessions.close_session(by=office, session=session)
    submission = submit_to_chair(
        by=office, chair_submission=draft_chair_submission(by=office, session=session), on=SESSION_DAY
    )
    check("chair")
    decisions = {item.pk: ChairDecision(True) for item in submission.items.all()}
    record_chair_decisions(by=chair, chair_submission=submission, decisions=decisions, on=ISSUED)
    decision = Decision.objects.get(chair_submission=submission)
    check("draft")
    decision_signature_steps.send_to_signature(decision, by=office)
    issue_decision(by=clerk, decision=decision, issued_on=ISSUED)
    run_job(Job.objects.get(kind="portal.publish").pk)
    check("issued")


def pages_with_the_name(client, commune):
    """(path, text of the page) of every page of the office that has the name."""
    for address in all_addresses():
        if "GET" not in address.methods:
            continue
        model = model_of(address)
        rows = list(model.objects.filter(commune=commune).order_by("-pk")[:2]) if hasattr(model, "commune") else []
        for path, _ in filled_paths(address, rows):
            response = client.get(path)
            if response.status_code != 200:
                continue
            text = text_of(response)
            if NAME in text:
                yield address, path, text


def text_of(response):
    kind = response.get("Content-Type", "")
    if "spreadsheet" in kind:
        book = zipfile.ZipFile(io.BytesIO(response.getvalue()))
        return "\n".join(unescape(TAG.sub("\n", book.read(name).decode())) for name in book.namelist())
    if "html" not in kind and "calendar" not in kind and "text" not in kind:
        return ""
    return unescape(re.sub(r"\s+", " ", TAG.sub(" ", response.content.decode())))


def bare(text):
    return [text[max(0, found.start() - 40) : found.end() + 60] for found in BARE.finditer(text)][:2]


@pytest.mark.slow
def test_every_page_paper_notice_and_file_tells_them_apart(commune, village_head, office, thon1, father_and_son):
    period = open_month(commune=commune, on=date(2026, 11, 1))
    exemplars = []
    for person in father_and_son:
        content = ExemplarContent(kind="person", person=person, field=Field.objects.first(), deed=case_steps.DEED)
        exemplar = start_exemplar(by=village_head, unit=thon1, period=period, content=content)
        exemplars.append(submit_exemplar(by=village_head, exemplar=exemplar))
    client = client_of("vanphong")
    faults = []
    seen = set()  # one line for each address

    def check(stage):
        for address, path, text in pages_with_the_name(client, commune):
            if address.name not in seen | PAGES_WITHOUT:
                faults.extend(f"{stage} {address.name} {path}: …{part}…" for part in bare(text))
                seen.update([address.name] if bare(text) else [])

    check("sent")
    for exemplar in exemplars:
        accept_exemplar(by=office, exemplar=exemplar)
        agreed = {"answer": Consent.GIVEN, "how": Consent.HOWS[0][0], "by_whom": "người được nêu"}
        record_consent(by=office, exemplar=exemplar, answered_on=date(2026, 11, 20), **agreed)
    add_to_shortlist(by=office, period=period, exemplars=exemplars)
    check("shortlist")
    publish_shortlist(by=office, period=period)
    cases = []
    for exemplar in exemplars:
        case = case_steps.fill_nomination(nominations.nominate_exemplar(by=office, exemplar=exemplar))
        cases.append(nominations.submit_nomination(by=village_head, nomination=case, on=SESSION_DAY))
    awarded(cases, check)
    for paper in IssuedDocument.objects.filter(commune=commune):
        if paper.kind not in KINDS_WITHOUT:
            faults += [f"{paper}: …{part}…" for part in bare(unescape(TAG.sub(" ", paper_text(paper.html))))]
    faults += [f"notice: {text}" for text in Notification.objects.values_list("text", flat=True) if bare(text)]
    assert not faults, "\n".join(faults)
    assert {row.current_name for row in Award.objects.all()} == {f"{NAME} ({mark})" for mark in MARKS.values()}
    assert {row.name for row in HonourEntry.objects.all()} == {f"{NAME} ({mark})" for mark in MARKS.values()}


# ── stored with every act that may change it ─────────────────────────────────────────────────────
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


def test_the_same_year_is_told_apart_by_household_and_day(commune, office, thon1):
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


def test_households_of_one_name_are_told_apart_by_address(commune, office, thon1):
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
