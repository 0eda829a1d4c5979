"""The list of the exemplars of all units."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property

from campaigns.exemplars.models.exemplar import Exemplar, ExemplarQuerySet
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.queries import follow_up
from campaigns.exemplars.queries.exemplar import ALL_ACCEPTED, SENT_STATES, exemplars_of_state, exemplars_of_time
from emulation.core.lookups import has_words
from emulation.workflow import permissions
from emulation.workflow.authorization import check_act
from emulation.workflow.keyset import capped_count
from emulation.workflow.lists import Chip, ListColumn, ListFilter, PagedListView, counts_by
from emulation.workflow.workflow import flow_of, state_of
from villages.models import Unit
from villages.queries.nominees import few_nominees

WITHOUT_FOLLOW_UP = "chua"
MAX_PERIODS = 40


class ExemplarList(PagedListView):
    """All submitted exemplars, for staff and council; filtered by state, unit, period and name."""

    permission = permissions.staff | permissions.council
    template_name = "campaigns/exemplar_list.html"
    help = "xem-dien-hinh-cac-don-vi"
    title = "Điển hình các đơn vị"
    columns = (
        ListColumn(
            "Ai", lambda row: "Không có điển hình" if row.nothing else row.nominee_name, "ten", ("nominee_key",), 32
        ),
        ListColumn("Đơn vị", lambda row: row.unit.name),
        ListColumn("Kỳ", lambda row: str(row.period)),
        ListColumn("Lĩnh vực", lambda row: row.field.name if row.field else "", width=24),
        ListColumn("Việc đã làm", lambda row: row.nothing_reason if row.nothing else row.deed, width=60),
        ListColumn("Tình trạng", lambda row: state_of(row).label, "tu", ("state_since",)),
    )

    def get_queryset(self) -> QuerySet[Exemplar]:
        rows = exemplars_of_state(self.rows_of_time_and_unit(), self.chosen_state)
        if self.is_idle:
            rows = follow_up.without_follow_up(rows)
        return rows.for_lists().order_by("-state_since", "-pk")

    def rows_of_time_and_unit(self) -> ExemplarQuerySet:
        """The rows in every state, of the chosen period, or the months of the chosen year, and unit."""
        period = int(self.chosen_period) if self.chosen_period else None
        year = int(self.chosen_year) if self.chosen_year else None
        rows = exemplars_of_time(Exemplar.objects.visible_to(self.request.user).sent(), period, year)
        return rows.filter(unit_id=int(self.chosen_unit)) if self.chosen_unit else rows

    def search(self, rows: QuerySet[Exemplar], words: str) -> QuerySet[Exemplar]:
        chosen = [int(self.chosen_unit)] if self.chosen_unit else None
        named = few_nominees(words, chosen)
        self.finds_many = named is None
        return rows.filter(has_words("nominee_fold", words) if named is None else named)

    @cached_property
    def periods(self) -> dict[str, str]:
        """The newest periods, and the one of the address, by primary key as text."""
        rows = Period.objects.visible_to(self.request.user).order_by("-opens_on", "-pk")
        asked = self.request.GET.get("ky", "")
        newest = list(rows[:MAX_PERIODS])
        if asked.isdecimal() and len(asked) <= 12:
            newest += rows.filter(pk=int(asked)).exclude(pk__in=[row.pk for row in newest])
        return {str(row.pk): str(row) for row in newest}

    @cached_property
    def units(self) -> dict[str, str]:
        """The units of the commune by primary key as text."""
        return {str(pk): name for pk, name in Unit.objects.visible_to(self.request.user).values_list("pk", "name")}

    @cached_property
    def chosen_period(self) -> str:
        return self.choice_of("ky", self.periods)

    @cached_property
    def chosen_unit(self) -> str:
        return self.choice_of("don-vi", self.units)

    @cached_property
    def chosen_state(self) -> str:
        return self.choice_of("trang-thai", (*SENT_STATES, ALL_ACCEPTED))

    @cached_property
    def years(self) -> dict[str, str]:
        """The years that have months, the newest first."""
        rows = Period.objects.visible_to(self.request.user).filter(kind=Period.MONTH)
        found = rows.order_by("-year").values_list("year", flat=True).distinct()
        return {str(year): f"Các tháng năm {year}" for year in found}

    @cached_property
    def chosen_year(self) -> str:
        return self.choice_of("thang-nam", self.years)

    @property
    def is_idle(self) -> bool:
        """Whether only those without any follow-up are shown."""
        return self.request.GET.get("viec") == WITHOUT_FOLLOW_UP

    def filters(self) -> list[ListFilter]:
        return [
            ListFilter("ky", "Kỳ", self.periods, self.chosen_period),
            ListFilter("thang-nam", "Các tháng của năm", self.years, self.chosen_year),
            ListFilter("don-vi", "Đơn vị", self.units, self.chosen_unit),
        ]

    def narrowed_to(self) -> str:
        chosen = "; ".join(chip.label for chip in self.state_chips()[1:] if chip.active)
        return "; ".join(part for part in (super().narrowed_to(), chosen) if part)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        content = super().get_context_data(**context)
        rows = list(content["rows"])
        user = self.request.user
        kept = {"trang-thai": self.chosen_state, "viec": WITHOUT_FOLLOW_UP if self.is_idle else ""}
        return {
            **content,
            "rows": rows,
            "chips": self.state_chips(),
            "outcomes": follow_up.follow_ups_of(user, rows),
            "awaited": _pks(rows, lambda row: row.state in Exemplar.VALID and not row.nothing),
            "tickable": _pks(rows, lambda row: bool(check_act("campaigns.accept", row, user))),
            "commune": self.commune,
            "period": self.periods.get(self.chosen_period),
            "year": self.chosen_year,
            "keep": {name: value for name, value in kept.items() if value},
        }

    def state_chips(self) -> list[Chip]:
        """Links that filter by state, and by what has no follow-up yet."""
        address = self.address_without("trang-thai", "viec")
        flow = flow_of(Exemplar)
        assert flow is not None
        by_state = [
            Chip(
                flow.states[name].label,
                f"{address}trang-thai={name}",
                not self.is_idle and name == self.chosen_state,
                name,
            )
            for name in SENT_STATES
        ]
        idle = Chip("Chưa có việc tiếp theo", f"{address}viec={WITHOUT_FOLLOW_UP}", self.is_idle, WITHOUT_FOLLOW_UP)
        accepted = Chip(
            "Mọi điển hình được chấp nhận", f"{address}trang-thai={ALL_ACCEPTED}", self.chosen_state == ALL_ACCEPTED
        )
        whole = Chip("Tất cả", address, not self.chosen_state and not self.is_idle)
        return [whole, *by_state, idle, *([accepted] if accepted.active else [])]

    def chip_counts(self) -> dict[str, int | None]:
        """The exemplars of the chosen period and unit by state, and those without any follow-up."""
        rows = self.rows_of_time_and_unit()
        idle = follow_up.without_follow_up(rows)
        return {**counts_by(rows, "state", SENT_STATES), WITHOUT_FOLLOW_UP: capped_count(idle)}


def _pks(rows: list[Exemplar], is_one: Callable[[Exemplar], bool]) -> set[int]:
    return {row.pk for row in rows if is_one(row)}
