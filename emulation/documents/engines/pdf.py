"""HTML -> PDF with WeasyPrint. Fonts and styles are loaded once per thread and style version; nothing is ever fetched."""

import re
import threading
from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any

from emulation.documents.engines import html as html_engine
from emulation.documents.engines.images import ImageReader

_ASSET = re.compile(r"asset:([0-9a-f]{64})")
_local = threading.local()


def render_pdf(
    bodies: Iterable[str], title: str, style_version: str = html_engine.STYLE_VERSION, read: ImageReader | None = None
) -> bytes:
    """The PDF of frozen bodies; `read` returns the images that they name by hash, each read once per file."""
    from weasyprint import HTML

    config, sheet = _font_config_and_css(style_version)
    text = (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f"<body>{''.join(bodies)}</body></html>"
    )
    document = HTML(string=text, url_fetcher=_fetcher(read), base_url=None)
    pdf: bytes = document.write_pdf(stylesheets=[sheet], font_config=config)
    return pdf


def _font_config_and_css(version: str) -> tuple[Any, Any]:
    """(FontConfiguration, CSS), cached per thread: slow to create and not thread-safe."""
    cached: dict[str, tuple[Any, Any]] = _local.__dict__.setdefault("tools", {})
    if version not in cached:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        config = FontConfiguration()
        css = CSS(string=html_engine.stylesheet(version), font_config=config, url_fetcher=_fetcher(None))
        cached[version] = config, css
    return cached[version]


@cache
def _fetcher(read: ImageReader | None) -> Any:
    """A URL fetcher for data URLs and uploaded images (by hash) only; WeasyPrint's default would read any file."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            found = _ASSET.fullmatch(url)
            if found is None:
                return super().fetch(url, headers)
            data = read(found[1]) if read else None
            if data is None:
                raise ValueError(f"no image {found[1]}")
            return URLFetcherResponse(url, data, {"Content-Type": f"image/{html_engine.image_subtype(data)}"})

    return Fetcher(allowed_protocols=("data",))
