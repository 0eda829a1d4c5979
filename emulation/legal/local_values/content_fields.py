"""Form fields for the content of a local value: for each shape its fields, and the conversion to content and back.

A shape that is not in CONTENT_SHAPES (căn cứ, certificate, conditions) can only be confirmed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from emulation.core.fields import CleanAreaField, CleanTextField, VnMoneyField
from emulation.core.text import fold
from emulation.legal.engine.law import LegalQuestion

FormFields = dict[str, forms.Field]
TypedInput = dict[str, Any]
OPTIONAL_SUFFIX = "(nếu có)"
MAX_CHECKLIST_ITEMS = 30
MAX_CHECKLIST_LABEL = 250
# Codes of papers that the program uses, by how their folded label begins; a longer beginning comes first.
_CODES_BY_LABEL_START = {
    "bao cao tom tat": "summary",
    "bao cao": "report",
    "to trinh": "request",
    "van ban de nghi": "request",
    "bien ban": "minutes",
}


@dataclass(frozen=True)
class ContentShape:
    """`fields(code)` returns the form fields, `read(typed, general)` the content, `show(content)` their initial values.

    `read` raises ValidationError when the values do not fit together; `general` is the general content or None.
    """

    fields: Callable[[LegalQuestion], FormFields]
    read: Callable[[TypedInput, Any], Any]
    show: Callable[[Any], TypedInput]


def _whole(label: str, least: int, most: int, hint: str = "") -> forms.IntegerField:
    message = f"Nhập số nguyên từ {least} đến {most}."
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        help_text=hint,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "shorter", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), message),
    )


def _radio(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    messages = dict.fromkeys(("required", "invalid_choice"), "Hãy chọn một mục.")
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, error_messages=messages)


def _number(text: str) -> str:
    if not re.fullmatch(r"\d{1,4}([.,]\d{1,4})?", text, re.ASCII):
        raise ValidationError("Nhập một số không âm, phần lẻ sau dấu phẩy, ví dụ 0,45.")
    whole, _, part = text.replace(",", ".").partition(".")
    part = part.rstrip("0")
    return f"{int(whole)}.{part}" if part else str(int(whole))


def _month_day(text: str) -> str:
    found = re.fullmatch(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})", text, re.ASCII)
    day, month = (int(part) for part in found.groups()) if found else (0, 0)
    if not (1 <= month <= 12 and 1 <= day <= (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]):
        raise ValidationError("Nhập ngày và tháng, ví dụ 15/12.")
    return f"{month:02d}-{day:02d}"


def _checklist(text: str, general: Any) -> list[dict[str, Any]]:
    """One paper for each line. A paper of the general checklist keeps its code, so that the program recognises it."""
    general_codes = {fold(item["label"]): item["code"] for item in general or []}
    items: list[dict[str, Any]] = []
    for line in _checklist_lines(text):
        label = line.removesuffix(OPTIONAL_SUFFIX).strip()
        if not label:
            raise ValidationError("Có dòng chưa ghi tên giấy tờ.")
        code = general_codes.get(fold(label)) or _code_of_label(label)
        item: dict[str, Any] = {"code": _unused_code(code, items), "label": label}
        if label != line:
            item["required"] = False
        items.append(item)
    if len({fold(item["label"]) for item in items}) < len(items):
        raise ValidationError("Có hai dòng giống nhau.")
    return items


def _unused_code(code: str, items: list[dict[str, Any]]) -> str:
    """The code, or one of the commune's own if there is none or an item has it already."""
    return code if code and code not in {item["code"] for item in items} else f"local_{len(items) + 1}"


def _checklist_lines(text: str) -> list[str]:
    lines = [line for line in text.splitlines() if line]
    if len(lines) > MAX_CHECKLIST_ITEMS or any(len(line) > MAX_CHECKLIST_LABEL for line in lines):
        raise ValidationError(f"Nhiều nhất {MAX_CHECKLIST_ITEMS} dòng, mỗi dòng không quá {MAX_CHECKLIST_LABEL} ký tự.")
    return lines


def _code_of_label(label: str) -> str:
    """The code of a paper that the program uses; "" when the label is not one of them."""
    folded = fold(label)
    return next((code for start, code in _CODES_BY_LABEL_START.items() if folded.startswith(start)), "")


def _fraction(typed: TypedInput, general: Any) -> dict[str, int]:
    if typed["numerator"] > typed["denominator"]:
        raise ValidationError("Tử số không thể lớn hơn mẫu số.")
    return {"numerator": typed["numerator"], "denominator": typed["denominator"]}


def _same(typed: TypedInput, general: Any) -> Any:
    return typed["value"]


def _value(field: Callable[[LegalQuestion], forms.Field]) -> Callable[[LegalQuestion], FormFields]:
    return lambda code: {"value": field(code)}


CONTENT_SHAPES: dict[str, ContentShape] = {
    "money": ContentShape(
        _value(lambda code: VnMoneyField(label="Số tiền (đồng)", min_value=1)),
        _same,
        lambda content: {"value": content},
    ),
    "decimal": ContentShape(
        _value(
            lambda code: CleanTextField(
                label="Hệ số",
                max_length=10,
                help_text="Số lần mức lương cơ sở, ví dụ 0,45.",
                widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "shorter", "autocomplete": "off"}),
            )
        ),
        lambda typed, general: _number(typed["value"]),
        lambda content: {"value": str(content).replace(".", ",")},
    ),
    "choice": ContentShape(
        _value(lambda code: _radio("Quy định của địa phương", list(code.choices.items()))),
        _same,
        lambda content: {"value": content},
    ),
    "text": ContentShape(
        _value(lambda code: CleanTextField(label="Quy định của địa phương", max_length=200)),
        _same,
        lambda content: {"value": content},
    ),
    "vote": ContentShape(
        lambda code: {
            "percent": _whole("Tỷ lệ phần trăm đồng ý", 1, 100, "Tính trên tổng số thành viên Hội đồng."),
            "bound": _radio("Cách tính", [("least", "Từ tỷ lệ đó trở lên"), ("above", "Quá (nhiều hơn) tỷ lệ đó")]),
            "mode": _radio("Hình thức", [("hands", "Giơ tay"), ("ballot", "Bỏ phiếu kín")]),
        },
        lambda typed, general: {
            "percent": typed["percent"],
            "strict": typed["bound"] == "above",
            "mode": typed["mode"],
        },
        lambda content: {
            "percent": content["percent"],
            "bound": "above" if content["strict"] else "least",
            "mode": content["mode"],
        },
    ),
    "fraction": ContentShape(
        lambda code: {
            "numerator": _whole("Tử số", 1, 100, "Ví dụ 2 trong 2/3 tổng số thành viên."),
            "denominator": _whole("Mẫu số", 1, 100, "Ví dụ 3 trong 2/3 tổng số thành viên."),
        },
        _fraction,
        lambda content: dict(content),
    ),
    "checklist": ContentShape(
        _value(
            lambda code: CleanAreaField(
                label="Thành phần hồ sơ",
                max_length=6000,
                help_text=f"Mỗi giấy tờ một dòng. Giấy tờ không bắt buộc thì thêm {OPTIONAL_SUFFIX} ở cuối dòng.",
                widget=forms.Textarea(attrs={"rows": 6}),
            )
        ),
        lambda typed, general: _checklist(typed["value"], general),
        lambda content: {
            "value": "\n".join(
                item["label"] if item.get("required", True) else f"{item['label']} {OPTIONAL_SUFFIX}"
                for item in content
            )
        },
    ),
    "month_day": ContentShape(
        _value(
            lambda code: CleanTextField(
                label="Ngày trong năm",
                max_length=7,
                help_text="Ngày/tháng, ví dụ 15/12.",
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "shorter", "autocomplete": "off"}),
            )
        ),
        lambda typed, general: _month_day(typed["value"]),
        lambda content: {"value": f"{content[3:]}/{content[:2]}"},
    ),
    "last_month_day": ContentShape(
        _value(lambda code: _whole("Ngày của tháng cuối kỳ", 1, 31, "31 là ngày cuối kỳ, kể cả tháng có 30 ngày.")),
        _same,
        lambda content: {"value": content},
    ),
    "percent": ContentShape(
        _value(lambda code: _whole("Tỷ lệ phần trăm", 1, 100)),
        _same,
        lambda content: {"value": content},
    ),
    "months": ContentShape(
        _value(lambda code: _whole("Số tháng", 1, 120)),
        _same,
        lambda content: {"value": content},
    ),
    "days": ContentShape(
        lambda code: {
            "days": _whole("Số ngày", 1, 365),
            "kind": _radio("Tính theo", [("working", "Ngày làm việc"), ("calendar", "Ngày theo lịch")]),
        },
        lambda typed, general: {"days": typed["days"], "working": typed["kind"] == "working"},
        lambda content: {"days": content["days"], "kind": "working" if content["working"] else "calendar"},
    ),
    "quota": ContentShape(
        lambda code: {
            "percent": _whole("Tỷ lệ nhiều nhất (%)", 1, 100),
            "of": _radio("Tính trên", list(code.choices.items())),
        },
        lambda typed, general: {"percent": typed["percent"], "of": typed["of"]},
        lambda content: dict(content),
    ),
}
