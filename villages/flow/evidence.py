"""Workflow of evidence about a person, household or unit: only the office writes; corrections need a reason."""

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
RESTRICTED_LABEL = "hồ sơ hạn chế"  # name of discipline and open cases in the audit log
EVIDENCE_OWNERS = (
    ("person", "villages.Person", "Hồ sơ theo năm của người"),
    ("household", "villages.Household", "Hồ sơ theo năm của hộ gia đình"),
    ("collective", "villages.Unit", "Hồ sơ theo năm của đơn vị"),
)


def initiative_used(initiative: Any) -> str | None:
    """Why a sáng kiến cannot be used or removed, or None: it is already used."""
    return used_initiative_fault(initiative.used_award_code, initiative.used_year, initiative.used_about)


def _label(model: type[Evidence]) -> str:
    title = model.title.partition(" (")[0]
    return RESTRICTED_LABEL if model.restricted else title[:1].lower() + title[1:]


def _subject_steps(name: str) -> tuple[Step, ...]:
    """Steps on a person, household or unit: adding and reading entries; hidden, since the pages have their own buttons."""
    kinds = [model for model in EVIDENCE if name in model.subjects]
    adds = [
        Step(f"villages.add_{model.word}_of_{name}", f"Ghi {_label(model)}", permissions.office, form=True, hidden=True)
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


def _entry_steps(model: type[Evidence]) -> tuple[Step, ...]:
    """Steps on one entry."""
    label = _label(model)
    guard = initiative_used if model is Initiative else None
    steps = [
        Step(
            f"villages.mend_{model.word}",
            f"Sửa {label}",
            permissions.office,
            sources=(KEPT,),
            target=REMOVED if model.audit_private else None,  # the corrected copy replaces it
            refused=ALREADY_REMOVED,
            form=True,
            hidden=True,
        ),
        Step(
            f"villages.remove_{model.word}",
            f"Bỏ {label}",
            permissions.office,
            sources=(KEPT,),
            target=REMOVED,
            guard=guard,
            refused=ALREADY_REMOVED,
            form=True,
            hidden=True,
        ),
    ]
    if model is Initiative:
        steps.append(
            Step(
                "villages.use_initiative",
                "Dùng sáng kiến",
                permissions.staff,
                sources=(KEPT,),
                guard=guard,
                hidden=True,
            )
        )
        steps.append(
            Step(
                "villages.release_initiative",
                "Trả lại sáng kiến",
                permissions.staff,
                sources=(KEPT,),
                hidden=True,
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

ENTER_UNIT_EVALUATIONS = Step(
    "villages.enter_unit_evaluations",
    "Ghi đánh giá năm của các đơn vị",
    permissions.office,
    url="villages:enter_unit_evaluations",
    form=True,
    icon="list-check",
    hidden=True,
)

EVIDENCE_FLOWS = (
    Flow(model="communes.Commune", title="Đánh giá năm của các đơn vị", states={}, steps=(ENTER_UNIT_EVALUATIONS,)),
    *(
        Flow(model=label, title=title, states={}, steps=(*EXTRA_STEPS.get(name, ()), *_subject_steps(name)))
        for name, label, title in EVIDENCE_OWNERS
    ),
    *(
        Flow(model=model.subject_key, title=model.title, states=EVIDENCE_STATES, steps=_entry_steps(model))
        for model in EVIDENCE
    ),
)
