"""Flow is data: for each subject a table of steps, and the register of all tables.

The same row draws the button, answers "may I, and if not why", moves the state and prints docs/workflows.md.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from emulation.workflow.permissions import Permission

Guard = Callable[[Any], str | None]


@dataclass(frozen=True)
class State:
    """A state of a subject: its word, its icon, and its tone (neutral, wait, good, bad, gold)."""

    label: str
    icon: str = "circle"
    tone: str = "neutral"


@dataclass(frozen=True)
class Step:
    """One row of a flow.

    `frm`: states from which it starts (empty: from any); `to`: the state after it (None: unchanged).
    `guard` gives the reason why an object that is in the right state still cannot take the step, or None.
    `refused` is said when the state is wrong. `url` names the page (with the object's pk) that carries it out;
    `form` says that this page asks something first. `todo` is the line in "Việc của tôi" of the people who may
    take the step (empty: it waits for nobody); `waits` narrows which rows wait where the state alone does not say.
    """

    act: str
    label: str
    permission: Permission
    sources: tuple[str, ...] = ()
    target: str | None = None
    guard: Guard | None = None
    refused: str = ""
    url: str = ""
    form: bool = False
    todo: str = ""
    waits: Q | None = None
    icon: str = "arrow-right"
    tone: str = "secondary"
    confirm: str = ""
    hidden: bool = False  # no button in {% steps %}: the page has its own


@dataclass(frozen=True)
class Flow:
    """The life of one kind of subject. `model` is "room.Model"; `title` its Vietnamese name."""

    model: str
    title: str
    states: dict[str, State]
    steps: tuple[Step, ...]
    page: str = ""  # url name of the object's page
    icon: str = "file-earmark-text"
    by_act: dict[str, Step] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for step in self.steps:
            unknown = {*step.sources, *({step.target} if step.target else set())} - self.states.keys()
            if unknown or step.act in self.by_act:
                raise ValueError(f"flow {self.model}: {step.act}: unknown state {unknown} or act given twice")
            self.by_act[step.act] = step


_flows: dict[tuple[str, str], Flow] = {}
_steps: dict[str, tuple[Flow, Step]] = {}


def register_flow(flow: Flow) -> None:
    """Makes a flow known; called in AppConfig.ready(). An act belongs to one flow only.

    A model may have one flow with states, and beside it tables of acts that change no state (what may be begun in a commune).
    """
    _flows[flow.model, flow.title] = flow
    for step in flow.steps:
        known = _steps.get(step.act)
        if known and (known[0].model, known[0].title) != (flow.model, flow.title):
            raise ValueError(f"act {step.act} stands in {known[0].title} and {flow.title}")
        _steps[step.act] = (flow, step)


def registered_flows() -> Iterator[Flow]:
    """All flows, by the name of their model."""
    return iter(sorted(_flows.values(), key=lambda flow: (flow.model, flow.title)))


def flow_of(subject: Any) -> Flow | None:
    """The flow of an object or model class, or None."""
    key = subject.subject_key
    return next((flow for flow in _flows.values() if flow.model == key and flow.states), None)


def steps_of(subject: Any) -> list[Step]:
    """The steps of all tables about this kind of object: those of its own room first, then what rooms above add to it."""
    tables = [flow for flow in _flows.values() if flow.model == subject.subject_key]
    return [step for flow in sorted(tables, key=lambda flow: not flow.states) for step in flow.steps]


def step_of(act: str) -> Step:
    """The row of an act. Raises LookupError for an act that stands in no flow."""
    if act not in _steps:
        raise LookupError(f"act {act!r} stands in no flow")
    return _steps[act][1]


def state_of(subject: Any) -> State:
    """The state that an object is in, as word, icon and tone."""
    flow = flow_of(subject)
    assert flow is not None, subject
    return flow.states[subject.state]
