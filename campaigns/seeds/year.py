"""An extra year of the demo, for load and pictures: a campaign and twelve months of exemplars, through the same actions."""

import tomllib
from datetime import date
from itertools import cycle
from typing import Any

from campaigns.exemplars.models.period import Period
from campaigns.models import Campaign
from campaigns.seeds import campaigns, months
from emulation.communes.models import Commune
from villages.seeds.demo_actors import DemoActors


def play_campaigns_year(commune: Commune, year: int, who: DemoActors) -> list[Period]:
    """The months of the year, with the answers of the four months of the demo in turn; returns the periods."""
    _play_campaign(commune, year, who)
    lookup = months.demo_lookup(commune)
    answers = cycle(in_year(months.answers_by_month(), year).values())
    return [
        months.play_month(commune, date(year, month, 1), answer, lookup, who)
        for month, answer in zip(range(1, 13), answers, strict=False)
    ]


def _play_campaign(commune: Commune, year: int, who: DemoActors) -> Campaign:
    plan = in_year(tomllib.loads(campaigns.PLANS.read_text(encoding="utf-8"))["regular"], year)
    campaign = campaigns.launch_campaign(commune, plan, who)
    campaigns.register_units(campaign, in_year(campaigns.REGULAR, year), who)
    return campaign


def in_year(value: Any, year: int) -> Any:
    """The same demo data with the dates and texts of 2026 moved to this year."""
    if isinstance(value, dict):
        return {key: in_year(one, year) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(in_year(one, year) for one in value)
    if isinstance(value, date):
        return value.replace(year=year)
    return value.replace(str(months.YEAR), str(year)) if isinstance(value, str) else value
