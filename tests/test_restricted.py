"""Restricted records (discipline, pending cases, leave, disciplined members of a unit) are visible to office and chair only.

Every person and unit gets rows with marker values; each page is opened by each role that must not see them.
"""

import io
import re
import zipfile
from datetime import date
from itertools import chain
from typing import Any

import pytest
from django.utils import timezone

from commendations.models import Nomination, Posting
from commendations.queries.readable_verdict import RESTRICTED_FINDINGS
from emulation.accounts.models import AccountRequest
from emulation.communes.models import Commune, Membership
from emulation.legal import current
from emulation.notices.models import Notification
from tests.access_matrix import LOGINS, AccessFaults, all_addresses, client_of, filled_paths, rows_of
from villages.models import Discipline, Household, Leave, PendingCase, Person, PersonPrivate, Unit, UnitYear

pytestmark = [pytest.mark.usefixtures("quiet_request_log"), pytest.mark.walk]

READERS = {"vanphong", "chutich"}
HIDDEN = re.compile(r'<input\s+type="hidden"[^>]*>')  # keys and tokens differ on every page
# In lower case: texts of a finding or of the page of a row, which only these rows cause.
CANARIES = {
    "discipline": ("giáng chức", "canary-kl", "03/02/2026"),
    "pending": ("đang thanh tra, kiểm tra có dấu hiệu vi phạm", "canary-vv", "04/02/2026"),
    "leave": ("nghỉ ốm", "05/02/2026"),
    "unit_year": ("77 cá nhân bị kỷ luật", 'data-label="bị kỷ luật">77'),
    "private": ("canary-riêng",),
}
ALL_CANARIES = list(chain.from_iterable(CANARIES.values()))


@pytest.fixture
def marked(full_demo: Commune, account_request: AccountRequest, village_list: Posting) -> Commune:
    """The commune with one row of every restricted kind for every person and unit."""
    people = Person.objects.filter(commune=full_demo)
    units = Unit.objects.filter(commune=full_demo)
    for model in (Discipline, Leave, PersonPrivate):
        model.objects.filter(person__in=people).delete()
    for model in (PendingCase, UnitYear):
        model.objects.filter(collective__in=units).delete()
    PendingCase.objects.filter(person__in=people).delete()
    for person in people:
        facts: dict[str, Any] = {"commune": full_demo, "person": person}
        Discipline.objects.create(kind="giang_chuc", starts_on=date(2026, 2, 3), decision_no="CANARY-KL", **facts)
        PendingCase.objects.create(kind="inspection", starts_on=date(2026, 2, 4), note="CANARY-VV", **facts)
        Leave.objects.create(kind="sick", starts_on=date(2026, 2, 5), **facts)
        PersonPrivate.objects.create(person=person, discipline="CANARY-RIÊNG")
    for unit in units:
        PendingCase.objects.create(
            commune=full_demo, collective=unit, kind="inspection", starts_on=date(2026, 2, 4), note="CANARY-VV"
        )
        for year in range(2024, 2028):
            UnitYear.objects.create(commune=full_demo, collective=unit, year=year, total=99, disciplined=77)
    # Undecided cases: their pages show conditions.
    cases = Nomination.objects.filter(commune=full_demo, state__in=["draft", "submitted", "returned", "complete"])
    assert cases.exists()
    return full_demo


def text_of(answer: Any) -> str:
    """The text of a response in lower case; a workbook is unpacked. PDF files and images give no readable text."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"".join(packed.read(name) for name in packed.namelist())
    return body.decode(errors="ignore").lower()


def leaks(text: str) -> list[str]:
    """The marker values in the text."""
    return [word for word in ALL_CANARIES if word in text]


def test_no_page_shows_the_restricted_record_to_another_role(marked):
    faults = AccessFaults()
    addresses = [address for address in all_addresses() if "GET" in address.methods and may_show_records(address)]
    paths = [(address, list(filled_paths(address, rows_of(address, marked, 3)))) for address in addresses]
    for login in LOGINS:
        if login in READERS:
            continue
        client = client_of(login)
        for address, filled in paths:
            for path, _ in filled:
                response = faults.send(client, "GET", path)
                if response.status_code == 200 and (seen := leaks(text_of(response))):
                    faults.note(address, path, f"{login} reads {seen}")
    faults.check()


def may_show_records(address: Any) -> bool:
    """Not a page of the law or of the help, which contain the same texts."""
    return not address.route.startswith(("tro-giup/", "phap-luat/"))


# ── the pages that show conditions ───────────────────────────────────────────────────
def pages(full_demo: Commune) -> dict[str, tuple[str, set[str]]]:
    """{name: (path, kinds of records)}: pages about people and units of Thôn 1, and the kinds that READERS see there."""
    unit = Unit.objects.get(commune=full_demo, code="thon1")
    person = Person.objects.filter(unit=unit).first()
    household = Household.objects.filter(unit=unit).first()
    assert person is not None and household is not None
    Person.objects.filter(pk=person.pk).update(group="public", joined_on=date(2012, 9, 1), household=household)
    facts: dict[str, Any] = {"commune": full_demo, "unit": unit, "received_on": timezone.localdate(), "year": 2026}

    def case_of(state: str, award_code: str, **nominee: Any) -> str:
        made = Nomination.objects.create(state=state, award_code=award_code, **nominee, **facts)
        return f"/khen-thuong/de-nghi/{made.pk}"

    person_case = case_of("submitted", "LDTT", person=person)
    person_draft = case_of("draft", "LDTT", person=person)
    unit_case = case_of("submitted", "TTLDTT", collective=unit)
    unit_draft = case_of("draft", "TTLDTT", collective=unit)
    person_kinds = {"discipline", "pending", "leave"}
    unit_kinds = {"pending", "unit_year"}
    book = "/khen-thuong/so-khen"
    return {
        "why of a person": (f"{person_case}/vi-sao/", person_kinds),
        "what-if of a person": (f"{person_case}/vi-sao/?ngay=01/07/2026", person_kinds),
        "case of a person": (f"{person_case}/", set()),
        "award of a person": (f"{person_draft}/danh-hieu/", set()),
        "why of a unit": (f"{unit_case}/vi-sao/", unit_kinds),
        "what-if of a unit": (f"{unit_case}/vi-sao/?ngay=01/07/2026", unit_kinds),
        "case of a unit": (f"{unit_case}/", set()),
        "award of a unit": (f"{unit_draft}/danh-hieu/", set()),
        "book of a person": (f"{book}/nguoi/{person.pk}/?nam=2026", person_kinds),
        "book of a household": (f"{book}/ho/{household.pk}/?nam=2026", set()),
        "book of a unit": (f"{book}/tap-the/{unit.pk}/?nam=2026", unit_kinds),
        "records of a person": (f"/don-vi/nguoi/{person.pk}/ho-so/", {"leave"}),
        "records of a unit": (f"/don-vi/{unit.pk}/ho-so/", {"unit_year"}),
        "person": (f"/don-vi/nguoi/{person.pk}/", set()),
        "unit": (f"/don-vi/{unit.pk}/", set()),
    }


HEAD = "thon1"
OTHER_HEADS = ("thon2", "mamnon", "tramyte", "mattran")


def test_role_by_page(in_november, marked):
    """READERS see every kind of record on its pages; no other role sees any of them."""
    wrong = []
    for name, (path, kinds) in pages(marked).items():
        for login in (*LOGINS, "thon2"):
            response = client_of(login).get(path)
            text = text_of(response) if response.status_code == 200 else ""
            if login in READERS:
                wrong += [(login, name, kind) for kind in kinds if not any(word in text for word in CANARIES[kind])]
            elif seen := leaks(text):
                wrong.append((login, name, seen))
    assert wrong == []


@pytest.mark.parametrize("login", [*OTHER_HEADS, "hoidong2"])
def test_heads_of_other_units_see_only_the_awards_in_the_book_of_a_unit(in_november, marked, login):
    Membership.objects.filter(role="vice_chair").delete()  # hoidong2 as a council member only
    path, _ = pages(marked)["book of a unit"]
    text = text_of(client_of(login).get(path))
    assert "đã được khen thưởng" in text
    assert "có thể được gì cho năm" not in text and "chỉ người đứng đầu đơn vị đó và cán bộ xã" in text


@pytest.mark.parametrize("login", [HEAD, "vanthu"])
def test_readers_of_the_records_of_a_unit_see_its_conditions_without_the_restricted_ones(in_november, marked, login):
    path, _ = pages(marked)["book of a unit"]
    text = text_of(client_of(login).get(path))
    assert "có thể được gì cho năm" in text and "do văn phòng thẩm định" in text
    assert "không có cá nhân bị kỷ luật từ cảnh cáo trở lên" in text  # the text of the condition is public


@pytest.mark.parametrize("login", [HEAD, "vanthu", "hoidong2"])
def test_the_page_is_the_same_with_and_without_the_restricted_rows(in_november, marked, login):
    """The verdict must not reveal that a restricted record exists."""

    def texts() -> dict[str, str]:
        answers = {name: client_of(login).get(path) for name, path in paths.items()}
        return {name: HIDDEN.sub("", text_of(one)) for name, one in answers.items() if one.status_code == 200}

    paths = {name: path for name, (path, _) in pages(marked).items() if not name.startswith("records")}
    before = texts()
    for model in (Discipline, Leave, PendingCase):
        model.objects.filter(commune=marked).delete()
    UnitYear.objects.filter(commune=marked).update(disciplined=0)
    assert before and texts() == before


def test_no_notification_mentions_the_restricted_record(marked):
    texts = [text.lower() for text in Notification.objects.values_list("text", flat=True)]
    assert texts and not [text for text in texts if leaks(text)]


# ── the law ──────────────────────────────────────────────────────────────────────────────────────
RESTRICTED_TESTS = {"no_discipline", "discipline_over", "nothing_pending", "leave_counts"}


def rests_on_restricted(test: dict[str, Any]) -> bool:
    """Whether the test of a condition, or a test inside it, reads restricted records."""
    inner = test["of"] if test["name"] in ("any_of", "all_of") else ()
    return (
        test["name"] in RESTRICTED_TESTS
        or test.get("of") == "disciplined"
        or any(rests_on_restricted(part) for part in inner)
    )


def test_every_condition_on_the_restricted_record_is_withheld(commune):
    """RESTRICTED_FINDINGS must include conditions that are added to the statutes later."""
    law = current.law_for(commune.pk)
    found = set()
    for code, question in law.codes.items():
        if question.shape == "condition":
            for subject, kind in question.combinations():
                if any(rests_on_restricted(value.content["test"]) for value in law.history(code, subject, kind)):
                    found.add(code.partition(".")[2])
    assert found == RESTRICTED_FINDINGS
