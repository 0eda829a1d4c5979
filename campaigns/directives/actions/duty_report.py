"""A unit reports tasks of a letter, several at once with one text; the office (for its own the chair) accepts or returns."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from campaigns.directives.models.duty import DutyReport, UnitDuty
from campaigns.directives.models.letter import Letter, LetterReceipt
from emulation.accounts.models import User
from emulation.communes.roles import Role
from emulation.core import content_store
from emulation.core.attachments import prepare_attachment
from emulation.core.errors import RuleBroken
from emulation.core.text import clean, clean_lines
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act
from villages.models import Unit
from villages.queries.people import role_holder_ids, unit_head_ids

MAX_REPORT_FILES = 5
NAMED = ("duty", "unit")
"""What a task's name is made of: read with the tasks, so that the trail need not ask again for each."""


@dataclass(frozen=True)
class DutyReportText:
    """What a report says; `files` are (name, bytes) of photos or PDFs."""

    text: str
    done_on: date
    cannot: bool = False
    files: list[tuple[str, bytes]] = field(default_factory=list)


def report_duties(
    *, by: User, receipt: LetterReceipt, duty_ids: Sequence[int], told: DutyReportText, seen: int | None = None
) -> DutyReport:
    """The head of a unit reports some of its tasks (ids of `UnitDuty`)."""
    with act("campaigns.report_duties", receipt, by=by, seen=seen, duties=len(duty_ids)) as locked:
        owed = list(locked.duties.filter(pk__in=duty_ids).select_related(*NAMED))
        return _report(by, locked.letter, locked.unit, locked, owed, duty_ids, told)


def report_own_duties(
    *, by: User, letter: Letter, duty_ids: Sequence[int], told: DutyReportText, seen: int | None = None
) -> DutyReport:
    """The office reports its own tasks and those of the council."""
    with act("campaigns.report_own_duties", letter, by=by, seen=seen, duties=len(duty_ids)) as locked:
        owed = list(locked.unit_duties.filter(pk__in=duty_ids, receipt=None).select_related(*NAMED))
        unit = owed[0].unit if owed else Unit.objects.filter(commune_id=locked.commune_id, kind=Unit.OFFICE)[0]
        return _report(by, locked, unit, None, owed, duty_ids, told)


def _report(
    by: User,
    letter: Letter,
    unit: Unit,
    receipt: LetterReceipt | None,
    owed: list[UnitDuty],
    asked: Sequence[int],
    told: DutyReportText,
) -> DutyReport:
    text = clean_lines(told.text)
    today = timezone.localdate()
    if not owed or len(owed) != len(set(asked)):
        raise RuleBroken("Hãy chọn ít nhất một việc của đơn vị mình trong công văn này.", field="duties")
    if not text:
        wanted = "Hãy ghi vì sao chưa làm được." if told.cannot else "Hãy ghi đã làm gì."
        raise RuleBroken(wanted, field="text")
    if told.done_on > today:
        raise RuleBroken("Ngày làm không thể ở tương lai.", field="done_on")
    if letter.issued_on and told.done_on < letter.issued_on:
        raise RuleBroken("Ngày làm không thể trước ngày ban hành công văn.", field="done_on")
    report = DutyReport.objects.create(
        commune_id=letter.commune_id,
        letter=letter,
        unit=unit,
        receipt=receipt,
        state=DutyReport.SENT,
        done_on=told.done_on,
        text=text,
        cannot=told.cannot,
        reported_by=by,
        reported_on=today,
    )
    _keep_files(report, told.files)
    for duty in owed:
        with act("campaigns.report_duty", duty, by=by, about=str(duty)) as one:
            one.report = report
            one.return_notes = {}
            one.reported_on = one.reported_on or today
    judges = role_holder_ids(letter.commune_id, Role.office if receipt else Role.chair, on=today)
    _tell(report, judges, f"{unit.name} báo cáo {len(owed)} việc")
    return report


def accept_duty_report(*, by: User, report: DutyReport, seen: int | None = None) -> DutyReport:
    """All tasks of the report count as done (or as known not to be)."""
    with act("campaigns.accept_report", report, by=by, seen=seen) as locked:
        for duty in locked.duties.filter(state=UnitDuty.REPORTED).select_related(*NAMED):
            _accept(by, duty)
        _tell(locked, _reporters(locked), "Báo cáo triển khai được chấp nhận")
    return report


def return_duty_report(
    *, by: User, report: DutyReport, duty_ids: Sequence[int], reason: str, seen: int | None = None
) -> DutyReport:
    """Some of its tasks go back with a reason, the others are accepted; the unit reports those again."""
    if not clean(reason):
        raise RuleBroken("Hãy ghi cần báo thêm gì.", field="reason")
    with act("campaigns.return_report", report, by=by, seen=seen) as locked:
        duties = list(locked.duties.filter(state=UnitDuty.REPORTED).select_related(*NAMED))
        back = {duty.pk for duty in duties} & set(duty_ids)
        if not back:
            raise RuleBroken("Hãy chọn ít nhất một việc để trả lại.", field="duties")
        for duty in duties:
            if duty.pk not in back:
                _accept(by, duty)
                continue
            with act("campaigns.return_duty", duty, by=by, about=str(duty)) as one:
                one.return_notes = {"reason": clean_lines(reason)}
        locked.return_notes = {"reason": clean_lines(reason)}
        _tell(locked, _reporters(locked), f"Trả lại {len(back)} việc để báo thêm")
    return report


def _accept(by: User, duty: UnitDuty) -> None:
    with act("campaigns.accept_duty", duty, by=by, about=str(duty)):
        pass


def _keep_files(report: DutyReport, sent: list[tuple[str, bytes]]) -> None:
    if len(sent) > MAX_REPORT_FILES:
        raise RuleBroken(f"Mỗi báo cáo đính kèm nhiều nhất {MAX_REPORT_FILES} tệp.", field="files")
    for name, data in sent:
        kept = prepare_attachment(data, "files")
        report.files.get_or_create(
            sha256=content_store.put(kept.data),
            defaults={
                "commune_id": report.commune_id,
                "name": clean(name)[:120] or "minh-chung",
                "ending": kept.ending,
                "size": len(kept.data),
            },
        )


def _reporters(report: DutyReport) -> list[int]:
    return [*unit_head_ids(report.unit, timezone.localdate()), report.reported_by_id]


def _tell(report: DutyReport, users: list[int], what: str) -> None:
    notify_users(
        commune_id=report.commune_id,
        users=users,
        text=f"{what}: công văn {report.letter.subject}",
        link=report.get_absolute_url(),
        key=f"duty_report:{report.pk}:{report.state}:{report.version}:{what[:30]}",
    )
