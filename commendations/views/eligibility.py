"""Page "Vì sao?" of a nomination: every condition with its article and evidence."""

from datetime import date
from typing import Any

from django.utils import timezone

from commendations.actions import eligibility as actions
from commendations.forms.eligibility import WhatIfForm
from commendations.models import Nomination
from commendations.queries.deadlines import nomination_deadlines, nomination_procedure
from commendations.queries.eligibility import (
    nomination_price,
    nomination_verdict,
    nomination_verdict_changes,
    verdict_by_law_of,
)
from commendations.queries.nomination import UNDECIDED_STATES
from commendations.queries.nominees_elsewhere import may_read_record
from commendations.queries.readable_verdict import readable_verdict
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.legal.engine.rules.eligibility import EligibilityVerdict
from emulation.workflow import permissions
from emulation.workflow.authorization import check_act
from emulation.workflow.forms import ReasonForm
from emulation.workflow.views import ActFormView, PageView, ReasonFormMixin
from villages.models import RESTRICTED_READERS

READERS = permissions.staff | permissions.unit_head | permissions.council_member


class NominationEligibilityPage(PageView):
    """Every condition of one case with its article and evidence; `?ngay=` compares with the law of another day."""

    permission = READERS
    template_name = "commendations/why.html"
    help = "vi-sao"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        case = self.get_visible_or_404(
            Nomination, self.kwargs["pk"], "person", "household", "collective", "unit", "commune"
        )
        if not may_read_record(self.request.user, case):
            raise NotAllowed(
                "Người, hộ này thuộc đơn vị khác: hồ sơ theo năm và kết quả xét điều kiện do đơn vị đó, Văn phòng và Hội đồng "
                "đọc."
            )
        today = timezone.localdate()
        with_restricted = self.capacity.has(*RESTRICTED_READERS)
        form = WhatIfForm(self.request.GET) if "ngay" in self.request.GET else WhatIfForm()
        context |= {
            "object": case,
            "form": form,
            "today": today,
            "whole": with_restricted,
            "override": check_act("commendations.override", case, self.request.user),
        }
        if case.judged:
            context["judged_on"] = date.fromisoformat(case.judged["received"])
        try:
            # In order: what was read before the law has no answer is still shown.
            verdict = nomination_verdict(case, today, with_restricted=with_restricted)
            if verdict:
                context["now"] = readable_verdict(verdict, with_restricted=with_restricted, case=case)
                context["money"] = nomination_price(case, today)
            context["procedure"] = nomination_procedure(case, today)
            if case.state in UNDECIDED_STATES:
                context["milestones"] = nomination_deadlines(case, today)
            day = form.cleaned_data["ngay"] if form.is_bound and form.is_valid() else None
            if day and verdict:
                context |= self.other_day(case, verdict, day, today, with_restricted)
        except RuleBroken as broken:
            context["trouble"] = broken.message
        return super().get_context_data(**context)

    def other_day(
        self, case: Nomination, now: EligibilityVerdict, day: date, today: date, with_restricted: bool
    ) -> dict[str, Any]:
        """The verdict by the law of another day, and how it differs from today's."""
        then = verdict_by_law_of(case, day, today, with_restricted=with_restricted)
        assert then is not None
        return {
            "day": day,
            "then": readable_verdict(then, with_restricted=with_restricted),
            "then_money": nomination_price(case, day),
            "changes": nomination_verdict_changes(case, now, then, with_restricted=with_restricted),
        }


class RecordOverrideReason(ReasonFormMixin, ActFormView):
    """Record why a case proceeds despite a warning or a rule that is not confirmed."""

    permission = permissions.office
    act = "commendations.override"
    model = Nomination
    reason_label = "Lý do vẫn xét"
    reason_help = "Ghi rõ căn cứ, văn bản, ý kiến của người có thẩm quyền. Lý do được giữ cùng hồ sơ; chỉ Văn phòng và Chủ tịch đọc được."
    help = "vi-sao"
    success_message = "Đã ghi lý do."

    def get_initial(self) -> dict[str, Any]:
        return {"reason": self.object.override_reason}

    def form_valid(self, form: ReasonForm) -> Any:
        actions.record_override_reason(
            by=self.request.user, nomination=self.object, seen=self.seen, **form.cleaned_data
        )
        return self.object
