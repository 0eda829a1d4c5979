"""The award: nominations and their files, council sessions, what is put before the chair, decisions, awards."""

from commendations.models.decision import Award, Decision, Handover
from commendations.models.nomination import ChecklistEntry, Nomination
from commendations.models.presentation import Presentation, PresentationItem
from commendations.models.proposal import Proposal
from commendations.models.recusal import Recusal
from commendations.models.session import Attendance, CouncilSession, SessionItem

__all__ = [
    "Attendance",
    "Award",
    "ChecklistEntry",
    "CouncilSession",
    "Decision",
    "Handover",
    "Nomination",
    "Presentation",
    "PresentationItem",
    "Proposal",
    "Recusal",
    "SessionItem",
]
