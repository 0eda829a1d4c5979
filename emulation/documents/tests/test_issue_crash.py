"""Numbers with eight concurrent processes and rollbacks, and under SIGKILL: none missing, none twice, every hash valid.

KILLS=200 runs a longer loop than the test suite has time for.
"""

import os

import pytest

KILLS = int(os.environ.get("KILLS", "40"))

ISSUE = """
import random, signal
from datetime import date
from django.db import connection, connections, transaction
from emulation.accounts.models import User
from emulation.audit.log import chain_faults
from emulation.communes.models import Commune
from emulation.documents import actions
from emulation.documents.models import IssuedDocument, NumberBook
from emulation.documents.tests import papers
from emulation.jobs.models import Job

clerk, commune = User.objects.get(username="vanthu"), Commune.objects.get()
paper = papers.report()

def issue(key, fail=False):
    with transaction.atomic():
        document = actions.issue_document(
            by=clerk, commune=commune, paper=paper, series="bao_cao", issued_on=papers.DAY, key=key
        )
        if fail:
            raise ZeroDivisionError
    return document

def check_numbers():
    rows = list(IssuedDocument.objects.order_by("number"))
    assert [row.number for row in rows] == list(range(1, len(rows) + 1)), [row.number for row in rows]
    assert NumberBook.objects.get().last == len(rows) if rows else True
    for row in rows:
        assert row.sha256 == actions.frozen_hash(row.blocks, row.html, row.style_version)
        assert f"Số: {row.number:02d}/BC-UBND" in row.html
        assert Job.objects.filter(kind="documents.render", ids__document_id=row.pk).count() == 2
    assert list(chain_faults(commune.pk)) == []
    return len(rows)

def forked(work):
    connections.close_all()
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException as error:
        print("child", repr(error), file=sys.stderr)
        os._exit(1)
    os._exit(0)
"""

CROWD = """
def work(number):
    def loop():
        chance = random.Random(number)
        for n in range(15):
            try:
                issue(f"{number}-{n}", fail=chance.random() < 0.1)
            except ZeroDivisionError:
                pass
            issue(f"shared-{n % 5}")
    return loop

children = [forked(work(number)) for number in range(8)]
codes = [os.waitpid(child, 0)[1] for child in children]
assert codes == [0] * 8, codes
keys = set(IssuedDocument.objects.values_list("key", flat=True))
assert {f"shared-{n}" for n in range(5)} <= keys
print(check_numbers(), len(keys))
"""

KILLER = """
import gc
chance = random.Random(11)
issue("by the parent")  # modules and caches are in memory, and no collection of them begins, before a child is killed
gc.freeze()
ready, begun = os.pipe()
def loop():
    connection.ensure_connection()
    os.write(begun, b".")
    n = 0
    while True:
        n += 1
        issue(f"{os.getpid()}-{n}")

for kill in range(KILLS):
    child = forked(loop)
    os.read(ready, 1)
    time.sleep(chance.uniform(0, 0.15))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    if kill % 10 == 9:
        check_numbers()
print(check_numbers())
"""


@pytest.mark.slow
def test_eight_processes_with_rollbacks_leave_no_gap_and_no_duplicate(isolated_install):
    numbers, keys = map(int, isolated_install.run(ISSUE + CROWD).split())
    assert numbers == keys > 100


@pytest.mark.slow
def test_processes_killed_while_issuing_leave_nothing_missing_or_incomplete(isolated_install):
    assert int(isolated_install.run(f"KILLS = {KILLS}\n" + ISSUE + KILLER)) > 1
