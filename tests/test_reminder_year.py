"""Reminders through a simulated year, hour by hour: each is sent once, none is missed, none is sent after the answer.

Workers are killed in the middle of a query, two beats tick at the same time, and on some days nothing runs.
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
    """Simulates SIGKILL: no later code of the job runs, and the database rolls back the transaction."""


class KillAfterQueries:
    """An execute wrapper that raises SimulatedKill after `queries` queries."""

    def __init__(self, queries: int) -> None:
        self.left = queries

    def __call__(self, execute: Any, *rest: Any) -> Any:
        self.left -= 1
        if self.left < 0:
            raise SimulatedKill
        return execute(*rest)


@pytest.mark.slow
def test_every_reminder_of_a_year_is_sent_once(committed: None, settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "emulation.notices.outbox.OutboxEmailBackend"
    settings.MAIL_DIR = tmp_path / "mail"
    rng = random.Random(20261201)
    zone = timezone.get_current_timezone()
    commune = set_up_commune(read_commune_plan(DEMO_PLAN), password="sovang-2026")
    User.objects.filter(username__in=["thon1", "thon2", "chutich"]).update(email="ai@vidu.vn")
    simulated = SimulatedUnits(commune, rng, START.date())
    kills = 0
    ran = set()
    # Every run covers the months around New Year and Tết; CLOCK_DAYS=365 covers the whole year (90 seconds).
    days = int(os.environ.get("CLOCK_DAYS", "100"))
    for hour in range(days * 24):
        now = START + timedelta(hours=hour)
        with time_machine.travel(now.replace(tzinfo=zone), tick=False):
            if 5 <= now.hour <= 22 and now.day >= 2:
                simulated.report_due(now)
            if now.date() in OUTAGES:
                continue
            for _ in range(2 if now.hour in (7, 8) else 1):
                queries = rng.randrange(60) if rng.random() < 0.08 else 10**9
                try:
                    with connection.execute_wrapper(KillAfterQueries(queries)):
                        run_tick_callbacks()
                        sweep_jobs()
                    ran.add(now)
                except SimulatedKill:
                    kills += 1
    assert kills > days // 5
    check_reminders(simulated, START.date() + timedelta(days=days - 1), ran)
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
def test_killed_processes_and_two_beats_send_each_reminder_once_over_tet(isolated_install: Any, tmp_path: Path) -> None:
    """Two real processes run at the same time, are killed and resume; five weeks around Tết 2027."""
    rng = random.Random(9)
    hours = 24 * 35
    codes = [YEAR_LOOP.format(note=str(tmp_path / name), hours=hours) for name in ("one", "two")]
    kills = 0
    while kills < 4:
        processes = [isolated_install.start(code) for code in codes]
        for process in processes:
            assert process.stdout.readline().strip() == "ready", process.stderr.read()
        try:
            processes[0].wait(timeout=rng.uniform(0.3, 1.5))
        except Exception:
            kills += 1
        for process in processes:
            process.kill()
            process.wait()
            process.stdout.close()
            process.stderr.close()
    for process in [isolated_install.start(code) for code in codes]:
        _, err = process.communicate(timeout=200)
        assert process.returncode == 0, err
    printed = isolated_install.run(
        "from collections import Counter\n"
        "from campaigns.models import Period, Reminder\n"
        "from emulation.notices.models import Notification\n"
        "rows = list(Reminder.objects.values_list('object_id', 'unit_id', 'stage', 'sent_on', 'user_id'))\n"
        "stages = Counter((stage, str(day)) for _, unit, stage, day, _ in set((o, u, s, d, 0) for o, u, s, d, _ in rows))\n"
        "digests = [(n.user_id, n.key) for n in Notification.objects.filter(key__startswith='digest:')]\n"
        "print(sorted(stages.items()), len(rows) == len(set(rows)), len(digests) == len(set(digests)), Period.objects.count())"
    )
    units = 14
    assert printed == str([
        (("after", "2027-01-26"), units), (("before", "2027-01-20"), units), (("chair", "2027-02-02"), units),
        (("council", "2027-01-28"), units), (("due", "2027-01-25"), units),
    ]) + " True True 2"  # fmt: skip
