"""Names on the lists of the quarterly report: titles quoted as on every paper, a collective under its commune."""

from datetime import date

import pytest

from reports.models import PeriodReport
from reports.papers.report_tables import name_lists

pytestmark = pytest.mark.usefixtures("db")
DATA = {
    "sections": [
        {
            "title": "",
            "figures": [
                {
                    "key": "granted",
                    "value": 2,
                    "names": [["Đỗ Thị Êm", "Trạm Y tế", "xuất sắc"], ["Thôn 2", "Thôn 2", "xuất sắc"]],
                    "decisions": [
                        "Danh hiệu Lao động tiên tiến năm 2025; 02/QĐ-UBND ngày 06/11/2026",
                        "Giấy khen; 01/QĐ-UBND ngày 30/10/2026",
                    ],
                },
                {"key": "exemplars", "value": 1, "names": [["Thôn 2", "Thôn 2", "Tháng 10/2026; Giáo dục"]]},
            ],
        }
    ]
}


def test_titles_are_quoted_and_collectives_stand_under_the_commune(commune):
    report = PeriodReport(commune=commune, year=2026, quarter=4)
    assert report.span.last == date(2026, 12, 31)
    awards, exemplars = name_lists(report, DATA, "Ủy ban nhân dân xã Bình Lương")
    assert [(row[1], row[3]) for row in awards.body[0].rows] == [
        ("Trạm Y tế", "Danh hiệu “Lao động tiên tiến” năm 2025; Quyết định số 02/QĐ-UBND ngày 06/11/2026"),
        ("Xã Bình Lương", "Giấy khen; Quyết định số 01/QĐ-UBND ngày 30/10/2026"),
    ]
    assert exemplars.body[0].rows == (("Thôn 2", "Xã Bình Lương", "Tháng 10/2026", "Giáo dục"),)
