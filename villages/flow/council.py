"""Workflow of the council: a new one by a decision, taken back before its day."""

from typing import Any

from django.utils import timezone

from emulation.core.formatting import format_date
from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, Step
from villages.models import CouncilVersion


def not_begun(version: Any) -> str | None:
    """Why a council can no longer be taken back, or None: its day has not come."""
    if version.starts_on > timezone.localdate():
        return None
    return (
        f"Hội đồng này có hiệu lực từ ngày {format_date(version.starts_on)}; sai thì ghi Hội đồng khác theo quyết định."
    )


COUNCIL = Flow(
    model=CouncilVersion.subject_key,
    title="Hội đồng TĐKT",
    states={},
    page="villages:council",
    steps=(
        Step(
            "villages.take_back_council",
            "Rút lại",
            permissions.office,
            guard=not_begun,
            url="villages:take_back_council",
            form=True,
            shows_refusal=False,
            icon="slash-circle",
            tone="danger",
        ),
    ),
)
COUNCIL_START = Flow(
    model="communes.Commune",
    title="Kiện toàn Hội đồng TĐKT",
    states={},
    steps=(Step("villages.renew_council", "Kiện toàn Hội đồng", permissions.office, icon="plus-lg", hidden=True),),
)
