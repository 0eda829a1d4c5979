"""Forms of the chair submission: draft, submit, decide."""

import json
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from django import forms
from django.core.paginator import Paginator

from commendations.actions.chair_submission import ChairDecision
from commendations.models import ChairSubmission
from commendations.queries.chair_submission import SubmissionRow
from commendations.queries.session_cases import CASES_PER_PAGE
from emulation.core.fields import CleanAreaField, CleanTextField
from emulation.core.text import is_reason

APPROVE_CHOICE = "dong-y"
REFUSE_CHOICE = "khong-dong-y"


class ChairSubmissionForm(forms.Form):
    form = forms.ChoiceField(label="Hình thức trình", choices=ChairSubmission.FORMS, widget=forms.RadioSelect)
    opinion = CleanAreaField(
        label="Ý kiến của Ủy viên thường trực",
        required=False,
        max_length=2000,
        help_text="Ghi nhận xét ngắn để Chủ tịch quyết định. Để trống cũng được.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ChairDecisionsForm(forms.Form):
    """One form for the whole list: approve or refuse each nominee, nothing preselected; a refusal needs a reason.

    One page of nominees is shown; the choices on the others are sent along in the field CARRIED. `choices` are those of
    `chair_choices`, for a form that is not checked yet. `approve_rest`: nominees without a choice are approved; the
    preview shows them before anything is recorded.
    """

    CARRIED = "chosen"
    PAGE = "shown"

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *args: Any,
        rows: list[SubmissionRow],
        page: int = 1,
        choices: dict[str, str] | None = None,
        approve_rest: bool = False,
        **kwargs: Any,
    ) -> None:
        self.rows = rows
        self._pages = Paginator(rows, CASES_PER_PAGE)
        self._places = {row.item.pk: place for place, row in enumerate(rows)}
        self._number = page
        if data is not None:
            rest = {f"outcome_{row.item.pk}": APPROVE_CHOICE for row in rows} if approve_rest else {}
            choices = {**rest, **chair_choices(data, rows)}
            data = {**data, **choices}
        self.choices = choices or {}
        super().__init__(data, *args, initial=choices, **kwargs)
        for row in rows if self.is_bound else self.page:
            self.fields[f"outcome_{row.item.pk}"] = forms.ChoiceField(
                label=f"Quyết định về {row.line.name_alone}",
                choices=[(APPROVE_CHOICE, "Đồng ý"), (REFUSE_CHOICE, "Không đồng ý")],
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"reason_{row.item.pk}"] = CleanTextField(
                label="Lý do, nếu không đồng ý",
                required=False,
                max_length=300,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        open_rows = []
        for row in self.rows:
            outcome = f"outcome_{row.item.pk}"
            if not data.get(outcome) and outcome not in self.errors:
                open_rows.append(row)
            elif data.get(outcome) == REFUSE_CHOICE and not is_reason(data.get(f"reason_{row.item.pk}") or ""):
                self.add_error(
                    f"reason_{row.item.pk}", f"Hãy ghi lý do không đồng ý khen thưởng {row.line.name_alone}."
                )
        self._add_open_errors(open_rows)
        return data

    def _add_open_errors(self, open_rows: list[SubmissionRow]) -> None:
        """An error at each nominee without a choice on the page that is shown, one for those on other pages."""
        pages = list(map(self.page_of, open_rows))
        if pages and self._number not in pages:
            self._number = min(pages)
        for row, number in zip(open_rows, pages, strict=True):
            if number == self._number:
                message = f"Chưa chọn đồng ý hay không đồng ý cho {row.line.name_alone}."
                self.add_error(f"outcome_{row.item.pk}", message)
        if elsewhere := [number for number in pages if number != self._number]:
            self.add_error(None, _left_elsewhere(elsewhere))

    def page_of(self, row: SubmissionRow) -> int:
        """The number of the page on which the nominee is."""
        return self._places[row.item.pk] // CASES_PER_PAGE + 1

    @property
    def page(self) -> Any:
        """The page that is shown: the one asked for, or the first with a fault when that one has none."""
        errors = self._errors or {}
        faulty = [self.page_of(row) for row in self.rows if not errors.keys().isdisjoint(_field_names(row))]
        return self._pages.get_page(self._number if self._number in faulty or not faulty else faulty[0])

    def decisions(self) -> dict[int, ChairDecision]:
        """The chair's decisions by id of the item; a reason typed for an approved nominee is ignored."""
        decisions = {}
        for row in self.rows:
            approved = self.cleaned_data[f"outcome_{row.item.pk}"] == APPROVE_CHOICE
            reason = "" if approved else self.cleaned_data[f"reason_{row.item.pk}"]
            decisions[row.item.pk] = ChairDecision(approved, reason)
        return decisions

    @property
    def undecided(self) -> int:
        """How many nominees have no choice yet."""
        return sum(not self.choices.get(f"outcome_{row.item.pk}") for row in self.rows)

    def questions(self) -> list[tuple[SubmissionRow, Any, Any]]:
        """Each row of the page with its two fields, for the template."""
        return [(row, self[f"outcome_{row.item.pk}"], self[f"reason_{row.item.pk}"]) for row in self.page]

    @property
    def carried(self) -> str:
        """The choices on the other pages, for the field CARRIED."""
        shown = self.page.number
        return self._choices_as_text(row for row in self.rows if self.page_of(row) != shown)

    @property
    def carried_whole(self) -> str:
        """All choices, for a page that shows none of the fields."""
        return self._choices_as_text(self.rows)

    def _choices_as_text(self, rows: Iterable[SubmissionRow]) -> str:
        chosen = {name: self.choices.get(name) for name in _names_of(rows)}
        return json.dumps({name: value for name, value in chosen.items() if value}, ensure_ascii=False)


def _left_elsewhere(pages: list[int]) -> str:
    numbers = ", ".join(map(str, sorted(set(pages))))
    left = f"Còn {len(pages)} trường hợp chưa chọn ở trang {numbers}"
    return f"{left}: sang trang để chọn, hoặc bấm “Đồng ý tất cả còn lại”."


def _field_names(row: SubmissionRow) -> tuple[str, str]:
    return f"outcome_{row.item.pk}", f"reason_{row.item.pk}"


def _names_of(rows: Iterable[SubmissionRow]) -> list[str]:
    return list(chain.from_iterable(map(_field_names, rows)))


def chair_choices(data: Mapping[str, str], rows: list[SubmissionRow]) -> dict[str, str]:
    """What was chosen and typed so far, by name of the field: that carried from the other pages, and that of this page."""
    found = _carried(data.get(ChairDecisionsForm.CARRIED) or "{}")
    return {name: data.get(name, found.get(name, "")) for name in _names_of(rows) if name in data or name in found}


def _carried(text: str) -> dict[str, str]:
    """The choices of the other pages, {} for a text that no page of ours sent."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {name: value for name, value in read.items() if isinstance(value, str)} if isinstance(read, dict) else {}
