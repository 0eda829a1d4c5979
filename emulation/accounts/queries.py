"""The chair's name on a day, the telephone number of the office, roles of users, who may confirm a request."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from emulation.accounts.models import AccountRequest, OfficePhone, PasswordSlip, User
from emulation.accounts.rules import CONFIRMING_ROLES, DEPENDENCE, are_independent, is_protected
from emulation.communes.capacity import capacity_of, role_holder_ids
from emulation.communes.models import Membership
from emulation.communes.roles import Role
from emulation.core.text import same_name


@dataclass(frozen=True)
class ChairSigner:
    """Who signs for the chair: the chair, or the vice chair (`deputy`: KT. CHỦ TỊCH / PHÓ CHỦ TỊCH). `name` may be ""."""

    name: str
    deputy: bool = False

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of a paper with an approval."""
        return {"signer": self.name, "deputy": self.deputy}


SIGNS_FOR_SELF = (
    "{name} là Chủ tịch UBND xã nên không ký thay chính mình: bỏ “ký thay”, hoặc ghi tên Phó Chủ tịch ký KT. CHỦ TỊCH."
)


def deputy_name_fault(commune_id: int, signer: str, on: date) -> str:
    """Why nobody with this name signs KT. on that day: it is the chair; "" otherwise."""
    is_chair = any(same_name(signer, name) for name in chair_names(commune_id, on))
    return SIGNS_FOR_SELF.format(name=signer) if is_chair else ""


def chair_names(commune_id: int, on: date, *, acting: bool = False) -> list[str]:
    """Full names of the commune's chairs on that day; `acting`: of who acts for an absent one instead."""
    rows = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on),
        commune_id=commune_id,
        role=Role.chair,
        starts_on__lte=on,
        acts_for_id__isnull=not acting,
    )
    users = (
        User.objects.filter(pk__in=rows.values("user_id"), is_active=True)
        if acting
        else User.objects.filter(pk__in=rows.values("user_id"))
    )
    return list(users.order_by("pk").values_list("full_name", flat=True))


def chair_name(commune_id: int, on: date) -> str:
    """The full name of the commune's chair on that day, or ""."""
    return next(iter(chair_names(commune_id, on)), "")


def chair_signer(commune_id: int, on: date) -> ChairSigner:
    """Who signs in the place of the chair on that day: on the days of an absence the vice chair who acts."""
    acting = chair_names(commune_id, on, acting=True)
    return ChairSigner(acting[0], deputy=True) if acting else ChairSigner(chair_name(commune_id, on))


def office_phone(request: HttpRequest) -> str:
    """The number of the office today, of the user's commune or of the first one before sign-in; "" if none is recorded."""
    numbers = OfficePhone.objects.in_force(timezone.localdate()).order_by("commune_id", "-starts_on", "-pk")
    capacity = capacity_of(getattr(request, "user", None))
    if capacity.commune_id:
        numbers = numbers.filter(commune_id=capacity.commune_id)
    number = numbers.first()
    return number.phone if number else ""


def roles_of_users(commune_id: int, user_ids: Iterable[int], on: date) -> dict[int, list[Membership]]:
    """The memberships of these users in the commune that last on that day or begin later, by user id; one query."""
    rows = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on), commune_id=commune_id, user_id__in=list(user_ids)
    )
    found: dict[int, list[Membership]] = defaultdict(list)
    for row in rows.order_by("starts_on", "pk"):
        found[row.user_id].append(row)
    return found


def is_protected_account(user: User) -> bool:
    """Whether a second person is needed for this account: by its roles of today and to come, in any commune, and by those
    that somebody asked for and that are not given yet; else the account could be taken over just before it gets the role.
    """
    now = timezone.now()
    rows = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()), user_id=user.pk)
    asked = AccountRequest.objects.filter(user=user, state__in=("asked", "confirmed"), expires_at__gt=now).exclude(
        role=""
    )
    return is_protected(
        Role(role) for role in (*rows.values_list("role", flat=True), *asked.values_list("role", flat=True))
    )


def control_edges(commune_id: int) -> list[tuple[int, int]]:
    """(a, b): within the last 30 days a printed a slip for b or gave b a role; for `rules.are_independent`. Two queries."""
    since = timezone.now() - DEPENDENCE
    slips = PasswordSlip.objects.filter(commune_id=commune_id, made_at__gte=since, made_by__isnull=False)
    given = Membership.objects.filter(commune_id=commune_id, given_at__gte=since, given_by_id__isnull=False)
    pairs = chain(
        slips.order_by().values_list("made_by_id", "user_id").distinct(),
        given.values_list("given_by_id", "user_id").distinct(),
    )
    return [(maker, user) for maker, user in pairs if maker is not None]


def dependents_of(commune_id: int, user_id: int, others: Iterable[int]) -> set[int]:
    """Those of the others whose accounts may be in the same hands as that of the user, who is always one of them."""
    edges = control_edges(commune_id)
    return {other for other in {*others, user_id} if not are_independent(user_id, other, edges)}


def confirmer_ids(*, commune_id: int, asked_by_id: int, user_id: int | None) -> list[int]:
    """Ids of the active users who may confirm a request of that asker about that user today."""
    holders = role_holder_ids(commune_id, *CONFIRMING_ROLES, on=timezone.localdate())
    active = User.objects.filter(pk__in=holders, is_active=True).exclude(pk__in=[asked_by_id, user_id or 0])
    ids = list(active.order_by("full_name", "pk").values_list("pk", flat=True))
    excluded = dependents_of(commune_id, asked_by_id, ids)
    return [pk for pk in ids if pk not in excluded]


def unfinished_requests(commune_id: int) -> QuerySet[AccountRequest]:
    """The requests of the commune that wait to be confirmed or carried out and have not expired."""
    rows = AccountRequest.objects.filter(commune_id=commune_id, state__in=("asked", "confirmed"))
    return rows.filter(expires_at__gt=timezone.now())


def askers_by_state(commune_id: int) -> dict[str, set[int]]:
    """{state: ids of the users who asked} of the requests that wait to be confirmed or carried out."""
    rows = AccountRequest.objects.filter(commune_id=commune_id, state__in=("asked", "confirmed"))
    askers: dict[str, set[int]] = defaultdict(set)
    for state, user_id in rows.order_by().values_list("state", "asked_by_id").distinct():
        askers[state].add(user_id)
    return askers
