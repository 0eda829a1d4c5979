"""Actions on a nomination, from its creation (with or without an exemplar) to a complete file."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from campaigns.exemplars.actions.exemplar import (
    accept_exemplar,
    mark_nominated,
    mark_nominated_again,
    unmark_nominated,
)
from campaigns.models import Exemplar
from commendations.actions.appraisal import create_checklist
from commendations.actions.case import notify_case_handlers
from commendations.actions.live_case import SameCaseExists, claim_live_key
from commendations.actions.nomination_papers import freeze_papers
from commendations.models import Nomination
from commendations.queries import catalogue
from commendations.queries.cancelled_earlier import cancelled_earlier
from commendations.queries.nomination_content import nomination_content
from commendations.queries.same_case import same_case_of
from commendations.rules import wording
from commendations.rules.award_names import DEFAULT_AWARD_CODE, default_title_achievement
from emulation.accounts.models import User
from emulation.audit.log import record_entry
from emulation.communes.capacity import capacity_of, role_holder_ids
from emulation.communes.roles import Role
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.core.text import clean, clean_lines
from emulation.core.validation import not_future, require_reason
from emulation.documents.models import IssuedDocument
from emulation.legal import current
from emulation.workflow.authorization import check_act
from emulation.workflow.differences import refuse_unchanged
from emulation.workflow.idempotency import create_once
from emulation.workflow.transitions import act
from villages.models import Household, Person, Unit
from villages.queries.collectives import collective_to_choose
from villages.queries.people import present_unit
from villages.queries.same_people import kept_record
from villages.rules.people import with_one_subject

START_ACT = "commendations.start"
EARLIEST_AWARD_YEAR = 2004
"""The first whole year of the oldest law in the statutes."""


# ── creation ─────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def nominate_exemplar(*, by: User, exemplar: Exemplar) -> Nomination:
    """Create the nomination of an exemplar, filled in from it; a second call returns the existing nomination.

    An exemplar that is only submitted is accepted first.
    """
    locked = Exemplar._base_manager.select_for_update().get(pk=exemplar.pk)
    answer = check_act("campaigns.mark_nominated", locked, by)
    if answer.denied_by == "permission":
        raise NotAllowed(answer.reason)
    if existing := Nomination.objects.filter(exemplar=locked).exclude(state__in=Nomination.TAKEN_BACK).first():
        return existing
    if locked.state == Exemplar.SUBMITTED and not locked.nothing:
        accept_exemplar(by=by, exemplar=locked)
    mark_nominated(by=by, exemplar=locked)
    period = locked.period
    achieved = wording.achievement_period(period.kind, period.year, period.number)
    field_name = locked.field.name if locked.field else ""
    campaign = locked.campaign
    return _create(
        by,
        _nominating_unit(locked),
        exemplar=locked,
        campaign=campaign,
        kind="PT" if campaign else "CT",
        person=_nominated_person(locked),
        household=locked.household,
        collective=locked.collective,
        field_name=field_name,
        achievement=wording.default_achievement(field_name, period.in_words, campaign.name if campaign else ""),
        deed=_own_deed(locked),
        period_from=achieved.starts_on,
        period_to=min(achieved.ends_on, max(achieved.starts_on, timezone.localdate())),
        year=period.year,
    )


def _nominating_unit(exemplar: Exemplar) -> Unit:
    """The unit of the exemplar, or the one that took over from it; a unit that is the collective itself nominates itself."""
    is_itself = exemplar.collective_id == exemplar.unit_id
    return exemplar.unit if is_itself else present_unit(exemplar.unit, timezone.localdate())


def _nominated_person(exemplar: Exemplar) -> Person | None:
    return kept_record(exemplar.person) if exemplar.person else None


def _own_deed(exemplar: Exemplar) -> str:
    """The deed with its result; a person reports it themselves, so "anh Thành" is "bản thân"."""
    deed = wording.deed_with_result(exemplar.deed, exemplar.result)
    return with_one_subject(deed, exemplar.person.full_name, "bản thân", "gia đình") if exemplar.person else deed


@dataclass(frozen=True)
class AwardRequest:
    """The award that a nomination asks for, and its year (None: this year)."""

    code: str = DEFAULT_AWARD_CODE
    year: int | None = None


def start_nomination(
    *,
    by: User,
    unit: Unit,
    nominee: Person | Household | Unit | None = None,
    requested: AwardRequest = AwardRequest(),
    idempotency_key: str = "",
) -> Nomination:
    """Create a draft without an exemplar: the office for any unit, a unit head for their own. Idempotent per key.

    Raises RuleBroken with the article for an award that the nominee cannot be nominated for today.
    """
    return create_once(
        idempotency_key, unit.commune, Nomination, lambda: _start_nomination(by, unit, nominee, requested)
    )


def _start_nomination(
    by: User, unit: Unit, nominee: Person | Household | Unit | None, requested: AwardRequest
) -> Nomination:
    capacity = capacity_of(by)
    with act(START_ACT, unit.commune, by=by, unit=unit.name):
        if not capacity.has(Role.office) and not capacity.heads(unit.pk):
            raise NotAllowed(f"Bạn chỉ lập đề nghị cho đơn vị mình phụ trách, không lập thay {unit.name}.")
        if unit.dissolved_on and unit.dissolved_on <= timezone.localdate():
            raise RuleBroken(f"{unit.name} đã giải thể, không đề nghị khen thưởng được nữa.", field="unit")
        draft = Nomination(commune=unit.commune, unit=unit, **_nominee_fields(nominee, unit))
        _set_award(draft, requested)
        fields = ("person", "household", "collective", "award_code", "year", "kind", "achievement")
        return _create(by, unit, **{name: getattr(draft, name) for name in fields})


def _create(by: User, unit: Unit, **fields: Any) -> Nomination:
    """A draft with these values. Raises SameCaseExists if a live case is about the same award."""
    nomination = Nomination.objects.create(commune=unit.commune, unit=unit, state="draft", **fields)
    claim_live_key(nomination)
    facts = {"exemplar": str(nomination.exemplar)} if nomination.exemplar else {}
    label = "Lập đề nghị từ điển hình" if nomination.exemplar else "Lập đề nghị khen thưởng"
    record_entry(commune_id=unit.commune_id, actor=by, act=START_ACT, label=label, subject=nomination, facts=facts)
    return nomination


def _nominee_fields(nominee: Person | Household | Unit | None, unit: Unit) -> dict[str, Any]:
    """The three nominee columns. Raises RuleBroken for a collective of another unit and for who is of another commune.

    A person or household of another unit may be nominated: an organisation nominates its members, who are of the thôn.
    """
    if isinstance(nominee, Unit):
        allowed = collective_to_choose(unit, nominee.pk, timezone.localdate()) is not None
    else:
        allowed = nominee is None or nominee.commune_id == unit.commune_id
    if not allowed:
        raise RuleBroken("Chỉ đề nghị được người, hộ trong xã và tập thể của chính đơn vị.", field="nominee")
    return {
        "person": nominee if isinstance(nominee, Person) else None,
        "household": nominee if isinstance(nominee, Household) else None,
        "collective": nominee if isinstance(nominee, Unit) else None,
    }


# ── editing ──────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class NominationContent:
    """The fields of the nomination form; a draft may leave any of them empty."""

    kind: str = "CT"
    field_name: str = ""
    achievement: str = ""
    duties: str = ""
    deed: str = ""
    past_awards: str = ""
    return_answer: str = ""
    period_from: date | None = None
    period_to: date | None = None
    deed_time: time | None = None
    met_on: date | None = None


def save_nomination(
    *, by: User, nomination: Nomination, content: NominationContent, seen: int | None = None
) -> Nomination:
    """Save the form, complete or not. Raises RuleBroken for a wrong period or a kind that the award does not have."""
    with act("commendations.edit", nomination, by=by, seen=seen) as case:
        _check_content(case, content)
        for name in ("field_name", "achievement"):
            setattr(case, name, clean(getattr(content, name)))
        for name in ("duties", "deed", "past_awards", "return_answer"):
            setattr(case, name, clean_lines(getattr(content, name)))
        case.kind = content.kind
        case.period_from = content.period_from
        case.period_to = content.period_to
        case.deed_time = content.deed_time
        case.met_on = content.met_on
        if content.period_to and not _yearly(case):
            case.year = content.period_to.year
    return nomination


def _check_content(case: Nomination, content: NominationContent) -> None:
    if content.period_from and content.period_to and content.period_to < content.period_from:
        raise RuleBroken("Ngày cuối không thể trước ngày đầu.", field="period_to")
    if content.period_to:
        not_future(content.period_to, "Thành tích phải đạt được rồi: ngày cuối", "period_to")
    _check_deed_time(content.period_to or content.period_from, content.deed_time)
    if content.met_on:
        not_future(content.met_on, "Ngày họp bình xét", "met_on")
    if content.kind not in catalogue.commendation_kinds(current.law_for(case.commune_id), case.award_code):
        raise RuleBroken("Hãy chọn loại hình khen thưởng.", field="kind")


def _check_deed_time(day: date | None, hour: time | None) -> None:
    if hour is None:
        return
    if day is None:
        raise RuleBroken("Ghi giờ thì ghi cả ngày lập thành tích.", field="period_to")
    if timezone.make_aware(datetime.combine(day, hour)) > timezone.now():
        raise RuleBroken("Giờ lập thành tích không được sau lúc này.", field="deed_time")


def choose_award(*, by: User, nomination: Nomination, requested: AwardRequest, seen: int | None = None) -> Nomination:
    """Set another award or year; a kind of commendation that the new award does not have is replaced.

    Raises RuleBroken with the article when the nominee cannot be nominated for it today.
    """
    with act("commendations.edit", nomination, by=by, seen=seen, award=requested.code) as case:
        _set_award(case, requested)
    return nomination


def _set_award(case: Nomination, requested: AwardRequest) -> None:
    today = timezone.localdate()
    year = requested.year or today.year
    if case.nominee_kind:
        _check_award(case, requested.code, today)
    elif requested.code != DEFAULT_AWARD_CODE:
        raise RuleBroken("Hãy chọn người, hộ hoặc tập thể trước, rồi chọn danh hiệu, hình thức.", field="award")
    if not EARLIEST_AWARD_YEAR <= year <= today.year:
        raise RuleBroken(f"Năm xét phải từ {EARLIEST_AWARD_YEAR} đến {today.year}.", field="year")
    law = current.law_for(case.commune_id)
    achievement_unedited = case.year is not None and case.achievement == default_title_achievement(case.year)
    case.award_code = requested.code
    case.year = year
    kinds = catalogue.commendation_kinds(law, requested.code)
    if case.kind not in kinds:
        case.kind = kinds[0]
    if law.award(requested.code).genus == "title" and (achievement_unedited or not case.achievement):
        case.achievement = default_title_achievement(year)


def _check_award(case: Nomination, code: str, day: date) -> None:
    if reason := catalogue.reason_not_offered(case.commune_id, code, case.nominee_kind, case.judged_unit, day):
        raise RuleBroken(reason, field="award")


def _yearly(case: Nomination) -> bool:
    return current.law_for(case.commune_id).award(case.award_code).yearly


def change_nominee(
    *, by: User, nomination: Nomination, nominee: Person | Household | Unit, seen: int | None = None
) -> Nomination:
    """Choose another person or household, or another collective of the unit.

    An award that is not open to the new nominee is replaced by the giấy khen, which is open to all.
    """
    with act("commendations.edit", nomination, by=by, seen=seen) as case:
        for name, value in _nominee_fields(nominee, case.unit).items():
            setattr(case, name, value)
        if catalogue.reason_not_offered(
            case.commune_id, case.award_code, case.nominee_kind, case.judged_unit, timezone.localdate()
        ):
            case.award_code = DEFAULT_AWARD_CODE
    return nomination


def submit_nomination(
    *,
    by: User,
    nomination: Nomination,
    seen: int | None = None,
    on: date | None = None,
    request: IssuedDocument | None = None,
) -> Nomination:
    """Freeze the papers with their current content and submit the file to the office, received on `on` (default today).

    `request`: the frozen request with the list of a whole group. It takes the place of one for this case alone; the
    report is then made only where the law asks for one, and the office is notified of the group, not of each case.
    After a return new papers are frozen in addition to the old ones, and the checklist starts again.
    Raises RuleBroken with the article when the award cannot be granted any more on that day; also when the file was
    returned and nothing was changed.
    """
    day = on or timezone.localdate()
    with act("commendations.submit", nomination, by=by, seen=seen) as case:
        if (other := same_case_of(case)) is not None:
            raise SameCaseExists(other)
        _check_award(case, case.award_code, day)
        refuse_unchanged(case, nomination_content(case))
        create_checklist(case, day)
        freeze_papers(by=by, case=case, day=day, request=request)
        case.received_on = day
        case.return_notes = {}
        warnings = [f" Lưu ý: {earlier.sentence}." for earlier in cancelled_earlier(case)]
        if warnings or not request:
            text = f"{case.unit.name} nộp đề nghị khen thưởng {case.nominee_name}.{''.join(warnings)}"
            notify_case_handlers(case, by, text, "submitted", _office_users(case))
    return nomination


def withdraw_nomination(*, by: User, nomination: Nomination, reason: str, seen: int | None = None) -> Nomination:
    """Withdraw the nomination; its papers remain, its exemplar may be nominated again, and it may be restored."""
    reason = clean_lines(reason)
    with act("commendations.withdraw", nomination, by=by, seen=seen, reason=reason) as case:
        reason = require_reason(reason, "Hãy ghi lý do rút đề nghị.")
        if case.exemplar:
            unmark_nominated(by=by, exemplar=case.exemplar)
        notify_case_handlers(
            case,
            by,
            f"Đề nghị khen thưởng {case.nominee_alone} đã được rút: {reason}",
            "withdrawn",
            _office_users(case),
        )
    return nomination


def restore_nomination(*, by: User, nomination: Nomination, seen: int | None = None) -> Nomination:
    """A withdrawn nomination is a draft again, with its exemplar.

    Raises RuleBroken when the exemplar was nominated again in the meantime.
    """
    with act("commendations.restore", nomination, by=by, seen=seen) as case:
        if case.exemplar:
            others = Nomination.objects.filter(exemplar=case.exemplar).exclude(pk=case.pk)
            if others.exclude(state__in=Nomination.TAKEN_BACK).exists():
                raise RuleBroken("Điển hình này đã có đề nghị khác; hãy dùng đề nghị đó.")
            mark_nominated_again(by=by, exemplar=case.exemplar)
        text = f"Đề nghị khen thưởng {case.nominee_alone} được lấy lại để soạn tiếp."
        notify_case_handlers(case, by, text, "restored", _office_users(case))
    return nomination


COPIED_FIELDS = (
    "person", "household", "collective", "campaign", "award_code", "year", "kind", "field_name", "achievement", "duties",
    "deed", "past_awards", "period_from", "period_to", "deed_time",
)  # fmt: skip


def copy_nomination(*, by: User, nomination: Nomination, key: str = "") -> Nomination:
    """A new draft with the content of a nomination that is over, to be judged by the law of its own day. Idempotent per `key`."""

    def copied() -> Nomination:
        with act("commendations.copy", nomination, by=by) as case:
            return _create(by, case.unit, copied_from=case, **{name: getattr(case, name) for name in COPIED_FIELDS})

    return create_once(key, nomination.commune, Nomination, copied)


# ── helpers ──────────────────────────────────────────────────────────────────────────────────────
def _office_users(case: Nomination) -> list[int]:
    return role_holder_ids(case.commune_id, Role.office, on=timezone.localdate())
