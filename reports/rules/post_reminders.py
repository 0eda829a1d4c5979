"""When the holders of a right are reminded of a post that ends: some days before, on the last day, and after it."""

from datetime import date

STAGES = (60, 30, 7, 0)
"""Days before the last day; a task shows as late after it."""
OVER = "over"
UNDATED = "undated"


def reminder_stage(last_day: date | None, on: date) -> str:
    """The latest stage that has come by that day: "60", "30", "7", "0", OVER after the last day; "" before the first.

    UNDATED for what has no last day, such as a council with a member who left.
    """
    if last_day is None:
        return UNDATED
    left = (last_day - on).days
    if left < 0:
        return OVER
    return next((str(days) for days in reversed(STAGES) if left <= days), "")
