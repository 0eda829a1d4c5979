"""The stored files of directives and of duty reports, for the daily check."""

from collections.abc import Iterator

from campaigns.directives.models.directive import DirectiveScan
from campaigns.directives.models.duty import DutyReportFile
from emulation.core.stored_files import StoredFile, stored_file_sources


@stored_file_sources.register("campaigns.directive_scan_files")
def directive_scan_files() -> Iterator[StoredFile]:
    """Scans of incoming letters."""
    for scan in DirectiveScan.objects.order_by("pk").iterator(500):
        yield StoredFile(scan.sha256, f"bản quét “{scan.name}” của văn bản đến", scan.commune_id)


@stored_file_sources.register("campaigns.duty_report_files")
def duty_report_files() -> Iterator[StoredFile]:
    """Files that units attached to their reports."""
    for file in DutyReportFile.objects.order_by("pk").iterator(500):
        yield StoredFile(file.sha256, f"tệp “{file.name}” của một báo cáo việc", file.commune_id)
