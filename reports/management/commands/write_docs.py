"""`manage.py write_docs`: writes docs/workflows.md and docs/permissions.md from the flow tables and the views."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from reports import generated_docs

GENERATED_FILES = {
    "workflows.md": generated_docs.workflows_markdown,
    "permissions.md": generated_docs.permissions_markdown,
}


class Command(BaseCommand):
    help = "Writes docs/workflows.md and docs/permissions.md from the code."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, write in GENERATED_FILES.items():
            (Path(settings.BASE_DIR) / "docs" / name).write_text(write(), encoding="utf-8")
            self.stdout.write(f"docs/{name}")
