"""The demo report: sent, and waiting for the acknowledgement of the superior."""

from datetime import date

from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.capacity import clear_capacity_cache, role_holder_ids
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from reports.actions import period_report
from reports.actions.period_report import period_report_approval
from reports.models import PeriodReport
from reports.rules import quarters

DEMO_QUARTER = (2026, 4)  # the quarter of the demo months
DEMO_LAST_DAY = date(2027, 1, 12)

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


def play_reports_demo(commune: Commune, on: date) -> str:
    """Writes, approves and sends the report of DEMO_QUARTER through the actions; does nothing when it exists."""
    year, quarter = DEMO_QUARTER
    if on < quarters.quarter_range(year, quarter).first:
        return ""
    if PeriodReport.objects.filter(commune=commune, year=year, quarter=quarter).exists():
        return ""
    office, clerk, chair = (_holder(commune, role) for role in (Role.office, Role.clerk, Role.chair))
    report = period_report.start_period_report(by=office, commune=commune, year=year, quarter=quarter)
    period_report_approval.save(report, by=office, **DEMO_REPORT_TEXT)  # type: ignore[arg-type]
    period_report_approval.submit(report, by=office)
    period_report_approval.approve(report, by=chair)
    period_report_approval.issue(report, by=clerk, issued_on=min(on, DEMO_LAST_DAY))
    return str(report)


def _holder(commune: Commune, role: Role) -> User:
    user = User.objects.get(pk=role_holder_ids(commune.pk, role, on=timezone.localdate())[0])
    clear_capacity_cache(user)
    return user
