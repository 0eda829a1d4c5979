"""Many cases of a unit for one title: their deeds in one form, the office's check of all."""

from datetime import date

import pytest

from commendations.actions.appraisal import return_nomination
from commendations.actions.many_nominations import TypedDeed, save_deeds, start_nominations
from commendations.models import Nomination
from commendations.queries.qualifying import nominees_of
from commendations.tests.factories import nomination_of
from tests.html import page_of
from villages.actions.evidence import add_evidence
from villages.actions.households import add_household
from villages.models import Evaluation, Person, Unit

pytestmark = pytest.mark.usefixtures("in_november", "db")
WRITE = "/khen-thuong/de-nghi/soan-nhieu/"
CHECK = "/khen-thuong/de-nghi/kiem-tra-nhieu/"


@pytest.fixture
def drafts(school, user):
    people = nominees_of(school, "person", user("thcs"))[:3]
    return start_nominations(
        by=user("thcs"), unit=school, nominees=people, code="LDTT", year=2026, idempotency_key="drafts"
    )


def write(browser, cases, deeds, **more):
    address = f"{WRITE}?unit={cases[0].unit_id}&award=LDTT&year=2026"
    data = {f"seen_{case.pk}": case.version for case in cases}
    data |= {f"deed_{case.pk}": deed for case, deed in zip(cases, deeds, strict=True)}
    return browser.post(address, {**data, **more}, follow=True)


def states(cases):
    return [Nomination.objects.get(pk=case.pk).state for case in cases]


def test_all_that_have_a_deed_are_submitted_and_the_others_are_named(drafts, signed_in):
    answer = write(signed_in("thcs"), drafts, ["Dạy giỏi.", "", "Giúp bạn."], do="submit", met_on="15/11/2026")
    assert states(drafts) == ["submitted", "draft", "submitted"]
    text = page_of(answer)
    assert "Đã nộp 2 hồ sơ." in text and f"còn ở bản soạn: {drafts[1].nominee_name}" in text
    rows = Nomination.objects.filter(pk__in=[case.pk for case in drafts]).order_by("pk")
    assert {(row.deed, row.met_on) for row in rows} == {
        ("Dạy giỏi.", date(2026, 11, 15)),
        ("", date(2026, 11, 15)),
        ("Giúp bạn.", date(2026, 11, 15)),
    }
    assert all(row.report_document_id for row in rows if row.state == "submitted")


def test_the_common_deed_is_that_of_who_has_no_own(drafts, signed_in):
    write(signed_in("thcs"), drafts, ["", "Riêng.", ""], rest="Chung.", do="submit")
    assert states(drafts) == ["submitted"] * 3
    deeds = Nomination.objects.filter(pk__in=[case.pk for case in drafts]).order_by("pk").values_list("deed", flat=True)
    assert list(deeds) == ["Chung.", "Riêng.", "Chung."]


def test_saved_and_not_submitted(drafts, signed_in):
    answer = write(signed_in("thcs"), drafts, ["Một.", "Hai.", "Ba."], do="save")
    assert states(drafts) == ["draft"] * 3 and "Đã lưu 3 hồ sơ, chưa nộp." in page_of(answer)


def test_one_that_somebody_changed_meanwhile_stops_all_and_keeps_what_was_typed(drafts, signed_in, office):
    save_deeds(
        by=office, typed=[TypedDeed(Nomination.objects.get(pk=drafts[0].pk), "Của Văn phòng.", None)], met_on=None
    )
    browser = signed_in("thcs")
    answer = write(browser, drafts, ["Của tôi.", "Hai.", "Ba."], do="submit")
    text = page_of(answer)
    assert answer.status_code == 422 and "Của tôi." in text and "Chưa lưu hồ sơ nào" in text
    assert states(drafts) == ["draft"] * 3
    assert not Nomination.objects.filter(pk__in=[case.pk for case in drafts[1:]]).exclude(deed="").exists()


def test_one_that_is_submitted_already_is_answered_at_its_row(drafts, signed_in, user):
    write(signed_in("thcs"), drafts[:1], ["Một."], do="submit")
    answer = write(signed_in("thcs"), drafts, ["Một nữa.", "Hai.", "Ba."], do="save")
    assert answer.status_code == 422 and "Một nữa." in page_of(answer)
    assert states(drafts) == ["submitted", "draft", "draft"]


@pytest.mark.parametrize(
    ("deeds", "met_on", "words"),
    [
        (["x" * 8001, "b", "c"], "", "8000"),
        (["a", "b", "c"], "15/12/2026", "Ngày họp bình xét"),
        (["a", "b", "c"], "hôm qua", "ngày"),
    ],
)
def test_bad_input_changes_nothing(drafts, signed_in, deeds, met_on, words):
    answer = write(signed_in("thcs"), drafts, deeds, do="submit", met_on=met_on)
    assert answer.status_code == 422 and words in answer.content.decode()
    assert states(drafts) == ["draft"] * 3
    assert not Nomination.objects.filter(award_code="LDTT").exclude(deed="").exists()


def test_another_unit_finds_no_cases_to_write(drafts, signed_in):
    answer = write(signed_in("thon1"), drafts, ["a", "b", "c"], do="submit")
    assert answer.status_code == 422 and states(drafts) == ["draft"] * 3


def test_without_a_deed_nothing_is_submitted(drafts, signed_in):
    answer = write(signed_in("thcs"), drafts, ["", "", ""], do="submit")
    assert answer.status_code == 422 and "Chưa hồ sơ nào ghi thành tích" in page_of(answer)


# ── the office's check of all ────────────────────────────────────────────────────────────────────
@pytest.fixture
def submitted(drafts, signed_in, office):
    """Three submitted cases; the first two people qualify, the third did not do their work."""
    add_evidence(by=office, model=Evaluation, subject=drafts[2].person, year=2026, level="failed")
    for case in drafts[:2]:
        Person.objects.filter(pk=case.person_id).update(group="public", joined_on=date(2012, 9, 1))
        if not Evaluation.objects.kept().filter(person=case.person, year=2026).exists():
            add_evidence(by=office, model=Evaluation, subject=case.person, year=2026, level="good")
    write(signed_in("thcs"), drafts, ["Một.", "Hai.", "Ba."], do="submit")
    return list(Nomination.objects.filter(pk__in=[case.pk for case in drafts]).order_by("pk"))


def check(browser, cases):
    address = f"{CHECK}?unit={cases[0].unit_id}&award=LDTT&year=2026"
    return browser.post(address, {"cases": [f"{case.pk}:{case.version}" for case in cases]}, follow=True)


def test_who_qualifies_is_ticked_and_confirmed_with_one_press(submitted, signed_in):
    browser = signed_in("vanphong")
    page = page_of(browser.get(f"{CHECK}?unit={submitted[0].unit_id}&award=LDTT&year=2026"))
    assert page.count(" checked") == 2 and "Báo cáo thành tích" in page
    answer = check(browser, submitted[:2])
    assert "Đã xác nhận hợp lệ 2 hồ sơ" in page_of(answer)
    assert states(submitted) == ["complete", "complete", "submitted"]
    first = Nomination.objects.get(pk=submitted[0].pk)
    assert first.judged and all(entry.met for entry in first.checklist.all())


def test_one_that_is_not_eligible_stops_all_with_the_reason_at_its_row(submitted, signed_in):
    answer = check(signed_in("vanphong"), submitted)
    page = page_of(answer)
    assert answer.status_code == 422 and page.count("invalid-feedback") == 1 and page.count(" checked") == 3
    assert states(submitted) == ["submitted"] * 3
    assert not any(entry.met for entry in submitted[0].checklist.all())


def test_a_file_with_a_note_about_what_is_missing_is_checked_alone(submitted, signed_in):
    entry = submitted[0].checklist.first()
    type(entry).objects.filter(pk=entry.pk).update(met=False, note="Thiếu chữ ký")
    answer = check(signed_in("vanphong"), submitted[:2])
    assert answer.status_code == 422 and "Đã ghi còn thiếu" in page_of(answer)
    assert states(submitted) == ["submitted"] * 3


def test_the_own_case_of_the_office_falls_out_and_the_others_are_confirmed(submitted, signed_in, office):
    own = submitted[0].person
    Person.objects.filter(user=office).update(user=None)
    Person.objects.filter(pk=own.pk).update(user=office)
    browser = signed_in("vanphong")
    page = page_of(browser.get(f"{CHECK}?unit={submitted[0].unit_id}&award=LDTT&year=2026"))
    assert page.count(" checked") == 1 and f'id="c{submitted[0].pk}"' not in page
    assert f"Hồ sơ {submitted[0].nominee_alone} là của chính bạn: người khác của Văn phòng làm việc này" in page
    answer = check(browser, submitted[:2])
    page = page_of(answer)
    assert "Đã xác nhận hợp lệ 1 hồ sơ" in page
    assert f"Chưa xác nhận. Hồ sơ {submitted[0].nominee_alone} là của chính bạn" in page
    assert states(submitted) == ["submitted", "complete", "submitted"]


def test_the_case_of_kin_falls_out_until_a_reason_is_recorded(submitted, signed_in, office):
    home = add_household(by=office, unit=Unit.objects.get(code="thon2"), head_name="Hà Văn Nhà")
    Person.objects.filter(user=office).update(household=home)
    Person.objects.filter(pk=submitted[1].person_id).update(household=home)
    page = page_of(check(signed_in("vanphong"), submitted[:2]))
    assert "Đã xác nhận hợp lệ 1 hồ sơ" in page and "(cùng hộ gia đình)" in page and "Ghi lý do vẫn làm" in page
    assert states(submitted) == ["complete", "submitted", "submitted"]


def test_own_cases_alone_are_refused_with_who_does_it(submitted, signed_in, office):
    Person.objects.filter(user=office).update(user=None)
    Person.objects.filter(pk=submitted[0].person_id).update(user=office)
    answer = check(signed_in("vanphong"), submitted[:1])
    assert answer.status_code == 422 and "là của chính bạn: người khác của Văn phòng" in page_of(answer)
    assert states(submitted) == ["submitted"] * 3


@pytest.mark.parametrize("ticked", [[], ["0:0"], ["x"]])
def test_nothing_or_junk_is_refused(submitted, signed_in, ticked):
    address = f"{CHECK}?unit={submitted[0].unit_id}&award=LDTT&year=2026"
    answer = signed_in("vanphong").post(address, {"cases": ticked})
    assert answer.status_code == 422 and states(submitted) == ["submitted"] * 3


def test_a_case_changed_since_the_page_is_not_confirmed(submitted, signed_in):
    stale = Nomination.objects.get(pk=submitted[0].pk)
    Nomination.objects.filter(pk=stale.pk).update(version=stale.version + 1)
    answer = check(signed_in("vanphong"), [stale, submitted[1]])
    assert answer.status_code == 422 and states(submitted) == ["submitted"] * 3


def test_the_check_of_one_leads_to_the_check_of_all(submitted, signed_in):
    page = page_of(signed_in("vanphong").get(f"/khen-thuong/de-nghi/{submitted[0].pk}/kiem-tra/"))
    assert "còn 2 hồ sơ cùng danh hiệu" in page and f"{CHECK}?unit=" in page


def test_the_check_of_a_giay_khen_leads_to_no_page_for_many(commune, signed_in, school):
    people = Person.objects.filter(unit=school).order_by("pk")[:2]
    first, _ = [nomination_of(commune, one, state="submitted") for one in people]
    assert first.unit == school and first.award_code == "GKX"
    page = page_of(signed_in("vanphong").get(f"/khen-thuong/de-nghi/{first.pk}/kiem-tra/"))
    assert "Thành phần nào đủ?" in page and "Thẩm định cả nhóm" not in page


def test_the_check_counts_the_cases_on_other_pages_too(drafts, signed_in, monkeypatch):
    write(signed_in("thcs"), drafts, ["Một.", "Hai.", "Ba."], do="submit")
    monkeypatch.setattr("commendations.views.many_nominations.CASES_PER_PAGE", 2)
    text = page_of(signed_in("vanphong").get(f"{CHECK}?unit={drafts[0].unit_id}&award=LDTT&year=2026"))
    assert "(3 hồ sơ chờ thẩm định, 2 ở trang này)" in text


def test_a_note_of_the_office_is_at_the_deed_it_is_about(drafts, signed_in, office):
    write(signed_in("thcs"), drafts, ["Một.", "Hai.", "Ba."], do="submit")
    return_nomination(by=office, nomination=drafts[0], notes={"deed": "Ghi rõ số tiết.", "met_on": "Thiếu ngày họp."})
    text = page_of(signed_in("thcs").get(f"{WRITE}?unit={drafts[0].unit_id}&award=LDTT&year=2026"))
    assert "Ghi rõ số tiết.; Ngày đơn vị họp bình xét: Thiếu ngày họp." in text
    assert text.index("Ghi rõ số tiết.") < text.index(f'name="deed_{drafts[0].pk}"')


def test_the_deeds_of_many_households_are_folded_until_one_differs(village_of_many, signed_in, user):
    cases = start_nominations(
        by=user("thon2"), unit=village_of_many, nominees=nominees_of(village_of_many, "household", user("thon2"))[:7],
        code="GDVH", year=2026, idempotency_key="many",
    )  # fmt: skip
    address = f"{WRITE}?unit={village_of_many.pk}&award=GDVH&year=2026"
    assert '<details class="mb-3"><summary>Ghi riêng cho từng hộ (7)' in page_of(signed_in("thon2").get(address))
    Nomination.objects.filter(pk=cases[0].pk).update(deed="Riêng hộ này.")
    assert '<details class="mb-3" open><summary>Ghi riêng cho từng hộ (7)' in page_of(signed_in("thon2").get(address))


@pytest.fixture
def village_of_many(commune, office):
    unit = Unit.objects.get(commune=commune, code="thon2")
    for number in range(8):
        add_household(by=office, unit=unit, head_name=f"Hà Văn Số {number}")
    return unit
