"""The filters of the list of nominations."""

import pytest
from django.urls import reverse

from tests.html import page_of

pytestmark = pytest.mark.usefixtures("db")


def test_the_forms_of_two_bodies_differ(signed_in):
    html = page_of(signed_in("vanphong").get(reverse("commendations:nominations")))
    options = [part.split("</option>")[0].split(">", 1)[1].strip() for part in html.split("<option")[1:]]
    assert "Bằng khen của Thủ tướng Chính phủ" in options
    assert "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh" in options
    assert len(set(options)) == len(options) - options.count("Tất cả") + 1
