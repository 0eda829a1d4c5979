"""`manage.py sample_papers DIR`: writes a PDF and a Word file for every kind of paper, from the demo data."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from emulation.communes.models import Commune
from emulation.documents import samples
from emulation.documents.tasks import paper_file


class Command(BaseCommand):
    help = "Writes DIR/<kind>.pdf and DIR/<kind>.docx for every kind of paper, from the demo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["dir"]
        folder.mkdir(parents=True, exist_ok=True)
        with transaction.atomic():
            is_temporary = not Commune.objects.filter(is_demo=True).exists()
            if is_temporary:
                call_command("load_demo", verbosity=0)
            try:
                self.write(folder)
            finally:
                transaction.set_rollback(is_temporary)  # a demo that was loaded only for these papers is not kept

    def write(self, folder: Path) -> None:
        faults = [f"{kind}: chưa có mẫu" for kind in samples.missing_sample_kinds()]
        for kind, make in samples.paper_samples().items():
            try:
                paper = make()
            except LookupError as error:
                faults.append(f"{kind}: {error}")
                continue
            for fmt in ("pdf", "docx"):
                (folder / f"{kind}.{fmt}").write_bytes(paper_file(paper, fmt))
            self.stdout.write(f"{kind}: {paper.title}")
        if faults:
            raise CommandError("; ".join(faults))
