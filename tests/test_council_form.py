"""The form that renews the council: its present members, ticked and chosen ones, the preview, faults."""

import pytest

from tests.html import page_of
from tests.test_council_renewed import BEGINS, COMES, DAY, LEAVES, TODAY, session_on
from tests.travel import at
from villages.models import Appointment, CouncilLiaison, CouncilVersion, Person, Unit

PAGE = "/don-vi/hoi-dong/kien-toan/"


@pytest.fixture
def form_page(commune, signed_in):
    """A browser of the office and the first values of the form of a new council."""
    with at(TODAY):
        browser = signed_in("vanphong")
        form = browser.get(PAGE).context["form"]
        data = {name: form.initial.get(name, field.initial) or "" for name, field in form.fields.items()}
        decision = {"decision_no": "45/QĐ-UBND", "decision_date": "01/12/2026", "starts_on": "10/12/2026"}
        yield browser, {**data, **decision}


def place_of(login):
    present = CouncilVersion.objects.get(ends_on=None)
    return [seat.person.user.username for seat in present.seats.all()].index(login) + 1


def confirmed(browser, data):
    """The preview, then the same again with its button."""
    shown = browser.post(PAGE, {**data, "do": "preview"})
    assert shown.status_code == 200, page_of(shown)
    again = {**data, "do": "confirm", "previewed": shown.context["previewed"]}
    return page_of(shown), browser.post(PAGE, again, follow=True)


def test_one_tick_and_one_choice_renew_the_council_after_a_preview(commune, office, user, form_page):
    browser, data = form_page
    unit = Unit.objects.get(commune=commune, code="thon1")
    leaver = Person.objects.get(user__username=LEAVES)
    CouncilLiaison.objects.create(commune=commune, unit=unit, person=leaver, starts_on=TODAY - DAY)
    session_on(commune, office, BEGINS + DAY)
    newcomer = Person.objects.get(user__username=COMES)
    del data[f"keep_{place_of(LEAVES)}"]
    data["person_8"] = str(newcomer.pk)
    shown = page_of(browser.post(PAGE, {**data, "do": "preview"}))
    assert f"Mới: {newcomer.full_name} (Ủy viên, {newcomer.post})" in shown
    assert f"Thôi: {leaver.full_name}. Từ ngày 10/12/2026" in shown and "Hội đồng 7 người" in shown
    assert f"{leaver.full_name} thôi phụ trách Thôn 1" in shown and "thôi hết ngày 09/12/2026" in shown
    assert "1 phiên họp đã lập (ngày 11/12/2026)" in shown and "Đã ghi" not in shown
    assert CouncilVersion.objects.count() == 1  # nothing is recorded by the preview
    _, answer = confirmed(browser, data)
    page = page_of(answer)
    assert "Đã ghi" in page and f"mới: {newcomer.full_name}" in page and f"thôi: {leaver.full_name}" in page
    version = CouncilVersion.objects.get(decision_no="45/QĐ-UBND")
    assert version.seats.get(person=newcomer).position == newcomer.post and version.seats.count() == 7
    back = browser.post(f"/don-vi/hoi-dong/{version.pk}/rut/", {"reason": "Ghi sai ngày quyết định."}, follow=True)
    assert "Đã rút" in page_of(back) and CouncilLiaison.objects.get(person=leaver).ends_on is None


def test_what_changed_after_the_preview_is_previewed_again(form_page):
    browser, data = form_page
    shown = browser.post(PAGE, {**data, "do": "preview"})
    again = browser.post(
        PAGE, {**data, "starts_on": "11/12/2026", "do": "confirm", "previewed": shown.context["previewed"]}
    )
    assert "từ ngày 11/12/2026" in page_of(again) and CouncilVersion.objects.count() == 1


def test_a_changed_role_shows_in_the_preview_and_the_chair_comes_first(form_page):
    browser, data = form_page
    data |= {"role_1": "vice", f"role_{place_of('vanphong')}": "chair", "role_5": "standing"}
    shown, _ = confirmed(browser, data)
    assert "thành Chủ tịch Hội đồng," in shown and "thành Phó Chủ tịch Hội đồng," in shown
    first = CouncilVersion.objects.get(decision_no="45/QĐ-UBND").seats.first()
    assert first.role == "chair" and first.person.user.username == "vanphong"


def test_faults_keep_what_was_typed(form_page, signed_in):
    browser, data = form_page
    bad = browser.post(PAGE, {**data, "starts_on": "30/11/2026"})
    assert bad.status_code == 422 and "Không trước ngày quyết định" in page_of(bad)
    assert 'value="45/QĐ-UBND"' in bad.content.decode()
    nobody = {name: value for name, value in data.items() if not name.startswith("keep_")}
    bad = browser.post(PAGE, nobody)
    assert bad.status_code == 422 and "ít nhất 3 thành viên" in page_of(bad)
    Person.objects.filter(user__username=COMES).update(post="")
    Appointment.objects.filter(person__user__username=COMES).delete()
    person = Person.objects.get(user__username=COMES)
    bad = browser.post(PAGE, {**data, "person_8": str(person.pk)})
    assert bad.status_code == 422 and f"Hãy ghi chức vụ của {person.full_name}" in page_of(bad)
    assert CouncilVersion.objects.count() == 1 and signed_in("chutich").get(PAGE).status_code == 403


def test_a_member_who_is_no_longer_in_the_list_is_named_and_not_kept(form_page, signed_in):
    browser, data = form_page
    person = Person.objects.get(user__username=LEAVES)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    page = page_of(browser.get(PAGE))
    assert f"{person.full_name} không còn trong danh sách." in page
    shown, _ = confirmed(browser, data)
    assert f"Thôi: {person.full_name}" in shown
    assert not CouncilVersion.objects.get(decision_no="45/QĐ-UBND").seats.filter(person=person).exists()


def test_a_decision_of_a_later_day_is_refused_and_kept_on_the_form(form_page):
    browser, data = form_page
    later = f"{TODAY + DAY:%d/%m/%Y}"
    page = page_of(browser.post(PAGE, {**data, "decision_date": later, "do": "preview"}))
    assert "Ngày quyết định không thể sau hôm nay." in page and f'value="{later}"' in page
    assert CouncilVersion.objects.count() == 1
