"""Legal values in words for the page "Căn cứ pháp lý". Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from emulation.core.words import percent, vnd_long
from emulation.legal.law import Code, Law, Value
from emulation.legal.loader import codes
from emulation.legal.rules.conditions import WEIGHTS

SUBJECTS = {"person": "cá nhân", "household": "hộ gia đình", "collective": "tập thể"}
KINDS = {
    "CT": "công trạng",
    "DX": "đột xuất",
    "PT": "phong trào thi đua",
    "quyet_dinh": "quyết định",
    "to_trinh": "tờ trình",
    "giay_de_nghi": "giấy đề nghị",
}


@dataclass(frozen=True)
class Shown:
    """One line of the page: values that say the same for several subjects and kinds are one line."""

    label: str
    scope: str
    lines: list[str]
    value: Value
    note: str
    pairs: list[tuple[str, str]]  # the subjects and kinds that the line speaks of


@dataclass(frozen=True)
class Group:
    title: str
    shown: list[Shown]


def groups_on(law: Law, on: date, said: str = "") -> list[Group]:
    """Everything in force that day, in groups, in the order of the codes; a note `said` above is not said again."""
    alike: dict[tuple[Any, ...], list[Value]] = {}
    for value in law.all_on(on):
        same = (value.code, repr(value.content), value.citation, value.start, value.end, value.confirmed)
        alike.setdefault(same, []).append(value)
    groups: dict[str, Group] = {}
    for values in alike.values():
        code = law.codes[values[0].code]
        group = groups.setdefault(code.group, Group(code.group, []))
        note = values[0].note.removesuffix(said).strip()
        pairs = [(value.subject, value.kind) for value in values]
        group.shown.append(Shown(code.label, scope_of(pairs), describe(values[0], code), values[0], note, pairs))
    return list(groups.values())


def scope_of(pairs: Iterable[tuple[str, str]]) -> str:
    """The subjects and kinds of these pairs in words: "cá nhân, tập thể; đột xuất"."""
    pairs = list(pairs)
    subjects = dict.fromkeys(SUBJECTS.get(subject, subject) for subject, _ in pairs if subject)
    kinds = dict.fromkeys(KINDS.get(kind, kind) for _, kind in pairs if kind)
    return "; ".join(", ".join(names) for names in (subjects, kinds) if names)


def question_label(code: str, pairs: Iterable[tuple[str, str]]) -> str:
    """ "Hệ số tiền thưởng kèm Giấy khen … (cá nhân, hộ gia đình)"; a code that this release no longer knows stays a code."""
    known, scope = codes().get(code), scope_of(pairs)
    label = known.label if known else code
    return f"{label} ({scope})" if scope else label


def describe(value: Value, code: Code) -> list[str]:
    """What the value says, a line each."""
    return say(value.content, code)


def say(content: Any, code: Code) -> list[str]:
    """A content in words, a line each."""
    return _WORDS[code.shape](content, code)


def _vote(content: Any, code: Code) -> list[str]:
    bound = f"quá {percent(content['percent'])}" if content["strict"] else f"từ {percent(content['percent'])} trở lên"
    mode = {"hands": "giơ tay", "ballot": "bỏ phiếu kín"}[content["mode"]]
    return [f"{bound} tổng số thành viên Hội đồng; hình thức: {mode}"]


def _certificate(content: Any, code: Code) -> list[str]:
    return [f"Khổ ngang {content['width_mm']} × {content['height_mm']} mm, dòng ghi sổ: “{content['register_label']}”"]


def _condition(content: Any, code: Code) -> list[str]:
    return [f"{content['label']} ({WEIGHTS[content['weighs']]})", *filter(None, [content.get("asks", "")])]


def _quota(content: Any, code: Code) -> list[str]:
    return [
        f"Không quá {percent(content['percent'])} số {code.choices[content['of']]}" if content else "Không khống chế"
    ]


def _preference(content: Any, code: Code) -> list[str]:
    return [f"Ưu tiên nữ; tập thể có từ {percent(content['women_percent'])} là nữ"]


def _procedure(content: Any, code: Code) -> list[str]:
    lead = "Cần đủ các điều kiện:" if content["needs"] == "all" else "Một trong các trường hợp:"
    return [lead, *(case["name"] for case in content["cases"])]


_WORDS: dict[str, Callable[[Any, Code], list[str]]] = {
    "money": lambda content, code: [vnd_long(content)],
    "decimal": lambda content, code: [f"{content.replace('.', ',')} lần mức lương cơ sở"],
    "choice": lambda content, code: [code.choices[content]],
    "text": lambda content, code: [content or "Chưa có số mẫu"],
    "vote": _vote,
    "fraction": lambda content, code: [f"ít nhất {content['numerator']}/{content['denominator']} tổng số thành viên"],
    "checklist": lambda content, code: [item["label"] for item in content],
    "names": lambda content, code: [item["name"] for item in content],
    "basis": lambda content, code: [line["text"] for line in content],
    "certificate": _certificate,
    "condition": _condition,
    "quota": _quota,
    "preference": _preference,
    "procedure": _procedure,
    "kinds": lambda content, code: ["Kết quả khen thưởng " + ", ".join(code.choices[kind] for kind in content)],
    "month_day": lambda content, code: [f"ngày {content[3:]}/{content[:2]}"],
    "days": lambda content, code: [f"{content['days']} ngày{' làm việc' if content['working'] else ''}"],
}
