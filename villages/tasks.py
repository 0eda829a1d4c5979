"""The job that ends requests about accounts after seven days."""

from datetime import datetime
from typing import Any

from emulation.accounts.models import AccountRequest
from emulation.jobs.queue import enqueue
from emulation.jobs.registry import job_handlers, tick_callbacks
from villages.actions.account_requests import expire_requests
from villages.flow.accounts import ASKED, CONFIRMED


@tick_callbacks.register("villages.enqueue_expired_requests")
def enqueue_expired_requests(now: datetime) -> None:
    """Enqueues a job in the hours in which a request is too old."""
    if AccountRequest.objects.filter(state__in=(ASKED, CONFIRMED), expires_at__lte=now).exists():
        enqueue("accounts.expire_requests", f"{now:%Y-%m-%d %H}")


@job_handlers.register("accounts.expire_requests")
def run_expire_requests(job: Any) -> None:
    """Runs it; twice does no harm."""
    expire_requests()
