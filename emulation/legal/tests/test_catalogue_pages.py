"""The pages of the catalogue: access, chosen day, invalid days, page size, number of queries."""

import gzip
import re
from collections.abc import Callable
from datetime import date
from itertools import product

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from emulation.core.formatting import format_date
from emulation.legal.catalogue import listing
from emulation.legal.engine.doubts import doubt_wording
from emulation.legal.engine.loader import shipped_statutes
from tests.access_matrix import LOGINS
from tests.html import page_of as compact_page

Browser = Callable[[str], Client]
LIST, AWARD, TWO = "/phap-luat/danh-muc/", "/phap-luat/danh-muc/GKX/", "/phap-luat/danh-muc/so-sanh/"
NOT_KEPT = "Phần mềm giữ quy định từ ngày 01/07/2018."


def page_of(browser: Client, url: str, **asked: str) -> str:
    answer = browser.get(url, asked)
    assert answer.status_code == 200
    return compact_page(answer)


def test_everybody_signed_in_may_look(commune: object, signed_in: Browser) -> None:
    faults = []
    for login in LOGINS:
        browser = signed_in(login)
        for url in (LIST, AWARD, TWO):
            answer = browser.get(url)
            page = compact_page(answer)
            if "Danh mục danh hiệu, hình thức" not in page or 'href="/phap-luat/danh-muc/' not in page:
                faults.append(f"{login} {url}: {answer.status_code}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("url", [LIST, AWARD, TWO])
def test_strangers_sign_in_first(commune: object, client: Client, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 302 and "dang-nhap" in answer["Location"]


@pytest.mark.parametrize("code", ["KHONG-CO", "gkx", "GKX2", "1", "__"])
def test_an_award_that_is_not_listed(signed_in: Browser, code: str) -> None:
    assert signed_in("thon1").get(f"/phap-luat/danh-muc/{code}/").status_code == 404


@pytest.mark.parametrize(
    ("day", "shown", "hidden"),
    [
        ("31/12/2023", ["0,15 × 1.800.000 = 270.000 đồng", "Giấy khen Gia đình văn hóa"], ["Luật số 06/2026", "Thôn, tổ dân phố văn hóa"]),
        ("30/06/2025", ["0,15 × 2.340.000 = 351.000 → 360.000 đồng", "Chủ tịch Ủy ban nhân dân huyện"], ["Luật số 06/2026"]),
        ("01/07/2025", ["0,3 × 2.340.000 = 702.000 → 710.000 đồng", "Xã, phường, đặc khu tiêu biểu"], ["Luật số 06/2026"]),
        ("01/10/2026", ["0,3 × 2.530.000 = 759.000 → 760.000 đồng", "Chưa xác nhận theo Luật số 06/2026/QH16"], []),
        ("01-3-2027", ["Chưa xác nhận: Nghị định số 152/2025/NĐ-CP", "Xã, phường, đặc khu tiêu biểu"], ["thị trấn tiêu biểu"]),
    ],
)  # fmt: skip
def test_the_list_follows_the_day(signed_in: Browser, day: str, shown: list[str], hidden: list[str]) -> None:
    page = page_of(signed_in("thon1"), LIST, ngay=day)
    assert all(text in page for text in shown) and not any(text in page for text in hidden)
    assert (
        "Chưa xác nhận" in page
        and "pill-wait" not in page
        and all(title in page for title in listing.SECTION_TITLES.values())
    )


def test_each_award_is_listed_once(signed_in: Browser) -> None:
    page = page_of(signed_in("thon1"), LIST, ngay="15/11/2026")
    linked = re.findall(r'<a href="/phap-luat/danh-muc/(\w+)/\?ngay=15/11/2026"', page)
    assert sorted(linked) == sorted(shipped_statutes().law.awards)


@pytest.mark.parametrize("url", [LIST, AWARD])
def test_days_before_the_first_and_invalid_days(signed_in: Browser, url: str) -> None:
    browser = signed_in("vanphong")
    early = page_of(browser, url, ngay="30/06/2018")
    assert NOT_KEPT in early and "Xã quyết định" not in early
    assert NOT_KEPT in page_of(browser, url, ngay="01/01/1900")
    assert NOT_KEPT not in page_of(browser, url, ngay="01/07/2018")
    wrong = page_of(browser, url, ngay="31/02/2026")
    assert "Tháng 2 năm 2026 không có ngày 31." in wrong and 'value="31/02/2026"' in wrong
    assert "<script>alert" not in page_of(browser, url, ngay="<script>alert(1)</script>")


def test_the_page_of_an_award_is_complete(signed_in: Browser) -> None:
    page = page_of(signed_in("thon1"), AWARD, ngay="15/11/2026")
    for text in (
        "Thành tích để tặng giấy khen", "Hội đồng xem xét, đánh giá", "Điều 59 Nghị định số 129/2025/NĐ-CP", "giơ tay",
        "công trạng, phong trào thi đua", "đột xuất", "Mẫu số 05", "1.520.000 đồng", "chỉ nhận mức tiền thưởng của danh hiệu cao nhất",
        "10 năm", "Khổ ngang 297 × 210 mm", "Các lần đổi", "Chưa xác nhận theo Luật số 06/2026/QH16",
        "Trước: 0,15 lần mức lương cơ sở; 0,15 × 2.340.000 = 351.000 → 360.000 đồng</small>",
        "Sau: 0,3 lần mức lương cơ sở; 0,3 × 2.340.000 = 702.000 → 710.000 đồng",
    ):  # fmt: skip
        assert text in page, text
    assert "a=30/09/2026&amp;b=15/11/2026&amp;danh_hieu=GKX" in page
    assert "15% số người" in page_of(signed_in("thon1"), "/phap-luat/danh-muc/CSTDCS/", ngay="15/11/2021")


@pytest.mark.slow
def test_every_award_has_a_page_under_every_regime(signed_in: Browser) -> None:
    browser, statutes = signed_in("thon1"), shipped_statutes()
    faults = []
    for code, regime in product(sorted(statutes.law.awards), statutes.regimes):
        page = page_of(browser, f"/phap-luat/danh-muc/{code}/", ngay=format_date(regime.start))
        for text in (statutes.law.award_name(code, regime.start), doubt_wording(regime.note)):
            if text not in page:
                faults.append(f"{code} on {format_date(regime.start)}: without {text}")
    assert not faults, "\n".join(faults)


# ── two days ─────────────────────────────────────────────────────────────────────────────────────


def test_two_days_side_by_side(signed_in: Browser) -> None:
    page = page_of(signed_in("thon1"), TWO, a="31/12/2023", b="01/01/2024", danh_hieu="CSTDCS")
    assert "Không quá 15% số người đạt Lao động tiên tiến" in page and "Không khống chế" in page
    assert "đổi nội dung" in page and "không còn" in page and "giống nhau" in page  # the last only in the sum
    assert "Luật Thi đua, khen thưởng năm 2003" in page and "Luật Thi đua, khen thưởng năm 2022" in page
    assert "Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017" in page and "Nghị định số 98/2023/NĐ-CP ngày" in page
    assert "1.800.000 đồng" not in page.replace("× 1.800.000 = 1.800.000 đồng", "")


def test_equal_rows_are_shown_on_request(signed_in: Browser) -> None:
    asked = {"a": "31/12/2023", "b": "01/01/2024", "danh_hieu": "CSTDCS"}
    few, all_of_it = page_of(signed_in("thon1"), TWO, **asked), page_of(signed_in("thon1"), TWO, **asked, het="on")
    assert '<th scope="row">Mức lương cơ sở' not in few and '<th scope="row">Mức lương cơ sở' in all_of_it


def test_the_same_law_on_both_days(signed_in: Browser) -> None:
    page = page_of(signed_in("thon1"), TWO, a="02/07/2025", b="03/07/2025")
    assert "Hai ngày này áp dụng cùng quy định." in page and "đổi nội dung" not in page
    reviewed = page_of(signed_in("thon1"), TWO, a="30/09/2026", b="01/10/2026")
    assert "Chưa xác nhận theo Luật số 06/2026/QH16" in reviewed and "Hai ngày này áp dụng cùng quy định." in reviewed


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"a": "30/06/2018", "b": "01/01/2024"}, NOT_KEPT),
        ({"a": "01/01/2024", "b": "01/01/1990"}, NOT_KEPT),
        ({"a": "32/01/2024", "b": "01/01/2024"}, "Tháng 1 năm 2024 không có ngày 32."),
        ({"a": "", "b": "01/01/2024"}, "Hãy nhập mục này."),
        ({"a": "xyz", "b": "01/01/2024"}, "Nhập ngày theo thứ tự ngày/tháng/năm"),
        ({"a": "01/01/2024", "b": "01/01/2024", "danh_hieu": "KHONG"}, "Không có danh hiệu, hình thức này trong danh mục."),
    ],
)  # fmt: skip
def test_invalid_days_have_an_error_next_to_the_field(signed_in: Browser, asked: dict[str, str], says: str) -> None:
    page = page_of(signed_in("thon1"), TWO, **asked)
    assert says in page and "đổi nội dung" not in page
    assert all(f'value="{value}"' in page for name, value in asked.items() if name in ("a", "b") and value)


# ── page size and queries ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("url", "few", "many"),
    [
        (LIST, {"ngay": "01/07/2018"}, {"ngay": "15/11/2026"}),
        ("/phap-luat/danh-muc/TT/", {"ngay": "01/07/2018"}, {"ngay": "15/11/2026"}),
        (TWO, {"a": "01/07/2025", "b": "01/07/2025"}, {"a": "01/07/2018", "b": "01/04/2027", "het": "on"}),
        ("/phap-luat/", {"ngay": "15/11/2026", "q": "quorum"}, {"ngay": "15/11/2026"}),
    ],
)
def test_the_number_of_queries_does_not_grow(
    signed_in: Browser, url: str, few: dict[str, str], many: dict[str, str]
) -> None:
    browser = signed_in("thon1")
    counts = []
    browser.get(url, many)  # reads the law into memory
    for params in (few, many):
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(url, params).status_code == 200
        counts.append(len(caught))
    # One more query: the instruments in force, shown on a page without a search.
    assert counts[1] <= counts[0] + 1 < 25, counts


@pytest.mark.parametrize(
    ("url", "asked", "least"),
    [
        (LIST, {"ngay": "15/11/2026"}, 8_000),
        (AWARD, {"ngay": "15/11/2026"}, 12_000),
        (TWO, {"a": "15/11/2021", "b": "01/04/2027", "het": "on"}, 20_000),
    ],
)
def test_pages_are_small(signed_in: Browser, url: str, asked: dict[str, str], least: int) -> None:
    page = signed_in("thon1").get(url, asked).content
    assert len(gzip.compress(page, 6)) < least


def test_today_is_the_default_day(signed_in: Browser) -> None:
    from django.utils import timezone

    today: date = timezone.localdate()
    assert f'value="{format_date(today)}"' in page_of(signed_in("thon1"), LIST)
