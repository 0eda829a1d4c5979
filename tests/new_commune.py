"""A commune opened from the example plan, for tests: its address for units, the tasks of its office."""

from pathlib import Path

from django.utils import timezone

from emulation.accounts.models import User
from reports.queries.todo import todo_of

EXAMPLE = Path("deploy/commune.example.toml")
UNITS = "/don-vi/dang-co/"


def titles() -> list[str]:
    """The titles of the tasks of its office today."""
    return [task.title for task in todo_of(User.objects.get(username="vanphong"), timezone.localdate()).tasks]
