"""Reminders over Tết with a real Redis broker: the worker is killed, two beats run, Redis is down for a day."""

import os
import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import servers
import time_machine
from django.conf import settings
from django.db import connection
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis import Redis

from emulation.accounts.models import User
from emulation.celery import app
from emulation.jobs.models import Job
from emulation.notices.models import Mail
from tests.celery_workers import Worker, kill_worker, start_worker, use_broker
from tests.simulated_year import SimulatedUnits, check_reminders
from villages.seeds.commune_setup import DEMO_PLAN, read_commune_plan, set_up_commune

pytestmark = pytest.mark.worker
START = datetime(2027, 1, 19)
# A day of reminders before Tết (3 working days before the 25th), and the first working day after it.
REDIS_GONE = {date(2027, 1, 20), date(2027, 2, 15)}
ZONE = timezone.get_current_timezone()


class BrokerSetup:
    """A Redis that can be taken away, one worker process, and the beats that ring."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, servers.free_port()
        self.notes, self.hour = data / "notes", data / "hour"
        self.notes.touch()
        self.redis: ExitStack | None = None
        self.worker: Worker | None = None
        self.asked = Redis(port=self.port)
        self.kills = self.refused = self.orphans = 0

    @property
    def address(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start_redis(self) -> None:
        self.redis = ExitStack()
        self.redis.enter_context(servers.temporary_redis(self.port))

    def stop_redis(self) -> None:
        assert self.redis
        self.redis.close()
        self.redis = None

    def launch_worker(self) -> None:
        places = {"CLOCK_FILE": str(self.hour), "CLOCK_NOTES": str(self.notes), "REDIS_URL": self.address}
        self.worker = start_worker(self.data, "--pool", "solo", module="tests.time_travel_worker", **places)

    def set_clock(self, now: datetime) -> None:
        half = self.hour.with_suffix(".part")
        half.write_text(now.replace(tzinfo=ZONE).isoformat())
        half.replace(self.hour)

    def kill(self) -> None:
        """kill -9, whatever it is doing."""
        assert self.worker
        kill_worker(self.worker)
        self.kills += 1
        self.worker = None
        self.notes.write_text("")
        self.orphans = int(self.asked.hlen("unacked"))

    def beat(self) -> None:
        """What Celery's beat sends at its two times, under the names and options of the schedule."""
        for entry in settings.CELERY_BEAT_SCHEDULE.values():
            options: Any = {**entry["options"], "retry": False}
            try:
                app.send_task(entry["task"], **options)
            except OperationalError:
                self.refused += 1

    def is_idle(self) -> bool:
        """No bell waits in Redis, none is held by the worker (those of the dead apart), none is being answered."""
        held = int(self.asked.hlen("unacked"))
        self.orphans = min(self.orphans, held)
        if self.asked.llen("celery") or held > self.orphans:
            return False
        noted = self.notes.read_text()
        return noted.count("+") == noted.count("-")

    def wait(self, seconds: float = 60) -> None:
        """Until the worker has answered all bells: a worker that lost its Redis comes back by itself, within seconds."""
        deadline = time.monotonic() + seconds
        while not self.is_idle():
            assert time.monotonic() < deadline, "the worker does not answer"
            time.sleep(0.004)

    def close(self) -> None:
        if self.worker:
            kill_worker(self.worker)
        if self.redis:
            self.stop_redis()


@contextmanager
def broker_setup(data: Path) -> Iterator[BrokerSetup]:
    made, before = BrokerSetup(data), app.conf.broker_url
    try:
        made.start_redis()
        use_broker(made.address)
        yield made
    finally:
        made.close()
        use_broker(before)


def test_redis_gone_for_a_day_and_workers_killed_over_tet(committed: None, tmp_path: Path) -> None:
    if connection.vendor == "sqlite":
        pytest.fail("this test needs DATABASE_URL of a server: bin/test worker")
    chance, ran = random.Random(27), set()
    commune = set_up_commune(read_commune_plan(DEMO_PLAN), password="sovang-2026")
    User.objects.exclude(username="quantri").update(email="ai@vidu.vn")
    world, days = SimulatedUnits(commune, chance, START.date()), int(os.environ.get("CLOCK_DAYS", "28"))
    with broker_setup(tmp_path) as setup:
        for hour in range(days * 24):
            now = START + timedelta(hours=hour)
            gone = now.date() in REDIS_GONE
            if gone == bool(setup.redis):
                (setup.stop_redis if gone else setup.start_redis)()
            setup.set_clock(now)
            if setup.worker is None:
                setup.launch_worker()
            with time_machine.travel(now.replace(tzinfo=ZONE)):
                if 5 <= now.hour <= 22:
                    world.report_due(now)
                for _ in range(1 + (7 <= now.hour < 20)):  # two beats by day, when it matters
                    setup.beat()
            if gone:
                continue
            if now.hour in (7, 8, 9) and chance.random() < 0.12:
                time.sleep(chance.uniform(0, 0.05))
                setup.kill()
            else:
                setup.wait()
                ran.add(now)
    assert setup.kills > 2 and setup.refused == (24 + 13) * 2 * len(REDIS_GONE)
    check_reminders(world, START.date() + timedelta(days=days - 1), ran)
    assert len(list((tmp_path / "mail").glob("*.eml"))) == Mail.objects.count() > 30
    assert not Mail.objects.filter(sent_at=None).exists()
    assert not Job.objects.exclude(state=Job.DONE).exists()
