"""The page on which people look up what the law says on a day."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from emulation.acts import who
from emulation.acts.web import Page
from emulation.core.text import clean
from emulation.core.words import vn_date
from emulation.legal import on
from emulation.legal.day_forms import DayForm
from emulation.legal.display import Group, groups_on, narrowed
from emulation.legal.loader import regime_on
from emulation.legal.queries import in_force, ruling_of


class ValuesPage(Page):
    """Every value in force on a chosen day, with its article, and whether it is confirmed.

    `q` searches by words without marks, `nhom` opens one group; all groups are folded otherwise.
    """

    who = who.signed_in
    template_name = "legal/values.html"
    help = "can-cu-phap-ly"

    def content(self) -> dict[str, Any]:
        asked, law = self.request.GET, on.law(self.standing.commune_id)
        form = DayForm(asked, timezone.localdate())
        day, words = form.day, clean(asked.get("q", "")[:400])[:100]
        regime = regime_on(day)
        groups = groups_on(law, day, regime.note if regime else "")
        found = narrowed(groups, words)
        chosen = next((group for group in found if group.slug == asked.get("nhom")), None)
        return {
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
            "unconfirmed": sum(not value.confirmed for value in law.all_on(day)),
            "rulings": ruling_of(law.all_on(day)),
            "writes": who.office.test(self.standing, None),
            "instruments": () if words or chosen else in_force(day),
        }

    def _chip(self, group: Group, chosen: Group | None, day: date, words: str) -> dict[str, Any]:
        asked = {"ngay": vn_date(day), **({"q": words} if words else {})}
        if group is not chosen:
            asked["nhom"] = group.slug
        url = f"?{urlencode(asked)}"
        return {"label": group.title, "url": url, "active": group is chosen, "count": len(group.shown)}
