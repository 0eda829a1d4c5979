"""What cancelling a quarterly report that was sent to the superior changes."""

from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.capacity import role_holder_ids
from emulation.communes.roles import Role
from emulation.core.formatting import format_date, format_names
from emulation.documents.models import DocumentEvent
from reports.models import PeriodReport


def cancelled_report_consequences(report: PeriodReport) -> list[str]:
    """Who had the report, what happens next; one sentence each."""
    superiors = role_holder_ids(report.commune_id, Role.superior, on=timezone.localdate())
    had_it = list(User.objects.filter(pk__in=superiors).order_by("full_name").values_list("full_name", flat=True))
    events = DocumentEvent.objects.filter(document_id=report.document_id, kind=DocumentEvent.SEEN).select_related("by")
    sentences = [
        f"{event.by.full_name} đã xác nhận nhận ngày {format_date(timezone.localdate(event.at))}."
        for event in events.order_by("pk")
    ]
    if had_it:
        sentences.append(f"Báo cáo đã gửi cấp trên: {format_names(had_it, 'người')}; họ được báo là báo cáo đã hủy.")
    sentences.append(f"Báo cáo {report.title} trở lại là chưa gửi; Văn phòng lập lại bản mới, mang số mới.")
    return sentences
