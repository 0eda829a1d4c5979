"""In which posts a user acts: "Trưởng thôn, Thôn 1; Thành viên Hội đồng TĐKT"; "Phụ trách Thôn 3" of an acting head."""

from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest
from django.utils import timezone

from emulation.communes.capacity import UserCapacity, capacity_of
from emulation.communes.roles import UNIT_HEAD_ROLES
from emulation.workflow.context import page_values
from villages.models import Appointment, Unit


@page_values.register("post")
def post_titles(request: HttpRequest) -> str:
    """The units that the user heads, with the title of the post, then the user's other roles; "" for nobody.

    The posts of others who are away are marked. One query for heads of units, none for others.
    """
    capacity = capacity_of(request.user)
    headed = _headed_posts(capacity, request.user.pk) if capacity.unit_ids else []
    titles = sorted(
        f"{role.title} (làm thay)" if capacity.acts_for(role) else role.title
        for role in capacity.roles - UNIT_HEAD_ROLES
    )
    return "; ".join([*headed, *titles])


def _headed_posts(capacity: UserCapacity, user_id: int | None) -> list[str]:
    """The posts of the user in the units in force today; of an acting head as the appointment names it."""
    today = timezone.localdate()
    acting = Appointment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today),
        unit=OuterRef("pk"),
        person__user=user_id,
        acting=True,
        starts_on__lte=today,
    )
    units = Unit.objects.filter(pk__in=capacity.unit_ids).in_force(today)
    rows = units.annotate(acting_post=Subquery(acting.order_by("-starts_on").values("post")[:1]))
    own_ids = (capacity.own or capacity).unit_ids
    posts = []
    for unit_id, title, name, acting_post in rows.values_list("pk", "head_title", "name", "acting_post"):
        if unit_id in own_ids:
            posts.append(acting_post or f"{title}, {name}")
        else:
            posts.append(f"{title}, {name} (làm thay)")
    return posts
