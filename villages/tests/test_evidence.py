"""Actions on evidence: saved entries, refused input, what stays after a correction or removal, who sees what."""

from datetime import date
from itertools import product

import pytest
from django.db import IntegrityError, transaction

from emulation.audit.models import AuditEntry
from emulation.core.errors import NotAllowed, RuleBroken
from villages.actions.evaluations import enter_evaluations
from villages.actions.evidence import add_evidence, correct_evidence, read_restricted, remove_evidence, use_initiative
from villages.actions.people_table import EnteredValue, TableRowsBroken
from villages.models import (
    EVIDENCE,
    Discipline,
    Evaluation,
    Initiative,
    Leave,
    PastAward,
    PendingCase,
    Person,
    UnitYear,
)

DAY = date(2024, 3, 1)


FACTS = {
    Evaluation: {"year": 2024, "level": "good", "source": "Thông báo 12"},
    PastAward: {"award_code": "GKX", "year": 2024, "kind": "CT", "decision_no": "12/QĐ-UBND"},
    Initiative: {"year": 2024, "name": "Sổ điểm điện tử", "scope": "unit"},
    Leave: {"kind": "maternity", "starts_on": DAY, "ends_on": None, "result": ""},
    UnitYear: {"year": 2024, "total": 20, "ldtt": 15},
    Discipline: {"kind": "canh_cao", "starts_on": DAY, "ends_on": date(2025, 3, 1), "decision_no": "01/QĐ"},
    PendingCase: {"kind": "complaint", "starts_on": DAY, "note": "Đơn số 3"},
}


def subject_of(model, person, school):
    return school if model is UnitYear else person


@pytest.mark.parametrize("model", EVIDENCE, ids=lambda model: model.word)
def test_each_kind_is_added_once_corrected_and_removed_and_nothing_is_lost(commune, office, person, school, model):
    subject = subject_of(model, person, school)
    entry = add_evidence(by=office, model=model, subject=subject, **FACTS[model])
    assert (entry.commune_id, entry.subject, entry.state) == (commune.pk, subject, "kept")
    with pytest.raises(RuleBroken, match=r"[Đđ]ã"):
        add_evidence(by=office, model=model, subject=subject, **FACTS[model])
    with pytest.raises(RuleBroken, match="lý do sửa") as broken:
        correct_evidence(by=office, entry=entry, reason="  ", **FACTS[model])
    assert broken.value.field == "reason"
    corrected = correct_evidence(by=office, entry=entry, reason="Nhập nhầm", **FACTS[model])
    assert model.objects.kept().get() == corrected
    old = model.objects.exclude(pk=corrected.pk)
    assert [row.reason for row in old] == (["Nhập nhầm"] if model.audit_private else [])
    remove_evidence(by=office, entry=corrected, reason="Ghi nhầm người")
    assert not model.objects.kept().exists()
    corrected.refresh_from_db()
    assert (corrected.state, corrected.reason) == ("removed", "Ghi nhầm người")
    for again in (correct_evidence, remove_evidence):
        with pytest.raises(RuleBroken, match="đã bỏ"):
            again(by=office, entry=corrected, reason="Lần nữa")
    add_evidence(by=office, model=model, subject=subject, **FACTS[model])
    assert model.objects.kept().count() == 1


OTHERS = ["thcs", "thon1", "vanthu", "chutich", "hoidong2", "phongnoivu", "quantri", "la-vanphong"]


def is_refused(change, **arguments):
    try:
        change(**arguments)
    except NotAllowed:
        return True
    return False


def test_only_the_office_writes(commune, other_commune, user, office, person, school):
    faults = []
    for model in EVIDENCE:
        subject = subject_of(model, person, school)
        entry = add_evidence(by=office, model=model, subject=subject, **FACTS[model])
        other_year = {**FACTS[model], "year": 2023} if "year" in FACTS[model] else FACTS[model]
        for login in OTHERS:
            by = user(login)
            if not is_refused(add_evidence, by=by, model=model, subject=subject, **other_year):
                faults.append(f"{login} adds {model.word}")
            if not is_refused(correct_evidence, by=by, entry=entry, reason="nhập nhầm", **FACTS[model]):
                faults.append(f"{login} corrects {model.word}")
            if not is_refused(remove_evidence, by=by, entry=entry, reason="nhập nhầm"):
                faults.append(f"{login} removes {model.word}")
        assert model.objects.kept().get() == entry
    assert not faults, "\n".join(faults)


SEEN = {
    "vanphong": {"evaluation", "past_award", "initiative", "leave", "unit_year", "discipline", "pending"},
    "chutich": {"evaluation", "past_award", "initiative", "leave", "unit_year", "discipline", "pending"},
    "vanthu": {"evaluation", "past_award", "initiative", "unit_year"},
    "thcs": {"evaluation", "past_award", "initiative", "unit_year"},
    "tieuhoc": set(),
    "thon1": set(),
    "hoidong2": set(),
    "phongnoivu": set(),
    "quantri": set(),
    "la-vanphong": set(),
    "la-thcs": set(),
}


@pytest.mark.parametrize("login", SEEN)
def test_who_sees_what(commune, other_commune, user, office, person, school, login):
    for model in EVIDENCE:
        add_evidence(by=office, model=model, subject=subject_of(model, person, school), **FACTS[model])
    assert {model.word for model in EVIDENCE if model.objects.visible_to(user(login)).exists()} == SEEN[login]


@pytest.mark.parametrize(
    ("model", "facts", "field", "message"),
    [
        (Evaluation, {"year": 2027}, "year", "Năm phải từ 1945"),
        (Evaluation, {"year": 1900}, "year", "Năm phải từ 1945"),
        (Evaluation, {"level": "best"}, "level", ""),
        (Evaluation, {"level": ""}, "level", ""),
        (Evaluation, {"year": None}, "year", ""),
        (PastAward, {"award_code": "TTLDTT"}, "award_code", "không dành cho cá nhân"),
        (PastAward, {"award_code": "XX"}, "award_code", "trong danh sách"),
        (PastAward, {"kind": "NH"}, "kind", ""),
        (PastAward, {"decided_on": date(2023, 12, 31)}, "decided_on", "không thể quyết định từ năm 2023"),
        (PastAward, {"decided_on": date(2999, 1, 1)}, "decided_on", "chưa đến"),
        (Initiative, {"name": "  "}, "name", ""),
        (Initiative, {"scope": "world"}, "scope", ""),
        (Initiative, {"certificate_on": date(2999, 1, 1)}, "certificate_on", "chưa đến"),
        (Leave, {"ends_on": date(2024, 2, 1)}, "ends_on", "đứng trước"),
        (Leave, {"result": "good"}, "result", "chỉ ghi cho đào tạo"),
        (UnitYear, {"women": 21}, "women", "tổng số người (20)"),
        (UnitYear, {"disciplined": -1}, "disciplined", ""),
        (Discipline, {"starts_on": date(2999, 1, 1), "ends_on": None}, "starts_on", "chưa đến"),
        (Discipline, {"starts_on": None}, "starts_on", ""),
        (PendingCase, {"ends_on": date(2999, 1, 1)}, "ends_on", "chưa kết thúc"),
    ],
)
def test_invalid_facts_are_refused_at_their_field_and_change_nothing(
    in_november, office, person, school, model, facts, field, message
):
    before = AuditEntry.objects.count()
    with pytest.raises(RuleBroken) as broken:
        add_evidence(by=office, model=model, subject=subject_of(model, person, school), **{**FACTS[model], **facts})
    assert broken.value.field == field
    assert message in broken.value.message
    assert not model.objects.exists()
    assert AuditEntry.objects.count() == before


def test_the_database_itself_refuses(commune, person, school, household):
    base = {"commune": commune}
    broken = [
        Evaluation(**base, person=person, collective=school, year=2024, level="good"),
        Evaluation(**base, year=2024, level="good"),
        Evaluation(**base, person=person, year=1900, level="good"),
        PastAward(**base, person=person, household=household, award_code="GKX", year=2024),
        PendingCase(**base, kind="complaint", starts_on=DAY),
        Discipline(**base, person=person, kind="canh_cao", starts_on=DAY, ends_on=date(2023, 1, 1)),
        Leave(**base, person=person, kind="sick", starts_on=DAY, result="good"),
        UnitYear(**base, collective=school, year=2024, total=10, cstdcs=11),
        Initiative(**base, person=person, year=2024, name="A", name_fold="a", used_award_code="GKX"),
        Initiative(**base, person=person, year=2024, name="A", name_fold="a", used_year=2024),
    ]
    for row in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_a_sang_kien_is_used_once(commune, office, clerk, village_head, person):
    first = add_evidence(by=office, model=Initiative, subject=person, **FACTS[Initiative])
    with pytest.raises(RuleBroken, match="cùng tên"):
        again = {**FACTS[Initiative], "name": "SỔ ĐIỂM  điện tử", "year": 2025}
        add_evidence(by=office, model=Initiative, subject=person, **again)
    with pytest.raises(NotAllowed):
        use_initiative(by=village_head, initiative=first, award_code="CSTDCS", year=2024, about="")
    with pytest.raises(RuleBroken, match="trong danh sách"):
        use_initiative(by=clerk, initiative=first, award_code="LA", year=2024, about="")
    use_initiative(by=clerk, initiative=first, award_code="CSTDCS", year=2024, about="hồ sơ 7")
    assert first.used == "Chiến sĩ thi đua cơ sở năm 2024"
    stale = Initiative.objects.get(pk=first.pk)
    with pytest.raises(RuleBroken, match=r"đã dùng để xét Chiến sĩ thi đua cơ sở năm 2024 .hồ sơ 7.; mỗi sáng kiến"):
        use_initiative(by=office, initiative=stale, award_code="BKT", year=2025, about="hồ sơ 9")
    with pytest.raises(RuleBroken, match="chỉ dùng một lần"):
        remove_evidence(by=office, entry=first, reason="Bỏ để dùng lại")
    first.refresh_from_db()
    assert (first.used_award_code, first.used_year, first.used_about) == ("CSTDCS", 2024, "hồ sơ 7")


def test_restricted_facts_are_not_in_the_audit_log_but_each_reading_is(commune, office, chair, user, person, school):
    facts = {**FACTS[Discipline], "decision_no": "CANARY-1"}
    entry = add_evidence(by=office, model=Discipline, subject=person, **facts)
    corrected = correct_evidence(by=office, entry=entry, reason="CANARY-2", **{**facts, "kind": "khien_trach"})
    remove_evidence(by=office, entry=corrected, reason="CANARY-3")
    add_evidence(by=office, model=PendingCase, subject=school, kind="inspection", starts_on=DAY, note="CANARY-4")
    log = str(list(AuditEntry.objects.values()))
    for word in ("CANARY", "canh_cao", "khien_trach", "Cảnh cáo", "2024-03-01", "inspection"):
        assert word not in log, word
    before = AuditEntry.objects.count()
    for reader in (office, chair):
        assert [row.pk for row in read_restricted(by=reader, subject=person)] == [entry.pk, corrected.pk]
        assert [row.note for row in read_restricted(by=reader, subject=school)] == ["CANARY-4"]
    logged = AuditEntry.objects.filter(act__startswith="villages.read_restricted_of_").order_by("seq")
    assert AuditEntry.objects.count() == before + 4
    expected = [(one.pk, about.subject_key, about.pk) for one, about in product((office, chair), (person, school))]
    assert [(row.actor_id, row.subject_type, row.subject_id) for row in logged] == expected
    for login in ("thcs", "vanthu", "hoidong2"):
        with pytest.raises(NotAllowed):
            read_restricted(by=user(login), subject=person)


def test_a_corrected_restricted_entry_stays_unchanged(office, person):
    entry = add_evidence(by=office, model=Discipline, subject=person, **FACTS[Discipline])
    corrected = correct_evidence(by=office, entry=entry, reason="Nhầm hình thức", kind="khien_trach")
    entry.refresh_from_db()
    assert (entry.kind, entry.state, entry.reason) == ("canh_cao", "removed", "Nhầm hình thức")
    assert (corrected.kind, corrected.state, corrected.starts_on, corrected.version) == ("khien_trach", "kept", DAY, 1)
    with pytest.raises(RuleBroken):
        correct_evidence(by=office, entry=corrected, reason="Nhầm", ends_on=date(2020, 1, 1))
    assert Discipline.objects.kept().get() == corrected


def test_the_audit_log_has_the_changes_of_an_unrestricted_entry(office, person):
    entry = add_evidence(by=office, model=Evaluation, subject=person, **FACTS[Evaluation])
    correct_evidence(by=office, entry=entry, reason="Đính chính", level="excellent")
    last = AuditEntry.objects.latest("seq")
    assert (last.act, last.subject_id) == ("villages.mend_evaluation", entry.pk)
    assert last.facts["changed"] == {"level": ["good", "excellent"], "reason": ["", "Đính chính"]}


def test_a_stale_form_is_refused(office, person):
    entry = add_evidence(by=office, model=Evaluation, subject=person, **FACTS[Evaluation])
    correct_evidence(by=office, entry=entry, reason="Một", level="done", seen=1)
    with pytest.raises(RuleBroken, match="được người khác thay đổi"):
        correct_evidence(by=office, entry=entry, reason="Hai", level="failed", seen=1)
    assert Evaluation.objects.get().level == "done"


def test_correcting_into_a_duplicate_is_refused(office, person):
    add_evidence(by=office, model=Evaluation, subject=person, **FACTS[Evaluation])
    other = add_evidence(by=office, model=Evaluation, subject=person, year=2023, level="good")
    with pytest.raises(RuleBroken, match="Năm này đã có kết quả"):
        correct_evidence(by=office, entry=other, reason="Nhầm năm", year=2024)
    other.refresh_from_db()
    assert (other.year, other.version) == (2023, 1)


def test_the_same_form_sent_twice_makes_one(office, person):
    made = {
        add_evidence(by=office, model=PendingCase, subject=person, idempotency_key="k1", **FACTS[PendingCase]).pk
        for _ in range(2)
    }
    assert len(made) == 1


# ── the table of a unit ──────────────────────────────────────────────────────────────────────────
@pytest.fixture
def three(school):
    return list(Person.objects.filter(unit=school, full_name__in=["Trần Đức Ý", "Hà Thị Nhài", "Bùi Thị Sen"]))


def levels(year=2024):
    return dict(Evaluation.objects.kept().filter(year=year).values_list("person__full_name", "level"))


def test_a_whole_unit_at_once(office, school, three):
    entered = {one.pk: EnteredValue(level) for one, level in zip(three, ["good", "done", ""], strict=True)}
    assert enter_evaluations(by=office, unit=school, year=2024, entered=entered, source=" TB  12 ") == 2
    assert set(Evaluation.objects.values_list("source", flat=True)) == {"TB 12"}
    assert levels() == {three[0].full_name: "good", three[1].full_name: "done"}
    last = AuditEntry.objects.latest("seq")
    assert (last.act, last.subject_id, len(last.facts["entered"])) == ("villages.enter_evaluations", school.pk, 2)
    with pytest.raises(RuleBroken, match="Chưa có kết quả nào mới"):
        enter_evaluations(by=office, unit=school, year=2024, entered=entered)


def test_a_recorded_result_is_changed_with_a_reason(office, school, three):
    first = {one.pk: EnteredValue("good") for one in three}
    enter_evaluations(by=office, unit=school, year=2024, entered=first, source="TB 12")
    change = {three[0].pk: EnteredValue("done", "good"), three[1].pk: EnteredValue("good", "good")}
    with pytest.raises(RuleBroken) as broken:
        enter_evaluations(by=office, unit=school, year=2024, entered=change)
    assert broken.value.field == "reason"
    assert enter_evaluations(by=office, unit=school, year=2024, entered=change, reason="Đính chính") == 1
    row = Evaluation.objects.get(person=three[0])
    assert (row.level, row.reason, row.source) == ("done", "Đính chính", "TB 12")


def test_nothing_is_saved_when_one_row_is_invalid(office, school, three, person, village_head):
    enter_evaluations(by=office, unit=school, year=2024, entered={three[0].pk: EnteredValue("good")})
    stranger = Person.objects.filter(unit__code="thon1").first()
    entered = {
        three[0].pk: EnteredValue("failed", ""),  # somebody else was quicker
        three[1].pk: EnteredValue("excellent"),
        three[2].pk: EnteredValue("best"),
        stranger.pk: EnteredValue("good"),
    }
    with pytest.raises(TableRowsBroken) as broken:
        enter_evaluations(by=office, unit=school, year=2024, entered=entered, reason="nhập nhầm")
    assert set(broken.value.rows) == {three[0].pk, three[2].pk, stranger.pk}
    assert "người khác đã ghi “Hoàn thành tốt nhiệm vụ”" in broken.value.rows[three[0].pk]
    assert levels() == {three[0].full_name: "good"}
    with pytest.raises(TableRowsBroken, match="Chưa lưu dòng nào"):
        enter_evaluations(by=office, unit=school, year=2024, entered={three[0].pk: EnteredValue("", "good")})
    with pytest.raises(RuleBroken, match="Năm phải từ"):
        enter_evaluations(by=office, unit=school, year=2999, entered={three[1].pk: EnteredValue("good")})
    with pytest.raises(NotAllowed):
        enter_evaluations(by=village_head, unit=school, year=2024, entered={three[1].pk: EnteredValue("good")})


def test_an_unchanged_row_is_skipped_even_when_its_record_has_changed(office, school, three):
    enter_evaluations(by=office, unit=school, year=2024, entered={three[0].pk: EnteredValue("good")})
    entered = {three[0].pk: EnteredValue("", ""), three[1].pk: EnteredValue("done")}
    assert enter_evaluations(by=office, unit=school, year=2024, entered=entered) == 1
    assert levels() == {three[0].full_name: "good", three[1].full_name: "done"}
