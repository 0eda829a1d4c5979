"""The page on which people look up what the law says on a day."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import F, Q
from django.utils import timezone

from emulation.acts import who
from emulation.acts.web import Page
from emulation.core.fields import VnDateField
from emulation.legal import on
from emulation.legal.display import groups_on
from emulation.legal.loader import shipped
from emulation.legal.models import Instrument
from emulation.legal.queries import ruling_of


class DayForm(forms.Form):
    """The day to look at."""

    ngay = VnDateField(label="Xem quy định ngày", required=False)


class ValuesPage(Page):
    """Every value in force on a chosen day, with its article, and whether it is confirmed."""

    who = who.signed_in
    template_name = "legal/values.html"
    help = "can-cu-phap-ly"

    def content(self) -> dict[str, Any]:
        today = timezone.localdate()
        form = DayForm(self.request.GET) if "ngay" in self.request.GET else DayForm(initial={"ngay": today})
        day = (form.cleaned_data["ngay"] if form.is_bound and form.is_valid() else None) or today
        law, regime = on.law(self.standing.commune_id), _regime(day)
        return {
            "title": "Căn cứ pháp lý",
            "lead": "Mức tiền, thẩm quyền, hồ sơ, biểu quyết mà phần mềm áp dụng theo từng ngày, kèm điều khoản.",
            "form": form,
            "day": day,
            "regime": regime,
            "groups": groups_on(law, day, regime.note if regime else ""),
            "rulings": ruling_of(law.all_on(day)),
            "writes": who.office.test(self.standing, None),
            "unconfirmed": sum(not value.confirmed for value in law.all_on(day)),
            "instruments": _in_force(day),
        }


def _regime(day: date) -> Any:
    return next((r for r in shipped().regimes if r.start <= day and (r.end is None or day <= r.end)), None)


def _in_force(day: date) -> Any:
    begun = Q(starts_on__lte=day) | Q(starts_on__isnull=True, signed_on__lte=day)
    return Instrument.objects.filter(begun, Q(ends_on__isnull=True) | Q(ends_on__gte=day), local=False).order_by(
        F("starts_on").asc(nulls_first=True), "code"
    )
