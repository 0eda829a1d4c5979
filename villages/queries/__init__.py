"""Reads about people, units and those who serve."""

from villages.queries.evidence import EvidenceRows, evidence_of, evidence_of_many
from villages.queries.people import (
    FEW,
    NEW,
    Choice,
    choice_of,
    choices_context,
    choices_like,
    contacts,
    heads_by_unit,
    heads_of,
    heads_of_all,
    holders,
    may_read_unit,
    people_counts,
    with_seat_counts,
)
from villages.queries.reach import Reach, charges, members_now, reach

__all__ = [
    "FEW", "NEW", "Choice", "EvidenceRows", "Reach", "charges", "choice_of", "choices_context", "choices_like", "contacts", "evidence_of",
    "evidence_of_many", "heads_by_unit", "heads_of", "heads_of_all", "holders", "may_read_unit", "members_now", "people_counts", "reach",
    "with_seat_counts",
]  # fmt: skip
