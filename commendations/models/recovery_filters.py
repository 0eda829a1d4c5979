"""Filters of the awards of which something is to be recovered, exchanged, handed over or handed again.

`Award.is_to_recover` and `Award.is_to_hand_again` say the same of one award.
"""

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from commendations.models.amendment import AwardCancellation, AwardCorrection, AwardRecovery
from commendations.models.award import Award
from commendations.models.award_supplement import AwardSupplement
from commendations.models.handover import Handover

REPRINTED = AwardCorrection.objects.filter(certificate__isnull=False)
CANCELLED = Q(pk__in=AwardCancellation.objects.values("award_id"))
REPLACED = Q(pk__in=Award.objects.filter(replaces__isnull=False).values("replaces_id"))
CORRECTED = Q(pk__in=REPRINTED.values("award_id"), cancellation=None, replaced_by=None)

HANDOVERS = Handover.objects.in_force().filter(award=OuterRef("pk"))
RETURNED_AFTER = AwardRecovery.objects.filter(
    award=OuterRef("award"), certificate=True, created_at__gte=OuterRef("created_at"), reversal=None
)
NOT_RETURNED = HANDOVERS.exclude(Exists(RETURNED_AFTER))
REPRINTED_AFTER = REPRINTED.filter(
    Q(created_at__gt=OuterRef("created_at")) | Q(amendment__issued_on__gt=OuterRef("received_on")),
    award=OuterRef("award"),
)
RECOVERIES = AwardRecovery.objects.filter(award=OuterRef("pk"), reversal=None)
NEVER_HANDED = Q(Exists(RECOVERIES.filter(not_handed=True)))
KNOWN_TO_BE_HANDED = Q(Exists(HANDOVERS)) | Exists(RECOVERIES)

CERTIFICATE_LEFT = Q(certificate__isnull=False) & (
    Q(Exists(NOT_RETURNED))
    | (~Exists(HANDOVERS) & ~Exists(RECOVERIES.filter(Q(certificate=True) | Q(not_handed=True))))
)
HANDED_BEFORE = Handover.objects.in_force().filter(award__nomination=OuterRef("nomination"), award__lt=OuterRef("pk"))
SUPPLEMENTS = AwardSupplement.objects.filter(award=OuterRef("pk")).order_by()
SUPPLEMENTS_PAID = Coalesce(Subquery(SUPPLEMENTS.paid().values("award").annotate(sum=Sum("amount")).values("sum")), 0)
SUPPLEMENTS_DUE = Coalesce(
    Subquery(SUPPLEMENTS.not_declined().values("award").annotate(sum=Sum("amount")).values("sum")), 0
)
DEDUCTED = Coalesce(F("deducted"), 0)
LAST_AWARD = Award.objects.filter(nomination=OuterRef("nomination")).order_by("-pk")
LAST_PAYABLE = LAST_AWARD.annotate(payable_sum=F("amount") - DEDUCTED + SUPPLEMENTS_DUE).values("payable_sum")[:1]
MONEY_RECOVERED = RECOVERIES.order_by().values("award").annotate(sum=Sum("amount")).values("sum")
CANCELLED_MONEY_LEFT = (Q(Exists(HANDED_BEFORE)) | ~NEVER_HANDED) & Q(
    amount__gt=Coalesce(Subquery(MONEY_RECOVERED), 0) + DEDUCTED - SUPPLEMENTS_PAID
)
REPLACED_MONEY_LEFT = Q(Exists(HANDOVERS)) & Q(
    amount__gt=Coalesce(Subquery(MONEY_RECOVERED), 0) + DEDUCTED - SUPPLEMENTS_PAID + Subquery(LAST_PAYABLE)
)
TO_RECOVER: Q = (
    (CANCELLED & (CERTIFICATE_LEFT | CANCELLED_MONEY_LEFT))
    | (REPLACED & KNOWN_TO_BE_HANDED & (CERTIFICATE_LEFT | REPLACED_MONEY_LEFT))
    | (CORRECTED & Q(Exists(NOT_RETURNED.filter(Exists(REPRINTED_AFTER)))))
)
TO_HAND_AGAIN = Q(certificate__isnull=False) & (
    (CORRECTED & Q(Exists(HANDOVERS)) & ~Q(Exists(HANDOVERS.exclude(Exists(REPRINTED_AFTER)))))
    | (
        Q(replaces__isnull=False, cancellation=None, replaced_by=None)
        & ~Q(Exists(HANDOVERS))
        & Q(Exists(HANDED_BEFORE))
    )
)
NOTHING_HANDED = Q(cancellation=None, replaced_by=None) & ~Q(
    Exists(Handover.objects.in_force().filter(award__nomination=OuterRef("nomination")))
)
"""In force, and nothing was handed over for it nor for an award of the case that it replaces."""
TO_HAND_OVER: Q = NOTHING_HANDED | TO_HAND_AGAIN

LAST_REPRINT = REPRINTED.filter(award=OuterRef("pk")).order_by("-pk").values("amendment")[:1]
AWARDS_TO_RECOVER = (
    Award.objects.annotate(last_reprint=Subquery(LAST_REPRINT))
    .filter(TO_RECOVER)
    .filter(
        Q(cancellation__amendment=OuterRef("pk"))
        | Q(replaced_by__decision__document=OuterRef("document"))
        | (CORRECTED & Q(last_reprint=OuterRef("pk")))
    )
)
"""Those that an amendment ended or printed again last, in a subquery of amendments."""
