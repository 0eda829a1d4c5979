"""Two people enter somebody of one name and year in one unit at the same moment: one is added, the other user is asked."""

import json
from pathlib import Path
from typing import Any

import pytest

# Both processes act when the file is there; each prints what it was answered, and the people that it was shown.
AT_ONCE = """
import json
import time
from pathlib import Path
from emulation.accounts.models import User
from villages.actions.people import TwinFound, add_person
from villages.models import Unit

by = User.objects.get(username={login!r})
unit = Unit.objects.get(code="thon1")
print("ready", flush=True)
while not Path({go!r}).exists():
    time.sleep(0.001)
try:
    person = add_person(by=by, unit=unit, full_name={name!r}, birth_year=1971, sex="nu")
    print(json.dumps(["added", [person.get_absolute_url()], ""]))
except TwinFound as found:
    print(json.dumps(["asked", [twin.get_absolute_url() for twin in found.twins], found.message]))
"""
AFTER = """
import json
from villages.models import Person

print(json.dumps(list(Person.objects.filter(full_name={name!r}).values_list("name_mark", flat=True))))
"""


@pytest.mark.slow
@pytest.mark.both_databases
def test_of_two_entered_at_once_one_is_added_and_shown_to_the_other(isolated_install: Any, tmp_path: Path) -> None:
    for attempt, name in enumerate(("Lương Thị Sen", "Lương Thị Mai", "Lương Thị Cúc")):
        go = tmp_path / f"go{attempt}"
        texts = [AT_ONCE.format(login=login, name=name, go=str(go)) for login in ("vanphong", "thon1")]
        processes = [isolated_install.start(text) for text in texts]
        for process in processes:
            assert process.stdout.readline().strip() == "ready"
        go.touch()
        added, asked = sorted(json.loads(process.communicate(timeout=60)[0]) for process in processes)
        assert (added[0], asked[0]) == ("added", "asked") and added[1] == asked[1]
        assert f"Đơn vị đã có {name}, cùng năm sinh 1971" in asked[2]
        assert json.loads(isolated_install.run(AFTER.format(name=name))) == [""]
