"""Names as people type and paste them, from the form to the decision: entry, search, order, twins, PDF, Word, workbook."""

import re
import subprocess
import zipfile
from io import BytesIO

import pytest
from lxml import etree

from commendations.papers.decision import decision_paper
from commendations.queries.decision import outgoing_lines
from commendations.tests import factories
from emulation.core.text import same_name
from emulation.documents.engines import docx, html, pdf
from villages.actions.people import add_person
from villages.forms.people import PersonForm
from villages.models import Person, Unit
from villages.queries.twins import twins_of

# Typed; the name that is stored; the form of address on papers ("" is by the sex); words that find it; another spelling.
NAMES = (
    ("  Lê   Văn\u00a0Một ", "Lê Văn Một", "", "le mot", "LÊ VĂN MỘT"),
    ("Lê Văn Hai", "Lê Văn Hai", "", "hai", "Lê  Văn Hai"),
    ("Lo\u0300 Thi\u0323 Hoa\u0300", "Lò Thị Hoà", "", "lo hoa", "Lò Thị Hòa"),
    ("Nguyễn Thị Thuý", "Nguyễn Thị Thuý", "", "thuy", "Nguyễn Thị Thúy"),
    ("Trần Uỷ", "Trần Uỷ", "", "uy", "Trần Ủy"),
    ("Vi Văn Quí", "Vi Văn Quí", "", "qui", "VI VĂN QUÍ"),
    ("Vi Văn Quý", "Vi Văn Quý", "", "quy", "vi văn quý"),
    ("LÊ VĂN TÁM", "Lê Văn Tám", "", "tam", "Lê Văn Tám"),
    ("lò thị chín", "Lò Thị Chín", "", "chin", "LÒ THỊ CHÍN"),
    ("ông Lê Văn Mười", "Lê Văn Mười", "ông", "le muoi", "Lê Văn Mười"),
    ("Bà Lò Thị Bưởi", "Lò Thị Bưởi", "bà", "buoi", "Lò Thị Bưởi"),
    ("Đ/c Lê Văn Cam", "Lê Văn Cam", "đồng chí", "cam", "Lê Văn Cam"),
    ("đồng chí: Vi Thị Đào", "Vi Thị Đào", "đồng chí", "dao", "Vi Thị Đào"),
    ("cô Vi Thị Xoài", "Vi Thị Xoài", "cô", "xoai", "Vi Thị Xoài"),
    ("Anh Hà Văn Mận", "Hà Văn Mận", "anh", "man", "Hà Văn Mận"),
    ("cháu Hà Thị Mơ", "Hà Thị Mơ", "cháu", "mo", "Hà Thị Mơ"),
    ("em Hà Văn Lê", "Hà Văn Lê", "em", "ha le", "Hà Văn Lê"),
    ("ThS. Ngô Văn Sáng", "Ngô Văn Sáng", "", "ngo sang", "Ngô Văn Sáng"),
    ("PGS.TS.Ngô Thị Tối", "Ngô Thị Tối", "", "toi", "Ngô Thị Tối"),
    ("Thượng tá Hồ Văn Chiều", "Hồ Văn Chiều", "", "chieu", "Hồ Văn Chiều"),
    ("Đại uý, ông Hồ Văn Trưa", "Hồ Văn Trưa", "ông", "trua", "Hồ Văn Trưa"),
    ("Đại đức Thích Minh Tâm", "Thích Minh Tâm", "Đại đức", "thich tam", "Thích Minh Tâm"),
    ("ĐẠI ĐỨC THÍCH MINH TRÍ", "Thích Minh Trí", "Đại đức", "tri", "Thích Minh Trí"),
    ("Linh mục Giuse Trần Văn An", "Giuse Trần Văn An", "Linh mục", "giuse an", "Giuse Trần Văn An"),
    ("Hộ ông Lê Văn Bưng", "Lê Văn Bưng", "ông", "bung", "Lê Văn Bưng"),
    ("Hộ gia đình bà Lò Thị Gánh", "Lò Thị Gánh", "bà", "ganh", "Lò Thị Gánh"),
    ("Gia đình ông Lò Văn Gùi", "Lò Văn Gùi", "ông", "gui", "Lò Văn Gùi"),
    ("Lê Văn Cò (Tám Cò)", "Lê Văn Cò", "", "tam co", "Lê Văn Cò"),
    ("Cụ Lê Thị Cốc [Tư Cốc]", "Lê Thị Cốc", "cụ", "tu coc", "Lê Thị Cốc"),
    ("H’Mai Êban", "H’Mai Êban", "", "h'mai", "H'Mai Êban"),
    ("H'Bía Niê", "H'Bía Niê", "", "h’bia nie", "HʼBía Niê"),
    ("KSOR H'YÊM", "Ksor H'Yêm", "", "ksor h'yem", "Ksor H’Yêm"),
    ("Y Bíu", "Y Bíu", "", "y biu", "Y BÍU"),
    ("Lê Ý", "Lê Ý", "", "le y", "LÊ Ý"),
    ("A Ma Thuột", "A Ma Thuột", "", "a ma thuot", "a ma thuột"),
    ("Tôn Nữ Thị Ninh-Hà", "Tôn Nữ Thị Ninh-Hà", "", "ninh-ha", "Tôn Nữ Thị Ninh Hà"),
    ("Ðinh Thị Đẹp", "Đinh Thị Đẹp", "", "dinh dep", "Đinh Thị Đẹp"),
    ("Ðặng Văn Ðông", "Đặng Văn Đông", "", "dang dong", "Đặng Văn Đông"),
    ("Lê Vаn Xаm", "Lê Van Xam", "", "le xam", "Lê Van Xam"),
    ("Нoàng Văn Trắng", "Hoàng Văn Trắng", "", "hoang trang", "Hoàng Văn Trắng"),
    ("Lê Vǎn Bông", "Lê Văn Bông", "", "bong", "Lê Văn Bông"),
    ("Lª V¨n N¨m", "Lê Văn Năm", "", "nam", "Lê Văn Năm"),
    ("NguyÔn ThÞ H\u00ad¬ng", "Nguyễn Thị Hương", "", "huong", "Nguyễn Thị Hương"),
    ("NGUYÔN V¡N B×NH", "Nguyễn Văn Bình", "", "binh", "Nguyễn Văn Bình"),
    ("TrÇn Nh\u00ad Hoa", "Trần Như Hoa", "", "nhu hoa", "Trần Như Hoa"),
    ("¤ng §inh V¨n S¸u", "Đinh Văn Sáu", "ông", "dinh sau", "Đinh Văn Sáu"),
    ("Leâ Vaên Baåy", "Lê Văn Bẩy", "", "bay", "Lê Văn Bẩy"),
    ("NGUYEÃN THÒ LYÙ", "Nguyễn Thị Lý", "", "nguyen ly", "Nguyễn Thị Lý"),
    ("Ñaøo Vaên Höôûng", "Đào Văn Hưởng", "", "huong dao", "Đào Văn Hưởng"),
    ("baø Löông Thò Thuùy", "Lương Thị Thúy", "bà", "luong thuy", "Lương Thị Thuý"),
    ("Lê Văn Bảy", "Lê Văn Bảy", "", "le bay", "LÊ VĂN BẢY"),
    ("Phan\u200b Thị\u200e Ẩn", "Phan Thị Ẩn", "", "phan an", "Phan Thị Ẩn"),
    ("Phan\tThị\nTab", "Phan Thị Tab", "", "tab", "Phan Thị Tab"),
    ("Anna Lò", "Anna Lò", "", "anna", "ANNA LÒ"),
    ("Cao Bá Quát", "Cao Bá Quát", "", "quat", "Cao Bá Quát"),
    ("Ngô Văn Ông", "Ngô Văn Ông", "", "ong", "NGÔ VĂN ÔNG"),
    ("Nguyễn Thị <b>Đậm</b>", "Nguyễn Thị Đậm", "", "dam", "Nguyễn Thị Đậm"),
    ("Công Tằng Tôn Nữ Thị Kim Ngọc Diệp Hoàng Anh", "Công Tằng Tôn Nữ Thị Kim Ngọc Diệp Hoàng Anh", "", "hoang anh", ""),
    ("Nguyễn & Trần", "Nguyễn & Trần", "", "tran", ""),
    ("=Lê Văn Bằng", "=Lê Văn Bằng", "", "", ""),
)  # fmt: skip
SORTED_GIVEN = ["Lê Văn Bảy", "Lê Văn Bẩy", "Lê Văn Hai", "Lê Văn Một", "Lê Văn Mười", "Lê Văn Năm", "Lê Văn Tám"]
SORTED_GIVEN += ["Vi Văn Quí", "Vi Văn Quý"]


def entered(office, unit, typed, year, sex):
    """The person after the posts that the form needs: the first comes back with what was read, the second saves."""
    data = {"full_name": typed, "birth_year": str(year), "sex": sex, "group": "direct"}
    form = PersonForm(data, unit=unit)
    posts = 1
    if not form.is_valid():
        assert form.suggestions and not form.errors, (typed, form.errors)
        form = PersonForm(form.data, unit=unit)
        posts = 2
        assert form.is_valid(), (typed, form.errors, form.suggestions)
    return add_person(by=office, unit=unit, **form.cleaned_data), posts


@pytest.fixture
def people(commune, office):
    unit = Unit.objects.get(commune=commune, code="thon3")
    found = []
    for number, (typed, stored, form, words, other) in enumerate(NAMES):
        person, posts = entered(office, unit, typed, 1930 + number, "nu" if number % 2 else "nam")
        found.append(person)
        assert (person.full_name, person.form_of_address) == (stored, form), typed
        assert (posts == 1) == (" ".join(typed.split()).replace("\u200b", "").replace("\u200e", "") == stored or
                                "\u0300" in typed), typed  # fmt: skip
        if words:
            assert Person.objects.filter(unit=unit).named_like(words).filter(pk=person.pk).exists(), (typed, words)
        assert not other or same_name(other, stored), typed
    return found


def raw_text(data, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    return subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout


def squeezed(text):
    """Without spaces and line ends, which a narrow column sets elsewhere."""
    return re.sub(r"[\s\u00a0\u2060\u200b]+", "", text)


def word_text(paper):
    with zipfile.ZipFile(BytesIO(docx.render_docx(paper))) as package:
        return squeezed("".join(etree.fromstring(package.read("word/document.xml")).itertext()))


def test_another_spelling_of_each_name_is_a_twin_and_the_list_is_in_order(people, commune):
    unit = people[0].unit
    for (typed, _, _, _, other), person in zip(NAMES, people, strict=True):
        twin = Person(commune=commune, unit=unit, birth_year=person.birth_year)
        twin.put_name(other or person.full_name)
        assert person in twins_of(twin), typed
    names = list(Person.objects.filter(unit=unit).values_list("full_name", flat=True))
    for given in (SORTED_GIVEN[:2], SORTED_GIVEN[2:7], SORTED_GIVEN[7:]):
        assert [name for name in names if name in given] == given


def test_sixty_names_on_a_decision_as_pdf_and_word(people, commune, tmp_path):
    decision = factories.draft_decision(commune, people)
    listed = outgoing_lines(decision, decision.expected_on)
    assert len(listed) == 60 and {line.recipient for line in listed} == {person.addressed for person in people}
    paper = decision_paper(decision, listed, decision.expected_on)
    printed = squeezed(raw_text(pdf.render_pdf([html.paper_html(paper)], paper.title), tmp_path))
    word = word_text(paper)
    assert_names_without_nicknames(people, printed)
    assert_names_without_nicknames(people, word)


def assert_names_without_nicknames(people, text):
    names = [squeezed(person.full_name) for person in people]
    nicknames = [squeezed(person.nickname) for person in people if person.nickname]
    assert [name for name in names if name not in text] == []
    assert [nickname for nickname in nicknames if nickname in text] == []


def test_names_in_a_workbook_are_read_back_as_they_are(people, commune, signed_in):
    answer = signed_in("vanphong").get(people[0].unit.get_absolute_url(), {"dang": "xlsx"})
    with zipfile.ZipFile(BytesIO(answer.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    cells = ["".join(cell.itertext()) for cell in etree.fromstring(sheet).iterfind(".//{*}is")]
    assert b"<f>" not in sheet  # a name that begins with = is no formula
    for person in people:
        assert person.name_and_nickname in cells
        back = PersonForm({"full_name": person.name_and_nickname, "group": "direct", "form_of_address": person.form_in_use},
                          unit=person.unit)  # fmt: skip
        back.is_valid()
        assert (back.data["full_name"], back.data.get("nickname", "")) == (person.full_name, person.nickname)
