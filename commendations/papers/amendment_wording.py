"""The texts that a draft amendment begins with, by the law and the names of its expected day."""

import re
from datetime import date

from commendations.models import Amendment
from commendations.papers.amendment_parts import award_of_decision, dated_decision, decision_in_words
from commendations.papers.decision import default_decision_subject
from commendations.queries.amendment import awards_of, is_whole_decision, prescribed_basis_lines, replacement_lines
from commendations.queries.decision import default_basis_lines, with_bodies_on
from emulation.legal import current

LAST_ARTICLE = {Amendment.REPLACEMENT: 4, Amendment.CANCELLATION: 3}
"""The Điều that names those who carry it out; they are the first recipients."""


def amendment_subject(amendment: Amendment) -> str:
    """The default trích yếu; it names the decision with its day, and a replacing decision the recipients that it has."""
    decision = amendment.decision
    if amendment.kind == Amendment.CORRECTION:
        return f"Về việc đính chính {dated_decision(decision)}"
    if amendment.is_replacement:
        lines = replacement_lines(amendment, amendment.expected_on)
        return default_decision_subject(lines, by_name=amendment.decision.by_deputy)
    if is_whole_decision(amendment):
        return f"Về việc hủy bỏ {decision_in_words(decision)}"
    return f"Về việc hủy bỏ việc tặng {award_of_decision(decision, awards_of(amendment))} tại {decision_in_words(decision)}"


def amendment_basis_lines(amendment: Amendment, on: date) -> str:
    """The default căn cứ of that day, joined by newlines; "" for a công văn, which has none."""
    if amendment.kind == Amendment.CORRECTION:
        return ""
    if amendment.is_replacement:
        return default_basis_lines(amendment.decision, on)
    proposed = f"Theo đề nghị của {current.commune_offices_for(amendment.commune_id, on).awards_head}"
    return "\n".join([*prescribed_basis_lines(amendment, on), f"Xét {decision_in_words(amendment.decision)}", proposed])


def amendment_recipients(amendment: Amendment) -> str:
    """Those of the decision, with the superior of the expected day; a công văn names its addressees first."""
    decision = amendment.decision
    decided = decision.issued_on or decision.expected_on
    named = with_bodies_on(decision, decision.recipients, decided, amendment.expected_on)
    if amendment.kind == Amendment.CORRECTION:
        return "\n".join(["Như trên", *(line for line in named.split("\n") if not line.startswith("Như "))])
    return re.sub(r"^Như Điều \d+", f"Như Điều {LAST_ARTICLE[amendment.kind]}", named, flags=re.MULTILINE)
