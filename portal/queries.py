"""What the public pages ask of the honour roll."""

from django.core.cache import cache
from django.db.models import Count, Q

from campaigns.exemplars.models.shortlist import ShortlistEntryQuerySet
from campaigns.models import ExemplarPhoto, Period, ShortlistEntry
from emulation.communes.models import Commune
from emulation.documents.codes import parse_code
from portal.models import HonourEntry, HonourEntryQuerySet

MAX_UNKNOWN_CODES = 60
UNKNOWN_CODE_WINDOW_SECONDS = 600


def host_commune() -> Commune | None:
    """The commune whose public face this is."""
    return Commune.objects.order_by("pk").first()


def honour_roll(commune: Commune | None) -> HonourEntryQuerySet:
    """The honour roll of a commune, newest decision first."""
    return HonourEntry.objects.filter(commune=commune).not_cancelled() if commune else HonourEntry.objects.none()


def honour_years(commune: Commune | None) -> list[tuple[int, int]]:
    """Years and how many were honoured in each, newest first."""
    return list(honour_roll(commune).order_by("-year").values_list("year").annotate(Count("pk")))


def honoured_units(commune: Commune | None) -> list[str]:
    """Names of units that stand on the roll, as they were called."""
    return list(honour_roll(commune).order_by("unit_name").values_list("unit_name", flat=True).distinct())


def honour_by_code(typed: str) -> HonourEntry | None:
    """The entry of a code as somebody typed it (`cancelled` says whether it still holds), or None."""
    code = parse_code(typed)
    return HonourEntry.objects.with_cancelled().filter(code=code).first() if code else None


def may_look_up_code(address: str) -> bool:
    """Whether this address may ask for another code: too many that do not exist close the door for ten minutes."""
    return int(cache.get(f"portal.misses:{address}", 0)) < MAX_UNKNOWN_CODES


def count_unknown_code(address: str) -> None:
    """Counts a code that does not exist."""
    key = f"portal.misses:{address}"
    cache.add(key, 0, UNKNOWN_CODE_WINDOW_SECONDS)
    try:
        cache.incr(key)
    except ValueError:  # it ran out between the two lines
        cache.set(key, 1, UNKNOWN_CODE_WINDOW_SECONDS)


# ── exemplars ────────────────────────────────────────────────────────────────────────────────────
def published_stories(commune: Commune | None) -> ShortlistEntryQuerySet:
    """What a commune tells of its exemplars now: published and agreed to, newest period first."""
    rows = (
        ShortlistEntry.objects.filter(commune=commune).published().for_lists()
        if commune
        else ShortlistEntry.objects.none()
    )
    return rows.order_by("-period__due_on", "-period_id", "place", "pk")


def search_stories(rows: ShortlistEntryQuerySet, folded: str) -> ShortlistEntryQuerySet:
    """Stories of somebody whose name, or whose unit's, holds every word (without marks)."""
    for word in folded.split():
        in_name = Q(exemplar__person__name_fold__contains=word) | Q(exemplar__household__name_fold__contains=word)
        rows = rows.filter(in_name | Q(exemplar__unit__code__contains=word))
    return rows


def story_periods(commune: Commune | None) -> list[tuple[Period, int]]:
    """The periods of which something is told, newest first, and how many stories each has."""
    counts = dict(published_stories(commune).order_by().values_list("period").annotate(Count("pk")))
    periods = Period.objects.filter(pk__in=counts).order_by("-due_on", "-pk")
    return [(period, counts[period.pk]) for period in periods]


def story_photos(choice: ShortlistEntry) -> list[ExemplarPhoto]:
    """The photos that may be shown with a story: all, or none without the word of who is seen on them."""
    return list(choice.exemplar.photos.all()) if choice.exemplar.consent.photos else []
