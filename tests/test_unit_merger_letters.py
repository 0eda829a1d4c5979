"""A letter issued before a merger of two thôn, and one drafted before and issued after: who answers, what the pages show."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns.directives.actions.directive import receive_directive
from campaigns.directives.actions.duty_report import DutyReportText, accept_duty_report, report_duties
from campaigns.directives.actions.letter import acknowledge_letter, letter_approval, start_letter
from campaigns.directives.models.letter import LetterReceipt
from campaigns.directives.queries.outlines import known_directives
from campaigns.obligations.queries import open_obligations
from emulation.core.errors import NotAllowed
from tests.html import page_of
from villages.actions.unit_change_undo import undo_change
from villages.actions.unit_changes import carry_out_due_changes, record_unit_change
from villages.models import Unit, UnitChange
from villages.rules.unit_changes import NewUnit, UnitPlan
from villages.tests.mergers import DAY, at, new_unit, record_merger

ISSUED = date(2026, 11, 20)
NOW = "(nay thuộc Thôn Hòa Bình)"


@pytest.fixture(autouse=True)
def _today(in_november):
    """20/11/2026."""


@pytest.fixture
def units(commune):
    return {unit.code: unit for unit in Unit.objects.filter(commune=commune)}


@pytest.fixture
def letter(commune, office, chair, clerk):
    """Approved, to be issued by `clerk`."""
    directive = receive_directive(by=office, commune=commune, **known_directives()["1757/UBND-NV"])
    letter = start_letter(by=office, directive=directive)
    letter_approval.submit(letter, by=office)
    return letter_approval.approve(letter, by=chair)


@pytest.fixture
def issued(letter, clerk):
    return letter_approval.issue(letter, by=clerk, issued_on=ISSUED)


@pytest.fixture
def merged(commune, office, units):
    """`merged()` merges thôn 1 and 2 on 01/12/2026; called with the clock on that day."""
    record_merger(office, commune, units)
    return lambda: carry_out_due_changes(commune=commune, on=DAY)


def answer(user, receipt):
    """The head acknowledges the letter and reports its first task."""
    acknowledge_letter(by=user, receipt=receipt)
    first = list(receipt.duties.values_list("pk", flat=True)[:1])
    return report_duties(
        by=user, receipt=receipt, duty_ids=first, content=DutyReportText("Họp thôn, 86 hộ dự.", timezone.localdate())
    )


@pytest.mark.parametrize(("login", "day", "may"), [
    ("thon1", DAY - timedelta(days=1), False), ("thon2", DAY - timedelta(days=1), True),
    ("thon1", DAY, True), ("thon2", DAY, False), ("thon3", DAY, False),
])  # fmt: skip
def test_who_answers_for_thon_2_the_day_before_and_after(issued, merged, user, office, signed_in, login, day, may):
    receipt = issued.receipts.get(unit__code="thon2")
    with at(day):
        if day == DAY:
            merged()
        assert LetterReceipt.objects.visible_to(user(login)).filter(pk=receipt.pk).exists() is may
        if not may:
            with pytest.raises(NotAllowed):
                answer(user(login), receipt)
            return
        report = answer(user(login), receipt)
        accept_duty_report(by=office, report=report)
        assert (report.unit.code, report.reported_by) == ("thon2", user(login))


def test_lists_show_the_closed_unit_and_what_it_is_part_of(issued, merged, user, signed_in, commune, units):
    with at(DAY):
        merged()
        head = signed_in("thon1")
        office = signed_in("vanphong")
        asked = {(one.kind, one.unit_id) for one in open_obligations(commune.pk, DAY)}
        assert {("receipt", units["thon1"].pk), ("receipt", units["thon2"].pk)} <= asked
        assert not any(unit_id == new_unit().pk for _, unit_id in asked)
        own = page_of(head.get(issued.get_absolute_url()))
        assert f'Thôn 1 <small class="soft">{NOW}' in own and f'Thôn 2 <small class="soft">{NOW}' in own
        for url in (issued.get_absolute_url(), reverse("campaigns:outstanding")):
            assert page_of(office.get(url)).count(NOW) >= 2, url
        unit_duty = issued.unit_duties.filter(unit=units["thon2"]).first()
        assert NOW in page_of(office.get(unit_duty.get_absolute_url()))
        assert 'Thôn 3 <small class="soft">(nay' not in page_of(office.get(issued.get_absolute_url()))


def test_naming_the_units_costs_two_queries_a_page(issued, merged, signed_in):
    with at(DAY):
        office = signed_in("vanphong")

        def queries():
            with CaptureQueriesContext(
                connection,
            ) as context:
                assert office.get(issued.get_absolute_url()).status_code == 200
            return len(context)

        queries()
        before = queries()
        merged()
        assert queries() <= before + 3


def test_a_draft_that_names_a_closed_unit_reaches_the_one_that_took_over(letter, merged, clerk, signed_in):
    type(letter).objects.filter(pk=letter.pk).update(recipients="Trưởng Thôn 2 (t/h)\nLưu: VT")
    letter.refresh_from_db()
    with at(DAY):
        merged()
        page = page_of(signed_in("vanthu").get(letter.get_absolute_url()))
        assert "Dự thảo gọi tên cũ của đơn vị" in page and "<b>Thôn 2</b> (nay thuộc Thôn Hòa Bình)" in page
        letter_approval.issue(letter, by=clerk, issued_on=DAY)
        assert [receipt.unit for receipt in letter.receipts.all()] == [new_unit()]


def test_answers_stay_with_the_thon_when_the_merger_is_undone(issued, merged, user, office, units):
    receipt = issued.receipts.get(unit__code="thon2")
    with at(DAY):
        merged()
        report = answer(user("thon1"), receipt)
        undo_change(by=office, change=UnitChange.objects.get(), reason="Nghị quyết chưa có hiệu lực")
        receipt.refresh_from_db()
        assert (receipt.unit, receipt.received_by, report.unit) == (units["thon2"], user("thon1"), units["thon2"])
        assert LetterReceipt.objects.visible_to(user("thon2")).filter(pk=receipt.pk).exists()
        assert not LetterReceipt.objects.visible_to(user("thon1")).filter(pk=receipt.pk).exists()


def test_a_draft_that_has_an_earlier_name_reaches_the_renamed_unit_only(letter, office, units, clerk, signed_in):
    type(letter).objects.filter(pk=letter.pk).update(recipients="Trưởng Thôn 2 (t/h)\nTrưởng Thôn 3 (t/h)\nLưu: VT")
    letter.refresh_from_db()
    thon2 = units["thon2"]
    plan = UnitPlan(title="Thôn 2 thành Bản Đông", units=(NewUnit(name="Bản Đông"),))
    values = {"subject": thon2, "kind": UnitChange.RENAME, "sources": [thon2], "plan": plan, "effective_on": ISSUED}
    record_unit_change(by=office, **values)
    page = page_of(signed_in("vanthu").get(letter.get_absolute_url()))
    assert "<b>Thôn 2</b> (nay là Bản Đông)" in page and "<b>Thôn 3</b> (" not in page
    letter_approval.issue(letter, by=clerk, issued_on=ISSUED)
    assert {receipt.unit for receipt in letter.receipts.all()} == {thon2, units["thon3"]}
