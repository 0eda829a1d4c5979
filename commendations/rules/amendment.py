"""Words of awards in a correction, a replacement or a cancellation: what changed, and whether the new words fit. Pure."""

from collections.abc import Mapping

from emulation.core.text import clean

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


def _contains_in_order(text: str, name: str) -> bool:
    """Whether every word of `name` is in `text`, in the same order."""
    rest = iter(text.split())
    return all(any(word == found for found in rest) for word in name.split())
