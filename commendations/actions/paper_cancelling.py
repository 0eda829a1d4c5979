"""What cancelling does to papers about awards: a tờ trình to the superior is taken back, the others have ways of their own."""

from commendations.actions.outgoing_paper import lock_listed_nominations
from commendations.actions.proposal import proposal_signature_steps
from commendations.models import Proposal
from commendations.queries.proposal import cancelled_proposal_consequences, proposal_not_cancellable
from emulation.accounts.models import User
from emulation.documents.models import IssuedDocument
from emulation.documents.paper_cancelling import NeverCancelled, paper_cancelling, paper_key_id
from emulation.workflow.transitions import act

BY_AMENDMENT = (
    "dùng “Đính chính, thay thế, hủy bỏ” trên trang của quyết định, để khen thưởng, tiền và giấy khen đi theo."
)
NEVER_CANCELLED = {
    "group_request": (
        "Giấy đề nghị chung đi theo các hồ sơ, không hủy riêng: rút hoặc trả lại từng hồ sơ, hồ sơ nộp lại có bản mới."
    ),
    "posting": "Giấy tờ của đợt niêm yết không hủy riêng: mở lại hoặc hủy đợt niêm yết rồi niêm yết lại.",
    "commendations.decision": f"Quyết định khen thưởng không hủy ở đây: {BY_AMENDMENT}",
    "commendations.award": f"Giấy khen đi theo quyết định, không hủy riêng: {BY_AMENDMENT}",
    "nomination": (
        "Giấy tờ của hồ sơ đề nghị không hủy riêng: rút đề nghị, hoặc Văn phòng trả lại để sửa; nộp lại thì có bản mới."
    ),
    "session": (
        "Biên bản ghi lại phiên họp đã kết thúc nên không hủy. Có sai sót thì Hội đồng ghi lại ở biên bản phiên họp sau."
    ),
    "commendations.presentation": (
        "Phiếu trình, tờ trình của Hội đồng không hủy riêng: Chủ tịch chưa quyết định thì trả lại phiếu trình; đã quyết định "
        f"thì {BY_AMENDMENT}"
    ),
}


class ProposalCancelling:
    """A tờ trình that was sent to the superior goes back to a draft, and its cases to the chair's approval."""

    def cancel_refusal(self, document: IssuedDocument) -> str | None:
        return proposal_not_cancellable(_proposal_of(document))

    def cancel_consequences(self, document: IssuedDocument) -> list[str]:
        return cancelled_proposal_consequences(_proposal_of(document))

    def cancel_paper(self, document: IssuedDocument, *, by: User, reason: str) -> None:
        with act("commendations.cancel_proposal", _proposal_of(document), by=by, reason=reason) as proposal:
            for case in lock_listed_nominations(proposal):
                with act("commendations.take_back_from_superior", case, by=by, reason=reason):
                    pass
            proposal.edition += 1
            proposal.document = None
            proposal.issued_on = None
            proposal.signed_list = []
            proposal.returned_content = {}
            proposal.return_notes = {"reason": f"{document} đã hủy. {reason}"}
            proposal_signature_steps.refresh_draft(proposal, by=by)


def register_paper_cancelling() -> None:
    """Called in AppConfig.ready(); amendments register themselves with their approval."""
    paper_cancelling.add("commendations.proposal", ProposalCancelling())
    for prefix, instead in NEVER_CANCELLED.items():
        paper_cancelling.add(prefix, NeverCancelled(instead))


def _proposal_of(document: IssuedDocument) -> Proposal:
    return Proposal.objects.select_related("commune", "chair_submission").get(pk=paper_key_id(document))
