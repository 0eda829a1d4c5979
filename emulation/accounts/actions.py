"""Actions on accounts: reset a password, end one's other sessions, change one's contact details."""

from django.contrib.auth.hashers import make_password
from django.db.models import F

from emulation.accounts.models import LoginFailure, User
from emulation.accounts.passwords import one_time_password
from emulation.communes.capacity import capacity_of
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.core.errors import NotAllowed
from emulation.workflow.transitions import act


def may_reset_password(by: User, user: User) -> bool:
    """Whether `by` may reset the password of `user`, both being in the same commune.

    Only an administrator may reset the passwords of those who decide or supervise: otherwise the office, which prepares
    their decisions, could sign in as them.
    """
    protected = {Role.chair, Role.superior, Role.administrator}
    return capacity_of(by).has(Role.administrator) or not capacity_of(user).has(*protected)


def reset_password(*, by: User, user: User) -> str:
    """Sets a one-time password for a colleague, which they must change after signing in.

    Returns the password; only its hash is stored. Raises NotAllowed for users of another commune and protected accounts.
    """
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


def end_other_sessions(*, by: User) -> None:
    """Ends the user's sessions on all devices; the view keeps the one in use by giving it the new hash."""
    User.objects.filter(pk=by.pk).update(session_series=F("session_series") + 1)
    by.refresh_from_db(fields=["session_series"])


def set_contact_details(*, by: User, phone: str, email: str) -> None:
    """Stores the user's own phone number and e-mail; also allowed for users who serve in no commune now."""
    User.objects.filter(pk=by.pk).update(phone=phone, email=email)
