"""The stored papers of local values, for the daily check."""

from collections.abc import Iterator

from emulation.core.stored_files import StoredFile, stored_file_sources
from emulation.legal.models import LocalValue


@stored_file_sources.register("legal.local_value_files")
def local_value_files() -> Iterator[StoredFile]:
    """The papers by which a commune decided a value."""
    for local in LocalValue.objects.exclude(file_sha256="").order_by("pk").iterator(500):
        yield StoredFile(local.file_sha256, f"văn bản {local.paper_number} kèm quy định riêng", local.commune_id)
