"""What is restricted (discipline, open cases, leave, the disciplined of a unit) is read by the office and the chair alone.

Rows that nobody can mistake stand with every person and unit; each page is opened by each role that may not read them.
"""

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from commendations.models import Nomination
from commendations.queries.eligibility import RESTRICTED_FINDINGS
from emulation.communes.models import Commune
from emulation.legal import current as law_on
from emulation.notices.models import Notification
from tests.access_matrix import LOGINS, AccessFaults, all_addresses, filled_paths, send_request
from tests.test_access_matrix import browser, rows_of
from villages.models import Discipline, Household, Leave, PendingCase, Person, PersonPrivate, Unit, UnitYear

pytestmark = pytest.mark.usefixtures("quiet_request_log")

READERS = {"vanphong", "chutich"}
HIDDEN = re.compile(r'<input type="hidden"[^>]*>')  # keys and tokens are new on every page
# In lower case. The words of a finding, of a row's own page, and what only these rows say.
CANARIES = {
    "discipline": ("giáng chức", "canary-kl", "03/02/2026"),
    "pending": ("đang thanh tra, kiểm tra có dấu hiệu vi phạm", "canary-vv", "04/02/2026"),
    "leave": ("nghỉ ốm", "05/02/2026"),
    "unit_year": ("77 cá nhân bị kỷ luật", 'data-label="bị kỷ luật">77'),
    "private": ("canary-riêng",),
}
NEVER = [word for words in CANARIES.values() for word in words]


@pytest.fixture
def marked(full_demo: Commune) -> Commune:
    """The commune with one row of every restricted kind for every person and unit."""
    people, units = Person.objects.filter(commune=full_demo), Unit.objects.filter(commune=full_demo)
    for model in (Discipline, Leave, PersonPrivate):
        model.objects.filter(person__in=people).delete()
    for model in (PendingCase, UnitYear):
        model.objects.filter(collective__in=units).delete()
    PendingCase.objects.filter(person__in=people).delete()
    for one in people:
        facts: dict[str, Any] = {"commune": full_demo, "person": one}
        Discipline.objects.create(kind="giang_chuc", starts_on=date(2026, 2, 3), decision_no="CANARY-KL", **facts)
        PendingCase.objects.create(kind="inspection", starts_on=date(2026, 2, 4), note="CANARY-VV", **facts)
        Leave.objects.create(kind="sick", starts_on=date(2026, 2, 5), **facts)
        PersonPrivate.objects.create(person=one, discipline="CANARY-RIÊNG")
    for unit in units:
        PendingCase.objects.create(
            commune=full_demo, collective=unit, kind="inspection", starts_on=date(2026, 2, 4), note="CANARY-VV"
        )
        for year in range(2024, 2028):
            UnitYear.objects.create(commune=full_demo, collective=unit, year=year, total=99, disciplined=77)
    # Cases of every kind of nominee before the law: their pages show conditions.
    cases = Nomination.objects.filter(commune=full_demo, state__in=["draft", "submitted", "returned", "complete"])
    assert cases.exists()
    return full_demo


def text_of(answer: Any) -> str:
    """What can be read in a response, a spreadsheet unpacked; "" for what is no text (PDF, pictures)."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"".join(packed.read(name) for name in packed.namelist())
    return body.decode(errors="ignore").lower()


def leaks(text: str) -> list[str]:
    return [word for word in NEVER if word in text]


def test_no_page_shows_the_restricted_record_to_another_role(marked):
    found, addresses = AccessFaults(), [address for address in all_addresses() if "GET" in address.methods]
    asked = [
        (address, list(filled_paths(address, rows_of(address, marked, 3))))
        for address in addresses
        if open_page(address)
    ]
    for login in LOGINS:
        if login in READERS:
            continue
        client = browser(login)
        for address, ways in asked:
            for path, _ in ways:
                answer = send_request(client, "GET", path)
                found.asked += 1
                if answer.status_code == 200 and (seen := leaks(text_of(answer))):
                    found.note(address, path, f"{login} reads {seen}")
    found.check()


def open_page(address: Any) -> bool:
    """Pages about people and units; the law and the help pages quote the same words."""
    return not address.route.startswith(("tro-giup/", "phap-luat/"))


# ── the pages that show conditions, one by one ───────────────────────────────────────────────────
def pages(full_demo: Commune) -> dict[str, tuple[str, set[str]]]:
    """Each page about somebody of Thôn 1 and the kinds that it shows to those who may read them."""
    unit = Unit.objects.get(commune=full_demo, code="thon1")
    person, household = Person.objects.filter(unit=unit).first(), Household.objects.filter(unit=unit).first()
    assert person is not None and household is not None
    Person.objects.filter(pk=person.pk).update(group="official", joined_on=date(2012, 9, 1), household=household)
    facts: dict[str, Any] = {"commune": full_demo, "unit": unit, "received_on": timezone.localdate(), "year": 2026}

    def case_of(state: str, award_code: str, **nominee: Any) -> str:
        made = Nomination.objects.create(state=state, award_code=award_code, **nominee, **facts)
        return f"/khen-thuong/de-nghi/{made.pk}"

    one, one_draft = (case_of(state, "LDTT", person=person) for state in ("submitted", "draft"))
    all_, all_draft = (case_of(state, "TTLDTT", collective=unit) for state in ("submitted", "draft"))
    person_kinds, unit_kinds = {"discipline", "pending", "leave"}, {"pending", "unit_year"}
    book = "/khen-thuong/so-khen"
    return {
        "why of a person": (f"{one}/vi-sao/", person_kinds),
        "what-if of a person": (f"{one}/vi-sao/?ngay=01/07/2026", person_kinds),
        "case of a person": (f"{one}/", set()),
        "award of a person": (f"{one_draft}/danh-hieu/", set()),
        "why of a unit": (f"{all_}/vi-sao/", unit_kinds),
        "what-if of a unit": (f"{all_}/vi-sao/?ngay=01/07/2026", unit_kinds),
        "case of a unit": (f"{all_}/", set()),
        "award of a unit": (f"{all_draft}/danh-hieu/", set()),
        "book of a person": (f"{book}/nguoi/{person.pk}/?nam=2026", person_kinds),
        "book of a household": (f"{book}/ho/{household.pk}/?nam=2026", set()),
        "book of a unit": (f"{book}/tap-the/{unit.pk}/?nam=2026", unit_kinds),
        "records of a person": (f"/don-vi/nguoi/{person.pk}/ho-so/", {"leave"}),
        "records of a unit": (f"/don-vi/{unit.pk}/ho-so/", {"unit_year"}),
        "person": (f"/don-vi/nguoi/{person.pk}/", set()),
        "unit": (f"/don-vi/{unit.pk}/", set()),
    }


HEAD, OTHER_HEADS = "thon1", ("thon2", "mamnon", "tramyte", "mattran")


def test_role_by_page(in_november, marked):
    """The table: who may read sees each kind where it counts, nobody else sees any of it anywhere."""
    wrong = []
    for name, (path, kinds) in pages(marked).items():
        for login in (*LOGINS, "thon2"):
            answer = browser(login).get(path)
            text = text_of(answer) if answer.status_code == 200 else ""
            if login in READERS:
                wrong += [(login, name, kind) for kind in kinds if not any(word in text for word in CANARIES[kind])]
            elif seen := leaks(text):
                wrong.append((login, name, seen))
    assert wrong == []


@pytest.mark.parametrize("login", [*OTHER_HEADS, "hoidong2"])
def test_the_book_of_a_unit_tells_other_heads_what_was_awarded_and_no_more(in_november, marked, login):
    path, _ = pages(marked)["book of a unit"]
    text = text_of(browser(login).get(path))
    assert "đã được khen thưởng" in text
    assert "có thể được gì cho năm" not in text and "chỉ người đứng đầu đơn vị đó và cán bộ xã" in text


@pytest.mark.parametrize("login", [HEAD, "vanthu"])
def test_who_reads_the_records_of_a_unit_sees_the_conditions_with_the_restricted_ones_withheld(
    in_november, marked, login
):
    path, _ = pages(marked)["book of a unit"]
    text = text_of(browser(login).get(path))
    assert "có thể được gì cho năm" in text and "do văn phòng thẩm định" in text
    assert "không có cá nhân bị kỷ luật từ cảnh cáo trở lên" in text  # the condition itself is no secret


@pytest.mark.parametrize("login", [HEAD, "vanthu", "hoidong2"])
def test_the_result_is_the_same_with_and_without_the_restricted_rows(in_november, marked, login):
    """Not even the word of the verdict tells that something stands there."""

    def texts() -> dict[str, str]:
        answers = {name: browser(login).get(path) for name, path in judged.items()}
        return {name: HIDDEN.sub("", text_of(one)) for name, one in answers.items() if one.status_code == 200}

    judged = {name: path for name, (path, _) in pages(marked).items() if not name.startswith("records")}
    before = texts()
    for model in (Discipline, Leave, PendingCase):
        model.objects.filter(commune=marked).delete()
    UnitYear.objects.filter(commune=marked).update(disciplined=0)
    assert before and texts() == before


def test_no_message_speaks_of_the_restricted_record(marked):
    told = [text.lower() for text in Notification.objects.values_list("text", flat=True)]
    assert told and not [text for text in told if leaks(text)]


# ── the law ──────────────────────────────────────────────────────────────────────────────────────
RESTRICTED_TESTS = {"no_discipline", "discipline_over", "nothing_pending", "leave_counts"}


def rests_on_restricted(test: dict[str, Any]) -> bool:
    inner = test["of"] if test["name"] in ("any_of", "all_of") else ()
    return (
        test["name"] in RESTRICTED_TESTS
        or test.get("of") == "disciplined"
        or any(rests_on_restricted(part) for part in inner)
    )


def test_every_condition_on_the_restricted_record_is_withheld(commune):
    """A condition that the statutes add later cannot be forgotten."""
    law = law_on.law_for(commune.pk)
    found = {
        code.partition(".")[2]
        for code, question in law.codes.items()
        if question.shape == "condition"
        for subject, kind in question.combinations()
        for value in law.history(code, subject, kind)
        if rests_on_restricted(value.content["test"])
    }
    assert found == RESTRICTED_FINDINGS
