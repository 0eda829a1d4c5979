"""The tables of steps of this room: nomination, session, chair_submission, decision, tờ trình to the superior."""

from commendations.flow import chair_submission, decision, nomination, proposal, session
from emulation.workflow import menu, permissions


def register_commendation_flows(disagreements: decision.FaultFinder, of_proposal: decision.FaultFinder) -> None:
    """Registers the flows and the menu of this room."""
    nomination.register_nomination_flows()
    session.register_session_flow()
    chair_submission.register_chair_submission_flow()
    decision.register_decision_flows(disagreements)
    proposal.register_proposal_flow(of_proposal)
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
