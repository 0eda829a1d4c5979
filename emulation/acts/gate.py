"""The gate: may this person take this step with this object, and if not, why not."""

from dataclasses import dataclass
from typing import Any

from emulation.acts.flow import Step, flow_of, state_of, step_of
from emulation.communes.standing import standing_of


@dataclass(frozen=True)
class Verdict:
    """`ok`, or the reason in Vietnamese and whose fault it is: "who", "state" or "guard"."""

    ok: bool
    reason: str = ""
    fault: str = ""
    step: Step | None = None

    def __bool__(self) -> bool:
        return self.ok


def verdict(act: str, subject: Any, by: Any) -> Verdict:
    """Judges one act on one object by one person: the person first, then the state, then the guard of the row."""
    step = step_of(act)
    if not step.who.test(standing_of(by), subject):
        return Verdict(False, f"Việc “{step.label}” dành cho {step.who.label}.", "who", step)
    if step.frm and subject.state not in step.frm:
        return Verdict(False, step.refused or _wrong_state(step, subject), "state", step)
    if step.guard and (reason := step.guard(subject)):
        return Verdict(False, reason, "guard", step)
    return Verdict(True, step=step)


def _wrong_state(step: Step, subject: Any) -> str:
    flow = flow_of(subject)
    assert flow is not None
    wanted = ", ".join(f"“{flow.states[state].label}”" for state in step.frm)
    return (
        f"Không thể “{step.label}”: {flow.title.lower()} đang ở trạng thái “{state_of(subject).label}”, cần ở {wanted}."
    )
