"""Who: units and their names by date, households, people, who heads what, the council and its seats."""

from villages.models.council import CouncilVersion, CouncilVersionQuerySet, Seat
from villages.models.evidence import (
    KEPT,
    REMOVED,
    RESTRICTED_READERS,
    Evidence,
    EvidenceQuerySet,
    evidence_url,
    subject_name,
)
from villages.models.nominee import Nominee, exactly_one_nominee, exactly_one_of
from villages.models.people import (
    PEOPLE_READERS,
    Appointment,
    Household,
    Named,
    NamedQuerySet,
    Person,
    PersonPrivate,
)
from villages.models.record import PARTS, Evaluation, Initiative, Leave, PastAward, UnitYear
from villages.models.restricted import Discipline, Pending, Restricted
from villages.models.serving import Absence, Charge
from villages.models.units import Unit, UnitName, UnitQuerySet

# Every kind of evidence, in the order in which pages show them.
EVIDENCE: tuple[type[Evidence], ...] = (Evaluation, PastAward, Initiative, Leave, UnitYear, Discipline, Pending)

__all__ = [
    "EVIDENCE",
    "KEPT",
    "PARTS",
    "PEOPLE_READERS",
    "REMOVED",
    "RESTRICTED_READERS",
    "Absence",
    "Appointment",
    "Charge",
    "CouncilVersion",
    "CouncilVersionQuerySet",
    "Discipline",
    "Evaluation",
    "Evidence",
    "EvidenceQuerySet",
    "Household",
    "Initiative",
    "Leave",
    "Named",
    "NamedQuerySet",
    "Nominee",
    "PastAward",
    "Pending",
    "Person",
    "PersonPrivate",
    "Restricted",
    "Seat",
    "Unit",
    "UnitName",
    "UnitQuerySet",
    "UnitYear",
    "evidence_url",
    "exactly_one_nominee",
    "exactly_one_of",
    "subject_name",
]  # fmt: skip
