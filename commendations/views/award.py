"""The golden register: list, export, one award, all awards of one, handing over."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from commendations.actions import award as actions
from commendations.forms.award import HandOverForm
from commendations.models import Award
from commendations.papers.register import MIME, workbook
from commendations.queries import award as queries
from emulation.acts import who
from emulation.acts.web import ActPage, ListPage, Page
from villages.models import Unit

READERS = who.staff | who.unit_head | who.council_member


class _Narrowed(ListPage):
    """The register narrowed by the words of the address: nam, don-vi, loai, danh-hieu, q."""

    who = READERS

    def asked(self) -> dict[str, Any]:
        names = ("nam", "don-vi", "loai", "danh-hieu")
        year, unit, kind, award = (self.request.GET.get(name, "") for name in names)
        return {
            "year": _number(year, 4),
            "unit": _number(unit, 9),
            "kind": kind if kind in queries.KINDS else "",
            "award": award if award.isascii() and len(award) <= 12 else "",
        }

    def rows(self) -> QuerySet[Award]:
        return queries.narrowed(queries.register(self.request.user), **self.asked())

    def search(self, rows: QuerySet[Award], words: str) -> QuerySet[Award]:
        return queries.named_like(rows, words)

    def all_rows(self) -> QuerySet[Award]:
        words = self.request.GET.get("q", "").strip()[:100]
        return self.search(self.rows(), words) if words else self.rows()


class Register(_Narrowed):
    """Sổ vàng, 25 a page; `?in=1` shows all of it for the printer."""

    template_name = "commendations/register.html"
    help = "so-vang"

    def content(self) -> dict[str, Any]:
        if self.request.GET.get("in"):
            shown: dict[str, Any] = {"rows": self.all_rows(), "q": self.request.GET.get("q", ""), "printing": True}
        else:
            shown = super().content()
        mine = queries.register(self.request.user)
        return {
            **shown,
            **self.asked(),
            "totals": queries.totals(self.all_rows()),
            "years": queries.years(mine),
            "units": Unit.objects.filter(pk__in=mine.order_by().values("unit_id")),
            "kinds": queries.KINDS.items(),
            "awards": queries.kinds_given(mine),
            "narrowed": any(self.asked().values()) or bool(shown["q"]),
        }


class RegisterExport(_Narrowed):
    """The rows of the register that the page shows, as a workbook."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = HttpResponse(workbook(self.all_rows()), content_type=MIME)
        response["Content-Disposition"] = f'attachment; filename="so-vang-{timezone.localdate():%Y-%m-%d}.xlsx"'
        return response


class AwardPage(Page):
    """One line of the register: the money as arithmetic, the law it rests on, the giấy, bằng, who received it."""

    who = READERS
    template_name = "commendations/award.html"
    help = "so-vang"

    def content(self) -> dict[str, Any]:
        found = self.find(Award, self.kwargs["pk"], "decision__document", "certificate", "unit")
        others = queries.register(self.request.user).filter(queries.same_recipient(found)).exclude(pk=found.pk)
        return {
            "object": found,
            "handovers": found.handovers.all(),
            "others": others[:10],
            "kind_label": queries.KINDS[found.nominee_kind],
        }


class AwardsOf(_Narrowed):
    """All awards of the one who received this one, whatever his name was then."""

    template_name = "commendations/register_person.html"
    help = "so-vang"

    def rows(self) -> QuerySet[Award]:
        self.award = self.find(Award, self.kwargs["pk"])
        return queries.register(self.request.user).filter(queries.same_recipient(self.award))

    def content(self) -> dict[str, Any]:
        return {**super().content(), "award": self.award, "totals": queries.totals(self.rows())}


class HandOver(ActPage):
    who = who.office | who.clerk | who.unit_head
    act, model, form_class = "commendations.hand_over", Award, HandOverForm
    title, done = "Ghi nhận đã trao", "Đã ghi vào Sổ vàng."

    def initial(self) -> dict[str, Any]:
        person = self.object.person
        return {"received_by": person.full_name if person else "", "received_on": timezone.localdate()}

    def perform(self, form: Any) -> Any:
        actions.hand_over(by=self.request.user, award=self.object, key=self.once_key, **form.cleaned_data)
        return redirect(self.object)


def _number(text: str, longest: int) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= longest else None
