"""Template tags about units and typed names: `{% load units %}`."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html

from villages.models import Unit
from villages.queries.accounts import security_details
from villages.queries.unit_changes import successor_names
from villages.rules import typed_names

register = template.Library()
register.filter(typed_names.lacks_marks)
register.filter(security_details)


@register.simple_tag(takes_context=True)
def now_part_of(context: dict[str, Any], unit: Unit) -> str:
    """ "(nay thuộc Thôn Hòa Bình)" after the name of a closed unit, "" after any other; two queries a page at most."""
    today = timezone.localdate()
    if unit.dissolved_on is None or unit.dissolved_on > today:
        return ""
    request = context["request"]
    if not hasattr(request, "successor_names"):
        request.successor_names = successor_names(unit.commune_id, today)
    name = request.successor_names.get(unit.pk)
    return format_html(' <small class="soft">(nay thuộc {})</small>', name) if name else ""
