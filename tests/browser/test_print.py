"""Pages on paper: A4, lists with many columns in landscape."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from playwright.sync_api import Page

PORTRAIT = (210, 297)
LANDSCAPE = (297, 210)


def printed_size(page: Page) -> tuple[int, int]:
    """Width and height of the first printed page in millimetres."""
    with pikepdf.open(BytesIO(page.pdf(prefer_css_page_size=True))) as document:
        _, _, width, height = (float(one) for one in document.pages[0].mediabox)
    return round(width / 72 * 25.4), round(height / 72 * 25.4)


@pytest.mark.parametrize("width", [1280], indirect=True)
def test_wide_lists_print_on_a4_landscape_and_pages_on_portrait(visit: Callable[..., Page]) -> None:
    office = visit("vanphong")
    for path, size in (
        ("/khen-thuong/so-vang/?dang=in", LANDSCAPE),
        ("/khen-thuong/quyet-dinh/?dang=in", LANDSCAPE),
        ("/viec-cua-toi/", PORTRAIT),
    ):
        office.goto(path)
        assert printed_size(office) == size, path
