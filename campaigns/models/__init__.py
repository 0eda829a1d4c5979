"""Tables of the movement."""

from campaigns.models.exemplar import Exemplar, ExemplarPhoto, Field, Period
from campaigns.models.letter import Directive, Letter, LetterReceipt

__all__ = ["Directive", "Exemplar", "ExemplarPhoto", "Field", "Letter", "LetterReceipt", "Period"]
