"""Acts on accounts."""

from django.contrib.auth.hashers import make_password

from emulation.accounts.models import LoginFailure, User
from emulation.accounts.passwords import one_time_password
from emulation.acts.act import act
from emulation.communes.models import Commune
from emulation.communes.standing import standing_of
from emulation.core.errors import NotAllowed


def reset_password(*, by: User, user: User) -> str:
    """Gives a colleague a one-time password (returned once, never stored in clear) that he must change at sign-in."""
    commune = Commune.objects.filter(pk=standing_of(by).commune_id).first()
    if commune is None or not User.objects.visible_to(by).filter(pk=user.pk).exists():
        raise NotAllowed("Tài khoản này không thuộc xã của bạn.")
    slip = one_time_password()
    with act("accounts.reset", commune, by=by, account=user.username):
        User.objects.filter(pk=user.pk).update(password=make_password(slip), must_change_password=True)
        LoginFailure.objects.filter(username=user.username).delete()
    return slip
