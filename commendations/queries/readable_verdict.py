"""A verdict as a user may read it: in words, without what rests on the restricted record."""

from collections import Counter
from dataclasses import dataclass, replace

from commendations.models import Nomination
from emulation.legal.engine.rules.eligibility import EligibilityVerdict
from emulation.legal.engine.rules.finding import Finding

# Conditions based on the restricted record of a person or of a unit's people: withheld from users who may not read it.
RESTRICTED_FINDINGS = frozenset({"pending", "discipline", "reprimand", "leave", "members_discipline"})
# Conditions that every award has.
GENERAL_FINDINGS = (RESTRICTED_FINDINGS - {"members_discipline"}) | {
    "decider",
    "subject",
    "once",
    "registered",
    "dissolved",
}
WITHHELD_TEXT = "Nội dung hạn chế, do Văn phòng thẩm định."
UNCHECKED_STATES = ("draft", "submitted", "returned")
"""States of a case before the office has confirmed its file."""

KINDS_OF_FINDINGS = ("đạt", "chưa đạt", "cảnh báo", "chưa rõ", "do Hội đồng đánh giá", "do Văn phòng thẩm định")


def _kind_of(finding: Finding) -> str:
    """As which one of `KINDS_OF_FINDINGS` it is counted: what somebody else judges is not unknown."""
    if finding.met is None:
        judged = "do Văn phòng thẩm định" if finding.says == WITHHELD_TEXT else "chưa rõ"
        return "do Hội đồng đánh giá" if finding.weighs == "judgement" else judged
    if finding.met:
        return "đạt"
    return "cảnh báo" if finding.warns else "chưa đạt"


@dataclass(frozen=True)
class ReadableVerdict:
    """A verdict as the user may read it: findings based on the restricted record are withheld unless `with_restricted`.

    `checked`: it is about a case whose file the office has confirmed.
    """

    verdict: EligibilityVerdict
    findings: tuple[Finding, ...]
    with_restricted: bool = True
    checked: bool = False

    @property
    def word(self) -> str:
        """The verdict in words. "Đạt điều kiện" only if the user reads all findings and the conditions are decided by facts."""
        if self.eligible is None:
            return "Chưa đủ thông tin"
        if not self.eligible:
            return "Chưa đạt"
        if not self.with_restricted:
            return "Đạt phần xem được" if self.checked else "Đạt phần xem được, Văn phòng còn thẩm định"
        return "Không có gì cản, Hội đồng đánh giá" if self.by_council else "Đạt điều kiện"

    @property
    def counts(self) -> str:
        """ "Điều kiện: 5 đạt, 1 chưa đạt, 2 chưa rõ, 1 do Hội đồng đánh giá."; only what there is."""
        found = Counter(map(_kind_of, self.findings))
        return f"Điều kiện: {', '.join(f'{found[kind]} {kind}' for kind in KINDS_OF_FINDINGS if found[kind])}."

    @property
    def by_council(self) -> bool:
        """Whether no condition of this award is decided by facts, so that the council judges the merit."""
        return not any(finding.decides and finding.code not in GENERAL_FINDINGS for finding in self.findings)

    @property
    def icon(self) -> str:
        return {True: "check-circle", None: "question-circle", False: "x-circle"}[self.eligible]

    @property
    def tone(self) -> str:
        fully_met = self.with_restricted and not self.by_council
        return {True: "good" if fully_met else "news", None: "wait", False: "bad"}[self.eligible]

    @property
    def needs_reason(self) -> bool:
        """Whether the case can proceed with an override reason."""
        return any(finding.needs_reason for finding in self.findings)

    @property
    def eligible(self) -> bool | None:
        return self.verdict.eligible


def readable_verdict(
    verdict: EligibilityVerdict, *, with_restricted: bool, case: Nomination | None = None
) -> ReadableVerdict:
    """The verdict, of a case if given, with findings based on the restricted record withheld, unless `with_restricted`."""
    checked = case is not None and case.state not in UNCHECKED_STATES
    if with_restricted:
        return ReadableVerdict(verdict, verdict.findings, checked=checked)
    readable = tuple(
        replace(finding, met=None, weighs="lenient", says=WITHHELD_TEXT, needs="")
        if finding.code in RESTRICTED_FINDINGS
        else finding
        for finding in verdict.findings
    )
    return ReadableVerdict(verdict, readable, with_restricted=False, checked=checked)
