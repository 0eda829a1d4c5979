"""Template tag and filter for legal facts that are not confirmed."""

from typing import Any

from django import template

from emulation.legal.engine.doubts import USUAL_REASON, doubt_wording, doubts_of

register = template.Library()
register.filter(doubt_wording)


@register.filter
def without_label(citation: str, label: str) -> str:
    """ "Nghị định số 161/2026/NĐ-CP", from "Mức lương cơ sở, Nghị định số …" under the label "Mức lương cơ sở"."""
    return citation.removeprefix(f"{label}, ")


@register.inclusion_tag("legal/_doubts.html")
def doubts(*subjects: Any, review: str = "", shown_note: str = "", reason: str = USUAL_REASON) -> dict[str, Any]:
    """The quiet mark of a section, which opens to the reason and the names; nothing when all is confirmed.

    `review`: the note on values copied from an earlier period; `shown_note`: such a note elsewhere on the page.
    """
    found = doubts_of(subjects, review or shown_note)
    return {"doubts": found, "review": doubt_wording(review or ""), "reason": reason}
