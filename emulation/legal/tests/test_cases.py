"""Cases judged by hand from the reference of the law, compared with the verdicts of `manage.py judge`.

A row of `cases/*.toml` is a short form of a case of that command: it starts from its group and from a named subject
(`base`, subjects.toml), `set` changes keys of the subject, `drop` removes keys (a missing key is not known),
`record` lists "AWARD YEAR [kind] [day of the decision]". Expected results:

    eligible     true, false, "unknown", or "open" where the reference does not settle it
    met, not_met, unknown, absent    codes of conditions
    sure, doubtful                   codes whose article is confirmed, or not
    fresh, stale                     codes based on values that need review (stale), or not
    cite, says   by code, a part of the citation, of the evidence
    basis, no_basis   parts of the căn cứ lines that must, or must not, be there
    decider, review, money (false: none), vote    as in the verdict
    why          the article, or the place in the reference (C, W: its corrections)
"""

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from emulation.legal.engine.law import Law
from emulation.legal.engine.loader import shipped_statutes
from emulation.legal.engine.rules.batch import judge_batch
from emulation.legal.engine.rules.case_parser import parse_case
from emulation.legal.engine.rules.council import quorum_verdict
from emulation.legal.engine.rules.eligibility import judge
from emulation.legal.engine.rules.money import prize_money
from emulation.legal.engine.rules.ranking import award_quota

CASES = Path(__file__).parent / "cases"
REASONED = ("r1", "r2", "r3", "r4_r5", "edges")
YEARS = [str(year) for year in range(2017, 2029)]
ELIGIBLE = {True: True, False: False, "unknown": None}


def load_case_table(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


SUBJECTS = load_case_table("subjects")


def merge_rows(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """`new` merged over `old`, nested tables key by key; the value "drop" removes a key."""
    found = dict(old)
    for key, value in new.items():
        found[key] = (
            merge_rows(found[key], value) if isinstance(value, dict) and isinstance(found.get(key), dict) else value
        )
    return {key: value for key, value in found.items() if value != "drop"}


def subject(row: dict[str, Any]) -> dict[str, Any]:
    data = dict(SUBJECTS[row["base"]])
    if isinstance(data.get("evaluation"), str):
        data["evaluation"] = dict.fromkeys(YEARS, data["evaluation"])
    data = {key: value for key, value in data.items() if key not in row.get("drop", "").split()}
    changes = dict(row.get("set", {}))
    if isinstance(changes.get("evaluation"), str):
        changes["evaluation"] = dict.fromkeys(YEARS, changes["evaluation"])
    return merge_rows(data, changes)


def award_row(text: str) -> dict[str, Any]:
    award, year, *more = text.split()
    row: dict[str, Any] = {"award": award, "year": int(year), "kind": "cong_trang"}
    for word in more:
        row["date" if word[0].isdigit() else "kind"] = word
    return row


def case_of(row: dict[str, Any]) -> dict[str, Any]:
    """The row in the format of `manage.py judge`."""
    data = {key: row[key] for key in ("on", "award", "received", "decided_on", "kind", "votes") if key in row}
    data |= {"id": row.get("id", "case"), "year": row.get("year", int(row["on"][:4])), "subject": subject(row)}
    if "record" not in row.get("drop", ""):
        data["record"] = [award_row(text) for text in row.get("record", [])]
    return data


def reasoned_rows() -> Iterator[Any]:
    for name in REASONED:
        for group in load_case_table(name)["group"]:
            for row in group["rows"]:
                full = {**{key: value for key, value in group.items() if key != "rows"}, **row}
                full["set"] = {**group.get("set", {}), **row.get("set", {})}
                yield pytest.param(full, id=f"{name}: {full['award']} {full['on']}: {row['why']}")


ROWS = list(reasoned_rows())


@pytest.fixture(scope="module")
def law() -> Law:
    return shipped_statutes().law


def verdict_as_json(law: Law, data: dict[str, Any]) -> dict[str, Any]:
    """The verdict of the command, with input and output converted to JSON and back."""
    [found] = json.loads(json.dumps(judge_batch(law, json.loads(json.dumps([data])))))
    assert "error" not in found, found
    assert "ignored" not in found, found
    return found


def test_there_are_enough_reasoned_cases() -> None:
    assert len(ROWS) >= 220
    assert len({param.id for param in ROWS}) == len(ROWS)
    text = " ".join(param.values[0]["why"] for param in ROWS)
    assert all(
        re.search(rf"\b{place}\b", text) for place in ("C9", "C11", "C12", "C13", "C16", "C17", "W1", "W2", "W3", "W9")
    )


@pytest.mark.parametrize("row", ROWS)
def test_a_case_reasoned_by_hand(law: Law, row: dict[str, Any]) -> None:
    found = verdict_as_json(law, case_of(row))
    conditions = {one["code"]: one for one in found["conditions"]}
    assert len(conditions) == len(found["conditions"])
    if row["eligible"] != "open":
        assert found["eligible"] is ELIGIBLE[row["eligible"]], conditions
    assert_conditions_as_expected(row, conditions)
    assert_rest_as_expected(row, found)
    if "fresh" in row or "stale" in row:
        review = {one.code: one.needs_review for one in judge(law, parse_case(law, case_of(row))).findings}
        assert not any(review[code] for code in row.get("fresh", "").split())
        assert all(review[code] for code in row.get("stale", "").split())


EXPECTED = [
    ("met", "met", True),
    ("not_met", "met", False),
    ("unknown", "met", None),
    ("sure", "confirmed", True),
    ("doubtful", "confirmed", False),
]


def assert_conditions_as_expected(row: dict[str, Any], conditions: dict[str, dict[str, Any]]) -> None:
    for key, field, value in EXPECTED:
        for code in row.get(key, "").split():
            assert conditions[code][field] is value, conditions[code]
    assert not set(row.get("absent", "").split()) & set(conditions)
    for key, field in (("cite", "citation"), ("says", "says")):
        for code, part in row.get(key, {}).items():
            assert part in conditions[code][field]


def assert_rest_as_expected(row: dict[str, Any], found: dict[str, Any]) -> None:
    assert found["decider"] == row.get("decider", found["decider"])
    assert found["needs_review"] is row.get("review", found["needs_review"])
    lines = "\n".join(found["basis"])
    assert all(part in lines for part in row.get("basis", ())), lines
    assert not any(part in lines for part in row.get("no_basis", ())), lines
    if row.get("money") is False:
        assert found["money"] is None
    for part in ("money", "vote"):
        if row.get(part):
            assert_agrees(found[part], row[part])


def assert_agrees(found: dict[str, Any], expected: dict[str, Any]) -> None:
    for key, value in expected.items():
        if key == "cite":
            assert value in found["citation"]
        else:
            assert found[key] == value, (key, found)


def test_every_condition_has_an_article_and_evidence(law: Law) -> None:
    for param in ROWS:
        for one in verdict_as_json(law, case_of(param.values[0]))["conditions"]:
            assert one["citation"] and one["label"] and one["says"], (param.id, one)
            assert isinstance(one["confirmed"], bool)


# ── the catalogue ────────────────────────────────────────────────────────────────────────────────

DECIDERS = {
    "X": "chair_commune",
    "H": "chair_district",
    "T": "chair_province",
    "G": "prime_minister",
    "N": "president",
    "Q": "defence",
    "B": "sector",
    "0": "nobody",
}
CATALOGUE = load_case_table("catalogue")


def test_the_catalogue_is_complete(law: Law) -> None:
    assert set(CATALOGUE["award"]) == set(law.awards)


@pytest.mark.parametrize("regime", CATALOGUE["days"])
@pytest.mark.parametrize("award", CATALOGUE["award"])
@pytest.mark.parametrize("base", ["official", "household", "collective"])
def test_every_award_in_every_regime(law: Law, award: str, regime: str, base: str) -> None:
    row = CATALOGUE["award"][award]
    day = CATALOGUE["days"][regime]
    found = verdict_as_json(law, case_of({"award": award, "on": day, "base": base}))
    conditions = {one["code"]: one for one in found["conditions"]}
    fits = SUBJECTS[base]["kind"] in row["subjects"]
    assert conditions["subject"]["met"] is fits
    if not fits:
        assert found["eligible"] is False and found["money"] is None and set(conditions) == {"decider", "subject"}
    decider = dict(zip(CATALOGUE["days"], row["decided"].split(), strict=True))[regime]
    if decider == "?":
        assert not conditions["decider"]["confirmed"]
        return
    assert found["decider"] == DECIDERS[decider]
    assert conditions["decider"]["met"] is (decider != "0")
    assert conditions["decider"]["confirmed"] is (regime in row.get("found", "").split())
    if fits and decider != "0":
        assert len(conditions) > 2
    assert found["needs_review"] is (regime in ("R4", "R5"))


# ── money ────────────────────────────────────────────────────────────────────────────────────────

REGIMES = {"R1": "2018-07-01", "R2": "2024-01-01", "R3": "2025-07-01", "R4": "2026-10-01", "R5": "2027-03-01"}
PRICES = [(row, cell) for row in load_case_table("money")["price"] for cell in row["cells"]]


@pytest.mark.parametrize(
    ("row", "cell"), [pytest.param(row, cell, id=f"{row['award']} {row['subject']} {cell[0]}") for row, cell in PRICES]
)
def test_every_coefficient_and_salary(law: Law, row: dict[str, Any], cell: list[Any]) -> None:
    day, coefficient, base, raw, rounded = cell
    bases = {"person": "official", "household": "household", "collective": "collective"}
    paid = verdict_as_json(law, case_of({"award": row["award"], "on": day, "base": bases[row["subject"]]}))["money"]
    regime = [code for code, first in REGIMES.items() if day >= first][-1]
    coefficient_basis, salary_basis, _ = prize_money(law, row["award"], row["subject"], date.fromisoformat(day)).grounds
    assert coefficient_basis.confirmed is (regime in row["sure"].split())
    assert salary_basis.confirmed is (day >= "2019-07-01")
    assert (paid["coefficient"], paid["base"], paid["raw"], paid["rounded"]) == (coefficient, base, raw, rounded)
    assert Decimal(str(coefficient)) * base == Decimal(str(raw))
    assert paid["rule"] == "ceil_10k" and paid["citation"] and not paid["confirmed"]  # up or nearest: U8, C15


# ── votes, quorum, quota ─────────────────────────────────────────────────────────────────────────

VOTES = load_case_table("votes")
BASES = {"TTLDTT": "collective", "THONVH": "village", "GDVH": "household", "COTDT": "collective", "COCP": "collective"}


@pytest.mark.parametrize("row", [pytest.param(row, id=row["why"]) for row in VOTES["threshold"]])
def test_every_threshold_at_its_edge(law: Law, row: dict[str, Any]) -> None:
    for award in row["awards"]:
        for day in row["days"]:
            for members, needed in row["needed"].items():
                for agree in (needed - 1, needed):
                    votes = {"members": int(members), "agree": agree, "against": int(members) - agree}
                    case = case_of({"award": award, "on": day, "base": BASES.get(award, "official"), "votes": votes})
                    vote = verdict_as_json(law, case)["vote"]
                    assert (vote["needed"], vote["passed"]) == (needed, agree == needed), (award, day, votes)
                    assert vote["confirmed"] is row["confirmed"]
                    assert row.get("cite", "") in vote["citation"]


def test_every_quorum_at_its_edge(law: Law) -> None:
    for row in VOTES["quorum"]:
        for day in map(date.fromisoformat, row["days"]):
            for members, needed in row["needed"].items():
                for present in (needed - 1, needed):
                    quorum = quorum_verdict(law, day, members=int(members), present=present)
                    assert (quorum.needed, quorum.met, quorum.confirmed) == (needed, present == needed, False)


def test_every_quota(law: Law) -> None:
    for row in VOTES["quota"]:
        for day in map(date.fromisoformat, row["days"]):
            for base, most in (row["most"] or {"20": None}).items():
                found = award_quota(law, "CSTDCS", day, base=int(base), given=0)
                assert (found.most, found.confirmed) == (most, row["confirmed"]), (day, base)


# ── what cannot be judged ────────────────────────────────────────────────────────────────────────

ELIGIBLE_CASE = case_of({"award": "LDTT", "on": "2025-11-15", "base": "official", "id": "good"})
REFUSED = load_case_table("refused")["refused"]


def refused_case(row: dict[str, Any], place: int) -> Any:
    if "json" in row:
        return json.loads(row["json"])
    data = {**ELIGIBLE_CASE, "id": f"bad {place}", **json.loads(row.get("with", "{}"))}
    return {key: value for key, value in data.items() if key != row.get("without")}


def test_a_refused_case_has_an_error_with_its_field_and_the_others_are_judged(law: Law) -> None:
    cases = [{**ELIGIBLE_CASE, "id": "first"}]
    for place, row in enumerate(REFUSED):
        cases += [refused_case(row, place), {**ELIGIBLE_CASE, "id": f"good {place}"}]
    found = json.loads(json.dumps(judge_batch(law, cases)))
    assert len(found) == len(cases)
    assert all(one["eligible"] is True for one in found[::2])
    for row, one in zip(REFUSED, found[1::2], strict=True):
        assert row["says"] in one.get("error", ""), (row["why"], one)
        assert one.get("field") == row.get("field"), (row["why"], one)
        assert "eligible" not in one
