"""What can be done with the evidence of a person, household or unit: the office writes, everything with its reason."""

from typing import Any

from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, State, Step
from villages.models import EVIDENCE, KEPT, REMOVED, Evidence, Initiative
from villages.rules.evidence import used_initiative_fault

EVIDENCE_STATES = {
    KEPT: State("Đang dùng", "check-circle", "good"),
    REMOVED: State("Đã bỏ", "slash-circle", "neutral"),
}
ALREADY_REMOVED = "Dòng này đã bỏ, không sửa được nữa."
RESTRICTED_LABEL = "hồ sơ hạn chế"  # what the trail calls discipline and open cases
EVIDENCE_OWNERS = (
    ("person", "villages.Person", "Hồ sơ theo năm của người"),
    ("household", "villages.Household", "Hồ sơ theo năm của hộ gia đình"),
    ("collective", "villages.Unit", "Hồ sơ theo năm của đơn vị"),
)


def initiative_used(initiative: Any) -> str | None:
    """Why a sáng kiến can neither be used nor removed any more."""
    return used_initiative_fault(initiative.used_award_code, initiative.used_year, initiative.used_about)


def _named(model: type[Evidence]) -> str:
    title = model.title.partition(" (")[0]
    return RESTRICTED_LABEL if model.restricted else title[:1].lower() + title[1:]


def _of_subject(name: str) -> tuple[Step, ...]:
    """What can be begun about a person, household or unit; the pages have their own buttons."""
    kinds = [model for model in EVIDENCE if name in model.subjects]
    adds = [
        Step(f"villages.add_{model.word}_of_{name}", f"Ghi {_named(model)}", permissions.office, form=True, hidden=True)
        for model in kinds
    ]
    if not any(model.restricted for model in kinds):
        return tuple(adds)
    read = Step(
        f"villages.read_restricted_of_{name}",
        "Xem hồ sơ hạn chế",
        permissions.office | permissions.chair,
        url=f"villages:read_restricted_of_{name}",
        icon="lock",
        confirm="Kỷ luật, vụ việc đang xem xét là thông tin hạn chế. Lần xem này được ghi vào nhật ký.",
        hidden=True,
    )
    return (*adds, read)


def _of_entry(model: type[Evidence]) -> tuple[Step, ...]:
    """What can be done with one entry."""
    named, used = _named(model), initiative_used if model is Initiative else None
    steps = [
        Step(
            f"villages.mend_{model.word}",
            f"Sửa {named}",
            permissions.office,
            sources=(KEPT,),
            target=REMOVED if model.audit_private else None,  # the mended one takes its place
            refused=ALREADY_REMOVED,
            form=True,
            hidden=True,
        ),
        Step(
            f"villages.remove_{model.word}",
            f"Bỏ {named}",
            permissions.office,
            sources=(KEPT,),
            target=REMOVED,
            guard=used,
            refused=ALREADY_REMOVED,
            form=True,
            hidden=True,
        ),
    ]
    if model is Initiative:
        steps.append(
            Step(
                "villages.use_initiative", "Dùng sáng kiến", permissions.staff, sources=(KEPT,), guard=used, hidden=True
            )
        )
    return tuple(steps)


ENTER_EVALUATIONS = Step(
    "villages.enter_evaluations",
    "Ghi đánh giá năm",
    permissions.office,
    url="villages:enter_evaluations",
    form=True,
    icon="list-check",
)
SET_JOINED = Step("villages.set_joined", "Ghi ngày vào đơn vị", permissions.office, form=True, hidden=True)
EXTRA_STEPS = {"person": (SET_JOINED,), "collective": (ENTER_EVALUATIONS,)}

EVIDENCE_FLOWS = (
    *(
        Flow(model=label, title=title, states={}, steps=(*EXTRA_STEPS.get(name, ()), *_of_subject(name)))
        for name, label, title in EVIDENCE_OWNERS
    ),
    *(
        Flow(model=model.subject_key, title=model.title, states=EVIDENCE_STATES, steps=_of_entry(model))
        for model in EVIDENCE
    ),
)
