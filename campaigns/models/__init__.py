"""Tables of the movement."""

from campaigns.models.campaign import UNIT_KINDS, Campaign, Goal
from campaigns.models.choice import Choice, ChosenList, QuarterPick
from campaigns.models.duty import Duty, DutyReport, DutyReportFile, UnitDuty
from campaigns.models.exemplar import Exemplar, ExemplarPhoto, Field, Period
from campaigns.models.incoming import DirectiveScan, Handling
from campaigns.models.letter import Directive, Letter, LetterReceipt
from campaigns.models.outcome import Consent, FollowUp
from campaigns.models.praise import PraiseLetter
from campaigns.models.reason import ReasonOff, ReturnReason
from campaigns.models.recipient import LetterRecipient
from campaigns.models.registration import Pledge, Progress, Registration
from campaigns.models.reminder import Reminder, ReminderPlan

__all__ = [
    "UNIT_KINDS",
    "Campaign",
    "Choice",
    "ChosenList",
    "Consent",
    "Directive",
    "DirectiveScan",
    "Duty",
    "DutyReport",
    "DutyReportFile",
    "Exemplar",
    "ExemplarPhoto",
    "Field",
    "FollowUp",
    "Goal",
    "Handling",
    "Letter",
    "LetterReceipt",
    "LetterRecipient",
    "Period",
    "Pledge",
    "PraiseLetter",
    "Progress",
    "QuarterPick",
    "ReasonOff",
    "Registration",
    "Reminder",
    "ReminderPlan",
    "ReturnReason",
    "UnitDuty",
]
