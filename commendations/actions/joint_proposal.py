"""A second unit proposes the nominee of a case too: it joins the case, and takes that back while nobody has judged it."""

from django.db import transaction
from django.utils import timezone

from commendations.actions.case import notify_case_handlers, touch_subject
from commendations.actions.nomination import withdraw_nomination
from commendations.models import JointProposal, Nomination
from commendations.papers.commendation_request import joint_request
from commendations.queries.joint_proposal import joint_proposal_of
from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of, role_holder_ids
from emulation.communes.roles import Role
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.core.text import clean_lines, is_reason
from emulation.core.validation import require_reason
from emulation.documents import actions as documents
from emulation.documents.actions import ReaderGrant
from emulation.workflow.transitions import act
from villages.models import Unit


@transaction.atomic
def join_case(
    *, by: User, nomination: Nomination, unit: Unit, deed: str, draft: Nomination | None = None
) -> JointProposal:
    """The unit proposes the nominee of this case too; its giấy đề nghị is frozen. `draft`, its own case, is withdrawn.

    Raises RuleBroken for the first unit, for one that has joined, without words about the deed, and once the council has the
    case; the draft is kept then.
    """
    deed = clean_lines(deed)
    _check_unit(by, unit)
    if draft is not None:
        reason = f"{unit.name} cùng đề nghị trong hồ sơ do {nomination.unit.name} lập."
        withdraw_nomination(by=by, nomination=draft, reason=reason)
    with act("commendations.join", nomination, by=by, reason=f"{unit.name}: {deed}") as case:
        if case.unit_id == unit.pk:
            raise RuleBroken(f"{unit.name} là đơn vị lập hồ sơ này: hãy bổ sung vào chính hồ sơ.")
        if joint_proposal_of(case, unit) is not None:
            raise RuleBroken(f"{unit.name} đã cùng đề nghị trong hồ sơ này.")
        if not is_reason(deed):
            raise RuleBroken("Hãy ghi thành tích, lý do đơn vị cùng đề nghị.", field="deed")
        joint = JointProposal.objects.create(
            commune_id=case.commune_id, nomination=case, unit=unit, deed=deed, proposed_by=by
        )
        day = timezone.localdate()
        joint.document = documents.freeze_document(
            by=by,
            commune=case.commune,
            paper=joint_request(joint, day),
            issued_on=day,
            key=f"nomination:{case.pk}:joint:{joint.pk}",
            readers=[ReaderGrant(unit_id=one.pk) for one in case.proposing_units],
            about=case.nominee_alone,
        )
        joint.save(update_fields=["document"])
        _notify(case, by, f"{unit.name} cùng đề nghị khen thưởng {case.nominee_alone}.", "joined")
    return joint


def leave_case(*, by: User, nomination: Nomination, unit: Unit, reason: str, seen: int | None = None) -> JointProposal:
    """The unit no longer proposes the nominee; its paper stays, the case of the first unit goes on.

    Raises RuleBroken without a reason, for a unit that has not joined, and once the council has the case.
    """
    _check_unit(by, unit)
    with act("commendations.leave", nomination, by=by, seen=seen, reason=f"{unit.name}: {clean_lines(reason)}") as case:
        joint = joint_proposal_of(case, unit)
        if joint is None:
            raise RuleBroken(f"{unit.name} không cùng đề nghị trong hồ sơ này.")
        joint.end_reason = require_reason(reason, "Hãy ghi lý do thôi cùng đề nghị.")
        joint.taken_back_at = timezone.now()
        joint.taken_back_by = by
        joint.save(update_fields=["end_reason", "taken_back_at", "taken_back_by"])
        text = f"{unit.name} thôi cùng đề nghị khen thưởng {case.nominee_alone}: {joint.end_reason}"
        _notify(case, by, text, "left")
    return joint


def _check_unit(by: User, unit: Unit) -> None:
    capacity = capacity_of(by)
    if not capacity.has(Role.office) and not capacity.heads(unit.pk):
        raise NotAllowed(f"Bạn chỉ đề nghị cho đơn vị mình phụ trách, không đề nghị thay {unit.name}.")


def _notify(case: Nomination, by: User, text: str, key: str) -> None:
    today = timezone.localdate()
    office = role_holder_ids(case.commune_id, Role.office, on=today)
    touch_subject(case)
    notify_case_handlers(case, by, text, key, office)
