"""Issuing a decision with several clerks at once, and under kill -9: one number a decision, its awards all or none.

KILLS=100 makes the loop longer than the suite has time for.
"""

import os

import pytest

KILLS = int(os.environ.get("KILLS", "15"))

OPENING = """
import os, random, signal
from django.db import connections
from commendations.actions import decision as actions
from commendations.models import Award, Decision
from commendations.tests import factories
from emulation.accounts.models import User
from emulation.audit.log import chain_faults
from emulation.communes.models import Commune, Membership
from emulation.core.errors import RuleBroken
from emulation.documents.models import IssuedDocument, NumberBook
from emulation.jobs.models import Job

commune = Commune.objects.get()

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

def proof():
    done = list(Decision.objects.filter(state="issued").select_related("document").order_by("document__number"))
    assert [row.document.number for row in done] == list(range(1, len(done) + 1))
    book = NumberBook.objects.filter(series="quyet_dinh").first()
    assert (book.last if book else 0) == len(done)
    for row in Decision.objects.all():
        listed = {item["nomination"] for item in row.signed_list}
        made = list(row.awards.order_by("decision_serial"))
        states = {item.nomination.state for item in row.chair_submission.items.select_related("nomination")}
        if row.state == "issued":
            assert [award.decision_serial for award in made] == list(range(1, len(listed) + 1))
            assert {award.nomination_id for award in made} == listed and states == {"awarded"}
            assert IssuedDocument.objects.filter(parent=row.document, kind="giay_khen").count() == len(listed)
            assert Job.objects.filter(kind="portal.publish", key=f"decision:{row.pk}").count() == 1
        else:
            assert not made and states == {"approved"} and row.document is None, row.state
    assert list(chain_faults(commune.pk)) == []
    return len(done)
"""

CROWD = """
second = User.objects.create_user("vanthu2", "Văn thư thứ hai")
Membership.objects.create(commune=commune, user_id=second.pk, role="clerk", starts_on=factories.HELD_ON)
decisions = [factories.decision_at_signature(commune).pk for _ in range(3)]

def clerk(name):
    def work():
        by = User.objects.get(username=name)
        for pk in decisions:
            try:
                actions.issue_decision(by=by, decision=Decision.objects.get(pk=pk), issued_on=factories.HELD_ON)
            except RuleBroken as broken:
                assert "đã ban hành" in broken.message, broken.message
    return work

children = [forked(clerk(name)) for name in ("vanthu", "vanthu2", "vanthu", "vanthu2")]
assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
print(proof(), Award.objects.count())
"""

KILLER = """
chance = random.Random(7)
waiting = [factories.decision_at_signature(commune).pk for _ in range(6)]

def work():
    by = User.objects.get(username="vanthu")
    for row in Decision.objects.filter(state="at_signature").order_by("pk"):
        actions.issue_decision(by=by, decision=row, issued_on=factories.HELD_ON)

for _ in range(KILLS):
    child = forked(work)
    time.sleep(chance.uniform(0.02, 0.25))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    proof()
work()
print(proof())
"""


@pytest.mark.slow
def test_four_clerks_at_once_issue_each_decision_once(isolated_install):
    assert isolated_install.run(OPENING + CROWD) == "3 9"


@pytest.mark.slow
def test_killed_while_issuing_is_all_or_nothing(isolated_install):
    assert isolated_install.run(f"KILLS = {KILLS}\n" + OPENING + KILLER) == "6"
