"""Template tag and filter for legal facts that are not confirmed."""

from typing import Any

from django import template

from emulation.legal.engine.doubts import USUAL_REASON, doubt_wording, doubts_of

register = template.Library()
register.filter(doubt_wording)


@register.inclusion_tag("legal/_doubts.html")
def doubts(*subjects: Any, shown_note: str = "", reason: str = USUAL_REASON) -> dict[str, Any]:
    """The quiet mark of a section, which opens to the reason and the names; nothing when all is confirmed."""
    return {"doubts": doubts_of(subjects, shown_note), "reason": reason}
