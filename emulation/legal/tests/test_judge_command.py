"""`manage.py judge` for auditors: input and output files, exit codes, invalid files."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from emulation.legal.engine.loader import shipped_statutes
from emulation.legal.tests.test_cases import ELIGIBLE_CASE, verdict_as_json
from tests.product_process import product_environment

BAD = {**ELIGIBLE_CASE, "id": "bad", "award": "LDTTT"}


def run_judge(*args: str) -> tuple[int, str, str]:
    """Exit code, output, errors of the command."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("judge", *args, stdout=out, stderr=err)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue(), err.getvalue()
    except CommandError as error:
        return error.returncode, out.getvalue(), str(error)
    return 0, out.getvalue(), err.getvalue()


def write_cases(folder: Path, cases: Any) -> str:
    """The path of a new file with these cases."""
    path = folder / "cases.json"
    path.write_bytes(cases if isinstance(cases, bytes) else json.dumps(cases, ensure_ascii=False).encode())
    return str(path)


def test_exit_code_0_when_all_are_judged(tmp_path: Path) -> None:
    code, out, err = run_judge(write_cases(tmp_path, [ELIGIBLE_CASE]))
    [found] = json.loads(out)
    assert (code, err, found["id"], found["eligible"]) == (0, "", "good", True)
    assert "Luật Thi đua, khen thưởng" in out  # readable, no escapes
    keys = {"id", "eligible", "decider", "conditions", "vote", "money", "basis", "needs_review"}
    assert keys <= set(found)
    assert all({"code", "met", "citation", "confirmed", "says"} <= set(one) for one in found["conditions"])
    assert {"coefficient", "base", "raw", "rounded", "words"} <= set(found["money"])


def test_exit_code_1_when_one_cannot_be_judged(tmp_path: Path) -> None:
    code, out, err = run_judge(write_cases(tmp_path, [ELIGIBLE_CASE, BAD, {**ELIGIBLE_CASE, "id": "last"}]))
    assert code == 1 and "1 trường hợp không xét được; 2 đã xét" in err
    assert [("error" in one, one["id"]) for one in json.loads(out)] == [(False, "good"), (True, "bad"), (False, "last")]


def test_an_empty_list_is_valid(tmp_path: Path) -> None:
    assert run_judge(write_cases(tmp_path, []))[:2] == (0, "[]\n")


def test_a_list_under_the_key_cases(tmp_path: Path) -> None:
    code, out, _ = run_judge(write_cases(tmp_path, {"cases": [ELIGIBLE_CASE]}))
    assert code == 0 and len(json.loads(out)) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "JSON"),
        (b"LDTT;2025", "JSON"),
        (b'[{"id": 1},]', "JSON"),
        (b"[" * 200_000, "JSON"),
        (b"[" + b"9" * 5_000 + b"]", "JSON"),
        ('["Hội đồng"]'.encode("utf-16"), "JSON"),
        (b"\xff\xfe\x00", "JSON"),
        (b"null", "danh sách"),
        (b'"LDTT"', "danh sách"),
        (b"2025", "danh sách"),
        (b"{}", "danh sách"),
        (b'{"cases": {"id": 1}}', "danh sách"),
    ],
    ids=range(12),
)
def test_exit_code_2_for_a_file_without_a_list_of_cases(tmp_path: Path, content: bytes, message: str) -> None:
    code, out, err = run_judge(write_cases(tmp_path, content))
    assert (code, out) == (2, "") and message in err


def test_exit_code_2_without_a_file(tmp_path: Path) -> None:
    for source in (tmp_path / "none.json", tmp_path):
        code, out, err = run_judge(str(source))
        assert (code, out) == (2, "") and "Không mở được tệp" in err


def test_output_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "verdicts.json"
    code, out, _ = run_judge(write_cases(tmp_path, [ELIGIBLE_CASE, BAD]), "--output", str(target))
    assert (code, out) == (1, "")
    text = target.read_text(encoding="utf-8")
    assert text.endswith("]\n") and len(json.loads(text)) == 2


def test_exit_code_2_when_the_output_cannot_be_written(tmp_path: Path) -> None:
    code, _, err = run_judge(write_cases(tmp_path, [ELIGIBLE_CASE]), "--output", str(tmp_path / "no" / "verdicts.json"))
    assert code == 2 and "Không ghi được tệp" in err


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    code, out, _ = run_judge(write_cases(tmp_path, b"\xef\xbb\xbf" + json.dumps([ELIGIBLE_CASE]).encode()))
    assert code == 0 and json.loads(out)[0]["eligible"] is True


def test_a_lone_surrogate_is_written_as_a_json_escape(tmp_path: Path) -> None:
    target = tmp_path / "verdicts.json"
    case = json.dumps([{**ELIGIBLE_CASE, "id": "\ud800"}, {**ELIGIBLE_CASE, "award": "\udfff", "id": 2}]).encode()
    assert run_judge(write_cases(tmp_path, case), "--output", str(target))[0] == 1
    first, second = json.loads(target.read_bytes().decode("utf-8"))
    assert first["id"] == "\ud800" and first["eligible"] is True and "\udfff" in second["error"]


def test_misspelt_keys_are_reported(tmp_path: Path) -> None:
    case = {**ELIGIBLE_CASE, "recieved": "2025-11-01", "subject": {**ELIGIBLE_CASE["subject"], "evalation": {}}}
    _, out, _ = run_judge(write_cases(tmp_path, [case]))
    assert json.loads(out)[0]["ignored"] == ["recieved", "subject.evalation"]


@pytest.mark.slow
def test_ten_thousand_cases(tmp_path: Path) -> None:
    target = tmp_path / "verdicts.json"
    cases = [
        {**ELIGIBLE_CASE, "id": number, "award": ("LDTT", "CSTDCS", "GKX")[number % 3]} for number in range(10_000)
    ]
    assert run_judge(write_cases(tmp_path, cases), "--output", str(target))[0] == 0
    found = json.loads(target.read_text(encoding="utf-8"))
    assert [one["id"] for one in found] == list(range(10_000))
    assert {one["eligible"] for one in found[::3]} == {True} and {one["eligible"] for one in found[1::3]} == {False}


def test_the_program_itself_from_a_pipe() -> None:
    """The exit code of the process, standard input with a byte order mark, only JSON on standard output."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "judge", "-"]
    text = b"\xef\xbb\xbf" + json.dumps([ELIGIBLE_CASE, BAD], ensure_ascii=False).encode()
    env = product_environment()
    done = subprocess.run(command, input=text, capture_output=True, timeout=120, check=False, env=env)
    assert done.returncode == 1, done.stderr.decode()
    first, second = json.loads(done.stdout.decode("utf-8"))
    assert first == verdict_as_json(shipped_statutes().law, ELIGIBLE_CASE) and second["field"] == "award"
    broken = subprocess.run(command, input=b"[", capture_output=True, timeout=120, check=False, env=env)
    assert (broken.returncode, broken.stdout) == (2, b"")
    assert "Traceback" not in broken.stderr.decode()
