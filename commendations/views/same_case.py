"""How a page names the case that is about the same award already."""

from typing import Any

from django.template.loader import render_to_string

from commendations.actions.live_case import SameCaseExists
from commendations.models import Nomination
from emulation.accounts.queries import office_phone
from emulation.core.errors import RuleBroken


class SameCaseMixin:
    """For views that may be refused a second case: a link to the first one, or the office's telephone number."""

    request: Any

    def broken_rule_text(self, broken: RuleBroken) -> str:
        if not isinstance(broken, SameCaseExists):
            return super().broken_rule_text(broken)  # type: ignore[misc,no-any-return]
        visible = Nomination.objects.visible_to(self.request.user).filter(pk=broken.case.pk).exists()
        context = {
            "sentence": broken.message,
            "case": broken.case if visible else None,
            "office_phone": office_phone(self.request),
        }
        return render_to_string("commendations/_same_case_refused.html", context, request=self.request)
