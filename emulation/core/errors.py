"""The two domain exceptions RuleBroken and NotAllowed.

Views and DomainErrorMiddleware turn them into form errors or error pages.
"""

from collections.abc import Sequence


class RuleBroken(Exception):
    """The request breaks a rule. `message` is the reason in Vietnamese, `field` the form field it belongs to.

    `others`: the further rules that the same request breaks.
    """

    def __init__(self, message: str, field: str | None = None, others: Sequence["RuleBroken"] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.others = tuple(others)

    @classmethod
    def raise_all(cls, faults: Sequence["RuleBroken"]) -> None:
        """Raise all faults as one exception; do nothing when there are none."""
        if faults:
            first, *others = faults
            raise cls(first.message, first.field, others)


class NotAllowed(Exception):
    """The user does not have the permission; `reason` is in Vietnamese."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
