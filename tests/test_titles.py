"""Titles name each thing once: no "Quyết định hủy bỏ về việc hủy bỏ …", no "Thôn 4, Thôn 4"."""

import re
from typing import Any

import pytest
from django.apps import apps

from campaigns.models import Exemplar
from commendations.models import Amendment, Decision, Nomination
from emulation.communes.models import Commune
from emulation.documents.models import Draft, IssuedDocument
from emulation.documents.samples import paper_samples
from villages.models import Unit

TWICE = re.compile(r"\b(\w[^,;:.()]*[ \d][^,;:.()]*?\b|\w+ \w+)(?:,? (?:\(|về việc )?|: )\1\b", re.IGNORECASE)
"""Words that come again at once, or after "về việc": two or more, because "luôn luôn" is one word."""


@pytest.mark.parametrize(
    ("title", "doubled"),
    [
        ("Quyết định hủy bỏ về việc hủy bỏ Quyết định số 05", True),
        ("Thôn 4, Thôn 4", True),
        ("Thôn 4 (Thôn 4, tháng 10)", True),
        ("Đề nghị khen thưởng khen thưởng", True),
        ("Quyết định về việc hủy bỏ Quyết định số 05", False),
        ("Trường Tiểu học Bình Lương, xã Bình Lương", False),
        ("Luôn luôn đi đầu", False),
    ],
)
def test_what_counts_as_doubled(title: str, doubled: bool) -> None:
    assert bool(TWICE.search(title)) is doubled


def titles_of_rows() -> list[str]:
    """The names of all rows that pages and tasks name, and of the papers."""
    found: list[str] = []
    for model in apps.get_models():
        if model.__module__.startswith("django.") or not hasattr(model, "todo_parts"):
            continue
        for row in model._default_manager.all():
            found += [str(row), ", ".join(filter(None, row.todo_parts()))]
    found += IssuedDocument.objects.values_list("title", flat=True)
    return found + list(Draft.objects.values_list("title", flat=True))


def test_no_title_of_the_demo_has_the_same_words_twice(full_demo: Commune) -> None:
    samples = [make().title for make in paper_samples().values()]
    titles = {*samples, *titles_of_rows()}
    assert len(titles) > 100
    assert [title for title in titles if TWICE.search(title)] == []


def test_a_unit_and_an_amendment_are_named_once(full_demo: Commune) -> None:
    unit = Unit.objects.get(commune=full_demo, code="thon4")
    exemplar = Exemplar.objects.filter(unit=unit).first()
    rows: list[Any] = [
        Exemplar(unit=unit, collective=unit, period=exemplar.period),
        Exemplar(unit=unit, nothing=True, period=exemplar.period),
        Nomination(unit=unit, collective=unit, kind=Nomination.KINDS[0][0]),
    ]
    decision = Decision.objects.filter(state=Decision.ISSUED).first()
    for kind, verb in (("cancellation", "hủy bỏ"), ("correction", "đính chính"), ("replacement", "tặng Giấy khen")):
        rows += [Amendment(kind=kind, decision=decision, subject=f"Về việc {verb} {decision.document}")]
        rows += [Amendment(kind=kind, decision=decision)]
    names = [f"{row}; {', '.join(filter(None, row.todo_parts()))}" for row in rows]
    assert [name for name in names if TWICE.search(name)] == [], names
    assert rows[0].nominee_and_unit == rows[2].nominee_and_unit == "Thôn 4"
