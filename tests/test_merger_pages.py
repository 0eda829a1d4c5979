"""Pages after the merger of two thôn: what is still to be entered, who is the head, which unit somebody was of."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from commendations.models import Award
from emulation.notices.models import Notification
from tests.html import page_of
from villages.actions.absences import record_absence
from villages.actions.heads import set_unit_head
from villages.actions.person_changes import change_post
from villages.actions.unit_changes import carry_out_due_changes
from villages.models import Household, Person, Unit, UnitChange
from villages.tests.mergers import DAY, at, new_unit, record_merger


@pytest.fixture(autouse=True)
def _today(in_november):
    """20/11/2026."""


@pytest.fixture
def units(commune):
    return {unit.code: unit for unit in Unit.objects.filter(commune=commune)}


@pytest.fixture
def merged_on_its_day(commune, office, units):
    """Records the merger; `merged_on_its_day()` carries it out on 01/12/2026."""
    record_merger(office, commune, units)

    def carry_out():
        assert carry_out_due_changes(commune=commune, on=DAY) == 1
        return new_unit()

    return carry_out


def masthead_of(browser):
    """The head of the user's first page, as text."""
    return page_of(browser.get(reverse("reports:todo"))).split("</header>")[0]


@pytest.fixture
def merger(commune, merged_on_its_day):
    """The merger, carried out; the clock at 9 o'clock of its day."""
    with at(DAY):
        merged_on_its_day()
        yield UnitChange.objects.get()


def test_the_page_of_the_merger_names_what_is_still_to_be_entered(office, signed_in, merger):
    page = page_of(signed_in("vanphong").get(merger.get_absolute_url()))
    assert "Phân công ủy viên phụ trách Thôn Hòa Bình" in page and "Cử người đứng đầu Thôn Hòa Bình" not in page
    assert "nay vẫn ghi “Trưởng Thôn 1”" in page and "nay vẫn ghi “Trưởng Thôn 2”" in page
    former = Person.objects.get(user__username="thon2")
    change_post(by=office, person=former, effective_on=DAY, post="Nông dân", group=former.group)
    page = page_of(signed_in("vanphong").get(merger.get_absolute_url()))
    assert "Trưởng Thôn 1" in page and "Trưởng Thôn 2" not in page
    assert "Ghi tiếp" not in page_of(signed_in("chutich").get(merger.get_absolute_url()))


def test_the_former_head_reads_which_post_has_ended(signed_in, merger):
    page = page_of(signed_in("thon2").get(reverse("reports:todo")))
    assert "Hôm nay bạn không giữ vai nào ở xã" in page and "Trưởng thôn, Thôn 2" in page and "đến 30/11/2026" in page
    assert "không giữ vai nào" not in page_of(signed_in("thon1").get(reverse("reports:todo")))


def test_units_name_their_acting_head_and_that_they_have_ended(signed_in, units, merger):
    browser = signed_in("vanphong")
    page = page_of(browser.get(new_unit().get_absolute_url()))
    assert f"Phụ trách đến hết ngày {DAY + timedelta(days=90):%d/%m/%Y}" in page
    page = page_of(browser.get(units["thon1"].get_absolute_url()))
    assert "Không còn ai trong danh sách" in page and "Thêm người" not in page and "Ghi nhóm đối tượng" not in page


def test_an_acting_head_reads_so_at_the_head_of_every_page(signed_in, user, units, merger):
    assert "Phụ trách Thôn Hòa Bình" in masthead_of(signed_in("thon1"))
    assert "Trưởng thôn" not in masthead_of(signed_in("thon1"))
    with at(DAY + timedelta(days=20)):
        elected = Person.objects.get(user__username="thon1")
        set_unit_head(by=user("vanphong"), unit=new_unit(), person=elected, starts_on=timezone.localdate())
        assert "Trưởng thôn, Thôn Hòa Bình" in masthead_of(signed_in("thon1"))


def test_an_acting_head_and_the_head_before_are_notified_of_the_days(user, units):
    today = timezone.localdate()
    person = Person.objects.get(user__username="thon3")
    until = today + timedelta(days=30)
    set_unit_head(by=user("vanphong"), unit=units["thon4"], person=person, starts_on=today, acting_until=until)
    days = f"từ {today:%d/%m/%Y} đến hết ngày {until:%d/%m/%Y}."
    texts = Notification.objects.filter(user__username__in=["thon3", "thon4"], text__contains=days)
    assert {row.user.username: row.text.split(days)[0].strip() for row in texts} == {
        "thon3": "Bạn phụ trách Thôn 4",
        "thon4": f"{person.full_name} phụ trách Thôn 4 thay bạn",
    }


def test_a_head_who_is_corrected_on_the_same_day_is_notified_again(user, units):
    today = timezone.localdate()
    for login in ("thon3", "thon5"):  # the first one by mistake
        person = Person.objects.get(user__username=login)
        set_unit_head(by=user("vanphong"), unit=units["thon4"], person=person, starts_on=today)
    texts = Notification.objects.filter(text__contains="Thôn 4 ").values_list("user__username", "text").order_by("pk")
    found = [(login, text.partition(" từ ")[0]) for login, text in texts]
    assert found[-2:] == [("thon3", f"{person.full_name} đứng đầu Thôn 4 thay bạn"), ("thon5", "Bạn đứng đầu Thôn 4")]


def test_the_deputy_of_an_absent_head_reads_for_whom_they_act(signed_in, user, units):
    today = timezone.localdate()
    head = user("thon3")
    record_absence(by=head, unit=units["thon3"], head=head, starts_on=today, ends_on=today, deputy=user("thon4"))
    assert "Trưởng thôn, Thôn 3 (làm thay); Trưởng thôn, Thôn 4" in masthead_of(signed_in("thon4"))


def test_people_who_left_before_are_not_counted_as_moved(commune, units, merged_on_its_day):
    merging = Person.objects.in_use().filter(unit__in=[units["thon1"], units["thon2"]])
    before = merging.count()
    Person.objects.create(commune=commune, unit=units["thon2"], full_name="Vi Văn Cũ", is_active=False)
    assert merged_on_its_day() and UnitChange.objects.get().carried["people"] == before
    assert Person.objects.get(full_name="Vi Văn Cũ").unit == new_unit()


def test_who_was_moved_by_a_merger_shows_the_unit_of_before(full_demo, signed_in, office, units):
    change = record_merger(office, full_demo, units, day=timezone.localdate())
    award = Award.objects.filter(unit=units["thon1"], person__isnull=False).first()
    browser = signed_in("vanphong")
    page = page_of(browser.get(award.person.get_absolute_url()))
    assert f"trước ngày {change.effective_on:%d/%m/%Y}: Thôn 1" in page
    book = page_of(browser.get(reverse("commendations:person_book", args=[award.person_id])))
    assert f"khi đó: {award.place}" in book and "Thôn 1" in award.place
    household = Household.objects.filter(unit=new_unit()).first()
    assert f"trước ngày {change.effective_on:%d/%m/%Y}: Thôn" in page_of(browser.get(household.get_absolute_url()))
