"""Money that becomes due when another title is cancelled: its rows, their list, and what was done with it."""

from collections.abc import Collection, Iterable
from datetime import date

from django.utils import timezone

from commendations.models import Amendment, Award, AwardSupplement, AwardSupplementAnswer, Decision
from commendations.papers.supplement_list import supplement_list_paper
from commendations.queries.award_supplement import listed_supplements, supplement_list_key
from commendations.queries.decision import commune_identity_on
from commendations.queries.highest_title import SupplementDue
from emulation.accounts.models import User
from emulation.communes.capacity import role_holder_ids
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean
from emulation.core.validation import not_future
from emulation.documents import actions as documents
from emulation.documents.models import Draft
from emulation.notices.actions import notify_users
from emulation.workflow.idempotency import create_once
from emulation.workflow.transitions import act
from villages.queries.people import head_ids_of_units


def add_supplements(amendment: Amendment, due: Iterable[SupplementDue], *, by: User) -> None:
    """Store what became due by an issued cancellation, put it on the list of each decision, and notify the office.

    Runs in the transaction of the issue.
    """
    assert amendment.document is not None
    by_paper = f"theo {amendment.document.dated}"
    rows = [
        AwardSupplement.objects.create(
            commune=amendment.commune,
            award=one.award,
            amendment=amendment,
            amount=one.amount,
            reason=f"{one.reason}, {by_paper}",
        )
        for one in due
    ]
    staff = set(role_holder_ids(amendment.commune_id, Role.office, Role.clerk, on=timezone.localdate()))
    for row in rows:
        notify_users(
            commune_id=row.commune_id,
            users=staff,
            text=f"{': '.join(row.todo_parts())} Danh sách chi bổ sung đã lập.",
            link=row.get_absolute_url(),
            key=f"supplement:{row.pk}",
        )
        text = f"{row}: {row.reason}. Văn phòng sẽ chi theo danh sách để ký; đơn vị báo cho người nhận."
        notify_unit_of_supplement(row, text, "due", besides=staff)
    for decision in Decision.objects.filter(awards__supplements__in=rows).distinct().order_by("pk"):
        renew_supplement_list(decision, by=by)


def notify_unit_of_supplement(supplement: AwardSupplement, text: str, what: str, besides: Collection[int] = ()) -> None:
    """Notify the heads of the units that proposed the award, without those in `besides`; `what` distinguishes the notifications."""
    award = supplement.award
    notify_users(
        commune_id=supplement.commune_id,
        users=set(head_ids_of_units(award.units, timezone.localdate())) - set(besides),
        text=text,
        link=award.get_absolute_url(),
        key=f"supplement:{supplement.pk}:{what}",
    )


def renew_supplement_list(decision: Decision, *, by: User) -> None:
    """Make the list of supplements of a decision again, paid and to be paid; withdraw it when there are none.

    Runs in the transaction of the change. The one who made the list first stays its maker.
    """
    rows = listed_supplements(decision)
    key = supplement_list_key(decision.pk)
    if not rows:
        documents.discard_draft(decision.commune, key)
        return
    made = Draft.objects.filter(commune=decision.commune, key=key).select_related("made_by").first()
    maker = made.made_by if made else by
    today = timezone.localdate()
    paper = supplement_list_paper(decision, rows, commune_identity_on(decision, today), maker.full_name, today)
    documents.create_or_update_draft(by=maker, commune=decision.commune, paper=paper.for_signature(), key=key)


def renew_lists_of_ended(awards: Iterable[Award], *, by: User) -> None:
    """The lists without the awards that ended."""
    ended = AwardSupplement.objects.filter(award__in=list(awards))
    for decision in Decision.objects.filter(pk__in=ended.values("award__decision")).order_by("pk"):
        renew_supplement_list(decision, by=by)


def answer_supplement(
    *,
    by: User,
    supplement: AwardSupplement,
    paid: bool,
    answered_on: date,
    received_by: str = "",
    note: str = "",
    key: str = "",
) -> AwardSupplementAnswer:
    """Record that a supplement was paid, or why it is not paid. Idempotent per `key`.

    Raises RuleBroken without a receiver or a reason, and for a day before the cancellation or after today.
    """

    def record() -> AwardSupplementAnswer:
        with act("commendations.answer_supplement", supplement, by=by, paid=paid, answered_on=answered_on) as locked:
            _check_answer(locked, paid, answered_on, received_by, note)
            answer = AwardSupplementAnswer.objects.create(
                commune=locked.commune,
                supplement=locked,
                edition=locked.answers.count() + 1,
                paid=paid,
                answered_on=answered_on,
                received_by=received_by if paid else "",
                note=note,
                recorded_by=by.pk,
            )
            renew_supplement_list(locked.award.decision, by=by)
            day = format_date(answered_on)
            done = f"đã chi, {received_by} nhận ngày {day}" if paid else f"không chi, ngày {day}: {note}"
            notify_unit_of_supplement(locked, f"{locked}: {done}.", f"answered:{answer.pk}", besides={by.pk})
            return answer

    return create_once(key, supplement.commune, AwardSupplementAnswer, record)


def _check_answer(supplement: AwardSupplement, paid: bool, on: date, received_by: str, note: str) -> None:
    if paid and not clean(received_by):
        raise RuleBroken("Hãy ghi họ tên người nhận.", "received_by")
    if not paid and not clean(note):
        raise RuleBroken("Không chi thì ghi lý do ở ô ghi chú.", "note")
    cancelled_on = supplement.amendment.issued_on
    if cancelled_on and on < cancelled_on:
        raise RuleBroken(
            f"Ngày này không được trước ngày quyết định hủy bỏ ({format_date(cancelled_on)}).", "answered_on"
        )
    not_future(on, "Ngày này", "answered_on")
