"""The groups of a to-do list, in the order in which to do them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.utils import timezone

from emulation.workflow.workflow import Flow, Step
from reports.queries.todo_rows import MAX_COUNTED, TodoItem, counted_in_words, waiting_since
from reports.queries.todo_together import GroupPage

FEW_TASKS = 5  # fewer are shown without heads of groups
RESTORED_RANK = 0


@dataclass(frozen=True)
class TodoGroup:
    """Tasks of one kind, the most urgent first; `total` counts those that are not shown too. A lower `rank` comes first.

    `open_step`: the step that they wait for, with its workflow; `pages`: those that do many of the tasks at once.
    """

    title: str
    tasks: list[TodoItem]
    total: int
    rank: int
    open_step: tuple[Flow, Step] | None = None
    pages: Sequence[GroupPage] = ()

    @property
    def total_in_words(self) -> str:
        return counted_in_words(self.total)

    @property
    def more(self) -> str:
        """How many are not shown, in words; "" if all are."""
        left = self.total - len(self.tasks)
        return "" if not left else counted_in_words(self.total, left)

    @property
    def urgency(self) -> tuple[Any, ...]:
        """What sorts the groups: returned work, then the cost of waiting, then the most urgent task."""
        first = self.tasks[0]
        return (self.rank != RESTORED_RANK, not first.reason, self.rank, *task_urgency(first))


@dataclass(frozen=True)
class TodoList:
    """The groups of tasks in the order in which to do them."""

    groups: list[TodoGroup]

    @property
    def tasks(self) -> list[TodoItem]:
        return list(chain.from_iterable(group.tasks for group in self.groups))

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)

    @property
    def total_in_words(self) -> str:
        """The number of all tasks; "hơn 120" if there are more of a kind than are counted."""
        many = any(group.total > MAX_COUNTED for group in self.groups)
        return f"hơn {self.total - 1}" if many else str(self.total)

    @property
    def not_all_shown(self) -> list[tuple[Flow, Step]]:
        """The steps for which more rows wait than are shown, with their workflows."""
        return [group.open_step for group in self.groups if group.open_step and group.more]

    @property
    def pages(self) -> list[GroupPage]:
        """The pages that do many of the tasks at once."""
        return list(chain.from_iterable(group.pages for group in self.groups))

    @property
    def late(self) -> int:
        return sum(task.late for task in self.tasks)

    @property
    def due_today(self) -> int:
        return sum(task.due == timezone.localdate() for task in self.tasks)

    @property
    def is_short(self) -> bool:
        """Whether each task is shown with what is to be done, not under the head of its group."""
        return self.total < FEW_TASKS


def task_urgency(task: TodoItem) -> tuple[Any, ...]:
    """What sorts the tasks of a group: returned work, urgent, late, by due day, then the longest waiting."""
    return (not task.reason, not task.urgent, not task.late, task.due or date.max, waiting_since(task))
