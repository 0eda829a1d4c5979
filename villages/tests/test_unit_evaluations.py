"""The table with the yearly evaluations of all units: saved, refused, by whom."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from emulation.audit.models import AuditEntry
from emulation.communes.models import Membership
from tests.html import page_of
from villages.actions.evidence import add_evidence
from villages.models import Evaluation, Person, Unit
from villages.queries.unit_evaluations import rated_units

pytestmark = pytest.mark.usefixtures("in_november")


@pytest.fixture
def units(commune: Any) -> dict[str, Unit]:
    return {unit.code: unit for unit in rated_units(commune.pk, 2026)}


def post(browser: Any, units: dict[str, Unit], levels: dict[str, str], **more: str) -> Any:
    recorded = dict(Evaluation.objects.kept().filter(year=2026).values_list("collective_id", "level"))
    data = {f"seen_{unit.pk}": recorded.get(unit.pk, "") for unit in units.values()}
    data |= {f"value_{unit.pk}": recorded.get(unit.pk, "") for unit in units.values()}
    data |= {f"value_{units[code].pk}": level for code, level in levels.items()}
    return browser.post(reverse("villages:unit_evaluations", args=[2026]), {**data, **more}, follow=True)


def saved() -> dict[str, str]:
    rows = Evaluation.objects.kept().filter(year=2026, collective__isnull=False)
    return dict(rows.values_list("collective__code", "level"))


def test_one_excellent_unit_of_few_and_not_two(units, signed_in):
    browser = signed_in("vanphong")
    answer = post(browser, units, {"thcs": "excellent", "tieuhoc": "excellent", "mamnon": "good"})
    assert answer.status_code == 422 and "xuất sắc 2 / tối đa 1" in page_of(answer) and not saved()
    assert "Đã lưu kết quả năm 2026 của 2 đơn vị." in page_of(
        post(browser, units, {"thcs": "excellent", "mamnon": "good"})
    )
    assert saved() == {"thcs": "excellent", "mamnon": "good"}
    post(browser, units, {"tieuhoc": "excellent"}, despite="Sở đã quyết định như vậy")
    assert saved()["tieuhoc"] == "excellent"
    entry = AuditEntry.objects.filter(act="villages.enter_unit_evaluations").latest("seq")
    assert entry.facts["despite"] == "Sở đã quyết định như vậy"


def test_a_head_already_rated_above_the_unit_is_named(units, signed_in, office):
    member = Membership.objects.filter(unit_id=units["thcs"].pk, ends_on=None).first()
    head = Person.objects.get(user_id=member.user_id)
    add_evidence(by=office, model=Evaluation, subject=head, year=2026, level="excellent")
    answer = post(signed_in("vanphong"), units, {"thcs": "good"})
    assert answer.status_code == 422 and "Người đứng đầu đã xếp loại xuất sắc" in page_of(answer) and not saved()


def test_a_unit_no_longer_excellent_must_not_leave_too_many_people_excellent(commune, units, signed_in, office):
    people = []
    for letter in "ABCDEGHI":
        person = Person(commune=commune, unit=units["thcs"], group="public", joined_on=date(2020, 9, 1))
        person.put_name(f"Lê Thị Mẫu {letter}")
        person.save()
        people.append(person)
    add_evidence(by=office, model=Evaluation, subject=units["thcs"], year=2026, level="excellent")
    for place, person in enumerate(people):
        add_evidence(by=office, model=Evaluation, subject=person, year=2026, level="excellent" if place < 2 else "good")
    answer = post(signed_in("vanphong"), units, {"thcs": "good"}, reason="Ghi nhầm mức")
    assert answer.status_code == 422 and "Người của đơn vị: Nhóm viên chức" in page_of(answer)
    assert saved() == {"thcs": "excellent"}


def test_the_commune_itself_is_rated_after_the_units_under_it(commune, units, signed_in):
    upper = next(unit for unit in units.values() if unit.kind == Unit.OFFICE)
    answer = post(signed_in("vanphong"), units, {upper.code: "good"})
    assert answer.status_code == 422 and "Cấp dưới xếp loại trước" in page_of(answer)


def test_a_recorded_level_is_changed_only_with_a_reason(units, signed_in):
    browser = signed_in("vanphong")
    post(browser, units, {"mamnon": "good"})
    assert post(browser, units, {"mamnon": "done"}).status_code == 422 and saved() == {"mamnon": "good"}
    post(browser, units, {"mamnon": "done"}, reason="Ghi nhầm lần trước")
    assert saved() == {"mamnon": "done"}
    assert post(browser, units, {}).status_code == 422


def test_shares_of_what_is_typed_are_shown_and_nothing_saved(units, signed_in):
    answer = post(signed_in("vanphong"), units, {"thcs": "excellent"}, do="check")
    assert "xuất sắc 1 / tối đa 1 (dưới 5 đơn vị" in page_of(answer) and not saved()


def test_who_may_and_which_year(signed_in):
    address = reverse("villages:unit_evaluations", args=[2026])
    for login, status in (("thcs", 403), ("chutich", 403), ("vanphong", 200)):
        assert signed_in(login).get(address).status_code == status
    answer = signed_in("vanphong").get(reverse("villages:unit_evaluations", args=[2999]))
    assert answer["Location"] == reverse("villages:enter_unit_evaluations")
