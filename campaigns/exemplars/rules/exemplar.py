"""Which fields an exemplar still lacks, and which ones were ticked on a list. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

SHORTEST_DEED = 20
MAX_PHOTOS = 3
MAX_TICKED = 100
TICKED = re.compile(r"([0-9]{1,12})(?::([0-9]{1,9}))?")


@dataclass(frozen=True)
class ExemplarAnswer:
    """The parts of an exemplar that are checked before it is submitted."""

    nothing: bool = False
    nothing_reason: str = ""
    kind: str = ""
    has_nominee: bool = False
    has_field: bool = False
    deed: str = ""


def missing_fields(answer: ExemplarAnswer) -> dict[str, str]:
    """What is missing before it can be submitted: {field: what to do}. A draft may lack anything."""
    if answer.nothing:
        return {} if answer.nothing_reason else {"nothing_reason": "Hãy ghi lý do kỳ này đơn vị không có điển hình."}
    found = {}
    if not answer.kind:
        found["kind"] = "Hãy chọn điển hình là cá nhân, hộ gia đình hay tập thể."
    elif not answer.has_nominee:
        found["name"] = "Hãy gõ tên rồi chọn đúng người trong danh sách, hoặc chọn “Thêm mới”."
    if not answer.has_field:
        found["field"] = "Hãy chọn lĩnh vực."
    if len(answer.deed) < SHORTEST_DEED:
        found["deed"] = "Hãy kể việc đã làm, ít nhất một câu."
    return found


def ticked_exemplars(values: Iterable[str]) -> dict[int, int | None]:
    """The ticked boxes of a list, "key" or "key:version", as {key: version or None}; other values are left out, and
    those after the first 100.
    """
    found = [match for value in values if (match := TICKED.fullmatch(value))]
    return {int(match[1]): int(match[2]) if match[2] else None for match in found[:MAX_TICKED]}
