"""Authorization check for one act on one object: whether the user may do it, and the reason if not."""

from dataclasses import dataclass
from typing import Any

from emulation.communes.capacity import capacity_of
from emulation.workflow.workflow import Step, flow_of, state_of, step_of


@dataclass(frozen=True)
class Authorization:
    """The result of a check. If not `ok`: the reason in Vietnamese, and `denied_by` is "permission", "state" or "guard"."""

    ok: bool
    reason: str = ""
    denied_by: str = ""
    step: Step | None = None

    def __bool__(self) -> bool:
        return self.ok

    @property
    def is_wrong_person(self) -> bool:
        """Refused because the act is for somebody else."""
        return self.denied_by == "permission"

    @property
    def is_guarded(self) -> bool:
        """Refused by the guard of the step."""
        return self.denied_by == "guard"


def check_act(act: str, subject: Any, by: Any) -> Authorization:
    """Checks the permission first, then the state, then whether this user may, then the guard of the step."""
    step = step_of(act)
    if not step.permission.allows(capacity_of(by), subject):
        return Authorization(False, f"Việc “{step.label}” dành cho {step.permission.label}.", "permission", step)
    if step.sources and subject.state not in step.sources:
        return Authorization(False, step.refused or _wrong_state_reason(step, subject), "state", step)
    reason = step.refuse_for(subject, by) if step.refuse_for else None
    reason = reason or (step.guard(subject) if step.guard else None)
    if reason:
        return Authorization(False, reason, "guard", step)
    return Authorization(True, step=step)


def _wrong_state_reason(step: Step, subject: Any) -> str:
    flow = flow_of(subject)
    assert flow is not None
    required = ", ".join(f"“{flow.states[state].label}”" for state in step.sources)
    return f"Không thể “{step.label}”: {flow.title.lower()} đang ở trạng thái “{state_of(subject).label}”, cần ở {required}."
