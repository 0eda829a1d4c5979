"""The help pages: what stands in templates/help is what can be asked for, and nothing else."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings

HELP_FOLDER = Path(settings.BASE_DIR) / "templates" / "help"
NOT_HELP_PAGES = {"base_help", "index"}
QUESTION_COMMENT = re.compile(r"\{#\s*(.+?)\s*#\}")


@cache
def help_pages() -> dict[str, str]:
    """Slug and question of every help page; the question is its first comment."""
    found = {}
    for path in sorted(HELP_FOLDER.glob("*.html")):
        if path.stem in NOT_HELP_PAGES:
            continue
        match = QUESTION_COMMENT.search(path.read_text(encoding="utf-8"))
        found[path.stem] = match.group(1) if match else path.stem
    return found
