"""Who may be chosen for a period, who was, and what is missing: fields and units without anybody."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.html import escape

from campaigns.catalogue.models import Field
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.models.quarter_submission import QuarterSubmission
from campaigns.exemplars.models.shortlist import ShortlistEntry
from campaigns.exemplars.models.shortlist_notice import ShortlistNotice
from campaigns.exemplars.rules.period import months_of_quarter
from campaigns.exemplars.rules.shortlist import first_sentence, private_data_in
from campaigns.obligations.queries import answering_units
from villages.models import Unit

NO_FIELD = "Chưa ghi lĩnh vực"


def source_months(period: Period) -> QuerySet[Period]:
    """The months from which a quarter is chosen; the month itself for a month."""
    rows = Period.objects.filter(commune_id=period.commune_id, year=period.year, kind=Period.MONTH)
    if period.kind == Period.MONTH:
        return rows.filter(number=period.number)
    return rows.filter(number__in=months_of_quarter(period.number))


def shortlist_pool(period: Period) -> QuerySet[Exemplar]:
    """What may be chosen: the accepted of the month; for a quarter those of its months and its own."""
    return Exemplar.objects.filter(
        Q(period__in=source_months(period)) | Q(period=period),
        commune_id=period.commune_id,
        state__in=Exemplar.VALID,
        nothing=False,
    )


@dataclass(frozen=True)
class ShortlistCandidate:
    """One who may be chosen: whether he is in the list already, in the list of his month, or put forward by his unit."""

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
    """All who may be chosen, by field and unit; three queries whatever their number."""
    rows = shortlist_pool(period).select_related(
        "period", "unit", "field", "person", "household", "collective", "consent"
    )
    chosen = set(ShortlistEntry.objects.filter(period=period).values_list("exemplar_id", flat=True))
    picked = set(QuarterSubmission.objects.filter(period=period).values_list("exemplar_id", flat=True))
    quarter = period.kind == Period.QUARTER
    monthly: set[int] = set()
    if quarter:
        monthly = set(
            ShortlistEntry.objects.filter(period__in=source_months(period)).values_list("exemplar_id", flat=True)
        )
    return [
        ShortlistCandidate(row, row.pk in chosen, row.pk in monthly, row.pk in picked)
        for row in rows.order_by("field__sort", "unit__sort", "pk")
    ]


@dataclass(frozen=True)
class ShortlistCoverage:
    """Fields and units, each with how many were accepted and how many chosen; those with nobody stand out."""

    fields: list[tuple[str, int, int]]
    units: list[tuple[Unit, int, int]]

    @property
    def empty_fields(self) -> list[str]:
        return [name for name, accepted, _ in self.fields if not accepted]

    @property
    def empty_units(self) -> list[Unit]:
        return [unit for unit, accepted, _ in self.units if not accepted]


def shortlist_coverage(period: Period, found: list[ShortlistCandidate]) -> ShortlistCoverage:
    """How the accepted and the chosen are spread; two queries."""
    units = answering_units(period.commune_id, period.due_on)

    def count(rows: Iterable[ShortlistCandidate]) -> tuple[int, int]:
        both = [row.chosen for row in rows]
        return len(both), sum(both)

    fields = Field.objects.filter(is_active=True)
    return ShortlistCoverage(
        [(field.name, *count(row for row in found if row.exemplar.field_id == field.pk)) for field in fields],
        [(unit, *count(row for row in found if row.exemplar.unit_id == unit.pk)) for unit in units],
    )


def shortlist_of(period: Period) -> QuerySet[ShortlistEntry]:
    """The list of a period in its order, with the number of photos of each."""
    return ShortlistEntry.objects.filter(period=period).for_lists().annotate(photo_count=Count("exemplar__photos"))


def is_named_in_notice(choice: ShortlistEntry, chosen_list: ShortlistNotice) -> bool:
    """Whether the list names this one: who agrees, and once it is issued also whoever its frozen paper names."""
    issued = chosen_list.document
    return has_agreed(choice) or bool(issued and escape(choice.exemplar.nominee_name) in issued.html)


def has_agreed(choice: ShortlistEntry) -> bool:
    """Whether the one who is chosen agreed to be named."""
    consent = getattr(choice.exemplar, "consent", None)
    return consent is not None and consent.is_given


def reason_not_public(choice: ShortlistEntry) -> str:
    """Why a chosen one cannot be published; nothing when he can."""
    consent = getattr(choice.exemplar, "consent", None)
    if consent is None:
        return "chưa hỏi ý kiến"
    if not consent.is_given:
        return "không đồng ý cho nêu gương"
    if marks := private_data_in(choice.story):
        return f"lời đăng còn {', '.join(marks)}, hãy sửa lời"
    return ""


def notice_of_period(period: Period) -> ShortlistNotice | None:
    """The list of the period as a paper, if it was begun."""
    return ShortlistNotice.objects.filter(period=period).select_related("document").first()
