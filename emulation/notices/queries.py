"""The number of a user's unread notifications."""

from django.http import HttpRequest

from emulation.communes.capacity import capacity_of
from emulation.notices.models import Notification
from emulation.workflow.context import page_values

MAX_COUNTED = 100


@page_values.register("unread")
def unread_notifications(request: HttpRequest) -> int:
    """How many of the user's notifications are unread, counted up to 100."""
    capacity = capacity_of(request.user)
    if capacity.user_id is None or capacity.commune_id is None:
        return 0
    unread = Notification.objects.filter(user_id=capacity.user_id, commune_id=capacity.commune_id, read_at=None)
    return unread[:MAX_COUNTED].count()
