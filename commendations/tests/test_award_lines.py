"""Lines of official lists: names, places, counts, achievement sentences."""

from datetime import date

import pytest

from commendations.papers.award_list import nominee_columns
from commendations.queries import award_lines
from commendations.rules.wording import achievement_sentence, lead_in_once
from commendations.tests import factories
from villages.models import Household, Person, Unit, UnitName

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("xuất sắc trong phong trào thi đua", "Đã có thành tích xuất sắc trong phong trào thi đua"),
        ("Xuất sắc trong công tác", "Đã có thành tích xuất sắc trong công tác"),
        ("thành tích xuất sắc", "Đã có thành tích xuất sắc"),
        ("Có thành tích xuất sắc", "Đã có thành tích xuất sắc"),
        ("Đã có thành tích xuất sắc", "Đã có thành tích xuất sắc"),
        ("Đã có thành tích Đã có thành tích Xuất sắc", "Đã có thành tích xuất sắc"),
        ("ĐÃ CÓ  THÀNH TÍCH: có thành tích xuất sắc", "Đã có thành tích xuất sắc"),
        ("Đã có thành tích đã có nhiều thành tích tốt", "Đã có nhiều thành tích tốt"),
        ("Có nhiều thành tích tốt", "Đã có nhiều thành tích tốt"),
        ("đạt tiêu chuẩn gia đình văn hóa", "Đã đạt tiêu chuẩn gia đình văn hóa"),
        ("Có thành tích đạt các tiêu chuẩn quy định", "Đã đạt các tiêu chuẩn quy định"),
        ("thành tíchx", "Đã có thành tích thành tíchx"),
        ("Đã có thành tích", "Đã có thành tích"),
    ],
)
def test_achievement_sentence_for_any_typed_start(typed, expected):
    assert achievement_sentence(typed) == expected
    assert achievement_sentence(expected) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Đã có thành tích Đã có thành tích Lao động giỏi.", "Đã có thành tích lao động giỏi."),
        ("đã có thành tích có thành tích tốt", "Đã có thành tích tốt"),
        ("Đã có thành tích lao động giỏi", "Đã có thành tích lao động giỏi"),
        ("Hiến đất làm đường", "Hiến đất làm đường"),
    ],
)
def test_a_deed_has_its_lead_in_once(typed, expected):
    assert lead_in_once(typed) == expected


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["person"], "01 cá nhân"),
        (["person"] * 12, "12 cá nhân"),
        (["person", "collective"], "01 tập thể và 01 cá nhân"),
        (["person", "household", "collective", "person"], "01 tập thể, 01 hộ gia đình và 02 cá nhân"),
    ],
)
def test_nominee_counts_text(kinds, expected):
    assert award_lines.nominee_counts_text(kinds) == expected


def test_names_and_places_are_those_of_the_day(commune):
    unit = Unit.objects.get(code="thon2")
    UnitName.objects.filter(unit=unit).update(ends_on=date(2026, 10, 31))
    UnitName.objects.create(unit=unit, name="Thôn Bình Minh", starts_on=date(2026, 11, 1))
    nominations = [factories.nomination_of(commune, one) for one in (
        unit, Household.objects.get(head_name="Vi Văn Chiến"), Person.objects.get(full_name="Nguyễn Thị Quý"), Person.objects.get(full_name="Vi Thị Thúy"),
    )]  # fmt: skip
    rows = award_lines.with_line_relations(
        type(nominations[0]).objects.filter(pk__in=[one.pk for one in nominations]).order_by("pk")
    )

    def texts(day):
        return [
            (row.recipient, row.place) for row in award_lines.award_lines(list(rows), commune.identity_on(day), day)
        ]

    assert texts(date(2026, 10, 31)) == [
        ("Tập thể Thôn 2", "Xã Bình Lương"),
        ("Hộ gia đình Vi Văn Chiến", "Thôn 2, xã Bình Lương"),
        ("Bà Nguyễn Thị Quý", "Giáo viên, Trường Tiểu học Bình Lương"),
        ("Bà Vi Thị Thúy", "Trưởng Thôn 2, xã Bình Lương"),
    ]
    assert texts(date(2026, 11, 2))[:2] == [
        ("Tập thể Thôn Bình Minh", "Xã Bình Lương"),
        ("Hộ gia đình Vi Văn Chiến", "Thôn Bình Minh, xã Bình Lương"),
    ]


def test_the_sex_of_a_head_is_taken_from_the_household(commune):
    household = Household.objects.get(head_name="Lương Thị Nụ")
    head = Person(commune=commune, unit=household.unit, household=household, sex="nu")
    head.put_name("Lương Thị Nụ")
    head.save()
    assert (
        award_lines.certificate_recipient(factories.nomination_of(commune, household), factories.HELD_ON)
        == "Hộ gia đình bà Lương Thị Nụ"
    )


@pytest.mark.parametrize(
    ("kinds", "headings"),
    [
        (["person"], ("Họ và tên", "Chức vụ, đơn vị")),
        (["household", "person"], ("Họ và tên, tên hộ gia đình", "Chức vụ, đơn vị")),
        (["household"], ("Tên hộ gia đình", "Địa chỉ")),
        (["collective", "household"], ("Tên hộ gia đình, tên tập thể", "Địa chỉ")),
    ],
)
def test_a_list_without_people_has_addresses(kinds, headings):
    columns = nominee_columns(iter(kinds), 21, 18)
    assert tuple((column.title, column.share) for column in columns) == tuple(zip(headings, (21, 18), strict=True))
