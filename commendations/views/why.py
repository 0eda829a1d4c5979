"""Vì sao đạt, vì sao chưa: a case before the law, and the award book of a person, a household, a collective."""

from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from commendations.actions import nomination as actions
from commendations.forms.why import BookForm, OverrideForm, WhatIfForm
from commendations.models import Award, Nomination
from commendations.queries import eligibility as queries
from commendations.queries.award import given_above
from commendations.queries.nomination import UNDECIDED
from emulation.acts import who
from emulation.acts.gate import verdict as may
from emulation.acts.web import ActPage, Page
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.words import vn_date
from villages.models import RESTRICTED_READERS, Household, PastAward, Person, Unit
from villages.queries import may_read_unit

READERS = who.staff | who.unit_head | who.council_member


class WhyCase(Page):
    """Every condition of one case with its article and evidence; `?ngay=` tries the law of another day."""

    who = READERS
    template_name = "commendations/why.html"
    help = "vi-sao"

    def content(self) -> dict[str, Any]:
        case = self.find(Nomination, self.kwargs["pk"], "person", "household", "collective", "unit", "commune")
        today, whole = timezone.localdate(), self.standing.has(*RESTRICTED_READERS)
        form = WhatIfForm(self.request.GET) if "ngay" in self.request.GET else WhatIfForm()
        found: dict[str, Any] = {"object": case, "form": form, "today": today, "whole": whole}
        try:
            now = queries.verdict_on(case, today, whole=whole)
            found["now"] = queries.shown(now, whole=whole) if now else None
            found["money"] = queries.money_of(case, today) if now else None
            found["procedure"] = queries.procedure_of(case, today)
            if case.state in UNDECIDED:
                found |= {"milestones": queries.milestones(case, today), "appraisal": queries.appraisal_due(case)}
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
        then = queries.what_if(case, day, today, whole=whole)
        assert then is not None
        return {
            "day": day,
            "then": queries.shown(then, whole=whole),
            "then_money": queries.money_of(case, day),
            "changes": queries.differences(case, now, then, whole=whole),
        }


class Override(ActPage):
    """Why a case goes on over a warning or a rule that is not confirmed."""

    who, act, model, form_class = who.office, "commendations.override", Nomination, OverrideForm
    help = "vi-sao"
    done = "Đã ghi lý do."

    def initial(self) -> dict[str, Any]:
        return {"reason": self.object.override_reason}

    def perform(self, form: OverrideForm) -> Any:
        actions.override(by=self.request.user, nomination=self.object, seen=self.seen, **form.cleaned_data)
        return self.object


class _Book(Page):
    """Sổ khen thưởng of one subject: what was awarded, what may be awarded for a year and why, what is nearly there."""

    who = READERS
    model: ClassVar[Any]
    template_name = "commendations/book.html"
    help = "so-khen-thuong"

    def subject(self) -> Any:
        return self.find(self.model, self.kwargs["pk"])

    def content(self) -> dict[str, Any]:
        someone, today = self.subject(), timezone.localdate()
        whole = self.standing.has(*RESTRICTED_READERS)
        form = BookForm(self.request.GET or None, initial={"nam": today.year, "ngay": today})
        asked = form.cleaned_data if form.is_valid() else {}
        day, year = asked.get("ngay") or today, asked.get("nam") or today.year
        found: dict[str, Any] = {"object": someone, "form": form, "day": day, "year": year, "whole": whole}
        # Everybody knows the units and their awards; what an award would rest on is read by those who read the records.
        unit = someone if isinstance(someone, Unit) else someone.unit
        found["may_judge"] = may_read_unit(self.request.user, unit)
        if found["may_judge"]:
            try:
                found["standings"] = queries.standings(someone, year, day, today, whole=whole)
            except RuleBroken as broken:
                found["trouble"] = broken.message
        kind = queries.subject_name(someone)
        return {
            **found,
            "awards": Award.objects.visible_to(self.request.user)
            .filter(**{f"{kind}_id": someone.pk})
            .select_related("decision__document")
            .order_by("-awarded_on", "-pk"),
            "above": given_above(someone, self.request.user),
            "past": PastAward.objects.visible_to(self.request.user).kept().about(someone),
            "may_mend": self.standing.has(Role.office),
            "title": f"Sổ khen thưởng: {someone}",
            "lead": f"Năm xét {year}, theo quy định ngày {vn_date(day)}." if found["may_judge"] else "",
        }


class PersonBook(_Book):
    model = Person


class HouseholdBook(_Book):
    model = Household


class CollectiveBook(_Book):
    model = Unit
