"""Default wording of a nomination: achievement text, its period, deed with result. Pure."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from villages.rules.people import FORMS_IN_LOWER_CASE

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


MOVEMENTS = {
    "Đoàn kết, giúp nhau giảm nghèo": "đoàn kết giúp nhau giảm nghèo",
    "Văn hóa - xã hội": "xây dựng đời sống văn hóa",
    "Giáo dục": "“Dạy tốt, học tốt”",
    "Y tế": "chăm sóc sức khỏe Nhân dân",
    "Quốc phòng, an ninh trật tự": "bảo vệ an ninh trật tự",
    "Cải cách hành chính, chuyển đổi số": "cải cách hành chính và chuyển đổi số",
}
"""How the movement of a field of emulation is called when it is not the name of the field."""


def default_achievement(field: str, period: str, campaign: str = "") -> str:
    """The default text after "đã có thành tích": `xuất sắc trong phong trào thi đua phát triển kinh tế tháng 10 năm 2026`.

    With a campaign: `xuất sắc trong phong trào thi đua “Chuyển đổi số” tháng 10 năm 2026`. `period` is in words.
    """
    parts = ["xuất sắc trong phong trào thi đua", f"“{campaign}”" if campaign else _movement(field), period]
    return " ".join(part for part in parts if part)[:MAX_ACHIEVEMENT_LENGTH]


def _movement(field: str) -> str:
    return "" if field == OTHER_FIELD else MOVEMENTS.get(field, _lower(field))


def achievement_sentence(achievement: str) -> str:
    """ "Đã có thành tích …", once, also when the text already begins with these words, some of them, or twice with them.

    "Đã đạt tiêu chuẩn …" of a title that is given to all who meet its standards.
    """
    text = _LEAD_IN.sub("", achievement.strip())
    if _OWN_LEAD_IN.match(text):
        return "Đã " + re.sub(r"^đã\s+", "", _lower(text), flags=re.IGNORECASE)
    return f"Đã có thành tích {_lower(text)}".strip()


def lead_in_once(deed: str) -> str:
    """The deed as typed, but "Đã có thành tích" only once where it begins with these words twice or more often."""
    lead = _LEAD_IN.match(deed)
    twice = lead is not None and lead[0].lower().count("thành tích") > 1
    return f"Đã có thành tích {_lower(deed[lead.end() :])}" if lead and twice else deed


_LEAD_IN = re.compile(r"^(?:(?:(?:đã\s+)?có\s+)?thành\s+tích(?!\w)[\s:,.–-]*)+", re.IGNORECASE)
_OWN_LEAD_IN = re.compile(
    r"(?:đã\s+)?(?:có\s+(?:nhiều|những)\s+thành\s+tích|đạt\s+(?:các\s+|đủ\s+)?tiêu\s+chuẩn)(?!\w)", re.IGNORECASE
)


NAMES = (
    "Chủ tịch", "Phó", "Bí thư", "Hiệu trưởng", "Trưởng", "Chi hội trưởng", "Chỉ huy", "Chính trị viên", "Chánh", "Giám đốc",
    "Ủy viên", "Thôn", "Trường", "Trạm", "Hội", "Đoàn", "Ủy ban", "Văn phòng",
)  # fmt: skip
"""First words of posts and units that keep their capital letter inside a sentence."""
UNIT_NAMES = ("Trường", "Trạm", "Hội", "Đoàn", "Ủy ban", "Văn phòng")


def recipient_in_sentence(recipient: str, place: str) -> str:
    """ "bà Đỗ Thị Êm, điều dưỡng Trạm Y tế xã Bình Lương", from "Bà Đỗ Thị Êm" and "Điều dưỡng, Trạm Y tế xã Bình Lương"."""
    is_lowered = recipient.lower().startswith(tuple(f"{form} " for form in FORMS_IN_LOWER_CASE)) or (
        recipient.split(" ", 1)[0] in ("Hộ", "Tập")
    )
    name = _lower(recipient) if is_lowered else recipient
    return f"{name}, {post_in_sentence(joined_place(place))}" if place else name


def joined_place(place: str) -> str:
    """ "Điều dưỡng Trạm Y tế xã Bình Lương", from "Điều dưỡng, Trạm Y tế xã Bình Lương"; a thôn keeps its comma."""
    post, comma, unit = place.partition(", ")
    return f"{post} {unit}" if comma and post and unit.startswith(UNIT_NAMES) else place


def post_in_sentence(post: str) -> str:
    """ "công chức Văn phòng - Thống kê", "Chủ tịch UBND xã": a post or a unit inside a sentence."""
    return post if post.startswith(NAMES) else _first_lower(post)


def certificate_about(place: str, mark: str) -> str:
    """The line below the name on a certificate: post, unit, address.

    Of one of several people of the name in the unit first the birth or the household in their `mark`: otherwise two
    certificates of one decision differ only by their number.
    """
    if not mark.startswith(("sinh ", "hộ ")):
        return place
    return f"{mark[:1].upper()}{mark[1:]}, {post_in_sentence(place)}" if place else f"{mark[:1].upper()}{mark[1:]}"


REPORTED = "Ủy viên thường trực báo cáo kết quả thẩm định"


def discussion_without_report(discussion: str) -> str:
    """The typed discussion without a first sentence that the minutes print before it: that the appraisal was reported."""
    text = discussion.strip()
    if not text.lower().startswith(REPORTED.lower()):
        return text
    rest = text[len(REPORTED) :]
    if rest and rest[0] not in ".;,\n":
        return text
    rest = rest.lstrip(" .;,\n")
    return rest[:1].upper() + rest[1:]


_REQUEST_TO_DECIDE = re.compile(
    r"[\s;,]*(?:kính\s+)?(?:đề nghị|trình)\s+(?:đồng chí\s+)?Chủ tịch(?:\s+(?:UBND|Ủy ban nhân dân)\s+xã)?\s+xem xét,?\s+"
    r"quyết định[\s./]*$",
    re.IGNORECASE,
)


def opinion_without_request(opinion: str) -> str:
    """The typed opinion without a last clause that the phiếu trình prints below it: that the chair is asked to decide."""
    rest = _REQUEST_TO_DECIDE.sub("", opinion)
    if rest == opinion or not rest.strip():
        return rest.strip()
    return f"{rest.rstrip(' .')}."


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
