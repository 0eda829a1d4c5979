"""Acts on accounts."""

from django.contrib.auth.hashers import make_password

from emulation.accounts.models import LoginFailure, User
from emulation.accounts.passwords import one_time_password
from emulation.communes.capacity import capacity_of
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.core.errors import NotAllowed
from emulation.workflow.transitions import act


def may_reset_password(by: User, user: User) -> bool:
    """Who decides or supervises must not be at the mercy of who prepares: those accounts are the administrator's."""
    guarded = {Role.chair, Role.superior, Role.administrator}
    return capacity_of(by).has(Role.administrator) or not capacity_of(user).has(*guarded)


def reset_password(*, by: User, user: User) -> str:
    """Gives a colleague a one-time password (returned once, never stored in clear) that he must change at sign-in."""
    commune = Commune.objects.filter(pk=capacity_of(by).commune_id).first()
    if commune is None or not User.objects.visible_to(by).filter(pk=user.pk).exists():
        raise NotAllowed("Tài khoản này không thuộc xã của bạn.")
    slip = one_time_password()
    if not may_reset_password(by, user):
        raise NotAllowed("Chỉ quản trị hệ thống cấp lại mật khẩu cho Chủ tịch, cơ quan cấp trên và quản trị khác.")
    with act("accounts.reset", commune, by=by, about=f"Tài khoản {user}", account=user.username):
        User.objects.filter(pk=user.pk).update(password=make_password(slip), must_change_password=True)
        LoginFailure.objects.filter(username=user.username).delete()
    return slip


def set_contact_details(*, by: User, phone: str, email: str) -> None:
    """Keeps how oneself is reached. Somebody who serves in no commune now may still do it: it is his own."""
    User.objects.filter(pk=by.pk).update(phone=phone, email=email)
