"""Workflow tables of commendations: nomination, session, chair submission, decision, tờ trình to the superior."""

from commendations.flow import award, chair_submission, decision, nomination, proposal, session
from commendations.flow.outgoing_paper import FaultFinder
from emulation.workflow import menu, permissions


def register_commendation_flows(decision_faults: FaultFinder, proposal_faults: FaultFinder) -> None:
    """Register the workflows and the menu entries of commendations."""
    nomination.register_nomination_flows()
    session.register_session_flow()
    chair_submission.register_chair_submission_flow()
    decision.register_decision_flow(decision_faults)
    award.register_award_flow()
    proposal.register_proposal_flow(proposal_faults)
    _add_menu_entries()


def _add_menu_entries() -> None:
    menu.add_menu_entries(
        menu.MenuEntry(
            "Đề nghị khen thưởng",
            "commendations:nominations",
            "award",
            permissions.staff | permissions.unit_head | permissions.council_member,
            "Khen thưởng",
            10,
            "Đề nghị",
        ),
        menu.MenuEntry(
            "Phiên họp Hội đồng",
            "commendations:sessions",
            "people-fill",
            permissions.council,
            "Khen thưởng",
            20,
            "Phiên họp",
        ),
        menu.MenuEntry(
            "Phiếu trình Chủ tịch", "commendations:presentations", "send", permissions.staff, "Khen thưởng", 30, "Trình"
        ),
        menu.MenuEntry(
            "Quyết định", "commendations:decisions", "file-earmark-check", permissions.staff, "Khen thưởng", 40
        ),
        menu.MenuEntry(
            "Tờ trình cấp trên", "commendations:proposals", "arrow-up-circle", permissions.staff, "Khen thưởng", 45
        ),
        menu.MenuEntry(
            "Sổ vàng",
            "commendations:register",
            "journal-bookmark",
            permissions.staff | permissions.unit_head | permissions.council_member,
            "Khen thưởng",
            50,
        ),
    )
