"""Nominations: effect, permission, state and input of each act."""

from datetime import date

import pytest

from campaigns.exemplars.actions.exemplar import (
    ExemplarContent,
    accept_exemplar,
    return_exemplar,
    start_exemplar,
    start_nothing,
    submit_exemplar,
)
from campaigns.exemplars.actions.period import open_period
from campaigns.models import Exemplar, Field
from commendations.actions import appraisal
from commendations.actions import nomination as actions
from commendations.models import Nomination
from commendations.tests import case_steps
from emulation.audit.models import AuditEntry
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.documents.blocks.codec import paper_from_json
from emulation.documents.models import IssuedDocument
from emulation.notices.models import Notification
from emulation.workflow.authorization import check_act
from villages.models import Person, PersonPrivate

pytestmark = pytest.mark.usefixtures("db")
NOBODY_ELSE = ["thon2", "vanthu", "chutich", "hoidong2", "phongnoivu", "quantri"]


@pytest.fixture
def exemplar(commune):
    by = case_steps.user_named("thon1")
    period = open_period(by=case_steps.user_named("vanphong"), commune=commune, kind="month", year=2026, number=10)
    content = ExemplarContent(
        kind="person",
        person=Person.objects.get(full_name="Lê Thị Lụa"),
        field=Field.objects.get(code="nong-thon-moi"),
        deed="Hiến 120 m² đất mở rộng đường vào xóm.",
        result="Đường rộng 5 m, mười hai hộ đi lại thuận lợi.",
    )
    return submit_exemplar(
        by=by, exemplar=start_exemplar(by=by, unit=case_steps.unit_by_code("thon1"), period=period, content=content)
    )


# ── from an exemplar ─────────────────────────────────────────────────────────────────────────────
def test_nomination_is_filled_in_from_the_exemplar(exemplar, office):
    case = actions.nominate_exemplar(by=office, exemplar=exemplar)
    exemplar.refresh_from_db()
    assert exemplar.state == "nominated"
    assert (case.state, case.unit.code, case.nominee_name, case.field_name) == (
        "draft", "thon1", "Lê Thị Lụa", "Xây dựng nông thôn mới",
    )  # fmt: skip
    assert case.achievement == "xuất sắc trong phong trào thi đua xây dựng nông thôn mới tháng 10 năm 2026"
    assert case.deed == "Hiến 120 m² đất mở rộng đường vào xóm.\nKết quả: đường rộng 5 m, mười hai hộ đi lại thuận lợi."
    assert (str(case.period_from), str(case.period_to)) == ("2026-10-01", "2026-10-31")
    assert check_act("commendations.submit", case, case_steps.user_named("thon1"))


def test_accepted_exemplar_is_nominated_once(exemplar, office):
    accept_exemplar(by=office, exemplar=exemplar)
    first = actions.nominate_exemplar(by=office, exemplar=exemplar)
    assert actions.nominate_exemplar(by=office, exemplar=exemplar) == first
    assert Nomination.objects.count() == 1


def test_exemplar_can_be_nominated_again_after_a_withdrawal(exemplar, office):
    first = actions.nominate_exemplar(by=office, exemplar=exemplar)
    actions.withdraw_nomination(by=case_steps.user_named("thon1"), nomination=first, reason="Nhầm người")
    exemplar.refresh_from_db()
    assert exemplar.state == "accepted"
    second = actions.nominate_exemplar(by=office, exemplar=exemplar)
    assert (second.pk != first.pk, second.exemplar, first.state) == (True, exemplar, "withdrawn")


@pytest.mark.parametrize("login", ["thon1", *NOBODY_ELSE])
def test_only_the_office_nominates_an_exemplar(exemplar, login):
    with pytest.raises(NotAllowed, match="dành cho Văn phòng phụ trách TĐKT"):
        actions.nominate_exemplar(by=case_steps.user_named(login), exemplar=exemplar)
    assert Exemplar.objects.get().state == "submitted" and not Nomination.objects.exists()


def test_a_returned_exemplar_is_not_nominated(exemplar, office):
    return_exemplar(by=office, exemplar=exemplar, notes={"deed": "Ghi rõ hơn"})
    with pytest.raises(RuleBroken, match="đang ở trạng thái “Trả lại để sửa”"):
        actions.nominate_exemplar(by=office, exemplar=exemplar)


def test_answer_without_exemplar_is_not_nominated(commune, office, exemplar):
    head = case_steps.user_named("thon2")
    nothing = start_nothing(
        by=head, unit=case_steps.unit_by_code("thon2"), period=exemplar.period, reason="Thôn bận gặt"
    )
    submit_exemplar(by=head, exemplar=nothing)
    with pytest.raises(RuleBroken, match="không có ai để đề nghị"):
        actions.nominate_exemplar(by=office, exemplar=nothing)


# ── without an exemplar ──────────────────────────────────────────────────────────────────────────
def test_unit_head_starts_for_their_own_unit_only(commune, village_head, office):
    lua = Person.objects.get(full_name="Lê Thị Lụa")
    assert (
        actions.start_nomination(by=village_head, unit=case_steps.unit_by_code("thon1"), nominee=lua).nominee_name
        == "Lê Thị Lụa"
    )
    assert actions.start_nomination(by=office, unit=case_steps.unit_by_code("thon2")).nominee_kind == ""
    with pytest.raises(NotAllowed, match="không lập thay Thôn 2"):
        actions.start_nomination(by=village_head, unit=case_steps.unit_by_code("thon2"))
    thon1, thon2 = map(case_steps.unit_by_code, ("thon1", "thon2"))
    assert actions.start_nomination(by=office, unit=thon2, nominee=lua).unit == thon2  # somebody of another unit
    with pytest.raises(RuleBroken, match="của chính đơn vị"):
        actions.start_nomination(by=office, unit=thon2, nominee=thon1)


@pytest.mark.parametrize("login", ["vanthu", "chutich", "hoidong2", "phongnoivu", "quantri"])
def test_user_without_unit_cannot_start(commune, login):
    with pytest.raises(NotAllowed, match="Lập đề nghị khen thưởng"):
        actions.start_nomination(by=case_steps.user_named(login), unit=case_steps.unit_by_code("thon1"))


def test_the_same_form_twice_starts_one(commune, village_head):
    made = [
        actions.start_nomination(by=village_head, unit=case_steps.unit_by_code("thon1"), idempotency_key="k" * 20)
        for _ in range(2)
    ]
    assert made[0] == made[1] and Nomination.objects.count() == 1


# ── editing and submitting ───────────────────────────────────────────────────────────────────────
def test_incomplete_draft_is_saved(commune, village_head):
    case = actions.start_nomination(by=village_head, unit=case_steps.unit_by_code("thon1"))
    actions.save_nomination(
        by=village_head, nomination=case, content=actions.NominationContent(deed="  Đang   viết \n\n\n dở ")
    )
    assert Nomination.objects.get().deed == "Đang viết\n\ndở"


@pytest.mark.parametrize(
    ("content", "field", "message"),
    [
        (
            {"period_from": case_steps.SESSION_DAY, "period_to": case_steps.date(2026, 1, 1)},
            "period_to",
            "Ngày cuối không thể trước ngày đầu",
        ),
        ({"kind": "XX"}, "kind", "Hãy chọn loại hình"),
    ],
)
def test_invalid_content_is_refused_at_its_field(commune, village_head, content, field, message):
    case = actions.start_nomination(by=village_head, unit=case_steps.unit_by_code("thon1"))
    with pytest.raises(RuleBroken, match=message) as broken:
        actions.save_nomination(by=village_head, nomination=case, content=actions.NominationContent(**content))
    assert broken.value.field == field


def test_submitting_names_what_is_missing(commune, village_head):
    case = actions.start_nomination(by=village_head, unit=case_steps.unit_by_code("thon1"))
    with pytest.raises(
        RuleBroken, match="Còn thiếu: người, hộ hoặc tập thể được đề nghị, nội dung khen, thành tích đạt được"
    ):
        actions.submit_nomination(by=village_head, nomination=case)


def test_submitting_freezes_both_papers_and_creates_the_checklist(commune, village_head, office, other_village_head):
    case = case_steps.submitted_nomination()
    assert (case.state, case.received_on) == ("submitted", case_steps.SESSION_DAY)
    for paper, kind in ((case.report_document, "bao_cao_thanh_tich"), (case.request_document, "giay_de_nghi")):
        assert (paper.kind, paper.number, paper.issued_on) == (kind, None, case_steps.SESSION_DAY)
        assert IssuedDocument.objects.visible_to(village_head).filter(pk=paper.pk).exists()
        assert IssuedDocument.objects.visible_to(office).filter(pk=paper.pk).exists()
        assert not IssuedDocument.objects.visible_to(other_village_head).filter(pk=paper.pk).exists()
    assert [entry.code for entry in case.checklist.all()] == ["request", "report", "minutes"]
    assert all(entry.met is None and entry.citation and not entry.confirmed for entry in case.checklist.all())
    assert Notification.objects.filter(user=office, text__contains="Thôn 1 nộp đề nghị").count() == 1


def test_simplified_procedure_has_a_shorter_checklist(commune, village_head):
    case = case_steps.draft_nomination()
    case.kind = "DX"
    case.save()
    actions.submit_nomination(by=village_head, nomination=case, on=case_steps.SESSION_DAY)
    assert [entry.code for entry in case.checklist.all()] == ["request", "summary"]
    assert "BÁO CÁO TÓM TẮT THÀNH TÍCH" in case.report_document.html


def test_submitting_twice_is_refused_and_freezes_nothing_more(commune, village_head):
    case = case_steps.submitted_nomination()
    count = IssuedDocument.objects.count()
    with pytest.raises(RuleBroken, match="Đề nghị này đã được nộp rồi"):
        actions.submit_nomination(by=village_head, nomination=case)
    assert IssuedDocument.objects.count() == count


def test_stale_form_of_a_second_user_is_refused(commune, office, village_head):
    case = case_steps.draft_nomination()
    seen = case.version
    actions.save_nomination(
        by=office, nomination=case, content=actions.NominationContent(deed="Văn phòng sửa"), seen=seen
    )
    with pytest.raises(RuleBroken, match="đã được người khác thay đổi"):
        actions.save_nomination(
            by=village_head, nomination=case, content=actions.NominationContent(deed="Thôn sửa"), seen=seen
        )
    assert Nomination.objects.get().deed == "Văn phòng sửa"


# ── return, submit again, withdraw ───────────────────────────────────────────────────────────────
def test_returned_with_reasons_and_submitted_again(commune, office, village_head):
    case = case_steps.submitted_nomination()
    old = case.report_document
    appraisal.return_nomination(
        by=office, nomination=case, notes={"deed": "Ghi số liệu cụ thể.", "kind": "  ", "other": "x"}
    )
    assert (case.state, case.return_notes) == ("returned", {"deed": "Ghi số liệu cụ thể."})
    assert Notification.objects.filter(user=village_head, text__contains="trả lại").exists()
    case_steps.fill_nomination(case, deed=f"{case_steps.DEED} Đường dài 300 m.")
    actions.submit_nomination(by=village_head, nomination=case, on=case_steps.SESSION_DAY)
    case.refresh_from_db()
    assert (case.state, case.return_notes) == ("submitted", {})
    assert case.report_document != old and IssuedDocument.objects.filter(pk=old.pk).exists()
    assert all(entry.met is None for entry in case.checklist.all())


def test_a_return_needs_a_reason(commune, office):
    with pytest.raises(RuleBroken, match="Hãy ghi lý do trả lại"):
        appraisal.return_nomination(by=office, nomination=case_steps.submitted_nomination(), notes={"deed": " "})


def test_withdrawal_needs_a_reason_and_closes_the_form(commune, village_head):
    case = case_steps.submitted_nomination()
    with pytest.raises(RuleBroken, match="lý do rút"):
        actions.withdraw_nomination(by=village_head, nomination=case, reason=" ")
    actions.withdraw_nomination(by=village_head, nomination=case, reason="Trùng với đề nghị của trường")
    assert case.state == "withdrawn"
    with pytest.raises(RuleBroken):
        actions.save_nomination(by=village_head, nomination=case, content=actions.NominationContent())


# ── checklist ────────────────────────────────────────────────────────────────────────────────────
def test_complete_when_every_entry_is_met(commune, office):
    case = case_steps.submitted_nomination()
    first, second, third = case.checklist.all()
    with pytest.raises(RuleBroken, match=r"Chưa kiểm tra: .*Biên bản xét khen thưởng"):
        appraisal.complete_nomination(by=office, nomination=case)
    with pytest.raises(RuleBroken, match="Hãy ghi còn thiếu gì") as broken:
        appraisal.save_checklist(by=office, nomination=case, marks={third.pk: appraisal.ChecklistMark(False)})
    assert broken.value.field == f"note_{third.pk}"
    marks = {
        first.pk: appraisal.ChecklistMark(True),
        second.pk: appraisal.ChecklistMark(True),
        third.pk: appraisal.ChecklistMark(False, "Chưa có biên bản"),
    }
    appraisal.save_checklist(by=office, nomination=case, marks=marks)
    with pytest.raises(RuleBroken, match="Hồ sơ còn thiếu: Biên bản"):
        appraisal.complete_nomination(by=office, nomination=case)
    assert appraisal.complete_nomination(by=office, nomination=case_steps.with_full_checklist(case)).state == "complete"


# ── permissions and states ───────────────────────────────────────────────────────────────────────
ACTS = {
    "commendations.edit": ({"thon1", "vanphong"}, {"draft", "returned"}),
    "commendations.preview": ({"thon1", "vanphong"}, {"draft", "returned"}),
    "commendations.submit": ({"thon1", "vanphong"}, {"draft", "returned"}),
    "commendations.withdraw": ({"thon1", "vanphong"}, {"draft", "returned", "submitted"}),
    "commendations.check": ({"vanphong"}, {"submitted"}),
    "commendations.complete": ({"vanphong"}, {"submitted"}),
    "commendations.return": ({"vanphong"}, {"submitted", "complete"}),
    "commendations.put_on_session": ({"vanphong"}, {"complete"}),
    "commendations.take_off_session": ({"vanphong"}, {"on_session"}),
    "commendations.pass": ({"vanphong"}, {"on_session"}),
    "commendations.fail": ({"vanphong"}, {"on_session"}),
}
STATES = ["draft", "submitted", "returned", "complete", "on_session", "passed", "failed", "presented", "approved", "refused", "awarded", "withdrawn"]  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_each_step_by_each_role_in_each_state(commune, other_commune, act):
    who, states = ACTS[act]
    case = case_steps.submitted_nomination()
    for login in ["thon1", "vanphong", *NOBODY_ELSE, "mattran", "la-vanphong"]:
        answer = check_act(act, case, case_steps.user_named(login))
        assert (answer.denied_by == "permission") == (login not in who), login
        if login not in who:
            assert answer.reason.startswith("Việc “") and "dành cho" in answer.reason
    for state in STATES:
        case.state = state
        answer = check_act(act, case, case_steps.user_named("vanphong"))
        assert (answer.denied_by == "state") == (state not in states), state
        if state not in states:
            assert "đang ở trạng thái" in answer.reason or "đã được nộp" in answer.reason


# ── visibility and papers ────────────────────────────────────────────────────────────────────────
def test_who_sees_a_case(commune, other_commune):
    case = case_steps.submitted_nomination()
    seen = {
        name
        for name in (
            "thon1",
            "thon2",
            "vanphong",
            "vanthu",
            "chutich",
            "hoidong2",
            "mattran",
            "phongnoivu",
            "quantri",
            "la-vanphong",
        )
        if Nomination.objects.visible_to(case_steps.user_named(name)).filter(pk=case.pk).exists()
    }
    assert seen == {"thon1", "vanphong", "vanthu", "chutich"}
    case = case_steps.with_full_checklist(case)
    appraisal.complete_nomination(by=case_steps.user_named("vanphong"), nomination=case)
    case_steps.session_with(case)
    assert Nomination.objects.visible_to(case_steps.user_named("hoidong2")).filter(pk=case.pk).exists()


def test_no_restricted_data_on_the_papers(commune):
    lua = Person.objects.get(full_name="Lê Thị Lụa")
    PersonPrivate.objects.create(person=lua, ethnicity="Thổ", cccd="038079001234", discipline="Khiển trách 2020")
    case = case_steps.submitted_nomination()
    for paper in (case.report_document, case.request_document):
        assert not any(secret in paper.html for secret in ("Thổ", "038079001234", "Khiển trách"))


def text_of(paper):
    return str(paper_from_json(paper.blocks))


def test_the_report_has_its_three_parts(commune):
    text = text_of(case_steps.submitted_nomination().report_document)
    for part in (
        "SƠ LƯỢC LÝ LỊCH",
        "THÀNH TÍCH ĐẠT ĐƯỢC",
        "CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG",
        "LÊ THỊ LỤA",
        "Gia đình văn hóa",
    ):
        assert part in text
    assert "Mẫu số" not in text  # no number of a form that is not confirmed


def test_reports_of_a_household_and_a_collective(commune, village_head):
    for nominee, part, signer in (
        (case_steps.household_by_head(), "SƠ LƯỢC VỀ HỘ GIA ĐÌNH", "ĐẠI DIỆN HỘ GIA ĐÌNH"),
        (case_steps.unit_by_code("thon1"), "ĐẶC ĐIỂM, TÌNH HÌNH", "TRƯỞNG THÔN"),
    ):
        case = case_steps.fill_nomination(
            actions.start_nomination(by=village_head, unit=case_steps.unit_by_code("thon1"), nominee=nominee)
        )
        text = text_of(
            actions.submit_nomination(by=village_head, nomination=case, on=case_steps.SESSION_DAY).report_document
        )
        assert part in text and signer in text


def test_giay_de_nghi_of_a_village_and_to_trinh_of_a_school(commune):
    village = case_steps.submitted_nomination().request_document
    assert village.type_name == "Giấy đề nghị" and village.signer == "Lê Văn Hòa"
    school = case_steps.submitted_nomination("Nguyễn Thị Quý", by="tieuhoc").request_document
    assert school.type_name == "Tờ trình" and school.signer == "Phạm Đình Khôi"
    assert "TRƯỜNG TIỂU HỌC" in text_of(school)


def test_audit_log_contains_every_step(commune):
    case = case_steps.complete_nomination()
    entries = AuditEntry.objects.filter(subject_type="commendations.Nomination", subject_id=case.pk).order_by("seq")
    acts = list(entries.values_list("act", flat=True))
    assert acts == [f"commendations.{name}" for name in ("start", "edit", "submit", "check", "complete")]


@pytest.mark.parametrize(
    ("login", "name", "line"), [("tieuhoc", "Nguyễn Thị Quý", "Số: …………/TTr-…………"), ("thon1", "Lê Thị Lụa", "")]
)
def test_school_paper_has_a_number_placeholder_and_village_paper_none(commune, login, name, line):
    case = case_steps.submitted_nomination(name, by=login)
    assert paper_from_json(case.request_document.blocks).letterhead.number_line == line


def test_achievement_must_be_in_the_past(commune):
    case = case_steps.draft_nomination()
    with pytest.raises(RuleBroken, match="không được sau hôm nay") as broken:
        actions.save_nomination(
            by=case_steps.user_named("thon1"),
            nomination=case,
            content=actions.NominationContent(achievement="giỏi", deed="Việc tốt", period_to=date(2100, 1, 1)),
        )
    assert broken.value.field == "period_to"
