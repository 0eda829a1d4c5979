"""The two ways in which the house says no. One view mixin turns them into a form error or a 403 page."""


class RuleBroken(Exception):
    """What was asked breaks a rule; `message` is plain Vietnamese, `field` the form field it belongs to."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(Exception):
    """This person may not do this; `reason` is plain Vietnamese."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
