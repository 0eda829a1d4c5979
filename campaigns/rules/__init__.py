"""What is decided in the movement. Pure: no Django, no clock."""

from campaigns.rules.choice import gist, may_be_minor, months_of, private_marks, quarter_of
from campaigns.rules.exemplar import (
    MAX_PHOTOS,
    Answer,
    Span,
    is_late,
    missing,
    month_span,
    months_since,
    period_title,
    quarter_span,
)

__all__ = [
    "MAX_PHOTOS",
    "Answer",
    "Span",
    "gist",
    "is_late",
    "may_be_minor",
    "missing",
    "month_span",
    "months_of",
    "months_since",
    "period_title",
    "private_marks",
    "quarter_of",
    "quarter_span",
]
