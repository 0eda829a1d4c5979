"""The tasks that come first after a restore: until they are done no number is given and nothing is sent."""

from django.urls import reverse

from emulation.communes.capacity import UserCapacity
from emulation.communes.models import Commune
from emulation.documents.number_checks import unchecked_books_by_year
from emulation.workflow.workflow import step_of
from reports.queries.backup_health import pending_release
from reports.queries.todo_rows import TodoItem


def restored_tasks(capacity: UserCapacity) -> list[TodoItem]:
    """The tasks of the clerk (number books) and of the administrator (mails and reminders)."""
    return [*_number_book_tasks(capacity), *_message_tasks(capacity)]


def _commune_for(act: str, capacity: UserCapacity) -> Commune | None:
    """The user's commune if they may perform the act there; None, without a query, if not."""
    if capacity.commune_id is None or not step_of(act).permission.allows(capacity, None):
        return None
    return Commune.objects.filter(pk=capacity.commune_id).first()


def _number_book_tasks(capacity: UserCapacity) -> list[TodoItem]:
    """A task of the clerk for each year whose number books wait after a restore."""
    act = "documents.check_number_book"
    commune = _commune_for(act, capacity)
    if commune is None:
        return []
    return [
        TodoItem(
            title="Ghi số cuối đã dùng trên giấy sau khôi phục",
            text=f"{len(books)} sổ năm {year} chưa cấp số cho đến khi ghi: {', '.join(book.titles[0] for book in books)}.",
            url=f"{reverse('documents:numbers')}?nam={year}",
            action="Ghi số cuối",
            since=books[0].restore.restored_at,
        )
        for year, books in unchecked_books_by_year(commune).items()
    ]


def _message_tasks(capacity: UserCapacity) -> list[TodoItem]:
    """The task of the administrator to release the e-mails and reminders that wait after a restore."""
    act = "notices.release_messages"
    commune = _commune_for(act, capacity)
    release = pending_release(commune.pk) if commune else None
    if release is None:
        return []
    return [
        TodoItem(
            title=f"{step_of(act).label} sau khôi phục",
            text=f"Cho đến khi quyết định, chưa gửi thư và chưa nhắc ai; đang chờ {release.old + release.new} thư.",
            url=reverse("reports:health_details"),
            action="Xem và quyết định",
            since=release.restore.restored_at,
        )
    ]
