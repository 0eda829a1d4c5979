"""The list of one thôn is posted twice in the same moment, in two processes: one posting, and the other is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

DRAFTS = """
from commendations.actions.many_nominations import start_nominations
from emulation.accounts.models import User
from villages.actions.households import add_household
from villages.models import Unit

head = User.objects.get(username="thon2")
unit = Unit.objects.get(code="thon2")
homes = [add_household(by=head, unit=unit, head_name=name) for name in ("Hà Văn An", "Lò Thị Ban")]
for year in {years}:
    start_nominations(by=head, unit=unit, nominees=homes, code="GDVH", year=year, idempotency_key=str(year))
"""
# Both processes wait for the same file; the head and the office then post the same list.
AT_ONCE = """
from datetime import date
from pathlib import Path
from django.utils import timezone
from commendations.actions.posting import PostingPlace, start_posting
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from villages.models import Unit

unit = Unit.objects.get(code="thon2")
by = User.objects.get(username={login!r})
where = PostingPlace(timezone.localdate(), "Nhà văn hóa")
print("ready", flush=True)
while not Path({go!r}).exists():
    time.sleep(0.001)
try:
    start_posting(by=by, unit=unit, code="GDVH", year={year}, where=where)
    print("posted")
except RuleBroken as refused:
    print(refused.field)
"""
AFTER = """
import json
from commendations.models import Posting

rows = Posting.objects.filter(year={year})
print(json.dumps([(row.state, row.lines.count(), row.document_id is not None) for row in rows]))
"""


@pytest.mark.slow
def test_two_postings_of_one_list_at_once_are_one(isolated_install: Any, tmp_path: Path) -> None:
    years = (2024, 2025, 2026)
    isolated_install.run(DRAFTS.format(years=years))
    for year in years:
        go = tmp_path / f"go-{year}"
        processes = [
            isolated_install.start(AT_ONCE.format(login=login, year=year, go=str(go)))
            for login in ("thon2", "vanphong")
        ]
        for process in processes:
            assert process.stdout.readline().strip() == "ready"
        go.touch()
        both = [process.communicate(timeout=120) for process in processes]
        answers = [out.strip() for out, _ in both]
        assert sorted(answers) == ["posted", "starts_on"], both
        assert json.loads(isolated_install.run(AFTER.format(year=year))) == [["posted", 2, True]]
