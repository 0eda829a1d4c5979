"""Local values for tests, created through the actions."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

from PIL import Image

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.legal.local_values import actions
from emulation.legal.local_values.actions import LocalValueInput, SupportingPaper
from emulation.legal.models import LocalValue

PDF_BYTES = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
FIRST_DAY = date(2026, 11, 1)
SUPPORTING_PAPER = SupportingPaper(
    "Quyết định", "12/2026/QĐ-UBND", date(2026, 10, 20), "Ủy ban nhân dân tỉnh Thanh Hóa", "5"
)
CITATION_TEXT = "Điều 5 Quyết định số 12/2026/QĐ-UBND ngày 20/10/2026 của Ủy ban nhân dân tỉnh Thanh Hóa"
LOCAL_VALUE_INPUT = LocalValueInput(
    "override", [("person", "")], FIRST_DAY, "Tỉnh quy định mức riêng", SUPPORTING_PAPER, content="0.45"
)
QUESTION_CODE = "GKX.coefficient"


def png_bytes() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 40), "white").save(out, "PNG")
    return out.getvalue()


def commune_user(commune: Commune, name: str) -> User:
    prefix = "la-" if commune.code == "xa-la" else ""
    return User.objects.get(username=f"{prefix}{name}")


def drafted_local_value(
    commune: Commune, code: str = QUESTION_CODE, file: bytes | None = PDF_BYTES, **changes: Any
) -> LocalValue:
    wording = replace(LOCAL_VALUE_INPUT, **changes)
    return actions.start_local_value(
        by=commune_user(commune, "vanphong"), commune=commune, code=code, wording=wording, file=file
    )


def proposed_local_value(commune: Commune, code: str = QUESTION_CODE, **changes: Any) -> LocalValue:
    return actions.propose_local_value(
        by=commune_user(commune, "vanphong"), local=drafted_local_value(commune, code, **changes)
    )


def approved_local_value(commune: Commune, code: str = QUESTION_CODE, **changes: Any) -> LocalValue:
    return actions.approve_local_value(
        by=commune_user(commune, "chutich"), local=proposed_local_value(commune, code, **changes)
    )
