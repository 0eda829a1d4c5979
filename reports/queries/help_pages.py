"""The help pages: the templates in templates/help, and no others."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings

HELP_FOLDER = Path(settings.BASE_DIR) / "templates" / "help"
NOT_HELP_PAGES = {"base_help", "index"}
QUESTION_COMMENT = re.compile(r"\{#\s*(.+?)\s*#\}")


@cache
def help_pages() -> dict[str, str]:
    """{slug: question} of every help page; the question is the first comment of its template."""
    found = {}
    for path in sorted(HELP_FOLDER.glob("*.html")):
        if path.stem in NOT_HELP_PAGES:
            continue
        match = QUESTION_COMMENT.search(path.read_text(encoding="utf-8"))
        found[path.stem] = match.group(1) if match else path.stem
    return found
