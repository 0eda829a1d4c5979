"""Nominations made from an exemplar, shown among the follow-ups of the exemplar."""

from collections.abc import Iterator
from typing import Any

from campaigns.exemplars.queries.follow_up import FollowUpItem, follow_up_sources
from commendations.flow.nomination import NOMINATION_STATES
from commendations.models import Nomination
from commendations.queries.cancelled_earlier import cancelled_awards_of


@follow_up_sources.register("award")
def nomination_follow_ups(user: Any, ids: list[int]) -> Iterator[tuple[int, FollowUpItem]]:
    """The nominations of these exemplars that the user may see and that are not withdrawn, each with its state."""
    rows = Nomination.objects.visible_to(user).filter(exemplar__in=ids).exclude(state="withdrawn")
    found = list(rows.only("pk", "exemplar_id", "state", "state_since"))
    cancelled = cancelled_awards_of([row.pk for row in found if row.state == "award_cancelled"])
    for row in found:
        word = "Đề nghị cấp trên" if row.state in Nomination.ABOVE else "Khen thưởng"
        url = row.get_absolute_url()
        yield (
            row.exemplar_id or 0,
            FollowUpItem(
                f"{word}: {NOMINATION_STATES[row.state].label.lower()}",
                "award",
                url=url,
                warning=f"{cancelled[row.pk].sentence}." if row.pk in cancelled else "",
            ),
        )
