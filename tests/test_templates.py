"""What bin/lib/templates.py refuses in a template."""

import sys

import pytest
from django.conf import settings

sys.path.append(str(settings.BASE_DIR / "bin" / "lib"))

from templates import COMPARISON


@pytest.mark.parametrize(
    "line",
    [
        '{% if letter.state == "issued" %}',
        "{% elif row.kind != 'quarter' %}",
        '{% if user and "superior" in capacity.roles %}',
        '{% if "a" not in found %}',
        "{% if job.state == job.FAILED %}",
        '<li class="{% if row.state == "accepted" %}yes{% endif %}">',
    ],
)
def test_a_condition_that_compares_a_state_is_refused(line: str) -> None:
    assert COMPARISON.search(line)


@pytest.mark.parametrize(
    "line",
    [
        "{% if letter.is_issued %}",
        "{% if lines|length == 1 %}",
        "{% if value == year %}selected{% endif %}",
        '{% if row.received_on %}{% icon "check-circle" %}{% else %}ngày{% endif %}',
        '{% if label|default:"x" %}',
        '{% with kind="in" %}{% include "a.html" %}',
    ],
)
def test_other_conditions_pass(line: str) -> None:
    assert not COMPARISON.search(line)
