"""Award book (sổ khen thưởng) of a person, a household or a collective."""

from typing import Any, ClassVar

from django.utils import timezone

from commendations.forms.award_book import AwardBookForm
from commendations.models import Award
from commendations.queries.award import awards_given_above
from commendations.queries.eligibility import award_eligibilities
from commendations.views.eligibility import READERS
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.workflow.views import PageView
from villages.models import RESTRICTED_READERS, Household, PastAward, Person, Unit, evidence_subject_kind
from villages.queries.people import may_read_unit


class AwardBookView(PageView):
    """Sổ khen thưởng of one subject: what was awarded, what may be awarded for a year and why, what is nearly there."""

    permission = READERS
    model: ClassVar[Any]
    template_name = "commendations/book.html"
    help = "so-khen-thuong"

    def get_object(self) -> Any:
        return self.get_visible_or_404(self.model, self.kwargs["pk"])

    def get_context_data(self) -> dict[str, Any]:
        someone, today = self.get_object(), timezone.localdate()
        whole = self.capacity.has(*RESTRICTED_READERS)
        form = AwardBookForm(self.request.GET or None, initial={"nam": today.year, "ngay": today})
        asked = form.cleaned_data if form.is_valid() else {}
        day, year = asked.get("ngay") or today, asked.get("nam") or today.year
        found: dict[str, Any] = {"object": someone, "form": form, "day": day, "year": year, "whole": whole}
        # Everybody knows the units and their awards; what an award would rest on is read by those who read the records.
        unit = someone if isinstance(someone, Unit) else someone.unit
        found["may_judge"] = may_read_unit(self.request.user, unit)
        if found["may_judge"]:
            try:
                found["standings"] = award_eligibilities(someone, year, day, today, whole=whole)
            except RuleBroken as broken:
                found["trouble"] = broken.message
        kind = evidence_subject_kind(someone)
        return {
            **found,
            "awards": Award.objects.visible_to(self.request.user)
            .filter(**{f"{kind}_id": someone.pk})
            .select_related("decision__document")
            .order_by("-awarded_on", "-pk"),
            "above": awards_given_above(someone, self.request.user),
            "past": PastAward.objects.visible_to(self.request.user).kept().about(someone),
            "may_mend": self.capacity.has(Role.office),
            "title": f"Sổ khen thưởng: {someone}",
            "lead": f"Năm xét {year}, theo quy định ngày {format_date(day)}." if found["may_judge"] else "",
        }


class PersonAwardBookPage(AwardBookView):
    model = Person


class HouseholdAwardBookPage(AwardBookView):
    model = Household


class CollectiveAwardBookPage(AwardBookView):
    model = Unit
