"""Properties of every case, however odd, checked with Hypothesis."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from emulation.core.errors import RuleBroken
from emulation.core.formatting import LARGEST_NUMBER, money_in_words
from emulation.legal.engine.loader import shipped_statutes
from emulation.legal.engine.rules import facts
from emulation.legal.engine.rules.batch import judge_batch
from emulation.legal.engine.rules.case_parser import KIND_CODES, parse_case, parse_votes
from emulation.legal.engine.rules.council import needed_votes, vote_verdict
from emulation.legal.engine.rules.eligibility import EligibilityVerdict, judge
from emulation.legal.engine.rules.money import calculate_prize, has_prize_money, prize_money
from emulation.legal.tests.test_cases import ELIGIBLE_CASE

LAW = shipped_statutes().law
AWARDS = sorted(LAW.awards)
SUBJECTS = ["person", "household", "collective"]
DAYS = st.dates(date(2018, 7, 1), date(2030, 12, 31))
YEARS = st.integers(2016, 2031)
ROWS = st.builds(
    facts.PriorAward, st.sampled_from(AWARDS), YEARS, st.sampled_from(["CT", "DX", "PT", "CH"]), on=st.none() | DAYS
)
RECORDS = st.lists(ROWS, max_size=12)
LEVELS = st.sampled_from(sorted(facts.LEVELS))
COUNTS = st.none() | st.integers(0, 40)


def spans(kinds: dict[str, str], result: bool = False) -> st.SearchStrategy[Any]:
    ends = st.tuples(st.none() | DAYS, st.none() | DAYS).map(
        lambda two: (min(two), max(two)) if None not in two else two  # type: ignore[type-var]
    )
    results = st.sampled_from(["", *facts.RESULTS]) if result else st.just("")
    one = st.builds(
        lambda kind, two, how: facts.DatedFact(kind, *two, how), st.sampled_from(sorted(kinds)), ends, results
    )
    return st.none() | st.lists(one, max_size=2).map(tuple)


INITIATIVES = st.builds(
    facts.InitiativeFact, YEARS, st.sampled_from(sorted(facts.SCOPES)), st.sampled_from(["", "CSTDCS 2024", "BKT 2024"])
)
PEOPLE = st.builds(facts.CaseSubject, st.sampled_from(SUBJECTS)) | st.builds(
    facts.CaseSubject,
    kind=st.sampled_from(SUBJECTS),
    work=st.sampled_from([None, "official", "worker", "leader", "pupil", "unknown"]),
    evaluation=st.dictionaries(YEARS, LEVELS, max_size=6),
    initiatives=st.none() | st.lists(INITIATIVES, max_size=3).map(tuple),
    discipline=spans(facts.DISCIPLINES),
    pending=spans(facts.PENDINGS),
    leave=spans(facts.LEAVES, result=True),
    joined=st.none() | DAYS,
    members=st.builds(facts.MemberCounts, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS),
    registered=st.none() | st.booleans(),
    dissolved_on=st.none() | DAYS,
)


@st.composite
def cases(draw: st.DrawFn) -> facts.EligibilityCase:
    received = draw(DAYS)
    decided = received + timedelta(days=draw(st.integers(0, 120)))
    record = draw(st.none() | RECORDS.map(facts.AwardRecord))
    return facts.EligibilityCase(
        award=draw(st.sampled_from(AWARDS)),
        year=draw(st.integers(decided.year - 2, decided.year)),
        subject=draw(PEOPLE),
        received=received,
        decided=decided,
        record=record,
        kind=draw(st.sampled_from(["CT", "DX", "PT"])),
    )


def with_record(case: facts.EligibilityCase, rows: list[facts.PriorAward]) -> facts.EligibilityCase:
    return facts.EligibilityCase(
        case.award, case.year, case.subject, case.received, case.decided, facts.AwardRecord(rows), case.kind
    )


def has_been_awarded(verdict: EligibilityVerdict) -> dict[str, bool | None]:
    """The conditions that need earlier awards: chains and lower titles, not `once`, which needs their absence."""
    return {one.code: one.met for one in verdict.findings if one.code in ("chain", "prior", "base")}


CHAINED = ["CSTDCS", "CSTDT", "CSTDTQ", "COCP", "GK_GDVH", "BKT"]
BASES = ["LDTT", "CSTDCS", "CSTDT", "COTDT", "GDVH", "TTLDXS"]


@given(
    cases(),
    st.sampled_from(CHAINED),
    st.lists(st.tuples(st.sampled_from(BASES), st.integers(-7, 1)), max_size=8),
    RECORDS,
)
def test_more_awards_never_break_a_condition_on_earlier_awards(
    case: facts.EligibilityCase, award: str, near: list[tuple[str, int]], more: list[facts.PriorAward]
) -> None:
    """Further awards on record, later, of another kind or repeated, never make a met condition unmet."""
    case = facts.EligibilityCase(award, case.year, case.subject, case.received, case.decided, None, case.kind)
    rows = [facts.PriorAward(code, case.year + step) for code, step in near]
    before = has_been_awarded(judge(LAW, with_record(case, rows)))
    after = has_been_awarded(judge(LAW, with_record(case, [*rows, *more])))
    assert before.keys() == after.keys()
    assert all(after[code] is True for code, met in before.items() if met is True)


@given(cases(), RECORDS, st.randoms())
def test_the_order_of_the_record_does_not_matter(
    case: facts.EligibilityCase, rows: list[facts.PriorAward], random: Any
) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    before, after = (judge(LAW, with_record(case, one)) for one in (rows, shuffled))
    assert before.eligible is after.eligible
    assert [(one.code, one.met) for one in before.findings] == [(one.code, one.met) for one in after.findings]


@given(cases())
def test_not_eligible_if_and_only_if_a_deciding_condition_is_not_met(case: facts.EligibilityCase) -> None:
    verdict = judge(LAW, case)
    assert verdict.eligible is expected_result(verdict)


def expected_result(verdict: EligibilityVerdict) -> bool | None:
    if any(one.met is False and one.weighs in ("block", "lenient") for one in verdict.findings):
        return False
    return None if any(one.met is None and one.weighs == "block" for one in verdict.findings) else True


@given(cases())
def test_findings_have_a_code_a_citation_and_evidence(case: facts.EligibilityCase) -> None:
    verdict = judge(LAW, case)
    assert len({one.code for one in verdict.findings}) == len(verdict.findings)
    assert all(one.citation and one.says for one in verdict.findings)
    assert all(one.met is not False or one.weighs != "judgement" for one in verdict.findings)


@given(cases())
def test_a_dissolved_unit_is_only_a_warning(case: facts.EligibilityCase) -> None:
    for finding in judge(LAW, case).findings:
        if finding.code == "dissolved":
            assert finding.weighs == "warning" and case.subject.kind == "collective"
            assert case.received >= date(2025, 8, 5)


@given(cases(), st.sampled_from(["evaluation", "initiatives", "discipline", "pending", "joined", "registered"]))
def test_knowing_less_never_turns_no_into_yes(case: facts.EligibilityCase, key: str) -> None:
    fields = {name: getattr(case.subject, name) for name in case.subject.__slots__}
    less = facts.CaseSubject(**{**fields, key: {} if key == "evaluation" else None})
    before = judge(LAW, case)
    after = judge(
        LAW, facts.EligibilityCase(case.award, case.year, less, case.received, case.decided, case.record, case.kind)
    )
    lenient = {one.code for one in before.findings if one.weighs == "lenient"}
    against = {one.code for one in before.against}
    assert not (before.eligible is False and after.eligible is True and not against & lenient)


@given(cases())
def test_an_unknown_group_decides_nothing_that_a_group_would_decide_otherwise(case: facts.EligibilityCase) -> None:
    unknown, *known = (
        judge(LAW, replace(case, subject=replace(case.subject, work=work)))
        for work in ("unknown", "official", "leader", "worker", "pupil")
    )
    asked = set(chain.from_iterable(codes_of(verdict) for verdict in known)) - codes_of(unknown)
    assert bool(asked) is ("work" in codes_of(unknown))
    for verdict in known:
        if unknown.eligible is False:
            assert verdict.eligible is False
        if unknown.eligible is True:
            assert expected_result(verdict) is not None and not verdict.unknown


def codes_of(verdict: EligibilityVerdict) -> set[str]:
    return {finding.code for finding in verdict.findings}


# ── money ────────────────────────────────────────────────────────────────────────────────────────

COEFFICIENTS = st.decimals("0", "20", places=3)
SALARIES = st.integers(1, 10**8)


@given(COEFFICIENTS, COEFFICIENTS, SALARIES, SALARIES)
@example(Decimal("0.15"), Decimal("0.3"), 1_490_000, 2_530_000)
def test_money_grows_with_coefficient_and_salary_and_is_rounded_up(
    one: Decimal, other: Decimal, base: int, salary: int
) -> None:
    low = calculate_prize(min(one, other), min(base, salary), "ceil_10k")
    assert calculate_prize(max(one, other), min(base, salary), "ceil_10k").rounded >= low.rounded
    assert calculate_prize(min(one, other), max(base, salary), "ceil_10k").rounded >= low.rounded
    assert 0 <= low.rounded - Fraction(low.raw) < 10_000
    assert low.rounded % 10_000 == 0
    assert Fraction(low.raw) == Fraction(low.coefficient) * low.base


@given(st.sampled_from([award for award in AWARDS if has_prize_money(LAW, award)]), DAYS, DAYS)
def test_no_award_pays_less_on_a_later_day_but_the_district_s(award: str, one: date, other: date) -> None:
    """No coefficient and no salary of section 2.4 ever fell; only giấy khen huyện ended."""
    for subject in LAW.award(award).subjects:
        before, after = (prize_money(LAW, award, subject, day).money.rounded for day in sorted((one, other)))
        assert after >= before or award == "GKH"


# ── votes ────────────────────────────────────────────────────────────────────────────────────────


@given(st.integers(1, 200), st.fractions(Fraction(1, 10), 100, max_denominator=10), st.booleans())
def test_needed_is_the_least_number_of_votes_that_passes(members: int, percent: Fraction, strict: bool) -> None:
    def passes(votes: int) -> bool:
        share = Fraction(100 * votes, members)
        return share > percent if strict else share >= percent

    assert needed_votes(members, percent, strict) == next(votes for votes in range(members + 2) if passes(votes))


VOTED = [award for award in AWARDS if f"{award}.vote" in LAW.codes]


@given(st.sampled_from(VOTED), DAYS, st.integers(1, 40), st.data())
def test_one_more_vote_never_loses(award: str, on: date, members: int, data: st.DataObject) -> None:
    agree = data.draw(st.integers(0, members))
    against = data.draw(st.integers(0, members - agree))
    vote = vote_verdict(LAW, award, on, members=members, agree=agree, against=against)
    assert vote.passed is (agree >= vote.needed)
    assert vote.absent_from_vote == members - agree - against
    if agree < members:
        assert vote_verdict(LAW, award, on, members=members, agree=agree + 1, against=0).passed >= vote.passed


# ── any JSON as input ────────────────────────────────────────────────────────────────────────────

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
WORDS = st.sampled_from(
    [
        *(
            *AWARDS,
            *SUBJECTS,
            *KIND_CODES,
            *facts.LEVELS,
            *facts.DISCIPLINES,
            *facts.PENDINGS,
            *facts.LEAVES,
            *facts.SCOPES,
        ),
        *("2025-11-15", "2024-02-29", "2025-02-29", "9999-12-31", "0001-01-01", "2025", "official", "khiển trách"),
    ]
)
KEYS = st.sampled_from(
    [
        "id",
        "on",
        "award",
        "year",
        "kind",
        "subject",
        "record",
        "received",
        "decided_on",
        "votes",
        "work",
        "evaluation",
        "initiatives",
        "discipline",
        "pending",
        "leave",
        "joined",
        "members",
        "registered",
        "dissolved_on",
        "date",
        "scope",
        "used_for",
        "title",
        "from",
        "until",
        "result",
        "total",
        "ldtt",
        "women",
        "disciplined",
        "cstdcs",
        "completed",
        "agree",
        "against",
        "invalid",
        "decision",
        "2025",
    ]
)
ANY = st.recursive(
    SCALARS | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=3), inner, max_size=6),
    max_leaves=12,
)


def with_value(data: Any, path: list[str], value: Any) -> Any:
    """A copy of the data with the value at this path."""
    if not path:
        return value
    fields = dict(data) if isinstance(data, dict) else {}
    return {**fields, path[0]: with_value(fields.get(path[0]), path[1:], value)}


PLACES = [
    *([key] for key in ("id", "on", "award", "year", "kind", "subject", "record", "received", "decided_on", "votes")),
    *(
        ["subject", key]
        for key in sorted(set(ELIGIBLE_CASE["subject"]) | {"members", "dissolved_on", "woman", "received"})
    ),
    *(["votes", key] for key in ("members", "agree", "against", "invalid")),
    *(["subject", "members", key] for key in ("total", "ldtt", "women", "disciplined")),
]


def parse(data: Any) -> None:
    """Parses the case and its votes; any error must be a RuleBroken with a message."""
    for parser in (lambda: parse_case(LAW, data), lambda: parse_votes(data.get("votes"))):
        try:
            parser()
        except RuleBroken as broken:
            assert broken.message


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(ANY, ANY, st.sampled_from(PLACES), st.sampled_from(AWARDS))
def test_any_input_gives_a_verdict_or_an_error(odd: Any, value: Any, path: list[str], award: str) -> None:
    good = {**ELIGIBLE_CASE, "award": award}
    changed = with_value(good, path, value)
    if isinstance(odd, dict):
        parse(odd)
    parse(changed)
    found = judge_batch(LAW, [odd, changed, {**good, "id": "the last"}])
    assert [("error" in one) != ("eligible" in one) for one in found] == [True] * 3
    assert found[-1]["id"] == "the last" and "eligible" in found[-1]
    json.dumps(found, ensure_ascii=False)


SPAN = st.fixed_dictionaries(
    {"kind": WORDS}, optional={"from": WORDS | SCALARS, "until": WORDS | SCALARS, "result": WORDS | SCALARS}
)


@given(st.sampled_from(["discipline", "pending", "leave"]), st.lists(SPAN | WORDS, max_size=3), st.sampled_from(AWARDS))
@example("leave", [{"kind": "study", "from": "2024-09-01", "until": "9999-12-31"}], "LDTT")
def test_any_dated_facts_give_a_verdict_or_an_error(key: str, rows: list[Any], award: str) -> None:
    [found] = judge_batch(LAW, [{**ELIGIBLE_CASE, "award": award, "subject": {**ELIGIBLE_CASE["subject"], key: rows}}])
    assert ("error" in found) != ("eligible" in found)


# ── money in words ───────────────────────────────────────────────────────────────────────────────

DIGITS = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5}
DIGITS |= {"sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
UNITS = {"nghìn": 10**3, "triệu": 10**6}


def read_aloud(words: str) -> int:
    """The number written in words; an independent reader, recursive on the largest unit."""
    tokens = words.split()
    if "tỷ" in tokens:
        at = len(tokens) - 1 - tokens[::-1].index("tỷ")
        return read_aloud(" ".join(tokens[:at])) * 10**9 + read_aloud(" ".join(tokens[at + 1 :]))
    total = 0
    group = 0
    for token in tokens:
        if token in UNITS:
            total += group * UNITS[token]
            group = 0
        elif token == "trăm":
            group *= 100
        elif token == "mươi":
            group = group - group % 10 + group % 10 * 10
        elif token == "mười":
            group += 10
        elif token != "linh":
            group += DIGITS[token]
    return total + group


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("mười lăm", 15),
        ("hai mươi mốt", 21),
        ("một trăm linh năm", 105),
        ("hai trăm ba mươi nghìn", 230_000),
        ("một triệu không trăm sáu mươi nghìn", 1_060_000),
        ("một nghìn tỷ không trăm linh năm", 10**12 + 5),
    ],
)
def test_the_reader_reads(words: str, number: int) -> None:
    assert read_aloud(words) == number


@given(COEFFICIENTS, SALARIES)
def test_prize_money_in_words_is_the_sum(coefficient: Decimal, base: int) -> None:
    money = calculate_prize(coefficient, base, "ceil_10k")
    assert money.words.endswith(" đồng") and money.words[0].isupper()
    assert read_aloud(money.words.removesuffix(" đồng").lower()) == money.rounded


@given(st.integers(0, LARGEST_NUMBER))
def test_any_sum_in_words_reads_back(amount: int) -> None:
    assert read_aloud(money_in_words(amount).removesuffix(" đồng").lower()) == amount
