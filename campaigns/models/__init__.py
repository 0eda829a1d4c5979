"""Tables of the movement."""

from campaigns.models.duty import Duty, DutyReport, DutyReportFile, UnitDuty
from campaigns.models.exemplar import Exemplar, ExemplarPhoto, Field, Period
from campaigns.models.incoming import DirectiveScan, Handling
from campaigns.models.letter import Directive, Letter, LetterReceipt
from campaigns.models.recipient import LetterRecipient
from campaigns.models.reminder import Reminder, ReminderPlan

__all__ = [
    "Directive",
    "DirectiveScan",
    "Duty",
    "DutyReport",
    "DutyReportFile",
    "Exemplar",
    "ExemplarPhoto",
    "Field",
    "Handling",
    "Letter",
    "LetterReceipt",
    "LetterRecipient",
    "Period",
    "Reminder",
    "ReminderPlan",
    "UnitDuty",
]
