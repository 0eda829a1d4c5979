"""Pages of rows of the golden register (Sổ vàng): the list with its print and workbook, all awards of a recipient."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from commendations.models import Award
from commendations.papers.register import register_workbook
from commendations.queries import award as queries
from commendations.queries.open_amendments import mark_open_amendments
from commendations.views.award import READERS
from emulation.communes.roles import COMMUNE_STAFF_ROLES, Role
from emulation.workflow.list_export import XLSX_MIME
from emulation.workflow.lists import PRINT, SHAPE, WORKBOOK, ListFilter, PagedListView
from villages.models import Unit
from villages.queries.same_people import about_nominees
from villages.rules.groups import GROUP_FILTERS


class RegisterFilterMixin(PagedListView):
    """The register filtered by the query parameters nam, don-vi, loai, nhom, danh-hieu, tinh-trang, q."""

    permission = READERS

    def filter_values(self) -> dict[str, Any]:
        """The arguments of `filter_register` in the address."""
        names = ("nam", "don-vi", "loai", "nhom", "danh-hieu", "tinh-trang")
        year, unit, kind, group, award, standing = (self.request.GET.get(name, "") for name in names)
        return {
            "year": _parse_number(year, 4),
            "unit": _parse_number(unit, 9),
            "kind": kind if kind in queries.NOMINEE_KIND_LABELS else "",
            "group": group if group in GROUP_FILTERS else "",
            "award": award if award.isascii() and len(award) <= 12 else "",
            "standing": standing if standing in queries.STANDING_FILTERS else "",
        }

    def get_queryset(self) -> QuerySet[Award]:
        return queries.filter_register(queries.register_rows(self.request.user), **self.filter_values())

    def search(self, rows: QuerySet[Award], words: str) -> QuerySet[Award]:
        return queries.search_register(rows, words)


class GoldenRegisterPage(RegisterFilterMixin):
    """The Sổ vàng, 25 rows a page; `?dang=in` shows all rows for printing, `?dang=xlsx` is the workbook of all rows."""

    template_name = "commendations/register.html"
    help = "so-vang"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get(SHAPE) != WORKBOOK:
            return super().get(request, *args, **kwargs)
        response = HttpResponse(register_workbook(self.all_rows()), content_type=XLSX_MIME)
        response["Content-Disposition"] = f'attachment; filename="so-vang-{timezone.localdate():%Y-%m-%d}.xlsx"'
        return response

    def filters(self) -> list[ListFilter]:
        visible = queries.register_rows(self.request.user)
        units = Unit.objects.filter(pk__in=visible.order_by().values("unit_id"))
        awards = dict(queries.awards_in_register(visible))
        groups = {value: label for value, (label, _) in GROUP_FILTERS.items()}
        values = self.filter_values()
        found = (
            ("nam", "Năm", {str(year): f"Năm {year}" for year in queries.register_years(visible)}, values["year"]),
            ("don-vi", "Đơn vị", {str(unit.pk): str(unit) for unit in units}, values["unit"]),
            ("loai", "Đối tượng", queries.NOMINEE_KIND_LABELS, values["kind"]),
            ("nhom", "Nhóm đối tượng", groups if values["group"] else {}, values["group"]),
            (
                "danh-hieu",
                "Danh hiệu, hình thức",
                awards if len(awards) > 1 or values["award"] else {},
                values["award"],
            ),
            ("tinh-trang", "Tình trạng", queries.STANDING_FILTER_LABELS, values["standing"]),
        )
        return [ListFilter(name, label, choices, str(value or "")) for name, label, choices, value in found if choices]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        if self.request.GET.get(SHAPE) == PRINT:
            shown = {"rows": self.all_rows(), "printing": True, "back": self.address_without(SHAPE)}
        else:
            shown = super().get_context_data(**context)
            shown["all_rows"] = self.address_without(SHAPE) if shown["rows"] else ""
        shown["rows"] = mark_open_amendments(shown["rows"], self.request.user)
        return {
            **shown,
            "totals": queries.register_totals(self.all_rows()),
            "sees_all": self.capacity.has(*COMMUNE_STAFF_ROLES, Role.council_member),
        }


class RecipientAwardsPage(RegisterFilterMixin):
    """All awards of the recipient of this one, under whatever name they received them."""

    template_name = "commendations/register_person.html"
    help = "so-vang"

    def get_queryset(self) -> QuerySet[Award]:
        self.award = self.get_visible_or_404(Award, self.kwargs["pk"], "person")
        return queries.register_rows(self.request.user).filter(about_nominees([self.award]))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        shown = super().get_context_data(**context)
        return {
            **shown,
            "rows": mark_open_amendments(shown["rows"], self.request.user),
            "award": self.award,
            "totals": queries.register_totals(self.get_queryset()),
        }


def _parse_number(text: str, longest: int) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= longest else None
