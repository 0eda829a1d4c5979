"""An extra year of the demo (`load_demo --year`), for load tests and pictures of long lists, and a merger of two thôn."""

from django.utils import timezone

from campaigns.models import Exemplar, Period
from campaigns.seeds.year import play_campaigns_year
from commendations.seeds.year import play_commendations_year
from emulation.communes.models import Commune
from emulation.core.formatting import format_date
from villages.seeds.demo_actors import DemoActors
from villages.seeds.merger import play_merger

EXTRA_YEAR = 2025


def play_demo_year(commune: Commune, year: int) -> str:
    """A campaign, twelve months of exemplars and a decision for each month; then two thôn merge. Once only.

    Returns a summary, or "".
    """
    if Period.objects.filter(commune=commune, kind=Period.MONTH, year=year).exists():
        return ""
    who = DemoActors()
    periods = play_campaigns_year(commune, year, who)
    decisions = play_commendations_year(commune, periods, who)
    merger = play_merger(commune, timezone.localdate(), who)
    exemplars = Exemplar.objects.filter(period__in=periods).count()
    awards = sum(decision.awards.count() for decision in decisions)
    return (
        f"{len(periods)} tháng, {exemplars} điển hình, {len(decisions)} quyết định, {awards} lượt khen; {merger} "
        f"từ ngày {format_date(merger.effective_on)}"
    )
