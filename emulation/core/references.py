"""Numbers of papers in HTML: "05/QĐ-UBND" stays on one line."""

import re

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

_REFERENCE = re.compile(
    r"(?<![\w/#.-])\d+(?:/\d{4})?(?:[/-][A-ZĐƯƠ][\wĐ]*)*-[A-ZĐƯƠ][\wĐ]*(?:/[A-ZĐƯƠ]\w*)?"  # 05/QĐ-UBND, 04-CT/TU
)
_TAG = re.compile(r"(<[^>]*>)")


def keep_references(text: object) -> SafeString:
    """The text as HTML in which no line parts the number of a paper: "05/QĐ-UBND", "129/2025/NĐ-CP"; "" for None."""
    if text is None:
        return SafeString("")
    parts = _TAG.split(conditional_escape(str(text)))  # every second one is a tag
    parts[::2] = [_REFERENCE.sub(r'<span class="nowrap">\g<0></span>', part) for part in parts[::2]]
    return mark_safe("".join(parts))  # noqa: S308 - escaped above, or safe before
