"""Page with the groups of all people of a unit in one form."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.urls import reverse

from emulation.workflow import permissions
from emulation.workflow.views import ActFormView
from villages.actions.groups import set_groups
from villages.actions.people_table import TableRowsBroken
from villages.forms.people_table import GroupTableForm
from villages.models import Unit
from villages.queries.evidence import people_of_unit
from villages.queries.twins import mark_twins

PEOPLE_PER_PAGE = 100


class SetGroups(ActFormView):
    """A group for each person of the unit; all rows are saved or none."""

    permission = permissions.staff | permissions.unit_head
    act = "villages.set_groups"
    model = Unit
    template_name = "villages/groups.html"
    help = "nguoi-theo-ngay"

    def check_object(self) -> Any:
        result = super().check_object()
        people = people_of_unit(self.object, self.request.user)
        self.unknown = people.filter(group="").count()
        self.page = Paginator(people, PEOPLE_PER_PAGE).get_page(self.request.GET.get("trang"))
        return result

    def get_form(self, *data: Any) -> GroupTableForm:
        people = mark_twins(self.page.object_list)
        return GroupTableForm(*data, people=people, recorded={person.pk: person.group for person in people})

    def form_valid(self, form: GroupTableForm) -> Any:
        try:
            count = set_groups(by=self.request.user, unit=self.object, entered=form.entered())
        except TableRowsBroken as broken:
            form.mark(broken.rows, broken.now)
            raise
        messages.success(self.request, f"Đã lưu nhóm đối tượng của {count} người.")
        return f"{reverse('villages:set_groups', args=[self.object.pk])}?trang={self.page.number}"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "page": self.page, "unknown": self.unknown}
