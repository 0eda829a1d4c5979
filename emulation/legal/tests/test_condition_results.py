"""The evidence and the demand that each test of a condition gives: the words from which a file is completed."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from emulation.core.errors import RuleBroken
from emulation.legal.engine.checker import shape_problem
from emulation.legal.engine.law import CaseDates, Citation, Law
from emulation.legal.engine.loader import shipped_statutes
from emulation.legal.engine.rules.case_parser import parse_case
from emulation.legal.engine.rules.condition_base import ConditionResult
from emulation.legal.engine.rules.condition_text import demand_text
from emulation.legal.engine.rules.conditions import run_condition_test
from emulation.legal.engine.rules.eligibility import eligibility_outlook, judge
from emulation.legal.engine.rules.facts import EligibilityCase
from emulation.legal.engine.rules.finding import Finding
from emulation.legal.engine.rules.ranking import award_quota
from emulation.legal.engine.special_days import SpecialDay
from emulation.legal.engine.value_text import describe_content, question_label, scope_text
from emulation.legal.tests.test_cases import case_of

LAW = shipped_statutes().law
DAY = date(2025, 11, 15)


@dataclass(frozen=True)
class LawOnly:
    """The context of a test: the law, and the verdict on another award."""

    law: Law = LAW

    def meets(self, case: EligibilityCase) -> bool | None:
        return judge(self.law, case).eligible


def result(test: dict[str, Any], **row: Any) -> ConditionResult:
    """The result of one test for an official, judged on 15/11/2025."""
    case = parse_case(LAW, case_of({"on": "2025-11-15", "base": "official", "award": "GKX", **row}))
    return run_condition_test(test, case, LawOnly())


# ── discipline, open cases, leave ────────────────────────────────────────────────────────────────

REPRIMAND = {"name": "no_discipline", "from": "khien_trach"}


@pytest.mark.parametrize(
    ("measure", "met"),
    [
        ({"kind": "canh_cao"}, False),  # its day is not known: it is taken as one of this year
        ({"kind": "canh_cao", "from": "2025-03-01", "until": "2026-03-01"}, False),
        ({"kind": "canh_cao", "from": "2024-06-01", "until": "2025-06-01"}, False),  # runs into the year
        ({"kind": "canh_cao", "from": "2023-06-01", "until": "2024-06-01"}, True),
    ],
)
def test_a_measure_that_falls_in_the_year_counts(measure: dict[str, str], met: bool) -> None:
    assert result(REPRIMAND, set={"discipline": [measure]}).met is met


@pytest.mark.parametrize(
    "kind", ["khien_trach", "canh_cao", "ha_bac_luong", "giang_chuc", "cach_chuc", "buoc_thoi_viec"]
)
def test_measures_are_ordered_by_severity(kind: str) -> None:
    row = {"kind": kind, "from": "2025-03-01", "until": "2026-03-01"}
    severe = result({"name": "no_discipline", "from": "canh_cao"}, set={"discipline": [row]})
    assert severe.met is (kind == "khien_trach")


def test_a_measure_is_read_by_code_and_by_name() -> None:
    by_name = result(REPRIMAND, set={"discipline": [{"kind": "Cảnh cáo", "from": "2025-03-01"}]})
    assert by_name == result(REPRIMAND, set={"discipline": [{"kind": "canh_cao", "from": "2025-03-01"}]})
    assert by_name.says == "bị cảnh cáo từ 01/03/2025."


def test_a_running_measure_names_the_day_after_which_achievements_count() -> None:
    rows = [
        {"kind": "khien_trach", "from": "2025-09-01", "until": "2025-12-01"},
        {"kind": "canh_cao", "from": "2025-10-01", "until": "2026-10-01"},
    ]
    over = {"name": "discipline_over"}
    assert result(over, set={"discipline": rows}).needs == "Thành tích tính từ sau ngày 01/10/2026."
    open_end = result(over, set={"discipline": [{"kind": "canh_cao", "from": "2025-10-01"}]})
    assert open_end.needs == "Thành tích tính từ khi hết thời hạn kỷ luật."


def test_open_cases_are_named_in_one_sentence() -> None:
    rows = [{"kind": "discipline", "from": "2025-10-01"}, {"kind": "complaint", "from": "2025-10-01"}]
    found = result({"name": "nothing_pending"}, set={"pending": rows})
    assert found.says == "Đang xem xét kỷ luật; đang xác minh khiếu nại, tố cáo, phản ánh."


@pytest.mark.parametrize(
    ("until", "met"), [("2025-01-15", None), ("2024-12-31", True), ("2025-02-15", None)]
)  # other leave is left to the council
def test_leave_counts_from_the_first_day_of_the_year(until: str, met: bool | None) -> None:
    rows = [{"kind": "sick", "from": "2024-11-01", "until": until}]
    assert result({"name": "leave_counts"}, set={"leave": rows}).met is met


@pytest.mark.parametrize(("grade", "met"), [("average", False), ("good", True), ("excellent", True), ("", None)])
def test_long_training_counts_from_the_grade_kha(grade: str, met: bool | None) -> None:
    row = {"kind": "study", "from": "2024-02-01", "until": "2025-06-30", **({"result": grade} if grade else {})}
    assert result({"name": "leave_counts"}, set={"leave": [row]}).met is met


# ── the demand is given only when it is not met ─────────────────────────────────────────────


@pytest.mark.parametrize(
    ("count", "met", "evidence", "needs"),
    [
        (2, True, "Có 2 cá nhân đạt Chiến sĩ thi đua cơ sở.", ""),
        (0, False, "Không có cá nhân đạt Chiến sĩ thi đua cơ sở.", "Có từ 01 cá nhân đạt Chiến sĩ thi đua cơ sở."),
    ],
)
def test_members_of_a_collective(count: int, met: bool, evidence: str, needs: str) -> None:
    found = result(
        {"name": "members", "of": "cstdcs", "least": 1}, base="collective", set={"members": {"cstdcs": count}}
    )
    assert (found.met, found.says, found.needs) == (met, evidence, needs)


def test_registration_is_asked_for_only_when_it_is_missing() -> None:
    assert result({"name": "registered"}).needs == ""
    assert result({"name": "registered"}, set={"registered": False}).needs == "Có đăng ký tham gia thi đua."


def test_a_lower_title_is_asked_for_only_when_it_is_not_met() -> None:
    test = {"name": "meets", "awards": ["LDTT"]}
    assert result(test).needs == "" and result(test).met is True
    failed = result(test, set={"evaluation": "failed"})
    assert failed.met is False and failed.needs == "Đạt tiêu chuẩn Lao động tiên tiến."


def test_an_award_of_the_same_year_is_named_with_its_decision() -> None:
    row = {"id": "x", "on": "2025-11-15", "award": "GKX", "year": 2025, "kind": "cong_trang"}
    earlier = {"award": "GKX", "year": 2025, "kind": "cong_trang"}
    subject = case_of({"on": "2025-11-15", "base": "official", "award": "GKX"})["subject"]
    for more, text in (({"decision": "12/QĐ-UBND"}, " (12/QĐ-UBND)."), ({}, " năm 2025.")):
        case = parse_case(LAW, {**row, "subject": subject, "record": [{**earlier, **more}]})
        once = run_condition_test({"name": "once_a_year"}, case, LawOnly())
        assert once.met is False and once.says.endswith(text)


@pytest.mark.parametrize(
    ("times", "needs"),
    [
        (1, "Đã được tặng Chiến sĩ thi đua cơ sở; còn thiếu 1 lần."),
        (2, "02 lần liên tục được tặng Chiến sĩ thi đua cơ sở; còn thiếu 2 lần."),
    ],
)
def test_a_chain_counts_what_is_missing(times: int, needs: str) -> None:
    assert result({"name": "chain", "awards": ["CSTDCS"], "times": times}).needs == needs


def test_an_initiative_of_a_lower_scope_is_named_as_such() -> None:
    rows = [{"year": 2025, "scope": "unit"}, {"year": 2025, "scope": "nation", "used_for": "BKT 2025"}]
    found = result({"name": "initiative", "scope": "province"}, set={"initiatives": rows})
    assert found.says == (
        "Có 0/1 sáng kiến, đề tài dùng được; năm 2025 đã dùng cho Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh năm 2025; "
        "năm 2025 cấp cơ sở."
    )


def test_a_use_that_names_no_award_is_shown_as_it_is() -> None:
    rows = [{"year": 2025, "scope": "unit", "used_for": "hồ sơ trước đây"}]
    assert (
        "đã dùng cho hồ sơ trước đây."
        in result({"name": "initiative", "scope": "unit"}, set={"initiatives": rows}).says
    )


def test_an_initiative_without_a_scope_is_one_of_the_unit() -> None:
    found = result({"name": "initiative", "scope": "unit"}, set={"initiatives": [{"year": 2025, "title": "Lịch tiêm"}]})
    assert found.met is True and found.says == "Có Lịch tiêm (cấp cơ sở trở lên)."


# ── findings and verdicts ────────────────────────────────────────────────────────────────────────


def finding(weighs: str, met: bool | None) -> Finding:
    return Finding((), "x", "X", met, weighs, "", "")


@pytest.mark.parametrize(
    ("weighs", "decides", "mandatory", "warns"),
    [
        ("block", True, True, False),
        ("lenient", True, False, False),
        ("warning", False, False, True),
        ("judgement", False, False, False),
    ],
)
def test_the_weight_of_a_condition(weighs: str, decides: bool, mandatory: bool, warns: bool) -> None:
    not_met = finding(weighs, False)
    assert (not_met.decides, not_met.is_blocking, not_met.is_mandatory, not_met.warns) == (
        decides,
        decides,
        mandatory,
        warns,
    )
    assert not finding(weighs, True).warns and not finding(weighs, None).warns
    assert not_met.weight


def test_the_name_of_the_lenient_weight() -> None:
    assert finding("lenient", None).weight == "bắt buộc, chưa biết thì không cản"


def test_what_may_go_on_with_a_written_reason() -> None:
    """A warning that asks for a reason, and a blocking condition whose article is not confirmed, but nothing that is met."""
    unconfirmed = next(basis for value in shipped_statutes().values if not (basis := LAW.legal_basis(value)).confirmed)
    assert replace(finding("warning", False), reason=True).needs_reason
    assert not finding("warning", False).needs_reason
    assert not replace(finding("warning", True), reason=True).needs_reason
    assert replace(finding("block", False), grounds=(unconfirmed,)).needs_reason
    assert not replace(finding("block", True), grounds=(unconfirmed,)).needs_reason


def test_a_verdict_sorts_its_findings() -> None:
    findings = (
        finding("block", False),
        finding("block", None),
        finding("block", True),
        finding("lenient", False),
        finding("lenient", None),
        finding("warning", False),
        finding("warning", None),
    )
    found = replace(verdict("GKX", "2025-11-15"), findings=findings)
    assert found.against == [findings[0], findings[3]]
    assert found.unknown == [findings[1]] and found.warnings == [findings[5]]


@pytest.mark.parametrize(("award", "asked"), [("CSTDT", True), ("COCP", False)])
def test_the_outlook_asks_for_the_initiative_of_a_title_that_needs_one(award: str, asked: bool) -> None:
    """Luật 2022 Điều 22: Chiến sĩ thi đua of the province needs a sáng kiến besides the chain of titles."""
    base = "collective" if award == "COCP" else "official"
    found = eligibility_outlook(LAW, parse_case(LAW, case_of({"on": "2025-11-15", "base": base, "award": award})))
    assert found is not None
    assert any("Có sáng kiến, đề tài theo yêu cầu" in line for line in found.missing) is asked


def verdict(award: str, day: str, base: str = "official") -> Any:
    return judge(LAW, parse_case(LAW, case_of({"on": day, "base": base, "award": award})))


def test_the_note_on_values_to_review_since_the_law_of_2026() -> None:
    """Luật 06/2026/QH16 in force on 1/10/2026: values of the decrees before it are to be reviewed."""
    assert verdict("LDTT", "2026-11-15").review.startswith("Cần rà soát")
    assert verdict("LDTT", "2025-11-15").review == ""


def test_an_award_that_nobody_gives_any_more_is_known_as_such() -> None:
    assert verdict("GK_GDVH", "2025-11-15", "household").decider.is_nobody
    assert not verdict("GKX", "2025-11-15").decider.is_nobody


# ── quota ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("given", "left"), [(0, 3), (2, 1), (3, 0), (5, 0)])
def test_the_quota_is_never_less_than_nothing(given: int, left: int) -> None:
    """NĐ 91/2017 Điều 9 khoản 3: at most 15 % of those with Lao động tiên tiến."""
    quota = award_quota(LAW, "CSTDCS", date(2021, 11, 15), base=20, given=given)
    assert (quota.most, quota.left) == (3, left)


@pytest.mark.parametrize(("base", "given"), [(-1, 0), (10, -1), (-1, -1)])
def test_negative_counts_are_refused(base: int, given: int) -> None:
    with pytest.raises(RuleBroken, match="nhỏ hơn 0"):
        award_quota(LAW, "CSTDCS", date(2021, 11, 15), base=base, given=given)


# ── demands in words ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("test", "part"),
    [
        ({"name": "initiative", "scope": "unit"}, "cấp cơ sở trở lên trong năm xét, chưa dùng"),
        ({"name": "initiative", "scope": "province", "years": 2}, "cấp tỉnh trở lên trong 02 năm gần nhất"),
        ({"name": "members", "of": "women", "least": 2}, "Có từ 02 cá nhân là nữ."),
        ({"name": "chain", "awards": ["CSTDCS"], "times": 2, "every": 2}, "mỗi lần cách nhau không quá 02 năm."),
        ({"name": "chain", "awards": ["CSTDCS"], "times": 2}, "02 lần liên tục được tặng Chiến sĩ thi đua cơ sở."),
        ({"name": "any_of", "of": [{"name": "months", "least": 10}, {"name": "judgement"}]}, "Từ 10 tháng trở lên."),
        (
            {"name": "any_of", "of": [{"name": "months", "least": 10}, {"name": "evaluation", "at_least": "good"}]},
            "Từ 10 tháng trở lên; hoặc đánh giá năm từ mức Hoàn thành tốt nhiệm vụ.",
        ),
    ],
)
def test_a_demand_in_words(test: dict[str, Any], part: str) -> None:
    assert demand_text(test, LAW, DAY).endswith(part) or part in demand_text(test, LAW, DAY)


def test_nobody_with_a_measure_needs_no_words() -> None:
    assert demand_text({"name": "members", "of": "disciplined", "most": 0}, LAW, DAY) == ""


def test_the_scope_of_a_value_in_words() -> None:
    assert scope_text([("person", "DX"), ("collective", "DX"), ("person", "")]) == "cá nhân, tập thể; đột xuất"
    assert scope_text([("person", "")]) == "cá nhân" and scope_text([("", "")]) == ""


def test_the_label_of_a_question_has_its_scope_in_brackets() -> None:
    label = LAW.codes["base_salary"].label
    assert question_label("base_salary", [("", "")]) == label
    assert question_label("GKX.coefficient", [("household", "")]).endswith(" (hộ gia đình)")
    assert question_label("no.question", [("person", "")]) == "no.question (cá nhân)"


def test_a_condition_is_described_by_its_label_and_weight() -> None:
    code = next(code for code in LAW.codes.values() if code.shape == "condition")
    assert describe_content({"label": "Có sáng kiến", "weighs": "block"}, code) == ["Có sáng kiến", "Bắt buộc"]


# ── shapes of contents, dates, days ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("code", "content", "problem"),
    [
        ("GKX.coefficient", "0.3", ""),
        ("GKX.coefficient", "0", ""),
        ("GKX.coefficient", "-0.1", "is negative"),
        ("GKX.coefficient", "ba", "is no number"),
        ("CSTDCS.quota", {}, ""),
        ("CSTDCS.quota", {"percent": 100, "of": "ldtt"}, ""),
        ("CSTDCS.quota", {"percent": 0, "of": "ldtt"}, "is no quota"),
        ("CSTDCS.quota", {"percent": 101, "of": "ldtt"}, "is no quota"),
        ("basis", [], "is no list"),
        ("basis", "Căn cứ", "is no list"),
        ("basis", [{"instrument": "LTDKT-2022", "text": "Luật"}], ""),
        ("basis", [{"instrument": "LTDKT-2022", "text": ""}], "lacks instrument or text"),
        ("basis", [{"instrument": "LTDKT-2022"}], "lacks instrument or text"),
        ("basis", ["LTDKT-2022"], "lacks instrument or text"),
    ],
)
def test_contents_of_the_wrong_shape_are_found(code: str, content: Any, problem: str) -> None:
    found = shape_problem(LAW.codes[code], content)
    assert problem in found if problem else found == ""


def test_a_case_has_four_dates() -> None:
    dates = CaseDates(date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1), date(2025, 4, 1))
    selected = [dates.selected_by(name).month for name in ("period", "received", "decided", "issued")]
    assert selected == [1, 2, 3, 4]


def test_a_day_off_and_a_day_made_up() -> None:
    citation = Citation("", "")
    assert SpecialDay(DAY, "off", "Nghỉ", citation, "").is_off
    assert not SpecialDay(DAY, "work", "Làm bù", citation, "").is_off
