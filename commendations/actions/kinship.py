"""Relations to a nominee: declared, taken back; the reason of who acts on the case of kin."""

from django.utils import timezone

from commendations.actions import recusal
from commendations.flow.kin import relation_of
from commendations.models import CouncilSession, KinReason, Kinship, Nomination, SessionItem
from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.roles import Role
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.core.text import clean
from emulation.core.validation import require_reason
from emulation.workflow.transitions import act
from villages.models import Person


def declare_kinship(*, by: User, nomination: Nomination, person: Person, kind: str, note: str = "") -> Kinship:
    """Records that this person is kin of the nominee; at live sessions their seat is recused from all cases of the nominee.

    A user declares for themselves, the office for anybody. Raises RuleBroken for a collective, for the nominee, and for a
    relation that is declared already.
    """
    with act("commendations.declare_kinship", nomination, by=by, person=person.pk, kind=kind) as case:
        if not capacity_of(by).has(Role.office) and person.user_id != by.pk:
            raise NotAllowed("Bạn chỉ khai quan hệ của chính mình; Văn phòng ghi cho người khác.")
        nominee = _nominee_of(case, person)
        kinship = Kinship.objects.create(
            commune_id=case.commune_id, person=person, other=nominee, kind=kind, note=clean(note), declared_by=by
        )
        live = SessionItem.objects.filter(nomination=case, session__state__in=CouncilSession.LIVE, put_off="")
        for item in live.select_related("session", "nomination__person"):
            recusal.propose(item)
    return kinship


def _nominee_of(case: Nomination, person: Person) -> Person:
    """The nominated person or head of household. RuleBroken for a pair that is declared or is one person."""
    nominee: Person = case.subject_person
    if nominee.kept_id == person.kept_id:
        raise RuleBroken("Người được đề nghị và người có quan hệ phải là hai người.", field="person")
    pair = {"person__in": (person, nominee), "other__in": (person, nominee)}
    if Kinship.objects.in_force().filter(**pair).exists():
        raise RuleBroken("Quan hệ này đã được khai rồi.", field="person")
    return nominee


def end_kinship(*, by: User, nomination: Nomination, kinship: Kinship, reason: str) -> Kinship:
    """Takes a declaration back, with a reason. A recusal that it led to stays until it is lifted with a reason of its own.

    Raises RuleBroken for a relation of the user's own.
    """
    with act("commendations.end_kinship", nomination, by=by, reason=reason, kinship=kinship.pk):
        if by.pk in (kinship.person.user_id, kinship.other.user_id):
            raise RuleBroken("Lời khai về chính bạn thì người khác của Văn phòng mới rút được.")
        kinship.end_reason = require_reason(reason, "Hãy ghi lý do rút.")
        kinship.ended_at = timezone.now()
        kinship.ended_by = by
        kinship.save(update_fields=["end_reason", "ended_at", "ended_by"])
    return kinship


def explain_kinship(*, by: User, nomination: Nomination, reason: str, seen: int | None = None) -> KinReason:
    """Records why the user acts on the case of kin; it is printed in the minutes. RuleBroken without a reason."""
    with act("commendations.explain_kinship", nomination, by=by, seen=seen, reason=reason) as case:
        return KinReason.objects.create(
            commune_id=case.commune_id,
            nomination=case,
            user=by,
            relation=relation_of(case, by),
            reason=require_reason(reason, "Hãy ghi lý do vẫn làm."),
        )
