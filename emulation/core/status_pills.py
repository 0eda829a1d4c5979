"""How a status is shown: the same word, icon and tone on every page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StatusPill:
    """A status as word, name of its icon, and tone ("good", "wait", "bad", "neutral")."""

    word: str
    icon: str
    tone: str
