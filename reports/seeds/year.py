"""An extra year of the demo (`load_demo --year`), for load tests and pictures of long lists."""

from campaigns.models import Exemplar, Period
from campaigns.seeds.year import play_campaigns_year
from commendations.seeds.year import play_commendations_year
from emulation.communes.models import Commune
from villages.seeds.demo_actors import DemoActors

EXTRA_YEAR = 2025


def play_demo_year(commune: Commune, year: int) -> str:
    """A campaign, twelve months of exemplars and a decision for each month; once only. Returns a summary, or ""."""
    if Period.objects.filter(commune=commune, kind=Period.MONTH, year=year).exists():
        return ""
    who = DemoActors()
    periods = play_campaigns_year(commune, year, who)
    decisions = play_commendations_year(commune, periods, who)
    exemplars = Exemplar.objects.filter(period__in=periods).count()
    awards = sum(decision.awards.count() for decision in decisions)
    return f"{len(periods)} tháng, {exemplars} điển hình, {len(decisions)} quyết định, {awards} lượt khen"
