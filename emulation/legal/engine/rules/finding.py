"""What a verdict on a case found about one condition. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from emulation.legal.engine.law import DatedValue, Law
from emulation.legal.engine.rules.cited_result import CitedResult
from emulation.legal.engine.rules.condition_base import WEIGHT_NAMES


@dataclass(frozen=True)
class Finding(CitedResult):
    """One condition: met, not met (False) or not known (None); `says` is the evidence, `needs` what would be needed.

    `weighs`: block and lenient decide (lenient: not known does not block the case); warning and judgement never do.
    """

    code: str
    label: str
    met: bool | None
    weighs: str
    says: str
    needs: str
    reason: bool = False  # a warning that needs a written reason to go on

    @property
    def decides(self) -> bool:
        return self.weighs in ("block", "lenient")

    @property
    def is_blocking(self) -> bool:
        """Not met, and the condition decides: the case is blocked."""
        return self.decides and self.met is False

    @property
    def is_mandatory(self) -> bool:
        """Whether the case is blocked when it is not met or not known."""
        return self.weighs == "block"

    @property
    def warns(self) -> bool:
        """Not met, but only a warning."""
        return self.weighs == "warning" and self.met is False

    @property
    def needs_reason(self) -> bool:
        """Not met, but the user may go on with a written reason: such a warning, or a condition that is not confirmed."""
        return (self.warns and self.reason) or (self.is_blocking and not self.confirmed)

    @property
    def weight(self) -> str:
        return WEIGHT_NAMES[self.weighs]


def unknown_work_finding(law: Law, waiting: Sequence[DatedValue]) -> Finding:
    """In place of these conditions, which depend on the group of the person while nobody has chosen it."""
    labels = dict.fromkeys(rule.content["label"] for rule in waiting)
    weights = {rule.content["weighs"] for rule in waiting}
    return Finding(
        grounds=tuple(dict.fromkeys(law.legal_basis(rule) for rule in waiting)),
        code="work",
        label="Nhóm đối tượng",
        met=None,
        weighs=next(weight for weight in WEIGHT_NAMES if weight in weights),  # that of the strongest
        says=f"Chưa rõ nhóm đối tượng nên chưa xét được: {'; '.join(labels)}.",
        needs="Ghi nhóm đối tượng ở trang của người này.",
    )
