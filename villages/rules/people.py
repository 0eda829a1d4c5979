"""Birth years and days as typed; how a person is addressed; titles typed inside a name. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import product

from emulation.core.text import clean

FORMS_IN_LOWER_CASE = frozenset(
    ["ông", "bà", "cháu", "em", "anh", "chị", "cụ", "cô", "chú", "bác", "thầy", "đồng chí", "thầy giáo", "cô giáo"]
)
"""Forms of address that are in lower case inside a sentence; others ("Đại đức") keep their capital letter."""
HOUSEHOLD_WORDS = ("hộ gia đình", "gia đình", "hộ")
FORM_TITLES = {
    **dict.fromkeys(["đồng chí", "đ/c", "đ.c", "đc"], "đồng chí"),
    **{form: form for form in ("thầy giáo", "cô giáo")},
    **{form: form.capitalize() for form in ("đại đức", "thượng tọa", "hòa thượng", "ni sư", "ni trưởng", "sư cô")},
    **{form: form.capitalize() for form in ("linh mục", "mục sư", "giám mục")},
    "thượng toạ": "Thượng tọa",
    "hoà thượng": "Hòa thượng",
}
"""Titles that are forms of address: as typed before a name, and as papers write them."""
_RANKS = [" ".join(parts) for parts in product(("thiếu", "trung", "thượng", "đại"), ("tá", "úy", "uý"))]
POST_TITLES = {
    "tiến sĩ": "Tiến sĩ",
    "ts": "Tiến sĩ",
    "thạc sĩ": "Thạc sĩ",
    "ths": "Thạc sĩ",
    "th.s": "Thạc sĩ",
    "bác sĩ": "Bác sĩ",
    "bs": "Bác sĩ",
    "kỹ sư": "Kỹ sư",
    "ks": "Kỹ sư",
    "cử nhân": "Cử nhân",
    "giáo sư": "Giáo sư",
    "gs": "Giáo sư",
    "phó giáo sư": "Phó Giáo sư",
    "pgs": "Phó Giáo sư",
    **{title: title.capitalize() for title in ("nhà giáo", "nghệ nhân", "bí thư", "trưởng thôn", "trưởng bản")},
    **{
        rank: rank.capitalize().replace("uý", "úy")
        for rank in (*_RANKS, "thượng sĩ", "trung sĩ", "hạ sĩ", "thiếu tướng")
    },
}
"""Degrees, ranks and posts, which no sentence uses to address somebody: as typed before a name, and as a post."""
TITLES = (*FORM_TITLES, *POST_TITLES)
MAX_FORM_LENGTH = 30
_COLLOQUIAL = "ông|bà|anh|chị|cô|thầy|chú|bác|em|cháu"


def birth_year_fault(year: int | None, this_year: int) -> str | None:
    """Why a birth year is impossible, or None."""
    if year is None or this_year - 120 <= year <= this_year:
        return None
    return f"Năm sinh phải từ {this_year - 120} đến {this_year}."


@dataclass(frozen=True)
class Birth:
    """A year and, if it was typed, the day; or why neither can be read."""

    year: int | None = None
    day: date | None = None
    fault: str = ""


_BIRTH_WORDS = re.compile(r"^(?:sinh|ngày|năm|ns|sn|[\s:.])+", re.IGNORECASE)
_BIRTH_DAY = re.compile(r"(\d{1,2})[/.\- ]+(?:tháng )?(\d{1,2})[/.\- ,]+(?:năm )?(\d{4})", re.ASCII)
_BIRTH_DAY_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00:00)?", re.ASCII)
_BIRTH_YEAR = re.compile(r"(?:\d{1,2}[/.\-])?(\d{4})(?:[.,]0)?", re.ASCII)


def read_birth(typed: str) -> Birth:
    """The year in "1962", "7/1962", "sinh năm 1962"; the day too in "22/7/1962", "22 tháng 7 năm 1962", "1962-07-22"."""
    text = _BIRTH_WORDS.sub("", clean(typed))
    if not text:
        return Birth()
    if whole := _BIRTH_YEAR.fullmatch(text):
        return Birth(int(whole[1]))
    if whole := _BIRTH_DAY.fullmatch(text):
        day, month, year = map(int, whole.groups())
    elif whole := _BIRTH_DAY_YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, whole.groups())
    else:
        return Birth(fault="Năm sinh gồm bốn chữ số, ví dụ 1985; ghi cả ngày cũng được, ví dụ 22/7/1985.")
    try:
        return Birth(year, date(year, month, day))
    except ValueError:
        return Birth(fault=f"Không có ngày {day} tháng {month} năm {year}. Chỉ cần ghi năm sinh, ví dụ 1985.")


def read_cccd(typed: str) -> str:
    """The number without the spaces, dots and hyphens between its figures."""
    return re.sub(r"[\s.\-]+", "", clean(typed))


def cccd_fault(cccd: str) -> str | None:
    """Why this is no number of a căn cước công dân (12 figures), or None; nothing typed is none either."""
    if not cccd or re.fullmatch(r"[0-9]{12}", cccd):
        return None
    if re.fullmatch(r"[0-9]{9}", cccd):
        return "Đây là số chứng minh nhân dân cũ (9 chữ số). Số CCCD gồm 12 chữ số."
    if not re.fullmatch(r"[0-9]*", cccd):
        return "Số CCCD gồm 12 chữ số. Chỉ ghi số, bỏ chữ và ký hiệu."
    return f"Số CCCD gồm 12 chữ số. Số đã ghi có {len(cccd)} chữ số."


def cccd_disagreements(cccd: str, sex: str, birth_year: int | None) -> dict[str, str]:
    """{"sex" or "birth_year": what the number contains instead}: its 4th figure is century and sex, the 5th and 6th the year.

    Figures 0 and 1 are men and women born from 1900, 2 and 3 from 2000, and so on. What is not known agrees.
    """
    if not re.fullmatch(r"[0-9]{12}", cccd):
        return {}
    is_woman = int(cccd[3]) % 2 == 1
    year = 1900 + int(cccd[3]) // 2 * 100 + int(cccd[4:6])
    found = {}
    if sex and (sex == "nu") != is_woman:
        found["sex"] = "nữ" if is_woman else "nam"
    if birth_year and birth_year != year:
        found["birth_year"] = str(year)
    return found


def form_of_address_fault(form: str) -> str | None:
    """Why these words are no form of address, or None; nothing typed is none either."""
    if len(form) > MAX_FORM_LENGTH:
        return f"Cách xưng hô dài quá {MAX_FORM_LENGTH} ký tự."
    if not all(letter.isalpha() or letter == " " for letter in form):
        return "Cách xưng hô ghi bằng chữ, không viết tắt, không có dấu chấm hay gạch chéo; ví dụ: cháu, Đại đức."
    return None


def written_form_of_address(form: str) -> str:
    """The form as it is in the middle of a sentence: "cháu" for "Cháu", "Đại đức" as it is."""
    return form.lower() if form.lower() in FORMS_IN_LOWER_CASE else form


def title_in_name(name: str, form: str = "") -> str:
    """A title or form of address with which the name begins, as typed; "" for a mere name.

    "Ông" is also a family name: with an explicit `form` of address, "Ông Ích Khiêm" is a mere name.
    """
    words = name.split()
    for count in range(min(3, len(words) - 1), 0, -1):
        typed = " ".join(words[:count])
        start = typed.lower().rstrip(".:,")
        if start in (*HOUSEHOLD_WORDS, *TITLES) or (not form and start in FORMS_IN_LOWER_CASE):
            return typed
    before, _, rest = name.partition(".")  # "ThS.Lê", typed without a space
    return f"{before}." if rest and before.lower() in TITLES else ""


def title_in_name_fault(name: str, form: str = "") -> str | None:
    """Why the name cannot be printed as it is, with the way to correct it, or None."""
    title = title_in_name(name, form)
    if not title:
        return None
    if title.lower() in FORMS_IN_LOWER_CASE:
        return (
            f"Họ tên “{name}” có “{title}” ở đầu; hãy bỏ chữ đó. "
            f"Nếu họ đúng là “{title}” thì ghi thêm ô “Cách xưng hô” ở trang của người, của hộ."
        )
    return (
        f"Họ tên “{name}” có “{title}” ở đầu; hãy chỉ ghi họ tên. "
        "Cách xưng hô ghi ở ô “Cách xưng hô” ở trang của người, của hộ."
    )


def with_one_subject(text: str, full_name: str, subject: str, household: str) -> str:
    """A typed deed that names its person in one way: "anh Thành", "chị Vi Thị Xuân" become `subject`, "gia đình anh Thành" `household`.

    At the beginning of a sentence the first letter is a capital.
    """
    names = "|".join(re.escape(name) for name in dict.fromkeys((full_name, full_name.split()[-1])) if name)
    named = re.compile(rf"(?<!\w)((?:gia đình|hộ)(?: nhà)? )?(?:{_COLLOQUIAL}) (?:{names})(?!\w)", re.IGNORECASE)

    def formal(match: re.Match[str]) -> str:
        if text[match.end() : match.end() + 2].strip()[:1].isupper():  # "chị Xuân Lan" is somebody else
            return match[0]
        word = household if match[1] else subject
        before = text[: match.start()].rstrip(" ")
        starts = not before or before[-1] in ".!?\n"
        return word[:1].upper() + word[1:] if starts else word

    return named.sub(formal, text)
