"""`manage.py sync_base`: updates all tables of base data from their files; idempotent."""

from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

SYNC_COMMANDS = ("sync_legal", "sync_series", "sync_fields", "sync_reasons")


class Command(BaseCommand):
    help = "Nạp dữ liệu nền: căn cứ pháp lý, sổ số văn bản, lĩnh vực, lý do trả lại."

    def handle(self, *args: Any, **options: Any) -> None:
        for name in SYNC_COMMANDS:
            if name in get_commands():
                call_command(name, verbosity=options["verbosity"])
