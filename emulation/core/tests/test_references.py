"""Numbers of papers stay on one line."""

import pytest
from django.utils.html import format_html

from emulation.core.references import keep_references


@pytest.mark.parametrize(
    "number", ["05/QĐ-UBND", "02/BB-HĐTĐKT", "129/2025/NĐ-CP", "15/2025/TT-BNV", "04-CT/TU", "06/2026/QH-XV"]
)
def test_the_number_of_a_paper_is_kept_together(number: str) -> None:
    kept = f'<span class="nowrap">{number}</span>'
    assert keep_references(f"Đã ban hành {number}, ngày 05/11/2026.") == f"Đã ban hành {kept}, ngày 05/11/2026."
    assert keep_references(keep_references(number)) == kept
    link = format_html('<a href="/van-ban/{}/">{}</a>', number, number)
    assert keep_references(link) == f'<a href="/van-ban/{number}/">{kept}</a>'


def test_other_text_is_escaped_and_as_it_is() -> None:
    assert keep_references("<b> 2021 - 2026, 14/14, Khen thưởng - Thi đua, 7h30") == (
        "&lt;b&gt; 2021 - 2026, 14/14, Khen thưởng - Thi đua, 7h30"
    )
    assert keep_references("l'xã &amp; #5-A") == "l&#x27;xã &amp;amp; #5-A" and keep_references(None) == ""
