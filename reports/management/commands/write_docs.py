"""`manage.py write_docs`: writes the pages of docs/ that are generated from the code."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from reports import generated_docs

GENERATED_FILES = {
    "workflows.md": generated_docs.workflows_markdown,
    "permissions.md": generated_docs.permissions_markdown,
    "registries.md": generated_docs.registries_markdown,
    "architecture.md": generated_docs.architecture_markdown,
}


class Command(BaseCommand):
    help = "Writes what is generated of docs/: workflows.md, permissions.md, registries.md, the map in architecture.md."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, write in GENERATED_FILES.items():
            (Path(settings.BASE_DIR) / "docs" / name).write_text(write(), encoding="utf-8")
            self.stdout.write(f"docs/{name}")
