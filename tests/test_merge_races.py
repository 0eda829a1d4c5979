"""Two offices decide about the same records in the same moment: the second one builds on what the first one wrote, or is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

BEFORE = """
from emulation.accounts.models import User
from villages.actions.people import add_person
from villages.models import Unit

for code in ("thon1", "thon2", "thon3"):
    unit = Unit.objects.get(code=code)
    add_person(by=User.objects.get(username="vanphong"), unit=unit, full_name={name!r}, birth_year=1971)
"""

# Both processes wait for the same file; the first merges 2 into 1, the second 1 into 2 or 3 into 2.
AT_ONCE = """
import time
from pathlib import Path
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from villages.actions.person_matches import merge_people
from villages.models import Person

people = list(Person.objects.filter(full_name={name!r}).order_by("unit__code"))
kept, other = people[{kept}], people[{other}]
by = User.objects.get(username="vanphong")
print("ready", flush=True)
while not Path({go!r}).exists():
    time.sleep(0.001)
try:
    merge_people(by=by, kept=kept, other=other, reason="Đã hỏi trưởng thôn")
    print("merged")
except RuleBroken as broken:
    print(broken)
"""
AFTER = """
import json
from villages.models import Person, PersonMatch

people = list(Person.objects.filter(full_name={name!r}).order_by("unit__code"))
places = {{person.pk: place for place, person in enumerate(people)}}
print(json.dumps([[places[person.kept_id] for person in people], PersonMatch.objects.in_force().filter(kept__in=people).count()]))
"""


def merged_at_once(install: Any, name: str, go: Path, *pairs: tuple[int, int]) -> tuple[list[str], Any]:
    """What two processes that merge these pairs print, and the places of the kept records with the number of decisions."""
    install.run(BEFORE.format(name=name))
    processes = [install.start(AT_ONCE.format(name=name, kept=kept, other=other, go=str(go))) for kept, other in pairs]
    for process in processes:
        assert process.stdout.readline().strip() == "ready"
    go.touch()
    answers = [process.communicate(timeout=120)[0].strip() for process in processes]
    return answers, json.loads(install.run(AFTER.format(name=name)))


@pytest.mark.slow
def test_merges_at_once_leave_one_record(isolated_install: Any, tmp_path: Path) -> None:
    """A pair merged both ways is one person once; two merges of a chain end at one record."""
    answers, (kept, decisions) = merged_at_once(isolated_install, "Lương Thị Hòa", tmp_path / "pair", (0, 1), (1, 0))
    assert sorted(answers) == sorted(["merged", "Hai hồ sơ này đã được ghi là của một người."])
    assert decisions == 1 and kept in ([0, 0, 2], [1, 1, 2])
    answers, (kept, decisions) = merged_at_once(isolated_install, "Vi Văn Sáu", tmp_path / "chain", (0, 1), (1, 2))
    assert answers == ["merged", "merged"] and decisions == 2 and kept == [0, 0, 0]
