"""The extra year of the demo (`load_demo --year`): made once, by the same actions, and nothing of the demo changes."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from campaigns.models import Campaign, Exemplar, Period, PraiseLetter
from commendations.models import Award, CouncilSession, Decision, Nomination, SessionItem
from emulation.accounts.models import User
from emulation.audit.log import chain_faults
from emulation.audit.models import AuditEntry
from emulation.communes.capacity import capacity_of
from emulation.communes.models import Commune
from emulation.documents.models import IssuedDocument
from reports.seeds.year import EXTRA_YEAR, play_demo_year
from tests.html import paper_text
from villages.actions.unit_change_undo import what_rests_on
from villages.models import Person, Unit, UnitChange
from villages.seeds.merger import MERGED

TWO_LEVELS = date(2025, 7, 1)
"""The first day of the two-level government, and of the council with its posts."""


def test_an_extra_year_is_made_once(full_demo: Commune) -> None:
    before = Award.objects.exclude(decision__document__issued_on__year=EXTRA_YEAR).count()
    assert play_demo_year(full_demo, EXTRA_YEAR).startswith("12 tháng, ")
    months = Period.objects.filter(commune=full_demo, kind=Period.MONTH, year=EXTRA_YEAR)
    assert sorted(months.values_list("number", flat=True)) == list(range(1, 13))
    assert not months.filter(closed_on=None).exists()
    assert Exemplar.objects.filter(period__in=months).count() > 100
    assert Campaign.objects.filter(commune=full_demo, year=EXTRA_YEAR).running().count() == 1
    decisions = Decision.objects.filter(commune=full_demo, document__issued_on__year=EXTRA_YEAR)
    numbers = sorted(decisions.values_list("document__number", flat=True))
    assert len(numbers) >= 6 and numbers == list(range(1, len(numbers) + 1))
    assert Award.objects.filter(decision__in=decisions).count() >= 15
    assert Award.objects.exclude(decision__in=decisions).count() == before
    states = set(Nomination.objects.filter(period_from__year=EXTRA_YEAR).values_list("state", flat=True))
    assert states >= {"awarded", "award_cancelled", "refused", "complete", "returned", "draft", "withdrawn"}
    sudden = Nomination.objects.filter(kind="DX", period_to__year=EXTRA_YEAR)
    assert sudden.count() == 2
    for case in sudden:
        assert timezone.localdate(case.created_at) == case.period_to + timedelta(days=1)
        assert case.awards.get().decision.issued_on <= case.period_to + timedelta(days=5)
    sessions = CouncilSession.objects.filter(commune=full_demo, held_on__year=EXTRA_YEAR)
    assert set(sessions.values_list("state", flat=True)) == {"closed", "cancelled"}
    assert SessionItem.objects.filter(session__in=sessions).exclude(put_off="").count() == 1
    letters = PraiseLetter.objects.filter(exemplar__period__in=months)
    assert sorted(letters.values_list("state", flat=True)) == ["cancelled", "signed"]
    assert list(chain_faults(full_demo.pk)) == []
    assert play_demo_year(full_demo, EXTRA_YEAR) == ""


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        (lambda: Person.objects.filter(full_name="Lê Thị Lụa").update(full_name="Lê Thị Lụa A"), "“Lê Thị Lụa”"),
        (lambda: User.objects.filter(username="thon1").update(username="thonmot"), "“thon1”"),
    ],
)
def test_a_year_on_a_demo_that_users_changed_names_what_is_missing(full_demo, change, missing):
    change()
    before = Period.objects.count(), Campaign.objects.count(), Nomination.objects.count()
    with pytest.raises(CommandError, match=f"Không thêm được năm {EXTRA_YEAR}: .*{missing}.*chưa có gì thay đổi"):
        call_command("load_demo", year=True, verbosity=0)
    assert (Period.objects.count(), Campaign.objects.count(), Nomination.objects.count()) == before


def test_every_act_of_the_year_carries_its_own_day(full_demo: Commune) -> None:
    """Of the year itself; the merger of two thôn after it is of today."""
    last = AuditEntry.objects.latest("seq").seq
    play_demo_year(full_demo, EXTRA_YEAR)
    days = {
        timezone.localdate(entry.at)
        for entry in AuditEntry.objects.filter(seq__gt=last).exclude(act__startswith="villages.")
    }
    assert min(days).year == EXTRA_YEAR and max(days) < date(EXTRA_YEAR + 1, 2, 1)


@pytest.mark.slow
def test_the_demo_with_the_year_is_one_log_in_the_order_of_days_and_its_papers_know_each_other(
    db: None, in_november: None
) -> None:
    """Into an empty database (`bin/serve --year`): the year before the demo, not after it."""
    call_command("load_demo", year=True, verbosity=0)
    moments = list(AuditEntry.objects.order_by("commune", "seq").values_list("commune", "at"))
    assert moments == sorted(moments) and len(moments) > 1000
    commune = Commune.objects.get()
    assert list(chain_faults(commune.pk)) == []
    assert UnitChange.objects.filter(kind=UnitChange.MERGE).exists()
    case = Nomination.objects.get(person__full_name="Bùi Thị Sen", award_code="LDTT")
    report = IssuedDocument.objects.get(pk=case.report_document_id)
    assert "Quyết định số 08/QĐ-UBND ngày 18/8/2025" in paper_text(report.html)
    before = Period.objects.count(), Nomination.objects.count(), AuditEntry.objects.count()
    call_command("load_demo", year=True, verbosity=0)
    assert (Period.objects.count(), Nomination.objects.count(), AuditEntry.objects.count()) == before


def test_minutes_name_the_council_of_the_day_and_the_posts_of_then(full_demo: Commune) -> None:
    play_demo_year(full_demo, EXTRA_YEAR)
    minutes = IssuedDocument.objects.filter(kind="bien_ban", key__startswith="session:")
    texts = [(paper.issued_on >= TWO_LEVELS, paper_text(paper.html)) for paper in minutes]
    assert {later for later, _ in texts} == {True, False}
    for later, text in texts:
        assert ("Trưởng phòng Văn hóa - Xã hội" in text, "Quyết định số 21/QĐ-UBND" in text) == (later, later)
        assert ("công chức Văn phòng - Thống kê" in text, "Quyết định số 15/QĐ-UBND" in text) == (not later, not later)


def test_two_thon_are_merged_after_the_year(full_demo: Commune) -> None:
    play_demo_year(full_demo, EXTRA_YEAR)
    change = UnitChange.objects.get(kind=UnitChange.MERGE)
    day = change.effective_on
    eve = day - timedelta(days=1)
    new = Unit.objects.get(name="Thôn Đồng Tâm")
    heads = {login: User.objects.get(username=login) for login in MERGED}
    old = {unit.code: unit.pk for unit in Unit.objects.filter(code__in=MERGED)}
    assert change.state == UnitChange.DONE and change.carried["people"] and change.carried["households"]
    assert {login: capacity_of(user, eve).unit_ids for login, user in heads.items()} == {
        code: frozenset({key}) for code, key in old.items()
    }
    assert capacity_of(heads["thon5"], day).unit_ids == {new.pk, *old.values()}
    assert not capacity_of(heads["thon6"], day).unit_ids
    assert Award.objects.filter(unit__code__in=MERGED, place__contains="Thôn 5").exists()
    assert what_rests_on(change) == []
