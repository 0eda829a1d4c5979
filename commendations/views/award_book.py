"""Award book (sổ khen thưởng) of a person, a household or a collective."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils import timezone

from commendations.forms.award_book import AwardBookForm
from commendations.models import Award
from commendations.queries.award import awards_given_above
from commendations.queries.eligibility import award_eligibilities
from commendations.queries.open_amendments import mark_open_amendments
from commendations.views.eligibility import READERS
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.workflow.views import PageView
from villages.models import RESTRICTED_READERS, Household, PastAward, Person, Unit
from villages.queries.people import may_read_unit
from villages.queries.same_people import about_nominee


class AwardBookView(PageView):
    """Sổ khen thưởng of one subject: past awards, and eligibility for each award of a year with the outlook."""

    permission = READERS
    model: ClassVar[Any]
    template_name = "commendations/book.html"
    help = "so-khen-thuong"

    def get_object(self) -> Any:
        return self.get_visible_or_404(self.model, self.kwargs["pk"])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        subject = self.get_object()
        today = timezone.localdate()
        with_restricted = self.capacity.has(*RESTRICTED_READERS)
        form = AwardBookForm(self.request.GET or None, initial={"nam": today.year, "ngay": today})
        query = form.cleaned_data if form.is_valid() else {}
        day = query.get("ngay") or today
        year = query.get("nam") or today.year
        # Awards are visible to all readers of the register; eligibility only to those who may read the unit's records.
        may_judge = may_read_unit(self.request.user, subject if isinstance(subject, Unit) else subject.unit)
        context |= {
            "object": subject,
            "form": form,
            "day": day,
            "year": year,
            "whole": with_restricted,
            "may_judge": may_judge,
            "awards": self.awards(subject),
            "above": awards_given_above(subject, self.request.user),
            "past": PastAward.objects.visible_to(self.request.user).kept().filter(about_nominee(subject)),
            "may_mend": self.capacity.has(Role.office),
            "title": f"Sổ khen thưởng: {subject}",
            "lead": f"Năm xét {year}, theo quy định ngày {format_date(day)}." if may_judge else "",
        }
        if may_judge:
            try:
                context["standings"] = award_eligibilities(subject, year, day, today, with_restricted=with_restricted)
            except RuleBroken as broken:
                context["trouble"] = broken.message
        return super().get_context_data(**context)

    def awards(self, subject: Any) -> list[Award]:
        rows = Award.objects.visible_to(self.request.user).filter(about_nominee(subject))
        rows = rows.with_standing().select_related("decision__document").order_by("-awarded_on", "-pk")
        return mark_open_amendments(rows, self.request.user)


class PersonAwardBookPage(AwardBookView):
    model = Person


class HouseholdAwardBookPage(AwardBookView):
    model = Household


class CollectiveAwardBookPage(AwardBookView):
    """Of a unit, or of a collective that is none."""

    def get_object(self) -> Unit:
        return get_object_or_404(Unit.with_collectives.visible_to(self.request.user), pk=self.kwargs["pk"])
