"""What becomes of an issued letter: each line of "Nơi nhận" has it, each unit reports its tasks, the office looks at the reports."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from campaigns.directives.models.duty import DutyReport, UnitDuty
from campaigns.directives.models.letter import LetterReceipt
from emulation.acts import who
from emulation.acts.flow import Flow, State, Step
from emulation.communes.roles import Role
from emulation.communes.standing import Standing

HEAD = who.head_of("unit_id", "người đứng đầu đơn vị đó")
OPEN_UNIT_DUTIES = UnitDuty.objects.filter(state__in=UnitDuty.OPEN)


def nothing_to_report(row: Any) -> str | None:
    """Whether anything of the receipt (or of the office's own part of a letter) is still to be reported."""
    own = {"receipt": row} if isinstance(row, LetterReceipt) else {"letter": row, "receipt": None}
    return None if OPEN_UNIT_DUTIES.filter(**own).exists() else "Không còn việc nào phải báo cáo."


def _judges(standing: Standing, report: Any) -> bool:
    if report is None:
        return standing.has(Role.office, Role.chair)
    if standing.commune_id != report.commune_id:
        return False
    return standing.has(Role.chair if report.receipt_id is None else Role.office)


def _judged_by(standing: Standing) -> Q:
    mine = who.NONE
    if standing.has(Role.office):
        mine |= Q(receipt__isnull=False)
    if standing.has(Role.chair):
        mine |= Q(receipt__isnull=True)
    return mine if mine is who.NONE else Q(commune_id=standing.commune_id) & mine


judge = who.Who("Văn phòng (báo cáo của chính Văn phòng thì Chủ tịch)", _judges, _judged_by)

TO_REPORT = Step(
    "campaigns.report_duties",
    "Báo cáo đã triển khai",
    HEAD,
    frm=("received",),
    guard=nothing_to_report,
    refused="Hãy bấm “Đã nhận” trước khi báo cáo.",
    url="campaigns:report_duties",
    form=True,
    todo="Báo cáo việc đã triển khai",
    waits=Q(Exists(OPEN_UNIT_DUTIES.filter(receipt=OuterRef("pk")))),
    icon="check2-square",
    tone="primary",
    hidden=True,  # the letter's page draws it where something is owed
)

TO_REPORT_OWN = Step(
    "campaigns.report_own_duties",
    "Báo cáo việc của Văn phòng, Hội đồng",
    who.office,
    frm=("issued",),
    guard=nothing_to_report,
    url="campaigns:report_own_duties",
    form=True,
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
    },
    steps=(
        Step(
            "campaigns.accept_report",
            "Chấp nhận",
            judge,
            frm=("sent",),
            to="accepted",
            refused="Báo cáo này đã được xem rồi.",
            url="campaigns:accept_report",
            todo="Xem báo cáo triển khai",
            icon="check-lg",
            tone="primary",
        ),
        Step(
            "campaigns.return_report",
            "Trả lại",
            judge,
            frm=("sent",),
            to="returned",
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
    },
    steps=(
        Step("campaigns.report_duty", "Báo cáo", HEAD | who.office, frm=UnitDuty.OPEN, to="reported", hidden=True,
             refused="Việc này đã báo cáo rồi."),
        Step("campaigns.accept_duty", "Chấp nhận", judge, frm=("reported",), to="accepted", hidden=True),
        Step("campaigns.return_duty", "Trả lại", judge, frm=("reported",), to="returned", hidden=True),
    ),
)  # fmt: skip
