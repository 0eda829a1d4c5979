"""Validation of evidence: awards and their subjects, years, days, counts. Pure."""

from collections.abc import Mapping
from datetime import date

FIRST_EVIDENCE_YEAR = 1945
PERSON = "person"
HOUSEHOLD = "household"
COLLECTIVE = "collective"
_ANYBODY = (PERSON, HOUSEHOLD, COLLECTIVE)

# Code: name, possible subjects.
KNOWN_AWARDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "LDTT": ("Lao động tiên tiến", (PERSON,)),
    "CSTT": ("Chiến sĩ tiên tiến", (PERSON,)),
    "CSTDCS": ("Chiến sĩ thi đua cơ sở", (PERSON,)),
    "CSTDT": ("Chiến sĩ thi đua cấp tỉnh", (PERSON,)),
    "CSTDTQ": ("Chiến sĩ thi đua toàn quốc", (PERSON,)),
    "TTLDTT": ("Tập thể lao động tiên tiến", (COLLECTIVE,)),
    "TTLDXS": ("Tập thể lao động xuất sắc", (COLLECTIVE,)),
    "COTDT": ("Cờ thi đua của UBND tỉnh", (COLLECTIVE,)),
    "COCP": ("Cờ thi đua của Chính phủ", (COLLECTIVE,)),
    "XTB": ("Xã, phường, đặc khu tiêu biểu", (COLLECTIVE,)),
    "THONVH": ("Thôn văn hóa", (COLLECTIVE,)),
    "GDVH": ("Gia đình văn hóa", (HOUSEHOLD,)),
    "GKX": ("Giấy khen của Chủ tịch UBND xã", _ANYBODY),
    "GKH": ("Giấy khen của Chủ tịch UBND huyện", _ANYBODY),
    "GK_GDVH": ("Giấy khen Gia đình văn hóa", (HOUSEHOLD,)),
    "BKT": ("Bằng khen của Chủ tịch UBND tỉnh", _ANYBODY),
    "BKTTG": ("Bằng khen của Thủ tướng Chính phủ", _ANYBODY),
    "HCLD3": ("Huân chương Lao động hạng Ba", (PERSON, COLLECTIVE)),
    "HCLD2": ("Huân chương Lao động hạng Nhì", (PERSON, COLLECTIVE)),
    "HCLD1": ("Huân chương Lao động hạng Nhất", (PERSON, COLLECTIVE)),
    "KNC": ("Kỷ niệm chương", (PERSON,)),
    "TT": ("Thư khen, biểu dương", _ANYBODY),
}


def known_award_name(code: str) -> str:
    """The name of an award; the code itself when it is not in KNOWN_AWARDS."""
    return KNOWN_AWARDS[code][0] if code in KNOWN_AWARDS else code


def known_awards_for(subject: str) -> list[tuple[str, str]]:
    """(code, name) of the awards for this kind of subject."""
    return [(code, name) for code, (name, subjects) in KNOWN_AWARDS.items() if subject in subjects]


def award_fault(code: str, subject: str) -> str | None:
    """Why this kind of subject cannot have the award, or None."""
    if code not in KNOWN_AWARDS:
        return "Hãy chọn danh hiệu, hình thức trong danh sách."
    name, subjects = KNOWN_AWARDS[code]
    if subject in subjects:
        return None
    labels = {PERSON: "cá nhân", HOUSEHOLD: "hộ gia đình", COLLECTIVE: "tập thể"}
    return f"“{name}” dành cho {', '.join(labels[one] for one in subjects)}, không dành cho {labels[subject]}."


def year_fault(year: int, today: date) -> str | None:
    """Why there can be no evidence about that year, or None."""
    if FIRST_EVIDENCE_YEAR <= year <= today.year:
        return None
    return f"Năm phải từ {FIRST_EVIDENCE_YEAR} đến {today.year}."


def future_day_fault(day: date | None, today: date, what: str) -> str | None:
    """Why that day cannot be the day of a past event, or None; `what` is its label ("Ngày quyết định")."""
    return f"{what} chưa đến. Xem lại ngày, tháng, năm." if day and day > today else None


def span_fault(starts_on: date, ends_on: date | None) -> str | None:
    """Why the two days do not fit together, or None."""
    return "Ngày kết thúc đứng trước ngày bắt đầu." if ends_on and ends_on < starts_on else None


def joined_fault(joined_on: date | None, birth_year: int | None, today: date) -> str | None:
    """Why a person cannot have joined their unit on that day, or None."""
    if joined_on and birth_year and joined_on.year < birth_year + 15:
        return f"Người này sinh năm {birth_year}, chưa đủ 15 tuổi vào ngày đó."
    return future_day_fault(joined_on, today, "Ngày vào đơn vị")


def decided_fault(year: int, decided_on: date | None) -> str | None:
    """Why an award for that year cannot have been decided on that day, or None."""
    if decided_on and decided_on.year < year:
        return f"Khen thưởng của năm {year} không thể quyết định từ năm {decided_on.year}."
    return None


def count_faults(total: int | None, parts: Mapping[str, int | None]) -> dict[str, str]:
    """Counts that exceed the total of the unit: message by name of the count."""
    if total is None:
        return {}
    return {
        name: f"Không thể nhiều hơn tổng số người ({total})."
        for name, count in parts.items()
        if count is not None and count > total
    }


def used_initiative_fault(award_code: str, year: int | None, about: str) -> str | None:
    """Why a sáng kiến cannot be used again, or None: each can be used once."""
    if not award_code:
        return None
    case = f" ({about})" if about else ""
    return (
        f"Sáng kiến này đã dùng để xét {known_award_name(award_code)} năm {year}{case}; mỗi sáng kiến chỉ dùng một lần."
    )
