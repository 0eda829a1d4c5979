"""The two domain exceptions. Views and DomainErrorMiddleware turn them into form errors or error pages."""


class RuleBroken(Exception):
    """The request breaks a rule. `message` is the reason in Vietnamese, `field` the form field it belongs to."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(Exception):
    """The user does not have the permission; `reason` is in Vietnamese."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
