"""What a new council changes in sessions: those planned from its first day on are of it; those begun keep theirs."""

from datetime import date

from django.db.models import QuerySet

from commendations.actions import recusal
from commendations.models import CouncilSession
from commendations.queries.session import council_member_users
from emulation.accounts.models import User
from emulation.core.formatting import format_date
from emulation.notices.actions import notify_users
from villages.actions.council import CouncilFollower, council_followers
from villages.models import CouncilVersion


def started_since(commune_id: int, day: date) -> str:
    """Why a council cannot begin on that day: a session of that day or later was opened by the one before; "" if none."""
    rows = CouncilSession.objects.filter(commune_id=commune_id, held_on__gte=day)
    last = rows.exclude(state__in=["planned", "cancelled"]).order_by("held_on").last()
    if last is None:
        return ""
    return f"Phiên họp ngày {format_date(last.held_on)} đã khai mạc với Hội đồng trước: chọn ngày sau đó."


def planned_from(commune_id: int, day: date) -> str:
    """Which planned sessions a council that begins on that day takes over, in a sentence; "" if none."""
    held_on = list(_planned(commune_id, day).order_by("held_on").values_list("held_on", flat=True))
    if not held_on:
        return ""
    days = ", ".join(format_date(one) for one in held_on)
    return f"{len(held_on)} phiên họp đã lập (ngày {days}) theo Hội đồng mới: thành viên mới được mời, hồi tị xét lại."


def _planned(commune_id: int, day: date) -> QuerySet[CouncilSession]:
    return CouncilSession.objects.filter(commune_id=commune_id, held_on__gte=day, state="planned")


def move_planned_sessions(by: User, version: CouncilVersion, day: date) -> None:
    """Sessions planned from that day on are of this council: recusals are proposed again, its members are invited."""
    for session in _planned(version.commune_id, day).select_for_update():
        session.version_of_council = version
        session.version += 1
        session.save(update_fields=["version_of_council", "version", "updated_at"])
        for item in session.items.filter(put_off="").select_related("nomination__person"):
            item.session = session
            recusal.propose(item)
        notify_users(
            commune_id=session.commune_id,
            users=council_member_users(session) - {by.pk},
            text=f"Mời họp Hội đồng: {session.starts_at:%H:%M} ngày {format_date(session.held_on)}, {session.place}. "
            f"{session.title}.",
            link=session.get_absolute_url(),
            key=f"session:{session.pk}:council:{version.pk}",
        )


def register_session_council() -> None:
    council_followers.add("commendations.sessions", CouncilFollower(started_since, planned_from, move_planned_sessions))
