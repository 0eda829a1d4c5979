"""The papers of the movement."""

from campaigns.papers import chosen, praise
from campaigns.papers.campaign import campaign_paper
from campaigns.papers.campaign import sample as campaign_sample
from campaigns.papers.chosen import chosen_paper, period_words
from campaigns.papers.letter import letter_paper, sample
from campaigns.papers.praise import praise_paper

__all__ = [
    "campaign_paper", "campaign_sample", "chosen", "chosen_paper", "letter_paper", "period_words", "praise", "praise_paper", "sample",
]  # fmt: skip
