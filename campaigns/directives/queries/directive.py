"""Joins about incoming papers: the chain they stand in, those that look alike, who may handle them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from campaigns.directives.models.directive import Directive
from campaigns.directives.models.letter import Letter
from campaigns.directives.rules.document_symbols import issuer_key, symbol_key
from emulation.accounts.models import User
from emulation.communes.roles import Role
from villages.queries.people import role_holder_ids

DEEPEST = 12
HANDLING_ROLES = (Role.office, Role.clerk, Role.council_member)


@dataclass(frozen=True)
class SimilarDirective:
    """A paper already registered that looks like the one being registered; `exact`: it is the same."""

    directive: Directive
    exact: bool


def similar_directives(
    commune_id: int, symbol: str, issuer: str, issued_on: date, *, but: Directive | None = None
) -> list[SimilarDirective]:
    """Papers with the same symbol (spaces, case, dashes aside) of the same year or the same issuer."""
    own = symbol_key(symbol)
    sender = issuer_key(issuer)
    rows = Directive.objects.filter(Q(issued_on__year=issued_on.year) | Q(issuer_key=sender), commune_id=commune_id)
    found = rows.filter(symbol_key=own).exclude(pk=but.pk if but else None)
    return [SimilarDirective(one, one.issued_on == issued_on and one.issuer_key == sender) for one in found[:5]]


def directives_above(directive: Directive) -> list[Directive]:
    """The papers that this one carries out, the nearest first."""
    found: list[Directive] = []
    seen = {directive.pk}
    parent_id = directive.carries_out_id
    while parent_id and parent_id not in seen and len(found) < DEEPEST:
        parent = Directive.objects.filter(pk=parent_id, commune_id=directive.commune_id).first()
        if parent is None:
            break
        found.append(parent)
        seen.add(parent.pk)
        parent_id = parent.carries_out_id
    return found


@dataclass(frozen=True)
class ChainLink:
    """One paper of a chain: ours or from above; `here` is the one that is looked at; `url` where one may open it."""

    title: str
    issuer: str
    day: date | None
    subject: str
    url: str
    here: bool = False
    ours: bool = False
    state: Any = None  # the commune's letter, for {% status %}


def directive_chain(directive: Directive, *, whole: bool = True, at: Letter | None = None) -> list[ChainLink]:
    """From the highest paper down to the commune's letter; a few queries. Without `whole` (a reader who does not handle
    incoming papers) nothing leads into the register. `at` is the letter that is being looked at, if it is one."""
    papers = [*reversed(directives_above(directive)), directive]
    links = [_link(one, whole=whole, here=at is None and one.pk == directive.pk) for one in papers]
    if at is None:
        below = Directive.objects.filter(carries_out=directive, commune_id=directive.commune_id)
        links += [_link(one, whole=whole) for one in below[:DEEPEST]]
    letter = at or Letter.objects.filter(directive=directive).select_related("document").first()
    return [*links, _letter_link(letter, here=at is not None)] if letter else links


def _link(one: Directive, *, whole: bool, here: bool = False) -> ChainLink:
    url = one.get_absolute_url() if whole else ""
    return ChainLink(one.symbol, one.issuer, one.issued_on, one.subject, url, here)


def _letter_link(letter: Letter, *, here: bool) -> ChainLink:
    title = letter.document.reference if letter.document else "Công văn đang soạn"
    day = letter.issued_on
    return ChainLink(title, "UBND xã", day, letter.subject, letter.get_absolute_url(), here, ours=True, state=letter)


def directive_handlers(commune_id: int, on: date) -> list[int]:
    """Ids of the users into whose hands an incoming paper may be put."""
    return role_holder_ids(commune_id, *HANDLING_ROLES, on=on)


def directive_handler_users(commune_id: int, on: date) -> Any:
    """The same as a queryset, by name."""
    return User.objects.filter(pk__in=directive_handlers(commune_id, on)).order_by("full_name")
