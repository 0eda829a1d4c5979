"""Demo data of campaigns, created through the actions: the regular one of 2026 and a response to the province, both after their sơ kết."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from campaigns.campaigns.actions.campaign import (
    GoalInput,
    campaign_approval,
    save_goals,
)
from campaigns.campaigns.actions.campaign_progress import record_midterm_review
from campaigns.campaigns.actions.registration import decline_campaign, register_for_campaign, report_progress
from campaigns.campaigns.models.campaign import Campaign, Goal
from campaigns.campaigns.models.registration import Registration
from campaigns.catalogue.models import Field
from emulation.communes.models import Commune
from emulation.documents.models import IssuedDocument
from villages.seeds.demo_actors import DemoActors, issue_demo_paper
from villages.seeds.demo_clock import Story, together

PLANS = Path(__file__).with_name("campaigns.toml")
FIRST_DAY = date(2026, 9, 3)
"""The demo campaigns are created only from this day on, when all their events are in the past."""

# by unit: day of the answer, text, titles, figures in the order of the goals; a string alone: declined, with this reason
REGULAR: dict[str, Any] = {
    "thon1": (date(2026, 3, 12), "Bê tông hóa đường xóm Trong; mỗi tổ giúp một hộ khó khăn.", "Thôn văn hóa", "600 3 88"),
    "thon2": (date(2026, 3, 20), "Vận động hiến đất mở rộng đường; nhân rộng mô hình trồng quế.", "Thôn văn hóa", "500 4 85"),
    "thon3": (date(2026, 3, 18), "Nạo vét kênh mương, làm 400 m đường; lập đội văn nghệ.", "", "400 2 82"),
    "thon4": (date(2026, 4, 9), "Làm đường vào khu sản xuất; giữ thôn không có trộm cắp.", "Thôn văn hóa", "450 3 86"),
    "thon5": (date(2026, 3, 25), "Làm đường ra suối, vệ sinh môi trường mỗi tuần.", "", "500 3 84"),
    "tieuhoc": (date(2026, 3, 10), "Dạy kèm học sinh chậm; trường xanh, sạch.", "Tập thể Lao động tiên tiến", ""),
    "mamnon": (date(2026, 3, 16), "Bếp ăn có rau sạch tự trồng; an toàn tuyệt đối cho trẻ.", "", ""),
    "thcs": (date(2026, 3, 11), "Bồi dưỡng học sinh giỏi; không có học sinh bỏ học.", "Tập thể Lao động tiên tiến", ""),
    "tramyte": (date(2026, 3, 30), "Tiêm chủng đủ mũi trên 95%; khám tại nhà cho người già yếu.", "", ""),
    "phunu": (date(2026, 3, 27), "Thu gom rác nhựa, giúp 5 hộ phụ nữ nghèo.", "", " 5"),
    "nongdan": (date(2026, 3, 24), "Giúp vốn, giống cho hội viên khó khăn.", "", " 4"),
    "doanthanhnien": (date(2026, 3, 29), "Mỗi tháng một ngày công vì cộng đồng.", "", "300"),
    "mattran": "Mặt trận chủ trì cuộc vận động toàn dân, đăng ký với Mặt trận cấp trên.",
}  # thôn 6 does not answer  # fmt: skip
THEMATIC: dict[str, Any] = {
    "thon1": (date(2026, 2, 20), "Tổ hỗ trợ 5 người, trực tối thứ năm tại nhà văn hóa.", "", "60 1"),
    "thon2": (date(2026, 2, 24), "Hướng dẫn nộp hồ sơ đất đai, hộ tịch trực tuyến.", "", "50 1"),
    "thon3": (date(2026, 2, 25), "Hướng dẫn tại nhà cho người cao tuổi.", "", "40"),
    "thon4": (date(2026, 2, 27), "Lập nhóm Zalo của thôn, thông báo việc chung trên mạng.", "", "50 1"),
    "thon5": (date(2026, 2, 18), "Hướng dẫn thanh toán không dùng tiền mặt.", "", "40 1"),
    "thon6": (date(2026, 2, 26), "Đoàn viên hướng dẫn từng hộ.", "", "45"),
    "mamnon": (date(2026, 2, 23), "Sổ theo dõi trẻ điện tử.", "", "30 1"),
    "tieuhoc": (date(2026, 2, 19), "Học bạ số; bài giảng dùng chung.", "", "40 2"),
    "thcs": (date(2026, 2, 16), "Sổ điểm điện tử dùng chung cho các tổ bộ môn.", "", "30 3"),
    "tramyte": (date(2026, 2, 27), "Sổ sức khỏe điện tử cho mọi người dân đến khám.", "", "60 1"),
}  # fmt: skip
# by kind and unit: figures reached at the midterm and later, in the order of the goals
MIDTERM_FIGURES: dict[str, dict[str, str]] = {
    "regular": {"thon1": "320 1 88", "thon2": "260 2 84", "thon3": "400 1 80", "thon4": "200", "thon5": "310 1 83", "phunu": " 3"},
    "thematic": {"thon1": "38", "thon2": "30 1", "thon5": "22", "tieuhoc": "25 1", "thcs": "24 2", "tramyte": "48 1"},
}  # fmt: skip
LATER_FIGURES: dict[str, dict[str, str]] = {
    "regular": {"thon1": "620 3 89", "thon2": "480 3 86", "thon4": "430 2 85", "thon5": "505 2 84", "nongdan": " 4",
                "doanthanhnien": "280"},
    "thematic": {"thon1": "61 1", "thon2": "47 1", "thon4": "35", "thon6": "40", "tieuhoc": "41 2", "thcs": "31 3", "tramyte": "66 1"},
}  # fmt: skip
MIDTERM_DAYS = {"regular": date(2026, 6, 24), "thematic": date(2026, 8, 25)}
LATER_DAY = date(2026, 9, 1)


def campaign_stories(commune: Commune, on: date, who: DemoActors) -> Story:
    """Both campaigns, once, if `on` is after their sơ kết. Returns a summary in Vietnamese, or ""."""
    if on < FIRST_DAY or Campaign.objects.filter(commune=commune).exists():
        return ""
    plans = tomllib.loads(PLANS.read_text(encoding="utf-8"))
    yield from together(
        _campaign_story(commune, "regular", plans["regular"], REGULAR, who),
        _campaign_story(commune, "thematic", plans["thematic"], THEMATIC, who),
    )
    return "2 phong trào thi đua"


def _campaign_story(
    commune: Commune, code: str, plan: dict[str, Any], answers: dict[str, Any], who: DemoActors
) -> Story:
    yield plan["issued_on"]
    campaign = launch_campaign(commune, plan, who)
    yield from register_units(campaign, answers, who)
    yield MIDTERM_DAYS[code]
    _progress(campaign, MIDTERM_FIGURES[code], MIDTERM_DAYS[code], who)
    yield plan["midterm_held_on"]
    record_midterm_review(
        by=who("vanphong"), campaign=campaign, held_on=plan["midterm_held_on"], note=plan["midterm_note"]
    )
    yield LATER_DAY
    _progress(campaign, LATER_FIGURES[code], LATER_DAY, who)
    return ""


EXEMPLARS_IN_CAMPAIGN = {"Trần Đức Ý": "thematic", "Nguyễn Thị Quý": "regular"}
"""Exemplars of the demo that belong to a campaign, by name."""


def campaign_of(commune: Commune, name: str) -> Campaign | None:
    """The running campaign to which the demo exemplar of this name belongs."""
    kind = EXEMPLARS_IN_CAMPAIGN.get(name)
    of_the_year = Campaign.objects.filter(commune=commune, kind=kind, year=FIRST_DAY.year)
    return of_the_year.running().first() if kind else None


def launch_campaign(commune: Commune, plan: dict[str, Any], who: DemoActors) -> Campaign:
    """The campaign of a plan of campaigns.toml, issued on its day or after the last plan of the commune."""
    office = who("vanphong")
    start = {name: plan[name] for name in ("name", "kind", "initiator")}
    campaign = campaign_approval.start(by=office, commune=commune, year=plan["issued_on"].year, **start)
    names = (*Campaign.TEXTS, *Campaign.DAYS, "parent_name", "parent_paper", "focus", "unit_kinds")
    columns = {name: plan[name] for name in names if name in plan}
    if "field" in plan:
        columns["field"] = Field.objects.get(code=plan["field"])
    campaign_approval.save(campaign, by=office, **columns)
    goals = [GoalInput(**{**goal, "target": Decimal(goal["target"])}) for goal in plan["goals"]]
    save_goals(by=office, campaign=campaign, goals=goals)
    of_year = IssuedDocument.objects.filter(commune=commune, issued_on__year=campaign.year)
    last = of_year.filter(series="ke_hoach").order_by("-issued_on").first()
    day = max(plan["issued_on"], last.issued_on if last else date.min)
    issue_demo_paper(campaign_approval, campaign, who, day)
    return campaign


def register_units(campaign: Campaign, answers: dict[str, Any], who: DemoActors) -> Story:
    """The answers of the units, in the form of REGULAR; those that decline do so on 23 March of the campaign's year."""
    registrations = Registration.objects.filter(campaign=campaign).select_related("unit")
    yield from together(
        *(_register(one, answers[one.unit.code], who) for one in registrations if one.unit.code in answers)
    )
    return ""


def _register(registration: Registration, answer: Any, who: DemoActors) -> Story:
    head = who(registration.unit.code)
    campaign = registration.campaign
    if isinstance(answer, str):
        day = date(campaign.year, 3, 23)
        yield day
        decline_campaign(by=head, registration=registration, reason=answer, on=day)
        return ""
    day, text, titles, figures = answer
    yield day
    register_for_campaign(
        by=head,
        registration=registration,
        text=text,
        titles=titles,
        figures=_figures(list(campaign.goals.all()), figures),
        on=day,
    )
    return ""


def _progress(campaign: Campaign, reached: dict[str, str], day: date, who: DemoActors) -> None:
    goals = list(campaign.goals.all())
    for registration in Registration.objects.filter(campaign=campaign, unit__code__in=reached).select_related("unit"):
        code = registration.unit.code
        figures = _figures(goals, reached[code])
        report_progress(by=who(code), registration=registration, on=day, figures=figures)


def _figures(goals: list[Goal], text: str) -> dict[int, Decimal]:
    """The figures of "600 3 88" by goal id, in the order of the goals; an empty place skips a goal."""
    parts = text.split(" ") if text else []
    return {goal.pk: Decimal(part) for goal, part in zip(goals, parts, strict=False) if part}
