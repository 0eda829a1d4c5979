"""The models of papers in one list of imports.

Issued papers, their files, events and readers, and branding images are append-only.
"""

from emulation.documents.models.branding import BrandingImage, BrandingUpload
from emulation.documents.models.cancellation import DocumentCancellation
from emulation.documents.models.draft import Draft, DraftReader, RenderedDraft
from emulation.documents.models.issued_document import (
    DocumentChunk,
    DocumentEvent,
    DocumentFile,
    DocumentReader,
    DocumentText,
    IssuedDocument,
)
from emulation.documents.models.number_series import NumberBook, NumberBookCheck, Series

__all__ = [
    "BrandingImage", "BrandingUpload", "DocumentCancellation", "DocumentChunk", "DocumentEvent", "DocumentFile",
    "DocumentReader", "DocumentText", "Draft", "DraftReader",
    "IssuedDocument", "NumberBook", "NumberBookCheck", "RenderedDraft", "Series",
]  # fmt: skip
