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
REDIS_DOWN_DAYS = {date(2027, 1, 20), date(2027, 2, 15)}
ZONE = timezone.get_current_timezone()


class BrokerSetup:
    """A Redis server that can be stopped, one worker process, and the messages of Celery beat."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = servers.free_port()
        self.clock = data / "hour"
        self.notes = data / "notes"
        self.notes.touch()
        self.redis: ExitStack | None = None
        self.worker: Worker | None = None
        self.client = Redis(port=self.port)
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

    def switch_redis(self, running: bool) -> None:
        if running and not self.redis:
            self.start_redis()
        elif not running and self.redis:
            self.stop_redis()

    def launch_worker(self) -> None:
        environment = {"CLOCK_FILE": str(self.clock), "CLOCK_NOTES": str(self.notes), "REDIS_URL": self.address}
        self.worker = start_worker(self.data, "--pool", "solo", module="tests.time_travel_worker", **environment)

    def set_clock(self, now: datetime) -> None:
        partial = self.clock.with_suffix(".part")
        partial.write_text(now.replace(tzinfo=ZONE).isoformat())
        partial.replace(self.clock)

    def kill(self) -> None:
        """Kills the worker with SIGKILL. The messages that it had reserved stay unacknowledged in Redis (`orphans`)."""
        assert self.worker
        kill_worker(self.worker)
        self.kills += 1
        self.worker = None
        self.notes.write_text("")
        self.orphans = int(self.client.hlen("unacked"))

    def beat(self) -> None:
        """Sends the messages that Celery beat sends, with the options of its schedule; counts those that are refused."""
        for entry in settings.CELERY_BEAT_SCHEDULE.values():
            options: Any = {**entry["options"], "retry": False}
            try:
                app.send_task(entry["task"], **options)
            except OperationalError:
                self.refused += 1

    def is_idle(self) -> bool:
        """No message is queued in Redis, reserved by the worker (except those of killed workers) or being processed."""
        reserved = int(self.client.hlen("unacked"))
        self.orphans = min(self.orphans, reserved)
        if self.client.llen("celery") or reserved > self.orphans:
            return False
        noted = self.notes.read_text()
        return noted.count("+") == noted.count("-")

    def wait(self, seconds: float = 60) -> None:
        """Waits until all messages are processed; a worker without Redis reconnects by itself within seconds."""
        deadline = time.monotonic() + seconds
        while not self.is_idle():
            assert time.monotonic() < deadline, "the worker does not finish"
            time.sleep(0.004)

    def close(self) -> None:
        if self.worker:
            kill_worker(self.worker)
        if self.redis:
            self.stop_redis()


@contextmanager
def broker_setup(data: Path) -> Iterator[BrokerSetup]:
    setup = BrokerSetup(data)
    previous_broker = app.conf.broker_url
    try:
        setup.start_redis()
        use_broker(setup.address)
        yield setup
    finally:
        setup.close()
        use_broker(previous_broker)


def test_reminders_over_tet_without_redis_and_with_killed_workers(committed: None, tmp_path: Path) -> None:
    if connection.vendor == "sqlite":
        pytest.fail("this test needs DATABASE_URL of a server: bin/test worker")
    rng = random.Random(27)
    ran = set()
    commune = set_up_commune(read_commune_plan(DEMO_PLAN), password="sovang-2026")
    User.objects.exclude(username="quantri").update(email="ai@vidu.vn")
    simulated = SimulatedUnits(commune, rng, START.date())
    days = int(os.environ.get("CLOCK_DAYS", "28"))
    with broker_setup(tmp_path) as setup:
        for hour in range(days * 24):
            now = START + timedelta(hours=hour)
            redis_down = now.date() in REDIS_DOWN_DAYS
            setup.switch_redis(running=not redis_down)
            setup.set_clock(now)
            if setup.worker is None:
                setup.launch_worker()
            with time_machine.travel(now.replace(tzinfo=ZONE)):
                if 5 <= now.hour <= 22:
                    simulated.report_due(now)
                for _ in range(1 + (7 <= now.hour < 20)):  # two beats at the same time during the day
                    setup.beat()
            if redis_down:
                continue
            if now.hour in (7, 8, 9) and rng.random() < 0.12:
                time.sleep(rng.uniform(0, 0.05))
                setup.kill()
            else:
                setup.wait()
                ran.add(now)
    assert setup.kills > 2 and setup.refused == (24 + 13) * 2 * len(REDIS_DOWN_DAYS)
    check_reminders(simulated, START.date() + timedelta(days=days - 1), ran)
    assert len(list((tmp_path / "mail").glob("*.eml"))) == Mail.objects.count() > 30
    assert not Mail.objects.filter(sent_at=None).exists()
    assert not Job.objects.exclude(state=Job.DONE).exists()
