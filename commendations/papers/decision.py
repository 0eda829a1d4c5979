"""Quyết định tặng Giấy khen: the chair's own power, so CHỦ TỊCH without TM.; the list behind it when it names more than one."""

from datetime import date

from commendations.models import Decision
from commendations.queries.decision import identity_on
from commendations.queries.lines import Line, counted
from emulation.communes.models import CommuneIdentity
from emulation.core.words import money_words, vnd
from emulation.documents.blocks import (
    Align,
    Appendix,
    Article,
    Centered,
    Column,
    Enact,
    Ground,
    Letterhead,
    Paper,
    Paragraph,
    RowGroup,
    Signature,
    Table,
    end_mark,
    signed_by_chair,
)

GROUP_TITLES = {"collective": "TẬP THỂ", "household": "HỘ GIA ĐÌNH", "person": "CÁ NHÂN"}
ROMAN = ("I", "II", "III")
COLUMNS = (
    Column("Họ và tên, tên hộ, tập thể", 25),
    Column("Chức vụ, đơn vị", 23),
    Column("Thành tích", 32),
    Column("Tiền thưởng (đồng)", 15, Align.right),
)


def signer_of(decision: Decision) -> Signature:
    """CHỦ TỊCH; KT. CHỦ TỊCH / PHÓ CHỦ TỊCH; Q. CHỦ TỊCH."""
    if decision.signer_title == Decision.ACTING:
        return Signature((Decision.ACTING,), decision.signer_name)
    return signed_by_chair(decision.signer_name, deputy=decision.signer_title == Decision.DEPUTY)


def decision_paper(decision: Decision, listed: list[Line], on: date) -> Paper:
    """The decision with the names, money and letterhead of that day; a draft until it is sent on or issued."""
    identity = identity_on(decision, on)
    total = sum(line.amount for line in listed)
    return Paper(
        kind="quyet_dinh",
        letterhead=Letterhead(
            issuer=identity.issuer,
            parent=identity.letterhead_parent,
            place=identity.place_name,
            symbol="QĐ-UBND",
            year=on.year,
        ),
        doc_type="QUYẾT ĐỊNH",
        subject=decision.subject,
        body=(
            Centered(f"CHỦ TỊCH {identity.issuer}"),
            *(Ground(line) for line in decision.grounds.split("\n") if line.strip()),
            Enact(),
            Article(1, _awarded(listed, identity)),
            Article(2, _money(listed, total, decision.funding)),
            Article(3, end_mark(f"Quyết định này có hiệu lực kể từ ngày ký. {decision.carried_out_by}")),
        ),
        signatures=(signer_of(decision),),
        recipients=tuple(line for line in decision.recipients.split("\n") if line.strip()),
        appendices=(_list(listed, total, identity, decision),) if len(listed) > 1 else (),
    )


def _awarded(listed: list[Line], identity: CommuneIdentity) -> str:
    form = f"Tặng Giấy khen của Chủ tịch Ủy ban nhân dân {identity.name} cho"
    if len(listed) == 1:
        line = listed[0]
        who = line.recipient[:1].lower() + line.recipient[1:]
        place = f", {line.place}," if line.place else ""
        return f"{form} {who}{place} {line.deed[:1].lower() + line.deed[1:].rstrip(' .')}."
    return f"{form} {counted(line.subject for line in listed)} {common_deed(listed)} (có danh sách kèm theo)."


def common_deed(listed: list[Line]) -> str:
    """ "đã có thành tích …" where all have the same; "đã có thành tích" where each has his own."""
    deeds = {line.deed for line in listed}
    if len(deeds) > 1:
        return "đã có thành tích"
    deed = next(iter(deeds)).rstrip(" .")
    return deed[:1].lower() + deed[1:]


def default_subject(listed: list[Line]) -> str:
    """The trích yếu of a fresh draft: "Về việc tặng Giấy khen cho tập thể, cá nhân có thành tích …"."""
    kinds = {line.subject for line in listed}
    whose = ", ".join(title.lower() for kind, title in GROUP_TITLES.items() if kind in kinds)
    subject = f"Về việc tặng Giấy khen cho {whose} {common_deed(listed).removeprefix('đã ')}"
    return subject if len(subject) <= 300 else f"Về việc tặng Giấy khen cho {whose} có thành tích"


def _money(listed: list[Line], total: int, funding: str) -> str:
    source = funding[:1].lower() + funding[1:].rstrip(" .")
    if len(listed) == 1:
        lead = "Tiền thưởng kèm theo Giấy khen: "
    else:
        lead = "Mức tiền thưởng của từng trường hợp theo danh sách. Tổng số tiền thưởng: "
    return f"{lead}{vnd(total)} đồng ({money_words(total).lower()}). Nguồn kinh phí: {source}."


def _list(listed: list[Line], total: int, identity: CommuneIdentity, decision: Decision) -> Appendix:
    kinds = [GROUP_TITLES[kind].lower() for kind in GROUP_TITLES if kind in {line.subject for line in listed}]
    whose = ", ".join(kinds)
    table = Table(
        COLUMNS, _rows(listed, decision.list_order == Decision.BY_NAME), total=("Tổng cộng", "", "", vnd(total))
    )
    return Appendix(
        "DANH SÁCH",
        (table, Paragraph(f"{money_words(total)}.", lead="Bằng chữ:")),
        subtitle=f"{whose[:1].upper()}{whose[1:]} được tặng Giấy khen",
        of=f"Chủ tịch Ủy ban nhân dân {identity.name}",
    )


def _rows(listed: list[Line], grouped: bool) -> tuple[tuple[str, ...] | RowGroup, ...]:
    """The lines; with more than one kind of nominee in order of name, each kind under its own heading."""
    kinds = list(dict.fromkeys(line.subject for line in listed))
    rows: list[tuple[str, ...] | RowGroup] = []
    opened = ""
    for line in listed:
        if grouped and len(kinds) > 1 and line.subject != opened:
            opened = line.subject
            rows.append(RowGroup(f"{ROMAN[kinds.index(opened)]}. {GROUP_TITLES[opened]}"))
        rows.append((line.name, line.place, line.deed, vnd(line.amount)))
    return tuple(rows)
