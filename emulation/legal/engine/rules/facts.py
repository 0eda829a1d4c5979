"""The facts of a case: the subject, its award record, the dates. None always means "not known". Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

LEVELS = {"failed": 0, "done": 1, "good": 2, "excellent": 3}
LEVEL_NAMES = {
    "failed": "Không hoàn thành nhiệm vụ",
    "done": "Hoàn thành nhiệm vụ",
    "good": "Hoàn thành tốt nhiệm vụ",
    "excellent": "Hoàn thành xuất sắc nhiệm vụ",
}
SCOPES = {"unit": 0, "province": 1, "nation": 2}
SCOPE_NAMES = {"unit": "cơ sở", "province": "tỉnh", "nation": "toàn quốc"}
DISCIPLINES = {
    "khien_trach": "khiển trách",
    "canh_cao": "cảnh cáo",
    "ha_bac_luong": "hạ bậc lương",
    "giang_chuc": "giáng chức",
    "cach_chuc": "cách chức",
    "buoc_thoi_viec": "buộc thôi việc",
}
PENDINGS = {
    "discipline": "đang xem xét kỷ luật",
    "investigation": "đang bị điều tra",
    "inspection": "đang thanh tra, kiểm tra có dấu hiệu vi phạm",
    "complaint": "đang xác minh khiếu nại, tố cáo, phản ánh",
}
LEAVES = {
    "maternity": "nghỉ thai sản",
    "study": "đào tạo, bồi dưỡng",
    "sick": "nghỉ ốm",
    "unpaid": "nghỉ không hưởng lương",
}
RESULTS = {"average": 0, "good": 1, "excellent": 2}
KIND_NAMES = {"CT": "công trạng", "DX": "đột xuất", "PT": "chuyên đề", "CH": "cống hiến"}
MEMBER_COUNT_NAMES = {
    "ldtt": "đạt Lao động tiên tiến",
    "women": "là nữ",
    "cstdcs": "đạt Chiến sĩ thi đua cơ sở",
    "completed": "hoàn thành nhiệm vụ",
    "disciplined": "bị kỷ luật từ cảnh cáo trở lên",
}


@dataclass(frozen=True, slots=True)
class InitiativeFact:
    """A sáng kiến or đề tài recognised in a year; `used_for` is the award that already used it ("CSTDCS 2024")."""

    year: int
    scope: str
    used_for: str = ""
    title: str = ""
    key: int = 0  # identifier of the caller, not used by the rules


@dataclass(frozen=True, slots=True)
class DatedFact:
    """A disciplinary measure, pending case or leave from a day to a day (None: not ended, or day not known).

    `end_by`: the article that gives the last day, where nobody has recorded it.
    """

    kind: str
    start: date | None = None
    end: date | None = None
    result: str = ""
    end_by: str = ""

    def in_force_on(self, day: date) -> bool:
        return self.overlaps(day, day)

    def overlaps(self, first: date, last: date) -> bool:
        return (self.start is None or self.start <= last) and (self.end is None or self.end >= first)


@dataclass(frozen=True, slots=True)
class MemberCounts:
    """Numbers of people of a collective in the year."""

    total: int | None = None
    ldtt: int | None = None
    women: int | None = None
    disciplined: int | None = None
    cstdcs: int | None = None
    completed: int | None = None


@dataclass(frozen=True, slots=True)
class PriorAward:
    """One award on record."""

    award: str
    year: int
    kind: str = "CT"
    decision: str = ""
    on: date | None = None


class AwardRecord:
    """All earlier awards, indexed by award and year."""

    def __init__(self, rows: Iterable[PriorAward] = ()) -> None:
        self._rows: dict[str, dict[int, list[PriorAward]]] = {}
        for row in rows:
            self._rows.setdefault(row.award, {}).setdefault(row.year, []).append(row)
        self._years = {award: sorted(years) for award, years in self._rows.items()}

    def in_year(self, award: str, year: int) -> list[PriorAward]:
        """The rows of that award for that year."""
        return self._rows.get(award, {}).get(year, [])

    def years(self, award: str, first: int, last: int) -> list[int]:
        """The years from `first` to `last` in which the award is on record, ascending."""
        years = self._years.get(award, [])
        return years[bisect_left(years, first) : bisect_right(years, last)]

    def __or__(self, other: Iterable[PriorAward]) -> "AwardRecord":
        return AwardRecord([*self, *other])

    def __iter__(self) -> Iterator[PriorAward]:
        for years in self._rows.values():
            for rows in years.values():
                yield from rows


@dataclass(frozen=True, slots=True)
class CaseSubject:
    """The person, household or collective of a case, with the facts that the law uses.

    `work`: "official", "leader", "worker", "pupil"; "unknown" when nobody has chosen it; None counts as official.
    """

    kind: str
    work: str | None = None
    evaluation: Mapping[int, str] = field(default_factory=dict)
    initiatives: tuple[InitiativeFact, ...] | None = None
    discipline: tuple[DatedFact, ...] | None = None
    pending: tuple[DatedFact, ...] | None = None
    leave: tuple[DatedFact, ...] | None = None
    joined: date | None = None
    members: MemberCounts = MemberCounts()
    registered: bool | None = None
    dissolved_on: date | None = None
    woman: bool | None = None


@dataclass(frozen=True, slots=True)
class EligibilityCase:
    """May this subject be given this award for this year, on these dates?

    `received` selects criteria and checklist (the law in force when the file is considered; Luật 06/2026/QH16 Điều 4 khoản 4
    refers to the day on which the appraising body received it), `decided` the decider and the money.
    `record` is None when earlier awards were not looked up.
    """

    award: str
    year: int
    subject: CaseSubject
    received: date
    decided: date
    record: AwardRecord | None = None
    kind: str = "CT"

    @property
    def year_end(self) -> date:
        return date(self.year, 12, 31)

    @property
    def considered(self) -> date:
        """The day up to which time in the unit counts: the day of receipt, but no later than the end of the year."""
        return min(self.received, self.year_end)
