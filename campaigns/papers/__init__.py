"""The papers of the movement."""

from campaigns.papers import chosen, praise
from campaigns.papers.chosen import chosen_paper, period_words
from campaigns.papers.letter import letter_paper, sample
from campaigns.papers.praise import praise_paper

__all__ = ["chosen", "chosen_paper", "letter_paper", "period_words", "praise", "praise_paper", "sample"]
