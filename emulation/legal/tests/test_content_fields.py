"""Typed input becomes content in the form of the statutes, and content becomes the same input again."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from emulation.legal.engine.checker import shape_problem
from emulation.legal.engine.law import LegalQuestion
from emulation.legal.engine.loader import legal_questions, shipped_statutes
from emulation.legal.engine.value_text import describe_content
from emulation.legal.local_values.content_fields import CONTENT_SHAPES
from emulation.legal.local_values.forms import CONTENT_PREFIX, LocalValueForm, modes_for

GENERAL = [
    {"code": "request", "label": "Tờ trình (văn bản đề nghị) kèm danh sách"},
    {"code": "report", "label": "Báo cáo thành tích"},
]


def typed(code: LegalQuestion, values: dict[str, Any], general: Any = None) -> Any:
    """The content that the form reads; ValidationError as in the form."""
    fields = CONTENT_SHAPES[code.shape].fields(code)
    return CONTENT_SHAPES[code.shape].read(
        {name: field.clean(values.get(name, "")) for name, field in fields.items()}, general
    )


@pytest.mark.parametrize(
    ("name", "values", "content"),
    [
        ("base_salary", {"value": "2.600.000"}, 2_600_000),
        ("GKX.coefficient", {"value": "0,45"}, "0.45"),
        ("GKX.coefficient", {"value": "0.450"}, "0.45"),
        ("GKX.coefficient", {"value": "1"}, "1"),
        ("GKX.coefficient", {"value": "0"}, "0"),
        ("GKX.coefficient", {"value": "1,0"}, "1"),
        ("award.rounding", {"value": "nearest_10k"}, "nearest_10k"),
        ("GKX.report_form", {"value": " Mẫu  số 07 "}, "Mẫu số 07"),
        ("GKX.vote", {"percent": "80", "bound": "least", "mode": "hands"}, {"percent": 80, "strict": False, "mode": "hands"}),
        ("GKX.vote", {"percent": "50", "bound": "above", "mode": "ballot"}, {"percent": 50, "strict": True, "mode": "ballot"}),
        ("council.quorum", {"numerator": "2", "denominator": "3"}, {"numerator": 2, "denominator": 3}),
        ("limit.appraise", {"days": "20", "kind": "working"}, {"days": 20, "working": True}),
        ("statistics.year_start", {"value": "5/1"}, "01-05"),
        ("statistics.year_start", {"value": "29/02"}, "02-29"),
        (
            "GKX.checklist",
            {"value": "Báo cáo thành tích\r\n\r\n Biên bản họp thôn (nếu có)\nTờ trình của thôn\nXác nhận của Công an xã\n"},
            [
                {"code": "report", "label": "Báo cáo thành tích"},
                {"code": "minutes", "label": "Biên bản họp thôn", "required": False},
                {"code": "request", "label": "Tờ trình của thôn"},
                {"code": "local_4", "label": "Xác nhận của Công an xã"},
            ],
        ),
        (
            "GKX.checklist",
            {"value": "Báo cáo tóm tắt thành tích\nBáo cáo của thôn\nBáo cáo của Mặt trận"},
            [
                {"code": "summary", "label": "Báo cáo tóm tắt thành tích"},
                {"code": "report", "label": "Báo cáo của thôn"},
                {"code": "local_3", "label": "Báo cáo của Mặt trận"},
            ],
        ),
    ],
)  # fmt: skip
def test_typed_read_and_shown_again(name: str, values: dict[str, str], content: Any) -> None:
    code = legal_questions()[name]
    read = typed(code, values, GENERAL)
    assert read == content
    assert shape_problem(code, read) == ""
    assert describe_content(read, code)
    again = {key: str(value) for key, value in CONTENT_SHAPES[code.shape].show(read).items()}
    assert typed(code, again, GENERAL) == content


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("base_salary", {"value": "0"}, "ít nhất là 1 đồng"),
        ("base_salary", {"value": "1,5"}, "Nhập số tiền bằng đồng"),
        ("GKX.coefficient", {"value": "-0,3"}, "số không âm"),
        ("GKX.coefficient", {"value": "nan"}, "số không âm"),
        ("GKX.coefficient", {"value": "1e5"}, "số không âm"),
        ("GKX.coefficient", {"value": "٣"}, "số không âm"),
        ("award.rounding", {"value": "up"}, "Hãy chọn một mục"),
        ("limit.appraise", {"days": "0", "kind": "working"}, "từ 1 đến 365"),
        ("GKX.vote", {"percent": "101", "bound": "least", "mode": "hands"}, "từ 1 đến 100"),
        ("GKX.vote", {"percent": "0", "bound": "least", "mode": "hands"}, "từ 1 đến 100"),
        ("GKX.vote", {"percent": "80", "bound": "", "mode": "hands"}, "Hãy chọn một mục"),
        ("council.quorum", {"numerator": "4", "denominator": "3"}, "lớn hơn mẫu số"),
        ("statistics.year_start", {"value": "31/4"}, "Nhập ngày và tháng"),
        ("statistics.year_start", {"value": "1/13"}, "Nhập ngày và tháng"),
        ("GKX.checklist", {"value": "  \n "}, "Hãy nhập mục này"),
        ("GKX.checklist", {"value": "(nếu có)"}, "Có dòng chưa ghi tên giấy tờ"),
        ("GKX.checklist", {"value": "Tờ trình\nTỜ TRÌNH"}, "hai dòng giống nhau"),
        ("GKX.checklist", {"value": "\n".join(f"Giấy {n}" for n in range(31))}, "Nhiều nhất 30 dòng"),
    ],
)
def test_invalid_input_has_a_reason(name: str, values: dict[str, str], message: str) -> None:
    with pytest.raises(ValidationError) as error:
        typed(legal_questions()[name], values)
    assert message in " ".join(error.value.messages)


def test_every_shipped_value_that_can_be_typed_comes_back_as_it_was() -> None:
    for value in shipped_statutes().values:
        code = legal_questions()[value.code]
        if code.shape in CONTENT_SHAPES and value.content not in ("", {}):
            shown = {key: str(part) for key, part in CONTENT_SHAPES[code.shape].show(value.content).items()}
            again = typed(code, shown, value.content)
            assert again == value.content or Decimal(again) == value.decimal, value


def test_every_question_can_be_confirmed_and_only_those_with_a_form_overridden() -> None:
    for code in legal_questions().values():
        modes = modes_for(code)
        assert modes[0] == "confirm" and modes[-1] == "withdraw"
        assert ("override" in modes) is (code.shape in CONTENT_SHAPES)
        for mode in modes:
            form = LocalValueForm(code=code, mode=mode)
            assert any(name.startswith(CONTENT_PREFIX) for name in form.fields) is (mode == "override")
            assert ("scopes" in form.fields) is (len(list(code.combinations())) > 1)
    assert "override" not in modes_for(legal_questions()["basis"]) + modes_for(legal_questions()["GKX.form"])


def test_a_quota_is_a_share_of_something() -> None:
    code = LegalQuestion(
        "X.quota", "Tỷ lệ", "", "quota", "period", shipped_statutes().regimes[0].start, choices={"ldtt": "số LĐTT"}
    )
    assert typed(code, {"percent": "15", "of": "ldtt"}) == {"percent": 15, "of": "ldtt"}
    with pytest.raises(ValidationError):
        typed(code, {"percent": "15", "of": "other"})
