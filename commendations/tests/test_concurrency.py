"""Two requests at the same moment, with real transactions (skipped on SQLite, which has one writer)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection, connections

from commendations.actions import nomination as nominations
from commendations.actions import session as sessions
from commendations.models import CouncilSession, Nomination, SessionItem
from commendations.tests import case_steps
from emulation.core.errors import RuleBroken
from emulation.documents.models import IssuedDocument

pytestmark = [
    pytest.mark.usefixtures("committed"),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time"),
]


def run_at_once(*acts: Callable[[], object]) -> list[str]:
    """Run all acts at once. Returns "done" or the error message of each, "done" first."""
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
        return sorted(pool.map(run, acts), key=lambda result: result != "done")


def test_concurrent_submissions_freeze_one_pair_of_papers(commune):
    case = case_steps.draft_nomination()
    by = case_steps.user_named("thon1")
    results = run_at_once(
        *[
            lambda: nominations.submit_nomination(
                by=by, nomination=Nomination.objects.get(pk=case.pk), on=case_steps.SESSION_DAY
            )
        ]
        * 2
    )
    assert results == ["done", "Đề nghị này đã được nộp rồi."]
    assert IssuedDocument.objects.filter(key__startswith=f"nomination:{case.pk}:").count() == 2


def test_nomination_added_to_two_sessions_at_once_is_on_one(commune):
    case = case_steps.complete_nomination()
    office = case_steps.user_named("vanphong")
    one, two = case_steps.planned_session(), case_steps.planned_session(date(2026, 11, 9))

    def put(session: CouncilSession) -> Callable[[], object]:
        return lambda: sessions.add_to_session(
            by=office, nomination=Nomination.objects.get(pk=case.pk), session=session
        )

    results = run_at_once(put(one), put(two))
    assert results[0] == "done" and "đang ở trạng thái “Chờ Hội đồng xét”" in results[1]
    assert SessionItem.objects.count() == 1


def test_session_closed_twice_at_once_has_one_number(commune):
    session = case_steps.with_minutes(
        case_steps.with_vote_counts(
            case_steps.with_attendance(
                case_steps.opened_session(
                    case_steps.complete_nomination(), case_steps.complete_nomination("Lữ Thị Ơn", by="thon3")
                )
            )
        )
    )
    office = case_steps.user_named("vanphong")
    results = run_at_once(
        *[lambda: sessions.close_session(by=office, session=CouncilSession.objects.get(pk=session.pk))] * 2
    )
    assert results[0] == "done" and "Đã kết thúc" in results[1]
    assert list(IssuedDocument.objects.filter(kind="bien_ban").values_list("number", flat=True)) == [1]


def test_nomination_added_while_the_session_opens(commune):
    first, second = case_steps.complete_nomination(), case_steps.complete_nomination("Lữ Thị Ơn", by="thon3")
    session = case_steps.session_with(first)
    office = case_steps.user_named("vanphong")
    results = run_at_once(
        lambda: sessions.open_session(by=office, session=CouncilSession.objects.get(pk=session.pk)),
        lambda: sessions.add_to_session(by=office, nomination=Nomination.objects.get(pk=second.pk), session=session),
    )
    second.refresh_from_db()
    on_it = SessionItem.objects.filter(nomination=second).exists()
    assert on_it == (second.state == "on_session") and results[0] == "done"
    assert on_it or "không còn nhận hồ sơ" in results[1]
