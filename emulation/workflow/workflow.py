"""Workflows as data: a table of steps for each kind of object, and the registry of all tables.

One step is the source of the button, the authorization check, the state transition, the to-do list and docs/workflows.md.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q

from emulation.core.registry import Registry, calling_module
from emulation.workflow.permissions import Permission

Guard = Callable[[Any], str | None]


@dataclass(frozen=True)
class Caution:
    """What to consider before an act that stays possible: `text`, and a link (`label`, empty: none) to act on it first."""

    text: str
    url: str = ""
    label: str = ""


@dataclass(frozen=True)
class State:
    """A state of a subject: its label, its icon, and its tone (neutral, wait, good, bad, gold)."""

    label: str
    icon: str = "circle"
    tone: str = "neutral"


@dataclass(frozen=True)
class Step:
    """One step of a flow.

    `sources`: the states in which it is possible (empty: any); `target`: the state after it (None: unchanged).
    `guard` returns the reason why an object in the right state still cannot take the step, or None.
    `refused` is the message for a wrong state. `url` names the page (with the object's pk) that performs the act;
    `form`: that page shows a form first. `todo` is the line in "Việc của tôi" of the users who may take the step (empty:
    no line), `todo_action` its button there (empty: the label); a lower `todo_rank` comes first, by what it costs if it waits.
    `waits` restricts these lines to some of the rows in the source states (a function, where it depends on the day of today),
    `todo_for` to some of these users. In a flow without states `waits` alone names the rows.
    `refuse_for` returns the reason why this user may not take it although they have the permission (their own case), or None.
    `tone_of` gives the look of its button where that depends on the object, in place of `tone`.
    `confirm` is asked before an act without a form; with a `caution` only when that returns something for the object and the user.
    `asks_password`: the views ask for the user's own password again, unless it was typed a short while ago.
    """

    act: str
    label: str
    permission: Permission
    sources: tuple[str, ...] = ()
    target: str | None = None
    guard: Guard | None = None
    refuse_for: Callable[[Any, Any], str | None] | None = None
    refused: str = ""
    url: str = ""
    form: bool = False
    todo: str = ""
    todo_action: str = ""
    todo_rank: int = 50
    waits: Q | Callable[[], Q] | None = None
    todo_for: Permission | None = None
    icon: str = "arrow-right"
    tone: str = "secondary"
    tone_of: Callable[[Any], str] | None = None
    confirm: str = ""
    caution: Callable[[Any, Any], Caution | None] | None = None
    asks_password: bool = False
    rare: bool = False  # its button is folded away
    hidden: bool = False  # no button in {% steps %}: the page has its own button
    shows_refusal: bool = True  # False: left out of {% steps %} when its guard denies it, because nothing is left to do


def edit_before_submit(
    steps: Iterable[Step], edit: str, submit: str, is_unchanged: Callable[[Any], bool]
) -> Iterator[Step]:
    """The steps with `edit` as the main act in the place of `submit` while returned work is as it was: submitting is refused."""

    def tone_of_edit(subject: Any) -> str:
        return "primary" if is_unchanged(subject) else "secondary"

    def tone_of_submit(subject: Any) -> str:
        return "secondary" if is_unchanged(subject) else "primary"

    tones = {edit: tone_of_edit, submit: tone_of_submit}
    for step in steps:
        yield replace(step, tone_of=tones.get(step.act, step.tone_of))


@dataclass(frozen=True)
class Flow:
    """The states and steps of one kind of subject. `model` is its subject_key ("app.Model"), `title` its Vietnamese name."""

    model: str
    title: str
    states: dict[str, State]
    steps: tuple[Step, ...]
    page: str = ""  # url name of the object's page
    icon: str = "file-earmark-text"
    by_act: dict[str, Step] = field(init=False, default_factory=dict)
    defined_in: str = ""  # the module, for docs/registries.md; given by functions that build tables for other modules

    def __post_init__(self) -> None:
        object.__setattr__(self, "defined_in", self.defined_in or calling_module(__name__))
        for step in self.steps:
            unknown = {*step.sources, *({step.target} if step.target else set())} - self.states.keys()
            if unknown or step.act in self.by_act:
                raise ValueError(f"flow {self.model}: {step.act}: unknown state {unknown} or act given twice")
            self.by_act[step.act] = step


flows: Registry[Flow] = Registry("Workflow tables", "model and title: a table of steps (docs/workflows.md shows them)")
acts: Registry[tuple[Flow, Step]] = Registry("Acts", "act: its table and its step")


def register_flow(flow: Flow) -> None:
    """Registers a flow; called in AppConfig.ready(). Raises ValueError if an act is already in another flow.

    A model may have one flow with states, and also tables of acts that change no state (for example, what can be created
    in a commune).
    """
    flows.add(f"{flow.model}: {flow.title}", flow)
    for step in flow.steps:
        acts.add(step.act, (flow, step))


def registered_flows() -> Iterator[Flow]:
    """All flows, sorted by model."""
    return iter(sorted(flows.values(), key=lambda flow: (flow.model, flow.title)))


def flow_of(subject: Any) -> Flow | None:
    """The flow with states of an object or model class, or None."""
    key = subject.subject_key
    return next((flow for flow in flows.values() if flow.model == key and flow.states), None)


def steps_of(subject: Any) -> list[Step]:
    """The steps of all flows of this kind of object: the flow with states first, then tables that other apps add."""
    own = [flow for flow in flows.values() if flow.model == subject.subject_key]
    steps: list[Step] = []
    for flow in sorted(own, key=lambda flow: not flow.states):
        steps += flow.steps
    return steps


def step_of(act: str) -> Step:
    """The step of an act. Raises LookupError for an act that is in no flow."""
    return acts[act][1]


def state_of(subject: Any) -> State:
    """The current state of an object, with label, icon and tone."""
    flow = flow_of(subject)
    assert flow is not None, subject
    return flow.states[subject.state]
