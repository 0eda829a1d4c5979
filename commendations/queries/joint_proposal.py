"""Units that propose the nominee of a case together: who has joined, and who may join or leave."""

from typing import Any

from commendations.flow.joint_proposal import JOINABLE
from commendations.models import JointProposal, Nomination
from emulation.communes.capacity import capacity_of
from emulation.communes.roles import Role
from villages.models import Unit


def joint_proposal_of(case: Nomination, unit: Unit) -> JointProposal | None:
    """The joint proposal of the unit in this case that was not taken back."""
    return JointProposal.objects.in_force().filter(nomination=case, unit=unit).first()


def may_join(case: Nomination, unit: Unit | None) -> bool:
    """Whether the unit can propose the nominee of this case too: another unit, not joined yet, the council has not got it."""
    if unit is None or case.state not in JOINABLE or unit.pk == case.unit_id:
        return False
    return joint_proposal_of(case, unit) is None


def joint_rows(case: Nomination, user: Any) -> list[tuple[JointProposal, bool]]:
    """The joint proposals of the case, the earliest first, each with whether the user can take it back."""
    capacity = capacity_of(user)
    rows = case.joint_proposals.select_related("unit", "proposed_by", "taken_back_by", "document")
    return [
        (row, row.is_joined and case.state in JOINABLE and (capacity.has(Role.office) or capacity.heads(row.unit_id)))
        for row in rows
    ]
