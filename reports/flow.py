"""The life of the quarter's report, and what the administrator may do."""

from emulation.acts import menu, who
from emulation.acts.flow import Flow, State, Step, register
from reports.models import PeriodReport

STATES = {
    "draft": State("Đang soạn", "pencil"),
    "submitted": State("Chờ Chủ tịch duyệt", "hourglass-split", "wait"),
    "approved": State("Đã duyệt, chờ ban hành", "pen", "wait"),
    "sent": State("Đã gửi cấp trên", "send", "wait"),
    "acknowledged": State("Cấp trên đã nhận", "check-circle", "good"),
    "sent_back": State("Cấp trên trả lại", "arrow-return-left", "bad"),
}


def unfinished(report: PeriodReport) -> str | None:
    """Which parts of the text are still empty."""
    lacking = [
        label
        for label, text in (
            ("đánh giá chung", report.assessment),
            ("tồn tại, hạn chế", report.shortcomings),
            ("phương hướng quý sau", report.plan),
        )
        if not text
    ]
    return f"Báo cáo còn thiếu phần: {', '.join(lacking)}." if lacking else None


def declare() -> None:
    """Registers the flows and the menu of this room."""
    register(OFFICE)
    register(REPORT)
    register(UPKEEP)
    menu.add(
        menu.Entry("Việc của tôi", "reports:todo", "inbox", who.signed_in, "Của tôi", 10, "Việc"),
        menu.Entry("Tiến độ các đơn vị", "reports:board", "grid-3x3-gap", who.staff, "Thi đua", 5),
        menu.Entry("Báo cáo quý", "reports:reports", "bar-chart", who.staff | who.superior, "Văn bản", 60, "Báo cáo"),
        menu.Entry("Nhật ký", "reports:trail", "clock-history", who.office | who.chair, "Hệ thống", 10),
        menu.Entry("Sức khỏe hệ thống", "reports:health_details", "heart-pulse", who.administrator, "Hệ thống", 20),
    )


OFFICE = Flow(
    model="communes.Commune",
    title="Báo cáo của xã",
    states={},
    steps=(
        Step(
            "reports.start", "Lập báo cáo quý", who.office, url="reports:start", form=True, icon="plus-lg", hidden=True
        ),
    ),
)

REPORT = Flow(
    model=PeriodReport.subject_key,
    title="Báo cáo quý",
    page="reports:report",
    icon="bar-chart",
    states=STATES,
    steps=(
        Step(
            "reports.edit",
            "Viết phần lời",
            who.office,
            frm=("draft",),
            refused="Báo cáo đã trình nên không sửa được nữa.",
            url="reports:edit",
            form=True,
            icon="pencil",
        ),
        Step(
            "reports.submit",
            "Trình Chủ tịch duyệt",
            who.office,
            frm=("draft",),
            to="submitted",
            guard=unfinished,
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
            who.chair,
            frm=("submitted",),
            to="approved",
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
            who.chair,
            frm=("submitted",),
            to="draft",
            url="reports:return",
            form=True,
            icon="arrow-return-left",
        ),
        Step(
            "reports.send",
            "Lấy số, gửi cấp trên",
            who.clerk,
            frm=("approved",),
            to="sent",
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
            who.superior,
            frm=("sent",),
            to="acknowledged",
            refused="Báo cáo này đã được xác nhận hoặc đã trả lại.",
            url="reports:acknowledge",
            todo="Xem và xác nhận đã nhận báo cáo quý",
            icon="check2-circle",
            tone="primary",
        ),
        Step(
            "reports.send_back",
            "Trả lại kèm lý do",
            who.superior,
            frm=("sent",),
            to="sent_back",
            url="reports:send_back",
            form=True,
            icon="arrow-return-left",
        ),
        Step(
            "reports.redo",
            "Lập lại báo cáo",
            who.office,
            frm=("sent_back",),
            to="draft",
            url="reports:redo",
            todo="Lập lại báo cáo quý theo ý kiến cấp trên",
            icon="arrow-repeat",
            tone="primary",
            confirm="Mở bản mới để sửa? Bản đã gửi vẫn được lưu; bản mới sẽ mang số mới.",
        ),
    ),
)

UPKEEP = Flow(
    model="communes.Commune",
    title="Vận hành",
    states={},
    steps=(
        Step("reports.retry_job", "Làm lại việc nền bị lỗi", who.administrator, icon="arrow-clockwise", hidden=True),
    ),
)
