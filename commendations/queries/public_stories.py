"""Public stories (gương điển hình) of what was commended."""

from collections.abc import Sequence

from campaigns.models import ShortlistEntry
from commendations.models import Award, Nomination


def published_stories_of(awards: Sequence[Award]) -> tuple[ShortlistEntry, ...]:
    """The exemplars of these awards that are on the public page now; a cancelled award alone does not take them off."""
    if not awards:
        return ()
    exemplars = Nomination.objects.filter(pk__in=[award.nomination_id for award in awards]).values("exemplar")
    return tuple(ShortlistEntry.objects.filter(exemplar__in=exemplars).published().for_lists().order_by("pk"))
