"""A mistyped last number after a restore is corrected, with a reason, while no paper has a number after it."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from emulation.audit.models import AuditEntry
from emulation.documents.models import NumberBook, NumberBookCheck
from emulation.documents.tests.test_number_checks import YEAR, issue, post, restored
from tests.html import page_of

pytestmark = pytest.mark.both_databases

REASON = "Đọc nhầm sổ năm trước."


@pytest.fixture
def mistyped(in_november, commune, clerk, signed_in):
    """Three reports in the backup; after the restore the clerk typed 87 instead of 7."""
    for number in range(3):
        issue(commune, clerk, f"before{number}")
    restored(commune, datetime(2026, 11, 20, 1, tzinfo=UTC))
    post(signed_in("vanthu"), so_bao_cao="87", so_cong_van="0")
    return NumberBookCheck.objects.get(book__series="bao_cao")


def correct(browser, check, **typed):
    data = {"last_on_paper": "7", "reason": REASON, **typed}
    return browser.post(reverse("documents:correct_number_book", args=[check.pk]), data)


def test_it_is_corrected_with_its_reason(mistyped, commune, clerk, signed_in):
    browser = signed_in("vanthu")
    page = browser.get(reverse("documents:numbers"), YEAR)
    address = reverse("documents:correct_number_book", args=[mistyped.pk])
    assert address in page.content.decode() and "87" in page_of(browser.get(address))
    assert correct(browser, mistyped).status_code == 302
    assert NumberBook.objects.get(series="bao_cao").last == 7
    entry = AuditEntry.objects.get(act="documents.correct_number_book")
    assert (entry.facts["was"], entry.facts["last_on_paper"], entry.facts["reason"]) == (87, 7, REASON)
    register = page_of(signed_in("vanphong").get(reverse("documents:register"), YEAR))
    assert "Số 04 đến 07" in register and f"sửa số 87 đã ghi trước: {REASON}" in register and "đến 87" not in register
    assert issue(commune, clerk, "after").number == 8


def test_it_may_be_corrected_again_but_an_old_page_may_not(mistyped, signed_in):
    browser = signed_in("vanthu")
    correct(browser, mistyped, last_on_paper="3")
    again = correct(browser, mistyped)
    assert again.status_code == 422 and "đã được sửa" in page_of(again)
    latest = NumberBookCheck.objects.in_force().get(book__series="bao_cao")
    assert correct(browser, latest, last_on_paper="9").status_code == 302
    assert NumberBook.objects.get(series="bao_cao").last == 9


def test_not_once_a_paper_has_a_number_from_it(mistyped, commune, clerk, signed_in):
    assert issue(commune, clerk, "after").number == 88
    browser = signed_in("vanthu")
    answer = correct(browser, mistyped)
    assert answer.status_code == 422 and "Đã cấp số 88 sau đó" in page_of(answer)
    page = browser.get(reverse("documents:numbers"), YEAR).content.decode()
    assert reverse("documents:correct_number_book", args=[mistyped.pk]) not in page
    assert NumberBook.objects.get(series="bao_cao").last == 88 and NumberBookCheck.objects.count() == 2


def test_not_after_another_restore(mistyped, commune, signed_in):
    restored(commune)
    answer = correct(signed_in("vanthu"), mistyped)
    assert answer.status_code == 422 and "khôi phục lần nữa" in page_of(answer)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"last_on_paper": "2"}, "không thể nhỏ hơn 3"),
        ({"last_on_paper": "104"}, "hơn 100 số"),
        ({"last_on_paper": "87"}, "giống số đã ghi"),
        ({"last_on_paper": ""}, ""),
        ({"reason": ""}, ""),
        ({"reason": "..."}, "Hãy ghi vì sao sửa"),
    ],
)
def test_what_cannot_be_right_is_refused_and_keeps_what_was_typed(typed, message, mistyped, signed_in):
    answer = correct(signed_in("vanthu"), mistyped, **typed)
    page = page_of(answer)
    assert answer.status_code == 422 and message in page
    assert f'value="{ {"reason": REASON, **typed}["reason"] }"' in page or not typed.get("reason", "x")
    assert NumberBook.objects.get(series="bao_cao").last == 87


def test_only_the_clerk_of_the_commune(mistyped, other_commune, signed_in):
    for login in ("vanphong", "chutich", "quantri", "thon1"):
        assert correct(signed_in(login), mistyped).status_code == 403, login
    assert correct(signed_in("la-vanthu"), mistyped).status_code == 404
