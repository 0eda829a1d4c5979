"""Two mergers of the same thôn recorded, one carried out twice, one undone twice, in two processes at the same moment."""

import time
from pathlib import Path
from typing import Any

import pytest

# Both processes wait for the same file, then do the same; each prints "done" or why it was refused.
AT_ONCE = """
from datetime import timedelta
from pathlib import Path
from django.utils import timezone
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from villages.actions.unit_change_undo import undo_change
from villages.actions.unit_changes import carry_out_change, carry_out_due_changes, record_unit_change
from villages.models import Unit, UnitChange
from villages.rules.unit_changes import NewUnit, UnitPlan

office, commune = User.objects.get(username="vanphong"), Commune.objects.get()
units = {{unit.code: unit for unit in Unit.objects.all()}}
today = timezone.localdate()

def merge(name, *codes):
    new = NewUnit(name=name, kind=Unit.VILLAGE, head_title="Trưởng thôn", sort=1)
    record_unit_change(
        by=office, subject=commune, kind=UnitChange.MERGE, sources=[units[code] for code in codes],
        plan=UnitPlan(title=name, units=(new,)), effective_on=today,
    )

print("ready", flush=True)
while not Path({go!r}).exists():
    time.sleep(0.001)
try:
    {act}
    print("done")
except RuleBroken as refused:
    print(refused.message)
"""
PLANNED = """
from villages.models import UnitChange
from emulation.accounts.models import User
from emulation.communes.models import Commune
from django.utils import timezone
commune = Commune.objects.get()
UnitChange.objects.create(
    commune=commune, kind="open", state="planned", effective_on=timezone.localdate(), created_by=User.objects.first(),
    plan={"title": "Thôn Mới", "units": [{"name": "Thôn Mới", "kind": "village", "head_title": "Trưởng thôn", "sort": 1,
          "head": None, "acting_until": None, "liaison": None, "people": [], "households": []}], "into": None,
          "rest_name": ""},
)
"""
STATE = """
from django.db.models import Count
from villages.models import Person, Unit, UnitChange, UnitTransfer
doubled = UnitTransfer.objects.values("person", "moved_on").annotate(n=Count("pk")).filter(person__isnull=False, n__gt=1)
print(sorted(UnitChange.objects.values_list("plan__title", "state")), Unit.objects.filter(dissolved_on=None).count(),
      Unit.objects.count(), doubled.count(), Person.objects.exclude(unit__dissolved_on=None).count())
"""


def both_at_once(install: Any, folder: Path, *acts: str) -> list[str]:
    """What each of two processes printed that did its act at the same moment."""
    go = folder / f"go{time.monotonic_ns()}"
    processes = [install.start(AT_ONCE.format(go=str(go), act=act)) for act in acts]
    for process in processes:
        assert process.stdout.readline() == "ready\n", process.stderr.read()
    go.touch()
    printed = []
    for process in processes:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        printed.append(out.strip())
    return printed


@pytest.mark.slow
def test_of_two_processes_one_changes_the_units(isolated_install: Any, tmp_path: Path) -> None:
    units = int(isolated_install.run(STATE).split("]")[1].split()[1])
    printed = both_at_once(
        isolated_install, tmp_path, 'merge("Thôn Hòa Bình", "thon1", "thon2")', 'merge("Thôn Mài", "thon2", "thon3")'
    )
    assert sorted(one == "done" for one in printed) == [False, True], printed
    refused = next(one for one in printed if one != "done")
    assert "Thôn 2 không có vào ngày" in refused or "Sau đó đã có" in refused
    state = isolated_install.run(STATE)
    assert state.split("]")[1].split() == [str(units - 1), str(units + 1), "0", "0"]

    undo = 'undo_change(by=office, change=UnitChange.objects.get(), reason="Ghi nhầm thôn")'
    assert sorted(one == "done" for one in both_at_once(isolated_install, tmp_path, undo, undo)) == [False, True]
    assert isolated_install.run(STATE).split("]")[1].split() == [str(units), str(units + 1), "0", "0"]

    isolated_install.run(PLANNED)
    carry = "carry_out_due_changes(commune=commune, on=today)"
    by_hand = "carry_out_change(by=office, change=UnitChange.objects.get(state='planned'))"
    printed = both_at_once(isolated_install, tmp_path, carry, by_hand)
    assert "done" in printed
    assert isolated_install.run(STATE).split("]")[1].split() == [str(units + 1), str(units + 2), "0", "0"]
