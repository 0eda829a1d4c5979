"""Father and son of one name in one village: every page, paper, notice and file names each with the year of birth; no
public page has it."""

import io
import re
import zipfile
from collections import defaultdict
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
from commendations.models import Award, Decision
from commendations.tests import case_steps
from commendations.tests.case_steps import SESSION_DAY
from emulation.documents.models import IssuedDocument
from emulation.jobs.models import Job
from emulation.jobs.queue import run_job
from emulation.notices.models import Notification
from portal.models import HonourEntry
from tests.access_matrix import all_addresses, client_of, filled_paths, model_of
from tests.html import paper_text
from villages.actions.people import add_person
from villages.models import Unit

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
# What distinguishes the two on pages of the commune, and is not public (Luật 91/2025 Điều 3).
PRIVATE = ("1955", "1984", "sinh năm")
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


def sent_exemplars(unit, people):
    period = open_month(commune=unit.commune, on=date(2026, 11, 1))
    head = case_steps.user_named("thon1")
    for person in people:
        content = ExemplarContent(kind="person", person=person, field=Field.objects.first(), deed=case_steps.DEED)
        yield submit_exemplar(by=head, exemplar=start_exemplar(by=head, unit=unit, period=period, content=content))


def listed(exemplars):
    """The exemplars are accepted, agreed to and on the shortlist."""
    office = case_steps.user_named("vanphong")
    for exemplar in exemplars:
        accept_exemplar(by=office, exemplar=exemplar)
        record_consent(
            by=office,
            exemplar=exemplar,
            answer=Consent.GIVEN,
            answered_on=date(2026, 11, 20),
            how=Consent.HOWS[0][0],
            by_whom="người được nêu",
        )
    add_to_shortlist(by=office, period=exemplars[0].period, exemplars=exemplars)


def submitted_cases(exemplars):
    office, head = (case_steps.user_named(name) for name in ("vanphong", "thon1"))
    for exemplar in exemplars:
        case = case_steps.fill_nomination(nominations.nominate_exemplar(by=office, exemplar=exemplar))
        yield nominations.submit_nomination(by=head, nomination=case, on=SESSION_DAY)


def bare_names_in_rows(commune):
    """The papers and notices that have the name without the year."""
    for paper in IssuedDocument.objects.filter(commune=commune).exclude(kind__in=KINDS_WITHOUT):
        yield from (f"{paper}: …{part}…" for part in bare(unescape(TAG.sub(" ", paper_text(paper.html)))))
    yield from (f"notice: {text}" for text in Notification.objects.values_list("text", flat=True) if bare(text))


@pytest.mark.slow
def test_every_page_paper_notice_and_file_has_the_year(commune, thon1, father_and_son):
    client = client_of("vanphong")
    faults = defaultdict(list)

    def check(stage):
        for address, path, text in pages_with_the_name(client, commune):
            if address.name.startswith("portal:"):
                shown = [private for private in PRIVATE if private in text]
                faults[address.name] = [*faults[address.name], *(f"{stage} {path}: {private}" for private in shown)]
            elif address.name not in PAGES_WITHOUT:
                faults[address.name] = [*faults[address.name], *(f"{stage} {path}: …{part}…" for part in bare(text))]

    exemplars = list(sent_exemplars(thon1, father_and_son))
    check("sent")
    listed(exemplars)
    check("shortlist")
    publish_shortlist(by=case_steps.user_named("vanphong"), period=exemplars[0].period)
    awarded(list(submitted_cases(exemplars)), check)
    assert not [found for found in faults.values() if found]
    assert not list(bare_names_in_rows(commune))
    certificates = IssuedDocument.objects.filter(kind="giay_khen")
    assert {sheet.paper.about for sheet in certificates} == {
        f"S{mark[1:]}, nông dân, Thôn 1, xã Bình Lương" for mark in MARKS.values()
    }
    both = {f"{NAME} ({mark})" for mark in MARKS.values()}
    assert {row.current_name for row in Award.objects.all()} == both
    assert {row.name for row in HonourEntry.objects.all()} == {NAME}
    assert not HonourEntry.objects.filter(search__contains="sinh nam").exists()
    assert {"portal:roll", "portal:stories"} <= set(faults)
