"""An extra year of the demo (`load_demo --year`), for load tests and pictures of long lists, and a merger of two thôn."""

from django.utils import timezone

from campaigns.models import Period
from campaigns.seeds.year import campaigns_year_story
from commendations.seeds.postings_year import posting_of_year_story
from commendations.seeds.year import commendations_year_story
from emulation.communes.models import Commune
from emulation.core.formatting import format_date
from villages.seeds.demo_actors import DemoActors
from villages.seeds.demo_clock import Story, play_story, together
from villages.seeds.merger import play_merger

EXTRA_YEAR = 2025


def year_story(commune: Commune, year: int) -> Story:
    """A campaign, twelve months of exemplars and a decision for each month, each act on its day. Once only.

    Returns a summary in Vietnamese, or "".
    """
    if Period.objects.filter(commune=commune, kind=Period.MONTH, year=year).exists():
        return ""
    who = DemoActors()
    summaries = yield from together(
        campaigns_year_story(commune, year, who),
        commendations_year_story(commune, year, who),
        posting_of_year_story(commune, year, who),
    )
    return ", ".join(filter(None, summaries))


def play_demo_year(commune: Commune, year: int) -> str:
    """`year_story` after what is there already, then two thôn merge. Returns a summary in Vietnamese, or ""."""
    summary = play_story(year_story(commune, year))
    return f"{summary}; {merge_demo_villages(commune)}" if summary else ""


def merge_demo_villages(commune: Commune) -> str:
    """Two thôn merge this month. Returns a summary in Vietnamese."""
    merger = play_merger(commune, timezone.localdate(), DemoActors())
    return f"{merger} từ ngày {format_date(merger.effective_on)}"
