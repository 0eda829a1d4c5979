"""Who: units and their names by date, households, people, who heads what, the council and its seats."""

from villages.models.assignments import Absence, Appointment, CouncilLiaison
from villages.models.collectives import Collective
from villages.models.council import CouncilVersion, CouncilVersionQuerySet, Seat
from villages.models.evidence import (
    KEPT,
    REMOVED,
    RESTRICTED_READERS,
    Evidence,
    EvidenceQuerySet,
    evidence_subject_kind,
    evidence_url,
)
from villages.models.evidence_kinds import UNIT_YEAR_PARTS, Evaluation, Initiative, Leave, PastAward, UnitYear
from villages.models.household_changes import HouseholdChange
from villages.models.nominee import (
    NamedNominee,
    Nominee,
    UnitNominee,
    exactly_one_nominee,
    exactly_one_of,
    store_collective_name,
    store_new_name,
    store_nominees_of,
)
from villages.models.people import (
    KEPT_RECORD,
    PEOPLE_READERS,
    POSTS_OF_ROLES,
    Household,
    NamedRow,
    NamedRowQuerySet,
    Person,
    PersonPrivate,
    PersonQuerySet,
)
from villages.models.person_changes import PersonChange
from villages.models.person_matches import PersonMatch
from villages.models.restricted_evidence import Discipline, PendingCase, RestrictedEvidence
from villages.models.unit_changes import UnitChange, UnitChangePart, UnitChangeQuerySet, UnitTransfer
from villages.models.units import Unit, UnitName, UnitQuerySet

# Every kind of evidence, in the order in which pages show them.
EVIDENCE: tuple[type[Evidence], ...] = (Evaluation, PastAward, Initiative, Leave, UnitYear, Discipline, PendingCase)

__all__ = [
    "KEPT", "KEPT_RECORD", "PEOPLE_READERS", "POSTS_OF_ROLES", "REMOVED", "RESTRICTED_READERS", "UNIT_YEAR_PARTS", "Absence",
    "Appointment", "Collective", "CouncilLiaison", "CouncilVersion", "CouncilVersionQuerySet", "Discipline", "Evaluation", "Evidence",
    "EvidenceQuerySet", "Household", "HouseholdChange", "Initiative", "Leave", "NamedNominee", "NamedRow", "NamedRowQuerySet", "Nominee",
    "PastAward", "PendingCase", "Person", "PersonChange", "PersonMatch", "PersonPrivate", "PersonQuerySet", "RestrictedEvidence",
    "Seat", "Unit", "UnitChange", "UnitChangePart", "UnitChangeQuerySet", "UnitName", "UnitNominee", "UnitQuerySet", "UnitTransfer",
    "UnitYear",
    "evidence_subject_kind", "evidence_url", "exactly_one_nominee", "exactly_one_of", "store_collective_name",
    "store_new_name", "store_nominees_of",
]  # fmt: skip
