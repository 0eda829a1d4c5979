"""Giấy đề nghị (a tờ trình for units with a letterhead) of one case. Restricted data is never printed."""

from dataclasses import replace
from datetime import date

from commendations.models import JointProposal, Nomination
from commendations.papers.award_list import nominee_columns
from commendations.papers.nomination_data import (
    NOMINEE_KIND_WORDS,
    UNITS_WITHOUT_LETTERHEAD,
    NominationPaperData,
)
from commendations.queries.nominee_place import post_and_unit
from commendations.rules.wording import lead_in_once
from emulation.core.formatting import date_in_words, lower_first, upper_first
from emulation.documents.blocks.body import (
    LegalBasisLine,
    Paragraph,
    Table,
    TableColumn,
)
from emulation.documents.blocks.paper import Paper
from emulation.documents.blocks.text import with_end_mark
from emulation.legal import current

DOTS = "……"
"""Where a day or month is written by hand; spaces would be collapsed in running text."""


def commendation_request(nomination: Nomination, on: date) -> Paper:
    """Giấy đề nghị of a village, signed by its head; a tờ trình of schools, the health station and organisations.

    It names the units that have joined the proposal.
    """
    return _request(NominationPaperData(nomination, on))


def joint_request(joint: JointProposal, on: date) -> Paper:
    """The same paper of a unit that proposes the nominee together with the first one, with its own words about the deed."""
    return _request(NominationPaperData(joint.nomination, on, joint))


def _request(case: NominationPaperData) -> Paper:
    nomination = case.nomination
    on = case.on
    plain = case.unit.kind in UNITS_WITHOUT_LETTERHEAD
    return Paper(
        kind="giay_de_nghi",
        letterhead=replace(case.letterhead(), hand_number="" if plain else "TTr"),
        doc_type="GIẤY ĐỀ NGHỊ" if plain else "TỜ TRÌNH",
        subject=f"Tặng {case.requested}" if plain else f"Về việc đề nghị tặng {case.requested}",
        addressees=(case.chair,),
        body=(
            *(
                LegalBasisLine(line)
                for line in current.legal_basis_lines_for(nomination.commune_id, "giay_de_nghi", on)
            ),
            *_meeting_basis(case, on),
            Paragraph(_sentence(case)),
            _proposed(case),
            Paragraph(
                with_end_mark(
                    f"{case.unit_name} chịu trách nhiệm về tính chính xác của thành tích nêu trên{case.enclosed}; "
                    f"kính {'đề nghị' if plain else 'trình'} {case.chair} xem xét, "
                    f"{f'trình {case.superior} quyết định' if case.superior else 'quyết định'}"
                )
            ),
        ),
        signatures=(case.head(),),
        recipients=() if plain else ("Như trên", "Lưu: VT"),
        one_page=True,
    )


def _meeting_basis(case: NominationPaperData, on: date) -> tuple[LegalBasisLine, ...]:
    """The basis line about the unit's meeting; the simplified procedure needs none, so an unknown day is left out there."""
    nomination = case.nomination
    if nomination.kind == "DX" and nomination.met_on is None:
        return ()
    met_on = None if case.joint else nomination.met_on
    return (LegalBasisLine(unit_meeting_basis(case.unit_name, met_on, on)),)


def unit_meeting_basis(unit_name: str, met_on: date | None, on: date) -> str:
    """The basis line about the meeting at which the unit chose its nominees; dots for the pen if its day is not known."""
    day = date_in_words(met_on) if met_on else f"ngày {DOTS} tháng {DOTS} năm {on.year}"
    return f"Căn cứ Biên bản họp bình xét {day} của {unit_name}"


def _sentence(case: NominationPaperData) -> str:
    nomination = case.nomination
    kind = "" if case.award.title else f" ({dict(Nomination.KINDS)[nomination.kind].lower()})"
    request = f"xét, trình {case.superior} tặng" if case.superior else "tặng"
    name = case.requested if case.award.title else case.award.short
    return (
        f"{case.proposers} đề nghị {case.chair} {request} {name}{kind} cho 01 {NOMINEE_KIND_WORDS[nomination.nominee_kind]} "
        f"có tên sau đây, {lower_first(nomination.achievement_in_full)}:"
    )


def _proposed(case: NominationPaperData) -> Table:
    nomination = case.nomination
    detail = upper_first(case.place_line)
    if nomination.person:
        detail = post_and_unit(nomination.person, case.identity, case.on)
    columns = (
        *nominee_columns([nomination.nominee_kind], 23, 20),
        TableColumn("Tóm tắt thành tích", 50),
    )
    return Table(
        columns, ((case.nominee_name, detail, brief_deed(case.joint.deed if case.joint else nomination.deed)),)
    )


def brief_deed(text: str, max_length: int = 250) -> str:
    """The deed in one paragraph, cut at a sentence if it is long: the report has the full text."""
    line = lead_in_once(" ".join(text.split()))
    if len(line) <= max_length:
        return line
    cut = line[:max_length]
    end = max(cut.rfind(mark) for mark in (". ", "; "))
    return cut[:end].rstrip(" ;.") + "." if end > max_length // 2 else cut.rsplit(" ", 1)[0] + "…"
