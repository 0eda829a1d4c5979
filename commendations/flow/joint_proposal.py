"""Steps of a second unit that proposes the nominee of a case too."""

from emulation.workflow.permissions import office, unit_head
from emulation.workflow.workflow import Step

JOINABLE = ("draft", "submitted", "returned", "complete")
"""States in which nobody has judged the case: a unit may join it, or leave it."""

JOINT_STEPS: tuple[Step, ...] = (
    Step("commendations.join", "Cùng đề nghị", office | unit_head, sources=JOINABLE, hidden=True, icon="people"),
    Step(
        "commendations.leave",
        "Thôi cùng đề nghị",
        office | unit_head,
        sources=JOINABLE,
        url="commendations:leave",
        form=True,
        hidden=True,
        icon="arrow-counterclockwise",
    ),
)
