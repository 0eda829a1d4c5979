"""Certificates (giấy khen, bằng), with the wording and lines of NĐ 98/2023 Điều 104."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.urls import NoReverseMatch, reverse

from commendations.models import Decision
from commendations.papers.decision import decision_signature
from commendations.queries.award_lines import AwardLine
from commendations.queries.decision import commune_identity_on
from commendations.rules.wording import achievement_sentence, certificate_about
from emulation.communes.models import CommuneIdentity
from emulation.core.public_address import public_url
from emulation.documents.blocks.certificate import Certificate
from emulation.documents.blocks.text import InvalidPaper
from emulation.documents.branding import Branding
from emulation.documents.codes import printed_code
from emulation.documents.letterheads import with_demo_note
from emulation.documents.numbering import series_on
from emulation.legal import current
from emulation.legal.engine.law import Law


def certificate_paper(
    decision: Decision, line: AwardLine, on: date, *, number: int, symbol: str, code: str, branding: Branding
) -> Certificate | None:
    """The final certificate of one line of an issued decision, with the emblem and border uploaded by the office.

    None for an award that has no certificate by law (Lao động tiên tiến).
    """
    law = current.law_for(decision.commune_id)
    certificate = _unnumbered_certificate(decision, line, on, law, commune_identity_on(decision, on), branding)
    if certificate is None:
        return None
    final = replace(
        certificate,
        decision_symbol=symbol,
        serial=line.serial,
        code=printed_code(code),
        verify_url=verification_url(code),
    )
    return final.issued(on, number, line.serial)


@dataclass(frozen=True)
class CertificateDraft:
    """The certificate of a line as it would be printed, without number, day and code; or why it cannot be printed."""

    line: AwardLine
    certificate: Certificate | None
    fault: str = ""


def certificate_drafts(
    decision: Decision, lines: Iterable[AwardLine], on: date, branding: Branding
) -> Iterator[CertificateDraft]:
    """The drafts of the certificates of these lines, if the decision is signed on that day.

    An award that has no certificate by law has a draft without certificate and without fault.
    """
    law = current.law_for(decision.commune_id)
    identity = commune_identity_on(decision, on)
    symbol = series_on(decision.commune, "quyet_dinh", on).symbol
    for line in lines:
        try:
            certificate = _unnumbered_certificate(decision, line, on, law, identity, branding)
        except InvalidPaper as fault:
            yield CertificateDraft(line, None, fault.message)
        else:
            if certificate is None:
                yield CertificateDraft(line, None)
                continue
            draft = replace(certificate, decision_symbol=symbol, year=on.year)
            yield CertificateDraft(line, with_demo_note(draft, decision.commune))


def _unnumbered_certificate(
    decision: Decision, line: AwardLine, on: date, law: Law, identity: CommuneIdentity, branding: Branding
) -> Certificate | None:
    form = law.find(f"{line.award.code}.form", on)
    if form is None:
        return None
    return Certificate(
        post=f"CHỦ TỊCH {identity.issuer}",
        recipient=line.recipient,
        about=certificate_about(line.place, line.mark),
        achievement=certificate_deed(line.achievement, line.year if line.award.title else None),
        form=str(form.content["title"]),
        verb=str(form.content["act"]),
        signature=decision_signature(decision),
        place=identity.place_name,
        emblem=branding.emblem,
        border=branding.border,
    )


def certificate_deed(achievement: str, title_year: int | None) -> str:
    """The achievement as a sentence; for a title with the year, if the text does not mention it."""
    deed = achievement_sentence(achievement)
    if title_year is None or str(title_year) in achievement:
        return deed
    return f"{deed.rstrip(' .')}, năm {title_year}"


def verification_url(code: str) -> str:
    """The public page that verifies the certificate; "" without a public address or when the portal is not installed."""
    try:
        return public_url(reverse("portal:verified", args=[code]))
    except NoReverseMatch:
        return ""
