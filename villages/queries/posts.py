"""In which posts a user acts: "Trưởng thôn, Thôn 1; Thành viên Hội đồng TĐKT"."""

from django.http import HttpRequest
from django.utils import timezone

from emulation.communes.capacity import capacity_of
from emulation.communes.roles import UNIT_HEAD_ROLES
from emulation.workflow.context import page_values
from villages.models import Unit


@page_values.register("post")
def post_titles(request: HttpRequest) -> str:
    """The units that the user heads, with the title of the post, then the user's other roles; "" for nobody.

    One query for heads of units, none for others.
    """
    capacity = capacity_of(request.user)
    own = Unit.objects.filter(pk__in=capacity.unit_ids).in_force(timezone.localdate())
    units = own if capacity.unit_ids else Unit.objects.none()
    headed = [f"{unit.head_title}, {unit.name}" for unit in units]
    titles = sorted(
        f"{role.title} (làm thay)" if capacity.acts_for(role) else role.title
        for role in capacity.roles - UNIT_HEAD_ROLES
    )
    return "; ".join([*headed, *titles])
