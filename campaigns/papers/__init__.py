"""The papers of the movement."""

from campaigns.papers.letter import letter_paper, sample

__all__ = ["letter_paper", "sample"]
