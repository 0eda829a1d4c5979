"""Letterheads of a commune's papers (names of the day, symbol of the number series in force) and the note of the demo."""

from dataclasses import replace
from datetime import date
from typing import TypeVar

from emulation.communes.models import Commune
from emulation.documents.blocks.certificate import Certificate
from emulation.documents.blocks.letterhead import Letterhead
from emulation.documents.blocks.paper import Paper
from emulation.documents.numbering import series_on

SheetT = TypeVar("SheetT", bound=Paper | Certificate)

DEMO_NOTE = "Dữ liệu minh họa"
COUNCIL = "HỘI ĐỒNG\nTHI ĐUA - KHEN THƯỞNG"


def committee_letterhead(commune: Commune, on: date, series: str = "") -> Letterhead:
    """The letterhead of the people's committee; without a series the paper takes no number and is dated `on`."""
    identity = commune.identity_on(on)
    return Letterhead(
        issuer=identity.issuer,
        parent=identity.letterhead_parent,
        place=identity.place_name,
        symbol=_symbol(commune, on, series),
        day=None if series else on,
        year=on.year,
    )


def council_letterhead(commune: Commune, on: date, series: str = "") -> Letterhead:
    """The letterhead of the council below the people's committee; without a series as `committee_letterhead`."""
    identity = commune.identity_on(on)
    return Letterhead(
        issuer=COUNCIL,
        parent=identity.issuer,
        place=identity.place_name,
        symbol=_symbol(commune, on, series),
        day=None if series else on,
        year=on.year,
    )


def with_demo_note(sheet: SheetT, commune: Commune) -> SheetT:
    """The paper with "Dữ liệu minh họa" in its small print if the commune is the demo; unchanged for a real commune.

    Drafts, issuing and freezing call it, so that no paper of the demo is without.
    """
    if not commune.is_demo or DEMO_NOTE in sheet.note:
        return sheet
    return replace(sheet, note="; ".join(part for part in (sheet.note, DEMO_NOTE) if part))


def _symbol(commune: Commune, on: date, series: str) -> str:
    return series_on(commune, series, on).symbol if series else ""
