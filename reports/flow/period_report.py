"""Workflow of the quarterly report: approval, sending, and the superior's answer."""

from emulation.core.formatting import format_date
from emulation.documents.approval.flow import ApprovalFlow
from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, State, Step
from reports.models import PeriodReport


def missing_report_parts(report: PeriodReport) -> str | None:
    """Message that names the empty text parts; None when the text is complete."""
    parts = {
        "đánh giá chung": report.assessment,
        "tồn tại, hạn chế": report.shortcomings,
        "phương hướng quý sau": report.plan,
    }
    missing = [label for label, text in parts.items() if not text]
    return f"Báo cáo còn thiếu phần: {', '.join(missing)}." if missing else None


def report_not_ready(report: PeriodReport) -> str | None:
    """Why the report cannot be submitted yet: its figures are not counted, or text is missing; None when it can."""
    if report.is_provisional:
        return f"Số liệu của {report.title} chốt hết ngày {format_date(report.count_day)}; trước ngày đó chỉ soạn và xem trước."
    return missing_report_parts(report)


COMMUNE_REPORTS = Flow(
    model="communes.Commune",
    title="Báo cáo của xã",
    states={},
    steps=(
        Step(
            "reports.start",
            "Lập báo cáo quý",
            permissions.office,
            url="reports:start",
            form=True,
            icon="plus-lg",
            hidden=True,
        ),
    ),
)

SUPERIOR_STEPS = (
    Step(
        "reports.acknowledge",
        "Xác nhận đã nhận",
        permissions.superior,
        sources=("sent",),
        target="acknowledged",
        refused="Báo cáo này đã được xác nhận hoặc đã trả lại.",
        url="reports:acknowledge",
        todo_action="Xem, xác nhận",
        todo_rank=41,
        todo="Xem và xác nhận đã nhận báo cáo quý",
        icon="check2-circle",
        tone="primary",
    ),
    Step(
        "reports.send_back",
        "Trả lại kèm lý do",
        permissions.superior,
        sources=("sent",),
        target="sent_back",
        url="reports:send_back",
        form=True,
        icon="arrow-return-left",
    ),
    Step(
        "reports.redo",
        "Lập lại báo cáo",
        permissions.office,
        sources=("sent_back", "cancelled"),
        target="draft",
        url="reports:redo",
        todo_rank=35,
        todo="Lập lại báo cáo quý",
        icon="arrow-repeat",
        tone="primary",
        confirm="Mở bản mới để sửa? Bản đã gửi vẫn được lưu; bản mới sẽ mang số mới.",
    ),
)

PERIOD_REPORT_APPROVAL_FLOW = ApprovalFlow(
    model=PeriodReport,
    acts="reports.{verb}",
    renamed={"save": "edit", "issue": "send"},
    title="Báo cáo quý",
    name="báo cáo quý",
    page="reports:report",
    icon="bar-chart",
    edit_label="Viết phần lời",
    end="sent",
    end_label="Lấy số, gửi cấp trên",
    end_todo="Lấy số, gửi báo cáo quý cho cấp trên",
    submit_guard=report_not_ready,
    dropped_state="",  # every quarter has one
    cancelled_from=("sent", "acknowledged"),
    own_steps=SUPERIOR_STEPS,
    confirm={
        "submit": "Trình Chủ tịch? Số liệu được chốt ở thời điểm này.",
        "approve": "Duyệt báo cáo này? Văn thư sẽ lấy số và gửi cấp trên.",
    },
    own_states={
        "sent": State("Đã gửi cấp trên", "send", "wait"),
        "acknowledged": State("Cấp trên đã nhận", "check-circle", "good"),
        "sent_back": State("Cấp trên trả lại", "arrow-return-left", "bad"),
    },
)
