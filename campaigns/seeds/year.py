"""An extra year of the demo, for load and pictures: a campaign and twelve months of exemplars, through the same actions."""

import tomllib
from datetime import date, timedelta
from itertools import cycle
from typing import Any

from campaigns.campaigns.actions.campaign import campaign_approval
from campaigns.campaigns.rules import COMMUNE_INITIATOR, THEMATIC
from campaigns.exemplars.actions.praise_letter import praise_letter_approval, start_praise_letter
from campaigns.exemplars.models.period import Period
from campaigns.models import Exemplar
from campaigns.seeds import campaigns, months
from emulation.communes.models import Commune
from emulation.documents.cancellations import agree_to_cancellation, propose_cancellation
from emulation.legal import current
from emulation.legal.calendar.commune_calendar import work_calendar_of
from villages.models import Unit
from villages.seeds.demo_actors import DemoActors
from villages.seeds.demo_clock import Story, together

_OTHER = [(name, f"other_{name}") for name in ("deed", "result", "reason")]
WRONG_PLACE = "Thư ghi sai nơi ở của người được khen; đã soạn thư khác."


def campaigns_year_story(commune: Commune, year: int, who: DemoActors) -> Story:
    """The months of the year, with the answers of the four months of the demo in turn, each act on its day.

    Returns a summary in Vietnamese.
    """
    yield date(year, 1, 1)
    lookup = months.demo_lookup(commune)
    answers = cycle(in_year(months.answers_by_month(), year).items())
    yield from together(
        _campaign(commune, year, who),
        *(
            months.play_month(commune, date(year, month, 1), _in_month(answer, written, month, year), lookup, who)
            for month, (written, answer) in zip(range(1, 13), answers, strict=False)
        ),
        _dropped_plan(commune, year, who),
        _cancelled_praise_letter(commune, year, who),
    )
    exemplars = Exemplar.objects.filter(commune=commune, period__kind=Period.MONTH, period__year=year).count()
    return f"12 tháng, {exemplars} điển hình"


def _dropped_plan(commune: Commune, year: int, who: DemoActors) -> Story:
    """A plan that was started twice by mistake; the second draft is dropped. Returns ""."""
    yield date(year, 1, 20)
    plan = campaign_approval.start(
        by=who("vanphong"),
        commune=commune,
        name=f"Thi đua chào mừng Đại hội Đảng bộ xã năm {year}",
        kind=THEMATIC,
        year=year,
        initiator=COMMUNE_INITIATOR,
    )
    campaign_approval.drop(plan, by=who("vanphong"), reason="Lập nhầm: nội dung này nằm trong phong trào cả năm.")
    return ""


def _cancelled_praise_letter(commune: Commune, year: int, who: DemoActors) -> Story:
    """A praise letter with a wrong place in it is cancelled after the signature; the corrected one is signed. Returns ""."""
    yield date(year, 12, 1)
    period = Period.objects.get(commune=commune, kind=Period.MONTH, year=year, number=12)
    yield period.due_on
    exemplar = period.exemplars.filter(nothing=False, state="accepted", kind=Exemplar.PERSON).order_by("pk").first()
    assert exemplar is not None
    for cancelled in (True, False):
        letter = start_praise_letter(by=who("vanphong"), exemplar=exemplar)
        if cancelled:
            others = Unit.objects.filter(commune=period.commune, kind=Unit.VILLAGE).exclude(pk=exemplar.unit_id)
            wrong = letter.addressee.replace(exemplar.unit.name, others.earliest("pk").name)
            praise_letter_approval.save(letter, by=who("vanphong"), addressee=wrong)
        praise_letter_approval.submit(letter, by=who("vanphong"))
        praise_letter_approval.sign(letter, by=who("chutich"), signed_on=period.due_on)
        if cancelled:
            assert letter.document is not None
            cancellation = propose_cancellation(by=who("vanthu"), document=letter.document, reason=WRONG_PLACE)
            agree_to_cancellation(by=who("chutich"), cancellation=cancellation)
    return ""


def _campaign(commune: Commune, year: int, who: DemoActors) -> Story:
    """The campaign of the year, drafted and issued on the day of its plan, and the registrations of the units. Returns ""."""
    plan = in_year(tomllib.loads(campaigns.PLANS.read_text(encoding="utf-8"))["regular"], year)
    plan["grounds"] = "\n".join(line for line in plan["grounds"].splitlines() if str(year) not in line)
    plan["issued_on"] = work_calendar_of(commune.pk).add(plan["issued_on"] - timedelta(days=1), 1)
    yield plan["issued_on"]
    office = current.commune_offices_for(commune.pk, plan["issued_on"]).awards
    plan["assignment"] = plan["assignment"].replace("Phòng Văn hóa - Xã hội", office)
    campaign = campaigns.launch_campaign(commune, plan, who)
    return (yield from campaigns.register_units(campaign, in_year(campaigns.REGULAR, year), who))


def _in_month(value: Any, written: int, month: int, year: int) -> Any:
    """The answers moved to another month: their full dates, and `other_deed` instead of a deed of one season."""
    if isinstance(value, dict):
        answers = value if month == written else _with_other_deed(value)
        return {key: _in_month(one, written, month, year) for key, one in answers.items()}
    if isinstance(value, list):
        return [_in_month(one, written, month, year) for one in value]
    number = f"{month:02d}" if month < 3 else str(month)  # as NĐ 30/2020 writes a month
    return value.replace(f"/{written}/{year}", f"/{number}/{year}") if isinstance(value, str) else value


def _with_other_deed(answers: dict[str, Any]) -> dict[str, Any]:
    return answers | {name: answers[other] for name, other in _OTHER if other in answers}


def in_year(value: Any, year: int) -> Any:
    """The same demo data with the dates and texts of 2026 moved to this year."""
    if isinstance(value, dict):
        return {key: in_year(one, year) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(in_year(one, year) for one in value)
    if isinstance(value, date):
        return value.replace(year=year)
    return value.replace(str(months.YEAR), str(year)) if isinstance(value, str) else value
