"""The key of a live case: one for a nominee, title and year, or for a nominee and deed.

Where two cases of before are about the same award, the earlier one has the key; the later one keeps null, which its page
names. The rules are copied from commendations/rules/same_award.py of that day.
"""

import hashlib
import re
from typing import Any

from django.db import migrations, models

from emulation.core.text import fold

FREE = ("withdrawn", "award_cancelled", "failed", "refused", "refused_above")
BATCH = 1000


def titles() -> set[str]:
    """The codes of the titles in the statutes."""
    from emulation.legal.engine.loader import shipped_statutes

    return {award.code for award in shipped_statutes().awards if award.genus == "title"}


def key_of(row: Any, kept: dict[int, int], is_title: bool) -> str | None:
    if row.person_id:
        nominee = f"person:{kept.get(row.person_id, row.person_id)}"
    elif row.household_id or row.collective_id:
        nominee = f"household:{row.household_id}" if row.household_id else f"collective:{row.collective_id}"
    else:
        return None
    year = row.year or (row.period_to or row.received_on or row.created_at).year
    if is_title:
        return f"{nominee}:{row.award_code}:{year}"
    words = re.sub(r"[\W_]+", " ", fold(row.deed)).strip()
    return f"{nominee}:{year}:{hashlib.sha256(words.encode()).hexdigest()[:24]}" if words else None


def store_keys(apps: Any, schema_editor: Any) -> None:
    nominations = apps.get_model("commendations", "Nomination").objects
    people = apps.get_model("villages", "Person").objects
    kept = dict(people.exclude(same_as=None).values_list("pk", "same_as_id"))
    is_title = titles()
    taken: set[str] = set()
    batch = []
    columns = (
        "pk", "person_id", "household_id", "collective_id", "year", "period_to", "received_on", "created_at",
        "award_code", "deed",
    )  # fmt: skip
    for row in nominations.exclude(state__in=FREE).only(*columns).order_by("pk").iterator(BATCH):
        key = key_of(row, kept, row.award_code in is_title)
        if key is None or key in taken:
            continue
        taken.add(key)
        row.live_key = key
        batch.append(row)
        if len(batch) == BATCH:
            nominations.bulk_update(batch, ["live_key"])
            batch = []
    nominations.bulk_update(batch, ["live_key"])


class Migration(migrations.Migration):

    dependencies = [
        ("commendations", "0054_award_name_mark"),
        ("villages", "0032_priority_groups"),
    ]

    operations = [
        migrations.AddField(
            model_name="nomination",
            name="live_key",
            field=models.CharField(editable=False, max_length=80, null=True),
        ),
        migrations.RunPython(store_keys, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.UniqueConstraint(fields=("live_key",), name="nomination_live_once"),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
                condition=models.Q(live_key=None) | ~models.Q(state__in=list(FREE)),
                name="nomination_key_while_live",
            ),
        ),
    ]
