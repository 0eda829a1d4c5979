"""Nominees inside a sentence, and their order on a list."""

from collections.abc import Iterable, Sequence
from datetime import date

from commendations.models import Nomination
from commendations.queries.award_lines import (
    NOMINEE_KIND_ORDER,
    AwardLine,
    certificate_recipient,
    nominee_list_name,
)
from commendations.queries.nominee_place import nominee_place
from commendations.rules.wording import joined_place, post_in_sentence, recipient_in_sentence
from emulation.communes.models import CommuneIdentity
from villages.rules.name_marks import marked_name


def sort_by_nominee_name(nominations: Iterable[Nomination]) -> list[Nomination]:
    """Collectives, then households, then people; each by tên, đệm, họ in the Vietnamese alphabet."""
    return sorted(nominations, key=lambda row: (NOMINEE_KIND_ORDER.index(row.nominee_kind), row.nominee_sort, row.pk))


def nominee_name_in_sentence(nomination: Nomination, on: date) -> str:
    """ "bà Đỗ Thị Êm", "hộ gia đình Lê Văn Bảy", "Thôn 2": the nominee of a list inside a sentence, without the post."""
    if nomination.person is not None:
        return marked_name(nomination.person.addressed_in_sentence, nomination.nominee_mark)
    return recipient_in_sentence(marked_name(nominee_list_name(nomination, on), nomination.nominee_mark), "")


def line_name_in_sentence(line: AwardLine, lines: Sequence[AwardLine], on: date) -> str:
    """The same for the line of a list; with the post and unit where the mere name and mark may also be another of the lines."""
    name = nominee_name_in_sentence(line.nomination, on)
    others = [other for other in lines if other.name == line.name and other.place != line.place]
    if not any(other.mark == line.mark or not line.mark for other in others):
        return name
    place = post_in_sentence(joined_place(line.place))
    return f"{name.removesuffix(')')}, {place})" if line.mark else f"{name} ({place})"


def nominee_marks(nomination_ids: Iterable[int]) -> dict[int, str]:
    """By nomination what distinguishes its nominee from others of the name in the unit; one query."""
    rows = Nomination.objects.filter(pk__in=nomination_ids).select_related("person", "household")
    return {row.pk: row.nominee_mark for row in rows}


def nominee_in_sentence(nomination: Nomination, identity: CommuneIdentity, on: date) -> str:
    """ "bà Đỗ Thị Êm, điều dưỡng Trạm Y tế xã Bình Lương": the nominee inside a sentence."""
    recipient = marked_name(certificate_recipient(nomination, on), nomination.nominee_mark)
    return recipient_in_sentence(recipient, nominee_place(nomination, identity, on))
