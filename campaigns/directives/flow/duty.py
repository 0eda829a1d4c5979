"""Workflow after a letter is issued: units report their tasks, the office reviews the reports."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from campaigns.directives.models.duty import DutyReport, UnitDuty
from campaigns.directives.models.letter import LetterReceipt
from emulation.communes.capacity import UserCapacity
from emulation.communes.roles import Role
from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, State, Step

HEAD = permissions.head_of("unit_id", "người đứng đầu đơn vị đó")
OPEN_UNIT_DUTIES = UnitDuty.objects.filter(state__in=UnitDuty.OPEN)


def nothing_to_report(row: Any) -> str | None:
    """Reason when no task of the receipt, or of the office's own part of a letter, is still to be reported."""
    own = {"receipt": row} if isinstance(row, LetterReceipt) else {"letter": row, "receipt": None}
    return None if OPEN_UNIT_DUTIES.filter(**own).exists() else "Không còn việc nào phải báo cáo."


def _may_review(capacity: UserCapacity, report: Any) -> bool:
    if report is None:
        return capacity.has(Role.office, Role.chair)
    if capacity.commune_id != report.commune_id:
        return False
    return capacity.has(Role.chair if report.receipt_id is None else Role.office)


def _reviewable_rows(capacity: UserCapacity) -> Q:
    rows = permissions.NO_ROWS
    if capacity.has(Role.office):
        rows |= Q(receipt__isnull=False)
    if capacity.has(Role.chair):
        rows |= Q(receipt__isnull=True)
    return rows if rows is permissions.NO_ROWS else Q(commune_id=capacity.commune_id) & rows


reviewer = permissions.Permission("Văn phòng (báo cáo của chính Văn phòng thì Chủ tịch)", _may_review, _reviewable_rows)

TO_REPORT = Step(
    "campaigns.report_duties",
    "Báo cáo đã triển khai",
    HEAD,
    sources=("received",),
    guard=nothing_to_report,
    refused="Hãy bấm “Đã nhận” trước khi báo cáo.",
    url="campaigns:report_duties",
    form=True,
    todo_action="Báo cáo",
    todo_rank=42,
    todo="Báo cáo việc đã triển khai",
    waits=Q(Exists(OPEN_UNIT_DUTIES.filter(receipt=OuterRef("pk")))),
    icon="check2-square",
    tone="primary",
    hidden=True,  # the letter's page shows the button where tasks are open
)

TO_REPORT_OWN = Step(
    "campaigns.report_own_duties",
    "Báo cáo việc của Văn phòng, Hội đồng",
    permissions.office,
    sources=("issued",),
    guard=nothing_to_report,
    url="campaigns:report_own_duties",
    form=True,
    todo_action="Báo cáo",
    todo_rank=45,
    todo="Báo cáo việc của Văn phòng, Hội đồng",
    waits=Q(Exists(OPEN_UNIT_DUTIES.filter(letter=OuterRef("pk"), receipt=None))),
    icon="check2-square",
    hidden=True,
)

REPORT = Flow(
    model=DutyReport.subject_key,
    title="Báo cáo triển khai của đơn vị",
    page="campaigns:duty_report",
    icon="check2-square",
    states={
        "sent": State("Chờ xem", "hourglass-split", "wait"),
        "accepted": State("Đã xem, chấp nhận", "check-circle", "good"),
        "returned": State("Trả lại để báo thêm", "arrow-return-left", "bad"),
        "withdrawn": State("Đã thu hồi", "slash-circle"),  # its letter was cancelled
    },
    steps=(
        Step(
            "campaigns.accept_report",
            "Chấp nhận",
            reviewer,
            sources=("sent",),
            target="accepted",
            refused="Báo cáo này đã được xem rồi.",
            url="campaigns:accept_report",
            todo_action="Xem báo cáo",
            todo_rank=43,
            todo="Xem báo cáo triển khai",
            icon="check-lg",
            tone="primary",
        ),
        Step(
            "campaigns.return_report",
            "Trả lại",
            reviewer,
            sources=("sent",),
            target="returned",
            refused="Báo cáo này đã được xem rồi.",
            url="campaigns:return_report",
            form=True,
            icon="arrow-return-left",
        ),
    ),
)

UNIT_DUTY = Flow(
    model=UnitDuty.subject_key,
    title="Việc giao cho đơn vị",
    page="campaigns:unit_duty",
    icon="check2-square",
    states={
        "waiting": State("Chưa báo cáo", "hourglass-split", "wait"),
        "reported": State("Đã báo, chờ xem", "send", "wait"),
        "accepted": State("Đã chấp nhận", "check-circle", "good"),
        "returned": State("Trả lại để báo thêm", "arrow-return-left", "bad"),
        "withdrawn": State("Đã thu hồi", "slash-circle"),  # its letter was cancelled
    },
    steps=(
        Step("campaigns.report_duty", "Báo cáo", HEAD | permissions.office, sources=UnitDuty.OPEN, target="reported", hidden=True,
             refused="Việc này đã báo cáo rồi."),
        Step("campaigns.accept_duty", "Chấp nhận", reviewer, sources=("reported",), target="accepted", hidden=True),
        Step("campaigns.return_duty", "Trả lại", reviewer, sources=("reported",), target="returned", hidden=True),
    ),
)  # fmt: skip
