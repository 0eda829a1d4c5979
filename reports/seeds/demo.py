"""The demo reports: the third quarter sent and waiting for the superior, the fourth sent or, before its count day, a draft."""

from datetime import date

from django.utils import timezone

from campaigns.exemplars.actions.exemplar import ExemplarContent, accept_exemplar, start_exemplar, submit_exemplar
from campaigns.models import Exemplar, Field, Period
from emulation.accounts.models import User
from emulation.communes.capacity import clear_capacity_cache, role_holder_ids
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from reports.actions import period_report
from reports.actions.period_report import period_report_approval
from reports.models import PeriodReport
from reports.rules import quarters
from villages.models import Unit
from villages.seeds.demo_actors import DemoActors
from villages.seeds.demo_clock import Story, together

REPORTED_QUARTER = (2026, 3)
REPORTED_ON = date(2026, 10, 14)
ACCEPTED_LATE = date(2026, 10, 16)
DEMO_QUARTER = (2026, 4)  # the quarter of the demo months
DEMO_LAST_DAY = date(2027, 1, 12)
LATE_DEED = (
    "Đêm mưa lớn tháng 9, đội thanh niên xung kích thôn thức trắng đắp bờ, giữ được đoạn mương chính; thôn gửi muộn vì đường "
    "bị chia cắt."
)

DEMO_REPORT_TEXT = {
    "assessment": (
        "Các thôn, trường học, trạm y tế và đoàn thể đã hưởng ứng phong trào thi đua, chủ động giới thiệu người tốt, việc tốt.\n"
        "Việc khen thưởng hướng về người trực tiếp lao động, học tập; thủ tục gọn, công khai."
    ),
    "shortcomings": (
        "Một số đơn vị gửi điển hình chậm hoặc chưa gửi; vài lĩnh vực chưa có điển hình.\n"
        "Nguyên nhân: chưa phân công người theo dõi ở đơn vị, việc phát hiện nhân tố mới còn bị động."
    ),
    "plan": (
        "Tiếp tục quán triệt Chỉ thị số 04-CT/TU; mỗi đơn vị mỗi tháng giới thiệu ít nhất một điển hình hoặc báo rõ lý do không có.\n"
        "Đôn đốc các đơn vị chưa gửi; chú trọng khen thưởng người trực tiếp lao động và thành tích đột xuất."
    ),
}


def reports_story(commune: Commune, on: date) -> Story:
    """Both reports through the actions; nothing for a quarter that has a report or has not begun.

    After the third quarter was reported one of its exemplars is accepted late, so the next report has an adjustment.
    """
    done = yield from together(
        _report(commune, REPORTED_QUARTER, on, REPORTED_ON),
        _accept_late_exemplar(commune, on),
        _report(commune, DEMO_QUARTER, on, DEMO_LAST_DAY),
    )
    return ", ".join(filter(None, done))


def _report(commune: Commune, quarter: tuple[int, int], on: date, issued_on: date) -> Story:
    """The report of the quarter: issued, or a draft with its text before the count day; "" when it exists already."""
    year, number = quarter
    if on < quarters.quarter_range(year, number).first:
        return ""
    day = min(on, issued_on)
    yield day
    if PeriodReport.objects.filter(commune=commune, year=year, quarter=number).exists():
        return ""
    office, clerk, chair = (_holder(commune, role) for role in (Role.office, Role.clerk, Role.chair))
    report = period_report.start_period_report(by=office, commune=commune, year=year, quarter=number)
    period_report_approval.save(report, by=office, **DEMO_REPORT_TEXT)  # type: ignore[arg-type]
    if day < report.count_day:
        return str(report)
    period_report_approval.submit(report, by=office)
    period_report_approval.approve(report, by=chair)
    return str(period_report_approval.issue(report, by=clerk, issued_on=day))


def _accept_late_exemplar(commune: Commune, on: date) -> Story:
    """A collective of the last reported month, sent and accepted after the report; once only."""
    if on < ACCEPTED_LATE:
        return ""
    yield ACCEPTED_LATE
    year, number = REPORTED_QUARTER
    if Exemplar.objects.filter(commune=commune, deed=LATE_DEED).exists():
        return ""
    period = Period.objects.filter(commune=commune, kind=Period.MONTH, year=year, number=number * 3).first()
    unit = Unit.objects.filter(commune=commune, code="thon4").first()
    if period is None or unit is None:
        return ""
    who = DemoActors()
    content = ExemplarContent(kind=Exemplar.COLLECTIVE, field=Field.objects.first(), deed=LATE_DEED)
    exemplar = start_exemplar(by=who(unit.code), unit=unit, period=period, content=content)
    submit_exemplar(by=who(unit.code), exemplar=exemplar)
    accept_exemplar(by=who("vanphong"), exemplar=exemplar)
    return ""


def _holder(commune: Commune, role: Role) -> User:
    user = User.objects.get(pk=role_holder_ids(commune.pk, role, on=timezone.localdate())[0])
    clear_capacity_cache(user)
    return user
