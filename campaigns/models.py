"""All models of the app, for Django and for apps of higher layers; packages of this app import from their own modules."""

from campaigns.campaigns.models.campaign import UNIT_KINDS, Campaign, Goal
from campaigns.campaigns.models.registration import Pledge, Progress, Registration
from campaigns.catalogue.models import Field, ReasonOff, ReturnReason
from campaigns.directives.models.directive import Directive, DirectiveScan, Handling
from campaigns.directives.models.duty import Duty, DutyReport, DutyReportFile, UnitDuty
from campaigns.directives.models.letter import Letter, LetterReceipt
from campaigns.directives.models.recipient import LetterRecipient
from campaigns.exemplars.models.consent import Consent
from campaigns.exemplars.models.exemplar import Exemplar, ExemplarPhoto
from campaigns.exemplars.models.follow_up import FollowUp
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.models.praise_letter import PraiseLetter
from campaigns.exemplars.models.quarter_submission import QuarterSubmission
from campaigns.exemplars.models.shortlist import ShortlistEntry
from campaigns.exemplars.models.shortlist_notice import ShortlistNotice
from campaigns.obligations.models import ReminderPlan
from campaigns.reminders.models import Reminder

__all__ = [
    "UNIT_KINDS", "Campaign", "Consent", "Directive", "DirectiveScan", "Duty", "DutyReport", "DutyReportFile",
    "Exemplar", "ExemplarPhoto", "Field", "FollowUp", "Goal", "Handling", "Letter", "LetterReceipt",
    "LetterRecipient", "Period", "Pledge", "PraiseLetter", "Progress", "QuarterSubmission", "ReasonOff",
    "Registration", "Reminder", "ReminderPlan", "ReturnReason", "ShortlistEntry", "ShortlistNotice", "UnitDuty",
]  # fmt: skip
