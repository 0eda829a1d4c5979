"""Queries of the public pages: the honour roll and the published exemplars."""

from django.core.cache import cache
from django.db.models import Count, Q

from campaigns.exemplars.models.shortlist import ShortlistEntryQuerySet
from campaigns.models import ExemplarPhoto, Period, ShortlistEntry
from emulation.communes.models import Commune
from emulation.core.lookups import has_words
from emulation.documents.codes import parse_code
from portal.models import HonourEntry, HonourEntryQuerySet

MAX_UNKNOWN_CODES = 60
UNKNOWN_CODE_WINDOW_SECONDS = 600


def host_commune() -> Commune | None:
    """The commune that this installation serves (the first one created), or None."""
    return Commune.objects.order_by("pk").first()


def honour_roll(commune: Commune | None) -> HonourEntryQuerySet:
    """The honour roll of a commune, newest decision first."""
    return HonourEntry.objects.filter(commune=commune).counting() if commune else HonourEntry.objects.none()


def honour_years(commune: Commune | None) -> list[tuple[int, int]]:
    """(year, number of entries), newest year first."""
    return list(honour_roll(commune).order_by("-year").values_list("year").annotate(Count("pk")))


def honoured_units(commune: Commune | None) -> list[str]:
    """The unit names on the roll, as they were when the decisions were issued."""
    return list(honour_roll(commune).order_by("unit_name").values_list("unit_name", flat=True).distinct())


def honour_by_code(typed: str) -> HonourEntry | None:
    """The entry with this code as typed by a visitor, annotated with its standing; None when there is none."""
    code = parse_code(typed)
    return HonourEntry.objects.with_standing().filter(code=code).first() if code else None


def may_look_up_code(address: str) -> bool:
    """Whether this client address may look up another code; after too many unknown codes it is blocked for ten minutes."""
    return int(cache.get(f"portal.misses:{address}", 0)) < MAX_UNKNOWN_CODES


def count_unknown_code(address: str) -> None:
    """Counts one lookup of an unknown code by this client address."""
    key = f"portal.misses:{address}"
    cache.add(key, 0, UNKNOWN_CODE_WINDOW_SECONDS)
    try:
        cache.incr(key)
    except ValueError:  # the key expired between add() and incr()
        cache.set(key, 1, UNKNOWN_CODE_WINDOW_SECONDS)


# ── exemplars ────────────────────────────────────────────────────────────────────────────────────
def published_stories(commune: Commune | None) -> ShortlistEntryQuerySet:
    """The commune's exemplars that are published with consent, newest period first."""
    rows = ShortlistEntry.objects.none()
    if commune:
        rows = ShortlistEntry.objects.filter(commune=commune).published().for_lists()
    return rows.order_by("-period__due_on", "-period_id", "place", "pk")


def search_stories(rows: ShortlistEntryQuerySet, folded: str) -> ShortlistEntryQuerySet:
    """Stories in which the nominee has a word that begins so, or the unit's code contains it, for each word of `folded`."""
    for word in folded.split():
        rows = rows.filter(has_words("exemplar__nominee_fold", word) | Q(exemplar__unit__code__contains=word))
    return rows


def story_periods(commune: Commune | None) -> list[tuple[Period, int]]:
    """(period, number of stories) for each period with published stories, newest first."""
    counts = dict(published_stories(commune).order_by().values_list("period").annotate(Count("pk")))
    periods = Period.objects.filter(pk__in=counts).order_by("-due_on", "-pk")
    return [(period, counts[period.pk]) for period in periods]


def story_photos(story: ShortlistEntry) -> list[ExemplarPhoto]:
    """All photos of the story when the people shown agreed to publish them, otherwise none."""
    return list(story.exemplar.photos.all()) if story.exemplar.consent.photos else []
