"""The conditions of an award as Vietnamese text, for the catalogue. Pure."""

from collections.abc import Callable
from datetime import date
from typing import Any

from emulation.core.formatting import format_percent
from emulation.legal.engine.law import Law
from emulation.legal.engine.rules import facts
from emulation.legal.engine.rules.condition_base import WEIGHT_NAMES, ConditionTest

WORK_NAMES = {
    "official": "cán bộ, công chức, viên chức",
    "leader": "cán bộ lãnh đạo, quản lý",
    "worker": "người lao động, nông dân",
    "pupil": "học sinh, sinh viên",
}
_Describe = Callable[[ConditionTest, Law, date], str]


def condition_lines(content: dict[str, Any], law: Law, on: date) -> list[str]:
    """A condition in words, one text for each line: the demand, to whom it applies, for which kinds of commendation."""
    lines = [content.get("asks", ""), demand_text(content["test"], law, on)]
    if works := content.get("work"):
        lines.append("Hỏi với: " + ", ".join(WORK_NAMES[work] for work in works) + ".")
    if kinds := content.get("kinds"):
        lines.append("Hỏi khi khen " + ", ".join(facts.KIND_NAMES[kind] for kind in kinds) + ".")
    return [line for line in lines if line]


def weight_text(content: dict[str, Any]) -> str:
    """`Bắt buộc`, `Cảnh báo, không cản` …"""
    name = WEIGHT_NAMES[content["weighs"]]
    return name[:1].upper() + name[1:]


def demand_text(test: ConditionTest, law: Law, on: date) -> str:
    """The demand of a test as a sentence; "" when the label of the condition is enough."""
    text = _DESCRIBE.get(test["name"], _nothing)(test, law, on)
    return text[:1].upper() + text[1:] + "." if text else ""


def _nothing(test: ConditionTest, law: Law, on: date) -> str:
    return ""


def _evaluation(test: ConditionTest, law: Law, on: date) -> str:
    return f"đánh giá năm từ mức {facts.LEVEL_NAMES[test['at_least']]}"


def _evaluation_run(test: ConditionTest, law: Law, on: date) -> str:
    return f"{test['times']:02d} năm liên tục từ mức {facts.LEVEL_NAMES[test['at_least']]}"


def _initiative(test: ConditionTest, law: Law, on: date) -> str:
    span = test.get("years", 1)
    within = f"trong {span:02d} năm gần nhất" if span > 1 else "trong năm xét"
    scope = facts.SCOPE_NAMES[test["scope"]]
    return f"{test.get('times', 1):02d} sáng kiến hoặc đề tài cấp {scope} trở lên {within}, chưa dùng cho lần khen khác"


def _months(test: ConditionTest, law: Law, on: date) -> str:
    return f"từ {test['least']:02d} tháng trở lên"


def _leave(test: ConditionTest, law: Law, on: date) -> str:
    return "thai sản, đào tạo dưới 01 năm được tính; đào tạo từ 01 năm cần kết quả từ loại khá; nghỉ khác do Hội đồng cân nhắc"


def _share(test: ConditionTest, law: Law, on: date) -> str:
    bound = "trên" if test.get("strict") else "từ"
    return f"{bound} {format_percent(test['least'])} cá nhân {facts.MEMBER_COUNT_NAMES[test['of']]}"


def _members(test: ConditionTest, law: Law, on: date) -> str:
    if test.get("most") == 0:
        return ""
    return f"có từ {test.get('least', 0):02d} cá nhân {facts.MEMBER_COUNT_NAMES[test['of']]}"


def _chain(test: ConditionTest, law: Law, on: date) -> str:
    name = " hoặc ".join(law.award_name(code, on) for code in test["awards"])
    every = test.get("every", 1)
    apart = f", mỗi lần cách nhau không quá {every:02d} năm" if every > 1 else ""
    if test["times"] == 1:
        return f"đã được tặng {name} trong năm xét hoặc năm liền trước"
    return f"{test['times']:02d} lần liên tục được tặng {name}{apart}"


def _joined(separator: str) -> _Describe:
    def describe(test: ConditionTest, law: Law, on: date) -> str:
        parts = (demand_text(part, law, on).rstrip(".") for part in test["of"])
        return separator.join(part[:1].lower() + part[1:] for part in parts if part)

    return describe


_DESCRIBE: dict[str, _Describe] = {
    "evaluation": _evaluation,
    "evaluation_run": _evaluation_run,
    "initiative": _initiative,
    "months": _months,
    "leave_counts": _leave,
    "share": _share,
    "members": _members,
    "chain": _chain,
    "any_of": _joined("; hoặc "),
    "all_of": _joined(" và "),
}
