"""HTML -> PDF by WeasyPrint. One font configuration and one parsed style a process and style version; nothing is ever fetched."""

import threading
from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any

from emulation.documents.engines import html as html_engine

_local = threading.local()


def render(bodies: Iterable[str], title: str, style_version: str = html_engine.STYLE_VERSION) -> bytes:
    """The PDF of frozen bodies whose pictures are already data (html.with_pictures)."""
    from weasyprint import HTML

    config, sheet = _tools(style_version)
    text = (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f"<body>{''.join(bodies)}</body></html>"
    )
    document = HTML(string=text, url_fetcher=_fetcher(), base_url=None)
    pdf: bytes = document.write_pdf(stylesheets=[sheet], font_config=config)
    return pdf


def _tools(version: str) -> tuple[Any, Any]:
    """(FontConfiguration, CSS): costly, and not safe to share between threads."""
    known: dict[str, tuple[Any, Any]] = _local.__dict__.setdefault("tools", {})
    if version not in known:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        config = FontConfiguration()
        css = CSS(string=html_engine.stylesheet(version), font_config=config, url_fetcher=_fetcher())
        known[version] = config, css
    return known[version]


@cache
def _fetcher() -> Any:
    """Refuses every address but data: the default one would read any file of the server."""
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=("data",))
