"""Characters that no name has: damaged letters (U+FFFD), pictures (emoji), marks piled on one letter. Pure."""

import unicodedata

_SIGNS_IN_NAMES = frozenset("№™℠℗")
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
MOST_MARKS = 1
"""Marks on a letter that has no character of its own with them, as Ê̆ in the languages of the Central Highlands."""


def name_character_fault(name: str) -> str:
    """Why a name of a person, household, unit or collective is refused for its characters, as a sentence; "" if it is not."""
    text = unicodedata.normalize("NFC", name)
    if "\ufffd" in text:
        return "Có chữ bị hỏng khi chép, hiện thành “\ufffd”: hãy gõ lại chữ đó."
    if pictures := list(dict.fromkeys(char for char in text if _is_picture(char))):
        return f"Có hình, ký hiệu không in được trong tên: “{''.join(pictures)}”. Hãy bỏ đi."
    if letter := _piled_letter(text):
        return f"Dấu chồng quá nhiều ở chữ “{letter}”, hoặc dấu đứng một mình: hãy gõ lại."
    return ""


def _is_picture(char: str) -> bool:
    category = unicodedata.category(char)
    code = ord(char)
    if category == "So":
        return code > 0xFF and char not in _SIGNS_IN_NAMES  # below: © ® ° and others that old encodings use
    return category in ("Cn", "Me") or code in _VARIATION_SELECTORS or (category == "Sk" and code > 0xFFFF)


def _piled_letter(text: str) -> str:
    """The first letter with more marks than MOST_MARKS, or "◌" for a mark on none; "" if there is none."""
    letter = ""
    marks = 0
    for char in text:
        if not unicodedata.combining(char):
            letter = char if char.isalpha() else ""
            marks = 0
            continue
        marks += 1
        if marks > MOST_MARKS or not letter:
            return letter or "◌"
    return ""
