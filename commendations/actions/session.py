"""Acts on a session of the council: planned, filled with cases, held, closed with its minutes."""

from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.utils import timezone

from commendations.actions import recusal
from commendations.actions.nomination import notify_case_handlers, touch_subject
from commendations.models import Attendance, CouncilSession, Nomination, SessionItem
from commendations.papers import minutes as papers
from commendations.queries.session import (
    council_member_users,
    council_on,
    item_vote_result,
    session_items,
    session_quorum,
)
from commendations.rules.vote_tally import VoteTally, tally_mismatch
from emulation.accounts.models import User
from emulation.audit.log import record_entry
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean, clean_lines
from emulation.documents import actions as documents
from emulation.documents.models import Draft, IssuedDocument
from emulation.notices import actions as notices
from emulation.workflow.idempotency import create_once
from emulation.workflow.transitions import act
from villages.models import CouncilVersion

SESSION_TAKES_NO_CASES = "Phiên họp này không còn nhận hồ sơ: đã khai mạc, đã kết thúc hoặc đã hủy."


@dataclass(frozen=True)
class SessionSchedule:
    """Day, hour, place and title of a session."""

    held_on: date
    starts_at: time
    place: str
    title: str = "Xét đề nghị khen thưởng"


# ── before the meeting ───────────────────────────────────────────────────────────────────────────
def plan_session(*, by: User, commune: Commune, when: SessionSchedule, idempotency_key: str = "") -> CouncilSession:
    """A session of the council in force on its day, its members told. The same key makes one."""
    return create_once(idempotency_key, commune, CouncilSession, lambda: _create(by, commune, when))


def _create(by: User, commune: Commune, when: SessionSchedule) -> CouncilSession:
    with act("commendations.plan_session", commune, by=by, held_on=when.held_on):
        session = CouncilSession(
            commune=commune, state="planned", version_of_council=_council(commune.pk, when.held_on)
        )
        _set_schedule(session, when)
        session.save()
        record_entry(
            commune_id=commune.pk, actor=by, act="commendations.plan_session", label="Lập phiên họp", subject=session
        )
        _invite(session, by, "Mời họp Hội đồng")
    return session


def edit_session(
    *, by: User, session: CouncilSession, when: SessionSchedule, seen: int | None = None
) -> CouncilSession:
    """Moves or renames a planned session; another day may mean another council, and more recused seats."""
    with act("commendations.edit_session", session, by=by, seen=seen) as held:
        version = _council(held.commune_id, when.held_on)
        _set_schedule(held, when)
        held.version_of_council = version
        for item in held.items.select_related("nomination__person"):
            item.session = held  # with its new day and council
            recusal.propose(item)
        _invite(held, by, "Thay đổi lịch họp Hội đồng")
    return session


def _set_schedule(session: CouncilSession, when: SessionSchedule) -> None:
    others = CouncilSession.objects.filter(commune=session.commune, held_on=when.held_on, starts_at=when.starts_at)
    if others.exclude(pk=session.pk).exclude(state="cancelled").exists():
        raise RuleBroken(
            f"Ngày {format_date(when.held_on)} đã có phiên họp lúc {when.starts_at:%H:%M}. Hãy mở phiên đó, hoặc chọn giờ khác.",
            field="starts_at",
        )
    session.held_on, session.starts_at = when.held_on, when.starts_at
    session.place, session.title = clean(when.place), clean(when.title)


def _council(commune_id: int, on: date) -> CouncilVersion:
    version = council_on(commune_id, on)
    if version is None or not version.seats.exists():
        raise RuleBroken(
            f"Ngày {format_date(on)} xã chưa có Hội đồng Thi đua - Khen thưởng nào có hiệu lực.", field="held_on"
        )
    return version


def _invite(session: CouncilSession, by: User, what: str) -> None:
    """Nobody is invited to what is over: a session entered afterwards is only kept."""
    if session.held_on < timezone.localdate():
        return
    notices.notify_users(
        commune_id=session.commune_id,
        users=council_member_users(session) - {by.pk},
        text=f"{what}: {session.starts_at:%H:%M} ngày {format_date(session.held_on)}, {session.place}. {session.title}.",
        link=session.get_absolute_url(),
        key=f"session:{session.pk}:when:{session.held_on}:{session.starts_at}:{session.place}",
    )


@transaction.atomic
def add_to_session(
    *, by: User, nomination: Nomination, session: CouncilSession, seen: int | None = None
) -> SessionItem:
    """Lays a complete file before a planned session. Seats that are related to it are proposed for recusal at once."""
    held = _lock_session(session)
    with act("commendations.put_on_session", nomination, by=by, seen=seen, session=str(held)) as case:
        if held.state != "planned" or held.commune_id != case.commune_id:
            raise RuleBroken(SESSION_TAKES_NO_CASES, field="session")
        if case.received_on and held.held_on < case.received_on:
            raise RuleBroken(
                f"Hồ sơ {case.nominee_name} nhận ngày {format_date(case.received_on)}, sau {_session_label(held)}: hãy đưa vào phiên khác.",
                field="session",
            )
        item = SessionItem.objects.create(
            commune_id=case.commune_id, session=held, nomination=case, sort=held.items.count() + 1
        )
        kept = [seat.person.user_id for seat in recusal.propose(item) if seat.person.user_id]
        notify_case_handlers(
            case, by, f"Hồ sơ {case.nominee_name} được đưa vào {_session_label(held)}.", f"session:{held.pk}", but=kept
        )
    _raise_version(held)
    return item


@transaction.atomic
def add_all_to_session(*, by: User, nominations: list[Nomination], session: CouncilSession) -> int:
    """Several files before one planned session, all or none; how many."""
    _lock_session(session)
    ids = [case.pk for case in nominations]
    cases = list(Nomination._base_manager.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    for case in sorted(cases, key=lambda case: (case.received_on or date.max, case.pk)):
        add_to_session(by=by, nomination=case, session=session)
    return len(cases)


@transaction.atomic
def remove_from_session(*, by: User, nomination: Nomination, seen: int | None = None) -> None:
    """Takes a file off its planned session; it is complete again and waits for another."""
    item = SessionItem.objects.filter(nomination=nomination, session__state__in=CouncilSession.LIVE).first()
    held = _lock_session(item.session) if item else None
    with act("commendations.take_off_session", nomination, by=by, seen=seen):
        if item is None or held is None or held.state != "planned":
            raise RuleBroken("Phiên họp đã khai mạc nên không rút hồ sơ ra được nữa.")
        item.delete()
    if held:
        _raise_version(held)


def cancel_session(*, by: User, session: CouncilSession, reason: str, seen: int | None = None) -> CouncilSession:
    """Gives a planned session up; its files are complete again and wait for another."""
    reason = clean_lines(reason)
    with act("commendations.cancel_session", session, by=by, seen=seen, reason=reason) as held:
        if not reason:
            raise RuleBroken("Hãy ghi lý do hủy phiên họp.", field="reason")
        _lock_nominations(held)
        for item in session_items(held):
            nomination = item.nomination
            item.delete()
            with act("commendations.release", nomination, by=by, reason=f"Hủy {_session_label(held)}: {reason}"):
                pass
        _notify_members(held, by, f"Hủy {_session_label(held)}: {reason}", "cancelled")
    return session


# ── the meeting ──────────────────────────────────────────────────────────────────────────────────
def open_session(*, by: User, session: CouncilSession, seen: int | None = None) -> CouncilSession:
    """The meeting begins: from now on the list of cases stands."""
    with act("commendations.open_session", session, by=by, seen=seen) as held:
        chair = held.version_of_council.seats.filter(role="chair").first()
        seats = held.version_of_council.seats
        held.presider = held.presider or chair
        held.secretary = (
            held.secretary or seats.filter(role="secretary").first() or seats.filter(role="standing").first()
        )
    return session


@dataclass(frozen=True)
class SeatAttendance:
    """How one seat was found: here, or away with a reason and perhaps an opinion in writing."""

    present: bool
    reason: str = ""
    wrote: bool = False


def record_attendance(
    *,
    by: User,
    session: CouncilSession,
    seats: dict[int, SeatAttendance],
    presider_id: int | None,
    secretary_id: int | None,
    seen: int | None = None,
) -> CouncilSession:
    """Who is here ({seat id: how found}, every seat), who presides, who writes. Raises RuleBroken at the field."""
    with act(
        "commendations.attend", session, by=by, seen=seen, present=sum(row.present for row in seats.values())
    ) as held:
        known = set(held.version_of_council.seats.values_list("pk", flat=True))
        if known != set(seats):
            raise RuleBroken("Danh sách thành viên Hội đồng đã thay đổi; hãy mở lại trang rồi điểm danh.")
        for seat_id, row in seats.items():
            if not row.present and not clean(row.reason):
                raise RuleBroken("Hãy ghi lý do vắng mặt.", field=f"reason_{seat_id}")
        for name, chosen in (("presider", presider_id), ("secretary", secretary_id)):
            if chosen is None or chosen not in seats or not seats[chosen].present:
                raise RuleBroken("Hãy chọn một thành viên có mặt.", field=name)
        if presider_id == secretary_id:
            raise RuleBroken("Chủ trì và thư ký phải là hai người.", field="secretary")
        for seat_id, row in seats.items():
            Attendance.objects.update_or_create(
                session=held,
                seat_id=seat_id,
                defaults={
                    "commune_id": held.commune_id,
                    "present": row.present,
                    "absence_reason": "" if row.present else clean(row.reason),
                    "wrote_opinion": row.wrote and not row.present,
                },
            )
        held.presider_id, held.secretary_id = presider_id, secretary_id
        touch_subject(held)
    return session


@dataclass(frozen=True)
class ItemVoteCount:
    """The show of hands on one case, the seats (ids) that did not take part, a remark.

    `recused`: None leaves it as it is. `lift_reason` says why somebody who was recused votes after all.
    """

    tally: VoteTally | None
    recused: frozenset[int] | None = None
    note: str = ""
    lift_reason: str = ""


def record_vote_counts(
    *, by: User, session: CouncilSession, counts: dict[int, ItemVoteCount], seen: int | None = None
) -> CouncilSession:
    """Enters the show of hands of all cases in one sheet ({item id: counted}); a case may stay open (tally None).

    Raises RuleBroken at the field when attendance is missing, the numbers do not fit it, or a recusal is dropped without
    a reason.
    """
    with act("commendations.count", session, by=by, seen=seen) as held:
        presence = held.presence()
        if not held.attendance.exists():
            raise RuleBroken("Hãy điểm danh trước khi ghi kết quả biểu quyết.")
        seats = {seat.pk: seat for seat in held.version_of_council.seats.select_related("person")}
        for item in session_items(held):
            counted = counts.get(item.pk)
            if counted is None:
                continue
            recused = {seat.pk for seat in item.recused.all()} if counted.recused is None else counted.recused
            if recused - seats.keys():
                raise RuleBroken(
                    "Người không tham gia biểu quyết phải là thành viên Hội đồng.", field=f"recused_{item.pk}"
                )
            recusal.change(by=by, item=item, seats=[seats[pk] for pk in recused], reason=counted.lift_reason)
            tally = counted.tally
            if tally and (fault := tally_mismatch(tally, presence, recused)):
                raise RuleBroken(fault, field=f"agree_{item.pk}")
            item.agree, item.against, item.other = (tally.agree, tally.against, tally.other) if tally else (None,) * 3
            item.note = clean(counted.note)
            item.save(update_fields=["agree", "against", "other", "note"])
        touch_subject(held)
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
    """What was said and concluded, and when the meeting ended."""
    with act("commendations.write_minutes", session, by=by, seen=seen) as held:
        if ends_at is not None and ends_at <= held.starts_at:
            raise RuleBroken(f"Giờ kết thúc phải sau giờ bắt đầu ({held.starts_at:%H:%M}).", field="ends_at")
        held.discussion, held.conclusion = clean_lines(discussion), clean_lines(conclusion)
        held.ends_at = ends_at
    return session


def preview_minutes(*, by: User, session: CouncilSession) -> Draft:
    """The minutes as they would be frozen now."""
    with act("commendations.preview_minutes", session, by=by) as held:
        return documents.create_or_update_draft(
            by=by, commune=held.commune, paper=papers.minutes_paper(held), key=f"session:{held.pk}:minutes"
        )


def close_session(*, by: User, session: CouncilSession, seen: int | None = None) -> CouncilSession:
    """Every case passes or fails by the rule of the day; the minutes are numbered and frozen; everybody is told."""
    with act("commendations.close_session", session, by=by, seen=seen) as held:
        _lock_nominations(held)
        members, items, held.quorum = held.members(), list(session_items(held)), session_quorum(held)
        for item in items:
            item.verdict = item_vote_result(item, held, members)
            item.passed = item.verdict["passed"]
            item.save(update_fields=["verdict", "passed"])
            what = "commendations.pass" if item.passed else "commendations.fail"
            said = "thông qua" if item.passed else "không thông qua"
            with act(what, item.nomination, by=by, session=f"{held}: {item.verdict['arithmetic']}") as case:
                text = f"Hội đồng {said} đề nghị khen thưởng {case.nominee_name}: {item.verdict['arithmetic']}."
                notify_case_handlers(case, by, text, "voted")
        _notify_members(held, by, f"Đã có biên bản {_session_label(held)}.", "closed")
        held.minutes = _issue_minutes(by, held)
    return session


def _issue_minutes(by: User, held: CouncilSession) -> IssuedDocument:
    """Dated on the day of the meeting; today, where the council's book has gone past that day."""
    try:
        return _number_minutes(by, held, held.held_on)
    except RuleBroken as broken:
        if broken.field != "issued_on":
            raise
        return _number_minutes(by, held, timezone.localdate())


def _number_minutes(by: User, held: CouncilSession, day: date) -> IssuedDocument:
    return documents.issue_document(
        by=by,
        commune=held.commune,
        paper=papers.minutes_paper(held),
        series="bien_ban",
        issued_on=day,
        key=f"session:{held.pk}:minutes",
        readers=[documents.ReaderGrant(role=Role.council_member)],
    )


# ── parts ────────────────────────────────────────────────────────────────────────────────────────
def _lock_session(session: CouncilSession) -> CouncilSession:
    """The session's row, locked: what is judged does not change while it opens."""
    return CouncilSession._base_manager.select_for_update().get(pk=session.pk)


def _lock_nominations(session: CouncilSession) -> None:
    """Locks the session's nominations in one order before the trail is held, or two acts could wait for each other."""
    rows = Nomination._base_manager.select_for_update(of=("self",)).filter(items__session=session)
    list(rows.order_by("pk").values_list("pk", flat=True))


def _raise_version(held: CouncilSession) -> None:
    held.version += 1
    held.save(update_fields=["version", "updated_at"])


def _session_label(session: CouncilSession) -> str:
    return f"phiên họp ngày {format_date(session.held_on)}"


def _notify_members(session: CouncilSession, by: User, text: str, key: str) -> None:
    notices.notify_users(
        commune_id=session.commune_id,
        users=council_member_users(session) - {by.pk},
        text=text,
        link=session.get_absolute_url(),
        key=f"session:{session.pk}:{key}",
    )
