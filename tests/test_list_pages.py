"""Every list with columns: all its rows in print and as a workbook, sorted by each column that allows it."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from campaigns.models import Exemplar
from commendations.models import Nomination
from emulation.workflow import lists
from tests.html import page_of
from villages.models import CouncilVersion, Person, Unit

pytestmark = pytest.mark.both_databases


def list_views(resolver, prefix: str = "") -> dict[str, type[lists.PagedListView]]:
    """{URL name: view} of the lists with columns."""
    found = {}
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found |= list_views(entry, f"{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern):
            view = getattr(entry.callback, "view_class", None)
            if isinstance(view, type) and issubclass(view, lists.PagedListView) and view.columns:
                found[f"{prefix}{entry.name}"] = view
    return found


VIEWS = list_views(get_resolver())
READERS = {"villages:security_log": "quantri"}
ARGS = {
    "villages:unit": lambda: [Unit.objects.get(code="thon1").pk],
    "villages:council": lambda: [CouncilVersion.objects.latest("starts_on").pk],
}


def address_of(name: str) -> str:
    return reverse(name, args=ARGS[name]() if name in ARGS else [])


def lines_of_workbook(content: bytes) -> int:
    """The number of rows below the heads."""
    sheet = ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    return sheet.count("<row ") - 3


def test_the_lists_with_columns_are_found():
    assert {
        "commendations:nominations",
        "campaigns:exemplars",
        "villages:unit",
        "documents:list",
        "documents:register",
        "campaigns:periods",
        "campaigns:chosen_lists",
        "legal:locals",
        "reports:reports",
        "reports:trail",
        "campaigns:outstanding",
        "reports:board",
        "villages:units",
        "villages:accounts",
        "villages:look_alikes",
        "villages:councils",
        "villages:council",
    } <= VIEWS.keys()


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_all_rows_stand_in_print_and_in_the_workbook(full_demo, signed_in, monkeypatch, name):
    browser = signed_in(READERS.get(name, "vanphong"))
    whole = browser.get(address_of(name))
    shown = whole.context["all_rows"] or "?"
    printed = browser.get(f"{address_of(name)}{shown}dang=in")
    lines = printed.context["lines"]
    assert printed.status_code == 200 and page_of(printed).count("<tr>") >= len(lines)
    workbook = browser.get(f"{address_of(name)}{shown}dang=xlsx")
    assert lines_of_workbook(workbook.content) == len(lines) >= len(whole.context["rows"])
    monkeypatch.setattr(lists, "MAX_ROWS", max(len(lines) - 1, 0))
    refused = browser.get(f"{address_of(name)}{shown}dang=xlsx")
    assert refused.status_code == (422 if lines else 200)


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_a_list_is_sorted_by_a_column_both_ways(full_demo, signed_in, name):
    browser = signed_in(READERS.get(name, "vanphong"))
    keys = [head.url for head in browser.get(address_of(name)).context["column_heads"] if head.url]
    for url in keys:
        up = browser.get(address_of(name) + url)
        key = up.request["QUERY_STRING"].rpartition("=")[2]
        down = browser.get(f"{address_of(name)}?xep=-{key}")
        assert [head.aria_sort for head in up.context["column_heads"]].count("ascending") == 1
        assert up.status_code == down.status_code == 200
        if not up.context["page"].has_other_pages:
            assert [row.pk for row in up.context["rows"]] == [row.pk for row in down.context["rows"]][::-1]


@pytest.mark.parametrize(
    ("name", "asked", "words"),
    [
        ("campaigns:campaigns", {"nam": "2026"}, "năm 2026"),
        ("reports:trail", {"ngay": "5/11/2026", "loai": "commendations.Nomination"}, "ngày 5/11/2026"),
        ("reports:trail", {"ngay": "40/11/2026"}, "Toàn bộ"),
        ("commendations:nominations", {"trang-thai": "awarded"}, "Đã khen thưởng"),
        ("campaigns:exemplars", {"trang-thai": "accepted"}, "Đã chấp nhận"),
        ("documents:list", {"q": "quyet dinh"}, "tìm “quyet dinh”"),
    ],
)
def test_the_printed_list_is_headed_by_its_filters(full_demo, signed_in, name, asked, words):
    page = signed_in("vanphong").get(reverse(name), {**asked, "dang": "in"})
    assert words in page.context["head"].narrowed_to


def test_the_nominations_sorted_by_name_follow_the_given_name(full_demo, signed_in):
    page = signed_in("vanphong").get(reverse("commendations:nominations"), {"xep": "ten", "dang": "in"})
    names = [line[0] for line in page.context["lines"]]
    keys = list(Nomination.objects.order_by("nominee_key", "pk").values_list("nominee_key", flat=True))
    assert names and keys == sorted(keys)
    assert names == [row.nominee_name for row in Nomination.objects.order_by("nominee_key", "pk")]


def test_the_stored_name_follows_a_new_name_of_the_person(full_demo, signed_in):
    case = Nomination.objects.exclude(person=None).first()
    person = case.person
    signed_in("vanphong").post(
        reverse("villages:edit_person", args=[person.pk]),
        {"full_name": "Quách Xuân Tỏa", "sex": "nam", "birth_year": "1980", "post": "", "group": "direct"},
    )
    person = Person.objects.get(pk=person.pk)
    assert person.full_name == "Quách Xuân Tỏa"
    for model in (Nomination, Exemplar):
        for row in model.objects.filter(person=person):
            assert (row.nominee_fold, row.nominee_key) == ("quach xuan toa", person.name_key)


def test_a_word_finds_the_words_that_begin_so(full_demo, signed_in):
    browser = signed_in("vanphong")
    person = Nomination.objects.exclude(person=None).first().person
    last = person.name_fold.split()[-1]
    found = browser.get(reverse("commendations:nominations"), {"q": last[:2]}).context["rows"]
    assert all(any(word.startswith(last[:2]) for word in row.nominee_fold.split()) for row in found) and found
    assert not browser.get(reverse("commendations:nominations"), {"q": last[1:] + "q"}).context["rows"]


def test_the_numbers_of_the_filters_are_those_of_their_lists(full_demo, signed_in):
    browser = signed_in("vanphong")
    address = reverse("commendations:nominations")
    counts = browser.get(address, {"dang": "dem"}).json()
    for chip in browser.get(address).context["chips"]:
        if chip.key:
            assert counts[chip.key] == browser.get(address + chip.url).context["count_in_words"]


@pytest.mark.parametrize("asked", ["xep=khong", "xep=-", "dang=khong", "don-vi=99999999999999999", "danh-hieu=KHONG"])
def test_an_address_that_is_not_understood_opens_the_list(full_demo, signed_in, asked):
    assert signed_in("vanphong").get(f"{reverse('commendations:nominations')}?{asked}").status_code == 200
