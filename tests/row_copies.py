"""Functions that add many rows to the full demo; each takes the number of rows."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

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
from commendations.models import Award, CouncilSession, GroupRequest, Nomination, Posting
from emulation.accounts.models import User
from emulation.audit.models import AuditEntry
from emulation.communes.models import Commune, Membership
from emulation.documents.codes import new_code
from emulation.documents.models import IssuedDocument
from villages.models import PastAward, Person, Unit

Change = Callable[[Any, int], None]


def copies(row: Any, count: int, change: Change) -> list[Any]:
    """Adds `count` copies of the row; `change(copy, index)` sets the columns that constraints require to differ."""
    facts = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    made = []
    for place in range(count):
        one = type(row)(**facts)
        change(one, place)
        made.append(one)
    return type(row)._base_manager.bulk_create(made)


def documents(count: int) -> list[IssuedDocument]:
    def change(one: IssuedDocument, place: int) -> None:
        one.key = f"copy:{new_code()}"
        one.code = new_code()
        one.book_id = None
        one.number = None

    return copies(IssuedDocument.objects.first(), count, change)


def nominations(count: int) -> list[Nomination]:
    def change(one: Nomination, place: int) -> None:
        one.live_key = None
        one.exemplar_id = None

    return copies(Nomination.objects.first(), count, change)


def group_requests(count: int) -> None:
    village = Unit.objects.get(code="thon1")
    shared = {"commune": village.commune, "unit": village, "award_code": "GDVH", "year": 2026}
    sent = {"state": GroupRequest.SENT, "state_since": timezone.now(), "sent_on": timezone.localdate()}
    GroupRequest.objects.bulk_create(
        GroupRequest(**shared, **sent, request_document=paper) for paper in documents(count)
    )


def postings(count: int) -> None:
    village = Unit.objects.get(code="thon1")
    day = timezone.localdate()
    shared = {"commune": village.commune, "unit": village, "award_code": "GDVH", "year": 2026, "place": "Nhà văn hóa"}
    limit = {"starts_on": day, "ends_on": day, "arithmetic": "10 ngày", "citation": "Điều 7", "confirmed": False}
    posted = {"state": Posting.POSTED, "state_since": timezone.now()}
    Posting.objects.bulk_create(Posting(**shared, **limit, **posted) for _ in range(count))


def awards(count: int) -> None:
    cases = nominations(count)
    papers = documents(count)
    start = Award.objects.count()

    def change(one: Award, place: int) -> None:
        one.nomination = cases[place]
        one.certificate = papers[place]
        one.code = new_code()
        one.decision_serial = start + place + 1

    copies(Award.objects.first(), count, change)


def exemplars(count: int) -> None:
    copies(Exemplar.objects.filter(state="accepted", unit__code="thon1").first(), count, lambda one, place: None)


def receipts(count: int) -> None:
    """Letters that wait for the acknowledgement of Thôn 1."""
    papers = documents(count)
    row = LetterReceipt.objects.filter(unit__code="thon1").first()

    def directive(one: Directive, place: int) -> None:
        one.symbol = new_code()

    directives = copies(row.letter.directive, count, directive)

    def letter(one: Letter, place: int) -> None:
        one.directive = directives[place]
        one.document = papers[place]

    letters = copies(row.letter, count, letter)

    def receipt(one: LetterReceipt, place: int) -> None:
        one.letter = letters[place]
        one.state = "waiting"

    copies(row, count, receipt)


def duty_reports(count: int) -> None:
    """Reports on tasks that wait for the office."""
    copies(DutyReport.objects.filter(state="sent", receipt__isnull=False).first(), count, lambda one, place: None)


def handlings(count: int) -> None:
    """Incoming directives assigned to a council member."""

    def directive(one: Directive, place: int) -> None:
        one.symbol = new_code()

    row = Handling.objects.filter(assignee__username="hoidong2").first()
    papers = copies(row.directive, count, directive)

    def handling(one: Handling, place: int) -> None:
        one.directive = papers[place]

    copies(row, count, handling)


def approved_papers(model: Any) -> Callable[[int], list[Any]]:
    """Adds papers of a kind that has an approval."""

    def make(count: int) -> list[Any]:
        papers = documents(count)

        def change(one: Any, place: int) -> None:
            one.document = papers[place]

        return copies(model.objects.first(), count, change)

    return make


campaigns = approved_papers(Campaign)


def registrations(count: int) -> None:
    """Campaigns for which Thôn 1 has to register."""
    made = campaigns(count)

    def change(one: Registration, place: int) -> None:
        one.campaign = made[place]
        one.state = "waiting"

    copies(Registration.objects.filter(unit__code="thon1").first(), count, change)


def registered_units(count: int) -> None:
    """Units registered for one campaign."""
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
        years, month = divmod(used + place, 12)
        one.year = 2030 + years
        one.number = month + 1

    copies(Period.objects.filter(kind="month").first(), count, change)


def shortlist_notices(count: int) -> None:
    start = ShortlistNotice.objects.count()
    periods(count)
    new = list(Period.objects.filter(notices=None, kind="month", year__gte=2030))
    papers = documents(count)

    def change(one: ShortlistNotice, place: int) -> None:
        one.period = new[place]
        one.document = papers[place]

    copies(ShortlistNotice.objects.first(), count, change)
    assert ShortlistNotice.objects.count() == start + count


def published_stories(count: int) -> None:
    """Published shortlist entries, each with an exemplar and a consent."""
    row = ShortlistEntry.objects.published().first()
    before = set(Exemplar.objects.values_list("pk", flat=True))
    exemplars(count)
    new = list(Exemplar.objects.exclude(pk__in=before))

    def change(one: Any, place: int) -> None:
        one.exemplar = new[place]

    copies(row.exemplar.consent, count, change)

    def story(one: ShortlistEntry, place: int) -> None:
        one.exemplar = new[place]
        one.code = new_code()

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


def copies_with_key(model: Any, column: str = "key", **filters: Any) -> Callable[[int], None]:
    """Copies of the first row that matches `filters`, each with a new value in the unique `column`."""

    def make(count: int) -> None:
        def change(one: Any, place: int) -> None:
            setattr(one, column, new_code())

        copies(model.objects.filter(**filters).first(), count, change)

    return make


def audit_entries(count: int) -> None:
    last = AuditEntry.objects.order_by("-seq").first().seq

    def change(one: AuditEntry, place: int) -> None:
        one.seq = last + place + 1
        one.hash = new_code()

    copies(AuditEntry.objects.first(), count, change)
