"""The papers of the movement."""

from campaigns.papers import chosen
from campaigns.papers.chosen import chosen_paper, period_words
from campaigns.papers.letter import letter_paper, sample

__all__ = ["chosen", "chosen_paper", "letter_paper", "period_words", "sample"]
