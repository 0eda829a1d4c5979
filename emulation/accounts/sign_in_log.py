"""Sign-ins and what goes wrong with them, in the audit log of the user's commune and in the operational log.

Nobody outside can make the audit log grow without bound: a failure and a wait are recorded at most once a user and WINDOW,
those of unknown login names never. The operational log has a line for each, with the login name and address alone.
"""

import json
import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from emulation.accounts.models import LoginFailure, User
from emulation.audit.log import record_entry
from emulation.audit.models import AuditEntry
from emulation.communes.capacity import capacity_of

WINDOW = timedelta(minutes=15)
"""As long as wrong passwords count, and the time in which a failure is recorded once."""

SIGN_IN, FAILED, WAIT = "accounts.sign_in", "accounts.sign_in_failed", "accounts.sign_in_wait"
SIGN_OUT, CHANGE_PASSWORD = "accounts.sign_out", "accounts.change_password"
LABELS = {
    SIGN_IN: "Đăng nhập",
    FAILED: "Đăng nhập không thành công",
    WAIT: "Tạm khóa đăng nhập do nhập sai nhiều lần",
    SIGN_OUT: "Đăng xuất",
    CHANGE_PASSWORD: "Đổi mật khẩu",
}
STRANGER = "chưa đăng nhập"
"""Who acted, where nobody is signed in."""

log = logging.getLogger("emulation.accounts.sign_in")


def note_own_act(act: str, user: User, address: str) -> None:
    """Records what a user did: SIGN_IN, SIGN_OUT or CHANGE_PASSWORD."""
    log.info("%s %s", act.removeprefix("accounts."), _line(user.username, address))
    _record(act, user, address, actor=user)


def note_failure(attempt: LoginFailure, user: User | None, address: str, *, waits: bool) -> None:
    """Records a wrong password or an unknown login name; `waits`: the limit is reached by it."""
    log.warning("sign-in failed %s", _line(attempt.username, address))
    _record_once(FAILED, user, address, attempt)
    if waits:
        log.warning("sign-in limit reached %s", _line(attempt.username, address))
        _record_once(WAIT, user, address, attempt)


def note_refusal(name: str, address: str) -> None:
    """Writes the operational line of an attempt that was refused because too many wrong passwords came before it.

    The audit log has the wait since it began; nothing is looked up here, so that the answer takes the same time for all names.
    """
    log.warning("sign-in refused %s", _line(name, address))


def note_reset(user: User, by: User, address: str) -> None:
    """Writes the operational line of a password that a colleague reset; the act itself is audited by `act`."""
    log.info("reset_password %s by=%s", _line(user.username, address), json.dumps(by.username))


def _line(name: str, address: str) -> str:
    """As JSON strings: control characters, quotes and letters beyond ASCII are escaped, so that no name forges a line."""
    return f"login={json.dumps(name)} address={json.dumps(address)}"


def _record_once(act: str, user: User | None, address: str, attempt: LoginFailure) -> None:
    """Records the act unless it is on record for this user within WINDOW.

    An unknown name costs as much: the time of the response must not show which names exist.
    """
    target = user or User(pk=0)
    with transaction.atomic():
        # Two failures at the same moment wait here for each other.
        list(User.objects.select_for_update().filter(pk=target.pk).values_list("pk", flat=True))
        commune_id = capacity_of(target).commune_id
        recent = AuditEntry.objects.filter(
            commune_id=commune_id or 0,
            subject_type=User._meta.label,
            subject_id=target.pk,
            act=act,
            at__gte=timezone.now() - WINDOW,
        )
        on_record, first = recent.exists(), act == WAIT or _is_first(attempt)
        if user is not None and not on_record:
            _record(act, user, address, actor=STRANGER)
        elif user is None and first:
            attempt.save(update_fields=["address"])  # a committed write that changes nothing


def _is_first(attempt: LoginFailure) -> bool:
    """Whether no other wrong password for the name came within WINDOW: a known name has its entry then."""
    return not LoginFailure.objects.filter(username=attempt.username).exclude(pk=attempt.pk).exists()


def _record(act: str, user: User, address: str, *, actor: Any) -> None:
    """One entry in the audit log of the commune in which the user serves; none for a user who serves nowhere."""
    commune_id = capacity_of(user).commune_id
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
