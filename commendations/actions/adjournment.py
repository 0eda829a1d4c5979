"""A meeting that is cut short: one case put off, or the whole session adjourned to another day."""

from django.db import transaction

from commendations.actions.case import notify_case_handlers
from commendations.actions.session import SessionSchedule, lock_session, raise_version, reschedule, session_label
from commendations.models import CouncilSession, ItemAbsence, Nomination, SessionItem
from commendations.rules.amendment import reason_in_sentence
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.validation import require_reason
from emulation.workflow.transitions import act

NOT_MEETING = "Chỉ để lại được hồ sơ của phiên đang họp."


@transaction.atomic
def put_off_case(*, by: User, nomination: Nomination, reason: str, seen: int | None = None) -> CouncilSession:
    """The open session does not consider this case; it waits for another session, and the minutes name it with the reason.

    Votes entered for it are discarded. Raises RuleBroken without a reason or when no session with it is open.
    """
    reason = require_reason(reason, "Hãy ghi vì sao chưa xét.")
    item, session = _item_of_open_session(nomination, put_off=False)
    with act("commendations.put_off", nomination, by=by, seen=seen, session=str(session), reason=reason) as case:
        item.absences.all().delete()
        item.set_votes(None, None)
        item.put_off = reason
        item.save()
        text = f"Hồ sơ {case.nominee_alone} chưa được xét tại {session_label(session)}: {reason}."
        notify_case_handlers(case, by, text, f"put_off:{session.pk}")
    raise_version(session)
    return session


@transaction.atomic
def resume_case(*, by: User, nomination: Nomination) -> CouncilSession:
    """The open session considers the case after all."""
    item, session = _item_of_open_session(nomination, put_off=True)
    with act("commendations.resume", nomination, by=by, session=str(session)):
        item.put_off = ""
        item.save(update_fields=["put_off"])
    raise_version(session)
    return session


def _item_of_open_session(nomination: Nomination, *, put_off: bool) -> tuple[SessionItem, CouncilSession]:
    rows = SessionItem.objects.filter(nomination=nomination, session__state="open")
    item = (rows.exclude(put_off="") if put_off else rows.filter(put_off="")).select_related("session").first()
    if item is None:
        raise RuleBroken(NOT_MEETING)
    session = lock_session(item.session)
    if session.state != "open":
        raise RuleBroken(NOT_MEETING)
    return item, session


def adjourn_session(
    *, by: User, session: CouncilSession, schedule: SessionSchedule, reason: str, seen: int | None = None
) -> CouncilSession:
    """An open session without quorum, or cut short, meets again on another day with the same cases.

    Attendance, votes and minutes entered so far are discarded; the audit entry has the reason.
    """
    reason = require_reason(reason, "Hãy ghi lý do hoãn.")
    with act("commendations.adjourn_session", session, by=by, seen=seen, reason=reason) as locked:
        ItemAbsence.objects.filter(item__session=locked).delete()
        locked.attendance.all().delete()
        locked.items.exclude(put_off="").delete()  # they may be put on any session again, on this one too
        for item in locked.items.all():
            item.set_votes(None, None)
            item.save()
        locked.presider = locked.secretary = locked.ends_at = None
        locked.discussion = locked.conclusion = ""
        reschedule(locked, schedule, by=by, heading=f"Hoãn họp ({reason_in_sentence(reason)}), họp lại")
    return session
