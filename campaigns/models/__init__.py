"""Tables of the movement."""

from campaigns.models.exemplar import Exemplar, ExemplarPhoto, Field, Period
from campaigns.models.letter import Directive, Letter, LetterReceipt
from campaigns.models.reminder import Reminder, ReminderPlan

__all__ = [
    "Directive",
    "Exemplar",
    "ExemplarPhoto",
    "Field",
    "Letter",
    "LetterReceipt",
    "Period",
    "Reminder",
    "ReminderPlan",
]
