"""The checklist of a file for its pages, with the papers that its entries ask about."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, Subquery
from django.urls import reverse

from commendations.models import ChecklistEntry, Nomination
from commendations.queries.group_request import minutes_of_case
from commendations.queries.posting import posting_document
from emulation.documents.models import DocumentFile, IssuedDocument


@dataclass(frozen=True)
class PaperLink:
    """A paper of the file, or its scan, that an entry of the checklist asks about."""

    label: str
    url: str


def checklist_papers(nomination: Nomination, user: Any) -> dict[str, list[PaperLink]]:
    """The current papers of the file that the user may see, each followed by what was uploaded to it, by checklist code.

    Of a case that was submitted with others the request and the minutes are those of the whole list; the minutes also when
    it was returned and submitted again alone. Other papers of the unit are not kept in the program: no links.
    """
    uploaded = DocumentFile.objects.current().filter(format__in=DocumentFile.UPLOADED).order_by("format")
    posted_id = posting_document(nomination)
    own = {nomination.report_document_id, nomination.request_document_id, posted_id} - {None}
    minutes = Q(pk=Subquery(minutes_of_case(nomination)))
    papers = (
        IssuedDocument.objects.visible_to(user)
        .filter(Q(pk__in=own) | minutes)
        .prefetch_related(Prefetch("files", uploaded, to_attr="uploaded"))
        if own
        else ()
    )
    links = {paper.pk: _links_of(paper) for paper in papers}
    report = links.get(nomination.report_document_id or 0, [])
    return {
        "report": report,
        "summary": report,
        "request": links.get(nomination.request_document_id or 0, []),
        "minutes": next((links[pk] for pk in links if pk not in own), []),
        "posting": links.get(posted_id or 0, []),
    }


def _links_of(paper: Any) -> list[PaperLink]:
    files = [
        PaperLink(file.get_format_display(), reverse("documents:download", args=[paper.pk, file.format]))
        for file in paper.uploaded
    ]
    return [PaperLink(paper.type_name, paper.get_absolute_url()), *files]


def checklist_rows(
    entries: Iterable[ChecklistEntry], papers: dict[str, list[PaperLink]] | None = None
) -> list[dict[str, Any]]:
    """The checklist for templates/components/_checklist.html, with the papers of `checklist_papers`."""
    return [
        {
            "ok": entry.met,
            "label": entry.label,
            "note": entry.note,
            "source": entry.citation,
            "papers": (papers or {}).get(entry.code, []),
        }
        for entry in entries
    ]
