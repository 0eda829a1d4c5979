"""Actions on requests about protected accounts: ask, confirm, refuse, withdraw, carry out, expire."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from emulation.accounts.models import AccountRequest, User
from emulation.accounts.queries import confirmer_ids, unfinished_requests
from emulation.accounts.rules import REQUEST_LIFE
from emulation.audit.log import record_entry
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act
from villages.actions.account_roles import assign_role, notify_owner
from villages.actions.accounts import (
    NewAccount,
    add_account,
    check_has_second_step,
    check_new_account,
    remove_second_steps,
    reset_password,
    unlock_account,
)
from villages.flow.accounts import ASKED, CONFIRMED, EXPIRED
from villages.models import Unit
from villages.queries.account_roles import RoleGrant, check_grant
from villages.queries.accounts import UNATTENDED

NOBODY_LEFT = (
    "Không còn ai xác nhận được: mọi Chủ tịch, Văn phòng, Văn thư, quản trị khác đều là chủ tài khoản này, đang bị khóa, "
    "hoặc trong 30 ngày qua nhận phiếu mật khẩu hay vai trò từ bạn hoặc từ cùng một người. Nhờ người quản máy chủ chạy "
    "manage.py reset_login (mật khẩu) hoặc manage.py give_role (vai trò)."
)


@dataclass(frozen=True)
class Subject:
    """What a request asks: its kind, whose account, the role, what is known about a new account."""

    kind: str
    user: User | None = None
    grant: RoleGrant | None = None
    account: NewAccount | None = None

    @property
    def login(self) -> str:
        """The login name of the account that exists or is to be made."""
        return (self.user or self.account).username  # type: ignore[union-attr]

    @property
    def name(self) -> str:
        """The account in words: "Lê Văn Tám (tam.lv)"."""
        return f"{(self.user or self.account).full_name} ({self.login})"  # type: ignore[union-attr]

    def stored(self) -> dict[str, Any]:
        """The columns of a request that hold the role and what is known about a new account."""
        details = self.account.as_details() if self.account else {}
        if self.grant is None:
            return {"details": details}
        return {
            "role": self.grant.role,
            "unit_id": self.grant.unit.pk if self.grant.unit else None,
            "starts_on": self.grant.starts_on,
            "instead_of": self.grant.instead_of,
            "details": {**details, "person": self.grant.person},
        }


def ask(*, by: User, commune: Commune, subject: Subject, reason: str) -> AccountRequest:
    """Asks for what a second person must confirm; notifies the owner and those who may confirm.

    RuleBroken if the same is asked already, if it could not be carried out, or if nobody is left who could confirm.
    """
    if subject.user:
        _check_account(by, subject.user, subject.grant)
    about = f"Tài khoản {subject.name}"
    with act("accounts.ask", commune, by=by, about=about, account=subject.login, reason=reason) as locked:
        _check_subject(locked, subject)
        confirmers = confirmer_ids(
            commune_id=locked.pk, asked_by_id=by.pk, user_id=subject.user.pk if subject.user else None
        )
        if not confirmers:
            raise RuleBroken(NOBODY_LEFT)
        request = AccountRequest.objects.create(
            commune=locked,
            kind=subject.kind,
            user=subject.user,
            reason=reason,
            asked_by=by,
            state=ASKED,
            expires_at=timezone.now() + REQUEST_LIFE,
            **subject.stored(),
        )
        _notify(request, confirmers, f"Cần người thứ hai xác nhận: {request}. {by.full_name} yêu cầu: {reason}")
        if subject.user:
            notify_owner(
                subject.user, locked, f"Có yêu cầu về tài khoản của bạn: {request.get_kind_display().lower()}.", by=by
            )
    return request


def _check_account(by: User, user: User, grant: RoleGrant | None) -> None:
    if not User.objects.visible_to(by).filter(pk=user.pk).exists():
        raise NotAllowed("Tài khoản này không thuộc xã của bạn.")
    if grant and user.pk == by.pk:
        raise NotAllowed("Không tự giao vai trò cho mình: hãy nhờ người khác có quyền.")


def _check_subject(commune: Commune, subject: Subject) -> None:
    open_rows = unfinished_requests(commune.pk).filter(kind=subject.kind)
    if subject.user:
        open_rows = open_rows.filter(user=subject.user, role=subject.grant.role if subject.grant else "")
    else:
        open_rows = open_rows.filter(details__username=subject.login)
    if open_rows.exists():
        raise RuleBroken("Đã có yêu cầu như vậy đang chờ. Xem ở trang tài khoản của người đó hoặc “Việc của tôi”.")
    if subject.kind == AccountRequest.SECOND_STEP and subject.user:
        check_has_second_step(subject.user)
    if subject.account:
        check_new_account(subject.account)
    if subject.grant:
        check_grant(commune, subject.grant)


def _notify(request: AccountRequest, users: Iterable[int], text: str) -> None:
    notify_users(
        commune_id=request.commune_id,
        users=users,
        text=text,
        link=request.get_absolute_url(),
        key=f"account-request:{request.pk}:{uuid.uuid4().hex[:8]}",
    )


def confirm_request(*, by: User, request: AccountRequest, seen: int | None = None) -> None:
    """Confirms a request as the second person; the asker can then carry it out."""
    with act("accounts.confirm_request", request, by=by, seen=seen) as locked:
        locked.decided_by = by
        _notify(locked, [locked.asked_by_id], f"{by.full_name} đã xác nhận: {locked}. Bạn thực hiện được.")
        if locked.user:
            notify_owner(locked.user, locked.commune, f"Yêu cầu “{locked.get_kind_display()}” đã được xác nhận.", by=by)


def refuse_request(*, by: User, request: AccountRequest, reason: str, seen: int | None = None) -> None:
    """Refuses a request with a reason."""
    with act("accounts.refuse_request", request, by=by, seen=seen) as locked:
        locked.decided_by = by
        locked.decision_reason = reason
        _notify(locked, [locked.asked_by_id], f"{by.full_name} từ chối: {locked}. Lý do: {reason}")


def withdraw_request(*, by: User, request: AccountRequest) -> None:
    """Withdraws one's own request that is not carried out yet."""
    with act("accounts.withdraw_request", request, by=by):
        pass


def carry_out_request(*, by: User, request: AccountRequest, seen: int | None = None) -> tuple[User, str]:
    """Does what was asked and confirmed; returns the user, and the code of the slip if there is one, else "".

    Checked again: the account may have been locked, the role given, the login name taken meanwhile.
    """
    with act("accounts.carry_out_request", request, by=by, seen=seen) as locked:
        if locked.kind == AccountRequest.ADD:
            return add_account(
                by=by,
                commune=locked.commune,
                account=NewAccount.of(locked.details),
                grant=grant_of_request(locked),
                confirmed=True,
            )
        assert locked.user is not None
        code = ""
        if locked.kind == AccountRequest.RESET:
            code = reset_password(by=by, user=locked.user, reason=locked.reason, confirmed=True)
        elif locked.kind == AccountRequest.UNLOCK:
            unlock_account(by=by, user=locked.user, reason=locked.reason, confirmed=True)
        elif locked.kind == AccountRequest.SECOND_STEP:
            remove_second_steps(by=by, user=locked.user, reason=locked.reason, confirmed=True)
        else:
            assign_role(by=by, commune=locked.commune, grant=grant_of_request(locked), confirmed=True)
        return locked.user, code


def grant_of_request(request: AccountRequest) -> RoleGrant:
    """The role that a request asks for; it begins today if the day that was asked for has passed without a confirmation."""
    starts_on: date = request.starts_on or timezone.localdate()
    return RoleGrant(
        user=request.user,
        full_name=request.user.full_name if request.user else request.details["full_name"],
        role=Role(request.role),
        unit=Unit.objects.filter(pk=request.unit_id).first(),
        starts_on=max(starts_on, timezone.localdate()),
        instead_of=request.instead_of,
        person=request.details.get("person", ""),
    )


def expire_requests() -> int:
    """Ends the requests that waited longer than seven days and notifies who asked; returns how many."""
    rows = AccountRequest.objects.filter(state__in=(ASKED, CONFIRMED), expires_at__lte=timezone.now())
    ended = 0
    for request in rows.for_lists():
        now = timezone.now()
        if not rows.filter(pk=request.pk).update(state=EXPIRED, state_since=now, version=request.version + 1):
            continue
        ended += 1
        record_entry(
            commune_id=request.commune_id,
            actor=None,
            act="accounts.expire_request",
            label=UNATTENDED["accounts.expire_request"],
            subject=request,
        )
        _notify(request, [request.asked_by_id], f"Quá 7 ngày nên hết hạn: {request}. Còn cần thì yêu cầu lại.")
    return ended
