"""A legal value as Vietnamese text, with its unit and scope. Pure."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from emulation.core.formatting import format_dong, format_percent
from emulation.legal.engine.law import DatedValue, Law, LegalQuestion
from emulation.legal.engine.loader import legal_questions
from emulation.legal.engine.rules.condition_text import condition_lines, weight_text

SUBJECT_LABELS = {"person": "cá nhân", "household": "hộ gia đình", "collective": "tập thể"}
KIND_LABELS = {
    "CT": "công trạng",
    "DX": "đột xuất",
    "PT": "phong trào thi đua",
    "quyet_dinh": "quyết định",
    "to_trinh": "tờ trình",
    "giay_de_nghi": "giấy đề nghị",
    "official": "công chức",
    "employee": "viên chức",
    "employee_nd90": "viên chức của đơn vị chưa có quy chế đánh giá riêng",
    "body": "cơ quan của xã",
    "service": "đơn vị sự nghiệp công lập",
}


def describe_value(value: DatedValue, law: Law, on: date) -> list[str]:
    """The content of a value in words, one text for each line."""
    code = law.codes[value.code]
    if code.shape == "condition":
        return [weight_text(value.content), *condition_lines(value.content, law, on)]
    return describe_content(value.content, code)


def describe_content(content: Any, code: LegalQuestion) -> list[str]:
    """A content in words, one text for each line."""
    return _WORDS[code.shape](content, code)


def scope_text(pairs: Iterable[tuple[str, str]]) -> str:
    """The subjects and kinds of these pairs in words: "cá nhân, tập thể; đột xuất"."""
    pairs = list(pairs)
    subjects = dict.fromkeys(SUBJECT_LABELS.get(subject, subject) for subject, _ in pairs if subject)
    kinds = dict.fromkeys(KIND_LABELS.get(kind, kind) for _, kind in pairs if kind)
    return "; ".join(", ".join(names) for names in (subjects, kinds) if names)


def question_label(code: str, pairs: Iterable[tuple[str, str]]) -> str:
    """ "Hệ số tiền thưởng kèm Giấy khen … (cá nhân, hộ gia đình)"; the code itself when this release has no such question."""
    question = legal_questions().get(code)
    scope = scope_text(pairs)
    label = question.label if question else code
    return f"{label} ({scope})" if scope else label


def _times(content: str) -> str:
    number = Decimal(content).normalize()
    return f"{number:f} lần mức lương cơ sở".replace(".", ",") if number else "Không kèm tiền thưởng"


def _vote(content: Any, code: LegalQuestion) -> list[str]:
    bound = (
        f"quá {format_percent(content['percent'])}"
        if content["strict"]
        else f"từ {format_percent(content['percent'])} trở lên"
    )
    mode = {"hands": "giơ tay", "ballot": "bỏ phiếu kín"}[content["mode"]]
    return [f"{bound} tổng số thành viên Hội đồng; hình thức: {mode}"]


def _certificate(content: Any, code: LegalQuestion) -> list[str]:
    return [f"Khổ ngang {content['width_mm']} × {content['height_mm']} mm, dòng ghi sổ: “{content['register_label']}”"]


def _quota(content: Any, code: LegalQuestion) -> list[str]:
    return [
        f"Không quá {format_percent(content['percent'])} số {code.choices[content['of']]}"
        if content
        else "Không khống chế"
    ]


def _preference(content: Any, code: LegalQuestion) -> list[str]:
    return [f"Ưu tiên nữ; tập thể có từ {format_percent(content['women_percent'])} là nữ"]


def _procedure(content: Any, code: LegalQuestion) -> list[str]:
    lead = "Cần đủ các điều kiện:" if content["needs"] == "all" else "Một trong các trường hợp:"
    return [lead, *(case["name"] for case in content["cases"])]


_WORDS: dict[str, Callable[[Any, LegalQuestion], list[str]]] = {
    "money": lambda content, code: [format_dong(content)],
    "decimal": lambda content, code: [_times(content)],
    "choice": lambda content, code: [code.choices[content]],
    "text": lambda content, code: [content or "Chưa có số mẫu"],
    "vote": _vote,
    "fraction": lambda content, code: [f"ít nhất {content['numerator']}/{content['denominator']} tổng số thành viên"],
    "checklist": lambda content, code: [item["label"] for item in content],
    "names": lambda content, code: [item["name"] for item in content],
    "basis": lambda content, code: [line["text"] for line in content],
    "certificate": _certificate,
    "quota": _quota,
    "preference": _preference,
    "procedure": _procedure,
    "kinds": lambda content, code: ["Kết quả khen thưởng " + ", ".join(code.choices[kind] for kind in content)],
    "condition": lambda content, code: [content["label"], weight_text(content)],
    "days": lambda content, code: [f"{content['days']} ngày{' làm việc' if content['working'] else ''}"],
    "month_day": lambda content, code: [f"ngày {content[3:]}/{content[:2]}"],
    "percent": lambda content, code: [format_percent(content)],
    "months": lambda content, code: [f"{content} tháng"],
    "last_month_day": lambda content, code: ["ngày cuối kỳ" if content == 31 else f"ngày {content} của tháng cuối kỳ"],
}
