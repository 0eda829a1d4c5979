"""Every list asks the database the same number of times at 3 and at 300 rows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import (
    Campaign,
    Directive,
    DutyReport,
    Exemplar,
    Handling,
    Letter,
    LetterReceipt,
    Period,
    Registration,
    ShortlistEntry,
    ShortlistNotice,
)
from commendations.models import Award, CouncilSession, Nomination
from emulation.accounts.models import User
from emulation.audit.models import AuditEntry
from emulation.communes.models import Commune, Membership
from emulation.documents.codes import new_code
from emulation.documents.models import IssuedDocument
from emulation.jobs.models import Job
from emulation.notices.models import Notification
from portal.models import HonourEntry
from tests.test_access_matrix import browser
from villages.models import Household, PastAward, Person, Unit, evidence_url

Change = Callable[[Any, int], None]
FEW, MANY = 3, 300


def copies(row: Any, count: int, change: Change) -> list[Any]:
    """`count` more rows like this one; `change` makes each fit the constraints."""
    facts = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    made = []
    for place in range(count):
        one = type(row)(**facts)
        change(one, place)
        made.append(one)
    return type(row)._base_manager.bulk_create(made)


def documents(count: int) -> list[IssuedDocument]:
    def change(one: IssuedDocument, place: int) -> None:
        one.key, one.code, one.book_id, one.number = f"copy:{new_code()}", new_code(), None, None

    return copies(IssuedDocument.objects.first(), count, change)


def nominations(count: int) -> list[Nomination]:
    def change(one: Nomination, place: int) -> None:
        one.exemplar_id = None

    return copies(Nomination.objects.first(), count, change)


def awards(count: int) -> None:
    cases, papers, start = nominations(count), documents(count), Award.objects.count()

    def change(one: Award, place: int) -> None:
        one.nomination, one.certificate, one.code, one.decision_serial = (
            cases[place],
            papers[place],
            new_code(),
            start + place + 1,
        )

    copies(Award.objects.first(), count, change)


def exemplars(count: int) -> None:
    copies(Exemplar.objects.filter(state="accepted", unit__code="thon1").first(), count, lambda one, place: None)


def receipts(count: int) -> None:
    """As many letters, each waiting to be acknowledged by Thôn 1."""
    papers, row = documents(count), LetterReceipt.objects.filter(unit__code="thon1").first()

    def directive(one: Directive, place: int) -> None:
        one.symbol = new_code()

    directives = copies(row.letter.directive, count, directive)

    def letter(one: Letter, place: int) -> None:
        one.directive, one.document = directives[place], papers[place]

    letters = copies(row.letter, count, letter)

    def receipt(one: LetterReceipt, place: int) -> None:
        one.letter, one.state = letters[place], "waiting"

    copies(row, count, receipt)


def reports(count: int) -> None:
    """As many reports of tasks that wait for the office."""
    copies(DutyReport.objects.filter(state="sent", receipt__isnull=False).first(), count, lambda one, place: None)


def handlings(count: int) -> None:
    """As many incoming papers in the hands of a member of the council."""

    def directive(one: Directive, place: int) -> None:
        one.symbol = new_code()

    row = Handling.objects.filter(assignee__username="hoidong2").first()
    papers = copies(row.directive, count, directive)

    def handling(one: Handling, place: int) -> None:
        one.directive = papers[place]

    copies(row, count, handling)


def campaigns(count: int) -> list[Campaign]:
    papers = documents(count)

    def change(one: Campaign, place: int) -> None:
        one.document = papers[place]

    return copies(Campaign.objects.first(), count, change)


def registrations(count: int) -> None:
    """As many campaigns, each asking Thôn 1 to register."""
    made = campaigns(count)

    def change(one: Registration, place: int) -> None:
        one.campaign, one.state = made[place], "waiting"

    copies(Registration.objects.filter(unit__code="thon1").first(), count, change)


def units_registered(count: int) -> None:
    """As many units more in one campaign."""
    row = Registration.objects.filter(unit__code="thon1").order_by("pk").first()

    def unit(one: Unit, place: int) -> None:
        one.code = new_code().lower()

    units = copies(row.unit, count, unit)

    def change(one: Registration, place: int) -> None:
        one.unit = units[place]

    copies(row, count, change)


def people(count: int) -> None:
    def name(one: Person, place: int) -> None:
        one.put_name(f"Lê Văn Bản {place}")
        one.user_id = None

    copies(Person.objects.filter(unit__code="thon1", user=None).first(), count, name)


def past_awards(count: int) -> None:
    def number(one: PastAward, place: int) -> None:
        one.decision_no = new_code()

    copies(PastAward.objects.filter(household__head_name="Lê Văn Bảy").first(), count, number)


def sessions(count: int) -> None:
    def change(one: CouncilSession, place: int) -> None:
        for field in one._meta.concrete_fields:
            if field.one_to_one or (field.is_relation and field.related_model is IssuedDocument):
                setattr(one, field.attname, None)
        one.state = "planned"

    copies(CouncilSession.objects.first(), count, change)


def periods(count: int) -> None:
    used = Period.objects.count()

    def change(one: Period, place: int) -> None:
        one.year, one.number = 2030 + (used + place) // 12, (used + place) % 12 + 1

    copies(Period.objects.filter(kind="month").first(), count, change)


def chosen_lists(count: int) -> None:
    start = ShortlistNotice.objects.count()
    periods(count)
    new, papers = list(Period.objects.filter(chosen_list=None, kind="month", year__gte=2030)), documents(count)

    def change(one: ShortlistNotice, place: int) -> None:
        one.period, one.document = new[place], papers[place]

    copies(ShortlistNotice.objects.first(), count, change)
    assert ShortlistNotice.objects.count() == start + count


def honour_entries(count: int) -> None:
    """As many published stories, each of its own exemplar with its word."""
    row = ShortlistEntry.objects.published().first()
    before = set(Exemplar.objects.values_list("pk", flat=True))
    exemplars(count)
    told = list(Exemplar.objects.exclude(pk__in=before))

    def change(one: Any, place: int) -> None:
        one.exemplar = told[place]

    copies(row.exemplar.consent, count, change)

    def story(one: ShortlistEntry, place: int) -> None:
        one.exemplar, one.code = told[place], new_code()

    copies(row, count, story)


def accounts(commune: Commune) -> Callable[[int], None]:
    def make(count: int) -> None:
        start = User.objects.count()
        made = User.objects.bulk_create(
            [User(username=f"them{start + at}", full_name=f"Người {at}") for at in range(count)]
        )
        row = Membership.objects.filter(commune=commune, role="office").first()
        for user in made:
            Membership.objects.create(commune=commune, user_id=user.pk, role="office", starts_on=row.starts_on)

    return make


def copies_with_key(model: Any, column: str = "key", **facts: Any) -> Callable[[int], None]:
    def make(count: int) -> None:
        def change(one: Any, place: int) -> None:
            setattr(one, column, new_code())
            for name, value in facts.items():
                setattr(one, name, value)

        copies(model.objects.filter(**{k: v for k, v in facts.items() if k == "user_id"}).first(), count, change)

    return make


def audit_entries(count: int) -> None:
    last = AuditEntry.objects.order_by("-seq").first().seq

    def change(one: AuditEntry, place: int) -> None:
        one.seq, one.hash = last + place + 1, new_code()

    copies(AuditEntry.objects.first(), count, change)


LISTS: list[tuple[str, str, Any]] = [
    ("vanphong", "/thi-dua/dien-hinh/", exemplars),
    ("hoidong2", "/thi-dua/dien-hinh/", exemplars),
    ("thon1", "/thi-dua/", exemplars),
    ("vanphong", "/thi-dua/ky/", periods),
    ("vanphong", "/thi-dua/danh-sach/", chosen_lists),
    ("thon1", "/thi-dua/danh-sach/", chosen_lists),
    ("khach", "/dien-hinh/", honour_entries),
    ("vanphong", "/khen-thuong/de-nghi/", nominations),
    ("hoidong2", "/khen-thuong/de-nghi/", nominations),
    ("vanphong", "/khen-thuong/phien-hop/", sessions),
    ("vanphong", "/khen-thuong/so-vang/", awards),
    ("vanphong", "/van-ban/", documents),
    ("vanthu", "/van-ban/so-di/", documents),
    ("vanphong", "/nhat-ky/", audit_entries),
    ("vanphong", "/thong-bao/", "notices"),
    ("quantri", "/suc-khoe/chi-tiet/", copies_with_key(Job)),
    ("quantri", "/tai-khoan/", "accounts"),
    ("vanphong", "unit", people),
    ("vanphong", "evaluations", people),
    ("vanphong", "evidence", past_awards),
    ("thon1", "evidence", past_awards),
    ("vanphong", "/tien-do/", exemplars),
    ("vanphong", "/bao-cao/1/", "report"),
    ("khach", "/bang-vang/", copies_with_key(HonourEntry, "code")),
    ("vanphong", "/viec-cua-toi/", nominations),
    ("thon1", "/viec-cua-toi/", nominations),
    ("thon1", "/viec-cua-toi/", receipts),
    ("chutich", "/viec-cua-toi/", sessions),
    ("thon1", "/thi-dua/cong-van/", receipts),
    ("vanphong", "/thi-dua/chi-dao/", receipts),
    ("vanphong", "/thi-dua/phong-trao/", campaigns),
    ("thon1", "/thi-dua/phong-trao/", registrations),
    ("thon1", "/viec-cua-toi/", registrations),
    ("vanphong", "/thi-dua/phong-trao/linh-vuc/", campaigns),
    ("vanphong", "campaign", units_registered),
    ("vanphong", "registrations", units_registered),
    ("vanphong", "/lich-cong-tac/", nominations),
    ("hoidong2", "/lich-cong-tac/", sessions),
    ("thon1", "/lich-cong-tac/", receipts),
    ("vanphong", "/lich-cong-tac/ngay/", exemplars),
    ("vanphong", "/thi-dua/chi-dao/", handlings),
    ("hoidong2", "/viec-cua-toi/", handlings),
    ("vanphong", "/viec-cua-toi/", reports),
]


@pytest.mark.parametrize(("login", "path", "grow"), LISTS, ids=lambda part: part if isinstance(part, str) else "")
def test_the_same_number_of_queries(full_demo, login, path, grow):
    if path == "unit":
        path = Person.objects.filter(unit__code="thon1").first().unit.get_absolute_url()
    if path in ("campaign", "registrations"):
        first = Registration.objects.filter(unit__code="thon1").order_by("pk").first().campaign
        path = first.get_absolute_url() + ("dang-ky/" if path == "registrations" else "")
    if path == "evaluations":
        path = f"/don-vi/{Person.objects.filter(unit__code='thon1').first().unit_id}/danh-gia/2025/"
    if path == "evidence":
        path = evidence_url(Household.objects.get(head_name="Lê Văn Bảy"))
    if path == "/bao-cao/1/":
        from reports.models import PeriodReport

        report = PeriodReport.objects.get()
        PeriodReport.objects.filter(pk=report.pk).update(state="draft", figures=None, document=None, sent_on=None)
        path, grow = report.get_absolute_url(), exemplars
    if grow == "notices":
        grow = copies_with_key(Notification, user_id=User.objects.get(username=login).pk)
    if grow == "accounts":
        grow = accounts(full_demo)
    asked = []
    for count in (FEW, MANY - FEW):
        grow(count)
        if login == "khach":
            from django.test import Client

            client = Client()
        else:
            client = browser(login)
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(path)
        assert answer.status_code == 200
        asked.append(len(caught))
    # One more is the count of what does not fit on the page.
    assert asked[1] <= asked[0] + 2, f"{asked}: {caught.captured_queries[-3:]}"
    assert asked[1] < 60
