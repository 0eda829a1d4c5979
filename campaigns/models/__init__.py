"""Tables of the movement."""

from campaigns.models.campaign import UNIT_KINDS, Campaign, Goal
from campaigns.models.exemplar import Exemplar, ExemplarPhoto, Field, Period
from campaigns.models.letter import Directive, Letter, LetterReceipt
from campaigns.models.registration import Pledge, Progress, Registration
from campaigns.models.reminder import Reminder, ReminderPlan

__all__ = [
    "UNIT_KINDS",
    "Campaign",
    "Directive",
    "Exemplar",
    "ExemplarPhoto",
    "Field",
    "Goal",
    "Letter",
    "LetterReceipt",
    "Period",
    "Pledge",
    "Progress",
    "Registration",
    "Reminder",
    "ReminderPlan",
]
