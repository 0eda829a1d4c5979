"""How long a sudden commendation took, in hours. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True)
class ElapsedTime:
    """From the deed (`from_deed`), or from the submission where its hour is not known, to the issue; `ended` None: still running."""

    since: datetime
    from_deed: bool
    ended: datetime | None
    now: datetime

    @property
    def length(self) -> timedelta:
        """Never negative: a decision may be entered with the hour of its number."""
        return max((self.ended or self.now) - self.since, timedelta())

    @property
    def is_over_a_day(self) -> bool:
        return self.length > DAY

    @property
    def in_words(self) -> str:
        return hours_in_words(self.length)


def hours_in_words(length: timedelta) -> str:
    """ "41 giờ 20 phút"; "20 phút" for less than an hour."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    parts = [f"{hours} giờ"] if hours else []
    parts += [f"{minutes} phút"] if minutes or not hours else []
    return " ".join(parts)
