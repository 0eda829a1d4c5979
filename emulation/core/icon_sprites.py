"""Which icons are in the first sprite, that of the frame, of messages, queues and the commonest states; the others in a second.

A page loads a sprite only if it uses one of its icons. `bin/lib/assets.py` builds both.
"""

FIRST_SPRITE = "built/icons.svg"
SECOND_SPRITE = "built/more-icons.svg"
FIRST_ICONS = frozenset(
    [
        "arrow-counterclockwise",
        "arrow-return-left",
        "arrow-right",
        "award",
        "bell",
        "box-arrow-in-right",
        "box-arrow-right",
        "calendar-event",
        "calendar-week",
        "check-circle",
        "check-lg",
        "check2-circle",
        "chevron-down",
        "chevron-left",
        "chevron-right",
        "circle",
        "clock-history",
        "exclamation-circle",
        "exclamation-octagon",
        "exclamation-triangle",
        "file-earmark-text",
        "flag",
        "grid",
        "hourglass-split",
        "inbox",
        "info-circle",
        "key",
        "list",
        "lock",
        "pencil",
        "people",
        "person",
        "person-circle",
        "plus-lg",
        "printer",
        "question-circle",
        "search",
        "send",
        "slash-circle",
        "star",
        "x-circle",
    ]
)


def sprite_of(name: str) -> str:
    """The static file that has the icon."""
    return FIRST_SPRITE if name in FIRST_ICONS else SECOND_SPRITE
