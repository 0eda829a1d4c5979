"""Actions on accounts: add one, print a slip, lock, unlock, remove second steps. Protected ones need a confirmed request."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.db import transaction
from django.utils import timezone

from emulation.accounts.models import User
from emulation.accounts.queries import is_protected_account
from emulation.accounts.rules import is_protected
from emulation.accounts.second_step import clear_second_steps, has_second_step
from emulation.accounts.slips import end_slips, make_slip
from emulation.audit.log import record_entry
from emulation.communes.capacity import capacity_of
from emulation.communes.models import Commune
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.core.formatting import format_date
from emulation.workflow.transitions import act
from villages.actions.account_roles import (
    SECOND_PERSON_NEEDED,
    check_administrator_left,
    notify_owner,
    raise_session_series,
    write_grant,
)
from villages.queries.account_roles import RoleGrant, check_grant
from villages.queries.accounts import UNATTENDED
from villages.queries.people import memberships_on

NO_SECOND_STEP = "Tài khoản này không bật xác nhận hai bước."
LOCKED = "Tài khoản này đang bị khóa: mở khóa trước rồi mới in phiếu."


@dataclass(frozen=True)
class NewAccount:
    """What is known about an account that does not exist yet."""

    username: str
    full_name: str
    phone: str = ""
    email: str = ""

    @classmethod
    def of(cls, details: Mapping[str, Any]) -> Self:
        """The account of what a request stores."""
        return cls(**{name: details.get(name, "") for name in ("username", "full_name", "phone", "email")})

    def as_details(self) -> dict[str, str]:
        """What a request stores of it."""
        return asdict(self)


def commune_of(by: User, user: User) -> Commune:
    """The commune in which both serve. NotAllowed for the account of another commune, to which somebody may have moved."""
    commune = Commune.objects.filter(pk=capacity_of(by).commune_id).first()
    if commune is None or not User.objects.visible_to(by).filter(pk=user.pk).exists():
        raise NotAllowed("Tài khoản này không thuộc xã của bạn.")
    today = timezone.localdate()
    present = set(memberships_on(today).filter(user_id=user.pk).values_list("commune_id", flat=True))
    if present and commune.pk not in present:
        raise NotAllowed("Người này nay làm việc ở xã khác: xã đó quản lý tài khoản.")
    return commune


def reset_password(*, by: User, user: User, reason: str = "", confirmed: bool = False) -> str:
    """Prints a slip with which the user sets a new password; returns its code, of which only the hash is stored.

    The old password stops working and sessions end. NotAllowed for another commune's account, and for a protected one
    without `confirmed` by a second person; RuleBroken for a locked one.
    """
    commune = commune_of(by, user)
    if not confirmed and is_protected_account(user):
        raise NotAllowed(SECOND_PERSON_NEEDED)
    with act(
        "accounts.reset", commune, by=by, about=f"Tài khoản {user}", account=user.username, reason=reason
    ) as locked:
        if not User.objects.filter(pk=user.pk, is_active=True).exists():
            raise RuleBroken(LOCKED)
        code = make_slip(user=user, commune_id=locked.pk, by=by)
        notify_owner(user, locked, "Mật khẩu của bạn đã hết dùng; một phiếu để đặt mật khẩu mới đã được in.", by=by)
    return code


@transaction.atomic
def reset_by_operator(*, user: User, without_second_step: bool = False) -> str:
    """Prints a slip by the operator's command, unlocks the account, and returns the code; logged; the owner is notified.

    `without_second_step`: also removes the second steps. RuleBroken for a user who serves in no commune: there is no log
    to write to.
    """
    row = memberships_on(timezone.localdate()).filter(user_id=user.pk).select_related("commune").first()
    if row is None:
        raise RuleBroken(f"{user.full_name} hiện không giữ vai nào ở xã nào; giao vai trước (manage.py give_role).")
    User.objects.filter(pk=user.pk).update(is_active=True)
    code = make_slip(user=user, commune_id=row.commune_id, by=None)
    record_entry(
        commune_id=row.commune_id,
        actor=None,
        act="accounts.reset_on_server",
        label=UNATTENDED["accounts.reset_on_server"],
        subject=user,
        facts={"account": user.username, "second_step": "removed" if without_second_step else "kept"},
    )
    text = "Mật khẩu của bạn đã hết dùng; mã đặt mật khẩu mới được in trên máy chủ."
    if without_second_step and clear_second_steps(user):
        text += " Xác nhận hai bước đã được gỡ."
    notify_owner(user, row.commune, text, by=None)
    return code


def check_new_account(account: NewAccount) -> None:
    """RuleBroken if the login name is taken."""
    if User.objects.filter(username=account.username).exists():
        raise RuleBroken("Tên đăng nhập này đã có người dùng. Hãy thêm số hoặc chọn tên khác.", "username")


def add_account(
    *, by: User, commune: Commune, account: NewAccount, grant: RoleGrant, confirmed: bool = False
) -> tuple[User, str]:
    """Makes an account with a role and prints its first slip; returns the user and the code of the slip.

    NotAllowed for a protected role without `confirmed`; RuleBroken for a login name in use, or as in `check_grant`.
    """
    if is_protected([grant.role]) and not confirmed:
        raise NotAllowed(SECOND_PERSON_NEEDED)
    facts: dict[str, Any] = {"account": account.username, "role": grant.title, "from": grant.starts_on}
    about = f"Tài khoản {account.full_name} ({account.username})"
    with act("accounts.add_account", commune, by=by, about=about, **facts) as locked:
        check_new_account(account)
        check_grant(locked, grant)
        user = User.objects.create_user(
            account.username, account.full_name, None, phone=account.phone, email=account.email
        )
        write_grant(by=by, commune=locked, user=user, grant=grant)
        code = make_slip(user=user, commune_id=locked.pk, by=by)
    return user, code


def lock_account(*, by: User, user: User, reason: str) -> None:
    """Locks an account: sessions end at once, slips too. RuleBroken for one's own, a locked one, the last administrator."""
    commune = commune_of(by, user)
    if user.pk == by.pk:
        raise RuleBroken("Không tự khóa tài khoản của mình: hãy nhờ người khác có quyền.")
    with act(
        "accounts.lock", commune, by=by, about=f"Tài khoản {user}", account=user.username, reason=reason
    ) as locked:
        check_administrator_left(locked, user, timezone.localdate())
        if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
            raise RuleBroken("Tài khoản này đã khóa rồi.")
        raise_session_series(user)
        end_slips(user)
        notify_owner(
            user, locked, f"Tài khoản của bạn bị khóa từ {format_date(timezone.localdate())}. Lý do: {reason}.", by=by
        )


def unlock_account(*, by: User, user: User, reason: str, confirmed: bool = False) -> None:
    """Unlocks an account; its password stays. NotAllowed for a protected one without `confirmed`, and for one's own."""
    commune = commune_of(by, user)
    if not confirmed and is_protected_account(user):
        raise NotAllowed(SECOND_PERSON_NEEDED)
    with act(
        "accounts.unlock", commune, by=by, about=f"Tài khoản {user}", account=user.username, reason=reason
    ) as locked:
        if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
            raise RuleBroken("Tài khoản này không bị khóa.")
        notify_owner(user, locked, f"Tài khoản của bạn được mở khóa. Lý do: {reason}.", by=by)


def remove_second_steps(*, by: User, user: User, reason: str, confirmed: bool = False) -> None:
    """Removes the second steps of somebody who lost phone and recovery codes; their sessions end, the password stays.

    NotAllowed for one's own account and for a protected one without `confirmed`; RuleBroken if there are none.
    """
    commune = commune_of(by, user)
    if user.pk == by.pk:
        raise NotAllowed("Xác nhận hai bước của mình thì tự gỡ ở “Trang của tôi”, hoặc nhờ người khác có quyền.")
    if not confirmed and is_protected_account(user):
        raise NotAllowed(SECOND_PERSON_NEEDED)
    with act(
        "accounts.remove_second_step",
        commune,
        by=by,
        about=f"Tài khoản {user}",
        account=user.username,
        reason=reason,
    ) as locked:
        if not clear_second_steps(user):
            raise RuleBroken(NO_SECOND_STEP)
        raise_session_series(user)
        notify_owner(
            user,
            locked,
            f"Xác nhận hai bước của tài khoản bạn đã được gỡ. Lý do: {reason}. Nay chỉ cần mật khẩu.",
            by=by,
        )


def check_has_second_step(user: User) -> None:
    """RuleBroken if there is nothing to remove."""
    if not has_second_step(user):
        raise RuleBroken(NO_SECOND_STEP)
