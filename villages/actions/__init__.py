"""Acts on people, households and units, and on the evidence about them."""

from villages.actions.evaluations import Entered, RowsBroken, enter_evaluations
from villages.actions.evidence import (
    add_evidence,
    mend_evidence,
    read_restricted,
    remove_evidence,
    set_joined,
    use_initiative,
)
from villages.actions.people import add_household, add_person, edit_person, edit_private, read_private
from villages.actions.serving import assign_charges, end_absence, may_stand_in, record_absence

__all__ = [
    "Entered", "RowsBroken", "add_evidence", "add_household", "add_person", "assign_charges", "edit_person",
    "edit_private", "end_absence", "enter_evaluations", "may_stand_in", "mend_evidence", "read_private", "read_restricted",
    "record_absence", "remove_evidence", "set_joined", "use_initiative",
]  # fmt: skip
