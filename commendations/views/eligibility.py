"""Page "Vì sao?" of a nomination: every condition with its article and evidence."""

from datetime import date
from typing import Any

from django.utils import timezone

from commendations.actions import nomination as actions
from commendations.forms.eligibility import OverrideReasonForm, WhatIfForm
from commendations.models import Nomination
from commendations.queries.eligibility import (
    appraisal_due,
    nomination_milestones,
    nomination_price,
    nomination_procedure,
    nomination_verdict,
    nomination_verdict_changes,
    readable_verdict,
    verdict_by_law_of,
)
from commendations.queries.nomination import UNDECIDED_STATES
from emulation.core.errors import RuleBroken
from emulation.workflow import permissions
from emulation.workflow.authorization import check_act as may
from emulation.workflow.views import ActFormView, PageView
from villages.models import RESTRICTED_READERS

READERS = permissions.staff | permissions.unit_head | permissions.council_member


class NominationEligibilityPage(PageView):
    """Every condition of one case with its article and evidence; `?ngay=` tries the law of another day."""

    permission = READERS
    template_name = "commendations/why.html"
    help = "vi-sao"

    def get_context_data(self) -> dict[str, Any]:
        case = self.get_visible_or_404(
            Nomination, self.kwargs["pk"], "person", "household", "collective", "unit", "commune"
        )
        today, whole = timezone.localdate(), self.capacity.has(*RESTRICTED_READERS)
        form = WhatIfForm(self.request.GET) if "ngay" in self.request.GET else WhatIfForm()
        found: dict[str, Any] = {"object": case, "form": form, "today": today, "whole": whole}
        try:
            now = nomination_verdict(case, today, whole=whole)
            found["now"] = readable_verdict(now, whole=whole) if now else None
            found["money"] = nomination_price(case, today) if now else None
            found["procedure"] = nomination_procedure(case, today)
            if case.state in UNDECIDED_STATES:
                found |= {"milestones": nomination_milestones(case, today), "appraisal": appraisal_due(case)}
            day = form.cleaned_data["ngay"] if form.is_bound and form.is_valid() else None
            if day and now:
                found |= self.other(case, now, day, today, whole)
        except RuleBroken as broken:
            found["trouble"] = broken.message
        if case.judged:
            found["judged_on"] = date.fromisoformat(case.judged["received"])
        found["override"] = may("commendations.override", case, self.request.user)
        return found

    def other(self, case: Nomination, now: Any, day: date, today: date, whole: bool) -> dict[str, Any]:
        then = verdict_by_law_of(case, day, today, whole=whole)
        assert then is not None
        return {
            "day": day,
            "then": readable_verdict(then, whole=whole),
            "then_money": nomination_price(case, day),
            "changes": nomination_verdict_changes(case, now, then, whole=whole),
        }


class RecordOverrideReason(ActFormView):
    """Why a case goes on over a warning or a rule that is not confirmed."""

    permission, act, model, form_class = permissions.office, "commendations.override", Nomination, OverrideReasonForm
    help = "vi-sao"
    success_message = "Đã ghi lý do."

    def get_initial(self) -> dict[str, Any]:
        return {"reason": self.object.override_reason}

    def perform(self, form: OverrideReasonForm) -> Any:
        actions.record_override_reason(
            by=self.request.user, nomination=self.object, seen=self.seen, **form.cleaned_data
        )
        return self.object
