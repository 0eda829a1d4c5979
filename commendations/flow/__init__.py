"""The tables of steps of this room: nomination, session, presentation, decision, tờ trình to the superior."""

from commendations.flow import decision, nomination, presentation, proposal, session
from emulation.acts import menu, who


def declare(disagreements: decision.Disagreements, of_proposal: decision.Disagreements) -> None:
    """Registers the flows and the menu of this room."""
    for table in (nomination, session, presentation):
        table.declare()
    decision.declare(disagreements)
    proposal.declare(of_proposal)
    menu.add(
        menu.Entry(
            "Đề nghị khen thưởng",
            "commendations:nominations",
            "award",
            who.staff | who.unit_head | who.council_member,
            "Khen thưởng",
            10,
            "Đề nghị",
        ),
        menu.Entry(
            "Phiên họp Hội đồng", "commendations:sessions", "people-fill", who.council, "Khen thưởng", 20, "Phiên họp"
        ),
        menu.Entry(
            "Phiếu trình Chủ tịch", "commendations:presentations", "send", who.staff, "Khen thưởng", 30, "Trình"
        ),
        menu.Entry("Quyết định", "commendations:decisions", "file-earmark-check", who.staff, "Khen thưởng", 40),
        menu.Entry("Tờ trình cấp trên", "commendations:proposals", "arrow-up-circle", who.staff, "Khen thưởng", 45),
        menu.Entry(
            "Sổ vàng",
            "commendations:register",
            "journal-bookmark",
            who.staff | who.unit_head | who.council_member,
            "Khen thưởng",
            50,
        ),
    )
