"""Workbooks of long lists: requested by a reader of the list, made by a job, deleted after a day."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_vnd
from emulation.jobs.models import Job
from emulation.jobs.queue import enqueue, requeue
from emulation.notices.actions import notify_users
from emulation.workflow.list_export import list_workbook
from emulation.workflow.lists import PART, PagedListView
from reports.models import ListFile

LIST_FILE_JOB = "reports.list_file"
MOST_ROWS = 200_000
"""A longer workbook opens too slowly on the machines of a commune."""


def list_at(address: str, user: User) -> PagedListView:
    """The list at this address (path and parameters) as this user opens it.

    RuleBroken for another page, or one that the user may not open.
    """
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        raise RuleBroken("Không có danh sách này.") from None
    view_class: Any = getattr(match.func, "view_class", None)
    if not (isinstance(view_class, type) and issubclass(view_class, PagedListView) and view_class.columns):
        raise RuleBroken("Trang này không phải danh sách tải về được.")
    request = HttpRequest()
    request.method = "GET"
    request.path = parts.path
    request.GET = QueryDict(parts.query)
    request.user = user
    view: PagedListView = view_class(**match.func.view_initkwargs)  # type: ignore[attr-defined]
    view.setup(request, *match.args, **match.kwargs)
    if not view.permission.allows(view.capacity, None):
        raise RuleBroken(f"Danh sách này dành cho {view.permission.label}.")
    return view


def request_list_file(*, by: User, commune: Commune, address: str) -> ListFile:
    """Records the request and enqueues its job; the same list asked for again while its job waits is the same file.

    RuleBroken as in `list_at`, Http404 for the list of an object that the user may not see.
    """
    view = list_at(address, by)
    view.count_rows(1)
    with transaction.atomic():
        waiting = ListFile.objects.filter(user=by, commune=commune, address=address, made_at=None)
        file = waiting.filter(requested_at__gt=timezone.now() - ListFile.LIFETIME).first()
        if file is None:
            file = ListFile.objects.create(commune=commune, user=by, title=view.title, address=address)
        job = enqueue(LIST_FILE_JOB, f"{file.pk}", commune=commune, priority=Job.REQUESTED, file_id=file.pk)
        requeue(job)
    return file


def make_list_file(file: ListFile, progress: Callable[[int, int], None]) -> None:
    """Writes the workbook with what its reader may see now, and notifies them; a file that is made stays as it is.

    `progress(done, total)` is called after each part. RuleBroken as in `list_at`, and for more than MOST_ROWS rows.
    """
    if file.made_at:
        return
    file.user.commune_choice = file.commune_id  # type: ignore[attr-defined]
    view = list_at(file.address, file.user)
    count = view.count_rows(MOST_ROWS + 1)
    if count > MOST_ROWS:
        raise RuleBroken(f"Danh sách có hơn {MOST_ROWS} dòng.")
    content = list_workbook(view.list_head(count), _counted(view.lines(), count, progress))
    with transaction.atomic():
        file.content = content
        file.size = len(content)
        file.rows = count
        file.made_at = timezone.now()
        file.save(update_fields=["content", "size", "rows", "made_at"])
        notify_users(
            commune_id=file.commune_id,
            users=[file.user_id],
            text=f"Đã lập xong tệp “{file.title}”, {format_vnd(count)} dòng.",
            link=file.get_absolute_url(),
            key=f"list_file:{file.pk}",
        )


def _counted(lines: Iterator[list[Any]], total: int, progress: Callable[[int, int], None]) -> Iterator[list[Any]]:
    for number, line in enumerate(lines, 1):
        if number % PART == 0:
            progress(number, total)
        yield line


def delete_old_list_files(now: datetime) -> int:
    """Deletes the files that are older than their lifetime; returns how many."""
    deleted, _ = ListFile.objects.filter(requested_at__lte=now - ListFile.LIFETIME).delete()
    return deleted
