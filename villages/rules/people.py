"""Whether a birth year is possible; how a person is addressed; titles typed inside a name. Pure."""

import re

FORMS_IN_LOWER_CASE = frozenset(["ông", "bà", "cháu", "em", "anh", "chị", "cụ", "cô", "chú", "bác", "thầy"])
"""Forms of address that are in lower case inside a sentence; others ("Đại đức") keep their capital letter."""
HOUSEHOLD_WORDS = ("hộ gia đình", "gia đình", "hộ")
TITLES = (
    *("đồng chí", "đ/c", "đ.c", "đc", "tiến sĩ", "ts", "thạc sĩ", "ths", "th.s", "bác sĩ", "bs", "kỹ sư", "ks"),
    *("cử nhân", "giáo sư", "gs", "phó giáo sư", "pgs", "nhà giáo", "nghệ nhân", "đại đức", "thượng tọa", "thượng toạ"),
    *("hòa thượng", "hoà thượng", "ni sư", "linh mục", "mục sư", "thầy giáo", "cô giáo", "bí thư", "trưởng thôn"),
)
MAX_FORM_LENGTH = 30
_COLLOQUIAL = "ông|bà|anh|chị|cô|thầy|chú|bác|em|cháu"


def birth_year_fault(year: int | None, this_year: int) -> str | None:
    """Why a birth year is impossible, or None."""
    if year is None or this_year - 120 <= year <= this_year:
        return None
    return f"Năm sinh phải từ {this_year - 120} đến {this_year}."


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
        start = typed.lower().rstrip(".:")
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
