"""Who: units and their names by date, households, people, who heads what, the council and its seats."""

from villages.models.council import CouncilVersion, CouncilVersionQuerySet, Seat
from villages.models.nominee import Nominee, exactly_one_nominee
from villages.models.people import (
    PEOPLE_READERS,
    Appointment,
    Household,
    Named,
    NamedQuerySet,
    Person,
    PersonPrivate,
)
from villages.models.units import Unit, UnitName, UnitQuerySet

__all__ = [
    "PEOPLE_READERS", "Appointment", "CouncilVersion", "CouncilVersionQuerySet", "Household", "Named", "NamedQuerySet",
    "Nominee", "Person", "PersonPrivate", "Seat", "Unit", "UnitName", "UnitQuerySet", "exactly_one_nominee",
]  # fmt: skip
