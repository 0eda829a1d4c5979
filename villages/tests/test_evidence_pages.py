"""“Hồ sơ theo năm” in the browser: permissions, invalid input, the table of a unit."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from emulation.audit.models import AuditEntry
from tests.html import page_of
from villages.actions.evaluations import enter_evaluations
from villages.actions.evidence import add_evidence
from villages.actions.people_table import EnteredValue
from villages.models import (
    Discipline,
    Evaluation,
    Household,
    Leave,
    PastAward,
    PendingCase,
    Person,
    Unit,
    UnitYear,
    evidence_url,
)

RESTRICTED = ("Cảnh cáo", "CANARY", "tố cáo")


@pytest.fixture
def discipline(office, person):
    return add_evidence(
        by=office, model=Discipline, subject=person, kind="canh_cao", starts_on=date(2024, 3, 1), decision_no="CANARY"
    )


def url(name, pk, *more):
    return reverse(f"villages:{name}", args=[pk, *more])


@pytest.mark.parametrize(
    ("login", "status", "leave", "writes"),
    [("vanphong", 200, True, True), ("chutich", 200, True, False), ("vanthu", 200, False, False), ("thcs", 200, False, False),
     ("tieuhoc", 404, False, False), ("thon1", 404, False, False), ("hoidong2", 403, False, False),
     ("phongnoivu", 403, False, False), ("quantri", 403, False, False)],
)  # fmt: skip
def test_who_reads_a_person_and_nobody_sees_restricted_facts(
    signed_in, office, person, discipline, login, status, leave, writes
):
    add_evidence(by=office, model=Evaluation, subject=person, year=2024, level="excellent", source="TB 12")
    add_evidence(by=office, model=Leave, subject=person, kind="sick", starts_on=date(2024, 5, 6))
    add_evidence(
        by=office, model=PendingCase, subject=person, kind="complaint", starts_on=date(2024, 5, 6), note="CANARY"
    )
    before = AuditEntry.objects.count()
    page = signed_in(login).get(evidence_url(person))
    html = page_of(page)
    assert page.status_code == status
    assert ("Hoàn thành xuất sắc nhiệm vụ" in html) is (status == 200)
    assert ("Nghỉ ốm" in html) is leave
    assert (url("add_evaluation_of_person", person.pk) in html) is writes
    assert (url("read_restricted_of_person", person.pk) in html) is (login in ("vanphong", "chutich"))
    assert not [word for word in RESTRICTED if word in html]
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    ("login", "status"),
    [("vanphong", 200), ("chutich", 200), ("thcs", 200), ("tieuhoc", 403), ("thon1", 403), ("hoidong2", 403), ("la-thcs", 404)],
)  # fmt: skip
def test_who_reads_a_unit(signed_in, other_commune, office, school, login, status):
    add_evidence(by=office, model=UnitYear, subject=school, year=2024, total=20, ldtt=12, disciplined=7)
    page = signed_in(login).get(evidence_url(school))
    html = page_of(page)
    assert page.status_code == status
    assert ('data-label="Đạt LĐTT">12<' in html) is (status == 200)
    assert ('data-label="Bị kỷ luật">7<' in html) is (login in ("vanphong", "chutich"))


def test_the_page_of_a_household_is_reached_from_its_village(signed_in, office):
    household = Household.objects.get(head_name="Lê Văn Bảy")
    add_evidence(by=office, model=PastAward, subject=household, award_code="GDVH", year=2024)
    browser = signed_in("thon1")
    assert f'href="{evidence_url(household)}"' in page_of(browser.get(f"{household.unit.get_absolute_url()}?loai=ho"))
    assert "Năm 2024: Gia đình văn hóa" in page_of(browser.get(evidence_url(household)))
    assert signed_in("thon2").get(evidence_url(household)).status_code == 404
    choices = page_of(signed_in("vanphong").get(url("add_past_award_of_household", household.pk)))
    assert "Gia đình văn hóa" in choices and "Lao động tiên tiến" not in choices


def test_the_pages_of_a_person_and_a_unit_lead_there(signed_in, person, school):
    assert f'href="{evidence_url(person)}"' in page_of(signed_in("thcs").get(person.get_absolute_url()))
    html = page_of(signed_in("vanphong").get(school.get_absolute_url()))
    assert f'href="{evidence_url(school)}"' in html
    assert url("enter_evaluations", school.pk) in html
    assert url("enter_evaluations", school.pk) not in page_of(signed_in("thcs").get(school.get_absolute_url()))


def test_adding_correcting_removing_in_the_browser(signed_in, person):
    browser = signed_in("vanphong")
    add = url("add_past_award_of_person", person.pk)
    data = {"award_code": "GKX", "year": "2024", "kind": "CT", "decision_no": "12/QĐ-UBND", "decided_on": "31/2/2024"}
    wrong = browser.post(add, data)
    html = page_of(wrong)
    assert wrong.status_code == 422
    assert "Tháng 2 năm 2024 không có ngày 31." in html
    assert 'value="12/QĐ-UBND"' in html and 'value="31/2/2024"' in html
    assert not PastAward.objects.exists()
    more = browser.post(add, {**data, "decided_on": "5/2/2024", "once": "a", "do": "more"})
    assert more["Location"] == add
    duplicate = browser.post(add, {**data, "decided_on": "5/2/2024", "once": "b"})
    assert duplicate.status_code == 422 and "Khen thưởng này đã được ghi" in page_of(duplicate)
    row = PastAward.objects.get()
    assert (row.decided_on, row.commune_id) == (date(2024, 2, 5), person.commune_id)
    correct = url("mend_past_award", row.pk)
    assert 'value="05/02/2024"' in page_of(browser.get(correct))
    no_reason = browser.post(correct, {**data, "decided_on": "6/2/2024", "seen": "1"})
    assert no_reason.status_code == 422 and "Lý do sửa" in page_of(no_reason)
    done = browser.post(correct, {**data, "decided_on": "6/2/2024", "seen": "1", "reason": "Nhầm ngày"})
    assert done["Location"] == evidence_url(person)
    stale = browser.post(correct, {**data, "decided_on": "7/2/2024", "seen": "1", "reason": "Nhầm"})
    assert stale.status_code == 409 and 'value="7/2/2024"' in page_of(stale)
    remove = url("remove_past_award", row.pk)
    assert "Năm 2024: Giấy khen" in page_of(browser.get(remove))
    assert browser.post(remove, {"reason": " "}).status_code == 422
    browser.post(remove, {"reason": "Ghi nhầm người"})
    row.refresh_from_db()
    assert (row.state, row.reason, row.decided_on) == ("removed", "Ghi nhầm người", date(2024, 2, 6))
    page = page_of(browser.get(evidence_url(person)))
    assert "Lý do: Ghi nhầm người" in page
    assert browser.get(correct).status_code == 409


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("evaluation", {"year": "hai", "level": "good"}, "Nhập số từ 1945 đến 2100."),
        ("evaluation", {"year": "99999999999", "level": "good"}, "Nhập số từ 1945 đến 2100."),
        ("evaluation", {"year": "2099", "level": "good"}, "Năm phải từ 1945"),
        ("evaluation", {"year": "2024", "level": "best"}, "Hãy chọn trong danh sách."),
        ("evaluation", {"year": "2024", "level": "good", "source": "x" * 201}, "Nhiều nhất 200 ký tự"),
        ("initiative", {"name": "", "year": "2024", "scope": "unit"}, "Hãy nhập mục này."),
        ("past_award", {"award_code": "TTLDTT", "year": "2024", "kind": "CT"}, "Hãy chọn trong danh sách."),
        ("leave", {"kind": "sick", "starts_on": "1/1/2024", "result": "good"}, "Kết quả học tập chỉ ghi cho"),
        ("discipline", {"kind": "canh_cao", "starts_on": "1/1/2024", "ends_on": "1/1/2023"}, "đứng trước ngày bắt đầu"),
        ("pending", {"kind": "complaint", "starts_on": "1/1/2099"}, "Ngày bắt đầu chưa đến"),
    ],
)  # fmt: skip
def test_invalid_input_has_an_error(signed_in, person, name, data, message):
    before = AuditEntry.objects.count()
    page = signed_in("vanphong").post(url(f"add_{name}_of_person", person.pk), data)
    assert page.status_code == 422
    assert message in page_of(page)
    assert AuditEntry.objects.count() == before


def test_invalid_and_empty_counts_of_a_unit(signed_in, school):
    add = url("add_unit_year_of_collective", school.pk)
    browser = signed_in("vanphong")
    assert "Không thể nhiều hơn tổng số người (20)." in page_of(
        browser.post(add, {"year": "2024", "total": "20", "ldtt": "21"})
    )
    assert "Hãy nhập ít nhất một số." in page_of(browser.post(add, {"year": "2024"}))
    browser.post(add, {"year": "2024", "total": "20", "ldtt": "12"})
    assert UnitYear.objects.values_list("total", "ldtt", "women").get() == (20, 12, None)


def test_only_the_office_reaches_the_forms(signed_in, other_commune, office, person, discipline):
    row = add_evidence(by=office, model=Evaluation, subject=person, year=2024, level="good")
    for login in ("thcs", "chutich", "vanthu", "hoidong2", "la-vanphong"):
        browser = signed_in(login)
        for path in (
            url("add_evaluation_of_person", person.pk), url("mend_evaluation", row.pk), url("remove_evaluation", row.pk),
            url("mend_discipline", discipline.pk), url("remove_discipline", discipline.pk), url("set_joined", person.pk),
            url("enter_evaluations", person.unit_id), url("evaluations", person.unit_id, 2024),
        ):  # fmt: skip
            for answer in (browser.get(path), browser.post(path, {"reason": "x", "year": 2023, "level": "failed"})):
                assert answer.status_code == (404 if login == "la-vanphong" else 403), (login, path)
    row.refresh_from_db()
    assert (row.state, row.level) == ("kept", "good")


def test_the_restricted_page_is_opened_by_a_logged_button_only(signed_in, other_commune, office, person, discipline):
    read = url("read_restricted_of_person", person.pk)
    for login, status in (("thcs", 403), ("vanthu", 403), ("hoidong2", 403), ("la-vanphong", 404)):
        assert signed_in(login).post(read).status_code == status
    assert signed_in("vanphong").get(read).url == person.get_absolute_url()
    before = AuditEntry.objects.count()
    for login, writes in (("vanphong", True), ("chutich", False)):
        html = page_of(signed_in(login).post(read))
        assert "Cảnh cáo" in html and "CANARY" in html
        assert (url("mend_discipline", discipline.pk) in html) is writes
        assert "data-keep" not in html
    assert AuditEntry.objects.count() == before + 2


def test_a_restricted_entry_is_not_shown_by_its_own_url(signed_in, person, discipline):
    browser = signed_in("vanphong")
    before = AuditEntry.objects.count()
    for name in ("mend_discipline", "remove_discipline"):
        answer = browser.get(url(name, discipline.pk))
        assert answer["Location"] == evidence_url(person)
        page = browser.post(url(name, discipline.pk), {})
        assert page.status_code == 422
        assert "CANARY" not in page_of(page)
        assert "data-keep=" not in page_of(page)
    assert AuditEntry.objects.count() == before
    data = {"kind": "khien_trach", "starts_on": "1/3/2024", "seen": "1", "reason": "Nhầm hình thức"}
    assert browser.post(url("mend_discipline", discipline.pk), data)["Location"] == evidence_url(person)
    assert list(Discipline.objects.order_by("pk").values_list("kind", "state")) == [
        ("canh_cao", "removed"),
        ("khien_trach", "kept"),
    ]


def test_the_day_of_joining(signed_in, person):
    browser = signed_in("vanphong")
    assert "chưa đủ 15 tuổi" in page_of(browser.post(url("set_joined", person.pk), {"joined_on": "1/9/1999"}))
    browser.post(url("set_joined", person.pk), {"joined_on": "1/9/2010"})
    person.refresh_from_db()
    assert person.joined_on == date(2010, 9, 1)
    assert "01/09/2010" in page_of(signed_in("thcs").get(evidence_url(person)))


# ── the table ────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def table(school):
    return url("evaluations", school.pk, 2024)


def people_of(school):
    return list(Person.objects.filter(unit=school, is_active=True))


def levels():
    return dict(Evaluation.objects.kept().filter(year=2024).values_list("person_id", "level"))


def test_a_unit_is_entered_at_once(signed_in, school, table):
    browser = signed_in("vanphong")
    people = people_of(school)
    html = page_of(browser.get(table))
    assert all(f'name="value_{one.pk}"' in html for one in people)
    data = {"source": "TB 15/TB-THCS", "rest": "good", f"value_{people[0].pk}": "excellent"}
    done = browser.post(table, data)
    assert done.status_code == 302
    assert levels() == {one.pk: "excellent" if one == people[0] else "good" for one in people}
    html = page_of(browser.get(table))
    assert html.count("Đã ghi:") == len(people)
    assert f'name="seen_{people[0].pk}" value="excellent"' in html


def test_a_bad_row_keeps_what_was_typed_and_nothing_is_saved(signed_in, office, school, table):
    browser = signed_in("vanphong")
    (one, two, three, *_) = people_of(school)
    enter_evaluations(by=office, unit=school, year=2024, entered={one.pk: EnteredValue("done")})
    data = {f"value_{one.pk}": "good", f"value_{two.pk}": "failed", f"value_{three.pk}": "best", "source": "TB 9",
            "reason": "Đối chiếu"}  # fmt: skip
    page = browser.post(table, data)
    assert page.status_code == 422
    assert levels() == {one.pk: "done"}
    del data[f"value_{three.pk}"]
    page = browser.post(table, data)
    html = page_of(page)
    assert page.status_code == 422
    assert "người khác đã ghi “Hoàn thành nhiệm vụ”" in html
    assert 'value="TB 9"' in html
    assert html.count('value="failed" selected') == 1
    assert f'name="seen_{one.pk}" value="done"' in html
    assert levels() == {one.pk: "done"}
    assert browser.post(table, {**data, f"seen_{one.pk}": "done"}).status_code == 302
    assert levels() == {one.pk: "good", two.pk: "failed"}
    assert set(Evaluation.objects.values_list("source", flat=True)) == {"TB 9"}


def test_changing_a_recorded_result_needs_a_reason(signed_in, office, school, table):
    browser = signed_in("vanphong")
    (one, *_) = people_of(school)
    enter_evaluations(by=office, unit=school, year=2024, entered={one.pk: EnteredValue("done")})
    data = {f"value_{one.pk}": "good", f"seen_{one.pk}": "done"}
    page = browser.post(table, data)
    assert page.status_code == 422 and "hãy ghi lý do sửa" in page_of(page)
    browser.post(table, {**data, "reason": "Đính chính"})
    row = Evaluation.objects.get()
    assert (row.level, row.reason) == ("good", "Đính chính")


@pytest.mark.parametrize("year", ["1", "1944", "2999", "9" * 30])
def test_a_year_out_of_range_redirects(signed_in, school, year):
    browser = signed_in("vanphong")
    path = f"/don-vi/{school.pk}/danh-gia/{year}/"
    page = browser.get(path, follow=True)
    assert page.redirect_chain == [(url("enter_evaluations", school.pk), 302)]
    assert "Năm phải từ 1945" in page_of(page)
    person = people_of(school)[0]
    wrong = browser.post(path, {f"value_{person.pk}": "good"})
    assert wrong.status_code == 422 and not Evaluation.objects.exists()


def test_the_table_is_paged_and_needs_the_same_queries(signed_in, commune):
    unit = Unit.objects.get(commune=commune, code="thon2")
    browser = signed_in("vanphong")
    path = url("evaluations", unit.pk, 2024)
    browser.get(path)
    with CaptureQueriesContext(connection) as few:
        browser.get(path)
    for number in range(120):
        row = Person(commune=commune, unit=unit)
        row.put_name(f"Lê Văn {number}")
        row.save()
    with CaptureQueriesContext(connection) as many:
        html = page_of(browser.get(path))
    assert len(many) == len(few)
    assert html.count('name="value_') == 100
    second = page_of(browser.get(f"{path}?trang=2"))
    assert 20 <= second.count('name="value_') < 100
    done = browser.post(f"{path}?trang=2", {"rest": "good"})
    assert done["Location"] == f"{path}?trang=2"
    assert len(levels()) == second.count('name="value_')


def test_the_page_of_a_person_needs_the_same_queries_for_many_entries(signed_in, office, person):
    browser = signed_in("vanphong")
    add_evidence(by=office, model=Evaluation, subject=person, year=1999, level="good")
    browser.get(evidence_url(person))
    with CaptureQueriesContext(connection) as few:
        browser.get(evidence_url(person))
    for year in range(2000, 2025):
        add_evidence(by=office, model=Evaluation, subject=person, year=year, level="good")
        add_evidence(by=office, model=PastAward, subject=person, award_code="LDTT", year=year)
    with CaptureQueriesContext(connection) as many:
        browser.get(evidence_url(person))
    assert len(many) == len(few)
