"""Tables of papers. Issued papers, their files, events and readers are append-only."""

from emulation.documents.models.drafts import Draft, DraftReader, RenderedDraft
from emulation.documents.models.issued import (
    DocumentChunk,
    DocumentEvent,
    DocumentFile,
    DocumentReader,
    IssuedDocument,
)
from emulation.documents.models.numbers import NumberBook, Series
from emulation.documents.models.pictures import Picture

__all__ = [
    "DocumentChunk", "DocumentEvent", "DocumentFile", "DocumentReader", "Draft", "DraftReader", "IssuedDocument",
    "NumberBook", "Picture", "RenderedDraft", "Series",
]  # fmt: skip
