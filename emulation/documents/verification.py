"""Whether what is stored can still be read: audit entries find their objects, issued papers their blocks."""

from collections.abc import Iterator

from emulation.audit.models import AuditEntry
from emulation.communes.subjects import model_for_subject_key
from emulation.core.errors import RuleBroken
from emulation.documents import branding
from emulation.documents.actions import frozen_hash
from emulation.documents.blocks.codec import paper_to_json
from emulation.documents.engines import docx
from emulation.documents.models import Draft, IssuedDocument


def audit_subject_faults() -> Iterator[str]:
    """One line for each subject key of the audit log that no model declares, or whose object has no page any more."""
    for key in AuditEntry.objects.exclude(subject_type="").order_by().values_list("subject_type", flat=True).distinct():
        try:
            model = model_for_subject_key(key)
        except LookupError:
            yield f"nhật ký: không còn loại {key}"
            continue
        ids = AuditEntry.objects.filter(subject_type=key).order_by().values_list("subject_id", flat=True).distinct()
        for row in model._base_manager.filter(pk__in=ids).iterator(500):
            try:
                row.get_absolute_url()
            except AttributeError:
                break  # rows of this model are shown on the page of another object
            except Exception as error:
                yield f"nhật ký: {key} {row.pk}: {type(error).__name__}: {error}"


def document_faults(*, docx_files: bool) -> Iterator[str]:
    """One line for each issued paper that no longer decodes, encodes to other JSON, has another hash or makes no DOCX."""
    for document in IssuedDocument.objects.order_by("pk").iterator(200):
        try:
            paper = document.paper
            if paper_to_json(paper) != document.blocks:
                yield f"văn bản {document.pk}: nội dung đọc rồi ghi lại không còn như cũ"
            if document.sha256 != frozen_hash(document.blocks, document.html, document.style_version):
                yield f"văn bản {document.pk}: mã băm không khớp"
            if docx_files:
                docx.render_docx(paper, branding.read_branding_image)
        except (RuleBroken, ValueError, TypeError, KeyError) as error:
            yield f"văn bản {document.pk}: {type(error).__name__}: {error}"


def draft_faults() -> Iterator[str]:
    """One line for each draft that no longer decodes or encodes to other JSON."""
    for draft in Draft.objects.order_by("pk").iterator(200):
        try:
            if paper_to_json(draft.paper) != draft.blocks:
                yield f"dự thảo {draft.pk}: nội dung đọc rồi ghi lại không còn như cũ"
        except (RuleBroken, ValueError, TypeError, KeyError) as error:
            yield f"dự thảo {draft.pk}: {type(error).__name__}: {error}"
