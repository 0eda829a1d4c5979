import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.core.errors import RuleBroken
from emulation.core.formatting import date_in_words
from emulation.legal.engine.law import CaseDates, Law, NoValue, UnknownCode
from emulation.legal.engine.loader import shipped_statutes
from emulation.legal.engine.rules.council import needed_votes, quorum_verdict, vote_verdict
from emulation.legal.engine.rules.money import calculate_prize, prize_money, round_prize
from emulation.legal.engine.rules.requirements import award_decider, file_checklist, legal_basis_lines

AUTUMN_2021, AUTUMN_2026 = date(2021, 11, 15), date(2026, 11, 15)


@pytest.fixture(scope="module")
def law() -> Law:
    return shipped_statutes().law


# ── dates ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("code", "subject", "kind", "last", "before", "after"),
    [
        ("base_salary", "", "", date(2019, 6, 30), 1_390_000, 1_490_000),
        ("base_salary", "", "", date(2023, 6, 30), 1_490_000, 1_800_000),
        ("base_salary", "", "", date(2024, 6, 30), 1_800_000, 2_340_000),
        ("base_salary", "", "", date(2026, 6, 30), 2_340_000, 2_530_000),
        ("GKX.coefficient", "person", "", date(2025, 6, 30), "0.15", "0.3"),
        ("GKX.coefficient", "collective", "", date(2025, 6, 30), "0.3", "0.6"),
        ("GKX.coefficient", "household", "", date(2023, 12, 31), "0.15", "0.225"),
        ("GKX.coefficient", "household", "", date(2025, 6, 30), "0.225", "0.45"),
        ("CSTDCS.decider", "", "", date(2025, 6, 30), "chair_district", "chair_commune"),
        ("GKX.report_form", "person", "CT", date(2023, 12, 31), "Mẫu số 02", ""),
        ("GKX.report_form", "person", "CT", date(2025, 6, 30), "", "Mẫu số 05"),
    ],
)
def test_values_change_on_their_day(
    law: Law, code: str, subject: str, kind: str, last: date, before: object, after: object
) -> None:
    assert law.value_on(code, last, subject, kind).content == before
    assert law.value_on(code, date.fromordinal(last.toordinal() + 1), subject, kind).content == after


@pytest.mark.parametrize(
    ("last", "change"),
    [
        (date(2020, 6, 30), "LTCCQDP-2015 -> LTCCQDP-2019"),
        (date(2023, 12, 31), "LTDKT-2003 ND91-2017 TT12-2019 -> LTDKT-2022 ND98-2023"),
        (date(2024, 4, 14), " -> TT01-2024"),
        (date(2025, 2, 28), "LTCCQDP-2019 -> LTCCQDP-2025A"),
        (date(2025, 6, 15), "LTCCQDP-2025A -> LTCCQDP-2025"),
        (date(2025, 6, 30), "ND98-2023 TT01-2024 -> ND129-2025 ND152-2025"),
        (date(2025, 8, 4), " -> TT15-2025"),
        (date(2026, 9, 30), "LTDKT-2022 -> L06-2026"),
        (date(2027, 2, 28), "ND152-2025 TT15-2025 -> "),
    ],
)
def test_a_decision_names_the_law_of_its_day(law: Law, last: date, change: str) -> None:
    def instruments(day: date) -> set[str]:
        return {line["instrument"] for line in law.value_on("basis", day, kind="quyet_dinh").content}

    before, after = instruments(last), instruments(date.fromordinal(last.toordinal() + 1))
    assert f"{' '.join(sorted(before - after))} -> {' '.join(sorted(after - before))}" == change


def test_a_law_is_cited_by_its_day_and_others_by_number_day_issuer_and_subject() -> None:
    by_law = re.compile(
        r"Luật [^;]+ ngày \d\d tháng \d\d? năm \d{4}(?:(?:;| và) (?:Luật [^;]+ )?ngày \d\d tháng \d\d? năm \d{4})*"
    )
    by_number = re.compile(
        r"(?:Nghị định|Thông tư) số \d+/\d{4}/\S+ ngày \d\d tháng \d\d? năm \d{4} của (?:Chính phủ|Bộ trưởng Bộ Nội vụ) quy định .+"
    )
    for instrument in shipped_statutes().instruments:
        if instrument.basis:
            pattern = by_law if instrument.basis.startswith("Luật") else by_number
            assert pattern.fullmatch(instrument.basis), instrument.basis
            assert instrument.signed and date_in_words(instrument.signed) in instrument.basis


def test_only_instruments_in_force_are_cited() -> None:
    """On the first and the last day of each value."""
    instruments = {one.code: one for one in shipped_statutes().instruments}
    for value in shipped_statutes().values:
        for line in value.content if value.code == "basis" else ():
            cited = instruments[line["instrument"]]
            assert cited.start is None or cited.start <= value.start, (cited.code, value.start)
            assert cited.end is None or (value.end and value.end <= cited.end), (cited.code, value.end)


def test_can_cu_lines_are_ready_to_print(law: Law) -> None:
    lines = legal_basis_lines(law, "to_trinh", AUTUMN_2021)
    assert len(lines) == 4
    assert all(line.startswith("Căn cứ ") and line.endswith(";") and line == " ".join(line.split()) for line in lines)
    assert "Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017" in lines[2]


@pytest.mark.parametrize(
    ("day", "confirmed", "needs_review"),
    [(date(2026, 9, 30), True, False), (date(2026, 10, 1), True, True), (date(2027, 3, 1), False, True)],
)
def test_confirmed_and_needs_review(law: Law, day: date, confirmed: bool, needs_review: bool) -> None:
    """From 1/10/2026 all values need review; from 1/3/2027 the decree is no longer in force either."""
    value = law.value_on("GKX.coefficient", day, "person")
    assert (value.confirmed, value.needs_review) == (confirmed, needs_review)


def test_after_the_decree_the_note_mentions_it(law: Law) -> None:
    assert "hết hiệu lực" in law.value_on("GKX.coefficient", date(2027, 3, 1), "person").note
    assert not law.value_on("base_salary", date(2027, 3, 1)).needs_review


def test_a_case_has_four_dates(law: Law) -> None:
    case = CaseDates(
        period=date(2025, 5, 1), received=date(2025, 6, 30), decided=date(2025, 7, 1), issued=date(2026, 7, 1)
    )
    assert law.for_case("GKX.coefficient", case, "person").content == "0.3"  # the day of the decision
    assert law.for_case("GKX.checklist", case, "person", "CT").citation.instrument == "LTDKT-2022"  # of receipt
    assert law.for_case("basis", case, kind="quyet_dinh").start == date(2025, 8, 5)  # of issue
    assert law.for_case("base_salary", CaseDates.all_on(AUTUMN_2026)).content == 2_530_000


def test_days_not_covered_and_wrong_questions(law: Law) -> None:
    with pytest.raises(NoValue, match=r"Mức lương cơ sở.*30/06/2018") as caught:
        law.value_on("base_salary", date(2018, 6, 30))
    assert isinstance(caught.value, RuleBroken)
    for code, subject in (("base_salry", None), ("base_salary", "person"), ("GKX.coefficient", None)):
        with pytest.raises(UnknownCode):
            law.value_on(code, AUTUMN_2026, subject)
    with pytest.raises(UnknownCode):
        law.for_case("base_salry", CaseDates.all_on(AUTUMN_2026))


@pytest.mark.parametrize(
    ("code", "subject", "day", "text"),
    [
        ("GKX.coefficient", "person", AUTUMN_2026, "điểm e khoản 1 Điều 54 Nghị định số 152/2025/NĐ-CP"),
        ("CSTDCS.decider", "", date(2024, 5, 1), "khoản 2 Điều 80 Luật Thi đua, khen thưởng số 06/2022/QH15"),
        ("council.quorum", "", AUTUMN_2026, "Quy chế hoạt động của Hội đồng Thi đua - Khen thưởng xã"),
        ("statistics.year_start", "", date(2024, 1, 1), "Chế độ báo cáo Thông tư số 02/2023/TT-BNV"),
    ],
)
def test_citations_have_the_form_of_papers(law: Law, code: str, subject: str, day: date, text: str) -> None:
    assert law.value_on(code, day, subject).citation.text == text


# ── votes ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("award", "day", "members", "agree", "passed", "needed"),
    [
        ("GKX", AUTUMN_2026, 7, 3, False, 4),
        ("GKX", AUTUMN_2026, 7, 4, True, 4),
        ("GKX", AUTUMN_2026, 8, 4, False, 5),  # exactly a half is not a majority
        ("GKX", AUTUMN_2026, 8, 5, True, 5),
        ("GKX", AUTUMN_2021, 9, 4, False, 5),
        ("GKX", AUTUMN_2021, 9, 5, True, 5),
        ("GKX", AUTUMN_2026, 1, 1, True, 1),
        ("LDTT", AUTUMN_2026, 11, 5, False, 6),
        ("LDTT", AUTUMN_2026, 11, 6, True, 6),
        ("CSTDCS", date(2024, 5, 1), 10, 7, False, 8),
        ("CSTDCS", date(2024, 5, 1), 10, 8, True, 8),  # exactly 80 percent is enough
        ("CSTDCS", AUTUMN_2026, 9, 7, False, 8),
        ("CSTDCS", AUTUMN_2026, 9, 8, True, 8),
        ("CSTDCS", AUTUMN_2026, 5, 4, True, 4),
    ],
)
def test_thresholds(law: Law, award: str, day: date, members: int, agree: int, passed: bool, needed: int) -> None:
    verdict = vote_verdict(law, award, day, members=members, agree=agree, against=members - agree)
    assert (verdict.passed, verdict.needed, verdict.share) == (passed, needed, Fraction(100 * agree, members))


def test_the_absent_stay_in_the_denominator(law: Law) -> None:
    verdict = vote_verdict(law, "GKX", AUTUMN_2026, members=7, agree=3, against=0, other=1)
    assert not verdict.passed and verdict.absent_from_vote == 3
    assert verdict.arithmetic == "3/7 đồng ý = 42,9% tổng số thành viên; cần quá 50%, tức ít nhất 4/7: không đạt"


def test_a_verdict_has_its_legal_bases(law: Law) -> None:
    confirmed = vote_verdict(law, "CSTDCS", date(2024, 5, 1), members=10, agree=8, against=2)
    assert confirmed.confirmed and not confirmed.needs_review
    assert confirmed.citation == "khoản 7 Điều 30 Nghị định số 98/2023/NĐ-CP"
    assert "từ 80% trở lên" in confirmed.arithmetic
    doubtful = vote_verdict(law, "GKX", AUTUMN_2026, members=10, agree=8, against=2)
    assert not doubtful.confirmed and doubtful.needs_review and doubtful.notes
    facts = doubtful.facts()
    assert facts["passed"] is True and facts["share"] == "80" and facts["confirmed"] is False
    versions = [law.value_on(code, AUTUMN_2026).version for code in ("GKX.vote", "council.denominator")]
    assert [basis["version"] for basis in facts["grounds"]] == versions


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ({"members": 0, "agree": 0, "against": 0}, "chưa có thành viên"),
        ({"members": 7, "agree": 5, "against": 3}, "Tổng số phiếu là 8, nhiều hơn 7 thành viên"),
        ({"members": 7, "agree": 5, "against": 1, "other": 2}, "nhiều hơn 7"),
        ({"members": 7, "agree": -1, "against": 3}, "đồng ý không thể nhỏ hơn 0"),
        ({"members": 7, "agree": 8, "against": -1}, "không đồng ý không thể nhỏ hơn 0"),
    ],
)
def test_impossible_counts(law: Law, counts: dict[str, int], reason: str) -> None:
    with pytest.raises(RuleBroken, match=reason):
        vote_verdict(law, "GKX", AUTUMN_2026, **counts)


@given(st.integers(1, 60), st.integers(1, 100), st.booleans())
def test_needed_is_the_least_that_reaches_the_threshold(members: int, percent: int, strict: bool) -> None:
    needed = needed_votes(members, Fraction(percent), strict)

    def reaches(votes: int) -> bool:
        return votes * 100 > percent * members if strict else votes * 100 >= percent * members

    assert reaches(needed) and not reaches(needed - 1)


@pytest.mark.parametrize(
    ("members", "present", "met", "needed"),
    [(7, 4, False, 5), (7, 5, True, 5), (9, 6, True, 6), (9, 5, False, 6), (1, 1, True, 1)],
)
def test_quorum(law: Law, members: int, present: int, met: bool, needed: int) -> None:
    verdict = quorum_verdict(law, AUTUMN_2026, members=members, present=present)
    assert (verdict.met, verdict.needed) == (met, needed)
    assert f"có mặt {present}/{members}" in verdict.arithmetic and "2/3" in verdict.arithmetic
    assert not verdict.confirmed


def test_more_present_than_members(law: Law) -> None:
    with pytest.raises(RuleBroken, match="nhiều hơn 7 thành viên"):
        quorum_verdict(law, AUTUMN_2026, members=7, present=8)


# ── money ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("subject", "day", "raw", "rounded", "words"),
    [
        ("person", AUTUMN_2021, "223500", 230_000, "Hai trăm ba mươi nghìn đồng"),
        ("collective", AUTUMN_2021, "447000", 450_000, "Bốn trăm năm mươi nghìn đồng"),
        ("person", date(2023, 7, 1), "270000", 270_000, "Hai trăm bảy mươi nghìn đồng"),
        ("collective", date(2024, 1, 1), "540000", 540_000, "Năm trăm bốn mươi nghìn đồng"),
        ("person", date(2024, 7, 1), "351000", 360_000, "Ba trăm sáu mươi nghìn đồng"),
        ("person", date(2025, 7, 1), "702000", 710_000, "Bảy trăm mười nghìn đồng"),
        ("collective", date(2026, 6, 30), "1404000", 1_410_000, "Một triệu bốn trăm mười nghìn đồng"),
        ("household", date(2026, 6, 30), "1053000", 1_060_000, "Một triệu không trăm sáu mươi nghìn đồng"),
        ("person", date(2026, 7, 1), "759000", 760_000, "Bảy trăm sáu mươi nghìn đồng"),
        ("household", AUTUMN_2026, "1138500", 1_140_000, "Một triệu một trăm bốn mươi nghìn đồng"),
        ("collective", AUTUMN_2026, "1518000", 1_520_000, "Một triệu năm trăm hai mươi nghìn đồng"),
    ],
)
def test_money_of_the_giay_khen(law: Law, subject: str, day: date, raw: str, rounded: int, words: str) -> None:
    money = prize_money(law, "GKX", subject, day).money
    assert (money.raw, money.rounded, money.words) == (Decimal(raw), rounded, words)


SALARIES = [1_490_000, 1_800_000, 2_340_000, 2_530_000]


@pytest.mark.parametrize(
    ("coefficient", "rounded"),
    [
        ("0.3", [450_000, 540_000, 710_000, 760_000]),  # LĐTT
        ("1.0", [1_490_000, 1_800_000, 2_340_000, 2_530_000]),  # CSTĐCS
        ("0.8", [1_200_000, 1_440_000, 1_880_000, 2_030_000]),  # TTLĐTT
        ("1.5", [2_240_000, 2_700_000, 3_510_000, 3_800_000]),  # thôn văn hóa
        ("2.0", [2_980_000, 3_600_000, 4_680_000, 5_060_000]),  # xã tiêu biểu
        ("4.5", [6_710_000, 8_100_000, 10_530_000, 11_390_000]),  # CSTĐ toàn quốc
        ("12.0", [17_880_000, 21_600_000, 28_080_000, 30_360_000]),  # Cờ của Chính phủ
    ],
)
def test_every_salary_rounded_up(coefficient: str, rounded: list[int]) -> None:
    assert [calculate_prize(Decimal(coefficient), base, "ceil_10k").rounded for base in SALARIES] == rounded


def test_the_three_readings_of_the_rounding_clause() -> None:
    assert [round_prize(Decimal(223_500), rule) for rule in ("ceil_10k", "nearest_10k", "none")] == [
        230_000,
        220_000,
        223_500,
    ]
    assert round_prize(Decimal(225_000), "nearest_10k") == 230_000
    assert round_prize(Decimal(230_000), "ceil_10k") == 230_000
    with pytest.raises(KeyError):
        round_prize(Decimal(1), "down")


def test_prize_money_shows_its_calculation_and_what_is_not_confirmed(law: Law) -> None:
    price = prize_money(law, "GKX", "household", AUTUMN_2026)
    assert price.money.arithmetic == "0,45 × 2.530.000 = 1.138.500 → 1.140.000 đồng"
    assert [basis.code for basis in price.grounds] == ["GKX.coefficient", "base_salary", "award.rounding"]
    assert [basis.confirmed for basis in price.grounds] == [True, True, False]
    assert price.facts()["money"]["raw"] == "1138500.00"
    assert calculate_prize(Decimal("1.0"), 1_800_000, "ceil_10k").arithmetic == "1 × 1.800.000 = 1.800.000 đồng"


COEFFICIENTS = st.decimals("0.05", "20", places=3)


@given(COEFFICIENTS, COEFFICIENTS, st.integers(1, 10**8), st.sampled_from(["ceil_10k", "nearest_10k", "none"]))
def test_money_is_exact_near_and_monotone(one: Decimal, other: Decimal, base: int, rule: str) -> None:
    money = calculate_prize(one, base, rule)
    assert Fraction(money.raw) == Fraction(one) * base
    assert abs(money.rounded - money.raw) < 10_000
    if rule == "ceil_10k":
        assert money.rounded >= money.raw and money.rounded % 10_000 == 0
    more = calculate_prize(max(one, other), base, rule).rounded
    assert more >= money.rounded
    assert calculate_prize(one, base + 10_000, rule).rounded >= money.rounded


# ── files and deciders ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("subject", ["person", "household", "collective"])
@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("CT", ["request", "report", "minutes"]),
        ("PT", ["request", "report", "minutes"]),
        ("DX", ["request", "summary"]),
    ],
)
def test_the_papers_of_a_file(law: Law, subject: str, kind: str, codes: list[str]) -> None:
    for day in (AUTUMN_2021, date(2024, 5, 1), date(2025, 7, 1), AUTUMN_2026, date(2027, 3, 1)):
        checklist = file_checklist(law, "GKX", kind, subject, day)
        assert [item.code for item in checklist.items] == codes
        assert [item.code for item in checklist.missing({"request"})] == codes[1:]
        assert checklist.missing(set(codes)) == []
        assert checklist.citation


def test_the_report_has_the_number_of_its_form(law: Law) -> None:
    forms = [item.form for item in file_checklist(law, "GKX", "DX", "person", AUTUMN_2021).items]
    assert forms == ["", "Mẫu số 06"]
    assert all(not item.form for item in file_checklist(law, "GKX", "CT", "person", date(2024, 5, 1)).items)


@pytest.mark.parametrize(
    ("award", "day", "code"),
    [
        ("GKX", AUTUMN_2021, "chair_commune"),
        ("GKX", AUTUMN_2026, "chair_commune"),
        ("LDTT", date(2024, 5, 1), "chair_commune"),
        ("CSTDCS", date(2025, 6, 30), "chair_district"),
        ("CSTDCS", date(2025, 7, 1), "chair_commune"),
    ],
)
def test_who_decides(law: Law, award: str, day: date, code: str) -> None:
    verdict = award_decider(law, award, day)
    assert verdict.code == code
    assert verdict.label.startswith("Chủ tịch Ủy ban nhân dân ")
