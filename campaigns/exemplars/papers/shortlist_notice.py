"""The list of a month's or quarter's exemplars: a thông báo of the committee, the list behind it."""

from collections.abc import Iterable
from datetime import date

from campaigns.exemplars.models.period import Period
from campaigns.exemplars.models.shortlist import ShortlistEntry
from campaigns.exemplars.models.shortlist_notice import ShortlistNotice
from campaigns.exemplars.queries.shortlist import has_agreed
from emulation.documents.blocks.body import Table, TableColumn, TableRowGroup, typed_paragraphs
from emulation.documents.blocks.letterhead import Letterhead, committee_signature
from emulation.documents.blocks.paper import Appendix, Paper
from emulation.documents.blocks.text import InvalidPaper, with_end_mark

COLUMNS = (
    TableColumn("Cá nhân, hộ gia đình, tập thể", 30),
    TableColumn("Đơn vị", 22),
    TableColumn("Việc làm tiêu biểu", 48),
)
WHOSE = {"collective": "TẬP THỂ", "household": "HỘ GIA ĐÌNH", "person": "CÁ NHÂN"}


def period_in_words(period: Period) -> str:
    """ "tháng 10 năm 2026", "quý IV năm 2026"."""
    kind, _, rest = str(period).partition(" ")
    number, _, year = rest.partition("/")
    return f"{kind.lower()} {number} năm {year}"


def shortlist_notice_paper(chosen_list: ShortlistNotice, choices: Iterable[ShortlistEntry], on: date) -> Paper:
    """The paper under the letterhead of that day: who agreed to be named; no year of birth, no telephone.

    Raises PaperInvalid with nobody in it.
    """
    rows = [choice for choice in choices if has_agreed(choice)]
    identity = chosen_list.commune.identity_on(on)
    if not rows:
        raise InvalidPaper("Chưa ai trong danh sách đồng ý cho nêu gương nên văn bản chưa có ai.")
    return Paper(
        kind="thong_bao",
        letterhead=Letterhead(
            issuer=identity.issuer,
            parent=identity.letterhead_parent,
            place=identity.place_name,
            symbol="TB-UBND",
            year=on.year,
        ),
        doc_type="THÔNG BÁO",
        subject=chosen_list.subject,
        body=(*typed_paragraphs(chosen_list.opening), *typed_paragraphs(_closed(chosen_list.closing))),
        signatures=(committee_signature(chosen_list.signer, deputy=chosen_list.deputy),),
        recipients=tuple(line.strip(" -–•;.") for line in chosen_list.recipients.split("\n") if line.strip(" -–•;.")),
        appendices=(
            Appendix(
                "DANH SÁCH",
                (Table(COLUMNS, _rows(rows)),),
                subtitle=f"Điển hình tiên tiến {period_in_words(chosen_list.period)}",
                of=f"Ủy ban nhân dân {identity.name}",
            ),
        ),
        note="Dữ liệu minh họa" if chosen_list.commune.is_demo else "",
    )


def shortlist_notice_sample() -> Paper:
    """The demo's list, for `manage.py sample_papers`. Raises LookupError when there is none."""
    row = ShortlistNotice.objects.filter(commune__is_demo=True, document__isnull=False).order_by("pk").first()
    if row is None or row.document is None:
        raise LookupError("no list of exemplars was issued in the demo")
    paper = row.document.paper
    assert isinstance(paper, Paper)
    return paper


def _rows(choices: list[ShortlistEntry]) -> tuple[tuple[str, ...] | TableRowGroup, ...]:
    """Collectives, households, persons, each in the order of the list."""
    rows: list[tuple[str, ...] | TableRowGroup] = []
    kinds = [kind for kind in WHOSE if any(choice.exemplar.nominee_kind == kind for choice in choices)]
    for kind in kinds:
        if len(kinds) > 1:
            rows.append(TableRowGroup(WHOSE[kind]))
        for choice in choices:
            exemplar = choice.exemplar
            if exemplar.nominee_kind == kind:
                place = "" if kind == "collective" else exemplar.unit.name
                rows.append((exemplar.nominee_name, place, choice.gist))
    return tuple(rows)


def _closed(text: str) -> str:
    """The last line of the body ends with a full stop and the slash of NĐ 30."""
    *before, last = text.strip().split("\n")
    return "\n".join([*before, with_end_mark(last)]) if last else text
