"""Everything that keeps a tờ trình to the superior from being signed or issued."""

from datetime import date

from commendations.models import Proposal
from commendations.queries import catalogue
from commendations.queries.decision import (
    changes_since_signing,
    list_faults,
    outgoing_award_name,
    outgoing_lines,
    signer_faults,
)
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.legal import current


def proposal_faults(proposal: Proposal, on: date | None = None) -> list[str]:
    """Why the tờ trình cannot go to signature or be issued on that day (default: its expected day)."""
    day = on or proposal.expected_on
    try:
        listed = outgoing_lines(proposal, day)
        return [
            *list_faults(proposal, listed, day),
            *_authority(proposal, day),
            *signer_faults(proposal, day),
            *(changes_since_signing(proposal, listed, day) if proposal.state == "at_signature" else ()),
        ]
    except RuleBroken as broken:
        return [broken.message]


def _authority(proposal: Proposal, day: date) -> list[str]:
    """A higher authority must still decide the award; an award decided by the commune needs a decision instead."""
    decider = current.award_decider_for(proposal.commune_id, proposal.award_code, day)
    name = outgoing_award_name(proposal, day).in_full()
    if decider.here == catalogue.DECIDED_BY_COMMUNE:
        return [
            f"Từ ngày {format_date(day)} {decider.label} tự quyết định {name} ({decider.citation}), không trình cấp trên."
        ]
    if decider.here != catalogue.DECIDED_ABOVE:
        return [f"Ngày {format_date(day)} không có ai có thẩm quyền tặng {name} ({decider.citation})."]
    return []
