"""Records sign-ins and failures in the audit log of the user's commune and in the operational log.

Outsiders cannot make the audit log grow without limit: a failure and a wait are recorded at most once per user and
WINDOW, those of unknown login names never. The operational log has one line for each, with login name and address only.
"""

import json
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, Q, When
from django.utils import timezone

from emulation.accounts.models import LoginFailure, User
from emulation.audit.log import record_entry
from emulation.audit.models import AuditEntry
from emulation.communes.models import Membership

SHOWN = 5  # on the user's own page
WINDOW = timedelta(minutes=15)
"""How long wrong passwords count, and the period in which a failure is recorded only once."""

PASSKEY_SIGN_IN = "accounts.passkey_sign_in"
PASSKEY_FAILED = "accounts.passkey_sign_in_failed"
SIGN_IN, FAILED, WAIT = "accounts.sign_in", "accounts.sign_in_failed", "accounts.sign_in_wait"
SIGN_OUT, CHANGE_PASSWORD = "accounts.sign_out", "accounts.change_password"
END_SESSIONS = "accounts.end_sessions"
END_DEVICE = "accounts.end_device"
IDLE = "accounts.idle_sign_out"
WRONG_CURRENT = "accounts.wrong_current_password"
SET_PASSWORD = "accounts.set_password"
CONTACT_DETAILS = "accounts.contact_details"
WRONG_AGAIN = "accounts.wrong_repeated_password"
WRONG_CODE = "accounts.wrong_second_step"
RECOVERY_SIGN_IN = "accounts.recovery_code_used"
SECOND_STEP_ON = "accounts.second_step_on"
SECOND_STEP_OFF = "accounts.second_step_off"
RECOVERY_CODES = "accounts.recovery_codes"
LABELS = {
    SIGN_IN: "Đăng nhập",
    PASSKEY_SIGN_IN: "Đăng nhập bằng khóa, không cần mật khẩu",
    FAILED: "Đăng nhập không thành công",
    PASSKEY_FAILED: "Đăng nhập bằng khóa không thành công",
    WAIT: "Tạm khóa đăng nhập do nhập sai nhiều lần",
    SIGN_OUT: "Đăng xuất",
    CHANGE_PASSWORD: "Đổi mật khẩu",
    END_SESSIONS: "Đăng xuất các máy khác",
    END_DEVICE: "Đăng xuất một máy khác",
    IDLE: "Tự thoát vì lâu không thao tác",
    WRONG_CURRENT: "Đổi mật khẩu không thành công: sai mật khẩu hiện tại",
    SET_PASSWORD: "Đặt mật khẩu bằng phiếu",
    CONTACT_DETAILS: "Đổi điện thoại, hộp thư của mình",
    WRONG_AGAIN: "Nhập lại mật khẩu, dùng lại khóa không đúng khi làm việc quan trọng",
    WRONG_CODE: "Mật khẩu đúng nhưng bước hai không đúng khi đăng nhập",
    RECOVERY_SIGN_IN: "Dùng mã dự phòng để đăng nhập",
    SECOND_STEP_ON: "Bật xác nhận hai bước",
    SECOND_STEP_OFF: "Gỡ một cách xác nhận hai bước",
    RECOVERY_CODES: "Lập mã dự phòng mới",
}


@dataclass(frozen=True)
class PasswordPurpose:
    """What a password or code is typed for: its name in the operational log, the act of the audit log for a wrong one.

    `limit_everywhere`: how many wrong ones are allowed within WINDOW from all addresses together, 0 for any number.
    """

    log_name: str
    failed_act: str
    limit_everywhere: int = 0


SIGN_IN_PASSWORD = PasswordPurpose("sign-in", FAILED)
SIGN_IN_PASSKEY = PasswordPurpose("passkey sign-in", PASSKEY_FAILED)
CURRENT_PASSWORD = PasswordPurpose("password change", WRONG_CURRENT)
REPEATED_PASSWORD = PasswordPurpose("repeated password", WRONG_AGAIN)
REPEATED_PASSKEY = PasswordPurpose("repeated passkey", WRONG_AGAIN)
# Only who knows the password gets this far: a limit for the account itself locks nobody out who types at random.
SECOND_STEP = PasswordPurpose("second step", WRONG_CODE, limit_everywhere=30)
STRANGER = "chưa đăng nhập"
"""The actor in audit entries when nobody is signed in."""

logger = logging.getLogger("emulation.accounts.sign_in")


def note_own_act(act: str, user: User, address: str) -> None:
    """Records an act of the user: one of LABELS that is no failure."""
    logger.info("%s %s", act.removeprefix("accounts."), _line(user.username, address))
    _record(act, user, address, actor=user)


def note_failure(
    purpose: PasswordPurpose, attempt: LoginFailure, user: User | None, address: str, *, waits: bool
) -> None:
    """Records a wrong password or an unknown login name; `waits`: this failure reaches the limit."""
    logger.warning("%s failed %s", purpose.log_name, _line(attempt.username, address))
    _record_once(purpose.failed_act, user, address, attempt)
    if waits:
        logger.warning("%s limit reached %s", purpose.log_name, _line(attempt.username, address))
        _record_once(WAIT, user, address, attempt)


def note_refusal(purpose: PasswordPurpose, name: str, address: str) -> None:
    """Logs an attempt that was refused because of too many wrong passwords; operational log only.

    The audit log already has the wait. No query is made here, so that the response takes the same time for all names.
    """
    logger.warning("%s refused %s", purpose.log_name, _line(name, address))


def note_invalid(name: str, address: str) -> None:
    """Logs a sign-in that the form refuses: a field is empty, too long or has a NUL; operational log only."""
    logger.warning("sign-in invalid %s", _line(name, address))


def note_repeated_password(user: User, address: str) -> None:
    """Logs that the user typed the own password again, or used a passkey; operational log only, the act has its audit entry."""
    logger.info("repeated password accepted %s", _line(user.username, address))


def note_reset(user: User, by: User, address: str) -> None:
    """Logs a password reset by a colleague; operational log only, the audit entry is written by `act`."""
    logger.info("reset_password %s by=%s", _line(user.username, address), json.dumps(by.username))


def _line(name: str, address: str) -> str:
    """Both as JSON strings: control characters, quotes and non-ASCII are escaped, so that a name cannot forge a line."""
    return f"login={json.dumps(name)} address={json.dumps(address)}"


def _record_once(act: str, user: User | None, address: str, attempt: LoginFailure) -> None:
    """Records the act unless there is an entry of it for this user within WINDOW.

    An unknown name takes the same work: the response time must not reveal which names exist.
    """
    target = user or User(pk=0)
    with transaction.atomic():
        # The row lock makes concurrent failures of one user run one after another.
        list(User.objects.select_for_update().filter(pk=target.pk).values_list("pk", flat=True))
        commune_id = _commune_of(target)
        recent = AuditEntry.objects.filter(
            commune_id=commune_id or 0,
            subject_type=User._meta.label,
            subject_id=target.pk,
            act=act,
            at__gte=timezone.now() - WINDOW,
        )
        is_recorded = recent.exists()
        is_first = act == WAIT or _is_first(attempt)  # both queries run for existing and for unknown names
        if user is not None and not is_recorded:
            _record(act, user, address, actor=_actor_of_failure(act, user))
        elif user is None and is_first:
            attempt.save(update_fields=["address"])  # a write that changes nothing, in place of the audit entry


def _commune_of(user: User) -> int | None:
    """The commune in which the user serves, or, before the first and after the last role, will serve or served: a slip is
    mostly used before the first day. One query for every user; the capacity of a unit's head takes two.
    """
    today = timezone.localdate()
    present = (Q(ends_on=None) | Q(ends_on__gte=today)) & Q(starts_on__lte=today)
    rows = Membership.objects.filter(user_id=user.pk).order_by(
        Case(When(present, then=0), default=1), "starts_on", "pk"
    )
    return rows.values_list("commune_id", flat=True).first()


def _actor_of_failure(act: str, user: User) -> Any:
    """The user at an open session; a stranger at the sign-in."""
    return user if act in (WRONG_CURRENT, WRONG_AGAIN) else STRANGER


def _is_first(attempt: LoginFailure) -> bool:
    """Whether this is the only stored failure for the name; an existing name gets an audit entry in that case."""
    return not LoginFailure.objects.filter(username=attempt.username).exclude(pk=attempt.pk).exists()


def _record(act: str, user: User, address: str, *, actor: Any) -> None:
    """Adds an entry to the audit log of the user's commune; none for who never had a role."""
    commune_id = _commune_of(user)
    if commune_id is None:
        return
    record_entry(
        commune_id=commune_id,
        actor=actor,
        act=act,
        label=LABELS[act],
        subject=user,
        about=f"{user}, từ địa chỉ {address or 'không rõ'}",
        facts={"address": address},
    )


def recent_sign_ins(user: User) -> list[AuditEntry]:
    """The user's last sign-ins and what concerned their password, newest first; `facts["address"]` is where from."""
    entries = AuditEntry.objects.filter(
        commune_id=_commune_of(user) or 0, subject_type=User._meta.label, subject_id=user.pk, act__in=LABELS
    )
    return list(entries.order_by("-seq")[:SHOWN])
