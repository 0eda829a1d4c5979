"""Queries about directives: the chain of documents, similar directives, possible handlers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from campaigns.directives.models.directive import HANDLING_ROLES, Directive, Handling, own_handling_roles
from campaigns.directives.models.letter import Letter
from campaigns.directives.rules.document_symbols import issuer_key, symbol_key
from emulation.accounts.models import User
from emulation.communes.capacity import role_holder_ids
from emulation.communes.models import Membership
from emulation.legal.calendar.due_days import last_days_of
from villages.queries.account_roles import personal_items

MAX_CHAIN = 12


@dataclass(frozen=True)
class SimilarDirective:
    """A registered directive that resembles the one being registered; `exact` when it is the same."""

    directive: Directive
    exact: bool


def similar_directives(
    commune_id: int, symbol: str, issuer: str, issued_on: date, *, exclude: Directive | None = None
) -> list[SimilarDirective]:
    """Directives with the same symbol (ignoring spaces, case and dashes) and the same year or issuer; at most five."""
    issuer = issuer_key(issuer)
    rows = Directive.objects.filter(Q(issued_on__year=issued_on.year) | Q(issuer_key=issuer), commune_id=commune_id)
    found = rows.filter(symbol_key=symbol_key(symbol)).exclude(pk=exclude.pk if exclude else None)
    return [SimilarDirective(one, one.issued_on == issued_on and one.issuer_key == issuer) for one in found[:5]]


def directives_above(directive: Directive) -> list[Directive]:
    """The directives that this one carries out, the nearest first."""
    found: list[Directive] = []
    seen = {directive.pk}
    parent_id = directive.carries_out_id
    while parent_id and parent_id not in seen and len(found) < MAX_CHAIN:
        parent = Directive.objects.filter(pk=parent_id, commune_id=directive.commune_id).first()
        if parent is None:
            break
        found.append(parent)
        seen.add(parent.pk)
        parent_id = parent.carries_out_id
    return found


@dataclass(frozen=True)
class ChainLink:
    """One document of a chain; `here` marks the current page, `ours` the commune's letter; `url` is empty without access."""

    title: str
    issuer: str
    day: date | None
    subject: str
    url: str
    here: bool = False
    ours: bool = False
    state: Any = None  # the commune's letter, for the template tag {% status %}


def directive_chain(directive: Directive, *, with_links: bool = True, at: Letter | None = None) -> list[ChainLink]:
    """The documents from the highest directive down to the commune's letter; a few queries.

    Without `with_links` (readers who may not open the register) directives have no URL. `at` is the letter of the
    current page, if it is the page of a letter.
    """
    papers = [*reversed(directives_above(directive)), directive]
    links = [_link(one, with_links=with_links, here=at is None and one.pk == directive.pk) for one in papers]
    if at is None:
        below = Directive.objects.filter(carries_out=directive, commune_id=directive.commune_id)
        links += [_link(one, with_links=with_links) for one in below[:MAX_CHAIN]]
    letter = at or directive_letter(directive)
    return [*links, _letter_link(letter, here=at is not None)] if letter else links


def directive_letter(directive: Directive) -> Letter | None:
    """The letter that carries out the directive and is not cancelled, with its document."""
    rows = Letter.objects.filter(directive=directive).not_cancelled().select_related("document")
    return rows.defer("document__html", "document__blocks").first()


def with_letters(directives: QuerySet[Directive]) -> QuerySet[Directive]:
    """Directives with their letters for `Directive.letter`; one more query."""
    letters = Letter.objects.not_cancelled().select_related("document")
    return directives.prefetch_related(Prefetch("letters", letters.defer("document__html", "document__blocks")))


def with_answer_days(directives: Iterable[Directive], commune_id: int) -> Iterator[Directive]:
    """The same directives with `answer_until`, by the calendar as recorded now; two small queries."""
    last_days = last_days_of(commune_id)
    for one in directives:
        one.answer_until = last_days.of(one.answer_due_on) if one.answer_due_on else None
        yield one


def _link(one: Directive, *, with_links: bool, here: bool = False) -> ChainLink:
    url = one.get_absolute_url() if with_links else ""
    return ChainLink(one.symbol, one.issuer, one.issued_on, one.subject, url, here)


def _letter_link(letter: Letter, *, here: bool) -> ChainLink:
    title = letter.document.reference if letter.document else "Công văn đang soạn"
    since = timezone.localdate(letter.state_since)
    day = None if letter.issued_on == since else letter.issued_on  # the state names its day already
    return ChainLink(title, "UBND xã", day, letter.subject, letter.get_absolute_url(), here, ours=True, state=letter)


def directive_handlers(commune_id: int, on: date) -> list[int]:
    """Ids of the users to whom a directive may be assigned."""
    return role_holder_ids(commune_id, *HANDLING_ROLES, on=on)


def directive_handler_users(commune_id: int, on: date) -> Any:
    """The users to whom a directive may be assigned, ordered by name."""
    return User.objects.filter(pk__in=directive_handlers(commune_id, on)).order_by("full_name")


def waiting_for_leavers(commune_id: int, on: date) -> QuerySet[Handling]:
    """The assignments that wait for somebody who has no role of their own that handles directives on that day."""
    waiting = Handling.objects.filter(commune_id=commune_id, state=Handling.WAITING)
    return waiting.exclude(assignee_id__in=own_handling_roles(commune_id, on).values("user_id"))


def handling_successor(handling: Handling, on: date) -> User | None:
    """Who handles the directive on that day instead of the assignee, whose role was handed over; None if nobody."""
    user_id = handling.assignee_id
    passed: set[int] = set()
    roles = Membership.objects.filter(commune_id=handling.commune_id, starts_on__lte=on, role__in=HANDLING_ROLES)
    while not (own := own_handling_roles(handling.commune_id, on).filter(user_id=user_id)).exists():
        passed.add(user_id)
        latest = roles.filter(handed_over_by_id=user_id).order_by("-starts_on", "-pk").first()
        if latest is None or latest.user_id in passed:
            return None
        user_id = latest.user_id
    return User.objects.filter(pk=own[0].user_id).exclude(pk=handling.assignee_id).first()


@personal_items.register("campaigns.handlings")
def handlings_of_leaver(user: User, on: date) -> Iterable[str]:
    """Sentences about the directives that wait for this very user, and what becomes of them."""
    rows = Handling.objects.filter(assignee=user, state=Handling.WAITING).select_related("directive")
    for row in rows:
        yield (
            f"Văn bản {row.directive.symbol} được chuyển cho người này xử lý: chuyển giao vai xử lý văn bản thì theo vai "
            "sang người nhận, trừ khi người này còn giữ vai khác xử lý được; cho thôi vai thì chờ Văn phòng."
        )
