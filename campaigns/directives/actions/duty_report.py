"""Reports of tasks, several with one text; the office accepts or returns them, for the office's own tasks the chair does."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from textwrap import shorten

from django.utils import timezone

from campaigns.directives.models.duty import DutyReport, UnitDuty
from campaigns.directives.models.letter import Letter, LetterReceipt
from campaigns.directives.queries.duty_report import duty_report_content
from emulation.accounts.models import User
from emulation.communes.capacity import role_holder_ids
from emulation.communes.roles import Role
from emulation.core import content_store
from emulation.core.attachments import prepare_attachment
from emulation.core.errors import RuleBroken
from emulation.core.text import clean, clean_lines
from emulation.core.validation import not_future, require_reason
from emulation.notices.actions import notify_users
from emulation.workflow.differences import differences
from emulation.workflow.transitions import act
from villages.models import Unit
from villages.queries.people import unit_head_ids

MAX_REPORT_FILES = 5
NAME_PARTS = ("duty", "unit", "report")
"""Relations that str(UnitDuty) and the comparison with a returned report use, loaded with the tasks: no query per task."""


@dataclass(frozen=True)
class DutyReportText:
    """The content of a report; `files` are (name, bytes) of photos or PDFs."""

    text: str
    done_on: date
    cannot: bool = False
    files: list[tuple[str, bytes]] = field(default_factory=list)


def report_duties(
    *, by: User, receipt: LetterReceipt, duty_ids: Sequence[int], content: DutyReportText, seen: int | None = None
) -> DutyReport:
    """The head of a unit reports some of its tasks; `duty_ids` are ids of `UnitDuty`."""
    with act("campaigns.report_duties", receipt, by=by, seen=seen, duties=len(duty_ids)) as locked:
        duties = list(locked.duties.filter(pk__in=duty_ids).select_related(*NAME_PARTS))
        return _report(by, locked.letter, locked.unit, locked, duties, duty_ids, content)


def report_own_duties(
    *, by: User, letter: Letter, duty_ids: Sequence[int], content: DutyReportText, seen: int | None = None
) -> DutyReport:
    """The office reports its own tasks and the council's."""
    with act("campaigns.report_own_duties", letter, by=by, seen=seen, duties=len(duty_ids)) as locked:
        duties = list(locked.unit_duties.filter(pk__in=duty_ids, receipt=None).select_related(*NAME_PARTS))
        unit = duties[0].unit if duties else Unit.objects.filter(commune_id=locked.commune_id, kind=Unit.OFFICE)[0]
        return _report(by, locked, unit, None, duties, duty_ids, content)


def _report(
    by: User,
    letter: Letter,
    unit: Unit,
    receipt: LetterReceipt | None,
    duties: list[UnitDuty],
    duty_ids: Sequence[int],
    content: DutyReportText,
) -> DutyReport:
    text = clean_lines(content.text)
    today = timezone.localdate()
    if not duties or len(duties) != len(set(duty_ids)):
        raise RuleBroken("Hãy chọn ít nhất một việc của đơn vị mình trong công văn này.", field="duties")
    _check_content(content, text, letter, today)
    report = DutyReport.objects.create(
        commune_id=letter.commune_id,
        letter=letter,
        unit=unit,
        receipt=receipt,
        state=DutyReport.SENT,
        done_on=content.done_on,
        text=text,
        cannot=content.cannot,
        reported_by=by,
        reported_on=today,
    )
    _store_files(report, content.files)
    _compare_with_returned(report, duties)
    for duty in duties:
        with act("campaigns.report_duty", duty, by=by, about=str(duty)) as one:
            one.report = report
            one.return_notes = {}
            one.reported_on = one.reported_on or today
    reviewers = role_holder_ids(letter.commune_id, Role.office if receipt else Role.chair, on=today)
    _notify(report, reviewers, f"{unit.name} báo cáo {len(duties)} việc")
    return report


def _compare_with_returned(report: DutyReport, duties: list[UnitDuty]) -> None:
    """Keeps the content of the latest returned report of these tasks. Raises RuleBroken when nothing was changed."""
    returned = [duty.report for duty in duties if duty.state == UnitDuty.RETURNED and duty.report]
    if not returned:
        return
    latest = max(returned, key=lambda one: one.pk)
    report.returned_content = duty_report_content(latest)
    old, new = (set(one.files.values_list("sha256", flat=True)) for one in (latest, report))
    if old == new and not differences(report.returned_content, duty_report_content(report)):
        raise RuleBroken(
            "Chưa sửa gì so với báo cáo bị trả lại. Hãy bổ sung theo lý do đã ghi rồi gửi lại.", field="text"
        )
    report.save(update_fields=["returned_content"])


def _check_content(content: DutyReportText, text: str, letter: Letter, today: date) -> None:
    if not text:
        message = "Hãy ghi vì sao chưa làm được." if content.cannot else "Hãy ghi đã làm gì."
        raise RuleBroken(message, field="text")
    not_future(content.done_on, "Ngày làm", "done_on")
    if letter.issued_on and content.done_on < letter.issued_on:
        raise RuleBroken("Ngày làm không thể trước ngày ban hành công văn.", field="done_on")


def accept_duty_report(*, by: User, report: DutyReport, seen: int | None = None) -> DutyReport:
    """Accept all tasks of the report, including those reported as not possible."""
    with act("campaigns.accept_report", report, by=by, seen=seen) as locked:
        duties = list(locked.duties.filter(state=UnitDuty.REPORTED).select_related(*NAME_PARTS))
        for duty in duties:
            _accept(by, duty)
        _notify(locked, _reporters(locked), f"Báo cáo triển khai được chấp nhận ({_named(duties)})")
    return report


def return_duty_report(
    *, by: User, report: DutyReport, duty_ids: Sequence[int], reason: str, seen: int | None = None
) -> DutyReport:
    """Return some tasks of the report with a reason and accept the others; the unit reports the returned ones again."""
    reason = require_reason(reason, "Hãy ghi cần báo thêm gì.")
    with act("campaigns.return_report", report, by=by, seen=seen) as locked:
        duties = list(locked.duties.filter(state=UnitDuty.REPORTED).select_related(*NAME_PARTS))
        returned = {duty.pk for duty in duties} & set(duty_ids)
        if not returned:
            raise RuleBroken("Hãy chọn ít nhất một việc để trả lại.", field="duties")
        for duty in duties:
            if duty.pk not in returned:
                _accept(by, duty)
                continue
            with act("campaigns.return_duty", duty, by=by, about=str(duty)) as one:
                one.return_notes = {"reason": clean_lines(reason)}
        locked.return_notes = {"reason": clean_lines(reason)}
        _notify(locked, _reporters(locked), f"Trả lại {len(returned)} việc để báo thêm")
    return report


def _named(duties: Sequence[UnitDuty]) -> str:
    """The first task, and the number of the others."""
    first = shorten(duties[0].duty.words.rstrip("."), 100, placeholder=" …") if duties else ""
    return f"{first} và {len(duties) - 1} việc khác" if len(duties) > 1 else first


def _accept(by: User, duty: UnitDuty) -> None:
    with act("campaigns.accept_duty", duty, by=by, about=str(duty)):
        pass


def _store_files(report: DutyReport, files: list[tuple[str, bytes]]) -> None:
    if len(files) > MAX_REPORT_FILES:
        raise RuleBroken(f"Mỗi báo cáo đính kèm nhiều nhất {MAX_REPORT_FILES} tệp.", field="files")
    for name, data in files:
        prepared = prepare_attachment(data, "files")
        report.files.get_or_create(
            sha256=content_store.put(prepared.data),
            defaults={
                "commune_id": report.commune_id,
                "name": clean(name)[:120] or "minh-chung",
                "ending": prepared.ending,
                "size": len(prepared.data),
            },
        )


def _reporters(report: DutyReport) -> list[int]:
    return [*unit_head_ids(report.unit, timezone.localdate()), report.reported_by_id]


def _notify(report: DutyReport, users: list[int], what: str) -> None:
    notify_users(
        commune_id=report.commune_id,
        users=users,
        text=f"{what}: công văn {report.letter.subject}",
        link=report.get_absolute_url(),
        key=f"duty_report:{report.pk}:{report.state}:{report.version}:{what[:30]}",
    )
