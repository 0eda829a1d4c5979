"""Tờ trình đề nghị khen thưởng to a higher authority, signed TM. ỦY BAN NHÂN DÂN.

One recipient is named in the text; several are on a list, an appendix.
"""

from datetime import date

from commendations.models import Decision, Proposal
from commendations.papers.award_list import ListColumns, list_rows, nominee_kinds_text
from commendations.papers.decision import common_achievement, line_years, recipients_in_words
from commendations.queries.award_lines import AwardLine, nominee_counts_text
from commendations.queries.decision import commune_identity_on, outgoing_award_name
from commendations.rules.award_names import AwardName
from emulation.communes.models import CommuneIdentity
from emulation.core.formatting import lower_first, upper_first
from emulation.core.text import filled_lines
from emulation.documents.blocks.body import LegalBasisLine, Paragraph, Table, typed_paragraphs
from emulation.documents.blocks.letterhead import committee_signature
from emulation.documents.blocks.paper import Appendix, Paper
from emulation.documents.blocks.text import with_end_mark
from emulation.documents.letterheads import committee_letterhead


def proposal_paper(proposal: Proposal, listed: list[AwardLine], on: date) -> Paper:
    """The tờ trình with the names and letterhead of that day, as a draft."""
    identity = commune_identity_on(proposal, on)
    award = outgoing_award_name(proposal, on)
    return Paper(
        kind="to_trinh",
        letterhead=committee_letterhead(proposal.commune, on, "to_trinh"),
        doc_type="TỜ TRÌNH",
        subject=proposal.subject,
        addressees=filled_lines(proposal.addressee),
        body=(
            *(LegalBasisLine(line) for line in filled_lines(proposal.grounds)),
            Paragraph(_requested(listed, award, identity)),
            *typed_paragraphs(proposal.opinion),
            Paragraph(
                "Hồ sơ kèm theo gồm báo cáo thành tích và biên bản họp xét của Hội đồng Thi đua - Khen thưởng xã."
            ),
            Paragraph(with_end_mark(_submitted(proposal, listed, identity))),
        ),
        signatures=(committee_signature(proposal.signer_name, deputy=proposal.signer_title == Decision.DEPUTY),),
        recipients=filled_lines(proposal.recipients),
        appendices=(_list(listed, award, identity),) if len(listed) > 1 else (),
        one_page=True,
    )


def default_proposal_subject(listed: list[AwardLine], by_name: bool = False) -> str:
    """The trích yếu of a new draft: "Về việc đề nghị tặng Bằng khen của Chủ tịch …"; `by_name`: with the recipients."""
    subject = f"Về việc đề nghị tặng {listed[0].award.quoted(*line_years(listed))}"
    return f"{subject} cho {recipients_in_words(listed)}" if by_name else subject


def _submitted(proposal: Proposal, listed: list[AwardLine], identity: CommuneIdentity) -> str:
    """The closing sentence: the addressee decides, or passes the proposal on to the decider."""
    addressee = proposal.addressee.strip().rstrip(";.")
    decides = "quyết định" if listed[0].decider.label in addressee else f"trình {listed[0].decider.label} quyết định"
    to = f" {addressee}" if "\n" not in addressee else ""
    return f"Ủy ban nhân dân {identity.name} kính trình{to} xem xét, {decides}"


def _requested(listed: list[AwardLine], award: AwardName, identity: CommuneIdentity) -> str:
    name = award.quoted(*line_years(listed)) if award.title else award.short
    request = f"Ủy ban nhân dân {identity.name} kính đề nghị {listed[0].decider.label} xem xét, tặng {name} cho"
    if len(listed) == 1:
        return f"{request} {listed[0].in_sentence}, {lower_first(listed[0].deed.rstrip(' .'))}."
    deeds = {line.deed for line in listed}
    deed = f" {common_achievement(listed)}" if len(deeds) == 1 and not award.title else ""
    return f"{request} {nominee_counts_text(line.subject for line in listed)}{deed} (có Danh sách kèm theo)."


def _list(listed: list[AwardLine], award: AwardName, identity: CommuneIdentity) -> Appendix:
    years = line_years(listed)
    kinds = frozenset(line.subject for line in listed)
    columns = ListColumns(kinds, deed=True, year=award.title and len(years) > 1, money=False)
    return Appendix(
        "DANH SÁCH",
        (Table(columns.heads, list_rows(listed, columns, grouped=True)),),
        subtitle=f"{upper_first(nominee_kinds_text(listed))} được đề nghị tặng {award.quoted(*years)}",
        of=f"Ủy ban nhân dân {identity.name}",
    )
