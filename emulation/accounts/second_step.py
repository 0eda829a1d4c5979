"""The second step of a sign-in: codes of an app (TOTP), passkeys and recovery codes, stored by django-allauth.

Each user decides for themselves. Without allauth's cache a code counts once on all servers: the time step of the last
accepted code is a column of the user.
"""

import json
import logging
import struct
from dataclasses import dataclass
from ipaddress import ip_address

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from emulation.accounts import sign_in_log
from emulation.accounts.actions import end_other_sessions
from emulation.accounts.backend import verify_attempt
from emulation.accounts.mfa_adapter import SecretLost
from emulation.accounts.models import User
from emulation.accounts.owner_notices import notify_account_owner
from emulation.core.errors import RuleBroken

APP = Authenticator.Type.TOTP
PASSKEY = Authenticator.Type.WEBAUTHN
RECOVERY = Authenticator.Type.RECOVERY_CODES
MAX_PASSKEYS = 10
WRONG_CODE = "Mã chưa đúng, đã dùng rồi hoặc đã cũ. Chờ mã mới hiện ra rồi nhập lại; giờ trên điện thoại phải đúng."
WAIT = "Đã nhập sai mã quá nhiều lần. Chờ 15 phút rồi thử lại; mất điện thoại thì dùng mã dự phòng hoặc gọi Văn phòng."
MALFORMED = (ValidationError, ValueError, TypeError, LookupError, AttributeError, struct.error)
"""What allauth and fido2 raise for an answer that no browser sends."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class CodeOutcome:
    """Whether a code was accepted; `must_wait`: it was not checked, after too many wrong ones."""

    accepted: bool = False
    must_wait: bool = False

    @property
    def fault(self) -> str:
        """Why the code does not sign in, "" if it does."""
        if self.must_wait:
            return WAIT
        return "" if self.accepted else WRONG_CODE


def second_steps(user: User) -> list[Authenticator]:
    """The app and the passkeys of the user, oldest first; without the recovery codes."""
    return list(Authenticator.objects.filter(user_id=user.pk, type__in=(APP, PASSKEY)).order_by("pk"))


def has_second_step(user: User) -> bool:
    """Whether a password alone does not sign this user in."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=(APP, PASSKEY)).exists()


def has_app(user: User) -> bool:
    """Whether the user switched an app on that makes codes."""
    return Authenticator.objects.filter(user_id=user.pk, type=APP).exists()


def recovery_codes_left(user: User) -> int:
    """How many recovery codes of the user are not used up."""
    row = _row(user, RECOVERY)
    try:
        return len(RecoveryCodes(row).get_unused_codes()) if row else 0
    except SecretLost:
        return 0


def can_use_passkeys(request: HttpRequest) -> bool:
    """Whether browsers offer passkeys at this address: a name (no IP number) with HTTPS, or localhost."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return request.is_secure() or host == "localhost"
    return False


def verify_code(user: User, typed: str, address: str) -> CodeOutcome:
    """Checks a code of the app or a recovery code, either of which is used up; wrong ones are counted and logged."""
    code = "".join(letter for letter in typed if letter.isascii() and letter.isdigit())

    def is_right(_: User | None) -> bool:
        try:
            return _accept_app_code(user, code) or _accept_recovery_code(user, code, address)
        except SecretLost:
            logger.error("second step of user %s cannot be decrypted: SECRET_KEY is another one", user.pk)
            return False

    # In capitals: no login name is counted by this key.
    accepted, waits = verify_attempt(lambda: user, f"CODE {user.pk}", address, sign_in_log.SECOND_STEP, is_right)
    return CodeOutcome(accepted is not None, waits)


def _row(user: User, kind: str) -> Authenticator | None:
    return Authenticator.objects.filter(user_id=user.pk, type=kind).first()


def _accept_app_code(user: User, code: str) -> bool:
    row = _row(user, APP)
    if row is None:
        return False
    counter = _time_step(get_adapter().decrypt(row.data["secret"]), code)
    if counter is None:
        return False
    # The conditional update lets a code through once, and none that is older than the last one.
    fresh = User.objects.filter(pk=user.pk, last_code_step__lt=counter).update(last_code_step=counter)
    if fresh:
        row.record_usage()
    return bool(fresh)


def _time_step(secret: str, code: str) -> int | None:
    """The time step (of 30 s, one before and one after the present allowed) whose code this is, or None."""
    for counter in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter))):
            return counter
    return None


def _accept_recovery_code(user: User, code: str, address: str) -> bool:
    with transaction.atomic():
        # Two requests with one code run one after the other.
        list(User.objects.select_for_update().filter(pk=user.pk).values_list("pk"))
        row = _row(user, RECOVERY)
        if row is None or not RecoveryCodes(row).validate_code(code):
            return False
        sign_in_log.note_own_act(sign_in_log.RECOVERY_SIGN_IN, user, address)
        left = recovery_codes_left(user)
        notify_account_owner(user, f"Một mã dự phòng vừa được dùng để đăng nhập, còn {left} mã.")
        return True


def passkey_options(user: User) -> str:
    """What a browser needs to ask for one of the user's passkeys, as JSON; remembered in the session of the request."""
    return json.dumps(webauthn.begin_authentication(user))


def verify_passkey(user: User, answer: str) -> bool:
    """Whether a browser's answer (JSON) was signed by a passkey of the user for the question of this session."""
    try:
        webauthn.complete_authentication(user, json.loads(answer)).record_usage()
    except MALFORMED:
        logger.warning("second step failed login=%s passkey", json.dumps(user.username))
        return False
    return True


@transaction.atomic
def switch_on_app(*, by: User, secret: str, code: str, address: str) -> list[str]:
    """Switches on codes of an app that was set up with the secret; returns the recovery codes if they are the first.

    RuleBroken for a wrong code, or if an app is switched on already. Ends the user's other sessions.
    """
    counter = _time_step(secret, "".join(code.split()))
    if counter is None:
        raise RuleBroken("Mã chưa đúng. Nhập mã đang hiện trong ứng dụng; giờ trên điện thoại phải đúng.", "code")
    _lock(by)
    if _row(by, APP):
        raise RuleBroken("Ứng dụng tạo mã đã bật rồi. Muốn đổi điện thoại thì gỡ cái cũ trước.")
    TOTP.activate(by, secret)
    User.objects.filter(pk=by.pk).update(last_code_step=counter)
    return _switched_on(by, address, "ứng dụng tạo mã")


@transaction.atomic
def add_passkey(*, by: User, name: str, answer: str, address: str) -> list[str]:
    """Stores the passkey that a browser made (`answer`, JSON); returns the recovery codes if they are the first.

    RuleBroken for an answer to another question, or for more than MAX_PASSKEYS. Ends the user's other sessions.
    """
    _lock(by)
    if Authenticator.objects.filter(user_id=by.pk, type=PASSKEY).count() >= MAX_PASSKEYS:
        raise RuleBroken(f"Mỗi người có nhiều nhất {MAX_PASSKEYS} khóa. Hãy gỡ khóa không dùng nữa.")
    try:
        credential = json.loads(answer)
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
        key = webauthn.WebAuthn.add(by, name, credential)
        key.authenticator_data  # noqa: B018  (what is stored can be read again)
    except MALFORMED:
        raise RuleBroken("Chưa nhận được khóa từ máy này. Hãy thử lại.") from None
    return _switched_on(by, address, f"khóa “{name}”")


def _lock(user: User) -> None:
    """Makes changes of one user's second steps run one after another."""
    User.objects.select_for_update().get(pk=user.pk)


def _switched_on(user: User, address: str, what: str) -> list[str]:
    codes = [] if _row(user, RECOVERY) else RecoveryCodes.activate(user).get_unused_codes()
    end_other_sessions(by=user)
    sign_in_log.note_own_act(sign_in_log.SECOND_STEP_ON, user, address)
    notify_account_owner(user, f"Đã bật xác nhận hai bước cho tài khoản của bạn: {what}.")
    return codes


@transaction.atomic
def remove_second_step(*, by: User, pk: int, address: str) -> None:
    """Removes the app or one passkey of the user; with the last one the recovery codes go, too. RuleBroken if it is gone."""
    _lock(by)
    row = Authenticator.objects.filter(user_id=by.pk, type__in=(APP, PASSKEY), pk=pk).first()
    if row is None:
        raise RuleBroken("Cách xác nhận này đã gỡ rồi.")
    what = label_of(row)
    row.delete()
    if not has_second_step(by):
        Authenticator.objects.filter(user_id=by.pk).delete()
    sign_in_log.note_own_act(sign_in_log.SECOND_STEP_OFF, by, address)
    notify_account_owner(by, f"Đã gỡ một cách xác nhận hai bước của tài khoản bạn: {what}.")


def clear_second_steps(user: User) -> bool:
    """Removes all second steps and recovery codes, in the caller's transaction; returns whether there were any."""
    removed, _ = Authenticator.objects.filter(user_id=user.pk).delete()
    return bool(removed)


@transaction.atomic
def new_recovery_codes(*, by: User, address: str) -> list[str]:
    """Replaces the recovery codes; returns the new ones. RuleBroken without a second step."""
    _lock(by)
    if not has_second_step(by):
        raise RuleBroken("Chưa bật xác nhận hai bước nên chưa có mã dự phòng.")
    Authenticator.objects.filter(user_id=by.pk, type=RECOVERY).delete()
    codes: list[str] = RecoveryCodes.activate(by).get_unused_codes()
    sign_in_log.note_own_act(sign_in_log.RECOVERY_CODES, by, address)
    notify_account_owner(by, "Đã lập mã dự phòng mới cho tài khoản của bạn; mã cũ hết dùng.")
    return codes


def label_of(row: Authenticator) -> str:
    """The second step in words: "ứng dụng tạo mã", "khóa “Điện thoại”"."""
    return f"khóa “{row.data['name']}”" if row.type == PASSKEY else "ứng dụng tạo mã"
