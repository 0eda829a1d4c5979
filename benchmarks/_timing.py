"""Measuring time and queries, for the benchmarks in this folder."""

import statistics
import time
from collections.abc import Callable
from typing import Any


def median_seconds(work: Callable[[], object], rounds: int) -> float:
    """The median time of this many calls, in seconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def queries_and_seconds(request: Callable[[], Any]) -> tuple[int, float]:
    """The number of queries of one request, and the median seconds of seven. The response must have status 200."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        assert request().status_code == 200
    return len(captured), median_seconds(request, 7)
