"""Demo data of the app, created through the actions by demo users: an issued letter, campaigns, and months of exemplars."""

import io
import random
from datetime import date
from typing import Any

from django.utils import timezone
from PIL import Image, ImageDraw

from campaigns.catalogue.models import Field
from campaigns.directives.actions.letter import letter_approval, start_letter
from campaigns.directives.models.directive import Directive
from campaigns.exemplars.actions.exemplar import (
    ExemplarContent,
    accept_exemplar,
    return_exemplar,
    start_exemplar,
    start_nothing,
    submit_exemplar,
)
from campaigns.exemplars.actions.exemplar_photo import add_photo
from campaigns.exemplars.actions.period import open_month
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.obligations.queries import open_obligations
from campaigns.reminders.actions.reminder_letter import start_reminder_letter
from campaigns.seeds import campaigns, duties, shortlists
from campaigns.seeds import months as earlier
from emulation.communes.models import Commune
from villages.models import Household, Person, Unit
from villages.seeds.captions import caption_font
from villages.seeds.demo_actors import DemoActors, issue_demo_paper
from villages.seeds.demo_clock import Story, play_story, together

# by month: unit, kind, nominee, field, deed, result, photos, outcome (accept, return, none: still waiting, draft: not sent)
STORY: dict[int, list[tuple[str, str, str, str, str, str, int, str]]] = {
    10: [
        (
            "thon1", "person", "Vi Văn Thành", "nong-thon-moi",
            "Ngày 04/10/2026, gia đình hiến 200 m² đất vườn để mở rộng đường vào xóm Trong, tự tháo dỡ 35 m "
            "tường rào và góp 15 ngày công cùng Nhân dân đổ bê tông.",
            "Đoạn đường 320 m rộng từ 2 m thành 4 m, xe chở mía vào được đến xóm; 12 hộ khác cùng hiến đất theo.",
            2, "accept",
        ),
        (
            "thon2", "household", "Vi Văn Chiến", "kinh-te",
            "Gia đình chuyển 1,5 ha đất đồi trồng sắn sang trồng quế xen gừng, bỏ vốn mua giống cho ba hộ cùng làm.",
            "Thu 180 triệu đồng trong năm, ba hộ cùng làm có việc làm quanh năm.", 1, "accept",
        ),
        (
            "thon4", "person", "Bùi Văn Ưng", "quoc-phong-an-ninh",
            "Đêm 17/10/2026, cùng tổ an ninh thôn phát hiện, bắt giữ hai người trộm máy bơm của Nhân dân, giao Công an xã.",
            "Trả lại 03 máy bơm cho ba gia đình.", 0, "accept",
        ),
        (
            "tieuhoc", "person", "Nguyễn Thị Quý", "giao-duc",
            "Dạy kèm miễn phí mỗi tối thứ ba, thứ năm cho 9 học sinh lớp 2 đọc viết còn chậm.",
            "Sau hai tháng, 8 em đọc trơn, 1 em còn phải kèm thêm.", 1, "accept",
        ),
        (
            "tramyte", "person", "Đỗ Thị Êm", "y-te",
            "Đến từng nhà ở Thôn 3, Thôn 5 vận động tiêm phòng cho trẻ dưới 5 tuổi, kể cả ngày nghỉ.",
            "96/98 cháu được tiêm đủ mũi.", 0, "accept",
        ),
        ("phunu", "collective", "", "moi-truong",
         "Tổ chức bốn buổi thu gom rác thải nhựa dọc suối, đổi rác lấy cây giống.", "Gom 640 kg rác, đổi 300 cây quế giống.",
         1, "accept"),
    ],
    11: [
        (
            "thon1", "person", "Lê Thị Lụa", "giam-ngheo",
            "Cho hai hộ cận nghèo mượn ba con bò cái sinh sản, hướng dẫn trồng cỏ và làm chuồng.",
            "Hai hộ đã có bê, dự kiến thoát cận nghèo trong năm.", 1, "accept",
        ),
        (
            "thon3", "person", "Lữ Thị Ơn", "van-hoa-xa-hoi",
            "Lập đội văn nghệ của thôn, tập mỗi tối thứ bảy.", "", 0, "return",
        ),
        (
            "thon5", "person", "Vi Thị Xuân", "y-te",
            "Đêm mưa 08/11/2026, đi bộ 6 km đưa sản phụ ra Trạm Y tế kịp thời.",
            "Sản phụ và trẻ sơ sinh an toàn; phụ nữ mang thai trong thôn đi khám thai đều hơn.", 1, "none",
        ),
        (
            "thon6", "person", "Lê Hữu Ái", "quoc-phong-an-ninh",
            "Ngày 12/11/2026, lao xuống hồ Đồng Cần cứu hai học sinh bị đuối nước.",
            "Hai em học sinh được cứu sống.", 2, "none",
        ),
        ("thcs", "person", "Trần Đức Ý", "cai-cach-chuyen-doi-so",
         "Làm sổ điểm điện tử dùng chung cho các tổ bộ môn, hướng dẫn đồng nghiệp dùng.",
         "Giảm hai ngày làm báo cáo mỗi học kỳ.", 0, "accept"),
        ("mamnon", "collective", "", "giao-duc", "Nhà trường đang làm vườn rau sạch cho bếp ăn.", "", 0, "draft"),
    ],
}  # fmt: skip
NOTHING = {
    10: ("thcs", "Nhà trường đang tập trung hội giảng, bình xét vào tháng 11."),
    11: ("nongdan", "Hội đang tổng hợp kết quả vụ mùa, chưa bình xét tháng này."),
}
SENT_ON = 19
REVIEWED_ON = 21
"""Days of a month."""
RETURN_NOTES = {
    "deed": "Ghi rõ đội có bao nhiêu người, đã biểu diễn ở đâu, ngày nào.",
    "result": "Bổ sung kết quả: bao nhiêu buổi, bà con hưởng ứng ra sao.",
}


def play_campaigns_demo(commune: Commune, on: date | None = None) -> str:
    """Play `campaigns_story` up to the day `on` (default: today). Returns a summary in Vietnamese, or ""."""
    return play_story(campaigns_story(commune, on or timezone.localdate()))


def campaigns_story(commune: Commune, on: date) -> Story:
    """A letter of 2021, campaigns, past months, October and November 2026, each act on its day, up to the day `on`.

    Does nothing when the commune has a directive already. Returns a summary in Vietnamese, or "".
    """
    if Directive.objects.filter(commune=commune).exists():
        return ""
    who = DemoActors()
    months = [month for month in sorted(STORY) if (2026, month) <= (on.year, on.month)]
    _, _, past_months, *_ = yield from together(
        _issue_letter(commune, who),
        campaigns.campaign_stories(commune, on, who),
        earlier.past_months(commune, on, who),
        *(_month(commune, month, on, who) for month in months),
        shortlists.shortlists_story(commune, on, who),
        _start_reminder_letter(commune, on, who),
    )
    return f"1 công văn, {past_months}, {Exemplar.objects.filter(commune=commune).count()} điển hình của {len(months)} tháng"


def _issue_letter(commune: Commune, who: DemoActors) -> Story:
    """Issue the letter of 2021; its day and number are invented for the demo."""
    day = date(2021, 9, 15)
    yield day
    directive = duties.receive_demo_directives(commune, who)
    letter = start_letter(by=who("vanphong"), directive=directive, on=day)
    duties.set_demo_days(directive, who)
    issue_demo_paper(letter_approval, letter, who, day)
    yield from duties.report_demo_duties(letter, who)
    return ""


def _month(commune: Commune, month: int, on: date, who: DemoActors) -> Story:
    """The month's exemplars: sent on one day, reviewed two days later, both at most on the day `on`."""
    office = who("vanphong")
    yield date(2026, month, 1)
    period = open_month(commune=commune, on=date(2026, month, 1))
    sent = []
    yield min(date(2026, month, SENT_ON), on)
    units = {unit.code: unit for unit in Unit.objects.filter(commune=commune)}
    for place, (code, kind, name, field, deed, result, photos, outcome) in enumerate(STORY[month]):
        head = who(code)
        unit = units[code]
        content = ExemplarContent(
            kind=kind,
            person=Person.objects.get(unit=unit, full_name=name) if kind == Exemplar.PERSON else None,
            household=Household.objects.get(unit=unit, head_name=name) if kind == Exemplar.HOUSEHOLD else None,
            field=Field.objects.get(code=field),
            campaign=campaigns.campaign_of(commune, name),
            deed=deed,
            result=result,
        )
        exemplar = start_exemplar(by=head, unit=unit, period=period, content=content)
        for number in range(photos):
            add_photo(by=head, exemplar=exemplar, data=drawn_picture(month * 100 + place * 10 + number))
        if outcome == "draft":
            continue
        submit_exemplar(by=head, exemplar=exemplar)
        sent.append((exemplar, outcome))
    code, reason = NOTHING[month]
    nothing = start_nothing(by=who(code), unit=units[code], period=period, reason=reason)
    submit_exemplar(by=who(code), exemplar=nothing)
    yield min(date(2026, month, REVIEWED_ON), on)
    for exemplar, outcome in [*sent, (nothing, "accept")]:
        if outcome == "accept":
            accept_exemplar(by=office, exemplar=exemplar)
        elif outcome == "return":
            return_exemplar(by=office, exemplar=exemplar, notes=RETURN_NOTES)
    return ""


def _start_reminder_letter(commune: Commune, on: date, who: DemoActors) -> Story:
    """Submit a reminder letter about overdue obligations, if there are any."""
    yield on
    office = who("vanphong")
    if overdue := [one for one in open_obligations(commune.pk, on) if one.due_on < on]:
        letter = start_reminder_letter(by=office, commune=commune, obligations=overdue, on=on)
        letter_approval.submit(letter, by=office)
    return ""


def drawn_picture(seed: int) -> bytes:
    """A drawn landscape as JPEG, marked "ảnh minh họa": the demo shows no real person or place."""
    chance = random.Random(seed)  # noqa: S311  (a picture, no secret)
    image = Image.new("RGB", (960, 720))
    draw: Any = ImageDraw.Draw(image)
    sky = (chance.randint(150, 215), chance.randint(190, 225), 235)
    field = (chance.randint(60, 130), chance.randint(120, 165), 70)
    for y in range(720):
        lightness = min(1.0, y / 430)  # the sky gets lighter towards the horizon at y = 430
        sky_colour = tuple(int(part + (252 - part) * lightness) for part in sky)
        draw.line([(0, y), (960, y)], fill=sky_colour if y < 430 else field)
    for layer in range(3):
        points = [(x, 330 + layer * 55 - chance.randint(0, 120 - layer * 30)) for x in range(0, 1081, 120)]
        shade = tuple(int(part * (0.75 + layer * 0.1)) for part in (96, 132, 118))
        draw.polygon([(0, 720), *points, (1080, 720)], fill=shade)
    draw.polygon([(430, 720), (620, 720), (545, 470), (520, 470)], fill=(214, 196, 160))
    draw.rectangle([0, 660, 960, 720], fill=(250, 246, 237))
    draw.text((150, 672), f"Ảnh minh họa {seed}", fill=(70, 58, 48), font=caption_font(34))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
