"""The papers of a nomination's file: previewed as drafts, frozen when it is submitted."""

from datetime import date

from django.utils import timezone

from commendations.models import Nomination
from commendations.papers.achievement_report import achievement_report
from commendations.papers.commendation_request import commendation_request
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.documents import actions as documents
from emulation.documents.models import Draft, IssuedDocument
from emulation.workflow.transitions import act

PAPERS = {"report": achievement_report, "request": commendation_request}
"""The papers of a file by name."""


def preview_nomination(*, by: User, nomination: Nomination, which: str) -> Draft:
    """Make a draft of one paper of the file: "report" or "request"."""
    with act("commendations.preview", nomination, by=by) as case:
        if not case.nominee_kind:
            raise RuleBroken("Hãy chọn người, hộ hoặc tập thể được đề nghị trước khi xem giấy.")
        paper = PAPERS["report" if which == "report" else "request"](case, timezone.localdate())
        return documents.create_or_update_draft(
            by=by, commune=case.commune, paper=paper, key=f"nomination:{case.pk}:{which}", readers=_readers(case)
        )


def freeze_papers(*, by: User, case: Nomination, day: date, request: IssuedDocument | None) -> None:
    """Set the case's report and request, frozen with its current content.

    `request`: the frozen request of a group, in place of one for this case alone; the report is then made only where the
    law asks for one.
    """
    wanted = not request or case.checklist.filter(code__in=("report", "summary")).exists()
    case.report_document = _frozen_paper(by, case, "report", day) if wanted else None
    case.request_document = request or _frozen_paper(by, case, "request", day)


def _frozen_paper(by: User, case: Nomination, name: str, day: date) -> IssuedDocument:
    return documents.freeze_document(
        by=by,
        commune=case.commune,
        paper=PAPERS[name](case, day),
        issued_on=day,
        key=f"nomination:{case.pk}:{name}:{case.version}",
        readers=_readers(case),
        about=case.nominee_alone,
    )


def _readers(case: Nomination) -> list[documents.ReaderGrant]:
    return [documents.ReaderGrant(unit_id=unit.pk) for unit in case.proposing_units]
