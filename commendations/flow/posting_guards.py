"""Why a case waits because of its posting: an objection that is not answered, a list that is still posted."""

from collections.abc import Iterable

from django.utils import timezone

from commendations.models import Nomination, Objection, Posting, PostingLine
from commendations.rules.award_names import CULTURAL_FAMILY_CODE
from emulation.core.formatting import format_date

NOT_ANSWERED = "Có phản ánh khi niêm yết chưa được trả lời: trả lời xong mới đi tiếp."
STRUCK = "Phản ánh khi niêm yết là đúng: trường hợp này ra khỏi danh sách, hãy rút hoặc trả lại hồ sơ."


def objection_reasons(cases: Iterable[Nomination]) -> dict[int, str]:
    """By id of the case why an objection blocks it; one query, none without a case of the posted title."""
    posted = [case.pk for case in cases if case.award_code == CULTURAL_FAMILY_CODE]
    if not posted:
        return {}
    rows = Objection.objects.filter(nomination__in=posted).blocking().values_list("nomination", "state")
    # What is not answered comes last, so that it is the reason if there is one.
    ordered = sorted(rows, key=lambda row: row[1] == Objection.OPEN)
    return {pk: NOT_ANSWERED if state == Objection.OPEN else STRUCK for pk, state in ordered}


def posting_reasons(cases: Iterable[Nomination]) -> dict[int, str]:
    """By id of the case why it cannot be put on a session: an objection, or a list that is still posted; two queries."""
    cases = list(cases)
    posted = [case.pk for case in cases if case.award_code == CULTURAL_FAMILY_CODE]
    if not posted:
        return {}
    running = PostingLine.objects.filter(
        nomination__in=posted, posting__state=Posting.POSTED, posting__ends_on__gte=timezone.localdate()
    )
    waits = {
        pk: f"Đang niêm yết đến hết ngày {format_date(day)}."
        for pk, day in running.values_list("nomination", "posting__ends_on")
    }
    return {**waits, **objection_reasons(cases)}


def posting_unfinished(nomination: Nomination) -> str | None:
    """Why the case cannot be put on a session because of its posting, or None."""
    return posting_reasons([nomination]).get(nomination.pk)


def objected(nomination: Nomination) -> str | None:
    """Why an objection blocks the case, or None."""
    return objection_reasons([nomination]).get(nomination.pk)
