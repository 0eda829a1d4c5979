"""Eligibility: verdicts on the pages and when the office confirms that a nomination is complete."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from commendations.actions import appraisal, eligibility
from commendations.actions.initiative import mark_initiatives_used
from commendations.models import ChecklistEntry, Nomination
from commendations.queries import eligibility as queries
from commendations.tests import factories
from emulation.audit.models import AuditEntry
from emulation.core.errors import NotAllowed, RuleBroken
from tests.html import page_of
from villages.actions.evidence import add_evidence
from villages.models import Discipline, Evaluation, Initiative, PastAward, PendingCase, Person, Unit

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.both_databases]
COMPLAINT = "đang xác minh khiếu nại"


@pytest.fixture
def teacher(commune: Any, office: Any) -> Person:
    """An official with a record under several laws: CSTĐCS 2021 to 2023, excellent 2023 to 2026, no sáng kiến."""
    one = (
        Person.objects.filter(commune=commune, unit__code="tieuhoc").first()
        or Person.objects.filter(group="public").first()
    )
    assert one is not None
    Person.objects.filter(pk=one.pk).update(group="public", joined_on=date(2012, 9, 1))
    one.refresh_from_db()
    for model in (Evaluation, Initiative, PastAward):
        model.objects.filter(person=one).delete()
    for year in (2021, 2022, 2023):
        add_evidence(by=office, model=PastAward, subject=one, award_code="CSTDCS", year=year, kind="CT")
    for year in (2023, 2024, 2025, 2026):
        add_evidence(by=office, model=Evaluation, subject=one, year=year, level="excellent")
    return one


def case_for(commune: Any, nominee: Any, award: str = "GKX", state: str = "submitted") -> Nomination:
    nomination = factories.nomination_of(commune, nominee, state)
    Nomination.objects.filter(pk=nomination.pk).update(
        award_code=award, period_to=date(2026, 10, 31), received_on=date(2026, 11, 2)
    )
    nomination.refresh_from_db()
    ChecklistEntry.objects.create(nomination=nomination, code="request", label="Tờ trình", met=True)
    return nomination


def pending(office: Any, subject: Any) -> None:
    add_evidence(by=office, model=PendingCase, subject=subject, kind="complaint", starts_on=date(2026, 10, 1))


# ── the pages ────────────────────────────────────────────────────────────────────────────────────
def test_each_condition_has_its_article_and_evidence(in_november, commune, teacher, signed_in):
    case = case_for(commune, teacher, "CSTDT")
    page = page_of(signed_in("vanphong").get(f"/khen-thuong/de-nghi/{case.pk}/vi-sao/"))
    assert (
        "03 lần liên tục Chiến sĩ thi đua cơ sở" in page and "Điều 22 Luật Thi đua, khen thưởng số 06/2022/QH15" in page
    )
    assert "Chưa đạt" in page and "còn thiếu 3 lần" in page  # the consecutive years ended in 2023
    assert page.count("Chưa xác nhận theo Luật số 06/2026/QH16") == 1  # once, not on every line


def test_latest_days_of_each_step(commune, teacher, signed_in):
    case = case_for(commune, teacher, "CSTDT")
    page = page_of(signed_in("vanphong").get(f"/khen-thuong/de-nghi/{case.pk}/vi-sao/"))
    assert "20 ngày làm việc" in page and "01/12/2026" in page  # received on 2/11, the day off of 24/11 between
    assert "09/12/2026" in page  # the last working day before the superior's 10/12


WHAT_IF = [
    # day, word of the verdict, expected difference from today (2/11/2026 and later: the amended law)
    ("31/12/2023", "Chưa đạt", "Chủ tịch Ủy ban nhân dân xã → Chủ tịch Ủy ban nhân dân huyện"),
    ("01/01/2024", "Đạt điều kiện", "Chủ tịch Ủy ban nhân dân xã → Chủ tịch Ủy ban nhân dân huyện"),
    ("30/06/2025", "Đạt điều kiện", "Chủ tịch Ủy ban nhân dân xã → Chủ tịch Ủy ban nhân dân huyện"),
    ("01/07/2025", "Đạt điều kiện", "2.340.000"),
    ("01/10/2026", "Đạt điều kiện", "Không có gì khác"),
]


@pytest.mark.parametrize(("day", "word", "difference"), WHAT_IF)
def test_verdict_by_the_law_of_another_day(commune, office, teacher, signed_in, day, word, difference):
    PastAward.objects.filter(person=teacher).delete()
    case = case_for(commune, teacher, "CSTDCS")
    page = page_of(signed_in("vanphong").get(f"/khen-thuong/de-nghi/{case.pk}/vi-sao/", {"ngay": day}))
    then = page.split('id="ngay-khac"')[1]
    assert word in then and difference in then
    case.refresh_from_db()
    assert case.judged == {}  # trying a day writes nothing


@pytest.mark.parametrize("text", ["31/02/2024", "không phải ngày", "01/01/1990", "<script>", "1" * 300])
def test_invalid_day_is_an_error_and_is_kept(commune, teacher, signed_in, text):
    case = case_for(commune, teacher)
    answer = signed_in("vanphong").get(f"/khen-thuong/de-nghi/{case.pk}/vi-sao/", {"ngay": text})
    page = page_of(answer)
    assert answer.status_code == 200 and "ngay-khac" not in page and "<script>" not in page
    assert "error" in page or "invalid" in page


@pytest.mark.parametrize(
    ("login", "status", "reads"),
    [
        ("vanphong", 200, True),
        ("chutich", 200, True),
        ("vanthu", 200, False),
        ("tieuhoc", 200, False),
        ("thon1", 404, False),
    ],
)
def test_restricted_findings_are_shown_to_office_and_chair_only(
    commune, office, teacher, signed_in, login, status, reads
):
    pending(office, teacher)
    Person.objects.filter(pk=teacher.pk).update(unit=Unit.objects.get(code="tieuhoc"))
    case = case_for(commune, Person.objects.get(pk=teacher.pk))
    for address in (f"/khen-thuong/de-nghi/{case.pk}/vi-sao/", f"/khen-thuong/so-khen/nguoi/{teacher.pk}/"):
        answer = signed_in(login).get(address)
        page = page_of(answer)
        assert answer.status_code == status
        assert (COMPLAINT in page.lower()) is reads
        if status == 200 and not reads:
            assert "do Văn phòng thẩm định" in page
    if status == 200:
        page = page_of(signed_in(login).get(f"/khen-thuong/de-nghi/{case.pk}/"))
        assert ("Đạt phần xem được, Văn phòng còn thẩm định" in page) is not reads
        assert ("Chưa đạt" in page) is reads


def test_audit_log_contains_no_restricted_facts(commune, office, teacher):
    add_evidence(
        by=office,
        model=Discipline,
        subject=teacher,
        kind="khien_trach",
        starts_on=date(2025, 1, 5),
        ends_on=date(2026, 1, 4),
    )
    case = case_for(commune, teacher)
    appraisal.complete_nomination(by=office, nomination=case)
    entry = AuditEntry.objects.filter(act="commendations.complete").latest("pk")
    assert "04/01/2026" not in str(entry.facts) and entry.facts["changed"]["judged"] == ["…", "…"]


def test_outlook_for_this_year(in_november, commune, office, teacher, signed_in):
    for year in (2024, 2025):
        add_evidence(by=office, model=PastAward, subject=teacher, award_code="CSTDCS", year=year, kind="CT")
    PastAward.objects.filter(person=teacher, year__lt=2024).delete()
    page = page_of(signed_in("vanphong").get(f"/khen-thuong/so-khen/nguoi/{teacher.pk}/", {"nam": "2026"}))
    assert "Sớm nhất năm 2026: Còn 1 lần Chiến sĩ thi đua cơ sở liên tục (2026)" in page
    assert "Chiến sĩ tiên tiến" not in page  # for the army, the police and the militia


def test_award_book_shows_near_misses(commune, office, teacher, signed_in):
    for year in (2025, 2026):
        add_evidence(by=office, model=PastAward, subject=teacher, award_code="CSTDCS", year=year, kind="CT")
    page = page_of(signed_in("vanphong").get(f"/khen-thuong/so-khen/nguoi/{teacher.pk}/", {"nam": "2026"}))
    assert "Sớm nhất năm 2027" in page and "Còn 1 lần Chiến sĩ thi đua cơ sở liên tục (2027)" in page


@pytest.mark.parametrize("day", ["31/12/2023", "01/07/2025", ""])
def test_year_of_the_award_book_does_not_depend_on_the_day(commune, teacher, signed_in, day):
    page = signed_in("vanphong").get(f"/khen-thuong/so-khen/nguoi/{teacher.pk}/", {"ngay": day}).content.decode()
    assert f"Có thể được gì cho năm {timezone.localdate().year}" in page


def test_award_book_shows_its_year_and_day(commune, teacher, signed_in):
    page = signed_in("vanphong").get(f"/khen-thuong/so-khen/nguoi/{teacher.pk}/").content.decode()
    today = timezone.localdate()
    assert f'name="nam" value="{today.year}"' in page and f'value="{today:%d/%m/%Y}"' in page


def test_award_book_shows_the_money_of_the_day(commune, teacher, signed_in):
    query = {"nam": "2024", "ngay": "30/06/2025"}
    page = page_of(signed_in("vanphong").get(f"/khen-thuong/so-khen/nguoi/{teacher.pk}/", query))
    assert "1 × 2.340.000 = 2.340.000 đồng" in page and "Điều 54 Nghị định số 98/2023/NĐ-CP" in page


def test_award_of_a_later_day_still_blocks_a_second_one(commune, office, teacher, signed_in):
    facts = {"award_code": "CSTDCS", "year": 2024, "kind": "CT", "decided_on": date(2024, 8, 12)}
    add_evidence(by=office, model=PastAward, subject=teacher, **facts)
    query = {"nam": "2024", "ngay": "01/01/2024"}
    page = page_of(signed_in("vanphong").get(f"/khen-thuong/so-khen/nguoi/{teacher.pk}/", query))
    assert "Đã được tặng cho năm 2024" in page


def test_award_book_contains_awards_of_the_superior(commune, teacher, signed_in):
    case = case_for(commune, teacher, "BKT", "proposed_up")
    gave = {"outcome_no": "77/QĐ-UBND", "outcome_on": date(2026, 1, 5), "outcome_by": "Chủ tịch UBND tỉnh"}
    Nomination.objects.filter(pk=case.pk).update(state="awarded_above", year=2025, **gave)
    page = page_of(signed_in("vanphong").get(f"/khen-thuong/so-khen/nguoi/{teacher.pk}/"))
    assert "Quyết định số 77/QĐ-UBND ngày 05/01/2026" in page and "cấp trên tặng" in page


def test_award_of_the_nomination_does_not_count_against_it_on_another_day(commune, office, teacher, signed_in):
    PastAward.objects.filter(person=teacher).delete()
    decision = factories.sign_and_issue(
        commune, factories.decided_awards(commune, ("CSTDCS", teacher, 2025)).decisions.get()
    )
    case = decision.awards.get().nomination
    page = page_of(signed_in("vanphong").get(f"/khen-thuong/de-nghi/{case.pk}/vi-sao/", {"ngay": "01/07/2025"}))
    then = page.split('id="ngay-khac"')[1]
    assert "Chưa được tặng cho năm 2025" in then and "Đã được tặng cho năm" not in then
    book = signed_in("vanphong").get(f"/khen-thuong/so-khen/nguoi/{teacher.pk}/").content.decode()
    assert ">Danh hiệu Chiến sĩ thi đua cơ sở năm 2025</a>" in book  # the name of the award, not only the achievement


@pytest.mark.parametrize("query", [{"nam": "20x6"}, {"nam": "1"}, {"nam": "99999999999999"}, {"ngay": "0/0/0"}])
def test_award_book_accepts_any_query(commune, teacher, signed_in, query):
    answer = signed_in("vanphong").get(f"/khen-thuong/so-khen/nguoi/{teacher.pk}/", query)
    assert answer.status_code == 200 and "Có thể được gì cho năm" in page_of(answer)


def test_award_book_of_another_commune_is_not_found(other_commune, commune, signed_in):
    foreign = Person.objects.filter(commune=other_commune).first()
    assert signed_in("vanphong").get(f"/khen-thuong/so-khen/nguoi/{foreign.pk}/").status_code == 404


# ── confirming that a nomination is complete ─────────────────────────────────────────────────────
def test_verdict_is_stored_with_the_nomination(commune, office, teacher):
    case = case_for(commune, teacher)
    appraisal.complete_nomination(by=office, nomination=case)
    assert case.judged["eligible"] is True and case.judged["received"] == "2026-11-02"
    assert {finding["code"] for finding in case.judged["findings"]} >= {"pending", "discipline", "decider"}
    stored = case.judged
    pending(office, teacher)
    case.refresh_from_db()
    assert case.judged == stored


def test_confirmed_condition_blocks_with_its_article(commune, office, teacher, signed_in):
    pending(office, teacher)
    case = case_for(commune, teacher)
    with pytest.raises(RuleBroken, match=r"Điều 4 Nghị định số 152/2025/NĐ-CP") as broken:
        appraisal.complete_nomination(by=office, nomination=case)
    assert COMPLAINT not in broken.value.message.lower()  # more people read messages than the restricted record
    case.refresh_from_db()
    assert (case.state, case.judged) == ("submitted", {})
    with pytest.raises(RuleBroken, match="không thể ghi lý do để bỏ qua"):
        eligibility.record_override_reason(by=office, nomination=case, reason="Huyện yêu cầu xét ngay.")
    page = signed_in("vanphong").get(f"/khen-thuong/de-nghi/{case.pk}/vi-sao/").content.decode()
    assert "Ghi lý do vẫn xét" not in page


def test_ended_discipline_does_not_block(commune, office, teacher):
    add_evidence(
        by=office,
        model=Discipline,
        subject=teacher,
        kind="khien_trach",
        starts_on=date(2025, 1, 5),
        ends_on=date(2026, 1, 4),
    )
    case = case_for(commune, teacher)
    appraisal.complete_nomination(by=office, nomination=case)
    found = next(one for one in case.judged["findings"] if one["code"] == "discipline")
    assert found["met"] is True and "04/01/2026" in found["says"]


def test_dissolved_unit_proceeds_with_an_override_reason(commune, office, signed_in):
    unit = Unit.objects.get(commune=commune, code="thon2")
    unit.dissolved_on = date(2026, 6, 30)
    unit.save()
    case = case_for(commune, unit)
    with pytest.raises(RuleBroken, match="Cần ghi lý do vẫn xét"):
        appraisal.complete_nomination(by=office, nomination=case)
    with pytest.raises(RuleBroken, match="Hãy ghi lý do"):
        eligibility.record_override_reason(by=office, nomination=case, reason="  ")
    eligibility.record_override_reason(
        by=office, nomination=case, reason="Thành tích lập trước khi sắp xếp; Sở Nội vụ đồng ý."
    )
    appraisal.complete_nomination(by=office, nomination=case)
    assert case.state == "complete"
    for login, reads in (("vanphong", True), ("chutich", True), ("thon2", False), ("vanthu", False)):
        for address in (case.get_absolute_url(), f"/khen-thuong/de-nghi/{case.pk}/vi-sao/"):
            is_shown = "Sở Nội vụ đồng ý" in signed_in(login).get(address).content.decode()
            assert is_shown is (reads and "vi-sao" in address)


@pytest.mark.parametrize("login", ["thon1", "vanthu", "chutich", "hoidong2", "phongnoivu", "quantri"])
def test_only_the_office_overrides_a_warning(commune, user, login):
    case = case_for(commune, Unit.objects.get(commune=commune, code="thon2"))
    with pytest.raises(NotAllowed):
        eligibility.record_override_reason(by=user(login), nomination=case, reason="Lý do")


# ── sáng kiến ────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("level", "used"), [("good", True), ("excellent", False)])
def test_title_uses_its_initiative(commune, office, teacher, level, used):
    Evaluation.objects.filter(person=teacher).delete()
    add_evidence(by=office, model=Evaluation, subject=teacher, year=2026, level=level)
    add_evidence(by=office, model=Initiative, subject=teacher, year=2026, name="Dạy chữ qua trò chơi", scope="unit")
    case = case_for(commune, teacher, "CSTDCS")
    mark_initiatives_used(by=office, nomination=case, on=date(2026, 11, 20), about="Quyết định số 12/QĐ-UBND")
    one = Initiative.objects.get(person=teacher)
    assert one.used == ("Chiến sĩ thi đua cơ sở năm 2026" if used else "")
    case.refresh_from_db()
    again = queries.nomination_verdict(case, date(2026, 11, 21), with_restricted=True)
    assert again is not None and again.eligible is True  # used for this very award


def test_giay_khen_uses_no_initiative(commune, office, teacher):
    add_evidence(by=office, model=Initiative, subject=teacher, year=2026, name="Dạy chữ qua trò chơi", scope="unit")
    mark_initiatives_used(
        by=office, nomination=case_for(commune, teacher), on=date(2026, 11, 20), about="Quyết định số 12/QĐ-UBND"
    )
    assert Initiative.objects.get(person=teacher).used == ""


def test_award_of_the_superior_is_in_the_record(commune, office, teacher):
    case = case_for(commune, teacher, "BKT", "proposed_up")
    Nomination.objects.filter(pk=case.pk).update(
        state="awarded_above",
        year=2025,
        outcome_no="77/QĐ-UBND",
        outcome_on=date(2026, 1, 5),
        outcome_by="Chủ tịch UBND tỉnh",
    )
    facts = queries.nominee_facts(teacher, date(2026, 11, 20), with_restricted=True)
    assert [row.decision for row in facts.record.in_year("BKT", 2025)] == ["Quyết định số 77/QĐ-UBND"]


def test_award_choice_shows_the_eligibility_of_the_nominee(commune, office, teacher, signed_in):
    case = case_for(commune, teacher, state="draft")
    page = signed_in("vanphong").get(f"/khen-thuong/de-nghi/{case.pk}/danh-hieu/").content.decode()
    shown = {code: page.split(f'value="{code}"')[1].split("</label>")[0] for code in ("LDTT", "CSTDCS", "CSTDT", "GKX")}
    assert "Đạt điều kiện" in shown["CSTDCS"] and "Chưa đạt" in shown["CSTDT"] and "Hội đồng đánh giá" in shown["GKX"]


def test_a_pupil_is_no_candidate_for_a_title_of_workers(commune):
    person = factories.person_named("Vi Văn Thành")
    shown = {}
    for group in ("pupil", "direct"):
        Person.objects.filter(pk=person.pk).update(group=group)
        judged = queries.award_eligibilities(
            Person.objects.get(pk=person.pk), 2026, date(2026, 11, 20), date(2026, 11, 20), with_restricted=True
        )
        shown[group] = {one.shown.verdict.award: one.shown for one in judged}
    for code in ("LDTT", "CSTDCS"):
        assert shown["pupil"][code].eligible is False and shown["direct"][code].eligible is not False
        assert any("học sinh, sinh viên" in one.says for one in shown["pupil"][code].findings)
    assert shown["pupil"]["GKX"].eligible == shown["direct"]["GKX"].eligible


@pytest.mark.parametrize(("state", "waits"), [("submitted", True), ("complete", False), ("approved", False)])
def test_a_case_that_the_office_confirmed_waits_for_no_check(commune, teacher, signed_in, state, waits):
    case = case_for(commune, teacher)
    Nomination.objects.filter(pk=case.pk).update(state=state)
    page = page_of(signed_in("vanthu").get(case.get_absolute_url()))
    assert "Đạt phần xem được" in page and ("Văn phòng còn thẩm định" in page) is waits
