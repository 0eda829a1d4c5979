"""The papers of the movement."""

from campaigns.papers.campaign import campaign_paper
from campaigns.papers.campaign import sample as campaign_sample
from campaigns.papers.letter import letter_paper, sample

__all__ = ["campaign_paper", "campaign_sample", "letter_paper", "sample"]
