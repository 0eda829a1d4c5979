"""Rulings for the tests of local values, made through the actions."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

from PIL import Image

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.legal import actions
from emulation.legal.actions import Paper, Wording
from emulation.legal.models import LocalValue

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
FROM = date(2026, 11, 1)
PAPER = Paper("Quyết định", "12/2026/QĐ-UBND", date(2026, 10, 20), "Ủy ban nhân dân tỉnh Thanh Hóa", "5")
CITED = "Điều 5 Quyết định số 12/2026/QĐ-UBND ngày 20/10/2026 của Ủy ban nhân dân tỉnh Thanh Hóa"
WORDING = Wording("override", [("person", "")], FROM, "Tỉnh quy định mức riêng", PAPER, content="0.45")
CODE = "GKX.coefficient"


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 40), "white").save(out, "PNG")
    return out.getvalue()


def login(commune: Commune, name: str) -> User:
    prefix = "la-" if commune.code == "xa-la" else ""
    return User.objects.get(username=f"{prefix}{name}")


def drafted(commune: Commune, code: str = CODE, file: bytes | None = PDF, **changes: Any) -> LocalValue:
    wording = replace(WORDING, **changes)
    return actions.start(by=login(commune, "vanphong"), commune=commune, code=code, wording=wording, file=file)


def proposed(commune: Commune, code: str = CODE, **changes: Any) -> LocalValue:
    return actions.propose(by=login(commune, "vanphong"), local=drafted(commune, code, **changes))


def approved(commune: Commune, code: str = CODE, **changes: Any) -> LocalValue:
    return actions.approve(by=login(commune, "chutich"), local=proposed(commune, code, **changes))
