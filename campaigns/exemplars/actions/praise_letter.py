"""Actions on the chair's praise letter (thư khen)."""

from datetime import date
from typing import Any

from django.utils import timezone

from campaigns.directives.queries.letter import chair_name
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.praise_letter import PraiseLetter
from campaigns.exemplars.papers.praise_letter import praise_letter_paper
from emulation.accounts.models import User
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import lower_first
from emulation.core.text import clean, clean_lines
from emulation.core.validation import require_reason
from emulation.documents import actions as documents
from emulation.documents.models import Draft
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act
from villages.queries.people import role_holder_ids, unit_head_ids


def start_praise_letter(*, by: User, exemplar: Exemplar) -> PraiseLetter:
    """Start the letter to an accepted exemplar; its text is prefilled from the deed."""
    with act("campaigns.start_praise", exemplar, by=by) as locked:
        identity = locked.commune.identity_on(timezone.localdate())
        return PraiseLetter.objects.create(
            commune_id=locked.commune_id,
            exemplar=locked,
            state=PraiseLetter.DRAFT,
            addressee=_addressee(locked),
            text=(
                f"{identity.issuer_short} được biết việc làm tốt đẹp của {_nominee_in_text(locked)}:\n{locked.deed}\n"
                f"Tôi biểu dương và cảm ơn {_nominee_in_text(locked)}; mong việc làm ấy được nhiều người học tập, lan tỏa trong "
                f"{identity.name}.\nChúc {_nominee_in_text(locked)} mạnh khỏe, hạnh phúc, tiếp tục có nhiều đóng góp cho quê hương."
            ),
            signer=chair_name(locked.commune, timezone.localdate()),
            created_by=by,
        )


def save_praise_letter(*, by: User, letter: PraiseLetter, seen: int | None = None, **texts: Any) -> PraiseLetter:
    """Save addressee, text and signer."""
    with act("campaigns.save_praise", letter, by=by, seen=seen) as locked:
        locked.addressee = clean(texts["addressee"])
        locked.signer = clean(texts["signer"])
        locked.text = clean_lines(texts["text"])
    return letter


def submit_praise_letter(*, by: User, letter: PraiseLetter, seen: int | None = None) -> PraiseLetter:
    """Submit the letter to the chair. Raises RuleBroken when addressee, text or signer is missing."""
    with act("campaigns.submit_praise", letter, by=by, seen=seen) as locked:
        for name, label in {"addressee": "người nhận", "text": "lời thư", "signer": "người ký"}.items():
            if not getattr(locked, name):
                raise RuleBroken(f"Thư khen còn thiếu {label}.", field=name)
        praise_letter_paper(locked, timezone.localdate())
        locked.return_notes = {}
        _notify(locked, role_holder_ids(locked.commune_id, Role.chair, on=timezone.localdate()), "Văn phòng trình ký")
    return letter


def return_praise_letter(*, by: User, letter: PraiseLetter, reason: str, seen: int | None = None) -> PraiseLetter:
    """The chair returns it with a reason."""
    reason = require_reason(reason, "Hãy ghi lý do trả lại.")
    with act("campaigns.return_praise", letter, by=by, seen=seen) as locked:
        locked.return_notes = {"reason": clean_lines(reason)}
        _notify(locked, [locked.created_by_id], "Chủ tịch trả lại để sửa")
    return letter


def sign_praise_letter(
    *, by: User, letter: PraiseLetter, signed_on: date | None = None, seen: int | None = None
) -> PraiseLetter:
    """The chair signs: the letter is frozen without a number; the unit is notified and may read it. `signed_on` defaults to today."""
    day = signed_on or timezone.localdate()
    with act("campaigns.sign_praise", letter, by=by, seen=seen) as locked:
        exemplar = locked.exemplar
        locked.signed_on = day
        _notify(locked, [*unit_head_ids(exemplar.unit, timezone.localdate()), locked.created_by_id], "Chủ tịch gửi")
        locked.document = documents.freeze_document(
            by=by,
            commune=locked.commune,
            paper=praise_letter_paper(locked, day),
            issued_on=day,
            key=f"campaigns.praise:{locked.pk}",
            readers=[documents.ReaderGrant(unit_id=exemplar.unit_id)],
            about=exemplar.nominee_name,
        )
    return letter


def preview_praise_letter(*, by: User, letter: PraiseLetter) -> Draft:
    """A preview marked "DỰ THẢO"."""
    with act("campaigns.preview_praise", letter, by=by) as locked:
        paper = praise_letter_paper(locked, timezone.localdate())
        return documents.create_or_update_draft(
            by=by, commune=locked.commune, paper=paper, key=f"campaigns.praise:{locked.pk}"
        )


def _addressee(exemplar: Exemplar) -> str:
    if exemplar.person is not None:
        return f"{exemplar.person.honorific} {exemplar.person.full_name}, {exemplar.unit.name}"
    place = "" if exemplar.collective_id else f", {exemplar.unit.name}"
    return f"{exemplar.nominee_name}{place}"


def _nominee_in_text(exemplar: Exemplar) -> str:
    if exemplar.person is not None:
        return f"{exemplar.person.honorific.lower()} {exemplar.person.full_name}"
    name = exemplar.nominee_name
    return name if exemplar.collective_id else lower_first(name)


def _notify(letter: PraiseLetter, users: list[int], what: str) -> None:
    notify_users(
        commune_id=letter.commune_id,
        users=users,
        text=f"{what} thư khen: {letter.addressee}",
        link=letter.get_absolute_url(),
        key=f"praise:{letter.pk}:{letter.version}",
    )
