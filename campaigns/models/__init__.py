"""Tables of the movement."""

from campaigns.models.choice import Choice, ChosenList, QuarterPick
from campaigns.models.exemplar import Exemplar, ExemplarPhoto, Field, Period
from campaigns.models.letter import Directive, Letter, LetterReceipt
from campaigns.models.outcome import Consent, FollowUp
from campaigns.models.praise import PraiseLetter
from campaigns.models.reason import ReasonOff, ReturnReason
from campaigns.models.reminder import Reminder, ReminderPlan

__all__ = [
    "Choice",
    "ChosenList",
    "Consent",
    "Directive",
    "Exemplar",
    "ExemplarPhoto",
    "Field",
    "FollowUp",
    "Letter",
    "LetterReceipt",
    "Period",
    "PraiseLetter",
    "QuarterPick",
    "ReasonOff",
    "Reminder",
    "ReminderPlan",
    "ReturnReason",
]
