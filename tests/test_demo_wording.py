"""The words of every paper of the demo and its extra year: what a clerk who reads them aloud stumbles over."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from itertools import chain
from typing import Any

import pytest

from campaigns.seeds.months import answers_by_month
from campaigns.seeds.year import _in_month
from commendations.models import Nomination
from emulation.communes.models import Commune
from emulation.documents.models import IssuedDocument
from emulation.legal.calendar.commune_calendar import work_calendar_of
from reports.models import PeriodReport
from reports.papers.report_tables import figure_value
from reports.seeds.year import EXTRA_YEAR, play_demo_year
from tests.html import paper_text

SEASONS = (
    "khai giảng",
    "nghỉ hè",
    "trong hè",
    "lũ",
    "27/7",
    "tháng Sáu",
    "vụ gặt",
    "20/10",
    "mùa mưa",
    "năm học",
    "sáu tháng",
)
FAULTS = {
    "a word twice": r"\b(?!(?:dần|luôn|mãi|ngày|từng|đồng) )(\w{2,}) \1\b",
    "trong before a verb": r"đột xuất trong (?!việc )",
    "two spaces or a space before a mark": r"  | [,.;:](?!/)",
    "not filled in": r"None|nan\b|\{|\}|<[a-z]",
}


def lines_of(html: str) -> str:
    """The text of a paper, a line for each paragraph and each cell of a table."""
    text = re.sub(r"<[^>]+>", "\n", paper_text(html))
    return "\n".join(line.strip() for line in unescape(text).split("\n") if line.strip())


@pytest.fixture
def papers(full_demo: Commune) -> dict[str, str]:
    """The text of each paper of the demo and its extra year, with its name."""
    play_demo_year(full_demo, EXTRA_YEAR)
    rows = IssuedDocument.objects.filter(commune=full_demo).order_by("pk")
    return {f"{paper.pk}: {paper}": lines_of(paper.html) for paper in rows}


def faults_of(text: str) -> list[str]:
    """What is wrong in the text of a paper, with some words around it."""
    found = ["the mark of the end stands twice"] if text.count("./.") > 1 else []
    for fault, pattern in FAULTS.items():
        found += [f"{fault}: {place[0]}" for place in re.finditer(f".{{0,30}}(?:{pattern}).{{0,10}}", text)]
    return found


def test_the_papers_read_well(papers: dict[str, str]) -> None:
    found = {name: faults_of(text) for name, text in papers.items()}
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_deeds_and_papers_of_the_year_agree_with_their_days(papers: dict[str, str]) -> None:
    for case in Nomination.objects.filter(period_from__year=EXTRA_YEAR, kind="DX"):
        assert case.period_from == case.period_to and f"{case.period_from:%d/}" in case.deed, case
    calendar = work_calendar_of(Commune.objects.get().pk)
    issued = IssuedDocument.objects.filter(issued_on__year=EXTRA_YEAR)
    days = set(issued.values_list("issued_on", flat=True))
    assert {day for day in days if calendar.add(day - timedelta(days=1), 1) != day} == set(), "on working days"
    plan = lines_of(issued.get(kind="ke_hoach").html)
    assert "Lưu: VT, VP" in plan and "Phòng Văn hóa" not in plan


def texts_in(value: Any) -> Iterator[str]:
    """All texts of nested lists and tables, without those kept for other months."""
    if isinstance(value, dict):
        value = [one for name, one in value.items() if not name.startswith("other_")]
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from chain.from_iterable(map(texts_in, value))


def test_a_text_of_one_season_is_not_used_in_another_month() -> None:
    for month, answers in answers_by_month().items():
        elsewhere = "\n".join(texts_in(_in_month(answers, month, month % 12 + 1, EXTRA_YEAR)))
        assert [word for word in SEASONS if word in elsewhere] == [], month


def test_the_fields_of_a_quarter_are_one_sentence_of_its_report(full_demo: Commune) -> None:
    report = PeriodReport.objects.get(commune=full_demo, year=2026, quarter=3)
    sentence = re.search(
        r"Có (\d\d điển hình về [a-zđ][^;.]+; )+\d\d điển hình về [^;.]+\.", paper_text(report.document.html)
    )
    counts = [int(count) for count in re.findall(r"\d\d", sentence[0])] if sentence else []
    assert sum(counts) == figure_value(report.figures, "exemplars")
