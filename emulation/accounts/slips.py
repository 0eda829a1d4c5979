"""Slips for a new password: printed by the office, valid for 72 hours, used once; the newest counts."""

from collections.abc import Callable

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from emulation.accounts import sign_in_log
from emulation.accounts.models import LoginFailure, PasswordSlip, User
from emulation.accounts.owner_notices import notify_account_owner
from emulation.accounts.passwords import as_code, slip_code
from emulation.accounts.rules import SLIP_LIFE, counted_name
from emulation.core.errors import RuleBroken
from emulation.core.registry import Registry

ended_by_reset: Registry[Callable[[User], None]] = Registry(
    "Ended by a reset", "name: a function (user) that ends what shows data of the account without its password"
)


def code_hash(user_id: int, code: str) -> str:
    """The slow hash of a normalised code; the same for the same user and code, so that a row can be looked up by it.

    An unknown login name is hashed with user id 0: it takes as long.
    """
    return make_password(code, salt=f"slip{user_id}")


def make_slip(*, user: User, commune_id: int, by: User | None) -> str:
    """Makes the user's only valid slip, in the caller's transaction; returns its code, of which the hash is stored.

    The old password does not work any more, sessions and calendar links end, and a wait after wrong passwords is over.
    """
    now = timezone.now()
    end_slips(user)
    code = slip_code()
    PasswordSlip.objects.create(
        commune_id=commune_id,
        user=user,
        code_hash=code_hash(user.pk, as_code(code) or ""),
        made_by=by,
        made_at=now,
        expires_at=now + SLIP_LIFE,
    )
    User.objects.filter(pk=user.pk).update(password=make_password(None), must_change_password=False)
    names = {counted_name(name) for name in (user.username, user.phone, user.email) if name}
    LoginFailure.objects.filter(username__in=names).delete()
    for end in ended_by_reset.values():
        end(user)
    return code


def end_slips(user: User) -> None:
    """Ends the slips of this user that are neither used nor ended."""
    PasswordSlip.objects.filter(user=user, used_at=None, ended_at=None).update(ended_at=timezone.now())


def slip_fault(slip: PasswordSlip) -> str:
    """Why no password can be set with this slip; "" if one can."""
    if slip.used_at:
        return "Phiếu này đã dùng rồi: mật khẩu đã được đặt. Nếu không phải bạn đặt, hãy gọi ngay cho Văn phòng"
    if slip.ended_at:
        return "Phiếu này đã được thay bằng phiếu mới hơn, hoặc tài khoản đã bị khóa. Hãy dùng phiếu mới nhất, hoặc gọi Văn phòng"
    if slip.expires_at <= timezone.now():
        return "Phiếu này đã hết hạn (72 giờ kể từ lúc in). Hãy gọi Văn phòng để lấy phiếu mới"
    return ""


@transaction.atomic
def use_slip(slip: PasswordSlip, *, password: str, address: str) -> User:
    """Sets the password and uses the slip up; returns the user. RuleBroken if it was used or ended meanwhile.

    The conditional update lets only one of two simultaneous requests through. Its conditions are on the slip's own row:
    after the wait for the other request PostgreSQL checks those again, but not those inside a subquery, as joins make one.
    """
    now = timezone.now()
    open_slips = PasswordSlip.objects.open(now).filter(pk=slip.pk, user__in=User.objects.filter(is_active=True))
    if not open_slips.update(used_at=now):
        slip.refresh_from_db()
        raise RuleBroken(slip_fault(slip) or "Tài khoản này đang bị khóa. Hãy gọi Văn phòng")
    user = User.objects.select_for_update().get(pk=slip.user_id)
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    sign_in_log.note_own_act(sign_in_log.SET_PASSWORD, user, address)
    notify_account_owner(user, "Mật khẩu mới của bạn vừa được đặt bằng phiếu.")
    return user
