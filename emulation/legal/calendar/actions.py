"""Records a day off or a make-up day in the working calendar of a commune."""

from datetime import date

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean
from emulation.legal.calendar.commune_calendar import first_calendar_year, special_days_of
from emulation.legal.engine.special_days import is_weekend
from emulation.legal.models import CalendarDay
from emulation.workflow.transitions import act


def record_calendar_day(
    *, by: User, commune: Commune, day: date, kind: str, name: str = "", reason: str
) -> CalendarDay:
    """Records the kind of a day: off, make-up day, or an ordinary day of the week; `reason` names the paper.

    Recording what the table already has confirms the day. RuleBroken for an impossible entry or a repeated one.
    """
    with act("legal.put_day", commune, by=by, about=f"Ngày {format_date(day)}", kind=kind, name=name, reason=reason):
        name = "" if kind == CalendarDay.ORDINARY else clean(name)
        _check_entry(day, kind, name, clean(reason))
        _check_is_new(commune, day, kind, name)
        return CalendarDay.objects.create(
            commune=commune, day=day, kind=kind, name=name, reason=clean(reason), created_by=by
        )


def _check_entry(day: date, kind: str, name: str, reason: str) -> None:
    if kind not in dict(CalendarDay.KINDS):
        raise RuleBroken("Hãy chọn ngày này là ngày gì.", "kind")
    if day.year < first_calendar_year():
        raise RuleBroken(f"Lịch làm việc bắt đầu từ năm {first_calendar_year()}.", "day")
    if kind == CalendarDay.WORK and not is_weekend(day):
        raise RuleBroken(
            "Chỉ thứ bảy, chủ nhật mới là ngày làm bù. Để bỏ một ngày nghỉ, chọn “Như ngày thường trong tuần”.", "kind"
        )
    if kind != CalendarDay.ORDINARY and not name:
        raise RuleBroken("Hãy ghi tên ngày, ví dụ “Nghỉ hoán đổi” hoặc “Làm bù”.", "name")
    if not reason:
        raise RuleBroken("Hãy ghi căn cứ: số, ngày của thông báo hoặc công văn.", "reason")


def _check_is_new(commune: Commune, day: date, kind: str, name: str) -> None:
    row = CalendarDay.objects.filter(commune=commune, day=day).order_by("-pk").first()
    if row and (row.kind, row.name) == (kind, name):
        raise RuleBroken(f"Ngày {format_date(day)} đã được ghi như vậy.", "day")
    if kind == CalendarDay.ORDINARY and day not in special_days_of(commune.pk):
        raise RuleBroken(f"Ngày {format_date(day)} vốn là ngày thường, không cần ghi.", "day")
