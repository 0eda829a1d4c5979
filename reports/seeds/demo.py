"""The report of the demo: that of the story's quarter, sent and waiting for the superior's word."""

from datetime import date

from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.communes.standing import forget
from reports import actions, rules
from reports.models import PeriodReport
from villages.queries import holders

STORY = (2026, 4)  # the quarter of the demo's months
LAST_DAY = date(2027, 1, 12)

WORDS = {
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


def tell(commune: Commune, on: date) -> str:
    """Writes, approves and sends the report of the story's quarter through the actions; once only."""
    year, quarter = STORY
    if (
        on < rules.quarter(year, quarter).first
        or PeriodReport.objects.filter(commune=commune, year=year, quarter=quarter).exists()
    ):
        return ""
    office, clerk, chair = (_holder(commune, role) for role in (Role.office, Role.clerk, Role.chair))
    report = actions.start_report(by=office, commune=commune, year=year, quarter=quarter)
    actions.edit_report(by=office, report=report, **WORDS)  # type: ignore[arg-type]
    actions.submit_report(by=office, report=report)
    actions.approve_report(by=chair, report=report)
    actions.send_report(by=clerk, report=report, issued_on=min(on, LAST_DAY))
    return str(report)


def _holder(commune: Commune, role: Role) -> User:
    user = User.objects.get(pk=holders(commune.pk, role, on=timezone.localdate())[0])
    forget(user)
    return user
