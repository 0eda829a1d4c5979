"""HTML -> PDF with WeasyPrint. Fonts and styles are loaded once per thread and style version; nothing is ever fetched."""

import re
import threading
from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any

from emulation.documents.engines import html as html_engine
from emulation.documents.engines.images import ImageReader
from emulation.documents.engines.layout import STYLE_VERSIONS

_ASSET = re.compile(r"asset:([0-9a-f]{64})")
_local = threading.local()
SHORTER = 0.15
"""How much shorter a text is, at most, in the densities that save a page."""


def render_pdf(
    bodies: Iterable[str], title: str, style_version: str = html_engine.STYLE_VERSION, read: ImageReader | None = None
) -> bytes:
    """The PDF of frozen bodies; `read` returns the images that they name by hash, each read once per file."""
    return _pdf(_rendered(bodies, title, style_version, read))


def render_paper(
    body: str, title: str, style_version: str = html_engine.STYLE_VERSION, read: ImageReader | None = None
) -> bytes:
    """The PDF of one frozen paper, in the first of `layout.DENSITIES` in which its text fits one page or saves a page."""
    density, document = _fitted(body, title, style_version, read)
    if html_engine.FIRST_APPENDIX in body:
        document = _rendered([_set_closer(body, density)], title, style_version, read)
    return _pdf(document)


def fitting_density(body: str, title: str, style_version: str = html_engine.STYLE_VERSION) -> int:
    """The index of the density in which `render_paper` sets the paper."""
    return _fitted(body, title, style_version, None)[0]


def _fitted(body: str, title: str, style_version: str, read: ImageReader | None) -> tuple[int, Any]:
    """The index of the density, and the text in it without the appendices, which begin on a page of their own and may be long.

    The usual density if none saves a page.
    """
    text = body.partition(html_engine.FIRST_APPENDIX)[0]
    first = _rendered([text], title, style_version, read)
    for density in _closer_densities(body, style_version, first.pages):
        document = _rendered([_set_closer(text, density)], title, style_version, read)
        if len(document.pages) < len(first.pages):
            return density, document
    return 0, first


def _set_closer(body: str, density: int) -> str:
    return body.replace(html_engine.PAPER, f"{html_engine.PAPER} close-{density}", 1) if density else body


def _closer_densities(body: str, style_version: str, pages: list[Any]) -> tuple[int, ...]:
    """The densities to try: all for a text of two pages that must fit one, all but the closest to save a page."""
    style = STYLE_VERSIONS[style_version]
    closer = style.densities[1:]
    if body.startswith(html_engine.ONE_PAGE):
        return closer if len(pages) == 2 else ()  # three pages never fit one
    return closer[:-1] if style.saves_pages and _last_page_is_short(pages) else ()


def _last_page_is_short(pages: list[Any]) -> bool:
    """Whether the text may end a page earlier when it is set closer, by the place of the signature: an estimate."""
    foot = pages[-1].anchors.get(html_engine.FOOT_ID)
    return len(pages) > 1 and foot is not None and foot[1] < pages[-1].height * (SHORTER * (len(pages) - 1) + 0.05)


def _rendered(bodies: Iterable[str], title: str, style_version: str, read: ImageReader | None) -> Any:
    from weasyprint import HTML

    config, sheet = _font_config_and_css(style_version)
    text = (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f"<body>{''.join(bodies)}</body></html>"
    )
    return HTML(string=text, url_fetcher=_fetcher(read), base_url=None).render(stylesheets=[sheet], font_config=config)


def _pdf(document: Any) -> bytes:
    pdf: bytes = document.write_pdf()
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
