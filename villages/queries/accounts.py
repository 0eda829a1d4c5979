"""The account page, the list of accounts, the security log."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Case, Q, QuerySet, When
from django.utils import timezone

from emulation.accounts.models import AccountRequest, PasswordSlip, User
from emulation.accounts.queries import roles_of_users
from emulation.accounts.rules import is_protected
from emulation.accounts.sign_in_log import LABELS
from emulation.accounts.slips import slip_fault
from emulation.audit.models import AuditEntry, AuditEntryQuerySet
from emulation.communes.models import Commune, Membership
from emulation.communes.roles import ROLE_TITLES, Role
from emulation.core.formatting import format_date
from emulation.core.text import name_key
from emulation.workflow.workflow import acts
from villages.models import Unit
from villages.rules.accounts import HEAD_ROLES, needs_unit

ACCOUNT_ACTS = "accounts."
UNATTENDED = {
    "accounts.expire_request": "Yêu cầu hết hạn",
    "accounts.reset_on_server": "Cấp lại mật khẩu trên máy chủ",
}
"""Acts of no user of the commune, with their labels."""
ROLE_ACTS = (
    "villages.set_unit_head",
    "villages.record_absence",
    "villages.record_role_absence",
    "villages.end_absence",
    "villages.renew_council",
    "villages.take_back_council",
    "villages.carry_out_change",
    "villages.undo_change",
)
"""Acts on other subjects than accounts that give or end roles."""
NAMED_IN_DETAILS = {"head": "", "holder": "", "instead_of": "thay", "deputy": "làm thay:"}
"""Facts that name who has the role, and the words before the name."""
DAYS_IN_DETAILS = {"day": "từ", "from": "từ", "to": "đến hết"}
POST_ACTS = ("villages.record_leaving", "villages.move_person")
"""Acts on people that end the roles of those who have an account (`account` in the facts)."""


@dataclass(frozen=True)
class HeldRole:
    """A role of a user with its days; `unit` is the name of the unit that they head, "" for others."""

    membership: Membership
    unit: str = ""

    @property
    def title(self) -> str:
        role = Role(self.membership.role)
        title = f"{role.title}, {self.unit}" if self.unit else role.title
        return f"{title} (làm thay)" if self.membership.acts_for_id else title

    @property
    def days(self) -> str:
        """ "từ 01/01/2021", "từ 01/01/2021 đến 31/12/2025"."""
        since = f"từ {format_date(self.membership.starts_on)}"
        return f"{since} đến {format_date(self.membership.ends_on)}" if self.membership.ends_on else since

    @property
    def label(self) -> str:
        return f"{self.title} ({self.days})"

    def words_on(self, on: date) -> str:
        """The title, with the days of a role that is to begin or to end."""
        return self.label if self.is_future(on) or self.membership.ends_on else self.title

    def is_over(self, on: date) -> bool:
        return bool(self.membership.ends_on and self.membership.ends_on < on)

    def is_future(self, on: date) -> bool:
        return self.membership.starts_on > on


def held_roles(rows: Iterable[Membership]) -> list[HeldRole]:
    """The memberships with the names of the units that they head; one query."""
    rows = list(rows)
    names = dict(Unit.objects.filter(pk__in={row.unit_id for row in rows if row.unit_id}).values_list("pk", "name"))
    return [HeldRole(row, names.get(row.unit_id or 0, "") if needs_unit(Role(row.role)) else "") for row in rows]


def roles_of_account(commune: Commune, user: User) -> list[HeldRole]:
    """All roles of the user in the commune, the newest first."""
    rows = Membership.objects.filter(commune=commune, user_id=user.pk).order_by("-starts_on", "-pk")
    return held_roles(rows)


def roles_in_words(user_id: int) -> list[str]:
    """All roles of a user with their days, the newest first, at most five: "Trưởng thôn, Thôn 6 (từ 01/01/2021 đến …)"."""
    rows = Membership.objects.filter(user_id=user_id).order_by("-starts_on", "-pk")[:5]
    return [role.label for role in held_roles(rows)]


def roles_to_change(commune: Commune, user: User) -> list[HeldRole]:
    """The roles of their own that last today or are to begin; those in which they act for others end with the absence."""
    rows = roles_of_users(commune.pk, [user.pk], timezone.localdate()).get(user.pk, [])
    return held_roles(row for row in rows if row.acts_for_id is None)


@dataclass(frozen=True)
class AccountLine:
    """A line of the list of accounts: its roles of today and to come in words."""

    user: User
    roles: str
    protected: bool

    @property
    def state(self) -> str:
        """Whether the account can be used, in words."""
        if not self.user.is_active:
            return "đang khóa"
        return "đang dùng" if self.user.has_usable_password() else "chưa đặt mật khẩu"


def account_lines(commune_id: int, users: Iterable[User]) -> list[AccountLine]:
    """The lines of these users; two queries for any number."""
    today = timezone.localdate()
    users = list(users)
    by_user = roles_of_users(commune_id, [user.pk for user in users], today)
    words: dict[int, list[str]] = {}
    for role in held_roles(chain.from_iterable(by_user.values())):
        words.setdefault(role.membership.user_id, []).append(role.words_on(today))
    return [
        AccountLine(
            user,
            "; ".join(dict.fromkeys(words.get(user.pk, []))),
            is_protected(Role(row.role) for row in by_user.get(user.pk, [])),
        )
        for user in users
    ]


def slip_state(user: User) -> str:
    """What became of the user's newest slip, in a sentence; "" if none was printed."""
    slip = PasswordSlip.objects.filter(user=user).select_related("made_by").first()
    if slip is None:
        return ""
    printed = f"Phiếu in lúc {_moment(slip.made_at)}, người in: {slip.made_by.full_name if slip.made_by else 'máy chủ'}"
    if slip.used_at:
        return f"{printed}; đã dùng lúc {_moment(slip.used_at)}."
    if not slip_fault(slip):
        return f"{printed}; chưa dùng, còn hạn đến {_moment(slip.expires_at)}."
    return f"{printed}; {'đã hết hiệu lực' if slip.ended_at else 'đã hết hạn'} mà chưa dùng."


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%H:%M ngày %d/%m/%Y}"


def requests_about(by: User, user: User) -> QuerySet[AccountRequest]:
    """The requests about this account that `by` may see, the newest first, at most ten."""
    rows = AccountRequest.objects.visible_to(by).for_lists()
    return rows.filter(Q(user=user) | Q(instead_of=user)).order_by("-pk")[:10]


def security_entries(user: User) -> AuditEntryQuerySet:
    """The entries about accounts and roles in the user's commune, the newest first: sign-ins, failures, resets, roles given
    and ended; no cases."""
    rows: AuditEntryQuerySet = AuditEntry.objects.of(user).select_related("commune")
    posts = Q(act__in=POST_ACTS, facts__has_key="account")
    return rows.filter(Q(act__startswith=ACCOUNT_ACTS) | Q(act__in=ROLE_ACTS) | posts).order_by("-seq")


def security_kinds() -> dict[str, str]:
    """{act: label} of the entries of the security log."""
    steps = {act: step.label for act, (_, step) in acts.items() if act.startswith(ACCOUNT_ACTS)}
    roles = {act: acts[act][1].label for act in (*ROLE_ACTS, *POST_ACTS)}
    return {**LABELS, **steps, **UNATTENDED, **roles}


def accounts_by_name(user: User) -> QuerySet[User]:
    """The accounts of the user's commune by tên, as lists of people are; two queries."""
    rows = User.objects.visible_to(user)
    found = sorted(rows.order_by("pk").values_list("pk", "full_name"), key=lambda row: name_key(row[1]))
    places = [When(pk=pk, then=place) for place, (pk, _) in enumerate(found)]
    return rows.order_by(Case(*places, default=len(places)), "pk") if places else rows


def names_by_login(users: Iterable[User]) -> dict[str, str]:
    """{login name: full name}, with the login where several have the name: entries store who it was by login."""
    users = list(users)
    counts = Counter(user.full_name for user in users)
    return {user.username: user.full_name if counts[user.full_name] == 1 else str(user) for user in users}


def security_details(entry: AuditEntry, names: Mapping[str, str]) -> str:
    """What an entry of the security log adds to its label: "Trưởng thôn, Thôn 1; từ 01/12/2026; lý do: mất điện thoại".

    `names`: of the accounts, by login name.
    """
    facts = entry.facts
    parts = [
        _prefixed("", facts.get("role")),
        *(_prefixed(words, names.get(facts.get(key), facts.get(key))) for key, words in NAMED_IN_DETAILS.items()),
        *(_prefixed(words, _day_in_words(facts.get(key))) for key, words in DAYS_IN_DETAILS.items()),
        _prefixed("lý do:", facts.get("reason")),
    ]
    return "; ".join(filter(None, parts))


def _prefixed(words: str, value: Any) -> str:
    return f"{words} {value}".strip() if value else ""


def _day_in_words(value: Any) -> str:
    """A day of the facts, written as ISO; "" for what is no day."""
    try:
        return format_date(date.fromisoformat(value))
    except (TypeError, ValueError):
        return ""


def entries_of_account(rows: AuditEntryQuerySet, account: User) -> AuditEntryQuerySet:
    """Those about this account and those that its owner did."""
    about = Q(subject_type=User.subject_key, subject_id=account.pk) | Q(actor_id=account.pk)
    for key in ("account", *NAMED_IN_DETAILS):
        about |= Q(**{f"facts__{key}": account.username})
    return rows.filter(about)


def first_role_of(commune: Commune, address: Mapping[str, str]) -> dict[str, str]:
    """The first values of a form that adds an account: the unit in force that `don-vi` names by id, with the role that
    heads it; without one the role that `vai` names; {} for neither."""
    unit_id = address.get("don-vi", "")
    units = Unit.objects.filter(commune=commune, kind__in=HEAD_ROLES).in_force(timezone.localdate())
    unit = units.filter(pk=int(unit_id)).first() if unit_id.isdecimal() and len(unit_id) < 18 else None
    if unit:
        return {"unit": str(unit.pk), "role": HEAD_ROLES[unit.kind].value}
    role = address.get("vai", "")
    return {"role": role} if role in ROLE_TITLES else {}
