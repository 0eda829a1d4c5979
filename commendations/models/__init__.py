"""The award: nominations and their files, council sessions, what is put before the chair, decisions, awards, amendments."""

from commendations.models.amendment import Amendment, AwardCancellation, AwardCorrection, AwardRecovery
from commendations.models.attendance import Attendance, ItemAbsence
from commendations.models.award import Award
from commendations.models.award_supplement import AwardSupplement, AwardSupplementAnswer
from commendations.models.chair_submission import ChairSubmission, ChairSubmissionItem
from commendations.models.decision import Decision
from commendations.models.deeds_apart import DeedsApart
from commendations.models.handover import Handover
from commendations.models.joint_proposal import JointProposal
from commendations.models.kinship import KinReason, Kinship
from commendations.models.nomination import ChecklistEntry, Nomination
from commendations.models.proposal import Proposal
from commendations.models.recusal import Recusal
from commendations.models.reversal import AwardRecoveryReversal, HandoverReversal, SupplementAnswerReversal
from commendations.models.session import CouncilSession, SessionItem

__all__ = [
    "Amendment", "Attendance", "Award", "AwardCancellation", "AwardCorrection", "AwardRecovery",
    "AwardRecoveryReversal", "AwardSupplement", "AwardSupplementAnswer", "ChairSubmission", "ChairSubmissionItem",
    "ChecklistEntry", "CouncilSession", "Decision", "DeedsApart", "Handover", "HandoverReversal", "ItemAbsence",
    "JointProposal", "KinReason", "Kinship", "Nomination", "Proposal", "Recusal", "SessionItem",
    "SupplementAnswerReversal",
]  # fmt: skip
