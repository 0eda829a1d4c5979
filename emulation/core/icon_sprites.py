"""Which icons are in the sprite, those of the frame, of messages, queues and the commonest states; each other has a file of its own.

So a page loads the sprite and the few other icons that it uses. `bin/lib/assets.py` builds all of them.
"""

SPRITE = "built/icons.svg"
SPRITE_ICONS = frozenset(
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


def icon_file(name: str) -> str:
    """The static file that has the icon."""
    return SPRITE if name in SPRITE_ICONS else f"built/icons/{name}.svg"
