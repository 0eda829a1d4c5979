"""The acts on accounts, and the life of a request that a second person confirms."""

from functools import partial
from typing import Any

from django.db.models import Q
from django.utils import timezone

from emulation.accounts.models import AccountRequest
from emulation.accounts.queries import askers_by_state, dependents_of
from emulation.accounts.rules import CONFIRMING_ROLES
from emulation.communes.capacity import UserCapacity
from emulation.core.reading_once import once
from emulation.workflow import permissions
from emulation.workflow.permissions import NO_ROWS, Permission
from emulation.workflow.workflow import Flow, State, Step

ASKED = "asked"
CONFIRMED = "confirmed"
DONE = "done"
REFUSED = "refused"
WITHDRAWN = "withdrawn"
EXPIRED = "expired"

manager = permissions.office | permissions.administrator
confirming = permissions.holder_of(*sorted(CONFIRMING_ROLES), label="Chủ tịch, Văn phòng, Văn thư, Quản trị hệ thống")


def _may_confirm(capacity: UserCapacity, obj: Any) -> bool:
    if not confirming.allows(capacity, obj) or obj is None:
        return confirming.allows(capacity, obj)
    if capacity.user_id in (obj.asked_by_id, obj.user_id):
        return False
    return obj.asked_by_id not in dependents_of(obj.commune_id, capacity.user_id or 0, [obj.asked_by_id])


def _askers(commune_id: int) -> dict[str, set[int]]:
    return once(("askers of account requests", commune_id), partial(askers_by_state, commune_id))


def _rows_to_confirm(capacity: UserCapacity) -> Q:
    if not capacity.has(*CONFIRMING_ROLES) or not capacity.commune_id or not capacity.user_id:
        return NO_ROWS
    askers = _askers(capacity.commune_id).get(ASKED)
    if not askers:
        return NO_ROWS
    excluded = dependents_of(capacity.commune_id, capacity.user_id, askers)
    return Q(commune_id=capacity.commune_id) & ~Q(asked_by_id__in=excluded) & ~Q(user_id=capacity.user_id)


def _rows_asked(capacity: UserCapacity) -> Q:
    managed = manager.row_filter(capacity)
    if managed is NO_ROWS or not capacity.commune_id:
        return NO_ROWS
    has_asked = any(capacity.user_id in ids for ids in _askers(capacity.commune_id).values())
    return managed & Q(asked_by_id=capacity.user_id) if has_asked else NO_ROWS


second_person = Permission(
    "người thứ hai (Chủ tịch, Văn phòng, Văn thư hoặc quản trị): không phải người yêu cầu, không phải chủ tài khoản, "
    "và trong 30 ngày qua không nhận phiếu mật khẩu hay vai trò từ người yêu cầu hoặc từ cùng một người",
    _may_confirm,
    _rows_to_confirm,
)
asker = Permission(
    "người đã yêu cầu",
    lambda capacity, obj: manager.allows(capacity, obj) and (obj is None or obj.asked_by_id == capacity.user_id),
    _rows_asked,
)


def not_expired(request: AccountRequest) -> str | None:
    """Why nothing can be done about the request any more, or None: it is older than seven days."""
    return (
        "Yêu cầu này đã quá 7 ngày nên hết hiệu lực; hãy yêu cầu lại." if request.expires_at <= timezone.now() else None
    )


ACCOUNTS = Flow(
    model="communes.Commune",
    title="Tài khoản của xã",
    states={},
    steps=(
        Step("accounts.reset", "Cấp lại mật khẩu", manager, url="", hidden=True, asks_password=True),
        Step("accounts.add_account", "Thêm tài khoản", manager, url="", hidden=True, asks_password=True),
        Step("accounts.lock", "Khóa tài khoản", manager, url="", hidden=True, asks_password=True),
        Step("accounts.unlock", "Mở khóa tài khoản", manager, url="", hidden=True, asks_password=True),
        Step("accounts.remove_second_step", "Gỡ xác nhận hai bước", manager, url="", hidden=True, asks_password=True),
        Step("accounts.give_role", "Giao vai trò", manager, url="", hidden=True, asks_password=True),
        Step("accounts.end_role", "Cho thôi vai trò", manager, url="", hidden=True, asks_password=True),
        Step("accounts.hand_over", "Chuyển giao vai trò", manager, url="", hidden=True, asks_password=True),
        Step("accounts.ask", "Yêu cầu người thứ hai xác nhận", manager, url="", hidden=True),
    ),
)
REQUEST = Flow(
    model=AccountRequest.subject_key,
    title="Yêu cầu về tài khoản",
    page="villages:account_request",
    icon="shield-lock",
    states={
        ASKED: State("Chờ xác nhận", "hourglass-split", "wait"),
        CONFIRMED: State("Đã xác nhận, chờ thực hiện", "check-lg", "good"),
        DONE: State("Đã thực hiện", "check-circle", "good"),
        REFUSED: State("Bị từ chối", "x-circle", "bad"),
        WITHDRAWN: State("Đã rút", "arrow-counterclockwise", "neutral"),
        EXPIRED: State("Hết hạn", "clock-history", "neutral"),
    },
    steps=(
        Step(
            "accounts.confirm_request",
            "Xác nhận",
            second_person,
            (ASKED,),
            CONFIRMED,
            guard=not_expired,
            url="villages:confirm_account_request",
            todo="Xác nhận yêu cầu về tài khoản",
            todo_action="Xem và xác nhận",
            todo_rank=20,
            icon="check-lg",
            tone="primary",
            confirm="Đã hỏi trực tiếp hoặc gọi điện cho chủ tài khoản chưa? Xác nhận rồi thì người yêu cầu thực hiện được ngay.",
        ),
        Step(
            "accounts.refuse_request",
            "Từ chối",
            second_person,
            (ASKED,),
            REFUSED,
            url="villages:refuse_account_request",
            form=True,
            icon="x-lg",
            tone="danger",
        ),
        Step(
            "accounts.carry_out_request",
            "Thực hiện",
            asker,
            (CONFIRMED,),
            DONE,
            guard=not_expired,
            url="villages:carry_out_account_request",
            form=True,
            asks_password=True,
            todo="Thực hiện yêu cầu đã được xác nhận",
            todo_rank=20,
            icon="key",
            tone="primary",
        ),
        Step(
            "accounts.withdraw_request",
            "Rút yêu cầu",
            asker,
            (ASKED, CONFIRMED),
            WITHDRAWN,
            url="villages:withdraw_account_request",
            confirm="Rút yêu cầu này? Muốn làm lại thì phải yêu cầu và xác nhận từ đầu.",
            icon="arrow-counterclockwise",
        ),
    ),
)
