"""The award: nominations and their files, council sessions, what is put before the chair, decisions, awards."""

from commendations.models.award import Award, Handover
from commendations.models.chair_submission import ChairSubmission, ChairSubmissionItem
from commendations.models.decision import Decision
from commendations.models.nomination import ChecklistEntry, Nomination
from commendations.models.proposal import Proposal
from commendations.models.recusal import Recusal
from commendations.models.session import Attendance, CouncilSession, SessionItem

__all__ = [
    "Attendance", "Award", "ChairSubmission", "ChairSubmissionItem", "ChecklistEntry", "CouncilSession", "Decision",
    "Handover", "Nomination", "Proposal", "Recusal", "SessionItem",
]  # fmt: skip
