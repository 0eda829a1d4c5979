"""Required papers of a file, who decides, which procedure applies, legal basis lines of a paper. Pure."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from typing import Literal

from emulation.legal.engine.law import DatedValue, Law
from emulation.legal.engine.rules.cited_result import CitedResult


@dataclass(frozen=True)
class ChecklistItem:
    """One paper of a file; `form` is the number of the prescribed form, or ""."""

    code: str
    label: str
    required: bool
    form: str


@dataclass(frozen=True)
class Checklist(CitedResult):
    """The papers of a file."""

    items: tuple[ChecklistItem, ...]

    def missing(self, present: set[str]) -> list[ChecklistItem]:
        return [item for item in self.items if item.required and item.code not in present]


def file_checklist(law: Law, award: str, kind: str, subject: str, received: date) -> Checklist:
    """The papers of a file by the law on the day of receipt; `kind` is CT, DX or PT."""
    rule = law.value_on(f"{award}.checklist", received, subject, kind)
    numbered = law.find(f"{award}.report_form", received, subject, kind)
    form = str(numbered.content) if numbered else ""
    items = tuple(
        ChecklistItem(item["code"], item["label"], item.get("required", True), form if _is_report(item["code"]) else "")
        for item in rule.content
    )
    return Checklist((law.legal_basis(rule),), items)


def _is_report(code: str) -> bool:
    return code in {"report", "summary"}


@dataclass(frozen=True)
class Decider(CitedResult):
    """Who decides: `code` is chair_commune, chair_district, chair_province … or nobody, when the award is not given."""

    code: str
    label: str

    @property
    def here(self) -> Literal["decide", "propose", "none"]:
        """What a commune can do: decide, propose to the decider, or nothing."""
        if self.code == "nobody":
            return "none"
        return "decide" if self.code == "chair_commune" else "propose"

    @property
    def is_nobody(self) -> bool:
        """Whether the award is no longer given."""
        return self.here == "none"


def award_decider(law: Law, award: str, decided: date) -> Decider:
    """Who decides the award on the day of the decision."""
    rule = law.value_on(f"{award}.decider", decided)
    return Decider((law.legal_basis(rule),), str(rule.content), law.codes[rule.code].choices[str(rule.content)])


@dataclass(frozen=True)
class Procedure(CitedResult):
    """Ordinary or simplified procedure (thủ tục đơn giản), and the names of the cases that apply."""

    simplified: bool
    applies: tuple[str, ...]
    says: str


def applicable_procedure(law: Law, received: date, cases: Set[str]) -> Procedure:
    """Whether the simplified procedure applies to a file received that day, given the codes of its cases.

    Luật 2022 Điều 85, NĐ 98/2023 Điều 40: any of five cases; Luật 2003 Điều 85: three conditions together.
    """
    rule = law.value_on("procedure.simplified", received)
    names = {case["code"]: case["name"] for case in rule.content["cases"]}
    applies = tuple(name for code, name in names.items() if code in cases)
    missing = [name for code, name in names.items() if code not in cases]
    needs_all = rule.content["needs"] == "all"
    simplified = not missing if needs_all else bool(applies)
    if simplified:
        says = f"Được áp dụng thủ tục đơn giản: {'; '.join(applies)}."
    elif needs_all:
        says = f"Theo thủ tục thông thường; thủ tục đơn giản còn thiếu: {'; '.join(missing)}."
    else:
        says = "Theo thủ tục thông thường: không thuộc trường hợp nào của thủ tục đơn giản."
    return Procedure((law.legal_basis(rule),), simplified, applies, says)


def legal_basis_lines(law: Law, paper: str, issued: date) -> list[str]:
    """The legal basis lines (căn cứ) of a paper (`quyet_dinh`, `to_trinh`, `giay_de_nghi`) on that day: "Căn cứ …;"."""
    rule: DatedValue = law.value_on("basis", issued, kind=paper)
    return [f"Căn cứ {line['text']};" for line in rule.content]
