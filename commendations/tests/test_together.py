"""Two people at the same moment, with real transactions. On SQLite one writer waits for the other, so PostgreSQL tells."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection, connections

from commendations.actions import nomination as nominations
from commendations.actions import session as sessions
from commendations.models import CouncilSession, Nomination, SessionItem
from commendations.tests import story
from emulation.core.errors import RuleBroken
from emulation.documents.models import IssuedDocument

pytestmark = [
    pytest.mark.usefixtures("committed"),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time"),
]


def together(*acts: Callable[[], object]) -> list[str]:
    """Starts all at once; "done" or the message of the refusal of each, sorted."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            barrier.wait(10)
            act()
            return "done"
        except RuleBroken as broken:
            return broken.message
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts), key=lambda said: said != "done")


def test_submitted_twice_at_once_freezes_one_pair(commune):
    case = story.draft()
    by = story.login("thon1")
    said = together(
        *[lambda: nominations.submit(by=by, nomination=Nomination.objects.get(pk=case.pk), on=story.ON)] * 2
    )
    assert said == ["done", "Đề nghị này đã được nộp rồi."]
    assert IssuedDocument.objects.filter(key__startswith=f"nomination:{case.pk}:").count() == 2


def test_one_file_on_two_sessions_at_once_goes_on_one(commune):
    case = story.complete()
    office = story.login("vanphong")
    one, two = story.planned(), story.planned(date(2026, 11, 9))

    def put(session: CouncilSession) -> Callable[[], object]:
        return lambda: sessions.put_on_session(
            by=office, nomination=Nomination.objects.get(pk=case.pk), session=session
        )

    said = together(put(one), put(two))
    assert said[0] == "done" and "đang ở trạng thái “Chờ Hội đồng xét”" in said[1]
    assert SessionItem.objects.count() == 1


def test_a_session_closed_twice_at_once_has_one_number(commune):
    session = story.ended(
        story.counted(story.attended(story.opened(story.complete(), story.complete("Lữ Thị Ơn", by="thon3"))))
    )
    office = story.login("vanphong")
    said = together(*[lambda: sessions.close(by=office, session=CouncilSession.objects.get(pk=session.pk))] * 2)
    assert said[0] == "done" and "Đã kết thúc" in said[1]
    assert list(IssuedDocument.objects.filter(kind="bien_ban").values_list("number", flat=True)) == [1]


def test_put_on_a_session_while_it_opens_or_not_at_all(commune):
    first, second = story.complete(), story.complete("Lữ Thị Ơn", by="thon3")
    session = story.on_session(first)
    office = story.login("vanphong")
    said = together(
        lambda: sessions.open_session(by=office, session=CouncilSession.objects.get(pk=session.pk)),
        lambda: sessions.put_on_session(by=office, nomination=Nomination.objects.get(pk=second.pk), session=session),
    )
    second.refresh_from_db()
    on_it = SessionItem.objects.filter(nomination=second).exists()
    assert on_it == (second.state == "on_session") and said[0] == "done"
    assert on_it or "không còn nhận hồ sơ" in said[1]
