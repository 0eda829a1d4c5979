"""Check of eligibility when the office confirms that a nomination is complete."""

from typing import Any

from django.utils import timezone

from commendations.models import Nomination
from commendations.queries.eligibility import RESTRICTED_FINDINGS, nomination_verdict
from emulation.core.errors import RuleBroken
from emulation.legal.engine.rules.eligibility import Finding


def eligibility_snapshot(case: Nomination) -> dict[str, Any]:
    """The verdict to keep with the case. RuleBroken, with the article, for what stands against it or still asks for a reason."""
    verdict = nomination_verdict(case, timezone.localdate(), whole=True)
    if verdict is None:
        return {}
    hard = [finding for finding in verdict.against if not finding.needs_reason]
    if hard:
        raise RuleBroken("Chưa đủ điều kiện: " + " ".join(_finding_text(finding) for finding in hard))
    soft = [finding for finding in verdict.findings if finding.needs_reason]
    if soft and not case.override_reason:
        raise RuleBroken(
            "Cần ghi lý do vẫn xét (ở trang “Vì sao?”) trước khi xác nhận: "
            + " ".join(_finding_text(one) for one in soft)
        )
    return verdict.facts()


def _finding_text(finding: Finding) -> str:
    """The condition without what is restricted: messages are read by more people than the record."""
    says = "" if finding.code in RESTRICTED_FINDINGS else f" {finding.says}"
    return f"{finding.label}: chưa đạt.{says} (Theo {finding.citation}.)"
