"""Workflow tables of commendations: nomination, session, chair submission, decision, tờ trình to the superior."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from commendations.flow import (
    award,
    award_supplement,
    chair_submission,
    decision,
    group_request,
    nomination,
    posting,
    proposal,
    session,
)
from commendations.flow.outgoing_paper import FaultFinder
from emulation.workflow import menu, permissions


@dataclass(frozen=True)
class FlowQueries:
    """What the tables need to know that only queries find out, which flow may not import: apps.py gives them."""

    decision_faults: FaultFinder
    proposal_faults: FaultFinder
    is_nomination_unchanged: Callable[[Any], bool]
    is_submission_unchanged: Callable[[Any], bool]
    is_outgoing_unchanged: Callable[[Any], bool]


def register_commendation_flows(queries: FlowQueries) -> None:
    """Register the workflows and the menu entries of commendations."""
    nomination.register_nomination_flows(queries.is_nomination_unchanged)
    group_request.register_group_request_flow()
    posting.register_posting_flows()
    session.register_session_flow()
    chair_submission.register_chair_submission_flow(queries.is_submission_unchanged)
    decision.register_decision_flow(queries.decision_faults, queries.is_outgoing_unchanged)
    award.register_award_flow()
    award_supplement.register_award_supplement_flow()
    proposal.register_proposal_flow(queries.proposal_faults, queries.is_outgoing_unchanged)
    _add_menu_entries()


def _add_menu_entries() -> None:
    readers = permissions.staff | permissions.unit_head | permissions.council_member
    menu.add_menu_entries(
        menu.MenuEntry(
            "Đề nghị",
            "commendations:nominations",
            "award",
            readers,
            "awards",
            10,
            "Hồ sơ đề nghị khen thưởng, từ lúc soạn đến lúc được khen.",
        ),
        menu.MenuEntry(
            "Phiên họp",
            "commendations:sessions",
            "people-fill",
            permissions.staff | permissions.council_member,
            "awards",
            20,
            "Các phiên họp Hội đồng: hồ sơ, điểm danh, biểu quyết, biên bản.",
        ),
        menu.MenuEntry(
            "Trình Chủ tịch",
            "commendations:presentations",
            "send",
            permissions.staff,
            "awards",
            30,
            "Phiếu trình Chủ tịch sau mỗi phiên họp.",
        ),
        menu.MenuEntry(
            "Quyết định",
            "commendations:decisions",
            "file-earmark-check",
            permissions.staff,
            "awards",
            40,
            "Quyết định khen thưởng, giấy khen, danh sách chi tiền; đính chính, hủy bỏ.",
            ("commendations:amendments",),
        ),
        menu.MenuEntry(
            "Trình cấp trên",
            "commendations:proposals",
            "arrow-up-circle",
            permissions.staff,
            "awards",
            45,
            "Tờ trình đề nghị cấp trên khen thưởng và kết quả.",
        ),
        menu.MenuEntry(
            "Sổ vàng",
            "commendations:register",
            "journal-bookmark",
            readers,
            "awards",
            50,
            "Mọi người, hộ, tập thể đã được khen thưởng.",
            (
                "commendations:answer_supplement",
                "commendations:reverse_recovery",
                "commendations:reverse_handover",
                "commendations:person_book",
                "commendations:household_book",
                "commendations:collective_book",
            ),
        ),
    )
