"""Actions on accounts: end one's other sessions, change one's contact details, give a role."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q

from emulation.accounts import sign_in_log
from emulation.accounts.models import OfficePhone, User
from emulation.accounts.owner_notices import notify_account_owner
from emulation.audit.log import record_entry
from emulation.communes.models import Commune, Membership
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.workflow.transitions import act


def end_other_sessions(*, by: User) -> None:
    """Ends the user's sessions on all devices; the view keeps the one in use by giving it the new hash."""
    User.objects.filter(pk=by.pk).update(session_series=F("session_series") + 1)
    by.refresh_from_db(fields=["session_series"])


@transaction.atomic
def set_contact_details(*, by: User, phone: str, email: str, address: str) -> None:
    """Stores the user's own phone number and e-mail; also allowed for users who serve in no commune now.

    Both sign in, so a change is in the security log and announced to the owner, by mail at the address of before.
    """
    if (by.phone, by.email) == (phone, email):
        return
    notify_account_owner(by, "Số điện thoại hoặc hộp thư của tài khoản bạn vừa được đổi; hai thứ này đăng nhập được.")
    User.objects.filter(pk=by.pk).update(phone=phone, email=email)
    sign_in_log.note_own_act(sign_in_log.CONTACT_DETAILS, by, address)


def set_office_phone(*, by: User, commune: Commune, phone: str, starts_on: date) -> OfficePhone:
    """Records the office's number from that day on; RuleBroken when that very number is already in force then."""
    current = OfficePhone.objects.filter(commune=commune).in_force(starts_on).first()
    if current and current.phone == phone:
        raise RuleBroken(f"Số này đã dùng từ ngày {format_date(current.starts_on)}.", "phone")
    with act("accounts.set_office_phone", commune, by=by, about=f"Điện thoại {phone}", phone=phone):
        return OfficePhone.objects.create(commune=commune, phone=phone, starts_on=starts_on)


@transaction.atomic
def give_role(*, user: User, role: Role, starts_on: date, instead_of: User | None = None) -> Membership:
    """Give the user a role of their commune from that day on, and end that of `instead_of`.

    Called by the operator's command: the audit entry has no actor. Raises RuleBroken for a user who serves in no commune, who
    has the role already, or whose predecessor does not have it.
    """
    commune = Commune.objects.filter(memberships__user_id=user.pk).order_by("memberships__starts_on").first()
    if commune is None:
        raise RuleBroken(f"{user.full_name} chưa thuộc xã nào.")
    holders = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on), commune=commune, role=role)
    if holders.filter(user_id=user.pk).exists():
        raise RuleBroken(f"{user.full_name} đã giữ vai {role.title} vào ngày đó.")
    if instead_of is not None:
        ended = holders.filter(user_id=instead_of.pk, starts_on__lt=starts_on).update(
            ends_on=starts_on - timedelta(days=1)
        )
        if not ended:
            raise RuleBroken(f"{instead_of.full_name} không giữ vai {role.title} trước ngày đó.")
    membership = Membership.objects.create(commune=commune, user_id=user.pk, role=role, starts_on=starts_on)
    facts = {"account": user.username, "role": role.title, "from": starts_on.isoformat()}
    if instead_of is not None:
        facts["instead_of"] = instead_of.username
    record_entry(
        commune_id=commune.pk, actor=None, act="accounts.give_role", label="Giao vai trò", subject=commune, facts=facts
    )
    return membership
