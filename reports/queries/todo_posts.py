"""The tasks of the office about posts that end soon: acting heads of units, the term of the council, roles with a last day."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, timedelta

from django.db.models import Exists
from django.urls import reverse

from emulation.communes.capacity import UserCapacity
from emulation.communes.roles import Role
from emulation.core.formatting import format_date
from emulation.workflow.workflow import step_of
from reports.queries.todo_beginning import beginning_tasks
from reports.queries.todo_rows import TodoItem
from villages.queries.acting_heads import acting_heads_to_follow
from villages.queries.council import council_to_renew
from villages.queries.posts_to_follow import ending_posts, roles_to_follow

WARNED_DAYS = 30
COUNCIL_WARNED_DAYS = 60


RareTasks = Mapping[str, tuple[Exists, Callable[[], list[TodoItem]]]]
"""Tasks that are hardly ever there, by a name: whether there are any, and the tasks."""
NONE_RARE: RareTasks = {}


def post_tasks(capacity: UserCapacity, on: date, rare: RareTasks = NONE_RARE) -> list[TodoItem]:
    """What has to be renewed; [] for who renews nothing. One query on most days, a few more when something ends.

    `rare`: other tasks of the same users, whose conditions are asked in the same query.
    """
    acts = ("villages.set_unit_head", "villages.renew_council", "accounts.give_role")
    if capacity.commune_id is None or not any(step_of(act).permission.allows(capacity, None) for act in acts):
        return []
    until = on + timedelta(days=WARNED_DAYS)
    also = {name: condition for name, (condition, _) in rare.items()}
    found = ending_posts(capacity.commune_id, on, until, on + timedelta(days=COUNCIL_WARNED_DAYS), also)
    heads = acting_head_tasks(capacity, on) if found.acting_heads else []
    council = council_tasks(capacity, on) if found.council else []
    roles = role_tasks(capacity, on) if found.roles else []
    return [*beginning_tasks(capacity, found), *heads, *council, *roles, *_rare_tasks(rare, found.also)]


def _rare_tasks(rare: RareTasks, found: Collection[str]) -> Iterator[TodoItem]:
    for name, (_, read) in rare.items():
        if name in found:
            yield from read()


def acting_head_tasks(capacity: UserCapacity, on: date) -> list[TodoItem]:
    """A task for each acting head who ends within 30 days, or ended, without anybody after them."""
    if capacity.commune_id is None or not step_of("villages.set_unit_head").permission.allows(capacity, None):
        return []
    rows = acting_heads_to_follow(capacity.commune_id, on, on + timedelta(days=WARNED_DAYS))
    return [
        TodoItem(
            title="Cử người đứng đầu thay người phụ trách tạm thời",
            who=row.unit.name,
            text=f"{row.person.full_name} phụ trách đến hết ngày {format_date(last)}.",
            url=reverse("villages:set_unit_head", args=[row.unit_id]),
            action="Cử người đứng đầu",
            due=last,
            late=last < on,
            soon=last >= on,
        )
        for row in rows
        if (last := row.ends_on)  # an acting head always has a last day
    ]


def council_tasks(capacity: UserCapacity, on: date) -> list[TodoItem]:
    """A task if the term of the council ends within 60 days, or a member has left the commune's list."""
    if capacity.commune_id is None or not step_of("villages.renew_council").permission.allows(capacity, None):
        return []
    version = council_to_renew(capacity.commune_id, on, on + timedelta(days=COUNCIL_WARNED_DAYS))
    if version is None:
        return []
    last = version.council.ends_on
    term = f"Hết nhiệm kỳ ngày {format_date(last)}." if last else ""
    gone = f"Không còn trong danh sách: {', '.join(version.missing)}." if version.missing else ""
    return [
        TodoItem(
            title="Kiện toàn Hội đồng TĐKT",
            who=version.council.name,
            text=f"{term} {gone}".strip(),
            url=reverse("villages:renew_council"),
            action="Ghi Hội đồng mới",
            due=last,
            late=last is not None and last < on,
            soon=last is not None and last >= on,
        )
    ]


def role_tasks(capacity: UserCapacity, on: date) -> list[TodoItem]:
    """A task for each role of chair, vice chair, office or clerk that ends within 30 days while nobody else has it then; after
    the day, too, until somebody has a role that the commune cannot be without."""
    if capacity.commune_id is None or not step_of("accounts.give_role").permission.allows(capacity, None):
        return []
    rows = roles_to_follow(capacity.commune_id, on, on + timedelta(days=WARNED_DAYS))
    return [
        TodoItem(
            title="Giao vai trò cho người kế tiếp",
            who=f"{Role(row.role).title}: {name}",
            text=f"Vai này hết ngày {format_date(last)}, chưa có người giữ tiếp.",
            url=reverse("villages:account", args=[row.user_id]),
            action="Xem tài khoản",
            due=last,
            late=last < on,
            soon=last >= on,
        )
        for row, name in rows
        if (last := row.ends_on)
    ]
