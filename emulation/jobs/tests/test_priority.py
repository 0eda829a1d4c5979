"""The job for which somebody waits runs first: in the sweep, for any message, and between the parts of a long job."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from emulation.jobs import queue, registry
from emulation.jobs.lease import LeaseLost
from emulation.jobs.models import Job
from emulation.jobs.tasks import execute_job, sweep_jobs

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.both_databases]
ran: list[str] = []


@registry.job_handlers.register("test.priority")
def _record_name(job, name, fails=False):
    ran.append(name)
    if fails:
        raise OSError("máy in hết giấy")


@registry.job_handlers.register("test.parts")
def _work_in_parts(job, name):
    for part in range(3):
        if part == 1:
            enqueue("urgent", Job.REQUESTED)
            enqueue("equal", Job.BULK)
        ran.append(f"{name}{part}")
        job.progress(part + 1, 3)
        job.run_urgent_jobs()


@pytest.fixture(autouse=True)
def _clear_ran():
    ran.clear()


def enqueue(name, priority, **more):
    return queue.enqueue("test.priority", name, priority=priority, name=name, **more)


def test_a_requested_job_overtakes_600_queued_ones():
    now = timezone.now()
    Job.objects.bulk_create(
        Job(
            kind="test.priority",
            key=name,
            ids={"name": name},
            priority=Job.BULK if number % 2 else Job.NORMAL,
            due_at=now,
        )
        for number, name in enumerate(f"paper{number}" for number in range(600))
    )
    first = Job.objects.order_by("pk").first()
    wanted = enqueue("decision", Job.REQUESTED)
    assert queue.jobs_ahead([wanted, first]) == {wanted.pk: 0, first.pk: 1}
    execute_job(first.pk)  # the message of the first job arrives first, but the requested job is run
    assert ran == ["decision"]
    execute_job(wanted.pk)
    assert ran == ["decision", "paper0"]  # none is forgotten: each message runs one job


def test_the_sweep_looks_for_the_most_urgent_job_before_each_one(monkeypatch):
    for number in range(3):
        enqueue(f"paper{number}", Job.BULK)
    run = queue._run

    def run_and_request(job):
        done = run(job)
        if len(ran) == 1:
            enqueue("decision", Job.REQUESTED)
        return done

    monkeypatch.setattr(queue, "_run", run_and_request)
    sweep_jobs()
    assert ran == ["paper0", "decision", "paper1", "paper2"]


def test_a_failing_urgent_job_does_not_hold_up_the_others():
    enqueue("bad", Job.REQUESTED, fails=True)
    enqueue("good", Job.BULK)
    sweep_jobs()
    assert ran == ["bad", "good"]


def test_urgent_jobs_run_between_the_parts_of_a_long_one():
    queue.enqueue("test.parts", "long", priority=Job.BULK, name="part")
    sweep_jobs()
    assert ran == ["part0", "part1", "urgent", "part2", "equal"]
    assert set(Job.objects.values_list("state", flat=True)) == {Job.DONE}


def test_a_long_job_whose_lease_is_lost_meanwhile_stops():
    long = queue.enqueue("test.parts", "long", priority=Job.BULK, name="part")
    context = queue.JobContext(queue.claim_job(long.pk))
    Job.objects.filter(pk=long.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    queue.claim_job(long.pk)
    enqueue("urgent", Job.REQUESTED)
    with pytest.raises(LeaseLost):
        context.run_urgent_jobs()


@pytest.mark.parametrize(("before", "asked", "after"), [(2, 0, 0), (0, 2, 0), (1, 1, 1)])
def test_a_request_raises_the_priority_of_a_waiting_job_and_never_lowers_it(before, asked, after):
    enqueue("one", before)
    assert enqueue("one", asked).priority == Job.objects.get().priority == after


def test_a_finished_job_takes_the_priority_of_the_new_request():
    enqueue("one", Job.REQUESTED)
    sweep_jobs()
    job = enqueue("one", Job.BULK)
    queue.run_again(job)
    job.refresh_from_db()
    assert (job.state, job.priority) == (Job.QUEUED, Job.BULK)


@given(st.lists(st.tuples(st.sampled_from([0, 1, 2]), st.integers(0, 3)), min_size=1, max_size=8))
def test_places_are_those_of_the_order_in_which_jobs_are_claimed(facts):
    Job.objects.all().delete()
    now = timezone.now() - timedelta(minutes=10)
    for number, (priority, minute) in enumerate(facts):
        enqueue(f"{number}", priority, due_at=now + timedelta(minutes=minute))
    order = list(queue.claimable_jobs(timezone.now()))
    assert [queue.jobs_ahead([job])[job.pk] for job in order] == list(range(len(order)))
    claimed = queue.claim_next_job()
    assert claimed == order[0]
    assert queue.jobs_ahead(order[1:]) == {job.pk: place for place, job in enumerate(order[1:], 1)}


def test_the_next_job_is_read_from_the_index():
    if connection.vendor == "sqlite":
        assert "job_by_priority" in queue.claimable_jobs(timezone.now())[:1].explain()
