"""The law's word on a file that the office is about to find complete."""

from typing import Any

from django.utils import timezone

from commendations.models import Nomination
from commendations.queries.eligibility import RESTRICTED, verdict_on
from emulation.core.errors import RuleBroken
from emulation.legal.rules import Finding


def judged(case: Nomination) -> dict[str, Any]:
    """The verdict to keep with the case. RuleBroken, with the article, for what stands against it or still asks for a reason."""
    verdict = verdict_on(case, timezone.localdate(), whole=True)
    if verdict is None:
        return {}
    hard = [finding for finding in verdict.against if not finding.asks_reason]
    if hard:
        raise RuleBroken("Chưa đủ điều kiện: " + " ".join(_because(finding) for finding in hard))
    soft = [finding for finding in verdict.findings if finding.asks_reason]
    if soft and not case.override_reason:
        raise RuleBroken(
            "Cần ghi lý do vẫn xét (ở trang “Vì sao?”) trước khi xác nhận: " + " ".join(_because(one) for one in soft)
        )
    return verdict.facts()


def _because(finding: Finding) -> str:
    """The condition without what is restricted: messages are read by more people than the record."""
    says = "" if finding.code in RESTRICTED else f" {finding.says}"
    return f"{finding.label}: chưa đạt.{says} (Theo {finding.citation}.)"
