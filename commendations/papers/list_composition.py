"""Who is on the list before the chair, as sentences of the phiếu trình: the same figures as the panel of its page."""

from datetime import date

from commendations.queries.chair_submission import SubmissionGroup
from commendations.queries.fairness import ListComposition, list_composition
from emulation.core.formatting import lower_first, upper_first
from emulation.documents.blocks.base import Block
from emulation.documents.blocks.body import Bullet, Paragraph
from emulation.documents.blocks.text import punctuated_items
from villages.rules.groups import DIRECT_LABEL

LEAD = "Cơ cấu danh sách:"
COUNTED_FACTS = ("nhóm đối tượng", "giới tính")
"""The unknown facts that a figure of the paper leaves out; the year of birth is not counted here."""


def composition_notes(groups: list[SubmissionGroup], on: date) -> list[Block]:
    """People by sex and group of each award, the unknown named as such; nothing for a list without people."""
    counts = {group.quoted: list_composition(group.rows, on) for group in groups}
    if not any(one.people for one in counts.values()):
        return []
    if len(counts) == 1:
        return [Paragraph(f"{in_words(one)}.", lead=LEAD) for one in counts.values()]
    lines = tuple(upper_first(f"{award}: {in_words(one)}") for award, one in counts.items())
    return [Paragraph("", lead=LEAD), *(Bullet(line) for line in punctuated_items(lines))]


def in_words(counts: ListComposition) -> str:
    """ "01 hộ gia đình và 02 cá nhân (01 nữ, 01 nam; 02 người trực tiếp lao động, học tập; chưa rõ giới tính: 01)".

    The people come last among the nominees, so that the brackets follow them.
    """
    if not counts.people:
        return counts.nominees
    sexes = ", ".join(f"{count:02d} {sex}" for count, sex in ((counts.women, "nữ"), (counts.men, "nam")) if count)
    groups = [_group(label, count) for label, count in counts.groups if count or label == DIRECT_LABEL]
    return f"{counts.nominees} ({'; '.join(filter(None, [sexes, *groups, *_unknown(counts)]))})"


def _unknown(counts: ListComposition) -> list[str]:
    return [f"chưa rõ {fact}: {len(counts.unknown[fact]):02d}" for fact in COUNTED_FACTS if fact in counts.unknown]


def _group(label: str, count: int) -> str:
    words = lower_first(label)
    return f"{count:02d} {words}" if count else f"không có {words}"
