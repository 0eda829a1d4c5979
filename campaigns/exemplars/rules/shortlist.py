"""Texts for publication: the first sentence of a deed, private data (phone, CCCD) found in a text. Pure."""

import re

GIST_LENGTH = 160
PHONE = re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){8,10}(?!\d)")
ID_NUMBER = re.compile(r"(?<!\d)\d{12}(?!\d)")
BORN = re.compile(r"\b(?:sinh năm|năm sinh|sinh ngày|ngày sinh|sn)\b[ :]*(?:\d|$)", re.IGNORECASE)


def first_sentence(deed: str, max_length: int = GIST_LENGTH) -> str:
    """The first sentence of the deed, for one cell of a list; a long one is cut at a word."""
    text = " ".join(deed.split())
    first = re.split(r"(?<=\w)[.!?]\s+", text, maxsplit=1)[0].rstrip(" .!?;,")
    if len(first) <= max_length:
        return first
    return first[: max_length - 1].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"


def private_data_in(text: str) -> list[str]:
    """The kinds of private data in a text for the public page: telephone numbers, identity numbers, years of birth."""
    found = []
    if PHONE.search(text):
        found.append("số điện thoại")
    if ID_NUMBER.search(PHONE.sub("", text)):
        found.append("số căn cước")
    if BORN.search(text):
        found.append("năm sinh")
    return found
