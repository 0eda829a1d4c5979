"""Pages of collectives that are no units: one, adding, correcting, renaming, ending, bringing back."""

from typing import Any

from django.utils import timezone

from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, ActPostView, PageView
from villages.actions.collective_leaders import (
    end_collective_leader,
    set_collective_leader,
    take_back_collective_leader,
)
from villages.actions.collectives import (
    add_collective,
    bring_back_collective,
    edit_collective,
    end_collective,
    rename_collective,
    take_back_collective_name,
)
from villages.actions.people import RowExists
from villages.flow.collectives import collective_in_use
from villages.forms.collectives import (
    CollectiveForm,
    CollectiveLeaderForm,
    EditCollectiveForm,
    EndCollectiveForm,
    EndLeaderForm,
    RenameCollectiveForm,
)
from villages.models import Collective, Unit
from villages.queries.collectives import leaders_of
from villages.queries.people import may_read_unit

READERS = permissions.staff | permissions.unit_head
HELP = "tap-the-khac"


class CollectivePage(PageView):
    """What a collective is, its names by date, its award book and its yearly records."""

    permission = READERS
    template_name = "villages/collective.html"
    help = HELP

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        collective = self.get_visible_or_404(Collective, self.kwargs["pk"], "parent")
        return {
            **super().get_context_data(**context),
            "object": collective,
            "names": list(collective.names.order_by("-starts_on", "-pk")),
            "leaders": list(leaders_of(collective)),
            "ended": collective_in_use(collective) is not None,
            "may_read": may_read_unit(self.request.user, collective),
        }


class CollectiveFormView(ActFormView):
    """Base of the forms of a collective: shows the one that has the name already."""

    permission = READERS
    model: Any = Collective
    template_name = "villages/person_form.html"
    help = HELP

    def form_valid(self, form: Any) -> Any:
        try:
            return self.save(form)
        except RowExists as found:
            form.existing = found.row
            raise

    def save(self, form: Any) -> Collective:
        """Calls the action with what the form gives."""
        raise NotImplementedError


class AddCollective(CollectiveFormView):
    act = "villages.add_collective"
    model = Unit
    form_class = CollectiveForm
    success_message = "Đã thêm. Tập thể này chọn được khi ghi điển hình và lập đề nghị khen thưởng."

    def save(self, form: Any) -> Collective:
        return add_collective(by=self.request.user, owner=self.object, **form.cleaned_data)


class AddCommuneCollective(AddCollective):
    """A collective of the commune itself: a doanh nghiệp, a hợp tác xã."""

    permission = permissions.office
    act = "villages.add_commune_collective"
    title = "Thêm doanh nghiệp, hợp tác xã của xã"

    def get_object(self) -> Commune:
        return self.commune


class EditCollective(CollectiveFormView):
    act = "villages.edit_collective"
    form_class = EditCollectiveForm
    success_message = "Đã sửa. Văn bản đã ban hành vẫn giữ cách ghi cũ."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"collective": self.object, "by_office": self.capacity.has(Role.office)}

    def save(self, form: Any) -> Collective:
        return edit_collective(by=self.request.user, collective=self.object, **form.facts())


class RenameCollective(CollectiveFormView):
    act = "villages.rename_collective"
    form_class = RenameCollectiveForm
    success_message = "Đã đổi tên. Văn bản đã ban hành giữ tên cũ."

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": timezone.localdate()}

    def save(self, form: Any) -> Collective:
        return rename_collective(by=self.request.user, collective=self.object, **form.cleaned_data)


class SetCollectiveLeader(CollectiveFormView):
    act = "villages.set_collective_leader"
    form_class = CollectiveLeaderForm
    success_message = "Đã ghi người đứng đầu. Hội đồng xét hồ sơ của tập thể này thì người ấy không biểu quyết."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user, "collective": self.object}

    def save(self, form: Any) -> Collective:
        return set_collective_leader(by=self.request.user, collective=self.object, **form.cleaned_data)


class EndCollectiveLeader(CollectiveFormView):
    act = "villages.end_collective_leader"
    form_class = EndLeaderForm
    success_message = "Đã ghi thôi đứng đầu."

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": timezone.localdate()}

    def save(self, form: Any) -> Collective:
        return end_collective_leader(by=self.request.user, collective=self.object, **form.cleaned_data)


class TakeBackCollectiveLeader(ActPostView):
    permission = READERS
    act = "villages.take_back_collective_leader"
    model = Collective
    success_message = "Đã rút lần ghi người đứng đầu sau cùng."

    def perform(self) -> Any:
        return take_back_collective_leader(by=self.request.user, collective=self.object)


class EndCollective(CollectiveFormView):
    act = "villages.end_collective"
    form_class = EndCollectiveForm
    success_message = "Đã ghi kết thúc. Khen thưởng đã có giữ nguyên."

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": timezone.localdate()}

    def save(self, form: Any) -> Collective:
        return end_collective(by=self.request.user, collective=self.object, **form.cleaned_data)


class TakeBackCollectiveName(ActPostView):
    permission = READERS
    act = "villages.take_back_collective_name"
    model = Collective
    success_message = "Đã rút lần đổi tên sau cùng."

    def perform(self) -> Any:
        return take_back_collective_name(by=self.request.user, collective=self.object)


class BringBackCollective(ActPostView):
    permission = READERS
    act = "villages.bring_back_collective"
    model = Collective
    success_message = "Đã khôi phục: tập thể này lại chọn được cho điển hình, đề nghị mới."

    def perform(self) -> Any:
        return bring_back_collective(by=self.request.user, collective=self.object)
