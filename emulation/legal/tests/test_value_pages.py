import gzip
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.html import page_of

Browser = Callable[[str], Client]
URL = "/phap-luat/"


@pytest.mark.parametrize("login", ["thon1", "tieuhoc", "vanphong", "hoidong2", "chutich", "phongnoivu", "quantri"])
def test_everybody_signed_in_may_look(signed_in: Browser, login: str) -> None:
    assert "Căn cứ pháp lý" in signed_in(login).get(URL).content.decode()


def test_strangers_sign_in_first(commune: object, client: Client) -> None:
    assert reverse("legal:values") == URL
    answer = client.get(URL)
    assert answer.status_code == 302 and "dang-nhap" in answer["Location"]


@pytest.mark.parametrize(
    ("day", "shown", "hidden"),
    [
        ("30/06/2026", "2.340.000 đồng", "2.530.000 đồng"),
        ("01/07/2026", "2.530.000 đồng", "2.340.000 đồng"),
        ("15/11/2021", "0,15 lần mức lương cơ sở", "Luật số 06/2026/QH16: chép"),
        ("30/09/2026", "điểm e khoản 1 Điều 54 Nghị định số 152/2025/NĐ-CP", "Luật số 06/2026/QH16: chép"),
        ("01/10/2026", "Chưa xác nhận theo Luật số 06/2026/QH16", "1.490.000 đồng"),
        ("1-3-2027", "Sau khi Nghị định số 152/2025/NĐ-CP hết hiệu lực", "1.490.000 đồng"),
    ],
)
def test_the_page_shows_the_law_of_the_day(signed_in: Browser, day: str, shown: str, hidden: str) -> None:
    page = page_of(signed_in("thon1").get(URL, {"ngay": day}))
    assert shown in page and hidden not in page
    assert "Chưa xác nhận" in page and "pill-wait" not in page


def test_equal_values_are_one_line(signed_in: Browser) -> None:
    page = signed_in("vanphong").get(URL, {"ngay": "15/11/2026"}).content.decode()
    assert page.count("công trạng, phong trào thi đua: Giấy khen của Chủ tịch Ủy ban nhân dân xã; Giấy khen của") == 1
    assert page.count("Không có việc đang xem xét, xác minh") == 1
    assert "Huân chương Lao động hạng Nhất; Kỷ niệm chương" in page


@pytest.mark.parametrize(
    ("words", "shown", "hidden"),
    [
        ("bieu quyet", "bỏ phiếu kín", "2.530.000 đồng"),
        ("BIỂU QUYẾT gia dinh", "Gia đình văn hóa", "bỏ phiếu kín"),
        ("muc luong", "2.530.000 đồng", "bỏ phiếu kín"),
        ("khong co gi nhu the", "Không tìm thấy dòng nào", "2.530.000 đồng"),
    ],
)
def test_search_ignores_diacritics(signed_in: Browser, words: str, shown: str, hidden: str) -> None:
    page = signed_in("vanphong").get(URL, {"ngay": "15/11/2026", "q": words}).content.decode()
    assert shown in page and hidden not in page and f"“{words}”" in page


def test_groups_are_collapsed_until_one_is_chosen(signed_in: Browser) -> None:
    browser = signed_in("vanphong")
    assert browser.get(URL, {"ngay": "15/11/2026"}).content.decode().count('<details class="fold group"') > 6
    one = browser.get(URL, {"ngay": "15/11/2026", "nhom": "tien-thuong"}).content.decode()
    assert 'id="nhom-tien-thuong" open' in one and "2.530.000 đồng" in one and "bỏ phiếu kín" not in one
    assert "bỏ phiếu kín" in browser.get(URL, {"ngay": "15/11/2026", "nhom": "khong-co"}).content.decode()


def test_the_page_is_small(signed_in: Browser) -> None:
    page = signed_in("vanphong").get(URL, {"ngay": "15/11/2026"}).content
    assert len(gzip.compress(page, 6)) < 20_000


def test_the_note_of_the_regime_is_not_repeated_on_every_line(signed_in: Browser) -> None:
    page = signed_in("vanphong").get(URL, {"ngay": "15/11/2026"}).content.decode()
    assert page.count("Chưa xác nhận theo Luật số 06/2026/QH16") == 1
    assert "rà soát" not in page and "đối chiếu" not in page and "holidays" not in page
    groups = re.findall(r'<details class="fold group".*?</table>', page, re.S)
    assert len(groups) > 6 and all(group.count("Chưa xác nhận quy định: vì sao?</summary>") <= 1 for group in groups)


def test_a_day_before_the_first_and_an_invalid_day(signed_in: Browser) -> None:
    browser = signed_in("vanphong")
    assert "Chưa có quy định cho ngày này" in browser.get(URL, {"ngay": "01/01/2001"}).content.decode()
    wrong = browser.get(URL, {"ngay": "31/02/2026"}).content.decode()
    assert "Tháng 2 năm 2026 không có ngày 31." in wrong and 'value="31/02/2026"' in wrong
    script = browser.get(URL, {"ngay": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in script
