"""The page of number series: who may open it, and what it shows for a year."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from emulation.documents import actions
from emulation.documents.models import DocumentEvent, Series
from emulation.documents.tests import papers

URL = "documents:numbers"


def issue(commune, clerk, paper, series, key, on=papers.DAY):
    return actions.issue_document(by=clerk, commune=commune, paper=paper, series=series, issued_on=on, key=key)


def lines(browser, **query):
    return {line.rule.code: line for line in browser.get(reverse(URL), query).context["lines"]}


@pytest.mark.parametrize(
    ("login", "status"),
    [("vanphong", 200), ("vanthu", 200), ("chutich", 403), ("thon1", 403), ("phongnoivu", 403), ("quantri", 403)],
)
def test_only_office_and_clerk_may_open_it(login, status, commune, signed_in):
    assert signed_in(login).get(reverse(URL)).status_code == status
    assert signed_in(login).post(reverse(URL)).status_code in (403, 405)


def test_the_last_number_of_each_book(commune, clerk, other_commune, user, signed_in):
    issue(commune, clerk, papers.decision(3), "quyet_dinh", "a")
    second = issue(commune, clerk, papers.decision(3), "quyet_dinh", "b", date(2026, 3, 1))
    actions.add_document_event(by=clerk, document=second, kind=DocumentEvent.CANCELLED, note="Sai tên")
    issue(commune, clerk, papers.minutes(), "bien_ban", "c")
    issue(other_commune, user("la-vanthu"), papers.report(), "bao_cao", "d")
    found = lines(signed_in("vanthu"), nam="2026")
    line = found["quyet_dinh"]
    assert (line.last, line.next, line.given, line.cancelled, line.last_on) == (2, 3, 2, 1, date(2026, 3, 1))
    assert (found["bao_cao"].last, found["bao_cao"].next, found["bao_cao"].last_on) == (0, 1, None)
    shared = found["to_trinh_hoi_dong"]
    assert (shared.last, shared.next, shared.given) == (1, 2, 0)
    assert shared.shares == ("Biên bản của Hội đồng Thi đua - Khen thưởng",)
    page = signed_in("vanphong").get(reverse(URL), {"nam": "2026"}).content.decode()
    assert "QĐ-UBND" in page and "2, hủy 1" in page and "01/03/2026" in page


def test_a_communes_own_series_is_shown_from_its_start_date(commune, clerk, signed_in):
    own = {"commune": commune, "code": "bao_cao", "symbol": "BC-VP", "book": "chung", "start_at": 50}
    Series.objects.create(**own, starts_on=date(2027, 1, 1))
    browser = signed_in("vanthu")
    assert lines(browser, nam="2026")["bao_cao"].rule.symbol == "BC-UBND"
    later = lines(browser, nam="2027")["bao_cao"]
    assert (later.rule.symbol, later.rule.title, later.next) == ("BC-VP", "Báo cáo", 50)


def test_other_years_can_be_chosen_and_an_invalid_year_shows_this_year(commune, clerk, signed_in):
    issue(commune, clerk, papers.report(), "bao_cao", "old", date(2024, 5, 5))
    browser = signed_in("vanthu")
    this_year = browser.get(reverse(URL)).context["year"]
    assert "?nam=2024" in browser.get(reverse(URL)).content.decode()
    assert "sổ đã khép" in browser.get(reverse(URL), {"nam": "2024"}).content.decode()
    for invalid in ("abcd", "0000", "99999", "²²²²", "-1"):
        assert browser.get(reverse(URL), {"nam": invalid}).context["year"] == this_year


def test_the_number_of_queries_does_not_depend_on_the_number_of_papers(commune, clerk, signed_in):
    browser = signed_in("vanthu")

    def count():
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse(URL), {"nam": "2026"})
        return len(queries)

    issue(commune, clerk, papers.report(), "bao_cao", "a")
    few = count()
    for n in range(20):
        issue(commune, clerk, papers.report(), "bao_cao", f"b{n}")
    assert count() == few <= 12
