"""`manage.py verify_records`: whether audit entries and papers can still be read; faults are listed and it exits with 1.

Run it after an upgrade: names stored in rows must survive every renaming in the code.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from emulation.audit.log import chain_faults
from emulation.audit.models import AuditEntry
from emulation.communes.models import Commune
from emulation.documents.models import Draft, IssuedDocument
from emulation.documents.verification import audit_subject_faults, document_faults, draft_faults


class Command(BaseCommand):
    help = "Kiểm tra nhật ký, văn bản đã ban hành và dự thảo còn đọc được không."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-docx", action="store_true", help="không dựng lại bản Word của từng văn bản")

    def handle(self, *args: Any, **options: Any) -> None:
        faults: list[str] = []
        for commune in Commune.objects.all():
            faults += [f"{commune}: {fault}" for fault in chain_faults(commune.pk)]
        faults += audit_subject_faults()
        faults += document_faults(docx_files=not options["no_docx"])
        faults += draft_faults()
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write(
            f"{AuditEntry.objects.count()} bản ghi nhật ký, {IssuedDocument.objects.count()} văn bản, "
            f"{Draft.objects.count()} dự thảo: đọc được, nguyên vẹn."
        )
