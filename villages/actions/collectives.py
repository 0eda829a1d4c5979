"""Actions on collectives that are no units: add, correct, rename by date, end, bring back. Issued papers keep their words."""

from datetime import date

from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean
from emulation.core.validation import not_future
from emulation.workflow.transitions import act
from villages.actions.people import RowExists
from villages.actions.unit_moves import rename_unit_on
from villages.models import Collective, Unit, UnitName, store_collective_name
from villages.queries.collectives import has_cases, leaders_of, same_collective
from villages.rules.unit_changes import unit_code

FIRST_NAME_DAY = date(1900, 1, 1)


def add_collective(*, by: User, owner: Unit | Commune, name: str, kind: str) -> Collective:
    """Adds a collective to a unit, or to the commune itself. RuleBroken for no name, no kind, or one of the same name."""
    if isinstance(owner, Commune):
        with act("villages.add_commune_collective", owner, by=by, name=clean(name)) as commune:
            return _new(commune.pk, None, name, kind)
    with act("villages.add_collective", owner, by=by, name=clean(name)) as unit:
        return _new(unit.commune_id, unit, name, kind)


def _new(commune_id: int, parent: Unit | None, name: str, kind: str) -> Collective:
    # One at a time in a commune, so that two of one name or one code are not entered in the same moment.
    Commune.objects.select_for_update().get(pk=commune_id)
    taken = set(Unit.with_collectives.filter(commune_id=commune_id).values_list("code", flat=True))
    row = Collective(commune_id=commune_id, kind=Unit.COLLECTIVE, parent=parent, sort=parent.sort if parent else 0)
    _fill(row, name, kind)
    row.code = unit_code(row.name, taken)
    row.save()
    UnitName.objects.create(unit=row, name=row.name, starts_on=FIRST_NAME_DAY)
    return row


def _fill(row: Collective, name: str, kind: str) -> None:
    row.name = _checked_name(name)
    if kind not in dict(Unit.COLLECTIVE_KINDS):
        raise RuleBroken("Hãy chọn một loại trong danh sách.", field="kind")
    row.collective_kind = kind
    _check_name_is_free(row)


def _checked_name(text: str) -> str:
    name = clean(text)
    if not any(letter.isalpha() for letter in name):
        raise RuleBroken("Hãy ghi tên tập thể.", field="name")
    if len(name) > 120:
        raise RuleBroken("Tên tập thể dài quá 120 ký tự.", field="name")
    return name


def _check_name_is_free(row: Collective) -> None:
    if twin := same_collective(row):
        where = row.parent.name if row.parent else "Xã"
        raise RowExists(f"{where} đã có tập thể tên này. Nếu là tập thể khác thì ghi tên cho khác.", "name", twin)


def edit_collective(*, by: User, collective: Collective, name: str, kind: str, parent: Unit | None) -> Collective:
    """Corrects what was entered wrongly. RuleBroken as in `add_collective`, and for another unit when cases are about it."""
    with act("villages.edit_collective", collective, by=by) as locked:
        if locked.parent_id != (parent.pk if parent else None):
            if has_cases(locked):
                message = "Đã có điển hình hoặc đề nghị khen thưởng của tập thể này ở đơn vị cũ: kết thúc rồi thêm ở đơn vị mới."
                raise RuleBroken(message, field="parent")
            locked.parent = parent
            locked.sort = parent.sort if parent else 0
        _fill(locked, name, kind)
        locked.names.order_by("-starts_on").filter(pk=_last_name(locked).pk).update(name=locked.name)
        store_collective_name(locked)
    return collective


def rename_collective(*, by: User, collective: Collective, name: str, starts_on: date) -> Collective:
    """Another name from that day; papers of earlier days name the earlier one. RuleBroken for a day after today or not after
    the day of the present name, the same name, or one that is taken."""
    with act("villages.rename_collective", collective, by=by, day=starts_on) as locked:
        not_future(starts_on, "Ngày đổi tên", "starts_on")
        last = _last_name(locked)
        if starts_on <= last.starts_on:
            raise RuleBroken(f"Tên hiện nay dùng từ {format_date(last.starts_on)}: ngày này phải sau đó.", "starts_on")
        new = _checked_name(name)
        if new == locked.name:
            raise RuleBroken("Tên mới giống tên hiện nay.", field="name")
        locked.name = new
        _check_name_is_free(locked)
        rename_unit_on(locked, new, starts_on)
        store_collective_name(locked)
    return collective


def take_back_collective_name(*, by: User, collective: Collective) -> Collective:
    """The last change of name was recorded by mistake: the name before it is the present one again."""
    with act("villages.take_back_collective_name", collective, by=by) as locked:
        _last_name(locked).delete()
        last = _last_name(locked)
        last.ends_on = None
        last.save(update_fields=["ends_on"])
        locked.name = last.name
        _check_name_is_free(locked)
        store_collective_name(locked)
    return collective


def _last_name(collective: Collective) -> UnitName:
    return collective.names.latest("starts_on")


def end_collective(*, by: User, collective: Collective, ends_on: date) -> Collective:
    """From that day it does not exist: nothing new is entered about it, what is entered stays. RuleBroken for a day after today, or
    not after the first day of its present name and of its last leader."""
    with act("villages.end_collective", collective, by=by, day=ends_on) as locked:
        not_future(ends_on, "Ngày kết thúc", "ends_on")
        _check_after_last_entry(locked, ends_on)
        locked.dissolved_on = ends_on
    return collective


def _check_after_last_entry(collective: Collective, ends_on: date) -> None:
    name = _last_name(collective).starts_on
    if ends_on <= name:
        raise RuleBroken(f"Tên hiện nay dùng từ {format_date(name)}: ngày kết thúc phải sau đó.", "ends_on")
    leader = leaders_of(collective).first()
    if leader is not None and ends_on <= leader.starts_on:
        since = f"{leader.person.full_name} đứng đầu từ {format_date(leader.starts_on)}"
        raise RuleBroken(f"{since}: ngày kết thúc phải sau đó.", "ends_on")


def bring_back_collective(*, by: User, collective: Collective) -> Collective:
    """It exists again as if it had not ended. RuleBroken if its unit is closed or another of its name was added since."""
    with act("villages.bring_back_collective", collective, by=by) as locked:
        parent = locked.parent
        if parent and parent.dissolved_on and parent.dissolved_on <= timezone.localdate():
            raise RuleBroken(f"{parent.name} đã kết thúc từ ngày {format_date(parent.dissolved_on)}.")
        locked.dissolved_on = None
        _check_name_is_free(locked)
    return collective
