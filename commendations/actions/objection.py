"""Actions on objections to posted lists: enter, answer, review, take out."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from commendations.actions.posting import notify_of_posting
from commendations.models import Nomination, Objection, Posting
from emulation.accounts.models import User
from emulation.audit.log import record_entry
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean, clean_lines, is_reason
from emulation.core.validation import not_future, require_reason
from emulation.workflow.idempotency import create_once
from emulation.workflow.transitions import act


@dataclass(frozen=True)
class ObjectionFacts:
    """Who objected (may be ""), on which day, to what."""

    raised_by: str
    raised_on: date
    content: str


@transaction.atomic
def add_objection(
    *, by: User, posting: Posting, nomination: Nomination, facts: ObjectionFacts, key: str = ""
) -> Objection:
    """Enter an objection to a case of the posted list; the case waits until it is answered. Idempotent per `key`.

    Raises RuleBroken for a case that is not on the list, a day before the posting or after today, and without content.
    """

    def add() -> Objection:
        with act("commendations.add_objection", posting, by=by) as locked:
            if not locked.lines.filter(nomination=nomination).exists():
                raise RuleBroken("Trường hợp này không có trong danh sách niêm yết.", field="nomination")
            not_future(facts.raised_on, "Ngày phản ánh", "raised_on")
            if facts.raised_on < locked.starts_on:
                raise RuleBroken(
                    f"Ngày phản ánh không được trước ngày niêm yết ({format_date(locked.starts_on)}).",
                    field="raised_on",
                )
            content = clean_lines(facts.content)
            if not is_reason(content):
                raise RuleBroken("Hãy ghi nội dung phản ánh.", field="content")
            objection = Objection.objects.create(
                commune=locked.commune,
                posting=locked,
                nomination=nomination,
                state=Objection.OPEN,
                raised_by=clean(facts.raised_by),
                raised_on=facts.raised_on,
                content=content,
            )
            record_entry(
                commune_id=locked.commune_id,
                actor=by,
                act="commendations.add_objection",
                label="Ghi phản ánh của Nhân dân",
                subject=objection,
            )
            notify_of_posting(locked, by, f"{objection}: chờ trả lời.", f"objection:{objection.pk}")
            return objection

    return create_once(key, posting.commune, Objection, add)


def answer_objection(
    *, by: User, objection: Objection, outcome: str, answer: str, answered_on: date, seen: int | None = None
) -> Objection:
    """Record the answer: the case stays on the list, or it leaves it and has to be withdrawn or returned.

    Raises RuleBroken without an outcome or an answer, and for a day before the objection or after today.
    """
    with act("commendations.answer_objection", objection, by=by, seen=seen) as locked:
        if outcome not in dict(Objection.OUTCOMES):
            raise RuleBroken("Hãy chọn kết quả giải quyết.", field="outcome")
        locked.answer = require_reason(answer, "Hãy ghi đã xác minh, trả lời thế nào.", field="answer")
        not_future(answered_on, "Ngày trả lời", "answered_on")
        if answered_on < locked.raised_on:
            raise RuleBroken("Ngày trả lời không được trước ngày phản ánh.", field="answered_on")
        locked.outcome = outcome
        locked.answered_on = answered_on
        result = locked.get_outcome_display()
        notify_of_posting(locked.posting, by, f"{locked}: {result}.", f"answered:{locked.pk}:{locked.version}")
    return objection


def reopen_objection(*, by: User, objection: Objection, reason: str, seen: int | None = None) -> Objection:
    """The answer is reviewed; until then the case waits again. Raises RuleBroken once the result of the posting is frozen."""
    reason = clean_lines(reason)
    with act("commendations.reopen_objection", objection, by=by, seen=seen, reason=reason) as locked:
        require_reason(reason, "Hãy ghi vì sao xem xét lại.")
        if locked.posting.state == Posting.CLOSED:
            raise RuleBroken("Niêm yết đã có kết quả: mở lại niêm yết trước.")
        locked.outcome = ""
        locked.answered_on = None
    return objection


def remove_objection(*, by: User, objection: Objection, reason: str, seen: int | None = None) -> Objection:
    """Take out an objection that was entered by mistake."""
    reason = clean_lines(reason)
    with act("commendations.remove_objection", objection, by=by, seen=seen, reason=reason):
        require_reason(reason, "Hãy ghi vì sao xóa.")
    return objection
