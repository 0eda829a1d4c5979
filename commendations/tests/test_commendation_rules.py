"""Rules of nominations and sessions: texts, past awards, vote tallies."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from commendations.rules.past_awards import PastAwardLine, parse_past_award, past_award_tables
from commendations.rules.vote_tally import SessionPresence, VoteTally, tally_mismatch
from commendations.rules.wording import achievement_period, deed_with_result, default_achievement


def test_default_achievement_follows_field_and_period():
    assert (
        default_achievement("Phát triển kinh tế", "Tháng 10/2026")
        == "xuất sắc trong phong trào phát triển kinh tế, tháng 10/2026"
    )
    assert default_achievement("Lĩnh vực khác", "Quý IV/2026") == "xuất sắc trong phong trào thi đua, quý IV/2026"
    assert default_achievement("", "") == "xuất sắc trong phong trào thi đua"


def test_deed_with_result():
    assert (
        deed_with_result("Hiến đất làm đường.", "Mở rộng 200 m đường.")
        == "Hiến đất làm đường.\nKết quả: mở rộng 200 m đường."
    )
    assert deed_with_result("Hiến đất.", "UBND xã biểu dương.") == "Hiến đất.\nKết quả: UBND xã biểu dương."
    assert deed_with_result("Hiến đất.", "") == "Hiến đất."


def test_achievement_period():
    assert (achievement_period("month", 2024, 2).starts_on, achievement_period("month", 2024, 2).ends_on) == (
        date(2024, 2, 1),
        date(2024, 2, 29),
    )
    assert (achievement_period("quarter", 2026, 4).starts_on, achievement_period("quarter", 2026, 4).ends_on) == (
        date(2026, 10, 1),
        date(2026, 12, 31),
    )


def test_past_awards_are_parsed_from_any_punctuation():
    assert parse_past_award("2024; Giấy khen; QĐ số 12/QĐ-UBND ngày 05/02/2024") == PastAwardLine(
        "2024", "Giấy khen", "QĐ số 12/QĐ-UBND ngày 05/02/2024"
    )
    assert parse_past_award("Năm 2023: Gia đình văn hóa") == PastAwardLine("2023", "Gia đình văn hóa")
    assert parse_past_award("Giấy khen | Chủ tịch UBND huyện, 2021").year == "2021"


def test_a_year_alone_or_before_the_name():
    assert parse_past_award("2024; Giấy khen; Quyết định số 12; ghi chú") == PastAwardLine(
        "2024", "Giấy khen", "Quyết định số 12; ghi chú"
    )
    assert parse_past_award("Năm 2024 Giấy khen; Quyết định số 12").decision == "Quyết định số 12"
    assert parse_past_award("2024 Giấy khen; Quyết định số 12") == PastAwardLine(
        "2024", "Giấy khen", "Quyết định số 12"
    )


def test_past_award_tables_split_titles_and_forms_by_year():
    typed = "2024; Giấy khen; số 1\n2022; Lao động tiên tiến; số 2\n\n2023; Gia đình văn hóa"
    titles, forms = past_award_tables(
        typed, (PastAwardLine("2020", "Giấy khen", "số 9"), PastAwardLine("2024", "Giấy khen", "số 1"))
    )
    assert [row.year for row in titles] == ["2022", "2023"]
    assert [row.row for row in forms] == [("2020", "Giấy khen", "số 9"), ("2024", "Giấy khen", "số 1")]


SEATS = SessionPresence(present=frozenset({1, 2, 3, 4, 5}), wrote_opinion=frozenset({6}), absent=frozenset({7}))


def test_tally_must_fit_attendance():
    assert tally_mismatch(VoteTally(6), SEATS, []) is None
    assert tally_mismatch(VoteTally(4, 1, 1), SEATS, []) is None
    assert tally_mismatch(VoteTally(4, 1), SEATS, []) == (
        "Cộng lại là 5, ít hơn 6 người được biểu quyết: có mặt 5, có ý kiến bằng văn bản 1. "
        "Người không giơ tay ghi vào “Ý kiến khác”."
    )
    assert tally_mismatch(VoteTally(5), SEATS, [1]) is None
    assert tally_mismatch(VoteTally(6), SEATS, [7]) is None  # the recused was not there anyway
    assert "nhiều hơn 5 người được biểu quyết: có mặt 5, có ý kiến bằng văn bản 1, trừ 1 người" in tally_mismatch(
        VoteTally(5, 1), SEATS, [1]
    )
    assert tally_mismatch(VoteTally(-1), SEATS, []) == "Số người không thể nhỏ hơn 0."


@given(agree=st.integers(0, 9), against=st.integers(0, 9), other=st.integers(0, 9), recused=st.sets(st.integers(1, 7)))
def test_tally_fits_only_if_every_voter_is_counted(agree, against, other, recused):
    fits = tally_mismatch(VoteTally(agree, against, other), SEATS, recused) is None
    assert fits == (agree + against + other + len(recused & {1, 2, 3, 4, 5, 6}) == 6)
