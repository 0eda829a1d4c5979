"""The time that a sudden commendation took or takes, for its page."""

from datetime import datetime

from django.utils import timezone

from commendations.models import Award, Nomination
from commendations.queries.deadlines import SUDDEN_KIND
from commendations.rules.elapsed import ElapsedTime
from emulation.audit.models import AuditEntry

NOT_RUNNING = (*Nomination.OVER, *Nomination.DECIDED_ABOVE)


def elapsed_time(case: Nomination) -> ElapsedTime | None:
    """From the deed, or the first submission, to the issue of the decision; None for other kinds and before both are known.

    A case that ended without a decision of the commune has none.
    """
    if case.kind != SUDDEN_KIND:
        return None
    since = deed_moment(case) or _submitted_at(case)
    award = Award.objects.filter(nomination=case).select_related("decision__document").order_by("pk").first()
    ended = award.decision.document.created_at if award and award.decision.document else None
    if since is None or (ended is None and case.state in NOT_RUNNING):
        return None
    return ElapsedTime(since, deed_moment(case) is not None, ended, timezone.now())


def deed_moment(case: Nomination) -> datetime | None:
    """The day and hour of the deed; None where one of them is not known."""
    day = case.period_to or case.period_from
    if day is None or case.deed_time is None:
        return None
    return timezone.make_aware(datetime.combine(day, case.deed_time))


def _submitted_at(case: Nomination) -> datetime | None:
    entries = AuditEntry.objects.filter(
        commune_id=case.commune_id,
        subject_type=Nomination.subject_key,
        subject_id=case.pk,
        act="commendations.submit",
    )
    return entries.order_by("seq").values_list("at", flat=True).first()
