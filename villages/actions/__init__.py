"""Acts on people, households and units."""

from villages.actions.people import add_household, add_person, edit_person, edit_private, read_private

__all__ = ["add_household", "add_person", "edit_person", "edit_private", "read_private"]
