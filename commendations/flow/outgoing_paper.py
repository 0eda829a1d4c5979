"""The workflow table that a decision and a tờ trình to the superior share: draft, at signature, issued."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from commendations.flow.own_case import own_paper_of_clerk
from commendations.flow.own_case_todo import all_but, papers_with_own
from commendations.models.outgoing_paper import OutgoingPaper
from emulation.core.registry import calling_module
from emulation.workflow.permissions import chair, clerk, office, vice_chair
from emulation.workflow.workflow import Flow, Guard, State, Step, edit_before_submit

FaultFinder = Callable[[Any], list[str]]
"""Everything that keeps a paper from signature or issue, as Vietnamese sentences; empty when nothing does."""


PAPER_STATES = {
    "draft": State("Dự thảo", "pencil", "neutral"),
    "at_signature": State("Đang trình ký", "pen", "wait"),
    "issued": State("Đã ban hành", "patch-check", "gold"),
    "dropped": State("Đã bỏ dự thảo", "slash-circle", "neutral"),
}


@dataclass(frozen=True)
class SignatureFlow:
    """What one kind of outgoing paper gives to the table: its acts by verb (edit, sign, return, issue, drop) and its words."""

    model: type[OutgoingPaper]
    title: str
    name: str  # in the middle of a sentence: "quyết định"
    page: str
    icon: str
    acts: Mapping[str, str]
    issue_label: str
    issue_todo: str

    def table(
        self, find_faults: FaultFinder, is_unchanged: Callable[[Any], bool], own_steps: tuple[Step, ...] = ()
    ) -> Flow:
        """The whole table. `find_faults` and `is_unchanged` (whether a returned draft is as it was) are queries, which flow may
        not import: apps.py passes them in.
        """

        def first_fault(paper: OutgoingPaper) -> str | None:
            return next(iter(find_faults(paper) if paper.known_faults is None else paper.known_faults), None)

        return Flow(
            model=self.model.subject_key,
            title=self.title,
            page=self.page,
            icon=self.icon,
            states=PAPER_STATES,
            steps=tuple(
                edit_before_submit(
                    self._steps(first_fault, own_steps), self.acts["edit"], self.acts["sign"], is_unchanged
                )
            ),
            defined_in=calling_module(__name__),
        )

    def _steps(self, first_fault: Guard, own_steps: tuple[Step, ...]) -> tuple[Step, ...]:
        return (
            Step(
                self.acts["edit"],
                "Sửa dự thảo",
                office,
                sources=("draft",),
                url=self._url("edit"),
                form=True,
                icon="pencil",
            ),
            Step(
                self.acts["sign"],
                "Lập bản trình ký",
                office,
                sources=("draft",),
                target="at_signature",
                guard=first_fault,
                url=self._url("sign"),
                todo=f"Hoàn thiện dự thảo {self.name}, lập bản trình ký",
                todo_action="Xem dự thảo",
                todo_rank=25,
                icon="pen",
                tone="primary",
            ),
            Step(
                self.acts["return"],
                "Đưa về dự thảo",
                office | clerk | chair,
                sources=("at_signature",),
                target="draft",
                url=self._url("return"),
                form=True,
                icon="arrow-counterclockwise",
            ),
            Step(
                self.acts["issue"],
                self.issue_label,
                clerk,
                sources=("at_signature",),
                target="issued",
                guard=first_fault,
                refuse_for=own_paper_of_clerk,
                refused=f"{self.title} này đã ban hành hoặc chưa có bản trình ký.",
                url=self._url("issue"),
                form=True,
                todo=self.issue_todo,
                todo_for=all_but(clerk, papers_with_own),
                todo_action="Lấy số",
                todo_rank=18,
                asks_password=True,
                icon="patch-check",
                tone="primary",
            ),
            Step(
                self.acts["drop"],
                "Bỏ dự thảo",
                office | chair | vice_chair,
                sources=("draft",),
                target="dropped",
                hidden=True,
            ),
            *own_steps,
        )

    def _url(self, verb: str) -> str:
        return self.acts[verb].replace(".", ":")
