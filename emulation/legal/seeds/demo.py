"""Demo of local values: one proposal awaiting the chair's approval. It is marked as invented and has no effect before."""

import io
from dataclasses import replace
from datetime import date

from PIL import Image, ImageDraw

from emulation.accounts.models import User
from emulation.communes.capacity import role_holder_ids
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.legal.local_values import actions
from emulation.legal.models import LocalValue

DEMO_PAPER = actions.SupportingPaper("Văn bản minh họa", "00/QĐ-UBND", None, "Ủy ban nhân dân tỉnh (minh họa)", "1")


def play_legal_demo(commune: Commune, on: date) -> str:
    """The office proposes to confirm the rounding of prize money; only once. Returns a summary, or ""."""
    office = User.objects.filter(pk__in=role_holder_ids(commune.pk, Role.office, on=on)).order_by("pk").first()
    if office is None or LocalValue.objects.filter(commune=commune).exists():
        return ""
    wording = actions.LocalValueInput(
        mode=LocalValue.CONFIRM,
        pairs=[("", "")],
        starts_on=on,
        reason="Dữ liệu minh họa: tỉnh hướng dẫn cách làm tròn đúng như quy định chung đang hiện.",
        paper=replace(DEMO_PAPER, day=on),
    )
    local = actions.start_local_value(
        by=office, commune=commune, code="award.rounding", wording=wording, file=_page_image()
    )
    actions.propose_local_value(by=office, local=local)
    return "một quy định của địa phương chờ Chủ tịch duyệt"


def _page_image() -> bytes:
    """A PNG of a page with grey lines instead of text."""
    image = Image.new("RGB", (620, 877), "white")
    draw = ImageDraw.Draw(image)
    for place in range(24):
        draw.line((60, 90 + 30 * place, 560 - 40 * (place % 3), 90 + 30 * place), fill="lightgrey", width=6)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
