"""What an award is called on pages and papers. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

DEFAULT_AWARD_CODE = "GKX"
"""The award that a nomination asks for as long as nobody chose another: the commune's own giấy khen."""
PLACE_NAME_FIELDS = (("nhân dân xã", "name"), ("nhân dân huyện", "district"), ("nhân dân tỉnh", "province"))


@dataclass(frozen=True)
class AwardName:
    """An award as it is called on a day. `title`: a danh hiệu, given for a year; otherwise a form (giấy khen, bằng khen)."""

    code: str
    name: str
    title: bool

    @property
    def short(self) -> str:
        """Without whose it is: "Giấy khen", "Bằng khen", "Lao động tiên tiến"."""
        return self.name if self.title else self.name.split(" của ")[0]

    @property
    def _lead(self) -> str:
        """ "danh hiệu ", which a cờ thi đua does without."""
        return "danh hiệu " if self.title and not self.name.startswith("Cờ ") else ""

    def in_full(self, *years: int) -> str:
        """ "danh hiệu Lao động tiên tiến năm 2026"; "Giấy khen của Chủ tịch …" for a form, whose year goes without saying."""
        return self._whole(self.name, years)

    def in_short(self, *years: int) -> str:
        """As `said`, with the short name of a form."""
        return self._whole(self.short, years)

    def quoted(self, *years: int) -> str:
        """As decisions write it: danh hiệu “Lao động tiên tiến” năm 2026; Giấy khen của Chủ tịch …"""
        return self._whole(f"“{self.name}”" if self._lead else self.name, years)

    def _whole(self, name: str, years: Iterable[int]) -> str:
        return " ".join(part for part in (f"{self._lead}{name}", years_in_words(years) if self.title else "") if part)

    def with_places(self, **names: str) -> "AwardName":
        """The name with the commune, district and province (`name`, `district`, `province`) that it only hints at."""
        return replace(self, name=with_place_names(self.name, **names))


def with_place_names(text: str, **names: str) -> str:
    """ "… Ủy ban nhân dân tỉnh" with the name of the province, and so for district and commune."""
    for end, field in PLACE_NAME_FIELDS:
        if text.endswith(end) and names.get(field):
            return f"{text[: -len(end)]}nhân dân {names[field]}"
    return text


def years_in_words(years: Iterable[int]) -> str:
    """ "năm 2026"; "các năm 2025, 2026"; "" for none."""
    found = sorted(set(years))
    if not found:
        return ""
    return f"năm {found[0]}" if len(found) == 1 else f"các năm {', '.join(map(str, found))}"


def default_title_achievement(year: int) -> str:
    """The words after "đã có thành tích" of a title for which nobody has typed any."""
    return f"xuất sắc trong phong trào thi đua năm {year}"
