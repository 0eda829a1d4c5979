"""The way out of a form: the same words everywhere, to a page that the user may open."""

import re
from pathlib import Path

import pytest

from tests.html import page_of

ROOT = Path(__file__).parents[1]
WORDS = "Quay lại, chưa làm"
FORMS = (
    ("vanphong", "/thi-dua/phong-trao/lap/"),
    ("vanphong", "/thi-dua/chi-dao/ghi/"),
    ("vanphong", "/don-vi/phu-trach/"),
    ("vanphong", "/thi-dua/nhac-viec/cach-nhac/"),
    ("vanphong", "/don-vi/vang/bao/"),
    ("vanphong", "/thi-dua/ky/mo/"),
    ("thon1", "/khen-thuong/de-nghi/lap/"),
    ("vanphong", "/tai-khoan/mat-khau/"),
)


@pytest.mark.parametrize(("login", "path"), FORMS)
def test_a_form_leads_back_to_where_it_came_from(full_demo, signed_in, login, path):
    browser = signed_in(login)
    answer = browser.get(path)
    assert answer.status_code == 200
    link = re.search(rf'href="([^"]+)"\s*>{WORDS}</a>', page_of(answer))
    assert link, "no way out"
    assert link[1] != path and browser.get(link[1], follow=True).status_code == 200


def test_the_page_that_asked_for_the_form_comes_first(full_demo, signed_in):
    page = page_of(signed_in("vanphong").get("/don-vi/vang/bao/?next=/viec-cua-toi/"))
    assert re.search(rf'href="/viec-cua-toi/"\s*>{WORDS}</a>', page)


def test_the_words_are_written_in_one_template():
    others = {"correct_number.html"}  # its way back has a query of its own
    for path in [*ROOT.glob("templates/**/*.html"), *ROOT.glob("emulation/*/templates/**/*.html")]:
        if path.name != "_cancel.html" and path.name not in others:
            assert WORDS not in path.read_text(encoding="utf-8"), path
