"""Words of awards in a correction, a replacement or a cancellation: what changed, and whether the new words fit. Pure."""

from collections.abc import Mapping

from commendations.rules.wording import NAMES
from emulation.core.text import clean, filled_lines
from villages.rules.people import FORMS_IN_LOWER_CASE

Words = Mapping[str, str]


def changed_words(old: Words, new: Words) -> list[tuple[str, str, str]]:
    """(field, old, new) of every word that is different."""
    return [(field, text, new[field]) for field, text in old.items() if new.get(field, text) != text]


def word_fault(words: Words, has_certificate: bool) -> tuple[str, str] | None:
    """(field, reason) of the first word that cannot be printed, or None.

    The line of the certificate contains the name: "Hộ gia đình bà Lò Thị Hoa" for "Hộ gia đình Lò Thị Hoa".
    """
    if not clean(words.get("name", "")):
        return "name", "Hãy ghi họ tên, tên hộ hoặc tên tập thể."
    if not clean(words.get("achievement", "")):
        return "achievement", "Hãy ghi thành tích."
    if has_certificate and not _contains_in_order(words.get("recipient", ""), words["name"]):
        return "recipient", f"Dòng tên trên giấy khen phải có đủ “{words['name']}”."
    return None


PROPER_BEGINNINGS = (*NAMES, "Đảng", "Công an", "Mặt trận", "Luật", "Quyết định")
"""First words of a reason that keep their capital letter inside a sentence."""


def reason_in_sentence(text: str) -> str:
    """The typed reason after "lý do:": one line, without "do" and the last full stop, a small letter unless a name begins it."""
    reason = " ".join(filled_lines(text)).rstrip(" .;/")
    first, _, rest = reason.partition(" ")
    if first.lower() in ("do", "vì") and rest[:1].islower():  # before a capital letter it is a name: "Vì Văn Hai"
        return rest
    if first.lower() in FORMS_IN_LOWER_CASE:
        return reason[:1].lower() + reason[1:]
    is_name = reason.startswith(PROPER_BEGINNINGS) and not reason.startswith("Trường hợp")
    is_name = is_name or first.isupper() or rest[:1].isupper()
    return reason if is_name else reason[:1].lower() + reason[1:]


def _contains_in_order(text: str, name: str) -> bool:
    """Whether every word of `name` is in `text`, in the same order."""
    rest = iter(text.split())
    return all(any(word == found for found in rest) for word in name.split())
