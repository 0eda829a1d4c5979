"""Tờ trình đề nghị khen thưởng to whoever above decides: the committee's paper, TM. ỦY BAN NHÂN DÂN, the list behind it."""

from datetime import date

from commendations.models import Decision, Proposal
from commendations.papers.decision import Columns, common_deed, grouped_rows, whom, years_of
from commendations.queries.decision import identity_on, named
from commendations.queries.lines import Line, counted
from commendations.rules.naming import AwardName
from emulation.communes.models import CommuneIdentity
from emulation.documents.blocks import (
    Appendix,
    Ground,
    Letterhead,
    Paper,
    Paragraph,
    Table,
    end_mark,
    paragraphs,
    signed_for_committee,
)


def proposal_paper(proposal: Proposal, listed: list[Line], on: date) -> Paper:
    """The tờ trình with the names and letterhead of that day; a draft until it is sent on or issued."""
    identity, award = identity_on(proposal, on), named(proposal, on)
    return Paper(
        kind="to_trinh",
        letterhead=Letterhead(
            issuer=identity.issuer,
            parent=identity.letterhead_parent,
            place=identity.place_name,
            symbol="TTr-UBND",
            year=on.year,
        ),
        doc_type="TỜ TRÌNH",
        subject=proposal.subject,
        addressees=tuple(line for line in proposal.addressee.split("\n") if line.strip()),
        body=(
            *(Ground(line) for line in proposal.grounds.split("\n") if line.strip()),
            Paragraph(_asks(listed, award, identity)),
            *paragraphs(proposal.opinion),
            Paragraph(
                "Hồ sơ kèm theo gồm báo cáo thành tích và biên bản họp xét của Hội đồng Thi đua - Khen thưởng xã."
            ),
            Paragraph(end_mark(f"Ủy ban nhân dân {identity.name} kính trình xem xét, quyết định")),
        ),
        signatures=(signed_for_committee(proposal.signer_name, deputy=proposal.signer_title == Decision.DEPUTY),),
        recipients=tuple(line for line in proposal.recipients.split("\n") if line.strip()),
        appendices=(_list(listed, award, identity),),
        note="Dữ liệu minh họa" if proposal.commune.is_demo else "",
    )


def default_subject(listed: list[Line]) -> str:
    """The trích yếu of a fresh draft: "Về việc đề nghị tặng Bằng khen của Chủ tịch …"."""
    return f"Về việc đề nghị tặng {listed[0].award.quoted(*years_of(listed))}"


def _asks(listed: list[Line], award: AwardName, identity: CommuneIdentity) -> str:
    deeds = {line.deed for line in listed}
    deed = f" {common_deed(listed)}" if len(deeds) == 1 and not award.title else ""
    return (
        f"Ủy ban nhân dân {identity.name} kính đề nghị {listed[0].decider.label} xem xét, tặng {award.quoted(*years_of(listed))} cho "
        f"{counted(line.subject for line in listed)}{deed} (có danh sách kèm theo)."
    )


def _list(listed: list[Line], award: AwardName, identity: CommuneIdentity) -> Appendix:
    whose, years = whom(listed), years_of(listed)
    columns = Columns(deed=True, year=award.title and len(years) > 1, money=False)
    name = award.quoted(*years) if award.title else award.short
    return Appendix(
        "DANH SÁCH",
        (Table(columns.heads, grouped_rows(listed, columns, grouped=True)),),
        subtitle=f"{whose[:1].upper()}{whose[1:]} đề nghị tặng {name}",
        of=f"Ủy ban nhân dân {identity.name}",
    )
