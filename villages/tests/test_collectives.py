"""Collectives that are no units: entered, corrected, renamed, ended, brought back, moved by a merger."""

import re
from datetime import date

import pytest
from django.urls import reverse

from emulation.core.errors import NotAllowed, RuleBroken
from tests.html import page_of
from villages.actions.collectives import (
    add_collective,
    bring_back_collective,
    edit_collective,
    end_collective,
    rename_collective,
    take_back_collective_name,
)
from villages.actions.people import RowExists
from villages.actions.unit_change_undo import undo_change
from villages.actions.unit_changes import record_unit_change
from villages.models import Collective, Unit, UnitChange
from villages.queries.collectives import collectives_to_choose
from villages.rules.unit_changes import UnitPlan
from villages.tests.mergers import DAY, at, new_unit, record_merger

TODAY = date(2026, 11, 20)
NAME = "Chi hội Nông dân Thôn 2"


@pytest.fixture(autouse=True)
def _today(in_november):
    """20/11/2026."""


@pytest.fixture
def units(commune):
    return {unit.code: unit for unit in Unit.objects.filter(commune=commune)}


@pytest.fixture
def chapter(user, units):
    return add_collective(by=user("thon2"), owner=units["thon2"], name=NAME, kind="chapter")


def chosen(unit):
    return [row.name for row in collectives_to_choose(unit, TODAY)]


def test_no_list_of_units_has_a_collective(commune, chapter):
    assert chapter.pk not in Unit.objects.filter(commune=commune).values_list("pk", flat=True)
    assert list(Collective.objects.filter(commune=commune)) == [chapter]
    assert Unit.with_collectives.filter(pk=chapter.pk).exists()


def test_the_head_enters_it_and_the_pages_show_it(signed_in, units):
    browser = signed_in("thon2")
    url = reverse("villages:add_collective", args=[units["thon2"].pk])
    assert url in page_of(browser.get(units["thon2"].get_absolute_url()))
    page = browser.post(url, {"name": f"  {NAME} ", "kind": "chapter"}, follow=True)
    assert NAME in page_of(page)
    row = Collective.objects.get()
    assert (row.name, row.parent, row.collective_kind) == (NAME, units["thon2"], "chapter")
    assert "Chi hội, thuộc Thôn 2." in page_of(page)
    for address in (units["thon2"].get_absolute_url(), reverse("villages:units")):
        assert row.get_absolute_url() in page_of(browser.get(address))
    found = browser.get(reverse("reports:search"), {"q": "chi hoi nong dan"})
    assert row.get_absolute_url() in page_of(found)


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({"name": "", "kind": "group"}, "name", "Hãy nhập mục này."),
        ({"name": "123", "kind": "group"}, "name", "Hãy ghi tên tập thể."),
        ({"name": "Tổ 1", "kind": "unit"}, "kind", "Hãy chọn"),
        ({"name": "Tổ 1"}, "kind", "Hãy chọn một loại."),
        ({"name": "Tổ 1 😀", "kind": "group"}, "name", "không in được trong tên: “😀”"),
        ({"name": "Tổ B\ufffdnh", "kind": "group"}, "name", "bị hỏng khi chép"),
    ],
)
def test_bad_input_keeps_what_was_typed(signed_in, units, data, field, words):
    page = signed_in("thon2").post(reverse("villages:add_collective", args=[units["thon2"].pk]), data)
    assert page.status_code == 422
    assert words in str(page.context["form"].errors[field])
    assert not Collective.objects.exists()
    assert data.get("name", "") in page_of(page)


def test_a_name_in_an_old_encoding_is_offered_in_unicode_or_kept(signed_in, units):
    browser = signed_in("thon2")
    url = reverse("villages:add_collective", args=[units["thon2"].pk])
    typed = "Tæ li\u00aan gia H\u00ad¬ng"
    page = browser.post(url, {"name": typed, "kind": "group"})
    assert "TCVN3" in page_of(page) and not Collective.objects.exists()
    assert page.context["form"]["name"].value() == "Tổ liên gia Hương"
    browser.post(url, {"name": "Tổ liên gia Hương", "kind": "group"})
    assert Collective.objects.get().name == "Tổ liên gia Hương"


def test_letters_of_another_alphabet_are_offered_right_or_kept(signed_in, units):
    browser = signed_in("thon2")
    url = reverse("villages:add_collective", args=[units["thon2"].pk])
    typed = "Tổ Н\u043eа"  # Cyrillic
    page = browser.post(url, {"name": typed, "kind": "group"})
    assert "chữ Nga" in page_of(page) and not Collective.objects.exists()
    form = page.context["form"]
    assert form["name"].value() == "Tổ Hoa"
    browser.post(url, {"name": "Tổ Hoa", "kind": "group", **form.typed_values, "keep_typed": "1"})
    assert Collective.objects.get().name == typed


def test_only_the_head_of_its_unit_and_the_office_keep_it(user, units, chapter):
    for act in (
        lambda by: add_collective(by=by, owner=units["thon2"], name="Tổ 9", kind="group"),
        lambda by: rename_collective(by=by, collective=chapter, name="Chi hội 9", starts_on=TODAY),
        lambda by: end_collective(by=by, collective=chapter, ends_on=TODAY),
    ):
        for login in ("thon1", "vanthu", "chutich"):
            with pytest.raises(NotAllowed):
                act(user(login))
    with pytest.raises(NotAllowed):
        add_collective(by=user("thon2"), owner=chapter.commune, name="Hợp tác xã Măng", kind="cooperative")
    add_collective(by=user("vanphong"), owner=chapter.commune, name="Hợp tác xã Măng", kind="cooperative")
    end_collective(by=user("vanphong"), collective=chapter, ends_on=TODAY)


def test_a_twin_is_refused_with_the_link(signed_in, user, units, chapter):
    page = signed_in("thon2").post(
        reverse("villages:add_collective", args=[units["thon2"].pk]),
        {"name": "chi hoi nong dan thon 2", "kind": "group"},
    )
    assert page.status_code == 422
    assert f'href="{chapter.get_absolute_url()}"' in page_of(page)
    add_collective(by=user("thon1"), owner=units["thon1"], name=NAME, kind="chapter")  # of another unit
    assert Collective.objects.count() == 2


def test_renamed_by_date_and_taken_back(user, chapter):
    head = user("thon2")
    with pytest.raises(RuleBroken, match="sau hôm nay"):
        rename_collective(by=head, collective=chapter, name="Chi hội Măng", starts_on=date(2026, 11, 21))
    rename_collective(by=head, collective=chapter, name="Chi hội Măng", starts_on=date(2026, 11, 10))
    assert chapter.name == "Chi hội Măng"
    assert chapter.name_on(date(2026, 11, 9)) == NAME
    assert chapter.name_on(date(2026, 11, 10)) == "Chi hội Măng"
    with pytest.raises(RuleBroken, match="phải sau đó"):
        rename_collective(by=head, collective=chapter, name="Chi hội Quế", starts_on=date(2026, 11, 10))
    take_back_collective_name(by=head, collective=chapter)
    assert (chapter.name, chapter.name_on(TODAY), chapter.names.count()) == (NAME, NAME, 1)
    with pytest.raises(RuleBroken, match="chưa đổi tên"):
        take_back_collective_name(by=head, collective=chapter)


def test_ended_and_brought_back(user, units, chapter):
    head = user("thon2")
    assert chosen(units["thon2"]) == [NAME]
    end_collective(by=head, collective=chapter, ends_on=TODAY)
    assert chosen(units["thon2"]) == []
    with pytest.raises(RuleBroken, match="đã kết thúc"):
        end_collective(by=head, collective=chapter, ends_on=TODAY)
    twin = add_collective(by=head, owner=units["thon2"], name=NAME, kind="chapter")
    with pytest.raises(RowExists):
        bring_back_collective(by=head, collective=chapter)
    end_collective(by=head, collective=twin, ends_on=TODAY)
    bring_back_collective(by=head, collective=chapter)
    assert chosen(units["thon2"]) == [NAME]


def test_the_wrong_unit_is_corrected_by_the_office_only(signed_in, user, units, chapter):
    url = reverse("villages:edit_collective", args=[chapter.pk])
    data = {"name": NAME, "kind": "chapter", "parent": units["nongdan"].pk}
    signed_in("thon2").post(url, data)
    chapter.refresh_from_db()
    assert chapter.parent == units["thon2"]
    signed_in("vanphong").post(url, data)
    chapter.refresh_from_db()
    assert chapter.parent == units["nongdan"]
    with pytest.raises(NotAllowed):
        edit_collective(by=user("thon2"), collective=chapter, name=NAME, kind="chapter", parent=None)


def test_choices_of_the_office_are_those_of_the_commune_itself(user, units, chapter):
    add_collective(by=user("vanphong"), owner=chapter.commune, name="Hợp tác xã Măng", kind="cooperative")
    office = Unit.objects.get(commune=chapter.commune, kind=Unit.OFFICE)
    assert chosen(office) == ["Hợp tác xã Măng"]


def test_a_merger_carries_it_over_and_its_undoing_back(commune, office, user, units, chapter):
    ended = add_collective(by=user("thon2"), owner=units["thon2"], name="Tổ cũ", kind="group")
    end_collective(by=user("thon2"), collective=ended, ends_on=TODAY)
    with at(DAY):
        change = record_merger(office, commune, units)
        change.refresh_from_db()
        for row in (chapter, ended):
            row.refresh_from_db()
            assert row.parent == new_unit()
        assert change.carried["collectives"] == 2
        bring_back_collective(by=office, collective=ended)
        undo_change(by=office, change=change, reason="Nghị quyết chưa có hiệu lực")
    for row in (chapter, ended):
        row.refresh_from_db()
        assert row.parent == units["thon2"]


def test_a_new_collective_of_the_new_unit_stops_the_undoing(commune, office, units, chapter):
    with at(DAY):
        change = record_merger(office, commune, units)
        change.refresh_from_db()
        add_collective(by=office, owner=new_unit(), name="Tổ mới", kind="group")
        with pytest.raises(RuleBroken, match="1 việc, người hoặc dòng mới"):
            undo_change(by=office, change=change, reason="Nghị quyết chưa có hiệu lực")


def test_a_unit_with_collectives_is_closed_only_with_a_successor(office, user, units):
    unit = units["mattran"]
    add_collective(by=user("mattran"), owner=unit, name="Ban công tác Thôn 1", kind="group")
    plan = UnitPlan(title="giải thể")
    with pytest.raises(RuleBroken, match="1 tập thể"):
        record_unit_change(
            by=office, subject=unit, kind=UnitChange.CLOSE, sources=[unit], plan=plan, effective_on=date(2026, 12, 1)
        )


def test_the_forms_of_a_collective_lead_back_to_it(office, signed_in, units):
    group = add_collective(by=office, owner=units["thon1"], name="Tổ liên gia số 3", kind="group")
    crumbs = page_of(signed_in("vanphong").get(reverse("villages:edit_collective", args=[group.pk])))
    crumbs = crumbs.partition('class="crumbs"')[2].partition("</ol>")[0]
    assert re.findall(r"<a [^>]*>([^<]*)</a>", crumbs) == ["Đơn vị, người, hộ", "Thôn 1", "Tổ liên gia số 3"]
    for name in ("rename_collective", "end_collective", "set_collective_leader", "end_collective_leader"):
        answer = signed_in("vanphong").get(reverse(f"villages:{name}", args=[group.pk]))
        if answer.status_code == 200:  # nobody leads it yet, so nobody's leading ends
            title = re.search(r"<title>\s*(.*?)\s*</title>", page_of(answer))[1]
            assert ": Tổ liên gia số 3 –" in title, name
