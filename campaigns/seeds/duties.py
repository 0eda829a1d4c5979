"""Demo data of directives and tasks: a chain of directives, assignments, receipts, reports in time, late and missing."""

import io
from datetime import date
from typing import TypeAlias

from PIL import Image, ImageDraw

from campaigns.directives.actions.directive import receive_directive, route_directive
from campaigns.directives.actions.duty import DutyText, edit_duty
from campaigns.directives.actions.duty_report import (
    DutyReportText,
    accept_duty_report,
    report_duties,
    report_own_duties,
    return_duty_report,
)
from campaigns.directives.actions.letter import acknowledge_letter
from campaigns.directives.actions.recipient import acknowledge_above, record_received
from campaigns.directives.models.directive import Directive
from campaigns.directives.models.duty import DutyReport
from campaigns.directives.models.letter import Letter
from campaigns.directives.queries.outlines import known_directives
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.legal.calendar.commune_calendar import work_calendar_of
from villages.seeds.captions import caption_font
from villages.seeds.demo_actors import DemoActors
from villages.seeds.demo_clock import Story, together

LATE = ("thon3", "thcs", "doanthanhnien")
FIRST = "D3"
PLAN = "D4"
MONTHLY = "D6"
YEARLY = "D10"
RECURRING = (MONTHLY, YEARLY)
RECURRING_AFTER = 26
UnitReport: TypeAlias = tuple[str, tuple[str, ...], str, int, str]
OwnReport: TypeAlias = tuple[tuple[str, ...], str, int, str]
# unit, codes of the reported tasks, text, working days after issue, outcome (accept, return, cannot: accepted as not possible, wait)
REPORTS: tuple[UnitReport, ...] = (
    ("thon1", ("D2", "D3", "D4", "D27"), "Họp thôn phổ biến Chỉ thị 04, 86 hộ dự; đã có kế hoạch tuyên truyền trên loa.", 8, "accept"),
    ("thon1", ("D5", "D6", "D7"), "Mỗi tháng chọn một gương trong buổi họp thôn, báo lên xã trước ngày 25.", 20, "accept"),
    ("thon2", ("D2", "D3", "D4", "D27"), "Phổ biến tại hai buổi họp xóm, có 71 hộ; dán kế hoạch ở nhà văn hóa.", 10, "accept"),
    ("thon2", ("D9",), "Hưởng ứng phong trào của huyện.", 22, "return"),
    ("thon3", ("D2", "D3", "D4"), "Thôn phổ biến muộn vì trùng vụ thu hoạch; 54 hộ dự họp.", 31, "accept"),
    ("thon4", ("D2", "D3", "D4", "D27"), "Họp thôn lồng với họp chi bộ, 63 hộ dự.", 9, "accept"),
    ("thon4", ("D8",), "Phát động thi đua làm đường ngõ xóm trong quý IV.", 24, "wait"),
    ("thon5", ("D2", "D3"), "Đọc trên loa ba buổi tối, họp thôn 58 hộ.", 12, "accept"),
    ("thon5", ("D4",), "Chưa có người viết kế hoạch; đề nghị Văn phòng hướng dẫn mẫu.", 15, "cannot"),
    ("mamnon", ("D2", "D3", "D4", "D27"), "Phổ biến trong họp hội đồng, 18 giáo viên, nhân viên dự.", 7, "accept"),
    ("tieuhoc", ("D2", "D3", "D4", "D7", "D27"), "Phổ biến đến 32 giáo viên; phát động thi đua Dạy tốt - Học tốt.", 6, "accept"),
    ("thcs", ("D2", "D3", "D4"), "Phổ biến trong họp hội đồng sư phạm, 27 người dự.", 33, "accept"),
    ("thcs", ("D17",), "Đã sửa quy chế thi đua của trường, gửi kèm ảnh bìa.", 36, "wait"),
    ("tramyte", ("D2", "D3", "D4", "D27"), "Phổ biến đến 6 viên chức và 6 y tế thôn.", 8, "accept"),
    ("mattran", ("D1", "D27"), "Ký chương trình phối hợp với UBND xã; giao các thành viên tuyên truyền.", 11, "accept"),
    ("phunu", ("D1", "D27"), "Phổ biến đến 6 chi hội, 210 hội viên.", 12, "accept"),
    ("nongdan", ("D1",), "Lồng trong sinh hoạt chi hội ở 4 thôn.", 14, "wait"),
)  # fmt: skip
OWN: tuple[OwnReport, ...] = (
    (("D2", "D12", "D13", "D14", "D21", "D22", "D23"), "Đã tham mưu văn bản, hướng dẫn các đơn vị, dùng phần mềm.", 13, "accept"),
    (("D16", "D24"), "Hội đồng đã phân công từng ủy viên phụ trách; hồ sơ kiện toàn đã trình.", 16, "accept"),
    (("D25",), "Đôn đốc qua điện thoại và bảng theo dõi; còn vài đơn vị chưa báo đủ.", 30, "wait"),
)  # fmt: skip


def receive_demo_directives(commune: Commune, who: DemoActors) -> Directive:
    """Register the two directives; the chair assigns the second to the office. Returns the second."""
    clerk = who("vanthu")
    chair = who("chutich")
    office = who("vanphong")
    above = receive_directive(by=clerk, commune=commune, **known_directives()["04-CT/TU"])
    directive = receive_directive(
        by=clerk,
        commune=commune,
        **known_directives()["1757/UBND-NV"],
        carries_out=above,
        scans=[("Trang 1 (minh họa).png", drawn_page("1757/UBND-NV"))],
    )
    route_directive(
        by=chair, directive=directive, to=office, note="Tham mưu công văn triển khai đến các thôn, trường, trạm."
    )
    route_directive(by=office, directive=above, to=who("hoidong2"), note="Nắm nội dung để phổ biến trong Hội đồng.")
    return directive


def set_demo_days(directive: Directive, who: DemoActors) -> None:
    """Set due days: two soon after the letter, of recurring tasks the first time."""
    days = {
        FIRST: date(2021, 10, 15),
        PLAN: date(2021, 10, 15),
        MONTHLY: date(2021, 10, 25),
        YEARLY: date(2021, 12, 15),
    }
    for duty in directive.duties.filter(code__in=days):
        text = DutyText(duty.words, duty.performers, duty.group, False, days[duty.code], duty.recurring)
        edit_duty(by=who("vanphong"), duty=duty, text=text)


def report_demo_duties(letter: Letter, who: DemoActors) -> Story:
    """All units acknowledge, some late; most report tasks, Thôn 6 none; one report is returned."""
    assert letter.issued_on is not None
    yield from together(
        _acknowledge(letter, 2, who),
        _acknowledge(letter, 6, who),
        _confirm_other_recipients(letter, who),
        *(_report(letter, report, who) for report in (*REPORTS, *_first_recurring(letter))),
        *(_report_own(letter, own, who) for own in OWN),
    )
    return ""


def _day_after(letter: Letter, working_days: int) -> date:
    assert letter.issued_on is not None
    return work_calendar_of(letter.commune_id).add(letter.issued_on, working_days)


def _acknowledge(letter: Letter, after: int, who: DemoActors) -> Story:
    """The units acknowledge that many working days after the letter: those of LATE six, the others two."""
    yield _day_after(letter, after)
    for receipt in letter.receipts.select_related("unit"):
        if (receipt.unit.code in LATE) == (after > 2):
            acknowledge_letter(by=who(receipt.unit.code), receipt=receipt)
    return ""


def _first_recurring(letter: Letter) -> list[UnitReport]:
    """The units that report at all also report the recurring tasks the first time."""
    units = sorted({code for code, *_ in REPORTS})
    return [(code, RECURRING, "Đã làm lần đầu, từ nay làm đều theo kỳ.", RECURRING_AFTER, "accept") for code in units]


def _report(letter: Letter, report: UnitReport, who: DemoActors) -> Story:
    code, codes, text, after, outcome = report
    day = _day_after(letter, after)
    yield day
    receipt = letter.receipts.select_related("unit").get(unit__code=code)
    ids = list(receipt.duties.filter(duty__code__in=codes, report=None).values_list("pk", flat=True))
    if not ids:
        return ""
    photos = [("Ảnh minh họa.png", drawn_page(receipt.unit.name))] if code == "thon1" or codes == ("D17",) else []
    content = DutyReportText(text, day, cannot=outcome == "cannot", files=photos)
    yield from _review(
        report_duties(by=who(code), receipt=receipt, duty_ids=ids, content=content), letter, who("vanphong"), report
    )
    return ""


def _report_own(letter: Letter, own: OwnReport, who: DemoActors) -> Story:
    codes, text, after, _ = own
    day = _day_after(letter, after)
    yield day
    ids = list(letter.unit_duties.filter(receipt=None, duty__code__in=codes).values_list("pk", flat=True))
    report = report_own_duties(by=who("vanphong"), letter=letter, duty_ids=ids, content=DutyReportText(text, day))
    yield from _review(report, letter, who("chutich"), own)
    return ""


def _confirm_other_recipients(letter: Letter, who: DemoActors) -> Story:
    office = who("vanphong")
    day = _day_after(letter, 1)
    yield day
    for line in letter.lines.filter(state="waiting"):
        if line.kind == "superior":
            acknowledge_above(by=who("phongnoivu"), line=line)
        else:
            how = "zalo" if line.kind == "officials" else "paper"
            record_received(
                by=office, line=line, received_on=day, how=how, note="Ký sổ giao nhận" if how == "paper" else ""
            )
    return ""


def _review(report: DutyReport, letter: Letter, reviewer: User, planned: UnitReport | OwnReport) -> Story:
    """A working day later the report is accepted or returned, or it still waits."""
    *_, after, outcome = planned
    yield _day_after(letter, after + 1)
    if outcome in ("accept", "cannot"):
        accept_duty_report(by=reviewer, report=report)
    elif outcome == "return":
        ids = list(report.duties.values_list("pk", flat=True))
        reason = "Ghi rõ phong trào nào, bao nhiêu hộ tham gia."
        return_duty_report(by=reviewer, report=report, duty_ids=ids, reason=reason)
    return ""


def drawn_page(title: str) -> bytes:
    """A drawn page as PNG, marked "minh họa": the demo shows no real document."""
    sheet = Image.new("RGB", (620, 877), "#fffdf9")
    draw = ImageDraw.Draw(sheet)
    draw.text((60, 70), f"{title} (minh họa)", fill="#2b211b", font=caption_font(28))
    for line in range(24):
        draw.line([(60, 150 + line * 28), (560 - (line % 5) * 30, 150 + line * 28)], fill="#cbbfa8", width=6)
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()
