"""The statutes of this release have no problems, and the checker finds mistakes in changed copies."""

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from emulation.legal.engine.checker import check_statutes
from emulation.legal.engine.loader import STATUTES_DIR, load_statutes, shipped_statutes


def test_the_shipped_statutes_have_no_problem() -> None:
    assert check_statutes(shipped_statutes()) == []
    assert len(shipped_statutes().values) == len({value.version for value in shipped_statutes().values}) > 150


def test_every_question_has_an_answer_on_every_day_from_its_first() -> None:
    law = shipped_statutes().law
    days = {date(2050, 1, 1)}
    for value in shipped_statutes().values:
        for border in filter(None, (value.start, value.end)):
            days |= {border - timedelta(days=1), border, border + timedelta(days=1)}
    for code in law.codes.values():
        if code.sparse:
            continue
        for subject, kind in code.combinations():
            for day in days:
                if day >= code.since:
                    assert law.value_on(code.code, day, subject, kind).citation.text


def test_every_value_has_a_source_and_confirmed_ones_an_article() -> None:
    for value in shipped_statutes().values:
        assert value.source
        if value.confirmed:
            assert value.citation.article
        if value.start >= date(2026, 10, 1) and value.code.split(".")[0] in {
            "GKX",
            "LDTT",
            "CSTDCS",
            "council",
            "basis",
        }:
            assert value.needs_review and "rà soát" in value.note


def test_no_paper_names_an_instrument_no_longer_in_force() -> None:
    ends = {instrument.code: instrument.end for instrument in shipped_statutes().instruments}
    for value in shipped_statutes().values:
        if value.code == "basis":
            for line in value.content:
                end = ends[line["instrument"]]
                assert end is None or (value.end and value.end <= end)


def problems_after(folder: Path, file: str, old: str, new: str) -> list[str]:
    """The problems of a copy of the statutes with one change."""
    copy = folder / "statutes"
    shutil.copytree(STATUTES_DIR, copy)
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return check_statutes(load_statutes(copy))


SALARY_2023 = "from = 2023-07-01\nto = 2024-06-30\nvalue = 1800000"
CITE_2023 = 'cite = { instrument = "ND24-2023", article = "Mức lương cơ sở," }\n'


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            "money.toml",
            SALARY_2023,
            SALARY_2023.replace("2024-06-30", "2024-05-31"),
            "base_salary: gap from 2024-06-01 to 2024-06-30",
        ),
        (
            "money.toml",
            SALARY_2023,
            SALARY_2023.replace("2023-07-01", "2023-07-02"),
            "base_salary: gap from 2023-07-01 to 2023-07-01",
        ),
        (
            "money.toml",
            SALARY_2023,
            SALARY_2023.replace("2023-07-01", "2023-06-30"),
            "base_salary: overlap on 2023-06-30",
        ),
        ("money.toml", SALARY_2023, SALARY_2023.replace("to = 2024-06-30\n", ""), "base_salary: overlap on 2024-07-01"),
        ("money.toml", "from = 2018-07-01", "from = 2018-07-02", "base_salary: gap from 2018-07-01 to 2018-07-01"),
        (
            "money.toml",
            "from = 2026-07-01",
            "from = 2026-07-01\nto = 2030-12-31",
            "base_salary: gap from 2031-01-01 on",
        ),
        (
            "money.toml",
            SALARY_2023,
            SALARY_2023.replace("2024-06-30", "2023-06-30"),
            "base_salary from 2023-07-01: ends before it begins",
        ),
        ("money.toml", CITE_2023, "", "base_salary from 2023-07-01: no citation"),
        ("money.toml", CITE_2023, CITE_2023.replace("24-2023", "25-2023"), "cites the unknown instrument ND25-2023"),
        (
            "money.toml",
            CITE_2023,
            CITE_2023.replace(', article = "Mức lương cơ sở,"', ""),
            "base_salary from 2023-07-01: confirmed without an article",
        ),
        ("money.toml", CITE_2023, CITE_2023.replace("ND24-2023", "ND73-2024"), "in force before ND73-2024"),
        (
            "money.toml",
            CITE_2023,
            CITE_2023.replace("ND24-2023", "ND38-2019"),
            "in force after the end of ND38-2019",
        ),
        (
            "money.toml",
            'source = "sonoivu.namdinh',
            'source = ""\nnote = "sonoivu.namdinh',
            "base_salary from 2023-07-01: no source",
        ),
        ("money.toml", 'code = "base_salary"', 'code = "base_salry"', "unknown code base_salry"),
        ("money.toml", "value = 1800000", "value = 1800000.5", "is no sum in đồng"),
        ("money.toml", "value = 0.45", "value = -0.45", "is negative"),
        ("money.toml", 'value = "ceil_10k"', 'value = "ceil"', "'ceil' is none of"),
        ("money.toml", 'subject = "household"', 'subject = "family"', "has no subject 'family'"),
        ("money.toml", 'regimes = ["R1"]', 'regimes = ["R9"]', "KeyError 'R9'"),
        ("money.toml", 'regimes = ["R1"]', 'regimes = ["R1"]\nfrom = 2020-01-01', "either `regimes` or `from`"),
        ("money.toml", "[[value]]", "[[vlaue]]", "unknown table [vlaue]"),
        ("money.toml", "confirmed = false", "confirmd = false", "unknown keys ['confirmd']"),
        ("conditions.toml", 'name = "months"', 'name = "month"', "unknown test month"),
        ("conditions.toml", 'weighs = "lenient"', 'weighs = "heavy"', "is no condition"),
        ("conditions.toml", 'awards = ["CSTDCS"], times = 3', 'awards = ["CSTDC"], times = 3', "unknown award CSTDC"),
        ("conditions.toml", 'cite = { instrument = "LTDKT-2022", article = "23" }\n', "", "no citation"),
        ("conditions.toml", "from = 2024-04-15", "from = 2024-04-14", "LDTT.months person: overlap on 2024-04-14"),
        (
            "conditions.toml",
            "to = 2024-04-14",
            "to = 2024-04-13",
            "LDTT.months person: gap from 2024-04-14 to 2024-04-14",
        ),
        ("awards.toml", 'code = "CSTT"', 'code = "LDTT"', "award LDTT is given twice"),
        ("awards.toml", 'code = "KNC"', 'code = "KNCX"', "KeyError 'KNC'"),
        ("council.toml", "percent = 15, of", "percent = 150, of", "is no quota"),
        ("council.toml", "percent = 50", "percent = 101", "is no rule of a vote"),
        ("council.toml", "numerator = 2", "numerator = 4", "is no part of a whole"),
        ("council.toml", 'cite = { instrument = "QC-HD" }', 'cite = { instrument = "QC-HD", article = "5" }', ""),
        ("files.toml", '"minutes", label', '"report", label', "the same item twice"),
        ("papers.toml", '"ND91-2017", "TT12-2019"]', '"ND91-2017", "TT1-2019"]', "no căn cứ words for TT1-2019"),
        (
            "papers.toml",
            '["LTCCQDP-2025", "L06-2026", "ND129-2025"]',
            '["LTCCQDP-2025", "L06-2026", "ND152-2025"]',
            "names ND152-2025 after its end",
        ),
        ("papers.toml", '"ND98-2023"]', '"ND98-2023", "TT01-2024"]', "names TT01-2024 before it is in force"),
        ("kinds.toml", 'value = "12-01"', 'value = "13-01"', "is no day of the year"),
        ("codes.toml", 'selected_by = "decided"', 'selected_by = "signed"', "selected by signed"),
        ("codes.toml", 'shape = "money"', 'shape = "cash"', "unknown shape cash"),
        ("codes.toml", 'code = "award.rounding"', 'code = "base_salary"', "code base_salary is given twice"),
        ("regimes.toml", "from = 2024-01-01", "from = 2024-01-02", "regimes: gap from 2024-01-01 to 2024-01-01"),
        (
            "instruments.toml",
            'replaced_by = "ND98-2023"',
            'replaced_by = "ND99-2023"',
            "names the unknown instrument ND99-2023",
        ),
        ("instruments.toml", 'number = "91/2017/NĐ-CP"', 'number = ""', "instrument ND91-2017: no number"),
        ("calendar.toml", "date = 2026-09-02", "date = 2026-09-01", "day 2026-09-01 is given twice"),
        ("calendar.toml", "date = 2026-08-22", "date = 2026-08-24", "a make-up day falls on a Saturday or Sunday"),
        ("calendar.toml", "date = 2026-02-16", "date = 2026-03-16", "day: the year 2026 has no Tết"),
        ("calendar.toml", "date = 2028-11-24", "date = 2030-11-24", "day: the year 2029 has no Tết"),
        ("calendar.toml", "NQ28-2026", "NQ29-2026", "day 2026-11-24: cites the unknown instrument NQ29-2026"),
        ("calendar.toml", 'cite = { instrument = "TB9441-2025" }, ', "", "day 2026-08-22: no citation"),
        ("calendar.toml", "date = 2021-01-01", "date = 2020-12-31", "day 2020-12-31: BLLD-2019 is not in force"),
        ("calendar.toml", "date = 2020-09-02", "date = 2021-01-02", "day 2021-01-02: BLLD-2012 is not in force"),
        ("calendar.toml", 'source = "Theo thư viện lịch holidays 0.109, chưa đọc bản gốc"', 'source = ""', "no source"),
        ("calendar.toml", 'name = "Tết Dương lịch"', 'name = ""', "day 2018-01-01: no name"),
        ("calendar.toml", 'kind = "work"', 'kind = "working"', "'working' is none of ['off', 'work']"),
        ("calendar.toml", "date = 2018-01-01", 'date = "2018-01-01"', "`date` is no day"),
        ("calendar.toml", 'kind = "off", name', 'kind = "off", nmae', "unexpected keyword argument 'nmae'"),
        (
            "calendar.toml",
            '{ instrument = "CV6519-2018" }, source = "Theo thư viện lịch holidays 0.109, chưa đọc bản gốc", confirmed = false',
            '{ instrument = "CV6519-2018" }, source = "Đã đọc", confirmed = true',
            "day 2018-12-31: confirmed without an article",
        ),
        ("limits.toml", "days = 10, working = true", "days = 0, working = true", "is no number of days"),
        ("limits.toml", "days = 10, working = true", 'days = 10, working = "yes"', "is no number of days"),
        ("limits.toml", "days = 10, working = true", "days = 10.5, working = true", "is no number of days"),
        ("limits.toml", "days = 10, working = true", "days = 10", "is no number of days"),
        (
            "limits.toml",
            "from = 2024-01-30\nto = 2025-06-30",
            "from = 2024-01-01\nto = 2025-06-30",
            "in force before ND86-2023",
        ),
        ("limits.toml", '"R2", "R3", "R4", "R5"]', '"R2", "R3", "R4"]', "limit.return: gap from 2027-03-01 on"),
    ],
)
def test_mistakes_are_found(tmp_path: Path, file: str, old: str, new: str, problem: str) -> None:
    problems = problems_after(tmp_path, file, old, new)
    if problem:
        assert any(problem in line for line in problems), problems
    else:
        assert problems == []


def test_a_local_rule_confirms_nothing_without_its_text(tmp_path: Path) -> None:
    text = (STATUTES_DIR / "council.toml").read_text(encoding="utf-8")
    first = text[: text.index("confirmed = false")] + "confirmed = true"
    old = text[: text.index("confirmed = false") + len("confirmed = false")]
    new = re.sub(r'"QC-HD" }', '"QC-HD", article = "5" }', first, count=1)
    assert any("whose text is not available" in line for line in problems_after(tmp_path, "council.toml", old, new))


def test_versions_follow_the_content(tmp_path: Path) -> None:
    copy = tmp_path / "statutes"
    shutil.copytree(STATUTES_DIR, copy)
    before = {value.version for value in load_statutes(copy).values}
    assert before == {value.version for value in shipped_statutes().values}
    path = copy / "money.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("value = 2530000", "value = 2540000"), encoding="utf-8")
    after = {value.version for value in load_statutes(copy).values}
    assert len(before - after) == len(after - before) == 1
