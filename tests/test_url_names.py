"""Addresses of the product are written in urls.py only; everything else names them (`reverse`, `{% url %}`)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from reports.queries.url_routes import url_routes

APPS = ("emulation", "villages", "campaigns", "commendations", "reports", "portal")
# 500.html needs nothing of the program, which may be what failed.
WITHOUT_URLS = "templates/500.html"
HOME_LINK = re.compile(r"""(?:href|action)=["']/["']""")


def first_segments() -> set[str]:
    """The first part of every path of the product: `khen-thuong`, `van-ban` …"""
    return {route.route.split("/")[0] for route in url_routes()} - {""}


def quoted_address() -> re.Pattern[str]:
    """A path of the product at the beginning of a quoted text."""
    return re.compile(rf"""["'`]/(?:{"|".join(sorted(first_segments()))})/""")


def address_lines(path: Path) -> Iterator[int]:
    """The lines of a Python file in which a text, or a part of an f-string, begins with a path of the product."""
    starts = tuple(f"/{segment}/" for segment in first_segments())
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(starts):
            yield node.lineno


def product_files(ending: str) -> Iterator[Path]:
    for folder in (*APPS, "templates", "static/src"):
        for path in sorted((settings.BASE_DIR / folder).rglob(f"*{ending}")):
            if not {"tests", "migrations"} & set(path.parts):
                yield path


def test_python_names_addresses() -> None:
    faults: list[str] = []
    for path in product_files(".py"):
        if path.name != "urls.py":
            faults += [f"{path.relative_to(settings.BASE_DIR)}:{line}" for line in address_lines(path)]
    assert not faults, "use reverse():\n" + "\n".join(faults)


@pytest.mark.parametrize("ending", [".html", ".js"])
def test_templates_and_scripts_name_addresses(ending: str) -> None:
    address = quoted_address()
    faults = []
    for path in product_files(ending):
        name = str(path.relative_to(settings.BASE_DIR))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if address.search(line) or (name != WITHOUT_URLS and HOME_LINK.search(line)):
                faults.append(f"{name}:{number}")
    assert not faults, "use {% url %}:\n" + "\n".join(faults)


def test_the_check_finds_an_address(tmp_path: Path) -> None:
    written = tmp_path / "example.py"
    written.write_text('LINK = "/khen-thuong/de-nghi/"\nTEXT = f"mở {SITE}/van-ban/{pk}/"\nOTHER = "a/b"\n', "utf-8")
    assert list(address_lines(written)) == [1, 2]
    assert quoted_address().search('<a href="/thi-dua/ky/">') and HOME_LINK.search('<a href="/">')
    assert not quoted_address().search('<a href="/static/built/icons.svg">')
