"""Rules on accounts: protected roles, who may confirm, what one signs in with, suggested login names, guessable passwords."""

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta

from emulation.communes.roles import Role
from emulation.core.text import fold

SLIP_LIFE = timedelta(hours=72)
REQUEST_LIFE = timedelta(days=7)
DEPENDENCE = timedelta(days=30)
"""How long an account depends on the person who printed its slip or gave it a role."""

# By name, so that a role that is added later (the vice chair) is protected from its first day.
PROTECTED_ROLES = frozenset(
    role for role in Role if role.value in {"chair", "vice_chair", "clerk", "administrator", "superior"}
)
"""Who decides, numbers, supervises or administers: nobody gets at such an account without a second person."""
CONFIRMING_ROLES = frozenset(
    role for role in Role if role.value in {"chair", "vice_chair", "office", "clerk", "administrator"}
)
MANAGING_ROLES = frozenset({Role.office, Role.administrator})
MIN_LETTERS_OF_ITS_OWN = 4
PHONE_PATTERN = re.compile(r"^0[235789]\d{8,9}$")


def phone_digits(typed: str) -> str:
    """The digits of a phone number in local form; also reads +84, dots, hyphens and brackets. "" if it is no number."""
    digits = re.sub(r"^\+?84", "0", re.sub(r"[\s.\-()]", "", typed))
    return digits if PHONE_PATTERN.match(digits) else ""


def grouped_digits(digits: str) -> str:
    """0912345678 as stored and shown: "0912 345 678"; "" for ""."""
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}" if digits else ""


def counted_name(typed: str) -> str:
    """What failed sign-ins are counted by: the digits of a phone number, else the name or e-mail address, in lower case."""
    return phone_digits(typed) or typed.strip().lower()[:60]


def is_protected(roles: Iterable[Role]) -> bool:
    """Whether an account with these roles, present or to come, needs a second person."""
    return not PROTECTED_ROLES.isdisjoint(roles)


def controllers_of(user_id: int, edges: Iterable[tuple[int, int]]) -> set[int]:
    """The users who may have control of this account, itself among them.

    An edge (a, b): a lately printed a slip for b, which a may have used, or gave b a role. It counts along chains: who
    prints a slip for the office can as the office print one for a third account.
    """
    made_by: dict[int, set[int]] = {}
    for controller, controlled in edges:
        made_by.setdefault(controlled, set()).add(controller)
    found = {user_id}
    waiting = [user_id]
    while waiting:
        for controller in made_by.get(waiting.pop(), set()) - found:
            found.add(controller)
            waiting.append(controller)
    return found


def are_independent(one: int, other: int, edges: Iterable[tuple[int, int]]) -> bool:
    """Whether no single person can be behind both accounts: nobody controls the two of them."""
    edges = list(edges)
    return controllers_of(one, edges).isdisjoint(controllers_of(other, edges))


def suggested_login(full_name: str, taken: Iterable[str] = ()) -> str:
    """A login name from a name, "Lê Văn Tám" -> "tam.lv", with a number if it is taken; "" for a name without letters."""
    words = [re.sub(r"[^a-z0-9]", "", word) for word in fold(full_name).split()]
    words = [word for word in words if word]
    if not words:
        return ""
    initials = "".join(word[0] for word in words[:-1])
    base = f"{words[-1]}.{initials}"[:50] if initials else words[-1][:50]
    names = set(taken)
    number = 2
    login = base
    while login in names:
        login = f"{base}{number}"
        number += 1
    return login


def plain_letters(text: str) -> str:
    """Letters without diacritics and digits only, in lower case: "Thôn 2, Bình-Lương" -> "thon2binhluong"."""
    return re.sub(r"[^a-z0-9]", "", fold(text))


# The first that is found decides: Edge and Zalo also name Chrome, Chrome also names Safari.
BROWSERS = (
    ("zalo", "Zalo"), ("edg", "Edge"), ("coc_coc", "Cốc Cốc"), ("opr/", "Opera"), ("samsungbrowser", "Samsung Internet"),
    ("firefox", "Firefox"), ("fxios", "Firefox"), ("chrome", "Chrome"), ("crios", "Chrome"), ("safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iphone", "iPhone"), ("ipad", "iPad"), ("android", "điện thoại Android"), ("windows", "máy tính Windows"),
    ("mac os", "máy Mac"), ("linux", "máy tính Linux"),
)  # fmt: skip


def device_name(user_agent: str) -> str:
    """The browser and the kind of device of a User-Agent header: "Chrome, điện thoại Android"; never a part of the header."""
    text = user_agent.lower()
    browser = next((name for part, name in BROWSERS if part in text), "Trình duyệt khác")
    system = next((name for part, name in SYSTEMS if part in text), "máy không rõ loại")
    return f"{browser}, {system}"


def idle_limit(roles: Iterable[Role], minutes: Mapping[str, int]) -> timedelta | None:
    """How long a session of a user with these roles may stay without a request: the shortest of its roles; None: no limit."""
    limits = [minutes[role.value] for role in roles if minutes.get(role.value)]
    return timedelta(minutes=min(limits)) if limits else None


def is_guessable(password: str, words: Iterable[str]) -> bool:
    """Whether a password is little more than one of these words (names of the commune, of its units, of the user)."""
    left = plain_letters(password)
    known = {plain_letters(word) for word in words}
    for word in sorted(known, key=len, reverse=True):
        if len(word) >= 3:
            left = left.replace(word, " ")
    return sum(letter.isalpha() for letter in left) < MIN_LETTERS_OF_ITS_OWN and left != plain_letters(password)
