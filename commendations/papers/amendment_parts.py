"""Words and parts that the papers about awards of an issued decision share."""

from collections.abc import Sequence

from commendations.models import Award, Decision
from commendations.queries.decision import commune_identity_on
from emulation.core.formatting import format_date


def decision_in_words(decision: Decision) -> str:
    """ "Quyết định số 05/QĐ-UBND ngày 05/02/2026 của Chủ tịch Ủy ban nhân dân xã Bình Lương"."""
    assert decision.issued_on is not None
    identity = commune_identity_on(decision, decision.issued_on)
    day = format_date(decision.issued_on)
    return f"Quyết định số {decision_reference(decision)} ngày {day} của Chủ tịch Ủy ban nhân dân {identity.name}"


def decision_reference(decision: Decision) -> str:
    """Its number and symbol, for example "05/QĐ-UBND"; empty before the issue."""
    return decision.document.reference if decision.document else ""


def certificate_word(awards: Sequence[Award]) -> str:
    """What the recipients hold, with a capital: a certificate of a title or a giấy khen."""
    return "Bằng chứng nhận" if awards[0].is_title else "Giấy khen"
