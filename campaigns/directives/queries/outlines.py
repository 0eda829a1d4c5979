"""Outlines of letters that carry out known directives, read from `campaigns/directives/outlines/*.toml`."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from campaigns.directives.rules.document_symbols import symbol_key
from emulation.communes.models import Commune
from emulation.legal import current

FOLDER = Path(__file__).parents[1] / "outlines"


@cache
def known_directives() -> dict[str, dict[str, Any]]:
    """Known directives by symbol: symbol, issued_on, issuer, subject, received_on, outline."""
    rows = (tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("directive_*.toml")))
    return {row["symbol"]: row for row in rows}


def outline_for(symbol: str) -> dict[str, Any]:
    """The outline of the letter for the directive with that symbol, in any spelling; empty for an unknown directive.

    Keys are columns of `Letter`, and `duties`: its tasks, each with code, group, words, performers, recurring, aim.
    """
    by_key = {symbol_key(name): row for name, row in known_directives().items()}
    return dict(by_key.get(symbol_key(symbol), {}).get("outline", {}))


def with_bodies(text: str, commune: Commune, on: date) -> str:
    """A text of an outline with the bodies of that day for {office}, {superior} and {file}."""
    offices = current.commune_offices_for(commune.pk, on)
    bodies = {"office": offices.awards, "superior": commune.identity_on(on).superior_office, "file": offices.file_line}
    for name, body in bodies.items():
        text = text.replace(f"{{{name}}}", body)
    return text
