"""Actions on an exemplar: write it or the answer "none", submit, withdraw, cancel, accept, return, mark as nominated."""

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from typing import Any

from django.utils import timezone

from campaigns.campaigns.models.campaign import Campaign
from campaigns.catalogue.models import Field
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.models.quarter_submission import QuarterSubmission
from campaigns.exemplars.queries.exemplar import exemplar_content, exemplar_note_labels
from campaigns.exemplars.queries.period import must_answer
from campaigns.exemplars.rules.exemplar import ExemplarAnswer, missing_fields
from emulation.accounts.models import User
from emulation.communes.capacity import role_holder_ids
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.text import clean_lines, fold, is_reason
from emulation.notices.actions import notify_users
from emulation.workflow.authorization import check_act
from emulation.workflow.differences import refuse_unchanged
from emulation.workflow.transitions import act
from villages.actions.households import add_household
from villages.actions.people import add_person
from villages.models import Household, Person, Unit
from villages.queries.collectives import collective_to_choose
from villages.queries.people import belongs_to, unit_head_ids

CHANGED_SINCE = "Đơn vị đã rút về sửa rồi gửi lại sau khi bạn mở trang. Hãy xem lại nội dung mới rồi chấp nhận."


# ── writing an exemplar ──────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class ExemplarContent:
    """The content of an exemplar, as the form gives it; a draft may leave anything out."""

    kind: str = ""
    person: Person | None = None
    household: Household | None = None
    collective: Unit | None = None
    new_nominee: dict[str, Any] = dataclass_field(default_factory=dict)
    field: Field | None = None
    campaign: Campaign | None = None
    deed: str = ""
    result: str = ""
    nothing_reason: str = ""

    @property
    def names_nobody(self) -> bool:
        """Whether no person and no household is chosen or typed where one is asked for."""
        return self.kind in ("", Exemplar.PERSON, Exemplar.HOUSEHOLD) and not (
            self.person or self.household or self.new_nominee
        )

    @property
    def is_blank(self) -> bool:
        """Whether it says neither who nor what; kind, field and campaign alone are no content."""
        nominee = self.person or self.household or self.new_nominee
        return not (nominee or self.deed or self.result or self.nothing_reason)


def start_exemplar(*, by: User, unit: Unit, period: Period, content: ExemplarContent | None = None) -> Exemplar:
    """Start a draft of the unit for the period. Raises RuleBroken when the unit has answered "none" for it."""
    _check_asked(unit, period)
    with act("campaigns.start", unit, by=by, period=str(period)) as locked:
        if _nothing(locked, period):
            raise RuleBroken(
                f"Đơn vị đã báo {str(period).lower()} không có điển hình. Nếu nay có, hãy rút lại và bỏ báo cáo đó trước."
            )
        return _new(by, locked, period, content or ExemplarContent(), nothing=False)


def start_nothing(*, by: User, unit: Unit, period: Period, reason: str = "") -> Exemplar:
    """Start an answer "none this time". Raises RuleBroken when the unit has an exemplar for the period."""
    _check_asked(unit, period)
    with act("campaigns.start_nothing", unit, by=by, period=str(period)) as locked:
        if _nothing(locked, period):
            raise RuleBroken(f"Đơn vị đã báo {str(period).lower()} không có điển hình rồi.")
        if Exemplar.objects.filter(unit=locked, period=period).exclude(state=Exemplar.CANCELLED).exists():
            raise RuleBroken(
                f"Đơn vị đang có điển hình của {str(period).lower()}. Hãy bỏ bản nháp trước khi báo không có."
            )
        if QuarterSubmission.objects.filter(unit=locked, period=period).exists():
            raise RuleBroken("Đơn vị đã đề xuất điển hình cho quý này. Hãy rút đề xuất trước khi báo không có.")
        return _new(by, locked, period, ExemplarContent(nothing_reason=reason), nothing=True)


def same_exemplar(unit: Unit, period: Period, content: ExemplarContent) -> Exemplar | None:
    """An exemplar of the unit and period with the same nominee and the same deed, or None.

    Where no nominee is chosen, the same deed is enough: a form to which one goes back has the text, but not the choice.
    """
    answer = Exemplar(unit=unit, period=period, commune_id=unit.commune_id)
    _fill(answer, content)
    of_nobody = content.names_nobody and bool(fold(content.deed))
    rows = Exemplar.objects.filter(unit=unit, period=period, nothing=False).exclude(state=Exemplar.CANCELLED)
    of_this_deed = [row for row in rows.select_related("person") if fold(row.deed) == fold(answer.deed)]
    return next((row for row in of_this_deed if of_nobody or _who(row) == _who(answer)), None)


def _who(exemplar: Exemplar) -> tuple[Any, ...]:
    return exemplar.nominee_identity, fold(exemplar.new_nominee.get("name", ""))


def save_exemplar(*, by: User, exemplar: Exemplar, content: ExemplarContent, seen: int | None = None) -> Exemplar:
    """Save what was typed, complete or not."""
    with act("campaigns.save", exemplar, by=by, seen=seen) as locked:
        _fill(locked, content)
    return exemplar


def submit_exemplar(*, by: User, exemplar: Exemplar, seen: int | None = None) -> Exemplar:
    """Submit it to the office; a new person or household is added to the register. Raises RuleBroken (with field) if incomplete,
    and when it was returned and nothing was changed.
    """
    with act("campaigns.submit", exemplar, by=by, seen=seen) as locked:
        for name, message in missing_fields(exemplar_answer(locked)).items():
            raise RuleBroken(message, field=name)
        refuse_unchanged(locked, exemplar_content(locked))
        if locked.new_nominee:
            _register_nominee(by, locked)
        locked.submitted_on = timezone.localdate()
        locked.first_sent_on = locked.first_sent_on or locked.submitted_on
        locked.return_notes = {}
        _notify_office(locked)
    return exemplar


def exemplar_answer(exemplar: Exemplar) -> ExemplarAnswer:
    """The exemplar as input of the rule `missing_fields`."""
    typed = exemplar.new_nominee
    return ExemplarAnswer(
        nothing=exemplar.nothing,
        nothing_reason=exemplar.nothing_reason,
        kind=exemplar.kind,
        has_nominee=bool(exemplar.nominee_kind) or bool(typed.get("name") and not typed.get("undecided")),
        has_field=exemplar.field_id is not None,
        deed=exemplar.deed,
    )


def withdraw_exemplar(*, by: User, exemplar: Exemplar, seen: int | None = None) -> Exemplar:
    """Withdraw it to a draft before the office has reviewed it."""
    with act("campaigns.withdraw", exemplar, by=by, seen=seen) as locked:
        locked.submitted_on = None
    return exemplar


def cancel_exemplar(*, by: User, exemplar: Exemplar, seen: int | None = None) -> Exemplar:
    """Cancel a draft for good; it stays in the audit log."""
    with act("campaigns.cancel", exemplar, by=by, seen=seen):
        pass
    return exemplar


# ── reviewing it ─────────────────────────────────────────────────────────────────────────────────
def accept_exemplar(*, by: User, exemplar: Exemplar, seen: int | None = None) -> Exemplar:
    """The office accepts it."""
    with act("campaigns.accept", exemplar, by=by, seen=seen) as locked:
        _notify_unit(locked, "Văn phòng đã chấp nhận", "accepted")
    return exemplar


@dataclass(frozen=True)
class AcceptedExemplars:
    """What became of several exemplars: accepted now, accepted before, and those that could not be, with the reason."""

    now: list[Exemplar]
    before: list[Exemplar]
    refused: list[tuple[Exemplar, str]]


def accept_exemplars(*, by: User, chosen: Iterable[tuple[Exemplar, int | None]]) -> AcceptedExemplars:
    """The office accepts several, each given with the version that the page showed. One that cannot be
    accepted does not prevent the others; accepting them again changes nothing.
    """
    result = AcceptedExemplars([], [], [])
    for exemplar, seen in chosen:
        try:
            result.now.append(accept_exemplar(by=by, exemplar=exemplar, seen=seen))
        except RuleBroken:
            exemplar.refresh_from_db()
            if exemplar.state in Exemplar.VALID:
                result.before.append(exemplar)
            else:
                result.refused.append((exemplar, check_act("campaigns.accept", exemplar, by).reason or CHANGED_SINCE))
    return result


def return_exemplar(*, by: User, exemplar: Exemplar, notes: dict[str, str], seen: int | None = None) -> Exemplar:
    """Return it with a reason for each field to correct ({field: reason}, at least one that its form shows)."""
    shown = exemplar_note_labels(exemplar)
    notes = {name: clean_lines(reason) for name, reason in notes.items() if name in shown and is_reason(reason)}
    if not notes:
        raise RuleBroken("Hãy ghi lý do trả lại ở ít nhất một mục để đơn vị biết cần sửa gì.")
    with act("campaigns.return", exemplar, by=by, seen=seen) as locked:
        locked.return_notes = notes
        locked.returned_content = exemplar_content(locked)
        _notify_unit(locked, "Văn phòng trả lại để sửa", "returned")
    return exemplar


def mark_nominated(*, by: User, exemplar: Exemplar) -> Exemplar:
    """Mark an accepted exemplar as nominated; called by the action that creates the nomination, in its transaction."""
    with act("campaigns.mark_nominated", exemplar, by=by) as locked:
        _notify_unit(locked, "Văn phòng đã lập hồ sơ đề nghị khen thưởng", "nominated")
    return exemplar


def unmark_nominated(*, by: User, exemplar: Exemplar) -> Exemplar:
    """The nomination of this exemplar was withdrawn: it is accepted again, and may be nominated again."""
    with act("campaigns.release", exemplar, by=by):
        pass
    return exemplar


def mark_nominated_again(*, by: User, exemplar: Exemplar) -> Exemplar:
    """The withdrawn nomination of this exemplar was restored."""
    with act("campaigns.nominated_again", exemplar, by=by):
        pass
    return exemplar


# ── parts ────────────────────────────────────────────────────────────────────────────────────────
def _check_asked(unit: Unit, period: Period) -> None:
    """RuleBroken for a period of another commune, or of a day on which the unit does not exist."""
    if unit.commune_id != period.commune_id:
        raise RuleBroken("Kỳ này không thuộc xã của đơn vị.")
    if not must_answer(period, unit):
        raise RuleBroken(f"{unit.name} không có vào ngày hết hạn của kỳ này, nên không phải trả lời.")


def _nothing(unit: Unit, period: Period) -> bool:
    """Whether the unit has answered "none" for the period."""
    answers = Exemplar.objects.filter(unit=unit, period=period, nothing=True)
    return answers.exclude(state=Exemplar.CANCELLED).exists()


def _new(by: User, unit: Unit, period: Period, content: ExemplarContent, *, nothing: bool) -> Exemplar:
    exemplar = Exemplar(
        commune_id=unit.commune_id, unit=unit, period=period, nothing=nothing, state=Exemplar.DRAFT, created_by=by
    )
    _fill(exemplar, content)
    exemplar.save()
    return exemplar


def _fill(exemplar: Exemplar, content: ExemplarContent) -> None:
    """Write the content into the exemplar. Raises RuleBroken for a nominee of another unit."""
    if exemplar.nothing:
        exemplar.nothing_reason = clean_lines(content.nothing_reason)
        return
    _fill_nominee(exemplar, content)
    exemplar.field = content.field
    exemplar.campaign = _check_campaign(exemplar, content.campaign)
    exemplar.deed = clean_lines(content.deed)
    exemplar.result = clean_lines(content.result)


def _fill_nominee(exemplar: Exemplar, content: ExemplarContent) -> None:
    _check_own_unit(content.person, exemplar)
    _check_own_unit(content.household, exemplar)
    exemplar.kind = content.kind
    exemplar.person = content.person if content.kind == Exemplar.PERSON else None
    exemplar.household = content.household if content.kind == Exemplar.HOUSEHOLD else None
    exemplar.collective = _own_collective(content, exemplar)
    is_named = exemplar.person_id or exemplar.household_id or exemplar.collective_id
    exemplar.new_nominee = {} if is_named else {name: value for name, value in content.new_nominee.items() if value}


def _own_collective(content: ExemplarContent, exemplar: Exemplar) -> Unit | None:
    """The unit itself, or its collective that was chosen; None for a person or household. Raises RuleBroken for a collective
    of another unit or that has ended.
    """
    chosen = content.collective or exemplar.unit
    if content.kind != Exemplar.COLLECTIVE:
        return None
    found = collective_to_choose(exemplar.unit, chosen.pk, timezone.localdate(), exemplar.collective)
    if found is None:
        raise RuleBroken("Chỉ chọn được chính đơn vị hoặc tập thể đang hoạt động của đơn vị.", field="collective")
    return found


def _check_own_unit(nominee: Person | Household | None, exemplar: Exemplar) -> None:
    if nominee is not None and not belongs_to(nominee, exemplar.unit, exemplar.period.due_on):
        raise RuleBroken("Chỉ chọn được người, hộ của chính đơn vị mình.", field="name")


def _check_campaign(exemplar: Exemplar, campaign: Campaign | None) -> Campaign | None:
    """The campaign. Raises RuleBroken if it is not running in this commune; the exemplar's current campaign may have ended."""
    if campaign is None or campaign.pk == exemplar.campaign_id:
        return campaign
    if campaign.commune_id != exemplar.commune_id or campaign.state not in Campaign.RUNNING:
        raise RuleBroken("Chỉ chọn được phong trào đang thực hiện của xã.", field="campaign")
    return campaign


def _register_nominee(by: User, exemplar: Exemplar) -> None:
    """Add the person or household that was typed as new to the register, and set it as nominee."""
    typed = exemplar.new_nominee
    try:
        if exemplar.kind == Exemplar.HOUSEHOLD:
            exemplar.household = add_household(
                by=by,
                unit=exemplar.unit,
                head_name=typed["name"],
                **{name: typed.get(name, "") for name in ("address", "form_of_address", "nickname")},
            )
        else:
            exemplar.person = add_person(
                by=by,
                unit=exemplar.unit,
                full_name=typed["name"],
                birth_year=typed.get("birth_year"),
                birth_date=date.fromisoformat(typed["birth_date"]) if typed.get("birth_date") else None,
                twins_seen=typed.get("twins_seen", ()),
                **{name: typed.get(name, "") for name in ("sex", "post", "form_of_address", "nickname", "twin_note")},
            )
    except RuleBroken as broken:
        broken.field = "name" if broken.field in ("full_name", "head_name", None) else broken.field
        raise
    exemplar.new_nominee = {}


def _notify_office(exemplar: Exemplar) -> None:
    notify_users(
        commune_id=exemplar.commune_id,
        users=role_holder_ids(exemplar.commune_id, Role.office, on=timezone.localdate()),
        text=f"{exemplar.unit.name} gửi: {exemplar.nominee_name} ({str(exemplar.period).lower()}).",
        link=exemplar.get_absolute_url(),
        key=f"exemplar:{exemplar.pk}:submitted:{exemplar.version}",
    )


def _notify_unit(exemplar: Exemplar, what: str, key: str) -> None:
    users = unit_head_ids(exemplar.unit, timezone.localdate())
    notify_users(
        commune_id=exemplar.commune_id,
        users=[*users, exemplar.created_by_id],
        text=f"{what}: {exemplar.nominee_alone} ({str(exemplar.period).lower()}).",
        link=exemplar.get_absolute_url(),
        key=f"exemplar:{exemplar.pk}:{key}:{exemplar.version}",
    )
