"""Eligibility: the check when the office confirms that a nomination is complete, and the override reason."""

from typing import Any

from django.utils import timezone

from commendations.models import Nomination
from commendations.queries.eligibility import nomination_verdict
from commendations.queries.readable_verdict import RESTRICTED_FINDINGS
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.text import clean_lines
from emulation.core.validation import require_reason
from emulation.legal.engine.rules.finding import Finding
from emulation.workflow.transitions import act


def eligibility_snapshot(case: Nomination) -> dict[str, Any]:
    """The eligibility verdict as stored with the nomination; {} while no nominee is chosen.

    Raises RuleBroken, with the article, for a confirmed condition that is not met, and for a finding that needs an
    override reason while none is recorded.
    """
    verdict = nomination_verdict(case, timezone.localdate(), with_restricted=True)
    if verdict is None:
        return {}
    blocking = [finding for finding in verdict.against if not finding.needs_reason]
    if blocking:
        raise RuleBroken(f"Chưa đủ điều kiện: {_finding_texts(blocking)}")
    overridable = [finding for finding in verdict.findings if finding.needs_reason]
    if overridable and not case.override_reason:
        raise RuleBroken(f"Cần ghi lý do vẫn xét (ở trang “Vì sao?”) trước khi xác nhận: {_finding_texts(overridable)}")
    return verdict.facts()


def record_override_reason(*, by: User, nomination: Nomination, reason: str, seen: int | None = None) -> Nomination:
    """Record why the case proceeds despite a warning or a rule that is not confirmed.

    Raises RuleBroken when no finding needs a reason, or a confirmed condition is not met. The reason may contain
    restricted facts, so the audit log only records that there is one.
    """
    reason = clean_lines(reason)
    with act("commendations.override", nomination, by=by, seen=seen) as case:
        verdict = nomination_verdict(case, timezone.localdate(), with_restricted=True)
        if verdict is None or not any(finding.needs_reason for finding in verdict.findings):
            raise RuleBroken(
                "Hồ sơ không có cảnh báo nào cần ghi lý do. Điều kiện bắt buộc chưa đạt thì không thể ghi lý do để bỏ qua."
            )
        reason = require_reason(reason, "Hãy ghi lý do vẫn xét.")
        case.override_reason = reason
    return nomination


def _finding_texts(findings: list[Finding]) -> str:
    return " ".join(_finding_text(finding) for finding in findings)


def _finding_text(finding: Finding) -> str:
    """The condition without restricted facts: more people read error messages than the restricted record."""
    details = "" if finding.code in RESTRICTED_FINDINGS else f" {finding.says}"
    return f"{finding.label}: chưa đạt.{details} (Theo {finding.citation}.)"
