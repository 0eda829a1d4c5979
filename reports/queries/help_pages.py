"""The help pages: a template of templates/help is a page, its block `question` the question that it answers."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.template import Context, Engine
from django.template.loader_tags import BlockNode

HELP_FOLDER = Path(settings.BASE_DIR) / "templates" / "help"
NOT_HELP_PAGES = {"base_help", "index", "_list"}


@cache
def help_pages() -> dict[str, str]:
    """{slug: question} of every help page."""
    slugs = [path.stem for path in sorted(HELP_FOLDER.glob("*.html")) if path.stem not in NOT_HELP_PAGES]
    return {slug: _question(slug) for slug in slugs}


def _question(slug: str) -> str:
    """The text of the block `question`; a page without one is an error."""
    template = Engine.get_default().get_template(f"help/{slug}.html")
    nodes = template.nodelist.get_nodes_by_type(BlockNode)
    blocks = {node.name: node for node in nodes if isinstance(node, BlockNode)}
    text = blocks["question"].nodelist.render(Context({}))
    return " ".join(text.split())
