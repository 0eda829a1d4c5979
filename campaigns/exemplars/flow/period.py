"""Workflow of periods: open, close, reopen."""

from typing import Any

from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, Step

PERIODS = Flow(
    model="communes.Commune",
    title="Kỳ điển hình",
    states={},
    steps=(
        Step(
            "campaigns.open_period",
            "Mở kỳ",
            permissions.office,
            icon="calendar-plus",
            hidden=True,
        ),
    ),
)


def period_open(period: Any) -> str | None:
    """Reason when the period is closed already."""
    return "Kỳ này đã chốt rồi." if period.closed_on else None


def period_closed(period: Any) -> str | None:
    """Reason when the period is not closed, so it cannot be reopened."""
    return None if period.closed_on else "Kỳ này đang mở."


PERIOD = Flow(
    model="campaigns.Period",
    title="Một kỳ điển hình",
    states={},
    page="campaigns:board",
    steps=(
        Step(
            "campaigns.close_period",
            "Chốt kỳ",
            permissions.office,
            guard=period_open,
            url="campaigns:close_period",
            icon="lock",
            confirm="Sau khi chốt không nhắc đơn vị nào nữa. Đơn vị gửi thêm vẫn nhận, ghi là gửi muộn.",
        ),
        Step(
            "campaigns.reopen_period",
            "Mở lại kỳ",
            permissions.office,
            guard=period_closed,
            url="campaigns:reopen_period",
            form=True,
            icon="unlock",
        ),
    ),
)
