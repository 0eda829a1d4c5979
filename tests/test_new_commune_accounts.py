"""The accounts of a commune that begins: heads, the chair and the first council, what the pages lead to."""

from django.urls import reverse
from django.utils import timezone

from emulation.accounts.models import AccountRequest, User
from emulation.communes.models import Commune
from emulation.notices.models import Notification
from reports.actions.post_reminders import remind_of_posts
from reports.queries.todo import todo_of
from tests.html import page_of
from tests.new_commune import UNITS, titles
from villages.models import CouncilVersion, Person, Unit
from villages.tests.account_helpers import code_of, set_password, show_code

TODAY = timezone.localdate()


def test_the_chair_is_confirmed_by_the_administrator_and_sits_in_the_first_council(first_office, slip_codes):
    first_office.post(UNITS, {"village": "Thôn 1"})
    office_user = User.objects.get(username="vanphong")
    (signers,) = [task for task in todo_of(office_user, TODAY).tasks if "Chủ tịch" in task.title]
    assert first_office.get(signers.url).context["form"].initial["role"] == "chair"
    typed = {
        "full_name": "Phạm Văn Sơn",
        "role": "chair",
        "starts_on": f"{TODAY:%d/%m/%Y}",
        "reason": "Chủ tịch đương nhiệm",
    }
    shown = first_office.post(signers.url, typed)
    assert "Ghi Phạm Văn Sơn vào danh sách người của Phòng Văn hóa - Xã hội" in page_of(shown)
    first_office.post(signers.url, {**typed, "previewed": shown.context["previewed"]})
    request = AccountRequest.objects.get()
    assert "Thêm tài khoản Văn thư" in titles() and "Thêm tài khoản Chủ tịch, Văn thư" not in titles()
    administrator, _ = show_code("quantri", slip_codes["quantri"])
    set_password(administrator)
    assert "nút bên dưới" not in page_of(administrator.get(request.get_absolute_url()))
    administrator.post(reverse("villages:confirm_account_request", args=[request.pk]), {"seen": request.version})
    carry_out = reverse("villages:carry_out_account_request", args=[request.pk])
    assert "Phiếu mật khẩu hiện ra một lần" in page_of(first_office.get(carry_out))
    assert code_of(first_office.post(carry_out, {"seen": AccountRequest.objects.get().version}))
    chair = Person.objects.get(user__username="son.pv")
    assert (chair.unit.kind, chair.post) == (Unit.OFFICE, "Chủ tịch UBND xã")
    form = first_office.get(reverse("villages:renew_council"))
    assert "Ghi Hội đồng theo quyết định đang có hiệu lực" in page_of(form) and "Hội đồng trước" not in page_of(form)
    assert form.context["form"]["name"].value().startswith("Hội đồng Thi đua - Khen thưởng xã ")
    member = {"full_name": "Vi Thị Hà", "role": "council_member", "starts_on": f"{TODAY:%d/%m/%Y}"}
    shown = first_office.post(reverse("villages:add_account"), member)
    first_office.post(reverse("villages:add_account"), {**member, "previewed": shown.context["previewed"]})
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
    shown = first_office.post(reverse("villages:renew_council"), {**council, "do": "preview"})
    previewed = shown.context["previewed"]
    first_office.post(reverse("villages:renew_council"), {**council, "do": "confirm", "previewed": previewed})
    seat = CouncilVersion.objects.get().seats.first()
    assert (seat.person, seat.role, seat.position) == (chair, "chair", "Chủ tịch UBND xã")


def test_a_member_of_the_council_who_is_listed_in_a_unit_is_not_listed_twice(first_office):
    first_office.post(UNITS, {"school": "Trường Tiểu học Bình Lương"})
    school = Unit.objects.get(kind="school")
    teacher = Person.objects.create(commune=school.commune, unit=school, full_name="Vi Thị Hà", post="Giáo viên")
    teacher.put_name("Vi Thị Hà")
    teacher.save()
    url = reverse("villages:add_account")
    typed = {"full_name": "Vi Thị Hà", "role": "council_member", "starts_on": f"{TODAY:%d/%m/%Y}"}
    asked = first_office.post(url, typed)
    assert asked.status_code == 422 and "Giáo viên, Trường Tiểu học Bình Lương" in page_of(asked)
    chosen = {**typed, "person": teacher.pk}
    first_office.post(url, {**chosen, "previewed": first_office.post(url, chosen).context["previewed"]})
    assert Person.objects.get(full_name="Vi Thị Hà").user.username == "ha.vt"


def test_the_preview_of_an_account_shows_its_button_before_the_fields(first_office):
    first_office.post(UNITS, {"village": "Thôn 1"})
    url = reverse("villages:add_account")
    unit = Unit.objects.get(kind="village")
    typed = {"full_name": "Lê Văn Hòa", "role": "village_head", "unit": unit.pk, "starts_on": f"{TODAY:%d/%m/%Y}"}
    shown = page_of(first_office.post(url, typed))
    assert "Sửa lại trước khi làm" in shown and "Đúng, thêm tài khoản" in shown
    assert "Sửa lại trước khi làm" not in page_of(first_office.get(url))


def test_the_list_of_units_leads_to_the_account_of_a_head_who_is_missing(first_office, slip_codes):
    first_office.post(UNITS, {"village": "Thôn 1"})
    unit = Unit.objects.get(kind="village")
    link = f"{reverse('villages:add_account')}?don-vi={unit.pk}"
    assert link in first_office.get("/don-vi/").content.decode()
    administrator, _ = show_code("quantri", slip_codes["quantri"])
    set_password(administrator)
    assert "Thêm tài khoản cho" not in page_of(administrator.get("/don-vi/"))


def test_a_slip_without_the_telephone_of_the_office_leads_to_where_it_is_entered(first_office):
    first_office.post(UNITS, {"village": "Thôn 1\nThôn 2"})
    first, second = Unit.objects.filter(kind="village").order_by("sort")
    url = reverse("villages:add_account")
    data = {"full_name": "Lê Văn Hòa", "role": "village_head", "unit": first.pk, "starts_on": f"{TODAY:%d/%m/%Y}"}
    slip = first_office.post(url, {**data, "previewed": first_office.post(url, data).context["previewed"]})
    assert (
        "chưa có số điện thoại Văn phòng" in page_of(slip) and reverse("accounts:office_phone") in slip.content.decode()
    )
    first_office.post(reverse("accounts:office_phone"), {"phone": "0237 3123 456", "starts_on": f"{TODAY:%d/%m/%Y}"})
    data |= {"full_name": "Vi Văn Sơn", "unit": second.pk}
    slip = first_office.post(url, {**data, "previewed": first_office.post(url, data).context["previewed"]})
    assert "chưa có số điện thoại" not in page_of(slip) and "0237 312 3456" in page_of(slip)


def test_reminders_of_a_unit_without_head_and_liaison_promise_nothing(first_office):
    first_office.post(UNITS, {"village": "Thôn 1"})
    assert "Thôn 1 (chưa có người đứng đầu, chưa có ủy viên phụ trách)" in page_of(
        first_office.get(reverse("campaigns:outstanding"))
    )


def test_the_reminder_of_a_first_task_is_written_in_whole_sentences(first_office):
    remind_of_posts(commune=Commune.objects.get(), on=TODAY)
    first_office.post(UNITS, {"village": "Thôn 1"})
    remind_of_posts(commune=Commune.objects.get(), on=TODAY)
    texts = list(Notification.objects.filter(text__startswith="Ghi Hội đồng TĐKT").values_list("text", flat=True))
    assert texts and all("hiệu lực. Thành viên có tài khoản" in text for text in texts)


def test_the_slip_of_one_head_leads_to_the_form_for_the_next_unit(first_office):
    first_office.post(UNITS, {"village": "Thôn 1\nThôn 2"})
    first, second = Unit.objects.filter(kind="village").order_by("sort")
    url = f"{reverse('villages:add_account')}?don-vi={first.pk}"
    typed = {"full_name": "Lê Văn Hòa", "role": "village_head", "unit": first.pk, "starts_on": f"{TODAY:%d/%m/%Y}"}
    slip = first_office.post(url, {**typed, "previewed": first_office.post(url, typed).context["previewed"]})
    assert f"?don-vi={second.pk}" in slip.content.decode() and "Thêm tài khoản cho Thôn 2" in page_of(slip)


def test_the_first_council_has_lines_enough(first_office):
    form = first_office.get("/don-vi/hoi-dong/kien-toan/").context["form"]
    assert sum(name.startswith("person_") for name in form.fields) == 12
