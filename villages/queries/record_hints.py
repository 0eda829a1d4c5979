"""Hints on the page of a person, a household or a unit that its record differs from papers; apps above register sources.

A source is registered on import: `@record_hint_sources.register("awards")`, with function(user, subject) -> hints.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.urls import reverse

from emulation.core.registry import Registry
from emulation.workflow.authorization import check_act
from villages.models import Household, Person, Unit, evidence_subject_kind

Subject = Person | Household | Unit


@dataclass(frozen=True)
class RecordHint:
    """A sentence about a record, the page of the paper that it is about, and the form that edits the record ("": may not)."""

    text: str
    url: str
    edit_url: str = ""


RecordHintSource = Callable[[Any, Subject], Iterable[RecordHint]]
record_hint_sources: Registry[RecordHintSource] = Registry(
    "Record hints", "kind: the function that compares the record of a person, household or unit with papers"
)


def record_hints(user: Any, subject: Subject) -> list[RecordHint]:
    """All hints about this record."""
    return list(chain.from_iterable(source(user, subject) for source in record_hint_sources.values()))


def edit_record_url(user: Any, subject: Subject) -> str:
    """The form that edits the record; "" for a unit, and for a user who may not."""
    word = evidence_subject_kind(subject)
    if isinstance(subject, Unit) or not check_act(f"villages.edit_{word}", subject, user):
        return ""
    return reverse(f"villages:edit_{word}", args=[subject.pk])
