"""The draft of the payment list of a decision: made, made again after a change, withdrawn when nothing is paid."""

from django.utils import timezone

from commendations.models import Amendment, Award, Decision
from commendations.models.decision import PAYMENT_LIST_PREFIX
from commendations.papers.payment_list import payment_list_paper
from commendations.queries.decision import commune_identity_on
from commendations.queries.payments import payments_of
from emulation.accounts.models import User
from emulation.documents import actions as documents
from emulation.documents.models import Draft, IssuedDocument


def renew_payment_list(decision: Decision, *, amended_by: IssuedDocument | None = None) -> None:
    """Make the payment list of a decision again, if there is one, after its awards changed; withdraw it when none is paid.

    Runs in the transaction of the change; `amended_by` is its paper when it is issued just now. The one who prepared the list
    stays its maker.
    """
    list_key = payment_list_key(decision)
    made = Draft.objects.filter(commune=decision.commune, key=list_key).select_related("made_by").first()
    if made is None:
        return
    if not anything_to_pay(decision):
        documents.discard_draft(decision.commune, list_key)
        return
    save_payment_list(decision, made.made_by, amended_by)


def renew_list_of_replacing(award: Award) -> None:
    """Make the payment list of the decision in force again when what was paid or came back of a replaced award changes."""
    last = award
    while last.is_replaced:
        last = last.replaced_by
    if last != award:
        renew_payment_list(last.decision)


def save_payment_list(decision: Decision, by: User, amended_by: IssuedDocument | None = None) -> Draft:
    """The list as of today; it names the papers that amended the decision, `amended_by` as the last when it is issued just now."""
    today = timezone.localdate()
    identity = commune_identity_on(decision, today)
    paper = payment_list_paper(decision, identity, by.full_name, today, _amending_papers(decision, amended_by))
    return documents.create_or_update_draft(
        by=by, commune=decision.commune, paper=paper.for_signature(), key=payment_list_key(decision)
    )


def anything_to_pay(decision: Decision) -> bool:
    """Whether an award in force of the decision is still to be paid."""
    return any(payment.amount for payment in payments_of(decision))


def payment_list_key(decision: Decision) -> str:
    """The key of its draft."""
    return f"{PAYMENT_LIST_PREFIX}:{decision.pk}"


def _amending_papers(decision: Decision, last: IssuedDocument | None) -> list[IssuedDocument]:
    """The papers that amended the decision, in the order of their issue."""
    amendments = decision.amendments.filter(state=Amendment.ISSUED).select_related("document")
    stored = [one.document for one in amendments.order_by("document__issued_on", "document_id") if one.document != last]
    return [paper for paper in (*stored, last) if paper]
