"""Commands on the server that wait for the database: while bin/serve migrates it for the first time, or somebody else writes.

class Command(WaitsForDatabase): …   # in place of BaseCommand; its handle() changes all or nothing, and prints at the end
"""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

WAIT_SECONDS = 180
PAUSE_SECONDS = 1
NOT_MIGRATED = "Cơ sở dữ liệu chưa chuẩn bị xong: bin/serve đang chạy lần đầu, hoặc chưa chạy."
BUSY = "Cơ sở dữ liệu đang bận: bin/serve đang chuẩn bị, hoặc lệnh khác đang ghi."
TRY_AGAIN = "Chưa có gì thay đổi. Chạy bin/serve, đợi nó in địa chỉ, rồi chạy lại lệnh này."
_BUSY_WORDS = ("is locked", "lock timeout", "could not obtain lock", "starting up")


class WaitsForDatabase(BaseCommand):
    """A command that is tried again while the database is locked or not migrated; then it ends with a sentence."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        help_text = f"đợi cơ sở dữ liệu đang bận nhiều nhất từng này giây (mặc định {WAIT_SECONDS})"
        parser.add_argument("--wait", type=int, default=WAIT_SECONDS, metavar="SECONDS", help=help_text)
        return parser

    def execute(self, *args: Any, **options: Any) -> Any:
        """The output of the command. Raises CommandError when the database is not ready after the time to wait."""
        until = time.monotonic() + options["wait"]
        announced = ""
        while True:
            try:
                reason = NOT_MIGRATED
                if is_migrated():
                    return super().execute(*args, **options)
            except OperationalError as error:
                if not is_busy(error):
                    raise
                reason = BUSY
            if time.monotonic() >= until:
                raise CommandError(f"{reason} Đã đợi {options['wait']} giây. {TRY_AGAIN}")
            if reason != announced:
                announced = reason
                self.stderr.write(f"{reason} Đang đợi …")
            connection.close()
            time.sleep(PAUSE_SECONDS)


def is_migrated() -> bool:
    """Whether every migration is applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def is_busy(error: OperationalError) -> bool:
    """Whether somebody else keeps the database busy, so that trying again helps."""
    return any(words in str(error) for words in _BUSY_WORDS)
