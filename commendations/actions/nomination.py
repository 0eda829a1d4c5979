"""Acts on a nomination: from an exemplar (or from nothing) to a complete file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from campaigns.exemplars.actions.exemplar import accept_exemplar, mark_nominated, unmark_nominated
from campaigns.models import Exemplar
from commendations.actions.eligibility import eligibility_snapshot
from commendations.models import ChecklistEntry, Nomination
from commendations.papers import nomination as papers
from commendations.queries import catalogue
from commendations.queries.eligibility import nomination_verdict
from commendations.queries.nomination import case_handlers
from commendations.rules import wording
from commendations.rules.award_names import DEFAULT_AWARD_CODE, default_title_achievement
from emulation.accounts.models import User
from emulation.audit.log import record_entry
from emulation.communes.capacity import capacity_of
from emulation.communes.roles import Role
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.core.text import clean, clean_lines
from emulation.documents import actions as documents
from emulation.documents.models import Draft
from emulation.legal import current as law
from emulation.notices import actions as notices
from emulation.workflow.authorization import check_act
from emulation.workflow.idempotency import create_once
from emulation.workflow.transitions import act
from villages.models import Household, Person, Unit
from villages.queries.people import role_holder_ids

START_ACT = "commendations.start"
RETURN_NOTE_PLACES = (
    "nominee",
    "award",
    "kind",
    "field_name",
    "achievement",
    "duties",
    "deed",
    "past_awards",
    "period",
    "file",
)
"""Places to which a reason for a return can be pinned; "file" is the file as a whole."""
EARLIEST_AWARD_YEAR = 2004
"""The first whole year of the first law that this house knows."""


# ── beginning ────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def nominate_exemplar(*, by: User, exemplar: Exemplar) -> Nomination:
    """The nomination of an exemplar, made in one act with everything that is known; a second call gives the first's.

    An exemplar that the office has not judged yet is accepted by this.
    """
    locked = Exemplar._base_manager.select_for_update().get(pk=exemplar.pk)
    answer = check_act("campaigns.mark_nominated", locked, by)
    if answer.denied_by == "permission":
        raise NotAllowed(answer.reason)
    if known := Nomination.objects.filter(exemplar=locked).first():
        return known
    if locked.state == Exemplar.SUBMITTED and not locked.nothing:
        accept_exemplar(by=by, exemplar=locked)
    mark_nominated(by=by, exemplar=locked)
    period = locked.period
    span = wording.achievement_period(period.kind, period.year, period.number)
    field = locked.field.name if locked.field else ""
    movement = locked.campaign
    return _create(
        by,
        locked.unit,
        exemplar=locked,
        campaign=movement,
        kind="PT" if movement else "CT",
        person=locked.person,
        household=locked.household,
        collective=locked.collective,
        field_name=field,
        achievement=wording.default_achievement(field, str(period), movement.name if movement else ""),
        deed=wording.deed_with_result(locked.deed, locked.result),
        period_from=span.starts_on,
        period_to=min(span.ends_on, max(span.starts_on, timezone.localdate())),
        year=period.year,
    )


@dataclass(frozen=True)
class AwardRequest:
    """Which award is asked for, and for which year (None: this year)."""

    code: str = DEFAULT_AWARD_CODE
    year: int | None = None


def start_nomination(
    *,
    by: User,
    unit: Unit,
    nominee: Person | Household | Unit | None = None,
    asked: AwardRequest = AwardRequest(),
    idempotency_key: str = "",
) -> Nomination:
    """A draft without an exemplar: the office for any unit, the head of a unit for his own. The same key makes one.

    Raises RuleBroken with the article for an award that the nominee cannot be put forward for today.
    """
    return create_once(idempotency_key, unit.commune, Nomination, lambda: _start_nomination(by, unit, nominee, asked))


def _start_nomination(
    by: User, unit: Unit, nominee: Person | Household | Unit | None, asked: AwardRequest
) -> Nomination:
    capacity = capacity_of(by)
    with act(START_ACT, unit.commune, by=by, unit=unit.name):
        if not capacity.has(Role.office) and not capacity.heads(unit.pk):
            raise NotAllowed(f"Anh/chị chỉ lập đề nghị cho đơn vị mình phụ trách, không lập thay {unit.name}.")
        if unit.dissolved_on and unit.dissolved_on <= timezone.localdate():
            raise RuleBroken(f"{unit.name} đã giải thể, không đề nghị khen thưởng được nữa.", field="unit")
        draft = Nomination(commune=unit.commune, unit=unit, **_nominee_fields(nominee, unit))
        _set_award(draft, asked)
        facts = ("person", "household", "collective", "award_code", "year", "kind", "achievement")
        return _create(by, unit, **{name: getattr(draft, name) for name in facts})


def _create(by: User, unit: Unit, **facts: Any) -> Nomination:
    nomination = Nomination.objects.create(commune=unit.commune, unit=unit, state="draft", **facts)
    said = {"exemplar": str(nomination.exemplar)} if nomination.exemplar else {}
    label = "Lập đề nghị từ điển hình" if nomination.exemplar else "Lập đề nghị khen thưởng"
    record_entry(commune_id=unit.commune_id, actor=by, act=START_ACT, label=label, subject=nomination, facts=said)
    return nomination


def _nominee_fields(nominee: Person | Household | Unit | None, unit: Unit) -> dict[str, Any]:
    """The three columns of a nominee, who must be of the unit."""
    of_unit = nominee is None or (nominee == unit if isinstance(nominee, Unit) else nominee.unit_id == unit.pk)
    if not of_unit:
        raise RuleBroken("Chỉ đề nghị được người, hộ của chính đơn vị hoặc cả đơn vị đó.", field="nominee")
    return {
        "person": nominee if isinstance(nominee, Person) else None,
        "household": nominee if isinstance(nominee, Household) else None,
        "collective": nominee if isinstance(nominee, Unit) else None,
    }


# ── writing ──────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class NominationContent:
    """What the form of a nomination says; a draft may leave anything out."""

    kind: str = "CT"
    field_name: str = ""
    achievement: str = ""
    duties: str = ""
    deed: str = ""
    past_awards: str = ""
    period_from: date | None = None
    period_to: date | None = None


def save_nomination(
    *, by: User, nomination: Nomination, content: NominationContent, seen: int | None = None
) -> Nomination:
    """Keeps what was typed, complete or not. Raises RuleBroken for dates in the wrong order."""
    with act("commendations.edit", nomination, by=by, seen=seen) as case:
        if content.period_from and content.period_to and content.period_to < content.period_from:
            raise RuleBroken("Ngày cuối không thể trước ngày đầu.", field="period_to")
        if content.period_to and content.period_to > timezone.localdate():
            raise RuleBroken("Thành tích phải đạt được rồi: ngày cuối không thể sau hôm nay.", field="period_to")
        if content.kind not in catalogue.commendation_kinds(law.law_for(case.commune_id), case.award_code):
            raise RuleBroken("Hãy chọn loại hình khen thưởng.", field="kind")
        for name in ("field_name", "achievement"):
            setattr(case, name, clean(getattr(content, name)))
        for name in ("duties", "deed", "past_awards"):
            setattr(case, name, clean_lines(getattr(content, name)))
        case.kind, case.period_from, case.period_to = content.kind, content.period_from, content.period_to
        if content.period_to and not _yearly(case):
            case.year = content.period_to.year
    return nomination


def choose_award(*, by: User, nomination: Nomination, asked: AwardRequest, seen: int | None = None) -> Nomination:
    """Asks for another award, or for another year; what the new one does not know (a kind of file) falls into place.

    Raises RuleBroken with the article when the nominee cannot be put forward for it today.
    """
    with act("commendations.edit", nomination, by=by, seen=seen, award=asked.code) as case:
        _set_award(case, asked)
    return nomination


def _set_award(case: Nomination, asked: AwardRequest) -> None:
    today = timezone.localdate()
    year = asked.year or today.year
    if case.nominee_kind:
        _check_award(case, asked.code, today)
    elif asked.code != DEFAULT_AWARD_CODE:
        raise RuleBroken("Hãy chọn người, hộ hoặc tập thể trước, rồi chọn danh hiệu, hình thức.", field="award")
    if not EARLIEST_AWARD_YEAR <= year <= today.year:
        raise RuleBroken(f"Năm xét phải từ {EARLIEST_AWARD_YEAR} đến {today.year}.", field="year")
    book = law.law_for(case.commune_id)
    untouched = case.year is not None and case.achievement == default_title_achievement(case.year)
    case.award_code, case.year = asked.code, year
    kinds = catalogue.commendation_kinds(book, asked.code)
    if case.kind not in kinds:
        case.kind = kinds[0]
    if book.award(asked.code).genus == "title" and (untouched or not case.achievement):
        case.achievement = default_title_achievement(year)


def _check_award(case: Nomination, code: str, day: date) -> None:
    if reason := catalogue.reason_not_offered(case.commune_id, code, case.nominee_kind, case.unit, day):
        raise RuleBroken(reason, field="award")


def _yearly(case: Nomination) -> bool:
    return law.law_for(case.commune_id).award(case.award_code).yearly


def change_nominee(
    *, by: User, nomination: Nomination, nominee: Person | Household | Unit, seen: int | None = None
) -> Nomination:
    """Names another person, household or collective of the same unit.

    An award that is not for such a nominee gives way to the giấy khen, which is for everybody.
    """
    with act("commendations.edit", nomination, by=by, seen=seen) as case:
        for name, value in _nominee_fields(nominee, case.unit).items():
            setattr(case, name, value)
        if catalogue.reason_not_offered(
            case.commune_id, case.award_code, case.nominee_kind, case.unit, timezone.localdate()
        ):
            case.award_code = DEFAULT_AWARD_CODE
    return nomination


def preview_nomination(*, by: User, nomination: Nomination, which: str) -> Draft:
    """The paper as it would be frozen now: "report" or "request"."""
    with act("commendations.preview", nomination, by=by) as case:
        if not case.nominee_kind:
            raise RuleBroken("Hãy chọn người, hộ hoặc tập thể được đề nghị trước khi xem giấy.")
        build = papers.achievement_report if which == "report" else papers.commendation_request
        paper = build(case, timezone.localdate())
        return documents.create_or_update_draft(
            by=by, commune=case.commune, paper=paper, key=f"nomination:{case.pk}:{which}", readers=_readers(case)
        )


def submit_nomination(
    *, by: User, nomination: Nomination, seen: int | None = None, on: date | None = None
) -> Nomination:
    """Freezes the two papers with what stands there now and gives the file to the office, received on `on` (today).

    After a return new papers are frozen beside the old ones, and the checklist begins afresh.
    Raises RuleBroken with the article when nobody may give the award any more on that day.
    """
    day = on or timezone.localdate()
    with act("commendations.submit", nomination, by=by, seen=seen) as case:
        _check_award(case, case.award_code, day)
        frozen = {}
        for name, build in (("report", papers.achievement_report), ("request", papers.commendation_request)):
            frozen[name] = documents.freeze_document(
                by=by,
                commune=case.commune,
                paper=build(case, day),
                issued_on=day,
                key=f"nomination:{case.pk}:{name}:{case.version}",
                readers=_readers(case),
                about=case.nominee_name,
            )
        case.report_document, case.request_document = frozen["report"], frozen["request"]
        case.received_on, case.return_notes = day, {}
        _create_checklist(case, day)
        notify_case_handlers(
            case, by, f"{case.unit.name} nộp đề nghị khen thưởng {case.nominee_name}.", "submitted", _office_users(case)
        )
    return nomination


def withdraw_nomination(*, by: User, nomination: Nomination, reason: str, seen: int | None = None) -> Nomination:
    """Takes the nomination out of the work for good; its papers stay, and its exemplar may be nominated anew."""
    reason = clean_lines(reason)
    with act("commendations.withdraw", nomination, by=by, seen=seen, reason=reason) as case:
        if not reason:
            raise RuleBroken("Hãy ghi lý do rút đề nghị.", field="reason")
        if case.exemplar:
            unmark_nominated(by=by, exemplar=case.exemplar)
            case.exemplar = None
        notify_case_handlers(
            case, by, f"Đề nghị khen thưởng {case.nominee_name} đã được rút: {reason}", "withdrawn", _office_users(case)
        )
    return nomination


# ── the office ───────────────────────────────────────────────────────────────────────────────────
def return_nomination(
    *, by: User, nomination: Nomination, notes: dict[str, str], seen: int | None = None
) -> Nomination:
    """Returns the file with a reason pinned to each place to be mended ({place: reason}, at least one)."""
    notes = {name: clean_lines(text) for name, text in notes.items() if name in RETURN_NOTE_PLACES and clean(text)}
    with act("commendations.return", nomination, by=by, seen=seen, reason="\n".join(notes.values())) as case:
        if not notes:
            raise RuleBroken("Hãy ghi lý do trả lại ở ít nhất một mục để đơn vị biết cần sửa gì.")
        case.return_notes = notes
        notify_case_handlers(
            case, by, f"Văn phòng trả lại đề nghị khen thưởng {case.nominee_name} để bổ sung.", "returned"
        )
    return nomination


@dataclass(frozen=True)
class ChecklistMark:
    """What the office found of one entry of the checklist: there, missing, or not looked at yet (None)."""

    met: bool | None
    note: str = ""


def save_checklist(
    *, by: User, nomination: Nomination, marks: dict[int, ChecklistMark], seen: int | None = None
) -> Nomination:
    """Writes what was found down ({entry id: mark}). Raises RuleBroken for an entry missing without a note."""
    with act("commendations.check", nomination, by=by, seen=seen) as case:
        if not case.checklist.exists():
            _create_checklist(case, case.received_on or timezone.localdate())
        for entry in case.checklist.all():
            mark = marks.get(entry.pk)
            if mark is None:
                continue
            entry.met, entry.note = mark.met, clean(mark.note)
            if entry.met is False and not entry.note:
                raise RuleBroken(f"Hãy ghi còn thiếu gì ở “{entry.label}”.", field=f"note_{entry.pk}")
            entry.save(update_fields=["met", "note"])
        touch_subject(case)
    return nomination


def complete_nomination(*, by: User, nomination: Nomination, seen: int | None = None) -> Nomination:
    """Finds the file complete: every required entry is met, and nothing in the law stands against the nominee.

    RuleBroken with the article for a confirmed condition that is not met; for a warning that asks for a reason, or a
    rule that is not confirmed, until the office has written one down (`override`). The verdict is kept with the case.
    """
    with act("commendations.complete", nomination, by=by, seen=seen) as case:
        case.judged = eligibility_snapshot(case)
        notify_case_handlers(
            case, by, f"Hồ sơ đề nghị khen thưởng {case.nominee_name} hợp lệ, chờ Hội đồng xét.", "complete"
        )
    return nomination


def record_override_reason(*, by: User, nomination: Nomination, reason: str, seen: int | None = None) -> Nomination:
    """Writes down why the case goes on over a warning or a rule that is not confirmed.

    RuleBroken where no reason helps: nothing asks for one, or a confirmed condition is not met. The reason may touch the
    restricted record, so the trail tells only that one was written.
    """
    reason = clean_lines(reason)
    with act("commendations.override", nomination, by=by, seen=seen) as case:
        verdict = nomination_verdict(case, timezone.localdate(), whole=True)
        if verdict is None or not any(finding.needs_reason for finding in verdict.findings):
            raise RuleBroken(
                "Hồ sơ không có cảnh báo nào cần ghi lý do. Điều kiện bắt buộc chưa đạt thì không thể ghi lý do để bỏ qua."
            )
        if not reason:
            raise RuleBroken("Hãy ghi lý do vẫn xét.", field="reason")
        case.override_reason = reason
    return nomination


def _create_checklist(case: Nomination, received: date) -> None:
    """The entries that the law of the day of receipt asks for, none looked at yet."""
    asked = law.file_checklist_for(case.commune_id, case.award_code, case.kind, case.nominee_kind, received)
    case.checklist.all().delete()
    ChecklistEntry.objects.bulk_create(
        ChecklistEntry(
            nomination=case,
            code=item.code,
            label=f"{item.label} ({item.form})" if item.form else item.label,
            citation=asked.citation[:300],
            confirmed=asked.confirmed,
            required=item.required,
            sort=place,
        )
        for place, item in enumerate(asked.items, 1)
    )


# ── parts ────────────────────────────────────────────────────────────────────────────────────────
def touch_subject(subject: Any) -> None:
    """Lets act() raise the version though only rows beside the subject changed, so that a stale form is found."""
    subject.updated_at = timezone.now()


def _readers(case: Nomination) -> list[documents.ReaderGrant]:
    return [documents.ReaderGrant(unit_id=case.unit_id)]


def _office_users(case: Nomination) -> list[int]:
    return role_holder_ids(case.commune_id, Role.office, on=timezone.localdate())


def notify_case_handlers(
    case: Nomination, by: User | None, text: str, key: str, more: Iterable[int] = (), but: Iterable[int] = ()
) -> None:
    """One message about the case to everybody who handled it, to `more`, not to `but` and not to who did it."""
    users = {*case_handlers(case, timezone.localdate()), *more} - {*but, getattr(by, "pk", None)}
    notices.notify_users(
        commune_id=case.commune_id,
        users=[user for user in users if user is not None],
        text=text,
        link=case.get_absolute_url(),
        key=f"nomination:{case.pk}:{key}:{case.version}",
    )
