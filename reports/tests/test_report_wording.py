"""How the quarterly report words its figures."""

from datetime import date

import pytest

from commendations.tests import factories
from emulation.documents.engines.html import paper_html
from reports.models import PeriodReport
from reports.papers.period_report import period_report_paper
from reports.rules.adjustments import adjusted_names
from tests.html import paper_text


def test_a_quarter_without_work_says_so_without_zeros(commune):
    report = PeriodReport(commune=commune, year=2026, quarter=1)
    text = paper_text(paper_html(period_report_paper(report, date(2026, 4, 2))))
    assert "Trong quý không phát sinh hồ sơ đề nghị khen thưởng; Hội đồng Thi đua - Khen thưởng xã không họp" in text
    assert "chưa có điển hình được lựa chọn để nêu gương" in text and "00 " not in text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Bùi Thị Sen", "không có người trực tiếp lao động, học tập, 01 phụ nữ"),
        ("Vi Văn Thành", "có 01 người trực tiếp lao động, học tập (chiếm 100%), không có phụ nữ"),
    ],
)
def test_awards_without_workers_or_women_have_no_zeros(commune, name, words):
    factories.issued_decision(commune, [factories.person_named(name)])
    report = PeriodReport(commune=commune, year=2026, quarter=4)
    text = paper_text(paper_html(period_report_paper(report, date(2027, 1, 4))))
    assert f"Trong tổng số {words}; tổng số" in text


def test_a_unit_that_was_added_is_named_once():
    lines = [
        {"period": "quý III năm 2026", "added": [["1", "Thôn 4", "Thôn 4", ""]], "removed": [["2", "An", "Thôn 1"]]}
    ]
    assert adjusted_names(lines) == ["Quý III năm 2026, thêm: Thôn 4", "Quý III năm 2026, bớt: An (Thôn 1)"]
