"""Workflow of collectives that are no units: the office and the head of the unit they belong to keep them current."""

from typing import Any

from django.utils import timezone

from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, Guard, Step
from villages.models import Collective

KEEPERS = permissions.office | permissions.head_of("parent_id", "người đứng đầu đơn vị đó")


def collective_in_use(collective: Any) -> str | None:
    """Why a collective cannot be renamed or ended, or None: it has not ended."""
    ended = collective.dissolved_on
    return None if ended is None or ended > timezone.localdate() else "Tập thể này đã kết thúc."


def collective_has_ended(collective: Any) -> str | None:
    """Why a collective cannot be brought back, or None: it has ended."""
    return None if collective_in_use(collective) else "Tập thể này chưa kết thúc."


def name_was_changed(collective: Any) -> str | None:
    """Why no change of name can be taken back, or None: there is one."""
    return None if collective.names.count() > 1 else "Tập thể này chưa đổi tên lần nào."


def somebody_leads_it(collective: Any) -> str | None:
    """Why no leader can be ended, or None: somebody leads the collective."""
    return (
        None if collective.appointments.filter(ends_on=None).exists() else "Tập thể này đang không có người đứng đầu."
    )


def leader_was_recorded(collective: Any) -> str | None:
    """Why nothing about the leader can be taken back, or None: one was recorded."""
    return None if collective.appointments.exists() else "Tập thể này chưa ghi người đứng đầu."


def _step(name: str, label: str, icon: str, guard: Guard | None = None, **more: Any) -> Step:
    return Step(f"villages.{name}", label, KEEPERS, guard=guard, url=f"villages:{name}", icon=icon, **more)


COLLECTIVE = Flow(
    model=Collective.subject_key,
    title="Tập thể không phải đơn vị",
    states={},
    page="villages:collective",
    icon="people",
    steps=(
        _step("edit_collective", "Sửa thông tin", "pencil", form=True, tone="primary"),
        _step("set_collective_leader", "Ghi người đứng đầu", "person-check", collective_in_use, form=True),
        _step(
            "end_collective_leader",
            "Cho thôi đứng đầu",
            "person-dash",
            somebody_leads_it,
            form=True,
            rare=True,
            shows_refusal=False,
        ),
        _step(
            "take_back_collective_leader",
            "Rút lần ghi người đứng đầu sau cùng",
            "arrow-counterclockwise",
            leader_was_recorded,
            confirm="Lần ghi sau cùng về người đứng đầu là ghi nhầm? Người trước đó, nếu có, lại đứng đầu như cũ.",
            rare=True,
            shows_refusal=False,
        ),
        _step("rename_collective", "Đổi tên từ ngày", "signpost", collective_in_use, form=True, rare=True),
        _step(
            "take_back_collective_name",
            "Rút lần đổi tên sau cùng",
            "arrow-counterclockwise",
            name_was_changed,
            confirm="Tên trước đó lại là tên hiện nay. Văn bản đã ban hành không đổi.",
            rare=True,
            shows_refusal=False,
        ),
        _step("end_collective", "Kết thúc", "x-circle", collective_in_use, form=True, rare=True, tone="danger"),
        _step(
            "bring_back_collective",
            "Khôi phục",
            "arrow-counterclockwise",
            collective_has_ended,
            confirm="Tập thể này lại chọn được cho điển hình, đề nghị mới.",
            shows_refusal=False,
        ),
    ),
)
