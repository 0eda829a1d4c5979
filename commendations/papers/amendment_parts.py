"""Words and parts that the papers about awards of an issued decision share."""

from collections.abc import Sequence

from commendations.models import Award, Decision
from commendations.papers.award_list import NOMINEE_KIND_HEADINGS
from commendations.papers.decision import NAMED_IN_ARTICLE
from commendations.queries.decision import commune_identity_on, outgoing_award_name
from emulation.core.formatting import date_in_words

NAMED_ON_LIST = "có tên trong Danh sách kèm theo"


def decision_in_words(decision: Decision) -> str:
    """ "Quyết định số 05/QĐ-UBND ngày 05 tháng 02 năm 2026 của Chủ tịch Ủy ban nhân dân xã Bình Lương"."""
    assert decision.issued_on is not None
    identity = commune_identity_on(decision, decision.issued_on)
    return f"{dated_decision(decision)} của Chủ tịch Ủy ban nhân dân {identity.name}"


def dated_decision(decision: Decision) -> str:
    """ "Quyết định số 05/QĐ-UBND ngày 05 tháng 02 năm 2026"."""
    assert decision.issued_on is not None
    return f"{numbered_decision(decision)} {date_in_words(decision.issued_on)}"


def numbered_decision(decision: Decision) -> str:
    """ "Quyết định số 05/QĐ-UBND", for a decision that the paper has already named with its day."""
    return f"Quyết định số {decision.document.reference if decision.document else ''}"


def award_of_decision(decision: Decision, awards: Sequence[Award]) -> str:
    """The award that the decision grants, without the name of its issuer: "Giấy khen", "danh hiệu “…” năm 2026"."""
    award = outgoing_award_name(decision, awards[0].awarded_on)
    return award.quoted(*{one.year for one in awards}) if award.title else award.short


def certificate_word(awards: Sequence[Award]) -> str:
    """What the recipients hold, with a capital: a certificate of a title or a giấy khen."""
    return "Bằng chứng nhận" if awards[0].is_title else "Giấy khen"


def counted_certificates(awards: Sequence[Award]) -> str:
    """ "03 Giấy khen"; "" for an award without a certificate."""
    count = sum(award.certificate_id is not None for award in awards)
    return f"{count:02d} {certificate_word(awards)}" if count else ""


def kinds_of_recipients(awards: Sequence[Award]) -> str:
    """ "các hộ gia đình, cá nhân": the kinds that there are, "các" when there are several recipients."""
    kinds = {award.nominee_kind for award in awards}
    named = ", ".join(title.lower() for kind, title in NOMINEE_KIND_HEADINGS.items() if kind in kinds)
    return f"{'các ' if len(awards) > 1 else ''}{named}"


def named_recipients(awards: Sequence[Award], on_list: bool) -> str:
    """ "cá nhân có tên tại Điều 1", or where their names are on a list: "các cá nhân có tên trong Danh sách kèm theo"."""
    return f"{kinds_of_recipients(awards)} {NAMED_ON_LIST if on_list else NAMED_IN_ARTICLE}"
