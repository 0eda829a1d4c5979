"""The workflow table that all papers with an approval share; a kind of paper gives its words and its last states."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from emulation.core.formatting import upper_first
from emulation.core.registry import calling_module
from emulation.documents.approval.models import ApprovalSubject
from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, Guard, State, Step, edit_before_submit

WAITS_FOR_CHAIR = "Chờ Chủ tịch duyệt"
WAITS_FOR_SIGNATURE = "Chờ Chủ tịch ký"


@dataclass(frozen=True)
class ApprovalFlow:
    """How one kind of paper is submitted, returned, approved and issued.

    `acts` is the pattern of its act names ("campaigns.{verb}_letter"), `renamed` the verbs that are called otherwise;
    URL names follow from them. `start_label` words the step that starts a draft in the commune; "" when a draft starts
    from something else. `end` is the state after the last step: issued with a number by the clerk, or, with
    `signed_by_chair`, signed by the chair without a number. `end_label` words that step, `edit_label` the editing.
    `own_states` are the states after issue, and those whose label differs. `submit_guard` gives the reason while parts are missing.
    `proposers` write and submit it, or drop the draft; `dropped_state` is its state then, "" for a paper that is never dropped.
    `not_for` gives the reason why a user neither approves nor issues a paper (it is about them), or None.
    `cancelled_from` are the states in which the issued paper can be cancelled (documents.DocumentCancellation); empty
    for a kind that never is.
    """

    model: type[ApprovalSubject]
    acts: str
    title: str
    name: str  # in the middle of a sentence: "công văn"
    page: str
    icon: str
    own_states: Mapping[str, State]
    start_label: str = ""
    end: str = "issued"
    end_label: str = "Lấy số, ban hành"
    end_todo: str = ""
    edit_label: str = "Sửa nội dung"
    signed_by_chair: bool = False
    proposers: permissions.Permission = permissions.office
    dropped_state: str = ApprovalSubject.CANCELLED
    renamed: Mapping[str, str] = field(default_factory=dict)
    confirm: Mapping[str, str] = field(default_factory=dict)  # by verb
    submit_guard: Guard | None = None
    not_for: Callable[[Any, Any], str | None] | None = None
    cancelled_from: tuple[str, ...] = ("issued",)
    own_edits: tuple[Step, ...] = ()  # after the editing step
    own_steps: tuple[Step, ...] = ()  # after the issue

    defined_in: str = field(init=False, default="")

    def __post_init__(self) -> None:
        object.__setattr__(self, "defined_in", calling_module(__name__))

    def act(self, verb: str) -> str:
        """The act of a verb: start, save, submit, approve, return, recall, issue, preview, drop, cancel."""
        return self.acts.format(verb=self.renamed.get(verb, verb))

    def url(self, verb: str) -> str:
        """The URL name of a verb."""
        return self.acts.format(verb="edit" if verb == "save" else self.renamed.get(verb, verb)).replace(".", ":")

    @property
    def verbs(self) -> tuple[str, ...]:
        """The verbs of this kind of paper, in the order of their buttons."""
        last = ("approve", "return") if self.signed_by_chair else ("approve", "return", "issue", "recall")
        drop = ("drop",) if self.dropped_state else ()
        return ("save", "submit", *last, "preview", *drop)

    def step(self, verb: str) -> Step:
        """The step of a verb."""
        step: Step = getattr(self, f"_{verb}_step")()
        return step

    def table(self, is_unchanged: Callable[[Any], bool]) -> Flow:
        """The whole table of steps. `is_unchanged`: whether a returned paper is as it was; an action knows what belongs to it."""
        verbs = [self.step(verb) for verb in self.verbs]
        save, *others = edit_before_submit(verbs, self.act("save"), self.act("submit"), is_unchanged)
        return Flow(
            model=self.model.subject_key,
            title=self.title,
            page=self.page,
            icon=self.icon,
            states=self._states(),
            steps=(save, *self.own_edits, *others, *self._cancel_steps(), *self.own_steps),
            defined_in=self.defined_in,
        )

    def start_table(self) -> Flow:
        """The table of the step that starts a draft in the commune; its button is on the list of these papers."""
        start = self._step("start", self.start_label, permissions.office, icon="plus-lg", tone="primary", hidden=True)
        return Flow(
            model="communes.Commune",
            title=f"{self.title}: lập mới",
            states={},
            steps=(start,),
            defined_in=self.defined_in,
        )

    def _states(self) -> dict[str, State]:
        waits = WAITS_FOR_SIGNATURE if self.signed_by_chair else WAITS_FOR_CHAIR
        states = {
            "draft": State("Đang soạn", "pencil"),
            "submitted": State(waits, "hourglass-split", "wait"),
            "returned": State("Trả lại để sửa", "arrow-return-left", "bad"),
        }
        if not self.signed_by_chair:
            states["approved"] = State("Chờ Văn thư ban hành", "hourglass-split", "wait")
        if self.cancelled_from or self.dropped_state == ApprovalSubject.CANCELLED:
            states[ApprovalSubject.CANCELLED] = State("Đã hủy", "x-circle", "bad")
        return {**states, **self.own_states}

    def _step(self, verb: str, label: str, permission: permissions.Permission, **more: object) -> Step:
        confirm = self.confirm.get(verb, "")
        url = "" if verb == "start" else self.url(verb)
        return Step(self.act(verb), label, permission, url=url, confirm=confirm, **more)  # type: ignore[arg-type]

    def _save_step(self) -> Step:
        return self._step(
            "save",
            self.edit_label,
            self.proposers,
            sources=ApprovalSubject.OPEN,
            refused=f"{upper_first(self.name)} đã trình nên không sửa được nữa. Cần sửa thì đề nghị Chủ tịch trả lại.",
            form=True,
            icon="pencil",
        )

    def _submit_step(self) -> Step:
        return self._step(
            "submit",
            "Trình Chủ tịch",
            self.proposers,
            sources=ApprovalSubject.OPEN,
            target="submitted",
            guard=self.submit_guard,
            refused=f"{upper_first(self.name)} này đã trình rồi.",
            todo=f"Soạn xong và trình {self.name}",
            todo_action="Soạn, trình",
            todo_rank=46,
            icon="send",
            tone="primary",
        )

    def _approve_step(self) -> Step:
        return self._step(
            "approve",
            self.end_label if self.signed_by_chair else "Duyệt",
            permissions.chair,
            sources=("submitted",),
            target=self.end if self.signed_by_chair else "approved",
            refuse_for=self.not_for,
            todo=f"{'Ký' if self.signed_by_chair else 'Duyệt'} {self.name}",
            todo_action="Xem, ký" if self.signed_by_chair else "Xem, duyệt",
            todo_rank=16,
            asks_password=self.signed_by_chair,
            icon="check-lg",
            tone="primary",
        )

    def _return_step(self) -> Step:
        return self._step(
            "return",
            "Trả lại để sửa",
            permissions.chair,
            sources=("submitted",),
            target="returned",
            form=True,
            icon="arrow-return-left",
        )

    def _recall_step(self) -> Step:
        return self._step(
            "recall",
            "Đưa về Văn phòng sửa",
            permissions.office | permissions.clerk | permissions.chair,
            sources=("approved",),
            target="returned",
            refused=f"Chỉ đưa về được {self.name} đã duyệt mà chưa ban hành.",
            form=True,
            icon="arrow-counterclockwise",
        )

    def _issue_step(self) -> Step:
        return self._step(
            "issue",
            self.end_label,
            permissions.clerk,
            sources=("approved",),
            target=self.end,
            refuse_for=self.not_for,
            refused=f"Chỉ ban hành được {self.name} đã được Chủ tịch duyệt và chưa ban hành.",
            form=True,
            todo=self.end_todo or f"Lấy số và ban hành {self.name}",
            todo_action="Lấy số",
            todo_rank=20,
            asks_password=True,
            icon="patch-check",
            tone="primary",
        )

    def _drop_step(self) -> Step:
        return self._step(
            "drop",
            "Bỏ dự thảo",
            self.proposers,
            sources=ApprovalSubject.OPEN,
            target=self.dropped_state,
            refused=f"{upper_first(self.name)} đã trình; muốn bỏ thì Chủ tịch trả lại trước.",
            form=True,
            icon="trash",
            tone="danger",
        )

    def _cancel_steps(self) -> tuple[Step, ...]:
        """Taken when the chair agrees to cancel the issued paper, never by a button of its own."""
        if not self.cancelled_from:
            return ()
        return (
            Step(
                self.act("cancel"),
                f"Hủy {self.name}",
                permissions.chair,
                sources=self.cancelled_from,
                target=ApprovalSubject.CANCELLED,
                icon="x-circle",
                hidden=True,
            ),
        )

    def _preview_step(self) -> Step:
        return self._step(
            "preview",
            "Xem bản in",
            permissions.staff,
            sources=ApprovalSubject.PREPARED[:3] if self.signed_by_chair else ApprovalSubject.PREPARED,
            icon="printer",
        )
