"""What stands against signing or issuing a tờ trình to the superior."""

from datetime import date

from commendations.models import Proposal
from commendations.queries import catalogue
from commendations.queries.decision import faults_of_list, lines_of, named, signer_faults, unlike_signed
from emulation.core.errors import RuleBroken
from emulation.core.words import vn_date
from emulation.legal import on as law_on


def disagreements(proposal: Proposal, on: date | None = None) -> list[str]:
    """Why the tờ trình cannot go to signature or be issued on that day (its expected day when none is said)."""
    day = on or proposal.expected_on
    try:
        listed = lines_of(proposal, day)
        return [
            *faults_of_list(proposal, listed, day),
            *_authority(proposal, day),
            *signer_faults(proposal, day),
            *(unlike_signed(proposal, listed, day) if proposal.state == "at_signature" else ()),
        ]
    except RuleBroken as broken:
        return [broken.message]


def _authority(proposal: Proposal, day: date) -> list[str]:
    """The award must still be somebody's above: of what the commune itself decides there is a decision."""
    decider = law_on.decider(proposal.commune_id, proposal.award_code, day)
    name = named(proposal, day).said()
    if decider.here == catalogue.HERE:
        return [
            f"Từ ngày {vn_date(day)} {decider.label} tự quyết định {name} ({decider.citation}), không trình cấp trên."
        ]
    if decider.here != catalogue.ABOVE:
        return [f"Ngày {vn_date(day)} không có ai có thẩm quyền tặng {name} ({decider.citation})."]
    return []
