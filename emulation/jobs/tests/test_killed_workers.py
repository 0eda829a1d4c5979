"""Workers killed with SIGKILL while they work: no job is lost, no effect happens twice.

KILLS=200 runs a longer loop than the test suite has time for (bin/drill kill).
"""

import os
import random
import signal
import time

import pytest

KILLS = int(os.environ.get("KILLS", "6"))
JOBS = KILLS + 2
CHUNKS = 10

HANDLER_CODE = f"""
from emulation.jobs import queue, registry
from emulation.workflow.models import IdempotencyKey
from emulation.communes.models import Commune
from emulation.jobs.models import Job
commune = Commune.objects.get()

@registry.job_handlers.register("test.batch")
def batch(job, name):
    for chunk in range({CHUNKS}):
        IdempotencyKey.objects.get_or_create(key=f"{{name}}-{{chunk}}", defaults={{"commune": commune, "made": chunk}})
        job.progress(chunk + 1, {CHUNKS})
        time.sleep(0.02)
"""
WORKER_CODE = (
    HANDLER_CODE
    + """
from emulation.jobs.tasks import sweep_jobs
print("ready", flush=True)
while Job.objects.exclude(state="done").exists():
    sweep_jobs()
    time.sleep(0.05)
"""
)


@pytest.mark.slow
def test_workers_killed_at_random_points_lose_nothing_and_repeat_nothing(isolated_install):
    isolated_install.run(
        HANDLER_CODE + f"for n in range({JOBS}): queue.enqueue('test.batch', str(n), name=f'job{{n}}')"
    )
    chance = random.Random(7)
    kills = 0
    while kills < KILLS:
        worker = isolated_install.start(WORKER_CODE)
        assert worker.stdout.readline().strip() == "ready", worker.stderr.read()
        time.sleep(chance.uniform(0.05, 0.6))
        if worker.poll() is not None:
            break
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        kills += 1
    isolated_install.run(WORKER_CODE)
    output = isolated_install.run(
        HANDLER_CODE + "print(Job.objects.filter(state='done').count(), IdempotencyKey.objects.count(), "
        "max(Job.objects.values_list('attempt', flat=True)))"
    )
    done, effects, attempts = map(int, output.split())
    assert (done, effects) == (JOBS, JOBS * CHUNKS)
    assert kills >= KILLS // 2 and attempts > 1
