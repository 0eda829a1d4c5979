"""Reminders through a simulated year, hour by hour: each sent once, none missed, none after the work was done.

Workers die in the middle of a query, two beats tick at once, for a day nothing runs; over New Year and Tết.
"""

import os
import random
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from emulation.accounts.models import User
from emulation.jobs.models import Job
from emulation.jobs.tasks import run_tick_callbacks, sweep_jobs
from emulation.notices.models import Mail
from tests.simulated_year import SimulatedUnits, check_reminders
from villages.seeds.commune_setup import DEMO_PLAN, read_commune_plan, set_up_commune

START = datetime(2026, 12, 1)
OUTAGES = {date(2026, 12, 31), date(2027, 2, 22), date(2027, 6, 25), date(2027, 9, 30)}


class SimulatedKill(BaseException):
    """kill -9 as the process itself sees it: nothing after this line is done, the database takes the transaction back."""


class KillAfterQueries:
    """Dies at the n-th query."""

    def __init__(self, queries: int) -> None:
        self.left = queries

    def __call__(self, execute: Any, *rest: Any) -> Any:
        self.left -= 1
        if self.left < 0:
            raise SimulatedKill
        return execute(*rest)


@pytest.mark.slow
def test_a_year_of_the_clock(committed: None, settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND, settings.MAIL_DIR = "emulation.notices.outbox.OutboxEmailBackend", tmp_path / "mail"
    chance, zone = random.Random(20261201), timezone.get_current_timezone()
    commune = set_up_commune(read_commune_plan(DEMO_PLAN), password="sovang-2026")
    User.objects.filter(username__in=["thon1", "thon2", "chutich"]).update(email="ai@vidu.vn")
    world, kills, ran = SimulatedUnits(commune, chance, START.date()), 0, set()
    # The months over New Year and Tết in every run; the whole year with CLOCK_DAYS=365 (a minute and a half).
    days = int(os.environ.get("CLOCK_DAYS", "100"))
    for hour in range(days * 24):
        now = START + timedelta(hours=hour)
        with time_machine.travel(now.replace(tzinfo=zone), tick=False):
            if 5 <= now.hour <= 22 and now.day >= 2:
                world.report_due(now)
            if now.date() in OUTAGES:
                continue
            for _ in range(2 if now.hour in (7, 8) else 1):
                try:
                    with connection.execute_wrapper(
                        KillAfterQueries(chance.randrange(60)) if chance.random() < 0.08 else KillAfterQueries(10**9)
                    ):
                        run_tick_callbacks()
                        sweep_jobs()
                    ran.add(now)
                except SimulatedKill:
                    kills += 1
    assert kills > days // 5
    check_reminders(world, START.date() + timedelta(days=days - 1), ran)
    assert len(list((tmp_path / "mail").glob("*.eml"))) == Mail.objects.count() > 20
    assert not Mail.objects.filter(sent_at=None).exclude(created_at__date=START.date() + timedelta(days=days)).exists()
    assert not Job.objects.filter(state=Job.FAILED).exists()


YEAR_LOOP = """
import json, pathlib, time_machine
from datetime import datetime, timedelta
from django.utils import timezone
from emulation.jobs.tasks import run_tick_callbacks, sweep_jobs
zone, note = timezone.get_current_timezone(), pathlib.Path({note!r})
hour = int(note.read_text()) if note.exists() else 0
print("ready", flush=True)
while hour < {hours}:
    with time_machine.travel((datetime(2027, 1, 15) + timedelta(hours=hour)).replace(tzinfo=zone), tick=False):
        run_tick_callbacks(); sweep_jobs()
    hour += 1
    half = note.with_suffix(".part"); half.write_text(str(hour)); half.replace(note)
"""


@pytest.mark.slow
def test_killed_with_minus_nine_and_two_beats_at_once_over_tet(isolated_install: Any, tmp_path: Path) -> None:
    """Real processes die and start again where they were, two of them side by side; five weeks over Tết 2027."""
    chance, hours = random.Random(9), 24 * 35
    codes = [YEAR_LOOP.format(note=str(tmp_path / name), hours=hours) for name in ("one", "two")]
    kills = 0
    while kills < 4:
        walkers = [isolated_install.start(code) for code in codes]
        for walker in walkers:
            assert walker.stdout.readline().strip() == "ready", walker.stderr.read()
        try:
            walkers[0].wait(timeout=chance.uniform(0.3, 1.5))
        except Exception:
            kills += 1
        for walker in walkers:
            walker.kill()
            walker.wait()
            walker.stdout.close()
            walker.stderr.close()
    for walker in [isolated_install.start(code) for code in codes]:
        _, err = walker.communicate(timeout=200)
        assert walker.returncode == 0, err
    told = isolated_install.run(
        "from collections import Counter\n"
        "from campaigns.models import Period, Reminder\n"
        "from emulation.notices.models import Notification\n"
        "rows = list(Reminder.objects.values_list('object_id', 'unit_id', 'stage', 'sent_on', 'user_id'))\n"
        "stages = Counter((stage, str(day)) for _, unit, stage, day, _ in set((o, u, s, d, 0) for o, u, s, d, _ in rows))\n"
        "digests = [(n.user_id, n.key) for n in Notification.objects.filter(key__startswith='digest:')]\n"
        "print(sorted(stages.items()), len(rows) == len(set(rows)), len(digests) == len(set(digests)), Period.objects.count())"
    )
    units = 14
    assert told == str([
        (("after", "2027-01-26"), units), (("before", "2027-01-20"), units), (("chair", "2027-02-02"), units),
        (("council", "2027-01-28"), units), (("due", "2027-01-25"), units),
    ]) + " True True 2"  # fmt: skip
