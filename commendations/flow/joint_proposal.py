"""Steps about two cases: a second unit that proposes the nominee too, two deeds that look alike."""

from commendations.flow.own_case import own_case_of_office
from emulation.workflow.permissions import office, unit_head
from emulation.workflow.workflow import Step

JOINABLE = ("draft", "submitted", "returned", "complete")
"""States in which nobody has judged the case: a unit may join it, or leave it."""

UNDECIDED = ("draft", "submitted", "returned", "complete", "on_session", "passed", "presented", "approved")

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

DEED_STEPS: tuple[Step, ...] = (
    Step(
        "commendations.keep_apart",
        "Ghi là hai việc khác nhau",
        office,
        refuse_for=own_case_of_office,
        sources=UNDECIDED,
        url="commendations:keep_apart",
        form=True,
        hidden=True,
        icon="arrows-expand-vertical",
    ),
    Step(
        "commendations.end_apart",
        "Rút kết luận hai việc khác nhau",
        office,
        refuse_for=own_case_of_office,
        sources=UNDECIDED,
        url="commendations:end_apart",
        form=True,
        hidden=True,
        icon="arrow-counterclockwise",
    ),
)
