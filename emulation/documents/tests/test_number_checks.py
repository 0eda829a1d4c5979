"""After a restore: no number before the clerk's word, lost numbers in the register, the next number after them."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from emulation.audit.models import AuditEntry
from emulation.backups.models import Restore
from emulation.core.errors import RuleBroken
from emulation.documents import actions
from emulation.documents.models import NumberBook, NumberBookCheck
from emulation.documents.number_checks import unchecked_books
from emulation.documents.tests import papers
from tests.html import page_of

pytestmark = pytest.mark.both_databases

URL = "documents:check_number_books"
YEAR = {"nam": "2026"}


@pytest.fixture(autouse=True)
def _november(in_november):
    """The date is 20/11/2026."""


def issue(commune, clerk, key, series="bao_cao", on=papers.DAY):
    return actions.issue_document(
        by=clerk, commune=commune, paper=papers.report(), series=series, issued_on=on, key=key
    )


def restored(commune, at=datetime(2026, 11, 20, 1, tzinfo=UTC)):
    return Restore.objects.create(
        commune=commune, restored_at=at, backup_name="sovang-x.tar", backup_made_at=at, run_by="Người Thử"
    )


@pytest.fixture
def restore(commune, clerk):
    """Three reports in the backup, then a restore."""
    for number in range(3):
        issue(commune, clerk, f"before{number}")
    return restored(commune)


def post(browser, **typed):
    return browser.post(reverse(URL) + "?nam=2026", typed)


def test_no_book_gives_a_number_before_the_clerks_word(commune, clerk, restore):
    for series in ("bao_cao", "cong_van"):
        with pytest.raises(RuleBroken, match="ghi số cuối cùng đã dùng trên giấy"):
            issue(commune, clerk, "x", series)
    assert NumberBook.objects.get(series="bao_cao").last == 3
    assert not NumberBook.objects.exclude(series="bao_cao").exists()


def test_the_next_number_follows_the_last_on_paper(commune, clerk, restore, signed_in):
    page = page_of(signed_in("vanthu").get(reverse("documents:numbers"), YEAR))
    assert "Dữ liệu vừa được khôi phục" in page and "Trong bản sao: số 3." in page
    assert post(signed_in("vanthu"), so_bao_cao="7").status_code == 302
    check = NumberBookCheck.objects.get()
    assert (check.restore, check.book.series, check.last_restored, check.last_on_paper) == (restore, "bao_cao", 3, 7)
    assert check.checked_by == clerk and NumberBook.objects.get(series="bao_cao").last == 7
    entry = AuditEntry.objects.get(act="documents.check_number_book")
    assert (entry.actor_id, entry.facts["last_on_paper"]) == (clerk.pk, 7)
    assert issue(commune, clerk, "after").number == 8
    with pytest.raises(RuleBroken):
        issue(commune, clerk, "other", "cong_van")


def test_the_register_names_the_lost_numbers(commune, clerk, restore, signed_in):
    post(signed_in("vanthu"), so_bao_cao="7", so_quyet_dinh="1")
    issue(commune, clerk, "after")
    for query in (YEAR, {**YEAR, "in": "1"}):
        cells = [
            [cell for _, cell in line["cells"]]
            for line in signed_in("vanphong").get(reverse("documents:register"), query).context["lines"]
        ]
        first = [row[0] for row in cells]
        assert first == ["Số 01", "01/BC-UBND", "02/BC-UBND", "03/BC-UBND", "Số 04 đến 07", "08/BC-UBND"]
        assert (
            cells[4][9] == f"Mất do khôi phục ngày 20/11/2026; {clerk.full_name} ghi số cuối trên giấy ngày 20/11/2026"
        )
    searched = signed_in("vanphong").get(reverse("documents:register"), {**YEAR, "q": "08"}).context["lines"]
    assert len(searched) == 1


def test_a_lost_book_without_any_paper_left_is_in_the_register_of_its_year(commune, clerk, signed_in):
    restored(commune)
    post(signed_in("vanthu"), so_bao_cao="2")
    page = page_of(signed_in("vanphong").get(reverse("documents:register"), YEAR))
    assert "Số 01 đến 02" in page and "Mất do khôi phục ngày 20/11/2026" in page


def test_the_same_number_loses_nothing(commune, clerk, restore, signed_in):
    post(signed_in("vanthu"), so_bao_cao="3", so_cong_van="0")
    assert not NumberBookCheck.objects.with_lost_numbers().exists()
    assert issue(commune, clerk, "after").number == 4
    assert issue(commune, clerk, "letter", "cong_van").number == 1


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"so_bao_cao": "2"}, "không thể nhỏ hơn 3"),
        ({"so_bao_cao": "104"}, "hơn 100 số"),
        ({"so_bao_cao": "-1"}, "lớn hơn hoặc bằng"),
        ({"so_bao_cao": "ba"}, "Hãy nhập|Nhập"),
        ({}, "ít nhất một sổ"),
        ({"so_cong_van": "5", "so_bao_cao": "1"}, "không thể nhỏ hơn 3"),
    ],
)
def test_what_cannot_be_right_is_refused_and_changes_nothing(typed, message, restore, signed_in):
    import re

    response = post(signed_in("vanthu"), **typed)
    assert response.status_code == 422 and re.search(message, page_of(response))
    assert not NumberBookCheck.objects.exists() and NumberBook.objects.get().last == 3


def test_a_far_number_is_accepted_after_a_second_look(restore, signed_in):
    assert post(signed_in("vanthu"), so_bao_cao="204", sure="on").status_code == 302
    assert NumberBook.objects.get().last == 204


def test_the_same_form_sent_twice_is_recorded_once(commune, clerk, restore, signed_in):
    browser = signed_in("vanthu")
    assert post(browser, so_bao_cao="7").status_code == 302
    for typed in ({"so_bao_cao": "7"}, {"so_bao_cao": "9", "so_quyet_dinh": "1"}):
        again = post(browser, **typed)
        assert again.status_code == 422 and "đã có người ghi số cuối rồi" in page_of(again)
    assert NumberBookCheck.objects.count() == 1 and NumberBook.objects.get(series="bao_cao").last == 7
    others = ("quyet_dinh", "to_trinh", "hoi_dong", "ke_hoach", "thong_bao", "cong_van")
    post(browser, **{f"so_{book}": "0" for book in others})
    page = page_of(browser.get(reverse(URL) + "?nam=2026"))
    assert "Mọi sổ của năm 2026 đã được ghi số cuối" in page and "<button class" not in page.partition("<main")[2]
    assert "đã có người ghi" in page_of(post(browser, so_bao_cao="7"))


def test_only_the_clerk_may_type_it(commune, restore, signed_in):
    for login in ("vanphong", "chutich", "quantri", "thon1"):
        assert post(signed_in(login), so_bao_cao="7").status_code == 403, login
    page = page_of(signed_in("vanphong").get(reverse("documents:numbers"), YEAR))
    assert "Dữ liệu vừa được khôi phục" in page and "so_bao_cao" not in page


def test_each_restore_asks_again_and_later_years_are_free(commune, clerk, restore, signed_in):
    post(signed_in("vanthu"), so_bao_cao="7")
    restored(commune, timezone.now())
    with pytest.raises(RuleBroken):
        issue(commune, clerk, "after")
    assert "bao_cao" in {book.rule.book for book in unchecked_books(commune, 2026)}
    assert unchecked_books(commune, 2027) == []
    assert issue(commune, clerk, "next", on=papers.DAY.replace(year=2027)).number == 1


def test_another_commune_is_not_concerned(commune, other_commune, user, restore):
    assert issue(other_commune, user("la-vanthu"), "x").number == 1
