"""The search within papers: their folded texts, and the hits of the search of the masthead."""

import re
from html import unescape
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import strip_tags

from emulation.core.formatting import format_date
from emulation.core.text import fold
from emulation.documents.models import DocumentText, IssuedDocument
from emulation.documents.queries import search_documents
from emulation.workflow import permissions
from emulation.workflow.search_registry import SearchHit, SearchSource, search_sources

SHORTEST_WORD = 3
"""Shorter words are looked for in titles and numbers only: nearly every text has them."""
TEXTS_PER_JOB = 500
STYLE = re.compile(r"<(style|head)\b.*?</\1>", re.DOTALL)


def plain_text(html: str) -> str:
    """The words of a paper as they were typed: without tags and marks of words that stay on one line."""
    return " ".join(unescape(strip_tags(STYLE.sub(" ", html))).split())


def folded_text(html: str) -> str:
    """The words of a paper as `fold` gives them, each after a space, so that " hoa" finds words that begin with it."""
    text = strip_tags(STYLE.sub(" ", html).replace("<", " <"))
    return "".join(f" {word}" for word in fold(text).split())


def store_missing_texts(limit: int = TEXTS_PER_JOB) -> int:
    """Stores the texts of papers that have none yet, the newest first; returns how many were stored."""
    missing = IssuedDocument._base_manager.filter(text=None).order_by("-pk").only("pk", "html")[:limit]
    rows = [DocumentText(document_id=document.pk, folded=folded_text(document.html)) for document in missing]
    DocumentText.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def search_with_text(rows: QuerySet[IssuedDocument], words: str) -> QuerySet[IssuedDocument]:
    """Rows that match every word as `search_documents` does, or whose text has a word that begins with each longer word.

    Words under three letters are not looked for in the text.
    """
    titled = search_documents(rows, words).values("pk")
    wanted = [word for word in fold(words).split() if len(word) >= SHORTEST_WORD]
    if not wanted:
        return rows.filter(pk__in=titled)
    texts = DocumentText.objects.all()
    for word in wanted:
        texts = texts.filter(folded__contains=f" {word}")
    return rows.filter(Q(pk__in=titled) | Q(pk__in=texts.values("pk")))


def find_documents(user: Any, words: str, limit: int) -> list[SearchHit]:
    """Issued papers, the newest first."""
    visible = IssuedDocument.objects.visible_to(user).defer("blocks", "html")
    rows = search_with_text(visible, words).order_by("-issued_on", "-pk")[:limit]
    return [
        SearchHit(
            row.reference or row.type_name,
            f"{row.title}, ngày {format_date(row.issued_on)}",
            reverse("documents:document", args=[row.pk]),
        )
        for row in rows
    ]


def register_document_search() -> None:
    """Called in AppConfig.ready()."""
    source = SearchSource("Văn bản", "file-earmark-text", permissions.signed_in, find_documents, "documents:list", 70)
    search_sources.add("documents", source)
