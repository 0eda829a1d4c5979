"""Where a nominee belongs, as papers of a day write it: post, unit, commune, each once."""

from datetime import date
from functools import lru_cache

from commendations.models import Nomination
from emulation.communes.models import CommuneIdentity
from emulation.core.formatting import upper_first
from emulation.core.text import fold
from villages.models import Person, Unit

_COMMITTEE = ("UBND", "Ủy ban nhân dân")


def unit_name_on(unit: Unit | None, on: date) -> str:
    """The unit's name on that day, from its prefetched names; "" for no unit."""
    return unit.read_name_on(on) if unit else ""


def nominee_place(nomination: Nomination, identity: CommuneIdentity, on: date) -> str:
    """Post, unit and commune, each mentioned once: "Nông dân, Thôn 1, xã Bình Lương"; of a collective the unit it belongs to."""
    person = nomination.person
    household = nomination.household
    if person is not None:
        first = person_post(person, on)
        if post := _post_of_commune(first, identity):
            return upper_first(post)
    elif household is not None:
        first = household.address
    else:
        return _collective_place(nomination.collective, identity, on)
    return _in_commune([first], unit_name_on((person or household).unit_on(on), on), identity)


def _in_commune(parts: list[str], unit_name: str, identity: CommuneIdentity) -> str:
    """The parts, then the unit and the commune unless a part names them already."""
    if not _contains_name(parts[0], unit_name):
        parts.append(unit_name)
    if not any(_contains_name(part, identity.place_name) for part in parts):
        parts.append(identity.name)
    return upper_first(", ".join(part for part in parts if part))


def person_unit(person: Person, identity: CommuneIdentity, on: date) -> str:
    """The name of the person's unit on that day; "UBND xã Bình Lương" for a post of the committee, which is above all units."""
    post = _post_of_commune(person.post_on(on), identity)
    body = next((name for name in _COMMITTEE if post.endswith(f"{name} {identity.name}")), "")
    return f"{body} {identity.name}" if body else unit_name_on(person.unit_on(on), on)


def post_and_unit(person: Person, identity: CommuneIdentity, on: date) -> str:
    """ "Nông dân, Thôn 1"; "Chủ tịch UBND xã Bình Lương"."""
    post = person_post(person, on)
    if of_commune := _post_of_commune(post, identity):
        return upper_first(of_commune)
    return upper_first(", ".join(part for part in (post, unit_name_on(person.unit_on(on), on)) if part))


def person_post(person: Person, on: date) -> str:
    """The post on that day; "" for one that names the unit from which a merger moved the person: "Trưởng Thôn 5" of before.

    A query only for people with a post who were moved.
    """
    post = person.post_on(on)
    if not post or person.unit_since is None or on < person.unit_since:
        return post
    left = person.transfers.order_by("-moved_on", "-pk").values_list("from_unit__name", flat=True).first() or ""
    return "" if left and same_words(left, post) and not same_words(left, person.unit.name) else post


def _post_of_commune(post: str, identity: CommuneIdentity) -> str:
    """A post of the commune itself with its name, "Chủ tịch UBND xã Bình Lương", which is above all units; "" for others."""
    kind = identity.name.removesuffix(identity.place_name).strip()
    return f"{post.removesuffix(kind)}{identity.name}" if kind and post.endswith(f" {kind}") else ""


def _collective_place(collective: Unit | None, identity: CommuneIdentity, on: date) -> str:
    """ "Thôn 2, xã Bình Lương"; without what the name of the collective contains."""
    name = unit_name_on(collective, on)
    parent = unit_name_on(collective.parent, on) if collective and collective.parent else ""
    parts = [parent] if parent and not same_words(parent, name) else []
    if not any(_contains_name(part, identity.place_name) for part in (name, *parts)):
        parts.append(identity.name)
    return upper_first(", ".join(parts))


def same_words(name: str, text: str) -> bool:
    """Whether the text contains the name in whole words: "Thôn 2" in "Chi hội Nông dân thôn 2", not in "Tổ 1 thôn 20"."""
    return f" {_folded(name)} " in f" {_folded(text)} "


def _contains_name(text: str, name: str) -> bool:
    return _folded(name) in _folded(text)


# A list of hundreds compares the names of a few units and one commune with each place.
_folded = lru_cache(maxsize=1024)(fold)
