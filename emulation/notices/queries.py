"""The number of a user's unread notifications."""

from emulation.communes.capacity import UserCapacity
from emulation.notices.models import Notification

MAX_COUNTED = 100


def unread_notifications(capacity: UserCapacity) -> int:
    """How many notifications of the user in this commune are unread, counted up to 100."""
    unread = Notification.objects.filter(user_id=capacity.user_id, commune_id=capacity.commune_id, read_at=None)
    return unread[:MAX_COUNTED].count()
