"""Rules about people and units. Pure."""

from villages.rules.people import birth_year_fault

__all__ = ["birth_year_fault"]
