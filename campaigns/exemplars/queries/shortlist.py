"""Queries about the shortlist of a period: candidates, entries, coverage of fields and units, publication."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from campaigns.catalogue.models import Field
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.models.quarter_submission import QuarterSubmission
from campaigns.exemplars.models.shortlist import ShortlistEntry
from campaigns.exemplars.models.shortlist_notice import ShortlistNotice
from campaigns.exemplars.rules.period import months_of_quarter
from campaigns.exemplars.rules.shortlist import first_sentence, private_data_in
from campaigns.obligations.queries import answering_units
from emulation.core.formatting import format_names
from emulation.documents.search import plain_text
from villages.models import Unit

NO_FIELD = "Chưa ghi lĩnh vực"


def source_months(period: Period) -> QuerySet[Period]:
    """The months whose exemplars a quarter may shortlist; of a month the month itself."""
    rows = Period.objects.filter(commune_id=period.commune_id, year=period.year, kind=Period.MONTH)
    if period.kind == Period.MONTH:
        return rows.filter(number=period.number)
    return rows.filter(number__in=months_of_quarter(period.number))


def shortlist_pool(period: Period) -> QuerySet[Exemplar]:
    """The exemplars that may be shortlisted: accepted ones of the month; for a quarter of its months, and its own."""
    return Exemplar.objects.filter(
        Q(period__in=source_months(period)) | Q(period=period),
        commune_id=period.commune_id,
        state__in=Exemplar.VALID,
        nothing=False,
    )


@dataclass(frozen=True)
class ShortlistCandidate:
    """An exemplar that may be shortlisted: whether it is on the list, on the list of its month, submitted by its unit."""

    exemplar: Exemplar
    chosen: bool
    in_month: bool
    picked: bool

    @property
    def field_name(self) -> str:
        return self.exemplar.field.name if self.exemplar.field else NO_FIELD

    @property
    def gist(self) -> str:
        return first_sentence(self.exemplar.deed)


def shortlist_candidates(period: Period) -> list[ShortlistCandidate]:
    """All candidates, ordered by field and unit; three queries, for a quarter four."""
    rows = shortlist_pool(period).select_related(
        "period", "unit", "field", "person", "household", "collective", "consent"
    )
    chosen = set(ShortlistEntry.objects.filter(period=period).values_list("exemplar_id", flat=True))
    picked = set(QuarterSubmission.objects.filter(period=period).values_list("exemplar_id", flat=True))
    monthly: set[int] = set()
    if period.kind == Period.QUARTER:
        monthly = set(
            ShortlistEntry.objects.filter(period__in=source_months(period)).values_list("exemplar_id", flat=True)
        )
    return [
        ShortlistCandidate(row, row.pk in chosen, row.pk in monthly, row.pk in picked)
        for row in rows.order_by("field__sort", "unit__sort", "pk")
    ]


@dataclass(frozen=True)
class ShortlistCoverage:
    """Fields and units, each with the numbers of accepted and of chosen exemplars."""

    fields: list[tuple[str, int, int]]
    units: list[tuple[Unit, int, int]]

    @property
    def empty_fields(self) -> list[str]:
        return [name for name, accepted, _ in self.fields if not accepted]

    @property
    def empty_units(self) -> list[Unit]:
        return [unit for unit, accepted, _ in self.units if not accepted]


def shortlist_coverage(period: Period, candidates: list[ShortlistCandidate]) -> ShortlistCoverage:
    """The distribution of the candidates over fields and units; two queries."""
    units = answering_units(period.commune_id, period.due_on)

    def count(rows: Iterable[ShortlistCandidate]) -> tuple[int, int]:
        chosen = [row.chosen for row in rows]
        return len(chosen), sum(chosen)

    fields = Field.objects.filter(is_active=True)
    return ShortlistCoverage(
        [(field.name, *count(row for row in candidates if row.exemplar.field_id == field.pk)) for field in fields],
        [(unit, *count(row for row in candidates if row.exemplar.unit_id == unit.pk)) for unit in units],
    )


def shortlist_of(period: Period) -> QuerySet[ShortlistEntry]:
    """The entries of a period in order, annotated with `photo_count`."""
    return ShortlistEntry.objects.filter(period=period).for_lists().annotate(photo_count=Count("exemplar__photos"))


def is_named_in_notice(entry: ShortlistEntry, notice: ShortlistNotice) -> bool:
    """Whether the notice names the entry: with consent, or when the issued document names it already."""
    issued = notice.document
    return has_agreed(entry) or bool(issued and _is_named(entry.exemplar, plain_text(issued.html)))


def _is_named(exemplar: Exemplar, text: str) -> bool:
    """Whether a text has the name: with what distinguishes it from another of the name, or alone."""
    name = exemplar.nominee_bare_name
    return exemplar.nominee_name in text or (name in text and f"{name} (" not in text)


def has_agreed(entry: ShortlistEntry) -> bool:
    """Whether the nominee consents to be named."""
    consent = getattr(entry.exemplar, "consent", None)
    return consent is not None and consent.is_given


def reason_not_public(entry: ShortlistEntry) -> str:
    """Why an entry cannot be published, or ""."""
    consent = getattr(entry.exemplar, "consent", None)
    if consent is None:
        return "chưa hỏi ý kiến"
    if not consent.is_given:
        return "không đồng ý cho nêu gương"
    if private_data := private_data_in(entry.story):
        return f"lời đăng còn {', '.join(private_data)}, hãy sửa lời"
    return ""


def notice_of_period(period: Period) -> ShortlistNotice | None:
    """The notice of the period that is not cancelled, if one was started."""
    return ShortlistNotice.objects.filter(period=period).not_cancelled().select_related("document").first()


def cancelled_notice_consequences(notice: ShortlistNotice) -> list[str]:
    """What cancelling an issued notice changes, one sentence each, with names and counts."""
    entries = list(shortlist_of(notice.period))
    named = [entry.exemplar.nominee_alone for entry in entries if is_named_in_notice(entry, notice)]
    published = sum(entry.published_on is not None for entry in entries)
    sentences = [
        f"Thông báo nêu {len(named)} điển hình ({format_names(named, 'điển hình')}); họ vẫn ở danh sách chọn của kỳ, danh "
        "sách lại sửa được.",
        f"Soạn được thông báo mới cho {notice.period}.",
    ]
    if published:
        sentences.append(f"{published} điển hình đang đăng trên trang công khai vẫn đăng; muốn gỡ thì gỡ ở danh sách.")
    return sentences
