"""What the head of a household may not do before somebody else heads it."""

from emulation.core.errors import RuleBroken
from villages.models import Person
from villages.queries.household_changes import headed_household

HEAD_FIRST = "{} đang là chủ hộ {}: hãy đổi chủ hộ hoặc kết thúc hộ trước."


def refuse_head(person: Person, field: str | None = None) -> None:
    """RuleBroken for the head of a household, who leaves it only after somebody else heads it or it is closed."""
    headed = headed_household(person)
    if headed is not None:
        raise RuleBroken(HEAD_FIRST.format(person.full_name, headed.head_name), field)
