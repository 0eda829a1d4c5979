"""The letter that urges (công văn đôn đốc): begun from the list of what is owed, then on the way of every letter."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from campaigns.directives.models.letter import Letter
from campaigns.directives.queries.letter import chair_name
from campaigns.obligations.queries import Obligation
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.workflow.transitions import act
from villages.models import Unit

OPENING = (
    "Thực hiện công tác thi đua, khen thưởng của xã, Ủy ban nhân dân xã đã đề nghị các đơn vị gửi kết quả theo thời hạn. "
    "Tính đến ngày {day}, còn {count} đơn vị chưa thực hiện đầy đủ."
)
REQUEST = (
    "Đề nghị người đứng đầu các đơn vị nêu trên khẩn trương thực hiện, gửi kết quả về Ủy ban nhân dân xã "
    "(qua Văn phòng - Thống kê); nếu có khó khăn, vướng mắc thì báo cáo rõ lý do"
)


def start_reminder_letter(*, by: User, commune: Commune, asks: Iterable[Obligation], on: date) -> Letter:
    """Begins a công văn đôn đốc that names each unit and what it owes. RuleBroken when nobody owes anything."""
    owed: dict[int, list[Obligation]] = defaultdict(list)
    for ask in asks:
        owed[ask.unit_id].append(ask)
    if not owed:
        raise RuleBroken("Không có đơn vị nào còn nợ việc, không cần công văn đôn đốc.")
    units = list(Unit.objects.filter(pk__in=owed))
    with act("campaigns.start_urging", commune, by=by, units=len(units)) as locked:
        return Letter.objects.create(
            commune=locked,
            state=Letter.DRAFT,
            subject="Về việc đôn đốc thực hiện công tác thi đua, khen thưởng",
            addressees="\n".join(unit.head_post for unit in units),
            opening=OPENING.format(day=format_date(on), count=len(units)),
            tasks_1="\n".join(["Các đơn vị và việc chưa thực hiện", *(_line(unit, owed[unit.pk]) for unit in units)]),
            closing=REQUEST,
            recipients="Như trên (t/h)\nChủ tịch, các Phó Chủ tịch UBND xã (c/đ)\nLưu: VT, VP",
            signer=chair_name(locked, timezone.localdate()),
            created_by=by,
        )


def _line(unit: Unit, asks: list[Obligation]) -> str:
    return f"- {unit.name}: " + "; ".join(f"{ask.title} (hạn {format_date(ask.due_on)})" for ask in asks) + "."
