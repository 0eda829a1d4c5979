"""Workflow of registrations: a unit registers or declines, then reports progress."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from campaigns.campaigns.models.campaign import Campaign
from campaigns.campaigns.models.registration import Registration
from emulation.core.formatting import format_date
from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, State, Step

HEAD = permissions.head_of("unit_id", "người đứng đầu đơn vị đó")


def is_open_today() -> Q:
    """Of a campaign whose time is not over: afterwards only a registration that the office returned is answered."""
    in_time = Q(campaign__ends_on__gte=timezone.localdate()) | Q(state=Registration.RETURNED)
    return Q(campaign__state__in=Campaign.RUNNING) & in_time


def campaign_over(registration: Any) -> str | None:
    """Units register and report only while the campaign is running."""
    state = registration.campaign.state
    return None if state in Campaign.RUNNING else "Phong trào không còn đang thực hiện, không đăng ký hay sửa được nữa."


def too_late_to_register(registration: Any) -> str | None:
    """Nobody registers first when the time is over; those who did may still report results and correct what was returned."""
    ends_on = registration.campaign.ends_on
    if registration.state == Registration.WAITING and ends_on and timezone.localdate() > ends_on:
        return f"Thời gian của phong trào đã hết ngày {format_date(ends_on)}, không đăng ký được nữa."
    return campaign_over(registration)


def no_goals_to_report(registration: Any) -> str | None:
    """Progress is reported for goals; a campaign without goals has only its reviews (sơ kết, tổng kết)."""
    if not registration.campaign.goals.exists():
        return "Phong trào này không đặt chỉ tiêu bằng con số; kết quả được ghi khi sơ kết, tổng kết."
    return campaign_over(registration)


def past_deadline(registration: Any) -> str | None:
    """After the deadline a unit cannot withdraw its answer; the office can return it."""
    if timezone.localdate() > registration.campaign.last_register_day:
        return "Đã quá hạn đăng ký. Cần sửa thì đề nghị Văn phòng trả lại."
    return campaign_over(registration)


REGISTRATION = Flow(
    model=Registration.subject_key,
    title="Đăng ký thi đua",
    page="campaigns:registration",
    icon="flag",
    states={
        "waiting": State("Chưa đăng ký", "hourglass-split", "wait"),
        "registered": State("Đã đăng ký", "check-circle", "good"),
        "returned": State("Trả lại để sửa", "arrow-return-left", "bad"),
        "declined": State("Không đăng ký", "dash-circle"),
    },
    steps=(
        Step(
            "campaigns.register",
            "Đăng ký thi đua",
            HEAD,
            sources=Registration.OPEN,
            target="registered",
            guard=too_late_to_register,
            refused="Đơn vị đã trả lời rồi. Còn hạn thì rút lại để sửa; quá hạn thì đề nghị Văn phòng trả lại.",
            url="campaigns:register",
            form=True,
            todo_action="Đăng ký",
            todo_rank=44,
            todo="Đăng ký thi đua",
            waits=is_open_today,
            icon="pencil-square",
            tone="primary",
        ),
        Step(
            "campaigns.decline",
            "Không đăng ký",
            HEAD,
            sources=Registration.OPEN,
            target="declined",
            guard=too_late_to_register,
            refused="Đơn vị đã trả lời rồi.",
            url="campaigns:decline",
            form=True,
            icon="dash-circle",
        ),
        Step(
            "campaigns.report_progress",
            "Ghi kết quả đạt được",
            HEAD,
            sources=("registered",),
            guard=no_goals_to_report,
            refused="Chỉ ghi được kết quả sau khi đã đăng ký.",
            url="campaigns:report_progress",
            form=True,
            icon="graph-up-arrow",
            tone="primary",
        ),
        Step(
            "campaigns.take_back",
            "Rút lại để sửa",
            HEAD,
            sources=Registration.ANSWERED,
            target="waiting",
            guard=past_deadline,
            url="campaigns:take_back",
            icon="arrow-counterclockwise",
            confirm="Rút bản đăng ký về để sửa? Phải đăng ký lại trước hạn.",
        ),
        Step(
            "campaigns.return_registration",
            "Trả lại để sửa",
            permissions.office,
            sources=Registration.ANSWERED,
            target="returned",
            guard=campaign_over,
            refused="Đơn vị chưa đăng ký nên không có gì để trả lại.",
            url="campaigns:return_registration",
            form=True,
            icon="arrow-return-left",
        ),
    ),
)
