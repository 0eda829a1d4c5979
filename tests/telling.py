"""The whole demo, told once for all tests that stand on it one after the other (conftest.py puts them first)."""

from pathlib import Path
from typing import Any, ClassVar

from django.core.management import call_command
from django.db import transaction
from django.test import override_settings


class Telling:
    """The stories stand in a transaction around those tests; the first test that does not ask for them ends it."""

    now: "ClassVar[Telling | None]" = None

    def __init__(self, blocker: Any, files: Path) -> None:
        self.blocker, self.files = blocker, files
        self.outer: Any = None

    def begin(self) -> None:
        """Tells the demo unless it stands."""
        if self.outer is not None:
            return
        self.outer = transaction.atomic()
        self.outer._from_testcase = (
            True  # acts that insist on a transaction of their own accept this one, as in any test
        )
        with self.blocker.unblock(), override_settings(MEDIA_ROOT=self.files):
            self.outer.__enter__()
            call_command("load_demo", verbosity=0)
        Telling.now = self

    def end(self) -> None:
        """Takes back all that was told."""
        if self.outer is None:
            return
        with self.blocker.unblock():
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)
        self.outer = Telling.now = None
