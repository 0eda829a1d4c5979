"""What is decided in the movement. Pure: no Django, no clock."""

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
    "is_late",
    "missing",
    "month_span",
    "months_since",
    "period_title",
    "quarter_span",
]
