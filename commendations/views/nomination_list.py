"""The list of nominations."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property

from commendations.flow.nomination import NOMINATION_STATES
from commendations.models import Nomination
from commendations.models.joint_proposal import units_of_cases
from commendations.queries import catalogue
from commendations.queries.search import units_of_seen_cases
from commendations.rules.award_names import AwardName
from commendations.views.group_request import GROUP_READERS
from emulation.communes.roles import Role
from emulation.core.lookups import has_words
from emulation.workflow import permissions
from emulation.workflow.lists import Chip, ListColumn, ListFilter, PagedListView, counts_by
from villages.models import Unit
from villages.queries.nominees import few_nominees


class NominationList(PagedListView):
    """All nominations that the user may see, filtered by state, unit and award, searched without diacritics."""

    permission = permissions.staff | permissions.unit_head | permissions.council_member
    template_name = "commendations/nomination_list.html"
    title = "Đề nghị khen thưởng"
    help = "de-nghi-khen-thuong"

    def get_queryset(self) -> QuerySet[Nomination]:
        rows = self.rows_of_unit_and_award()
        if self.chosen_state:
            rows = rows.filter(state=self.chosen_state)
        return rows.for_lists().order_by("-state_since", "-pk")

    def rows_of_unit_and_award(self) -> QuerySet[Nomination]:
        """The rows in every state, of the chosen unit and award."""
        rows = Nomination.objects.visible_to(self.request.user)
        if self.chosen_unit:
            rows = rows.proposed_by(int(self.chosen_unit))
        return rows.filter(award_code=self.chosen_award) if self.chosen_award else rows

    def search(self, rows: QuerySet[Nomination], words: str) -> QuerySet[Nomination]:
        chosen = units_of_cases([int(self.chosen_unit)]) if self.chosen_unit else None
        named = few_nominees(words, chosen or units_of_seen_cases(self.capacity))
        self.finds_many = named is None
        return rows.filter(has_words("nominee_fold", words) if named is None else named)

    @cached_property
    def columns(self) -> tuple[ListColumn, ...]:  # type: ignore[override]
        return (
            ListColumn("Người, hộ, tập thể", lambda case: case.nominee_name, "ten", ("nominee_key",), 32),
            ListColumn("Đơn vị đề nghị", lambda case: case.unit.name),
            ListColumn("Đề nghị tặng", self._award_words, width=32),
            ListColumn("Nhận ngày", lambda case: case.received_on, width=12),
            ListColumn("Tình trạng", lambda case: NOMINATION_STATES[case.state].label, "tu", ("state_since",), 24),
        )

    def _award_words(self, case: Nomination) -> str:
        """The award in short with the year of a title, and the kind of commendation."""
        award = self.awards[case.award_code]
        year = f" {case.award_year}" if award.title else ""
        return f"{award.short}{year}, {case.get_kind_display()}"

    @cached_property
    def awards(self) -> dict[str, AwardName]:
        """The awards of the law by code, named as today."""
        return catalogue.award_names_on(self.commune.pk, timezone.localdate())

    @cached_property
    def chosen_unit(self) -> str:
        return self.choice_of("don-vi", self.unit_names)

    @cached_property
    def chosen_award(self) -> str:
        return self.choice_of("danh-hieu", self.awards)

    @cached_property
    def chosen_state(self) -> str:
        return self.choice_of("trang-thai", NOMINATION_STATES)

    @cached_property
    def unit_names(self) -> dict[str, str]:
        """The units that the user may choose, by primary key as text."""
        units = Unit.objects.visible_to(self.request.user)
        if not self.capacity.has(Role.office, Role.clerk, Role.chair, Role.council_member):
            units = units.filter(pk__in=self.capacity.unit_ids)
        return {str(pk): name for pk, name in units.values_list("pk", "name")}

    def filters(self) -> list[ListFilter]:
        units = ListFilter("don-vi", "Đơn vị đề nghị", self.unit_names, self.chosen_unit)
        names = {code: award.name for code, award in self.awards.items()}
        award = ListFilter("danh-hieu", "Danh hiệu, hình thức", names, self.chosen_award)
        return [units, award] if len(self.unit_names) > 1 else [award]

    def narrowed_to(self) -> str:
        state = NOMINATION_STATES[self.chosen_state].label if self.chosen_state else ""
        return "; ".join(part for part in (super().narrowed_to(), state) if part)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**context),
            "chips": self.state_chips(),
            "keep": {"trang-thai": self.chosen_state} if self.chosen_state else {},
            "commune": self.commune,
            "named": self.awards,
            "by_unit": GROUP_READERS.allows(self.capacity, None),
        }

    def state_chips(self) -> list[Chip]:
        """Links that filter by state."""
        address = self.address_without("trang-thai")
        by_state = [
            Chip(state.label, f"{address}trang-thai={name}", name == self.chosen_state, name)
            for name, state in NOMINATION_STATES.items()
        ]
        return [Chip("Tất cả", address, not self.chosen_state), *by_state]

    def chip_counts(self) -> dict[str, int | None]:
        """The nominations of the chosen unit and award by state."""
        return counts_by(self.rows_of_unit_and_award(), "state", NOMINATION_STATES)
