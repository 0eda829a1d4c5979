"""Actions on households: add one, correct one."""

from django.db import transaction

from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.text import clean
from emulation.workflow.transitions import act
from villages.actions.name_marks import lock_names, refresh_marks
from villages.actions.people import RowExists, checked_form_of_address, checked_name
from villages.flow.unit_guards import HOUSEHOLDS_IN_VILLAGES
from villages.models import Household, Unit, store_new_name

HEAD_IS_LINKED = "Chủ hộ đã gắn với một người trong danh sách: sửa tên ở trang của người đó, hoặc bấm “Đổi chủ hộ”."


def add_household(
    *, by: User, unit: Unit, head_name: str, address: str = "", form_of_address: str = "", nickname: str = ""
) -> Household:
    """Adds a household to a village. RuleBroken for another kind of unit, a duplicate, a title in the head's name."""
    if unit.kind != Unit.VILLAGE:
        raise RuleBroken(HOUSEHOLDS_IN_VILLAGES)
    with act("villages.add_household", unit, by=by, name=clean(head_name)) as locked:
        household = Household(commune_id=locked.commune_id, unit=locked)
        _fill_household(household, head_name, form_of_address, address, nickname)
        household.save()
        refresh_marks(household)
    return household


@transaction.atomic
def edit_household(
    *, by: User, household: Household, head_name: str, form_of_address: str, address: str, nickname: str = ""
) -> Household:
    """Corrects a household; issued papers keep the old words. RuleBroken for a duplicate or a title, as in `add_household`."""
    lock_names(household.unit_id)
    former = household.name_key
    with act("villages.edit_household", household, by=by) as locked:
        name = locked.head_name
        _fill_household(locked, head_name, form_of_address, address, nickname)
        if locked.head_id and locked.head_name != name:
            raise RuleBroken(HEAD_IS_LINKED, field="head_name")
        store_new_name(locked)
    refresh_marks(household, former)
    return household


def _fill_household(household: Household, head_name: str, form_of_address: str, address: str, nickname: str) -> None:
    household.form_of_address = checked_form_of_address(form_of_address)
    household.put_name(checked_name(head_name, "head_name", household.form_of_address), clean(nickname))
    household.address = clean(address)
    check_household_name(household)


def check_household_name(household: Household) -> None:
    """RowExists if the village has another household of this name and address."""
    same = Household.objects.filter(unit_id=household.unit_id, name_key=household.name_key, address=household.address)
    if twin := same.exclude(pk=household.pk).first():
        message = "Thôn đã có hộ này. Hãy tìm và chọn, hoặc ghi địa chỉ để phân biệt."
        raise RowExists(message, "head_name", twin)
