"""Nominees inside a sentence, and their order on a list."""

from collections.abc import Iterable
from datetime import date

from commendations.models import Nomination
from commendations.queries.award_lines import (
    NOMINEE_KIND_ORDER,
    certificate_recipient,
    nominee_list_name,
)
from commendations.queries.nominee_place import nominee_place
from commendations.rules.wording import recipient_in_sentence
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


def nominee_in_sentence(nomination: Nomination, identity: CommuneIdentity, on: date) -> str:
    """ "bà Đỗ Thị Êm, điều dưỡng Trạm Y tế xã Bình Lương": the nominee inside a sentence."""
    recipient = marked_name(certificate_recipient(nomination, on), nomination.nominee_mark)
    return recipient_in_sentence(recipient, nominee_place(nomination, identity, on))
