"""Workflow of the quarterly report."""

from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, State, Step
from reports.models import PeriodReport

PERIOD_REPORT_STATES = {
    "draft": State("Đang soạn", "pencil"),
    "submitted": State("Chờ Chủ tịch duyệt", "hourglass-split", "wait"),
    "approved": State("Đã duyệt, chờ ban hành", "pen", "wait"),
    "sent": State("Đã gửi cấp trên", "send", "wait"),
    "acknowledged": State("Cấp trên đã nhận", "check-circle", "good"),
    "sent_back": State("Cấp trên trả lại", "arrow-return-left", "bad"),
}


def missing_report_parts(report: PeriodReport) -> str | None:
    """Message that names the empty text parts; None when the text is complete."""
    parts = {
        "đánh giá chung": report.assessment,
        "tồn tại, hạn chế": report.shortcomings,
        "phương hướng quý sau": report.plan,
    }
    missing = [label for label, text in parts.items() if not text]
    return f"Báo cáo còn thiếu phần: {', '.join(missing)}." if missing else None


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

PERIOD_REPORT = Flow(
    model=PeriodReport.subject_key,
    title="Báo cáo quý",
    page="reports:report",
    icon="bar-chart",
    states=PERIOD_REPORT_STATES,
    steps=(
        Step(
            "reports.edit",
            "Viết phần lời",
            permissions.office,
            sources=("draft",),
            refused="Báo cáo đã trình nên không sửa được nữa.",
            url="reports:edit",
            form=True,
            icon="pencil",
        ),
        Step(
            "reports.submit",
            "Trình Chủ tịch duyệt",
            permissions.office,
            sources=("draft",),
            target="submitted",
            guard=missing_report_parts,
            refused="Báo cáo này đã trình rồi.",
            url="reports:submit",
            todo="Hoàn thiện báo cáo quý, trình Chủ tịch",
            icon="send",
            tone="primary",
            confirm="Trình Chủ tịch? Số liệu được chốt ở thời điểm này.",
        ),
        Step(
            "reports.approve",
            "Duyệt báo cáo",
            permissions.chair,
            sources=("submitted",),
            target="approved",
            refused="Báo cáo không ở bước chờ duyệt.",
            url="reports:approve",
            todo="Duyệt báo cáo quý",
            icon="check-lg",
            tone="primary",
            confirm="Duyệt báo cáo này? Văn thư sẽ lấy số và gửi cấp trên.",
        ),
        Step(
            "reports.return",
            "Trả lại để sửa",
            permissions.chair,
            sources=("submitted",),
            target="draft",
            url="reports:return",
            form=True,
            icon="arrow-return-left",
        ),
        Step(
            "reports.send",
            "Lấy số, gửi cấp trên",
            permissions.clerk,
            sources=("approved",),
            target="sent",
            refused="Báo cáo đã gửi rồi hoặc chưa được Chủ tịch duyệt.",
            url="reports:send",
            form=True,
            todo="Lấy số, gửi báo cáo quý cho cấp trên",
            icon="send-check",
            tone="primary",
        ),
        Step(
            "reports.acknowledge",
            "Xác nhận đã nhận",
            permissions.superior,
            sources=("sent",),
            target="acknowledged",
            refused="Báo cáo này đã được xác nhận hoặc đã trả lại.",
            url="reports:acknowledge",
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
            sources=("sent_back",),
            target="draft",
            url="reports:redo",
            todo="Lập lại báo cáo quý theo ý kiến cấp trên",
            icon="arrow-repeat",
            tone="primary",
            confirm="Mở bản mới để sửa? Bản đã gửi vẫn được lưu; bản mới sẽ mang số mới.",
        ),
    ),
)
