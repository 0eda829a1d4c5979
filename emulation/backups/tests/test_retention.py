"""Which backups are kept."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.backups import retention

TIMES = st.sets(st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(microsecond=0)))


def name_of(time: datetime) -> str:
    return retention.backup_name(time, encrypted=time.second % 2 == 0)


@given(TIMES)
def test_the_last_24_hours_are_kept_and_never_more_than_24_older_ones(times: set[datetime]) -> None:
    kept = retention.backups_to_keep(times)
    recent = {time for time in times if max(times) - time < timedelta(hours=24)}
    assert recent <= kept <= times and len(kept - recent) <= 7 + 5 + 12
    assert not times or max(times) in recent


GROUPS = [
    (7, lambda time: time.date()),
    (5, lambda time: time.isocalendar()[:2]),
    (12, lambda time: (time.year, time.month)),
]


@pytest.mark.parametrize(("count", "group"), GROUPS, ids=["days", "weeks", "months"])
@given(times=TIMES)
def test_the_newest_of_each_recent_period_is_kept(count: int, group: Any, times: set[datetime]) -> None:
    kept = retention.backups_to_keep(times)
    for period in sorted({group(time) for time in times})[-count:]:
        assert max(time for time in times if group(time) == period) in kept


@given(TIMES)
def test_deleting_twice_deletes_nothing_more(times: set[datetime]) -> None:
    names = {name_of(time) for time in times}
    left = names - set(retention.names_to_delete(names))
    assert retention.names_to_delete(left) == []


@given(st.lists(st.text(max_size=40)))
def test_other_files_are_never_deleted(names: list[str]) -> None:
    backups = {name_of(datetime(2026, 1, 1) + timedelta(hours=n)) for n in range(30)}
    assert set(retention.names_to_delete([*names, *backups])) <= backups


def test_a_daily_backup_of_two_years() -> None:
    kept = retention.backups_to_keep([datetime(2025, 1, 1, 2) + timedelta(days=n) for n in range(730)])
    days = [f"{time:%d/%m}" for time in sorted(kept)]
    assert days == [
        *("31/01", "28/02", "31/03", "30/04", "31/05", "30/06", "31/07", "31/08", "30/09", "31/10", "30/11"),
        *("06/12", "13/12", "20/12", "25/12", "26/12", "27/12", "28/12", "29/12", "30/12", "31/12"),
    ]


def test_names_that_are_no_backups() -> None:
    for name in ("sovang-20261399-000000.tar", "sovang.sqlite3", "sovang-20261128-020311.tar.gpg", ".new-sovang-1.tar"):
        assert retention.backup_time(name) is None
