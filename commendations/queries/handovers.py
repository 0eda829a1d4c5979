"""Who received what an amendment takes back or exchanges."""

from collections.abc import Iterable, Sequence

from commendations.models import Amendment, Award, Handover
from emulation.core.formatting import format_date


def received_by(amendment: Amendment, awards: Sequence[Award]) -> tuple[str, ...]:
    """The recipients with who received the certificate and the money: "Vi Văn Thành (Lê A nhận ngày 02/11/2026)".

    Of a correction or a replacement only those who have the old certificate.
    """
    received = []
    for award in awards:
        if rows := sorted(_handovers(amendment, award), key=lambda row: row.created_at):
            last = rows[-1]
            received.append(f"{award.current_name} ({last.received_by} nhận ngày {format_date(last.received_on)})")
    return tuple(received)


def _handovers(amendment: Amendment, award: Award) -> Iterable[Handover]:
    if amendment.is_cancellation:
        return award.handovers_in_force
    rows = award.handovers_not_returned
    if amendment.is_issued and award.counts:
        return [row for row in rows if award.is_of_earlier_sheet(row)]
    return rows
