"""The page that takes evaluations from Excel: read, saved, what comes back, by whom."""

from datetime import date
from html import unescape
from io import BytesIO
from itertools import product
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from emulation.core.pasted_table import rows_of_workbook
from tests.html import page_of
from villages.models import Evaluation, Person, Unit

pytestmark = pytest.mark.usefixtures("in_november")


@pytest.fixture
def school(commune: Any) -> Unit:
    """A school with ten viên chức."""
    unit = Unit.objects.get(code="thcs")
    Person.objects.filter(unit=unit).update(group="public", joined_on=date(2020, 9, 1))
    for letter in "ABCDEGHIKL":
        person = Person(commune=commune, unit=unit, group="public", joined_on=date(2020, 9, 1))
        person.put_name(f"Lê Thị Mẫu {letter}")
        person.save()
    return unit


def address(school: Unit, name: str = "paste_evaluations", year: int = 2026) -> str:
    return reverse(f"villages:{name}", args=[school.pk, year])


def levels() -> dict[str, str]:
    rows = Evaluation.objects.kept().filter(year=2026, person__full_name__startswith="Lê Thị Mẫu")
    return dict(rows.values_list("person__full_name", "level"))


GOOD = "Lê Thị Mẫu A\tTốt\nLê Thị Mẫu B\tHoàn thành"
WRONG = "Lê Thị Mẫu C\tloại A\nNgười Lạ\tTốt"


def test_reading_saves_nothing_and_names_what_is_not_taken(school, signed_in):
    page = page_of(signed_in("vanphong").post(address(school), {"pasted": f"{GOOD}\n{WRONG}"}))
    assert "Nhận 2 dòng" in page and "2 dòng chưa nhận" in page and "Lưu 2 dòng đã nhận" in page
    assert "Lê Thị Mẫu A: Hoàn thành tốt nhiệm vụ" in page
    assert "Không hiểu kết quả “loại A”" in page and "Đơn vị không có “Người Lạ”" in page
    assert not levels()


def test_saving_keeps_what_is_not_taken_as_the_text(school, signed_in):
    answer = signed_in("vanphong").post(address(school), {"pasted": f"{GOOD}\n{WRONG}", "do": "save"})
    html = answer.content.decode()
    assert levels() == {"Lê Thị Mẫu A": "good", "Lê Thị Mẫu B": "done"}
    assert "Đã lưu kết quả năm 2026 của 2 người." in page_of(answer)
    typed = unescape(html.split('name="pasted"')[1].split(">", 1)[1].split("</textarea>")[0]).strip("\n")
    assert typed == WRONG
    assert "<b>Dòng 1:</b> Lê Thị Mẫu C" in page_of(answer) and "<b>Dòng 2:</b> Người Lạ" in page_of(answer)


def test_what_is_left_names_no_line_of_the_text_before(school, signed_in):
    lines = [*GOOD.splitlines(), *WRONG.splitlines(), GOOD.splitlines()[0]]
    read = signed_in("vanphong").post(address(school), {"pasted": "\n".join(lines)})
    assert "Đã có ở dòng 1." in page_of(read)
    saved = page_of(signed_in("vanphong").post(address(school), {"pasted": "\n".join(lines), "do": "save"}))
    assert "Đã có ở dòng" not in saved and "Người này vừa được lưu theo một dòng khác của bảng." in saved


def test_many_rows_that_can_be_saved_are_folded(school, commune, signed_in):
    names = [f"Lò Thị Số {''.join(letters)}" for letters in product("ABCDEG", repeat=2)][:31]
    for name in names:
        person = Person(commune=commune, unit=school, group="public", joined_on=date(2020, 9, 1))
        person.put_name(name)
        person.save()
    browser = signed_in("vanphong")
    for size, is_open in ((30, " open"), (31, "")):
        page = page_of(browser.post(address(school), {"pasted": "\n".join(f"{name}\tTốt" for name in names[:size])}))
        assert f'<details class="mb-3"{is_open}><summary>Nhận {size} dòng' in page


def test_all_taken_leads_back_to_the_table(school, signed_in):
    answer = signed_in("vanphong").post(address(school), {"pasted": GOOD, "do": "save"})
    assert answer["Location"] == address(school, "evaluations")


def test_the_workbook_filled_in_and_sent_back(school, signed_in):
    browser = signed_in("vanphong")
    sent = browser.get(address(school, "evaluation_workbook"))
    names = [row.cells[1] for row in rows_of_workbook(sent.content) if len(row.cells) > 1]
    assert "Lê Thị Mẫu A" in names
    file = SimpleUploadedFile("danh-gia.xlsx", sent.content)
    page = page_of(browser.post(address(school), {"file": file}))
    assert "Dòng này chưa ghi kết quả." in page and not levels()


def test_the_workbook_offers_the_levels_and_what_is_chosen_is_read_back(school, signed_in):
    browser = signed_in("vanphong")
    book = openpyxl.load_workbook(BytesIO(browser.get(address(school, "evaluation_workbook")).content))
    sheet = book.worksheets[0]
    (offered,) = sheet.data_validations.dataValidation
    people = [line for line in range(5, sheet.max_row + 1) if sheet.cell(line, 2).value]
    assert str(offered.sqref) == f"E5:E{people[-1]}" and offered.allow_blank
    choices = offered.formula1.strip('"').split(",")
    assert choices == [label for _, label in Evaluation.LEVELS]

    for place, line in enumerate(people):
        sheet.cell(line, 5).value = choices[place % 2 + 1]
    filled = BytesIO()
    book.save(filled)
    answer = browser.post(
        address(school), {"file": SimpleUploadedFile("danh-gia.xlsx", filled.getvalue()), "do": "save"}, follow=True
    )
    assert f"Đã lưu kết quả năm 2026 của {len(people)} người." in page_of(answer)
    saved = dict(Evaluation.objects.kept().filter(year=2026).values_list("person__full_name", "level"))
    assert [saved[sheet.cell(line, 2).value] for line in people] == [
        Evaluation.LEVELS[place % 2 + 1][0] for place in range(len(people))
    ]


def test_a_file_that_is_no_workbook_is_refused(school, signed_in):
    file = SimpleUploadedFile("danh-gia.xlsx", b"%PDF-1.7 no workbook")
    answer = signed_in("vanphong").post(address(school), {"file": file, "do": "save"})
    assert answer.status_code == 422 and "không phải bảng tính Excel" in page_of(answer)


def test_what_breaks_the_law_is_saved_only_with_a_reason(school, signed_in):
    rows = "\n".join(f"Lê Thị Mẫu {letter}\tXuất sắc" for letter in "ABCDEGHIKL")
    browser = signed_in("vanphong")
    read = page_of(browser.post(address(school), {"pasted": rows}))
    assert "Chưa đúng quy định, lưu thì phải ghi lý do" in read and "xuất sắc 10 / tối đa 2" in read
    answer = browser.post(address(school), {"pasted": rows, "do": "save"})
    assert answer.status_code == 422 and "Lý do vẫn giữ" in page_of(answer) and not levels()
    assert "Lê Thị Mẫu L" in answer.content.decode()
    browser.post(address(school), {"pasted": rows, "do": "save", "despite": "Cấp trên đã quyết định"})
    assert set(levels().values()) == {"excellent"}


def test_a_recorded_level_is_changed_only_with_a_reason_and_one_changed_meanwhile_is_named(school, signed_in):
    browser = signed_in("vanphong")
    browser.post(address(school), {"pasted": GOOD, "do": "save"})
    changed = {"pasted": "Lê Thị Mẫu A\tHoàn thành", "do": "save"}
    assert browser.post(address(school), changed).status_code == 422 and levels()["Lê Thị Mẫu A"] == "good"
    person = Person.objects.get(full_name="Lê Thị Mẫu A")
    stale = browser.post(address(school), {**changed, "seen": f'{{"{person.pk}": ""}}', "reason": "Ghi nhầm"})
    assert "người khác đã ghi" in page_of(stale) and levels()["Lê Thị Mẫu A"] == "good"
    browser.post(address(school), {**changed, "reason": "Ghi nhầm lần trước"})
    assert levels()["Lê Thị Mẫu A"] == "done"


@pytest.mark.parametrize("typed", ["", "   \n\t\n", "x" * 200_001])
def test_nothing_or_too_much_is_refused(school, signed_in, typed):
    assert signed_in("vanphong").post(address(school), {"pasted": typed}).status_code == 422


@pytest.mark.parametrize("seen", ["{", "[1]", "null", '"x"'])
def test_a_spoilt_hidden_field_changes_nothing_of_the_meaning(school, signed_in, seen):
    signed_in("vanphong").post(address(school), {"pasted": GOOD, "seen": seen, "do": "save"})
    assert len(levels()) == 2


def test_who_may_and_which_year(school, signed_in):
    for login, status in (("thcs", 403), ("chutich", 403), ("vanphong", 200)):
        assert signed_in(login).get(address(school)).status_code == status
        assert signed_in(login).get(address(school, "evaluation_workbook")).status_code == status
    assert signed_in("vanphong").get(address(school, year=2999)).status_code == 409
    assert signed_in("vanphong").post(address(school, year=1900), {"pasted": GOOD, "do": "save"}).status_code == 422
    assert not levels()
