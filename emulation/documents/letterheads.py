"""Letterheads of a commune's papers (names of the day, symbol of the number series in force) and the note of the demo."""

from datetime import date

from emulation.communes.models import Commune
from emulation.documents.blocks.letterhead import Letterhead
from emulation.documents.numbering import series_on

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


def demo_note(commune: Commune) -> str:
    """The small print at the end of every paper of the demo; empty for a real commune."""
    return "Dữ liệu minh họa" if commune.is_demo else ""


def _symbol(commune: Commune, on: date, series: str) -> str:
    return series_on(commune, series, on).symbol if series else ""
