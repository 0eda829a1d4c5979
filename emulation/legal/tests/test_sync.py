import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from emulation.core import append_only
from emulation.core.errors import RuleBroken
from emulation.legal import current
from emulation.legal.engine.loader import STATUTES_DIR, Statutes, load_statutes, shipped_statutes
from emulation.legal.models import Instrument, LegalSync, LegalValue
from emulation.legal.sync import SyncResult, sync_statutes

pytestmark = pytest.mark.both_databases

DAY = date(2026, 11, 15)
NO_COMMUNE = 0  # no commune has this id: the general law


@pytest.fixture
def empty(db: Any) -> None:
    """A database without statutes, until the transaction of the test ends."""
    empty_tables()


def empty_tables() -> None:
    with append_only.triggers_disabled():
        for model in (LegalSync, LegalValue, Instrument):
            model.objects.all().delete()


def changed(folder: Path, old: str, new: str) -> Statutes:
    copy = folder / "statutes"
    shutil.copytree(STATUTES_DIR, copy)
    path = copy / "money.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return load_statutes(copy)


def test_syncing_twice_is_the_same_as_once(empty: None) -> None:
    first, second = sync_statutes(), sync_statutes()
    assert (first.added, first.changed, first.total) == (
        len(shipped_statutes().values),
        True,
        len(shipped_statutes().values),
    )
    assert (second.added, second.changed) == (0, False)
    assert LegalValue.objects.count() == len(shipped_statutes().values)
    assert Instrument.objects.count() == len(shipped_statutes().instruments)
    assert LegalSync.objects.count() == 1


def test_rows_equal_the_values_of_the_files(empty: None) -> None:
    sync_statutes()
    stored = {row.version: row.as_value() for row in LegalValue.objects.all()}
    assert stored == {value.version: value for value in shipped_statutes().values}


def test_a_corrected_value_is_a_new_row_and_the_old_one_stays(empty: None, tmp_path: Path) -> None:
    sync_statutes()
    used = current.legal_value_for(NO_COMMUNE, "base_salary", DAY)
    done = sync_statutes(changed(tmp_path, "value = 2530000", "value = 2540000"))
    assert (done.added, done.changed) == (1, True)
    assert current.legal_value_for(NO_COMMUNE, "base_salary", DAY).value == 2_540_000
    assert current.prize_money_for(NO_COMMUNE, "GKX", "person", DAY).money.raw == 762_000
    used.refresh_from_db()
    assert used.value == 2_530_000
    back = sync_statutes()
    assert (back.added, back.changed) == (0, True)
    assert current.legal_value_for(NO_COMMUNE, "base_salary", DAY) == used


def test_statutes_with_problems_are_refused_as_a_whole(empty: None, tmp_path: Path) -> None:
    sync_statutes()
    with pytest.raises(RuleBroken, match="base_salary: gap from 2031-01-01 on"):
        sync_statutes(changed(tmp_path, "from = 2026-07-01", "from = 2026-07-01\nto = 2030-12-31"))
    assert LegalSync.objects.count() == 1


def test_stored_versions_cannot_be_changed_or_deleted(empty: None) -> None:
    append_only.install_triggers()
    sync_statutes()
    row = current.legal_value_for(NO_COMMUNE, "base_salary", DAY)
    for attempt in (
        lambda: LegalValue.objects.filter(pk=row.pk).update(value=1),
        lambda: LegalValue.objects.filter(pk=row.pk).delete(),
        lambda: LegalSync.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    row.refresh_from_db()
    assert row.value == 2_530_000


def test_one_small_query_a_call(empty: None, django_assert_num_queries: Any) -> None:
    sync_statutes()
    current.law_for(None)
    current.law_for(NO_COMMUNE)
    with django_assert_num_queries(1):
        assert current.legal_value_for(NO_COMMUNE, "GKX.coefficient", DAY, subject="person").value == "0.3"
    with django_assert_num_queries(1):
        law = current.law_for(None)
        assert [law.value_on("base_salary", day).content for day in (DAY, date(2021, 11, 1))] == [2_530_000, 1_490_000]


def test_each_function_of_the_current_law(empty: None) -> None:
    call_command("sync_legal", verbosity=0)
    assert current.vote_verdict_for(NO_COMMUNE, "GKX", DAY, members=7, agree=4, against=3).passed
    assert current.quorum_verdict_for(NO_COMMUNE, DAY, members=7, present=5).met
    assert current.prize_money_for(NO_COMMUNE, "GKX", "collective", DAY).money.rounded == 1_520_000
    assert [item.code for item in current.file_checklist_for(NO_COMMUNE, "GKX", "DX", "person", DAY).items] == [
        "request",
        "summary",
    ]
    assert current.award_decider_for(NO_COMMUNE, "GKX", DAY).label == "Chủ tịch Ủy ban nhân dân xã"
    assert (
        current.legal_basis_lines_for(NO_COMMUNE, "quyet_dinh", DAY)[0]
        == "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;"
    )
    with pytest.raises(RuleBroken, match="chưa có quy định"):
        current.legal_value_for(NO_COMMUNE, "base_salary", date(2001, 1, 1))


def test_without_statutes_the_error_names_the_command(empty: None) -> None:
    with pytest.raises(RuntimeError, match="sync_legal"):
        current.law_for(None)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_two_syncs_at_once_add_each_version_once(committed: None) -> None:
    empty_tables()
    start = Barrier(2)

    def run() -> SyncResult:
        start.wait()
        try:
            return sync_statutes()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        done = [future.result() for future in [pool.submit(run), pool.submit(run)]]
    assert sorted(one.added for one in done) == [0, len(shipped_statutes().values)]
    assert LegalValue.objects.count() == len(shipped_statutes().values) and LegalSync.objects.count() == 1
