"""System checks for two system packages: without them, papers silently get a wrong font or take eight times longer."""

import ctypes
import shutil
import subprocess
from contextlib import suppress
from typing import Any

from django.core.checks import CheckMessage, Error, register

REQUIRED_FONT = "Tinos"


@register("documents")
def check_font(**_: Any) -> list[CheckMessage]:
    """Tinos has the metrics of Times New Roman and all Vietnamese letters; a fallback font would mix fonts in words."""
    fc_match = shutil.which("fc-match")
    found = ""
    if fc_match:
        command = [fc_match, REQUIRED_FONT]
        found = subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603
    if f'"{REQUIRED_FONT}"' in found:
        return []
    return [
        Error(f"Thiếu phông chữ {REQUIRED_FONT} để in văn bản.", hint="apt install fonts-croscore", id="documents.E001")
    ]


@register("documents")
def check_subsetter(**_: Any) -> list[CheckMessage]:
    """WeasyPrint without libharfbuzz-subset is four to eight times slower."""
    with suppress(OSError):
        # Loads it in the same way as WeasyPrint; importing WeasyPrint here would add a second to every start.
        ctypes.CDLL("libharfbuzz-subset.so.0")
        return []
    return [Error("Thiếu thư viện libharfbuzz-subset.", hint="apt install libharfbuzz-subset0", id="documents.E002")]
