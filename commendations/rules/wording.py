"""Default wording of a nomination: achievement text, its period, deed with result. Pure."""

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
    """The default text after "đã có thành tích": `xuất sắc trong phong trào phát triển kinh tế, tháng 10/2026`.

    With a campaign: `xuất sắc trong phong trào thi đua “Chuyển đổi số”, tháng 10/2026`.
    """
    about = f"trong phong trào thi đua “{campaign}”" if campaign else _about(field)
    when = f", {_lower(period)}" if period else ""
    return f"xuất sắc {about}{when}"[:MAX_ACHIEVEMENT_LENGTH]


def _about(field: str) -> str:
    return f"trong phong trào {_lower(field)}" if field and field != OTHER_FIELD else "trong phong trào thi đua"


def achievement_sentence(achievement: str) -> str:
    """ "Đã có thành tích …", also when the text already begins with some of these words."""
    text = _lower(achievement)
    for typed_start, missing in (("đã có thành tích", ""), ("có thành tích", "đã "), ("thành tích", "đã có ")):
        if text.startswith(typed_start):
            sentence = missing + text
            break
    else:
        sentence = f"đã có thành tích {text}"
    return sentence[:1].upper() + sentence[1:]


def deed_with_result(deed: str, result: str) -> str:
    """The deed and its result as one text."""
    result_line = f"Kết quả: {_first_lower(result)}" if result.strip() else ""
    return "\n".join(part for part in (deed.strip(), result_line) if part)


def _lower(text: str) -> str:
    """The text with a lower-case first letter, as in the middle of a sentence."""
    return text[:1].lower() + text[1:]


def _first_lower(text: str) -> str:
    """As `_lower`, but a first word all in capitals is left as it is."""
    text = text.strip()
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and first.isupper() else _lower(text)
