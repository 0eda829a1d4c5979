"""The page with all legal values in force on a day."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from emulation.core.formatting import format_date
from emulation.core.text import clean
from emulation.legal import current
from emulation.legal.catalogue.forms import LawDayForm
from emulation.legal.catalogue.queries import instruments_in_force, local_value_ids
from emulation.legal.catalogue.value_lines import ValueGroup, search_groups, value_groups
from emulation.legal.engine.loader import regime_on
from emulation.workflow import permissions
from emulation.workflow.views import PageView


class LegalValuesPage(PageView):
    """Every value in force on a chosen day, with its article, and whether it is confirmed.

    `?q=` searches without diacritics, `?nhom=` opens one group; otherwise all groups are collapsed.
    """

    permission = permissions.signed_in
    template_name = "legal/values.html"
    help = "can-cu-phap-ly"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        params = self.request.GET
        law = current.law_for(self.capacity.commune_id)
        form = LawDayForm(params, timezone.localdate())
        day = form.day
        words = clean(params.get("q", "")[:400])[:100]
        regime = regime_on(day)
        groups = value_groups(law, day, regime.note if regime else "")
        found = search_groups(groups, words)
        chosen = next((group for group in found if group.slug == params.get("nhom")), None)
        return {
            **super().get_context_data(**context),
            "title": "Căn cứ pháp lý",
            "lead": "Mức tiền, thẩm quyền, hồ sơ, biểu quyết, điều kiện mà phần mềm áp dụng theo từng ngày, kèm điều khoản.",
            "form": form,
            "day": day,
            "q": words,
            "regime": regime,
            "groups": [chosen] if chosen else found,
            "chips": [self._chip(group, chosen, day, words) for group in found],
            "open": bool(words or chosen),
            "empty": not groups,
            "rulings": local_value_ids(law.all_on(day)),
            "writes": permissions.office.allows(self.capacity, None),
            "instruments": () if words or chosen else instruments_in_force(day),
        }

    def _chip(self, group: ValueGroup, chosen: ValueGroup | None, day: date, words: str) -> dict[str, Any]:
        params = {"ngay": format_date(day)}
        if words:
            params["q"] = words
        if group is not chosen:
            params["nhom"] = group.slug
        url = f"?{urlencode(params)}"
        return {"label": group.title, "url": url, "active": group is chosen, "count": len(group.shown)}
