"""Actions on a council session: plan, add nominations, open, write the minutes, close."""

from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.utils import timezone

from commendations.actions import recusal
from commendations.actions.case import notify_case_handlers
from commendations.models import CouncilSession, Nomination, SessionItem
from commendations.papers import minutes as papers
from commendations.queries.session import (
    council_member_users,
    council_on,
    session_items,
    session_quorum,
)
from commendations.queries.vote import item_vote_result
from emulation.accounts.models import User
from emulation.audit.log import record_entry
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean, clean_lines
from emulation.core.validation import require_reason
from emulation.documents import actions as documents
from emulation.documents.models import Draft, IssuedDocument
from emulation.notices import actions as notices
from emulation.workflow.idempotency import create_once
from emulation.workflow.transitions import act
from villages.models import CouncilVersion

SESSION_TAKES_NO_CASES = "Phiên họp này không còn nhận hồ sơ: đã khai mạc, đã kết thúc hoặc đã hủy."


@dataclass(frozen=True)
class SessionSchedule:
    """Day, starting time, place and title of a session."""

    held_on: date
    starts_at: time
    place: str
    title: str = "Xét đề nghị khen thưởng"


# ── before the meeting ───────────────────────────────────────────────────────────────────────────
def plan_session(*, by: User, commune: Commune, schedule: SessionSchedule, idempotency_key: str = "") -> CouncilSession:
    """Plan a session of the council in force on its day and notify its members. Idempotent per key."""
    return create_once(idempotency_key, commune, CouncilSession, lambda: _create(by, commune, schedule))


def _create(by: User, commune: Commune, schedule: SessionSchedule) -> CouncilSession:
    with act("commendations.plan_session", commune, by=by, held_on=schedule.held_on):
        session = CouncilSession(
            commune=commune, state="planned", version_of_council=_council(commune.pk, schedule.held_on)
        )
        _set_schedule(session, schedule)
        session.save()
        record_entry(
            commune_id=commune.pk, actor=by, act="commendations.plan_session", label="Lập phiên họp", subject=session
        )
        _invite(session, by, "Mời họp Hội đồng")
    return session


def edit_session(
    *, by: User, session: CouncilSession, schedule: SessionSchedule, seen: int | None = None
) -> CouncilSession:
    """Change the schedule of a planned session. On another day another council may meet, so recusals are proposed again."""
    with act("commendations.edit_session", session, by=by, seen=seen) as locked:
        reschedule(locked, schedule, by=by, heading="Thay đổi lịch họp Hội đồng")
    return session


def reschedule(session: CouncilSession, schedule: SessionSchedule, *, by: User, heading: str) -> None:
    """Set another day, with the council of that day and its recusals, and invite its members. The caller saves."""
    version = _council(session.commune_id, schedule.held_on)
    _set_schedule(session, schedule)
    session.version_of_council = version
    for item in session.items.filter(put_off="").select_related("nomination__person"):
        item.session = session  # recusals depend on its new day and council
        recusal.propose(item)
    _invite(session, by, heading)


def _set_schedule(session: CouncilSession, schedule: SessionSchedule) -> None:
    others = CouncilSession.objects.filter(
        commune=session.commune, held_on=schedule.held_on, starts_at=schedule.starts_at
    )
    if others.exclude(pk=session.pk).exclude(state="cancelled").exists():
        raise RuleBroken(
            f"Ngày {format_date(schedule.held_on)} đã có phiên họp lúc {schedule.starts_at:%H:%M}. Hãy mở phiên đó, hoặc chọn giờ khác.",
            field="starts_at",
        )
    session.held_on = schedule.held_on
    session.starts_at = schedule.starts_at
    session.place = clean(schedule.place)
    session.title = clean(schedule.title)


def _council(commune_id: int, on: date) -> CouncilVersion:
    version = council_on(commune_id, on)
    if version is None or not version.seats.exists():
        raise RuleBroken(
            f"Ngày {format_date(on)} xã chưa có Hội đồng Thi đua - Khen thưởng nào có hiệu lực.", field="held_on"
        )
    return version


def _invite(session: CouncilSession, by: User, heading: str) -> None:
    """Notify the members, unless the session is entered after its day."""
    if session.held_on < timezone.localdate():
        return
    notices.notify_users(
        commune_id=session.commune_id,
        users=council_member_users(session) - {by.pk},
        text=f"{heading}: {session.starts_at:%H:%M} ngày {format_date(session.held_on)}, {session.place}. {session.title}.",
        link=session.get_absolute_url(),
        key=f"session:{session.pk}:when:{session.held_on}:{session.starts_at}:{session.place}",
    )


@transaction.atomic
def add_to_session(
    *, by: User, nomination: Nomination, session: CouncilSession, seen: int | None = None
) -> SessionItem:
    """Add a complete nomination to a planned session. Seats related to the nominee are recused automatically."""
    locked = lock_session(session)
    with act("commendations.put_on_session", nomination, by=by, seen=seen, session=str(locked)) as case:
        if locked.state != "planned" or locked.commune_id != case.commune_id:
            raise RuleBroken(SESSION_TAKES_NO_CASES, field="session")
        if case.received_on and locked.held_on < case.received_on:
            raise RuleBroken(
                f"Hồ sơ {case.nominee_alone} nhận ngày {format_date(case.received_on)}, sau {session_label(locked)}: "
                "hãy đưa vào phiên khác.",
                field="session",
            )
        item = SessionItem.objects.create(
            commune_id=case.commune_id, session=locked, nomination=case, sort=locked.items.count() + 1
        )
        recused_users = [seat.person.user_id for seat in recusal.propose(item) if seat.person.user_id]
        notify_case_handlers(
            case,
            by,
            f"Hồ sơ {case.nominee_alone} được đưa vào {session_label(locked)}.",
            f"session:{locked.pk}",
            exclude=recused_users,
        )
    raise_version(locked)
    return item


@transaction.atomic
def add_all_to_session(*, by: User, nominations: list[Nomination], session: CouncilSession) -> int:
    """Add several nominations to one planned session, all or none. Returns how many."""
    lock_session(session)
    ids = [case.pk for case in nominations]
    cases = list(Nomination._base_manager.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    for case in sorted(cases, key=lambda case: (case.received_on or date.max, case.pk)):
        add_to_session(by=by, nomination=case, session=session)
    return len(cases)


@transaction.atomic
def remove_from_session(*, by: User, nomination: Nomination, seen: int | None = None) -> None:
    """Remove a nomination from its planned session; it is complete again and can be added to another."""
    item = SessionItem.objects.filter(nomination=nomination, session__state__in=CouncilSession.LIVE).first()
    locked = lock_session(item.session) if item else None
    with act("commendations.take_off_session", nomination, by=by, seen=seen):
        if item is None or locked is None or locked.state != "planned":
            raise RuleBroken("Phiên họp đã khai mạc nên không rút hồ sơ ra được nữa.")
        item.delete()
    if locked:
        raise_version(locked)


def cancel_session(*, by: User, session: CouncilSession, reason: str, seen: int | None = None) -> CouncilSession:
    """Cancel a session that is not closed; its nominations are complete again and can be added to another."""
    reason = clean_lines(reason)
    with act("commendations.cancel_session", session, by=by, seen=seen, reason=reason) as locked:
        reason = require_reason(reason, "Hãy ghi lý do hủy phiên họp.")
        _lock_nominations(locked)
        for item in session_items(locked):
            nomination = item.nomination
            item.absences.all().delete()
            item.delete()
            with act("commendations.release", nomination, by=by, reason=f"Hủy {session_label(locked)}: {reason}"):
                pass
        _notify_members(locked, by, f"Hủy {session_label(locked)}: {reason}", "cancelled")
    return session


# ── the meeting ──────────────────────────────────────────────────────────────────────────────────
def open_session(*, by: User, session: CouncilSession, seen: int | None = None) -> CouncilSession:
    """Open the meeting: from now on the agenda is fixed."""
    with act("commendations.open_session", session, by=by, seen=seen) as locked:
        chair = locked.version_of_council.seats.filter(role="chair").first()
        seats = locked.version_of_council.seats
        locked.presider = locked.presider or chair
        locked.secretary = (
            locked.secretary or seats.filter(role="secretary").first() or seats.filter(role="standing").first()
        )
    return session


def write_minutes(
    *,
    by: User,
    session: CouncilSession,
    discussion: str,
    conclusion: str,
    ends_at: time | None,
    seen: int | None = None,
) -> CouncilSession:
    """Save the discussion, the conclusion and the closing time. Raises RuleBroken when it ends before it starts."""
    with act("commendations.write_minutes", session, by=by, seen=seen) as locked:
        if ends_at is not None and ends_at <= locked.starts_at:
            raise RuleBroken(f"Giờ kết thúc phải sau giờ bắt đầu ({locked.starts_at:%H:%M}).", field="ends_at")
        locked.discussion = clean_lines(discussion)
        locked.conclusion = clean_lines(conclusion)
        locked.ends_at = ends_at
    return session


def preview_minutes(*, by: User, session: CouncilSession) -> Draft:
    """Make a draft of the minutes."""
    with act("commendations.preview_minutes", session, by=by) as locked:
        return documents.create_or_update_draft(
            by=by, commune=locked.commune, paper=papers.minutes_paper(locked), key=f"session:{locked.pk}:minutes"
        )


def close_session(*, by: User, session: CouncilSession, seen: int | None = None) -> CouncilSession:
    """Close the session: decide each case by the rule of the day, number and freeze the minutes, notify the members."""
    with act("commendations.close_session", session, by=by, seen=seen) as locked:
        _lock_nominations(locked)
        members = locked.members()
        locked.quorum = session_quorum(locked)
        presence = locked.presence()
        for item in session_items(locked):
            item.verdict = item_vote_result(item, locked, members)
            item.passed = item.verdict["passed"]
            turnout = item.turnout(presence)
            item.not_voting = turnout.not_voting
            item.absent = turnout.absent
            item.save(update_fields=["verdict", "passed", "not_voting", "absent"])
            act_name = "commendations.pass" if item.passed else "commendations.fail"
            result = "thông qua" if item.passed else "không thông qua"
            with act(act_name, item.nomination, by=by, session=f"{locked}: {item.verdict['arithmetic']}") as case:
                text = f"Hội đồng {result} đề nghị khen thưởng {case.nominee_alone}: {item.verdict['arithmetic']}."
                notify_case_handlers(case, by, text, "voted")
        _notify_members(locked, by, f"Đã có biên bản {session_label(locked)}.", "closed")
        locked.minutes = _issue_minutes(by, locked)
    return session


def _issue_minutes(by: User, locked: CouncilSession) -> IssuedDocument:
    """Number the minutes on the day of the meeting, or today when the number law already has a later day."""
    try:
        return _number_minutes(by, locked, locked.held_on)
    except RuleBroken as broken:
        if broken.field != "issued_on":
            raise
        return _number_minutes(by, locked, timezone.localdate())


def _number_minutes(by: User, locked: CouncilSession, day: date) -> IssuedDocument:
    return documents.issue_document(
        by=by,
        commune=locked.commune,
        paper=papers.minutes_paper(locked),
        series="bien_ban",
        issued_on=day,
        key=f"session:{locked.pk}:minutes",
        readers=[documents.ReaderGrant(role=Role.council_member)],
    )


# ── helpers ──────────────────────────────────────────────────────────────────────────────────────
def lock_session(session: CouncilSession) -> CouncilSession:
    """Lock the session's row, so that its agenda does not change while it opens."""
    return CouncilSession._base_manager.select_for_update().get(pk=session.pk)


def _lock_nominations(session: CouncilSession) -> None:
    """Lock the session's nominations in a fixed order, before the audit log, to avoid deadlocks."""
    rows = Nomination._base_manager.select_for_update(of=("self",)).filter(items__session=session)
    list(rows.order_by("pk").values_list("pk", flat=True))


def raise_version(locked: CouncilSession) -> None:
    locked.version += 1
    locked.save(update_fields=["version", "updated_at"])


def session_label(session: CouncilSession) -> str:
    return f"phiên họp ngày {format_date(session.held_on)}"


def _notify_members(session: CouncilSession, by: User, text: str, key: str) -> None:
    notices.notify_users(
        commune_id=session.commune_id,
        users=council_member_users(session) - {by.pk},
        text=text,
        link=session.get_absolute_url(),
        key=f"session:{session.pk}:{key}",
    )
