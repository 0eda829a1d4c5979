"""Everything that keeps a tờ trình to the superior from being signed or issued."""

from datetime import date

from commendations.models import Nomination, Proposal
from commendations.queries import catalogue
from commendations.queries.award_lines import AwardLine
from commendations.queries.decision import (
    approved_nominations,
    basis_faults,
    changes_since_signing,
    list_faults,
    outgoing_award_name,
    outgoing_lines,
)
from commendations.queries.recipient_faults import recipient_faults
from commendations.queries.signer import own_signature_faults, signer_faults
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date, format_names
from emulation.legal import current


def proposal_faults(proposal: Proposal, on: date | None = None, listed: list[AwardLine] | None = None) -> list[str]:
    """Why the tờ trình cannot go to signature or be issued on that day (default: its expected day).

    `listed`: its lines on that day, if already read.
    """
    day = on or proposal.expected_on
    try:
        listed = outgoing_lines(proposal, day) if listed is None else listed
        return [
            *list_faults(proposal, listed, day),
            *(fault.message for fault in recipient_faults(listed)),
            *basis_faults(proposal.grounds, day),
            *_authority(proposal, day),
            *signer_faults(proposal, day),
            *own_signature_faults(proposal, listed),
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


# ── cancelling an issued tờ trình ────────────────────────────────────────────────────────────────


def listed_cases(proposal: Proposal) -> list[Nomination]:
    """The nominations of its list, in a fixed order."""
    rows = approved_nominations(proposal.chair_submission, proposal.award_code, proposal.by_deputy)
    return list(rows.select_related("person", "household", "collective").order_by("pk"))


def proposal_not_cancellable(proposal: Proposal) -> str | None:
    """Why an issued tờ trình cannot be cancelled: the superior has decided on a case of it. None when it can."""
    if proposal.state != Proposal.ISSUED:
        return "Tờ trình này đã đưa về dự thảo, không còn gì để hủy."
    decided = [case.nominee_alone for case in listed_cases(proposal) if case.state in Nomination.DECIDED_ABOVE]
    if not decided:
        return None
    return f"Cấp trên đã có kết quả cho {format_names(decided, 'trường hợp')} nên không hủy tờ trình được nữa."


def cancelled_proposal_consequences(proposal: Proposal) -> list[str]:
    """What cancelling an issued tờ trình changes, one sentence each."""
    names = [case.nominee_alone for case in listed_cases(proposal)]
    return [
        f"{len(names)} hồ sơ ({format_names(names, 'hồ sơ')}) về trạng thái “Chủ tịch đồng ý”, thôi chờ kết quả của cấp trên.",
        "Tờ trình về dự thảo để sửa và trình ký lại; lần ban hành sau mang số mới.",
        f"Văn phòng phải báo {proposal.addressee} bằng văn bản: tờ trình đã gửi không còn giá trị.",
    ]
