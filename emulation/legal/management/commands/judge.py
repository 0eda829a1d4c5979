"""`manage.py judge CASES.json`: verdicts on JSON cases, as the page "Vì sao?" shows them; for auditors and tests."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from emulation.legal.engine.law import Law
from emulation.legal.engine.loader import shipped_statutes
from emulation.legal.engine.rules.batch import judge_batch


class Command(BaseCommand):
    help = (
        "Xét các trường hợp trong tệp JSON (“-”: đọc từ đầu vào chuẩn) và in kết quả dạng JSON. "
        "Mã thoát: 0 xét được tất cả, 1 có trường hợp không xét được, 2 không đọc hoặc không ghi được tệp."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("cases", metavar="CASES.json")
        parser.add_argument("--output", metavar="FILE", help="ghi kết quả vào tệp này thay vì in ra")
        parser.add_argument(
            "--commune", metavar="MÃ", help="áp dụng cả quy định riêng của xã này (đọc từ cơ sở dữ liệu)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        verdicts = judge_batch(_law(options["commune"]), _cases(options["cases"]))
        text = json.dumps(verdicts, ensure_ascii=False, indent=1)
        # A lone surrogate cannot be written as UTF-8, but as \udXXX, which is also valid JSON.
        text = text.encode("utf-8", "backslashreplace").decode()
        if options["output"]:
            _write(options["output"], text)
        else:
            self.stdout.write(text)
        failed = sum("error" in verdict for verdict in verdicts)
        if failed:
            self.stderr.write(f"{failed} trường hợp không xét được; {len(verdicts) - failed} đã xét.")
            sys.exit(1)


def _write(target: str, text: str) -> None:
    try:
        Path(target).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"Không ghi được tệp {target}: {error.strerror}.", returncode=2) from None


def _cases(source: str) -> list[Any]:
    try:
        raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        cases = json.loads(raw.decode("utf-8-sig"))
    except OSError as error:
        raise CommandError(f"Không mở được tệp {source}: {error.strerror}.", returncode=2) from None
    except (ValueError, RecursionError) as error:
        raise CommandError(f"Tệp {source} không phải là JSON: {error}.", returncode=2) from None
    if isinstance(cases, dict):
        cases = cases.get("cases")
    if not isinstance(cases, list):
        raise CommandError("Tệp phải là một danh sách […] các trường hợp.", returncode=2)
    return cases


def _law(commune: str | None) -> Law:
    if not commune:
        return shipped_statutes().law
    from emulation.communes.models import Commune
    from emulation.legal import current

    found = Commune.objects.filter(code=commune).first()
    if found is None:
        raise CommandError(f"Không có xã mang mã {commune}.", returncode=2)
    return current.law_for(found.pk)
