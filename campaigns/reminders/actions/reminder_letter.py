"""The reminder letter (công văn đôn đốc): a draft made from open obligations; from then on a letter like any other."""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from campaigns.directives.models.letter import Letter
from campaigns.obligations.queries import Obligation
from emulation.accounts.models import User
from emulation.accounts.queries import chair_signer
from emulation.communes.capacity import successors_on
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.core.formatting import date_in_words
from emulation.legal import current
from emulation.workflow.transitions import act
from villages.models import Unit

OPENING = (
    "Thực hiện công tác thi đua, khen thưởng của xã, Ủy ban nhân dân xã đã đề nghị các đơn vị gửi kết quả theo thời hạn. "
    "Tính đến {day}, còn {count:02d} đơn vị chưa thực hiện đầy đủ."
)
REQUEST = (
    "Đề nghị người đứng đầu các đơn vị nêu trên khẩn trương thực hiện, gửi kết quả về Ủy ban nhân dân xã "
    "(qua {office}); nếu có khó khăn, vướng mắc thì báo cáo rõ lý do"
)

_MONTH = re.compile(r"(?<=tháng \d)/(?=\d{4})|(?<=tháng \d\d)/(?=\d{4})")
"""The slash of "tháng 11/2026" in the title of an obligation, written "tháng 11 năm 2026" in a letter."""


def start_reminder_letter(*, by: User, commune: Commune, obligations: Iterable[Obligation], on: date) -> Letter:
    """Draft a công văn đôn đốc that lists each unit with its obligations. Raises RuleBroken when there are none.

    What a closed unit still has to do is of the unit that took over, which is addressed.
    """
    successors = successors_on(commune.pk, on)
    by_unit: dict[int, list[Obligation]] = defaultdict(list)
    for obligation in obligations:
        by_unit[successors.get(obligation.unit_id, obligation.unit_id)].append(obligation)
    if not by_unit:
        raise RuleBroken("Không có đơn vị nào còn nợ việc, không cần công văn đôn đốc.")
    units = list(Unit.objects.filter(pk__in=by_unit))
    former = dict(Unit.objects.filter(pk__in=successors).values_list("pk", "name"))
    today = timezone.localdate()
    offices = current.commune_offices_for(commune.pk, today)
    with act("campaigns.start_urging", commune, by=by, units=len(units)) as locked:
        return Letter.objects.create(
            commune=locked,
            state=Letter.DRAFT,
            subject="Về việc đôn đốc thực hiện công tác thi đua, khen thưởng",
            addressees="\n".join(unit.head_post for unit in units),
            opening=OPENING.format(day=date_in_words(on), count=len(units)),
            tasks_1="\n".join(
                ["Các đơn vị và việc chưa thực hiện:", *(_line(unit, by_unit[unit.pk], former) for unit in units)]
            ),
            closing=REQUEST.format(office=offices.awards),
            recipients=f"Như trên (t/h)\nChủ tịch, các Phó Chủ tịch UBND xã (c/đ)\n{offices.file_line}",
            **chair_signer(locked.pk, today).columns,
            created_by=by,
        )


def _line(unit: Unit, obligations: list[Obligation], former: dict[int, str]) -> str:
    """ "- Thôn Đồng Tâm: gửi điển hình tháng 10 năm 2026 của Thôn 5 (hạn ngày …)."; `former`: names of closed units by id."""
    items = [
        f"{_MONTH.sub(' năm ', one.title)}{_of(former.get(one.unit_id))} (hạn {date_in_words(one.due_on)})"
        for one in obligations
    ]
    return f"- {unit.name}: {'; '.join(items)}."


def _of(former: str | None) -> str:
    return f" của {former}" if former else ""
