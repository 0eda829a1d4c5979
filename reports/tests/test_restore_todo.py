""" "Việc của tôi" after a restore: the clerk's number books and the administrator's e-mails come first, until they are done."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from emulation.backups.models import Restore
from emulation.notices.restores import release_messages
from reports.queries import todo
from tests.html import page_of

BOOKS = "Ghi số cuối đã dùng trên giấy sau khôi phục"
MESSAGES = "Cho gửi lại thư và việc nhắc sau khôi phục"
NOVEMBER = datetime(2026, 11, 20, 1, tzinfo=UTC)


def restored(commune, backup=NOVEMBER, at=NOVEMBER):
    return Restore.objects.create(
        commune=commune, restored_at=at, backup_name="x.tar", backup_made_at=backup, run_by="Người Thử"
    )


def tasks(user):
    return todo.todo_of(user, timezone.localdate()).tasks


@pytest.fixture(autouse=True)
def _november(in_november):
    """The date is 20/11/2026."""


def test_clerk_and_administrator_have_a_line_each_and_nobody_else(commune, user):
    assert tasks(user("vanthu")) == tasks(user("quantri")) == []
    restored(commune)
    (books,) = tasks(user("vanthu"))
    assert (books.title, books.url, books.since) == (BOOKS, "/van-ban/so-hieu/?nam=2026", NOVEMBER)
    assert books.text.startswith("7 sổ năm 2026 chưa cấp số") and "Quyết định" in books.text
    (messages,) = tasks(user("quantri"))
    assert (messages.title, messages.url) == (MESSAGES, "/suc-khoe/chi-tiet/") and "đang chờ 0 thư" in messages.text
    for login in ("vanphong", "chutich", "thon1", "phongnoivu"):
        assert not {BOOKS, MESSAGES} & {task.title for task in tasks(user(login))}, login


def test_the_lines_of_another_commune_are_its_own(commune, other_commune, user):
    restored(other_commune)
    assert tasks(user("vanthu")) == tasks(user("quantri")) == []
    assert [task.title for task in tasks(user("la-vanthu"))] == [BOOKS]
    assert [task.title for task in tasks(user("la-quantri"))] == [MESSAGES]


def test_the_line_counts_down_and_goes_away(commune, user, signed_in):
    restored(commune)
    browser = signed_in("vanthu")
    assert BOOKS in page_of(browser.get("/viec-cua-toi/"))
    numbers = browser.get("/van-ban/so-hieu/?nam=2026")
    assert page_of(numbers).count("Chờ ghi số cuối") == len(numbers.context["lines"])
    browser.post("/van-ban/so-hieu/so-cuoi/?nam=2026", {"so_bao_cao": "7"})
    assert tasks(user("vanthu"))[0].text.startswith("6 sổ năm 2026")
    lines = {line.rule.code: line for line in browser.get("/van-ban/so-hieu/?nam=2026").context["lines"]}
    assert (lines["bao_cao"].waits, lines["bao_cao"].next) == (False, 8)
    assert lines["quyet_dinh"].waits and lines["bien_ban"].waits
    others = ("quyet_dinh", "to_trinh", "hoi_dong", "ke_hoach", "thong_bao", "cong_van")
    browser.post("/van-ban/so-hieu/so-cuoi/?nam=2026", {f"so_{book}": "0" for book in others})
    assert tasks(user("vanthu")) == []
    assert "Chờ ghi số" not in page_of(browser.get("/van-ban/so-hieu/?nam=2026"))


def test_the_release_ends_the_line_and_names_what_was_sent(commune, user, signed_in):
    restore = restored(commune)
    url = f"/suc-khoe/khoi-phuc/{restore.pk}/gui-lai/"
    page = page_of(signed_in("quantri").post(url, {"bo-cu": "co"}, follow=True))
    assert "gửi 0 thư, bỏ 0 thư cũ" in page
    assert tasks(user("quantri")) == []
    with pytest.raises(Exception, match="đã được cho gửi lại"):
        release_messages(by=user("quantri"), restore=restore, drop_old=True)


def test_a_restore_in_january_asks_for_the_books_of_both_years(commune, user):
    restored(commune, backup=datetime(2026, 12, 30, 1, tzinfo=UTC), at=datetime(2027, 1, 2, 1, tzinfo=UTC))
    with time_machine.travel(datetime(2027, 1, 2, 2, tzinfo=UTC), tick=False):
        assert [task.url[-8:] for task in tasks(user("vanthu"))] == ["nam=2026", "nam=2027"]


def test_the_lines_come_before_all_others(month, commune, village_head, user):
    restored(commune)
    mine = todo.todo_of(user("vanthu"), month.due_on)
    assert mine.tasks[0].title == BOOKS and mine.total == len(mine.tasks)


def test_queries_are_few_and_do_not_grow_with_restores(commune, user):
    def count(login):
        somebody = user(login)
        with CaptureQueriesContext(connection) as caught:
            tasks(somebody)
        return len(caught)

    logins = ("vanthu", "quantri")
    none = [count(login) for login in logins]
    restored(commune)
    one = [count(login) for login in logins]
    for _ in range(5):
        restored(commune)
    assert [count(login) for login in logins] == one
    assert all(after - before <= 5 for before, after in zip(none, one, strict=True))
