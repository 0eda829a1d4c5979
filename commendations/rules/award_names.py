"""Award names as pages and papers show them: place names filled in, years in words, default text. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

DEFAULT_AWARD_CODE = "GKX"
"""The award of a new nomination until another is chosen: the commune's own giấy khen."""
CULTURAL_FAMILY_CODE = "GDVH"
"""Gia đình văn hóa: the title whose list is posted (NĐ 86/2023 Điều 7), with days of its own."""
STANDARD_TITLES = {CULTURAL_FAMILY_CODE: "gia đình văn hóa", "THONVH": "thôn văn hóa"}
"""Titles given to all who meet their standards (NĐ 86/2023), not for an achievement in a movement, as in "tiêu chuẩn …"."""
PLACE_NAME_FIELDS = (("nhân dân xã", "name"), ("nhân dân huyện", "district"), ("nhân dân tỉnh", "province"))


@dataclass(frozen=True)
class AwardName:
    """The name of an award on a day. `title`: a danh hiệu, given for a year; otherwise a form (giấy khen, bằng khen)."""

    code: str
    name: str
    title: bool

    @property
    def short(self) -> str:
        """Without the body that grants it: "Giấy khen", "Bằng khen", "Lao động tiên tiến"."""
        return self.name if self.title else self.name.split(" của ")[0]

    @property
    def _lead(self) -> str:
        """ "danh hiệu " before a title, except a cờ thi đua; "" before a form."""
        return "danh hiệu " if self.title and not self.name.startswith("Cờ ") else ""

    def in_full(self, *years: int) -> str:
        """ "danh hiệu Lao động tiên tiến năm 2026"; "Giấy khen của Chủ tịch …" for a form, which has no year."""
        return self._with_years(self.name, years)

    def in_short(self, *years: int) -> str:
        """As `in_full`, with the short name of a form."""
        return self._with_years(self.short, years)

    def quoted(self, *years: int) -> str:
        """As decisions print it: danh hiệu “Lao động tiên tiến” năm 2026; Giấy khen của Chủ tịch …"""
        return self._with_years(f"“{self.name}”" if self._lead else self.name, years)

    def _with_years(self, name: str, years: Iterable[int]) -> str:
        suffix = years_in_words(years) if self.title else ""
        return f"{self._lead}{name} {suffix}".rstrip()

    def with_places(self, **names: str) -> "AwardName":
        """The name completed with the names of the commune, district and province (`name`, `district`, `province`)."""
        return replace(self, name=with_place_names(self.name, **names))


def with_place_names(text: str, **names: str) -> str:
    """ "… Ủy ban nhân dân tỉnh" completed with the name of the province; the same for district and commune."""
    for end, field in PLACE_NAME_FIELDS:
        if text.endswith(end) and names.get(field):
            return f"{text[: -len(end)]}nhân dân {names[field]}"
    return text


def years_in_words(years: Iterable[int]) -> str:
    """ "năm 2026"; "các năm 2025, 2026"; "" for none."""
    ordered = sorted(set(years))
    if not ordered:
        return ""
    return f"năm {ordered[0]}" if len(ordered) == 1 else f"các năm {', '.join(map(str, ordered))}"


def default_title_achievement(year: int, code: str = "") -> str:
    """The default text after "đã có thành tích" for a title; of a title by standards the one after "đã"."""
    if code in STANDARD_TITLES:
        return f"đạt tiêu chuẩn {STANDARD_TITLES[code]} năm {year}"
    return f"xuất sắc trong phong trào thi đua năm {year}"
