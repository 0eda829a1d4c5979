"""Two units propose one person in the same moment, in two processes: one case, and the other unit is named the first."""

import json
from pathlib import Path
from typing import Any

import pytest

# Both processes wait for the same file; each unit then proposes the same person for the same title.
AT_ONCE = """
from pathlib import Path
from commendations.actions.live_case import SameCaseExists
from commendations.actions.nomination import AwardRequest, start_nomination
from emulation.accounts.models import User
from villages.models import Person, Unit

person = Person.objects.get(full_name="Lê Thị Lụa")
unit = Unit.objects.get(code={login!r})
by = User.objects.get(username={login!r})
print("ready", flush=True)
while not Path({go!r}).exists():
    time.sleep(0.001)
try:
    start_nomination(by=by, unit=unit, nominee=person, requested=AwardRequest("LDTT", {year}))
    print("made")
except SameCaseExists as refused:
    print(refused.cases[0].unit.code)
"""
AFTER = """
import json
from commendations.models import Nomination

print(json.dumps(sorted(Nomination.objects.filter(year={year}).values_list("unit__code", flat=True))))
"""


@pytest.mark.slow
def test_two_units_at_once_make_one_case(isolated_install: Any, tmp_path: Path) -> None:
    for year in (2023, 2024, 2025):
        go = tmp_path / f"go-{year}"
        processes = [
            isolated_install.start(AT_ONCE.format(login=login, year=year, go=str(go))) for login in ("thon1", "phunu")
        ]
        for process in processes:
            assert process.stdout.readline().strip() == "ready"
        go.touch()
        answers = [process.communicate(timeout=120)[0].strip() for process in processes]
        units = json.loads(isolated_install.run(AFTER.format(year=year)))
        assert sorted(answers) == sorted(["made", units[0]]) and len(units) == 1
