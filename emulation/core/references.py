"""Numbers of papers in HTML: "05/QĐ-UBND" stays on one line."""

import re

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

_REFERENCE = re.compile(
    r"(?<![\w/#.-])\d+(?:/\d{4})?(?:[/-][A-ZĐƯƠ][\wĐ]*)*-[A-ZĐƯƠ][\wĐ]*(?:/[A-ZĐƯƠ]\w*)?"  # 05/QĐ-UBND, 04-CT/TU
)
_KEPT = '<span class="nowrap">'
_TAG = re.compile(r"(<[^>]*>)")


def keep_references(text: object) -> SafeString:
    """The text as HTML in which no line parts the number of a paper: "05/QĐ-UBND", "129/2025/NĐ-CP"; "" for None."""
    if text is None:
        return SafeString("")
    parts = _TAG.split(conditional_escape(str(text)))  # every second one is a tag
    for place in range(0, len(parts), 2):
        if place == 0 or parts[place - 1] != _KEPT:  # kept already, by the part of the page that is inside this one
            parts[place] = _REFERENCE.sub(rf"{_KEPT}\g<0></span>", parts[place])
    return mark_safe("".join(parts))  # noqa: S308 - escaped above, or safe before
