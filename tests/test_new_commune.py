"""A commune opened from its plan, then by the screens alone: units, a head with a slip, the first exemplar."""

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path

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
from emulation.accounts.models import AccountRequest, User
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from reports.queries.todo import todo_of
from tests.html import page_of
from villages.models import Appointment, CouncilVersion, Person, Unit
from villages.rules.commune_plan import commune_plan_faults
from villages.rules.existing_units import DAYS_TO_ENTER, entering_fault, existing_unit_faults, units_of_text
from villages.tests.account_helpers import code_of, set_password, show_code

EXAMPLE = Path("deploy/commune.example.toml")
UNITS = "/don-vi/dang-co/"
TODAY = timezone.localdate()
VIETNAM = timezone.get_default_timezone()
ROLES = [role.value for role in Role]
KINDS = [kind for kind, _ in Unit.KINDS]


@pytest.fixture
def codes(db, capsys):
    """The codes of the slips that the command prints for the example plan, by login."""
    call_command("open_commune", EXAMPLE)
    printed = [line.split()[:2] for line in capsys.readouterr().out.splitlines()]
    return {line[0]: line[1] for line in printed if line and line[0] in ("vanphong", "quantri")}


@pytest.fixture
def office(codes):
    browser, _ = show_code("vanphong", codes["vanphong"])
    assert set_password(browser).status_code == 302
    return browser


def titles():
    return [task.title for task in todo_of(User.objects.get(username="vanphong"), TODAY).tasks]


def test_from_the_example_plan_to_the_first_exemplar_by_the_screens(office):
    assert titles() == ["Bắt đầu: ghi các đơn vị của xã"]
    office.post(
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
    form = office.get(task.url).context["form"]
    assert form.initial["role"] == "village_head"
    typed = {
        "full_name": "Lê Văn Hòa",
        "role": "village_head",
        "unit": form.initial["unit"],
        "starts_on": f"{TODAY:%d/%m/%Y}",
    }
    shown = office.post(task.url, typed)
    slip = office.post(task.url, {**typed, "previewed": shown.context["previewed"]})
    assert "Thôn 2" in todo_of(User.objects.get(username="vanphong"), TODAY).tasks[0].who
    head, _ = show_code("hoa.lv", code_of(slip))
    set_password(head)
    month = Period.objects.get(kind=Period.MONTH)
    (task,) = todo_of(User.objects.get(username="hoa.lv"), TODAY).tasks
    assert task.title == f"Gửi điển hình tháng {month.number}/{month.year}"
    exemplar = {
        "kind": "person", "pick": "new", "name": "Lương Văn Thúy", "field": Field.objects.first().pk, "do": "submit",
        "deed": "Vận động bảy hộ góp công làm lại mương nước dài 300 mét.", "once": "k" * 20,
    }  # fmt: skip
    assert head.post(head.get(task.url, follow=True).request["PATH_INFO"], exemplar).status_code == 302
    first = Exemplar.objects.get()
    assert first.state == "submitted" and first.person.unit.name == "Thôn 1"
    assert titles()[0] == "Xem xét điển hình đơn vị gửi"
    office.post(reverse("campaigns:accept", args=[first.pk]), {"seen": first.version})
    first.refresh_from_db()
    assert first.state == "accepted"


def test_the_chair_is_confirmed_by_the_administrator_and_sits_in_the_first_council(office, codes):
    office.post(UNITS, {"village": "Thôn 1"})
    office_user = User.objects.get(username="vanphong")
    (signers,) = [task for task in todo_of(office_user, TODAY).tasks if "Chủ tịch" in task.title]
    assert office.get(signers.url).context["form"].initial["role"] == "chair"
    typed = {
        "full_name": "Phạm Văn Sơn",
        "role": "chair",
        "starts_on": f"{TODAY:%d/%m/%Y}",
        "reason": "Chủ tịch đương nhiệm",
    }
    shown = office.post(signers.url, typed)
    assert "Ghi Phạm Văn Sơn vào danh sách người của Phòng Văn hóa - Xã hội" in page_of(shown)
    office.post(signers.url, {**typed, "previewed": shown.context["previewed"]})
    request = AccountRequest.objects.get()
    assert "Thêm tài khoản Văn thư" in titles() and "Thêm tài khoản Chủ tịch, Văn thư" not in titles()
    administrator, _ = show_code("quantri", codes["quantri"])
    set_password(administrator)
    assert "nút bên dưới" not in page_of(administrator.get(request.get_absolute_url()))
    administrator.post(reverse("villages:confirm_account_request", args=[request.pk]), {"seen": request.version})
    carry_out = reverse("villages:carry_out_account_request", args=[request.pk])
    assert "Phiếu mật khẩu hiện ra một lần" in page_of(office.get(carry_out))
    assert code_of(office.post(carry_out, {"seen": AccountRequest.objects.get().version}))
    chair = Person.objects.get(user__username="son.pv")
    assert (chair.unit.kind, chair.post) == (Unit.OFFICE, "Chủ tịch UBND xã")
    form = office.get(reverse("villages:renew_council"))
    assert "Ghi Hội đồng theo quyết định đang có hiệu lực" in page_of(form) and "Hội đồng trước" not in page_of(form)
    member = {"full_name": "Vi Thị Hà", "role": "council_member", "starts_on": f"{TODAY:%d/%m/%Y}"}
    shown = office.post(reverse("villages:add_account"), member)
    office.post(reverse("villages:add_account"), {**member, "previewed": shown.context["previewed"]})
    places = zip(
        (chair.user, office_user, User.objects.get(username="ha.vt")), ("chair", "standing", "member"), strict=True
    )
    council = {
        "decision_no": "15/QĐ-UBND",
        "decision_date": "02/01/2026",
        "starts_on": f"{TODAY:%d/%m/%Y}",
        "name": "Hội đồng TĐKT",
    }
    for place, (user, role) in enumerate(places, 1):
        council |= {f"person_{place}": Person.objects.get(user=user).pk, f"role_{place}": role}
    council["position_3"] = "Chủ tịch Hội Nông dân xã"
    shown = office.post(reverse("villages:renew_council"), {**council, "do": "preview"})
    previewed = shown.context["previewed"]
    office.post(reverse("villages:renew_council"), {**council, "do": "confirm", "previewed": previewed})
    seat = CouncilVersion.objects.get().seats.first()
    assert (seat.person, seat.role, seat.position) == (chair, "chair", "Chủ tịch UBND xã")


def test_a_member_of_the_council_who_is_listed_in_a_unit_is_not_listed_twice(office):
    office.post(UNITS, {"school": "Trường Tiểu học Bình Lương"})
    school = Unit.objects.get(kind="school")
    teacher = Person.objects.create(commune=school.commune, unit=school, full_name="Vi Thị Hà", post="Giáo viên")
    teacher.put_name("Vi Thị Hà")
    teacher.save()
    url = reverse("villages:add_account")
    typed = {"full_name": "Vi Thị Hà", "role": "council_member", "starts_on": f"{TODAY:%d/%m/%Y}"}
    asked = office.post(url, typed)
    assert asked.status_code == 422 and "Giáo viên, Trường Tiểu học Bình Lương" in page_of(asked)
    chosen = {**typed, "person": teacher.pk}
    office.post(url, {**chosen, "previewed": office.post(url, chosen).context["previewed"]})
    assert Person.objects.get(full_name="Vi Thị Hà").user.username == "ha.vt"


def test_the_preview_of_an_account_shows_its_button_before_the_fields(office):
    office.post(UNITS, {"village": "Thôn 1"})
    url = reverse("villages:add_account")
    unit = Unit.objects.get(kind="village")
    typed = {"full_name": "Lê Văn Hòa", "role": "village_head", "unit": unit.pk, "starts_on": f"{TODAY:%d/%m/%Y}"}
    shown = page_of(office.post(url, typed))
    assert "Sửa lại trước khi làm" in shown and "Đúng, thêm tài khoản" in shown
    assert "Sửa lại trước khi làm" not in page_of(office.get(url))


def test_the_list_of_units_leads_to_the_account_of_a_head_who_is_missing(office, codes):
    office.post(UNITS, {"village": "Thôn 1"})
    unit = Unit.objects.get(kind="village")
    link = f"{reverse('villages:add_account')}?don-vi={unit.pk}"
    assert link in office.get("/don-vi/").content.decode()
    administrator, _ = show_code("quantri", codes["quantri"])
    set_password(administrator)
    assert "Thêm tài khoản cho" not in page_of(administrator.get("/don-vi/"))


def test_a_slip_without_the_telephone_of_the_office_leads_to_where_it_is_entered(office):
    office.post(UNITS, {"village": "Thôn 1\nThôn 2"})
    first, second = Unit.objects.filter(kind="village").order_by("sort")
    url = reverse("villages:add_account")
    data = {"full_name": "Lê Văn Hòa", "role": "village_head", "unit": first.pk, "starts_on": f"{TODAY:%d/%m/%Y}"}
    slip = office.post(url, {**data, "previewed": office.post(url, data).context["previewed"]})
    assert (
        "chưa có số điện thoại Văn phòng" in page_of(slip) and reverse("accounts:office_phone") in slip.content.decode()
    )
    office.post(reverse("accounts:office_phone"), {"phone": "0237 3123 456", "starts_on": f"{TODAY:%d/%m/%Y}"})
    data |= {"full_name": "Vi Văn Sơn", "unit": second.pk}
    slip = office.post(url, {**data, "previewed": office.post(url, data).context["previewed"]})
    assert "chưa có số điện thoại" not in page_of(slip) and "0237 312 3456" in page_of(slip)


def test_reminders_of_a_unit_without_head_and_liaison_promise_nothing(office):
    office.post(UNITS, {"village": "Thôn 1"})
    assert "Thôn 1 (chưa có người đứng đầu, chưa có ủy viên phụ trách)" in page_of(
        office.get(reverse("campaigns:owed"))
    )


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


def test_the_slip_of_one_head_leads_to_the_form_for_the_next_unit(office):
    office.post(UNITS, {"village": "Thôn 1\nThôn 2"})
    first, second = Unit.objects.filter(kind="village").order_by("sort")
    url = f"{reverse('villages:add_account')}?don-vi={first.pk}"
    typed = {"full_name": "Lê Văn Hòa", "role": "village_head", "unit": first.pk, "starts_on": f"{TODAY:%d/%m/%Y}"}
    slip = office.post(url, {**typed, "previewed": office.post(url, typed).context["previewed"]})
    assert f"?don-vi={second.pk}" in slip.content.decode() and "Thêm tài khoản cho Thôn 2" in page_of(slip)


def test_after_the_units_the_page_leads_to_the_next_task(office):
    answer = office.post(UNITS, {"village": "Thôn 1"}, follow=True)
    assert "Đã ghi 1 đơn vị." in page_of(answer) and "Xem việc tiếp theo (còn 3)" in page_of(answer)


def test_who_does_the_work_of_the_office_is_not_named_as_its_head(office):
    assert "Nguyễn Thị A (phụ trách TĐKT)" in page_of(office.get("/don-vi/"))
    unit = Unit.objects.get(kind="office")
    assert "Trưởng phòng" not in page_of(office.get(unit.get_absolute_url()))
    assert not Appointment.objects.filter(unit=unit).exists()


def test_help_names_the_administrator_to_the_office_and_the_office_to_everybody_else(office):
    assert "báo lỗi cho quản trị hệ thống." in page_of(office.get("/tro-giup/bat-dau/"))
    assert "báo lỗi cho Văn phòng." in page_of(Client().get("/tro-giup/bat-dau/"))


def test_the_first_council_has_lines_enough(office):
    form = office.get("/don-vi/hoi-dong/kien-toan/").context["form"]
    assert sum(name.startswith("person_") for name in form.fields) == 12


def test_faults_of_the_units_keep_the_text(office):
    for typed, fault in (
        ({}, "Hãy ghi tên đơn vị"),
        ({"village": "Thôn 1\nthon 1"}, "ghi hai lần hoặc đã có rồi"),
        ({"village": "x" * 130}, "dài quá"),
        ({"village": "\n".join(f"Thôn {number}" for number in range(70))}, "Nhiều nhất 60 đơn vị"),
    ):
        answer = office.post(UNITS, typed)
        assert answer.status_code == 422 and fault in page_of(answer) and Unit.objects.count() == 1
        assert typed.get("village", "") in answer.content.decode()


def test_a_unit_entered_by_mistake_is_taken_out_while_nobody_is_in_it(office):
    office.post(UNITS, {"village": "Thôn 1\nThôn 3"})
    wrong = Unit.objects.get(name="Thôn 3")
    used = Unit.objects.get(name="Thôn 1")
    office.post(UNITS, {"removed": [wrong.pk], "village": "Thôn 2"})
    assert set(Unit.objects.filter(kind="village").values_list("name", flat=True)) == {"Thôn 1", "Thôn 2"}
    Person.objects.create(commune=used.commune, unit=used, full_name="Vi Văn Thành")
    answer = office.post(UNITS, {"removed": [used.pk]})
    assert answer.status_code == 422 and Unit.objects.filter(pk=used.pk).exists()


def test_after_the_first_days_units_are_opened_by_a_paper(office):
    Commune.objects.update(created_at=timezone.now() - timedelta(days=DAYS_TO_ENTER + 1))
    answer = office.post(UNITS, {"village": "Thôn 1"})
    assert "Thành lập đơn vị" in page_of(answer) and Unit.objects.count() == 1
    assert "Ghi các đơn vị đang có" not in page_of(office.get("/don-vi/"))
    assert not entering_fault(TODAY, TODAY + timedelta(days=DAYS_TO_ENTER))


def test_only_the_office_enters_units(codes):
    browser, _ = show_code("quantri", codes["quantri"])
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
