"""Certificates (giấy khen, bằng), with the wording and lines of NĐ 98/2023 Điều 104."""

from datetime import date

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from commendations.models import Decision
from commendations.papers.decision import decision_signature
from commendations.queries.award_lines import AwardLine
from commendations.queries.decision import commune_identity_on
from commendations.rules.wording import achievement_sentence
from emulation.documents.blocks.certificate import Certificate
from emulation.documents.branding import Branding
from emulation.documents.codes import printed_code
from emulation.legal import current


def certificate_paper(
    decision: Decision, line: AwardLine, on: date, *, number: int, symbol: str, code: str, branding: Branding
) -> Certificate | None:
    """The final certificate of one line of an issued decision, with the emblem and border uploaded by the office.

    None for an award that has no certificate by law (Lao động tiên tiến).
    """
    form = current.law_for(decision.commune_id).find(f"{line.award.code}.form", on)
    if form is None:
        return None
    identity = commune_identity_on(decision, on)
    certificate = Certificate(
        post=f"CHỦ TỊCH {identity.issuer}",
        recipient=line.recipient,
        about=line.place,
        achievement=certificate_deed(line.achievement, line.year if line.award.title else None),
        form=str(form.content["title"]),
        verb=str(form.content["act"]),
        signature=decision_signature(decision),
        place=identity.place_name,
        decision_symbol=symbol,
        serial=line.serial,
        code=printed_code(code),
        verify_url=verification_url(code),
        emblem=branding.emblem,
        border=branding.border,
    )
    return certificate.issued(on, number, line.serial)


def certificate_deed(achievement: str, title_year: int | None) -> str:
    """The achievement as a sentence; for a title with the year, if the text does not mention it."""
    deed = achievement_sentence(achievement)
    if title_year is None or str(title_year) in achievement:
        return deed
    return f"{deed.rstrip(' .')}, năm {title_year}"


def verification_url(code: str) -> str:
    """The public page that verifies the certificate; "" when the portal app is not installed."""
    try:
        return f"{settings.SITE_URL}{reverse('portal:verified', args=[code])}"
    except NoReverseMatch:
        return ""
