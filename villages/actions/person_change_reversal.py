"""Taking back a dated change of a person that was recorded by mistake."""

from django.db import transaction

from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.validation import require_reason
from emulation.workflow.transitions import act
from villages.actions.name_marks import refresh_marks
from villages.actions.person_changes import last_change, restore_post
from villages.actions.person_stay import restore_stay, restore_unit
from villages.models import Person, PersonChange

LATER_FIRST = "Có thay đổi ghi sau thay đổi này: hãy rút thay đổi đó trước."
RESTORE = {
    PersonChange.POST: restore_post,
    PersonChange.MOVED: restore_unit,
    **dict.fromkeys(PersonChange.ENDINGS, restore_stay),
}


def take_back_person_change(*, by: User, change: PersonChange, reason: str, seen: int | None = None) -> PersonChange:
    """The person is as before the change. RuleBroken without a reason, and while a later change of the same kind is in force."""
    with transaction.atomic():
        # The person before the change, as the other actions do.
        person = Person.objects.select_for_update().get(pk=change.person_id)
        last = last_change(person, change.kind)
        with act("villages.take_back_person_change", change, by=by, seen=seen, about=str(change)) as locked:
            locked.end_reason = require_reason(reason, "Hãy ghi vì sao rút.")[:300]
            if last is None or last.pk != locked.pk:
                raise RuleBroken(LATER_FIRST)
            RESTORE[locked.kind](person, locked)
        refresh_marks(person)
    return change
