"""A commune opened from its plan, then by the screens alone: units, a head with a slip, the first exemplar."""

import tomllib
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from campaigns.exemplars.actions.period import open_due_periods
from campaigns.models import Exemplar, Field, Period
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from reports.queries.todo import todo_of
from tests.html import page_of
from tests.new_commune import EXAMPLE, UNITS, titles
from villages.models import Appointment, Person, Unit
from villages.rules.commune_plan import commune_plan_faults
from villages.rules.existing_units import DAYS_TO_ENTER, entering_fault, existing_unit_faults, units_of_text
from villages.tests.account_helpers import code_of, set_password, show_code

TODAY = timezone.localdate()
VIETNAM = timezone.get_default_timezone()
ROLES = [role.value for role in Role]
KINDS = [kind for kind, _ in Unit.KINDS]


def test_from_the_example_plan_to_the_first_exemplar_by_the_screens(first_office):
    assert titles() == ["Bắt đầu: ghi các đơn vị của xã"]
    first_office.post(
        UNITS, {"village": "Thôn 1\nThôn 2", "school": "Trường Tiểu học Bình Lương", "organisation": "Đoàn xã; Bí thư"}
    )
    assert list(Unit.objects.order_by("sort").values_list("name", "head_title"))[1:] == [
        ("Thôn 1", "Trưởng thôn"), ("Thôn 2", "Trưởng thôn"),
        ("Trường Tiểu học Bình Lương", "Hiệu trưởng"), ("Đoàn xã", "Bí thư"),
    ]  # fmt: skip
    assert titles() == [
        "Thêm tài khoản cho người đứng đầu đơn vị", "Thêm tài khoản Chủ tịch, Văn thư", "Ghi Hội đồng TĐKT",
    ]  # fmt: skip
    (task, *_) = todo_of(User.objects.get(username="vanphong"), TODAY).tasks
    assert task.who == "Thôn 1, Thôn 2, Trường Tiểu học Bình Lương và 1 đơn vị khác"
    form = first_office.get(task.url).context["form"]
    assert form.initial["role"] == "village_head"
    typed = {
        "full_name": "Lê Văn Hòa",
        "role": "village_head",
        "unit": form.initial["unit"],
        "starts_on": f"{TODAY:%d/%m/%Y}",
    }
    shown = first_office.post(task.url, typed)
    slip = first_office.post(task.url, {**typed, "previewed": shown.context["previewed"]})
    assert "Thôn 2" in todo_of(User.objects.get(username="vanphong"), TODAY).tasks[0].who
    head, _ = show_code("hoa.lv", code_of(slip))
    set_password(head)
    month = Period.objects.get(kind=Period.MONTH)
    tasks = todo_of(User.objects.get(username="hoa.lv"), TODAY).tasks
    # The last month of a quarter has more tasks.
    (task,) = [one for one in tasks if one.title == f"Gửi điển hình tháng {month.number}/{month.year}"]
    exemplar = {
        "kind": "person", "pick": "new", "name": "Lương Văn Thúy", "field": Field.objects.first().pk, "do": "submit",
        "deed": "Vận động bảy hộ góp công làm lại mương nước dài 300 mét.", "once": "k" * 20,
    }  # fmt: skip
    assert head.post(head.get(task.url, follow=True).request["PATH_INFO"], exemplar).status_code == 302
    first = Exemplar.objects.get()
    assert first.state == "submitted" and first.person.unit.name == "Thôn 1"
    assert titles()[0] == "Xem xét điển hình đơn vị gửi"
    first_office.post(reverse("campaigns:accept", args=[first.pk]), {"seen": first.version})
    first.refresh_from_db()
    assert first.state == "accepted"


@pytest.mark.parametrize(("day", "due"), [(2, 25), (18, 25), (20, 27), (30, 7)])
def test_the_first_month_leaves_a_week_on_whichever_day_it_begins(db, day, due):
    with time_machine.travel(datetime(2026, 11, day, 9, tzinfo=VIETNAM), tick=False):
        call_command("open_commune", EXAMPLE)
        month = Period.objects.get()
        assert (month.number, month.due_on.day) == (11, due) and month.due_on > timezone.localdate()
    commune = Commune.objects.get()
    open_due_periods(
        commune=commune, on=date(2026, 12, 28)
    )  # later months keep their day, however late they are opened
    assert set(Period.objects.filter(number=12).values_list("due_on", flat=True)) == {date(2026, 12, 25)}


def test_the_quarter_that_opens_with_the_first_month_leaves_a_week_too(db):
    with time_machine.travel(datetime(2026, 12, 29, 9, tzinfo=VIETNAM), tick=False):
        call_command("open_commune", EXAMPLE)
    assert set(Period.objects.values_list("kind", "due_on")) == {
        ("month", date(2027, 1, 5)), ("quarter", date(2027, 1, 5)),
    }  # fmt: skip


def test_after_the_units_the_page_leads_to_the_next_task(first_office):
    answer = first_office.post(UNITS, {"village": "Thôn 1"}, follow=True)
    assert "Đã ghi 1 đơn vị." in page_of(answer) and "Xem việc tiếp theo (còn 3)" in page_of(answer)


def test_who_does_the_work_of_the_office_is_not_named_as_its_head(first_office):
    assert "Nguyễn Thị A (phụ trách TĐKT)" in page_of(first_office.get("/don-vi/"))
    unit = Unit.objects.get(kind="office")
    assert "Trưởng phòng" not in page_of(first_office.get(unit.get_absolute_url()))
    assert not Appointment.objects.filter(unit=unit).exists()


def test_help_names_the_administrator_to_the_office_and_the_office_to_everybody_else(first_office):
    assert "báo lỗi cho quản trị hệ thống." in page_of(first_office.get("/tro-giup/bat-dau/"))
    assert "báo lỗi cho Văn phòng." in page_of(Client().get("/tro-giup/bat-dau/"))


def test_faults_of_the_units_keep_the_text(first_office):
    for typed, fault in (
        ({}, "Hãy ghi tên đơn vị"),
        ({"village": "Thôn 1\nthon 1"}, "ghi hai lần hoặc đã có rồi"),
        ({"village": "x" * 130}, "dài quá"),
        ({"village": "\n".join(f"Thôn {number}" for number in range(70))}, "Nhiều nhất 60 đơn vị"),
    ):
        answer = first_office.post(UNITS, typed)
        assert answer.status_code == 422 and fault in page_of(answer) and Unit.objects.count() == 1
        assert typed.get("village", "") in answer.content.decode()


def test_a_unit_entered_by_mistake_is_taken_out_while_nobody_is_in_it(first_office):
    first_office.post(UNITS, {"village": "Thôn 1\nThôn 3"})
    wrong = Unit.objects.get(name="Thôn 3")
    used = Unit.objects.get(name="Thôn 1")
    first_office.post(UNITS, {"removed": [wrong.pk], "village": "Thôn 2"})
    assert set(Unit.objects.filter(kind="village").values_list("name", flat=True)) == {"Thôn 1", "Thôn 2"}
    Person.objects.create(commune=used.commune, unit=used, full_name="Vi Văn Thành")
    answer = first_office.post(UNITS, {"removed": [used.pk]})
    assert answer.status_code == 422 and Unit.objects.filter(pk=used.pk).exists()


def test_after_the_first_days_units_are_opened_by_a_paper(first_office):
    Commune.objects.update(created_at=timezone.now() - timedelta(days=DAYS_TO_ENTER + 1))
    answer = first_office.post(UNITS, {"village": "Thôn 1"})
    assert "Thành lập đơn vị" in page_of(answer) and Unit.objects.count() == 1
    assert "Ghi các đơn vị đang có" not in page_of(first_office.get("/don-vi/"))
    assert not entering_fault(TODAY, TODAY + timedelta(days=DAYS_TO_ENTER))


def test_only_the_office_enters_units(slip_codes):
    browser, _ = show_code("quantri", slip_codes["quantri"])
    set_password(browser)
    assert browser.get(UNITS).status_code == 403 and Client().get(UNITS).status_code == 302


@given(st.lists(st.sampled_from(["Thôn 1", "thôn  1", "Thôn 2", "", "  "]), max_size=5))
def test_a_name_is_entered_once_however_it_is_typed(lines):
    units = units_of_text("\n".join(lines), "village", "Trưởng thôn")
    names = [" ".join(line.lower().split()) for line in lines if line.strip()]
    assert bool(list(existing_unit_faults(units, []))) == (len(names) > len(set(names)))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"code": "Xã tôi"}, "code:"),
        ({"units": []}, "[[units]]: cần ít nhất một."),
        ({"logins": [{"login": "a"}]}, "thiếu role, name"),
        ({"logins": [{"login": "vanphong", "role": "boss", "name": "A"}]}, "role phải là một trong"),
        ({"logins": [{"login": "Văn phòng", "role": "office", "name": "A"}]}, "tên đăng nhập viết thường"),
        ({"people": [["thon1", "Lê Văn <b>Đậm</b>", "nam", 1980, "", ""]]}, "đề nghị “Lê Văn Đậm”"),
        ({"logins": [{"login": "a", "role": "office", "name": "A", "unit": "x"}]}, "không có đơn vị mã x"),
        ({"logins": [{"login": "a", "role": "office", "name": "A"}]}, "quản trị hệ thống (administrator)"),
    ],
)
def test_a_plan_with_a_fault_is_refused_in_words(change, fault):
    plan = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    assert commune_plan_faults(plan, ROLES, KINDS) == []
    assert fault in "\n".join(commune_plan_faults({**plan, **change}, ROLES, KINDS))


def test_the_command_names_the_faults_and_creates_nothing(db, tmp_path):
    plan = tmp_path / "xa.toml"
    text = EXAMPLE.read_text(encoding="utf-8").replace("starts_on = 2025-07-01", 'starts_on = "1/7/2025"')
    plan.write_text(text.replace('role = "office"', 'role = "văn phòng"'), encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        call_command("open_commune", plan)
    assert "starts_on là một ngày" in str(refused.value) and "vanphong: role phải là" in str(refused.value)
    assert not Commune.objects.exists() and not User.objects.exists()
