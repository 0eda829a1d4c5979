"""Pages on which directives are assigned to users and handled."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from campaigns.directives.actions.directive import (
    finish_handling,
    recall_handling,
    route_directive,
)
from campaigns.directives.flow.directive import HANDLERS
from campaigns.directives.forms.directive import (
    FinishHandlingForm,
    RouteDirectiveForm,
)
from campaigns.directives.models.directive import Directive, Handling
from emulation.workflow import permissions
from emulation.workflow.idempotency import create_once
from emulation.workflow.views import ActFormView, ActPostView, PageView

HELP = "van-ban-den"


class RouteDirective(ActFormView):
    """Assign a directive to a user."""

    permission = permissions.office | permissions.chair
    act = "campaigns.route_directive"
    model = Directive
    form_class = RouteDirectiveForm
    help = HELP
    success_message = "Đã chuyển. Văn bản hiện trong “Việc của tôi” của người đó."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"commune_id": self.object.commune_id}

    def form_valid(self, form: RouteDirectiveForm) -> Any:
        data = form.cleaned_data

        def make() -> Handling:
            return route_directive(by=self.request.user, directive=self.object, to=data["to"], note=data["note"])

        return create_once(self.idempotency_key, self.object.commune, Handling, make)


class HandlingPage(PageView):
    """Redirect from the to-do entry of an assignment to the directive."""

    permission = HANDLERS | permissions.chair

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.get_visible_or_404(Handling, self.kwargs["pk"]))


class FinishHandling(ActFormView):
    permission = HANDLERS
    act = "campaigns.finish_handling"
    model = Handling
    form_class = FinishHandlingForm
    template_name = "campaigns/handling_finish.html"
    help = HELP
    success_message = "Đã ghi là xử lý xong."

    def get_object(self) -> Handling:
        return self.get_visible_or_404(Handling, self.kwargs["pk"], "directive", "assigned_by")

    def form_valid(self, form: FinishHandlingForm) -> Any:
        finish_handling(by=self.request.user, handling=self.object, result=form.cleaned_data["result"], seen=self.seen)
        return self.object


class RecallHandling(ActPostView):
    permission = permissions.office | permissions.chair
    act = "campaigns.recall_handling"
    model = Handling
    success_message = "Đã lấy lại văn bản."

    def perform(self) -> Any:
        return recall_handling(by=self.request.user, handling=self.object, seen=self.seen)
