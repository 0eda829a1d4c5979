"""What a nomination says before anybody has typed: the words of praise and the span of time. Pure."""

import calendar
from dataclasses import dataclass
from datetime import date

OTHER_FIELD = "Lĩnh vực khác"
MAX_ACHIEVEMENT_LENGTH = 300


@dataclass(frozen=True)
class AchievementPeriod:
    """The first and the last day of the achievement."""

    starts_on: date
    ends_on: date


def achievement_period(kind: str, year: int, number: int) -> AchievementPeriod:
    """The days of a month or a quarter."""
    first, last = (number * 3 - 2, number * 3) if kind == "quarter" else (number, number)
    return AchievementPeriod(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def default_achievement(field: str, period: str, campaign: str = "") -> str:
    """The words after "đã có thành tích": `xuất sắc trong phong trào phát triển kinh tế, tháng 10/2026`.

    Of a campaign they name it: `xuất sắc trong phong trào thi đua “Chuyển đổi số”, tháng 10/2026`.
    """
    about = f"trong phong trào thi đua “{campaign}”" if campaign else _about(field)
    when = f", {_lower(period)}" if period else ""
    return f"xuất sắc {about}{when}"[:MAX_ACHIEVEMENT_LENGTH]


def _about(field: str) -> str:
    return f"trong phong trào {_lower(field)}" if field and field != OTHER_FIELD else "trong phong trào thi đua"


def achievement_sentence(achievement: str) -> str:
    """ "Đã có thành tích …", whichever of these words were typed."""
    words = achievement[:1].lower() + achievement[1:]
    for begun, lead in (("đã có thành tích", ""), ("có thành tích", "đã "), ("thành tích", "đã có ")):
        if words.startswith(begun):
            whole = lead + words
            break
    else:
        whole = f"đã có thành tích {words}"
    return whole[:1].upper() + whole[1:]


def deed_with_result(deed: str, result: str) -> str:
    """What was done and what came of it, as one account."""
    return "\n".join(
        part for part in (deed.strip(), f"Kết quả: {_first_lower(result)}" if result.strip() else "") if part
    )


def _lower(text: str) -> str:
    """The first letter small, as in the middle of a sentence."""
    return text[:1].lower() + text[1:]


def _first_lower(text: str) -> str:
    """As `_lower`, but a word in capitals stays."""
    text = text.strip()
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and first.isupper() else _lower(text)
