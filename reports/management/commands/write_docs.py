"""`manage.py write_docs`: writes docs/workflows.md and docs/permissions.md from the flow tables and the views."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from reports import docs

FILES = {"workflows.md": docs.workflows, "permissions.md": docs.permissions}


class Command(BaseCommand):
    help = "Writes docs/workflows.md and docs/permissions.md from the code."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, write in FILES.items():
            (Path(settings.BASE_DIR) / "docs" / name).write_text(write(), encoding="utf-8")
            self.stdout.write(f"docs/{name}")
