"""Action on council liaisons."""

from datetime import date, timedelta

from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.core.formatting import format_date
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act
from villages.models import CouncilLiaison, Person, Unit


def assign_liaisons(*, by: User, commune: Commune, liaisons: dict[int, Person | None]) -> int:
    """Assigns the council member in charge of each unit from today ({unit id: member or None}); notifies new members.

    Returns the number of units that changed. Earlier assignments stay, with their last day.
    """
    today = timezone.localdate()
    changed = 0
    with act("villages.assign_charges", commune, by=by) as locked:
        present = {row.unit_id: row for row in CouncilLiaison.objects.filter(commune=locked, ends_on=None)}
        for unit in Unit.objects.filter(commune=locked, pk__in=liaisons):
            person = liaisons[unit.pk]
            old = present.get(unit.pk)
            if (old.person_id if old else None) == (person.pk if person else None):
                continue
            changed += 1
            if old:
                _end_liaison(old, today)
            if person:
                CouncilLiaison.objects.create(commune=locked, unit=unit, person=person, starts_on=today)
                _notify_liaison(person, unit, today)
    return changed


def _notify_liaison(person: Person, unit: Unit, today: date) -> None:
    if person.user_id:
        notify_users(
            commune_id=unit.commune_id,
            users=[person.user_id],
            text=f"Bạn được phân công phụ trách {unit.name} từ {format_date(today)}.",
            link=unit.get_absolute_url(),
            key=f"charge:{unit.pk}:{today}",
        )


def _end_liaison(row: CouncilLiaison, today: date) -> None:
    """Ends an assignment yesterday; deletes one that began today, because it was never in force for a full day."""
    if row.starts_on >= today:
        row.delete()
        return
    row.ends_on = today - timedelta(days=1)
    row.save(update_fields=["ends_on"])
