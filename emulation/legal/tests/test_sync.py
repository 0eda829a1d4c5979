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
from emulation.legal import on
from emulation.legal.loader import STATUTES, Statutes, load, shipped
from emulation.legal.models import Instrument, LegalSync, LegalValue
from emulation.legal.sync import Synced, sync

DAY = date(2026, 11, 15)
NOWHERE = 0  # no commune has this number: the general law


@pytest.fixture
def empty(db: Any) -> None:
    """No statutes: what the session loaded is away until the test's transaction ends."""
    empty_tables()


def empty_tables() -> None:
    with append_only.triggers_disabled():
        for model in (LegalSync, LegalValue, Instrument):
            model.objects.all().delete()


def changed(folder: Path, old: str, new: str) -> Statutes:
    copy = folder / "statutes"
    shutil.copytree(STATUTES, copy)
    path = copy / "money.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return load(copy)


def test_syncing_twice_is_the_same_as_once(empty: None) -> None:
    first, second = sync(), sync()
    assert (first.added, first.changed, first.total) == (len(shipped().values), True, len(shipped().values))
    assert (second.added, second.changed) == (0, False)
    assert LegalValue.objects.count() == len(shipped().values)
    assert Instrument.objects.count() == len(shipped().instruments)
    assert LegalSync.objects.count() == 1


def test_rows_say_what_the_files_say(empty: None) -> None:
    sync()
    kept = {row.version: row.as_value() for row in LegalValue.objects.all()}
    assert kept == {value.version: value for value in shipped().values}


def test_a_mended_value_is_a_new_row_and_the_old_one_stays(empty: None, tmp_path: Path) -> None:
    sync()
    used = on.value(NOWHERE, "base_salary", DAY)
    done = sync(changed(tmp_path, "value = 2530000", "value = 2540000"))
    assert (done.added, done.changed) == (1, True)
    assert on.value(NOWHERE, "base_salary", DAY).value == 2_540_000
    assert on.price(NOWHERE, "GKX", "person", DAY).money.raw == 762_000
    used.refresh_from_db()
    assert used.value == 2_530_000
    back = sync()
    assert (back.added, back.changed) == (0, True)
    assert on.value(NOWHERE, "base_salary", DAY) == used


def test_unfit_statutes_are_refused_whole(empty: None, tmp_path: Path) -> None:
    sync()
    with pytest.raises(RuleBroken, match="base_salary: gap from 2031-01-01 on"):
        sync(changed(tmp_path, "from = 2026-07-01", "from = 2026-07-01\nto = 2030-12-31"))
    assert LegalSync.objects.count() == 1


def test_kept_versions_cannot_be_changed_or_deleted(empty: None) -> None:
    append_only.install_triggers()
    sync()
    row = on.value(NOWHERE, "base_salary", DAY)
    for attempt in (
        lambda: LegalValue.objects.filter(pk=row.pk).update(value=1),
        lambda: LegalValue.objects.filter(pk=row.pk).delete(),
        lambda: LegalSync.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    row.refresh_from_db()
    assert row.value == 2_530_000


def test_one_small_query_a_question(empty: None, django_assert_num_queries: Any) -> None:
    sync()
    on.law(None)
    on.law(NOWHERE)
    with django_assert_num_queries(1):
        assert on.value(NOWHERE, "GKX.coefficient", DAY, subject="person").value == "0.3"
    with django_assert_num_queries(1):
        law = on.law(None)
        assert [law.value_on("base_salary", day).content for day in (DAY, date(2021, 11, 1))] == [2_530_000, 1_490_000]


def test_the_doors_of_the_room(empty: None) -> None:
    call_command("sync_legal", verbosity=0)
    assert on.vote(NOWHERE, "GKX", DAY, members=7, agree=4, against=3).passed
    assert on.quorum(NOWHERE, DAY, members=7, present=5).met
    assert on.price(NOWHERE, "GKX", "collective", DAY).money.rounded == 1_520_000
    assert [item.code for item in on.checklist(NOWHERE, "GKX", "DX", "person", DAY).items] == ["request", "summary"]
    assert on.decider(NOWHERE, "GKX", DAY).label == "Chủ tịch Ủy ban nhân dân xã"
    assert on.basis(NOWHERE, "quyet_dinh", DAY)[0] == "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;"
    with pytest.raises(RuleBroken, match="chưa có quy định"):
        on.value(NOWHERE, "base_salary", date(2001, 1, 1))


def test_without_statutes_the_program_says_so(empty: None) -> None:
    with pytest.raises(RuntimeError, match="sync_legal"):
        on.law(None)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_two_syncs_at_once_add_each_version_once(committed: None) -> None:
    empty_tables()
    start = Barrier(2)

    def run() -> Synced:
        start.wait()
        try:
            return sync()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        done = [future.result() for future in [pool.submit(run), pool.submit(run)]]
    assert sorted(one.added for one in done) == [0, len(shipped().values)]
    assert LegalValue.objects.count() == len(shipped().values) and LegalSync.objects.count() == 1
