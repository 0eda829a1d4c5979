"""Decisions: money of the day, faults, the bản trình ký, issue once and in full."""

from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from commendations.actions import decision as actions
from commendations.actions.decision import decision_signature_steps
from commendations.actions.handover import record_award_handover
from commendations.models import Award, Decision, Nomination
from commendations.queries.decision import decision_faults, outgoing_lines
from commendations.tests import factories
from emulation.audit.log import chain_faults, entries_about
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.documents.models import Draft, IssuedDocument, NumberBook
from emulation.jobs.models import Job
from emulation.notices.models import Notification

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.both_databases]
JUNE, JULY = date(2026, 6, 30), date(2026, 7, 1)


def wording(decision, **changes):
    now = actions.DecisionWording(
        **{field.name: getattr(decision, field.name) for field in fields(actions.DecisionWording)}
    )
    return replace(now, **changes)


# ── money ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("day", "sums"),
    [
        (
            JUNE,
            {"person": (702_000, 710_000), "household": (1_053_000, 1_060_000), "collective": (1_404_000, 1_410_000)},
        ),
        (
            JULY,
            {
                "person": (759_000, 760_000),
                "household": (Decimal("1138500"), 1_140_000),
                "collective": (1_518_000, 1_520_000),
            },
        ),
        (
            date(2021, 10, 15),
            {
                "person": (Decimal("223500"), 230_000),
                "household": (Decimal("223500"), 230_000),
                "collective": (447_000, 450_000),
            },
        ),
    ],
)
def test_money_by_kind_before_and_after_a_change(commune, day, sums):
    decision = factories.draft_decision(commune, held_on=day)
    money = {line.subject: line.price.money for line in outgoing_lines(decision, day)}
    assert {kind: (one.raw, one.rounded) for kind, one in money.items()} == sums


def test_award_stores_coefficient_base_amount_rule_and_citation(commune):
    decision = factories.issued_decision(commune, [factories.person_named("Vi Văn Thành")])
    award = decision.awards.get()
    assert (award.coefficient, award.base_salary, award.raw_amount, award.amount) == (
        Decimal("0.3"),
        2_530_000,
        759_000,
        760_000,
    )
    assert award.rounding_rule == "ceil_10k" and award.legal["confirmed"] is False
    assert "Điều 54" in award.legal["citation"] and "161/2026" in award.legal["citation"]
    assert all(basis["version"] for basis in award.legal["grounds"])
    assert award.legal["arithmetic"] == "0,3 × 2.530.000 = 759.000 → 760.000 đồng"


# ── the draft ────────────────────────────────────────────────────────────────────────────────────


def test_list_order_by_kind_and_name_or_by_council(commune, office):
    people = [factories.person_named(name) for name in ("Lò Văn Hoá", "Lê Hữu Ái", "Lương Văn Thúy", "Vi Thị Xuân")]
    decision = factories.draft_decision(commune, [people[0], *factories.three_nominees(commune), *people[1:]])
    names = [
        "Thôn 2",
        "Hộ gia đình Lê Văn Bảy",
        "Lê Hữu Ái",
        "Lò Văn Hoá",
        "Vi Văn Thành",
        "Lương Văn Thúy",
        "Vi Thị Xuân",
    ]
    assert [line.name for line in outgoing_lines(decision, factories.HELD_ON)] == names
    assert [line.serial for line in outgoing_lines(decision, factories.HELD_ON)] == [1, 2, 3, 4, 5, 6, 7]
    decision_signature_steps.edit(decision, by=office, wording=wording(decision, list_order=Decision.BY_COUNCIL))
    assert [line.name for line in outgoing_lines(decision, factories.HELD_ON)][:2] == ["Lò Văn Hoá", "Vi Văn Thành"]


def test_new_expected_day_replaces_unedited_basis_lines(commune, office):
    decision = factories.draft_decision(commune, held_on=date(2026, 9, 20))
    assert "ngày 23 tháng 4 năm 2026" not in decision.grounds
    decision_signature_steps.edit(decision, by=office, wording=wording(decision, expected_on=date(2026, 10, 2)))
    assert "ngày 23 tháng 4 năm 2026" in decision.grounds and decision.grounds.endswith(
        "Phiếu trình ngày 20 tháng 9 năm 2026"
    )
    own = "Căn cứ của chúng tôi\nTheo đề nghị của Hội đồng"
    decision_signature_steps.edit(
        decision, by=office, wording=wording(decision, expected_on=date(2026, 9, 25), grounds=own)
    )
    assert decision.grounds == own


def test_expected_day_before_the_chairs_decision_is_refused(commune, office):
    decision = factories.draft_decision(commune)
    with pytest.raises(RuleBroken, match="không được trước ngày Chủ tịch quyết định"):
        decision_signature_steps.edit(decision, by=office, wording=wording(decision, expected_on=date(2026, 11, 9)))


def test_ban_trinh_ky_has_blanks_and_its_withdrawal_needs_a_reason(commune, clerk, office):
    decision = factories.decision_at_signature(commune)
    draft = Draft.objects.get(key=decision_signature_steps.draft_key(decision))
    assert draft.paper.status == "for_signature" and draft.paper.head.number is None and draft.paper.head.day is None
    assert len(decision.signed_list) == 3
    with pytest.raises(RuleBroken, match="Hãy ghi lý do"):
        decision_signature_steps.return_to_draft(decision, by=clerk, reason=" ")
    decision_signature_steps.return_to_draft(decision, by=clerk, reason="Sai tên thôn")
    assert (decision.state, decision.signed_list) == ("draft", [])
    assert Draft.objects.get(key=decision_signature_steps.draft_key(decision)).paper.status == "draft"
    assert Notification.objects.filter(user=office, text__contains="Sai tên thôn").exists()


# ── faults ───────────────────────────────────────────────────────────────────────────────────────


def _rename(decision):
    someone = factories.person_named("Vi Văn Thành")
    someone.put_name("Vi Văn Thanh")
    someone.save()


def _list_one_person_twice(decision):
    other = decision.chair_submission.items.order_by("pk").last().nomination
    Nomination.objects.filter(pk=other.pk).update(person=factories.person_named("Vi Văn Thành"), collective=None)


DISAGREE = [
    (_rename, r"Dòng 3 của bản trình ký \(Vi Văn Thành\) khác với hồ sơ hiện nay \(Vi Văn Thanh\)"),
    (_list_one_person_twice, "Vi Văn Thành có tên hai lần"),
    (
        lambda d: Nomination.objects.filter(household__isnull=False).update(state="refused"),
        "không còn ở trạng thái “Chủ tịch đồng ý”",
    ),
    (
        lambda d: Nomination.objects.filter(household__isnull=False).update(achievement="khác"),
        "Dòng 2 của bản trình ký",
    ),
    (lambda d: d.chair_submission.items.filter(sort=0).update(approved=None), "có 3 người, hồ sơ hiện có 2 người"),
    (lambda d: d.chair_submission.items.update(approved=None), "Không có ai được Chủ tịch đồng ý"),
    (
        lambda d: Decision.objects.filter(pk=d.pk).update(signer_name="Lương Thị Diệu Hiền"),
        "không phải Chủ tịch UBND xã.* Chủ tịch là Lê Đăng Trường",
    ),
    (
        lambda d: Decision.objects.filter(pk=d.pk).update(signer_title=Decision.DEPUTY),
        "không ký thay chính mình",
    ),
]


@pytest.mark.parametrize(("change", "message"), DISAGREE)
def test_issue_is_refused_when_something_differs(commune, clerk, change, message):
    decision = factories.decision_at_signature(commune)
    change(decision)
    with pytest.raises(RuleBroken, match=message):
        actions.issue_decision(by=clerk, decision=decision, issued_on=factories.HELD_ON)
    assert not Award.objects.exists() and not NumberBook.objects.filter(series="quyet_dinh").exists()
    decision.refresh_from_db()
    assert decision.state == "at_signature"


def test_deputy_signs_for_the_chair(commune, office, clerk):
    decision = factories.draft_decision(commune)
    changed = wording(decision, signer_title=Decision.DEPUTY, signer_name="Lương Thị Diệu Hiền")
    decision_signature_steps.edit(decision, by=office, wording=changed)
    decision_signature_steps.send_to_signature(decision, by=office)
    actions.issue_decision(by=clerk, decision=decision, issued_on=factories.HELD_ON)
    assert "KT. CHỦ TỊCH" in decision.document.html and "PHÓ CHỦ TỊCH" in decision.awards.first().certificate.html


def test_signed_with_the_old_salary_and_dated_after_the_change_is_refused(commune, clerk):
    decision = factories.decision_at_signature(commune, held_on=JUNE)
    with pytest.raises(
        RuleBroken, match=r"theo quy định ngày 01/07/2026 là 1.520.000 đồng, bản trình ký ghi 1.410.000 đồng"
    ):
        actions.issue_decision(by=clerk, decision=decision, issued_on=JULY)
    actions.issue_decision(by=clerk, decision=decision, issued_on=JUNE)
    assert sum(award.amount for award in decision.awards.all()) == 710_000 + 1_060_000 + 1_410_000


def test_new_law_between_expected_day_and_signing_is_refused(commune):
    decision = factories.decision_at_signature(commune, held_on=date(2026, 9, 30))
    assert decision_faults(decision, date(2026, 9, 30)) == []
    assert "Căn cứ pháp lý ngày 01/10/2026 khác" in " ".join(decision_faults(decision, date(2026, 10, 1)))


def test_signing_in_another_year_than_printed_is_refused(commune):
    decision = factories.decision_at_signature(commune, held_on=date(2025, 12, 30))
    assert "ghi năm 2025, ngày ký thuộc năm 2026" in " ".join(decision_faults(decision, date(2026, 1, 2)))


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (None, "không được sau hôm nay"),
        (date(2026, 11, 9), "không được trước ngày Chủ tịch quyết định"),
    ],
    ids=["tomorrow", "before the chair's decision"],
)
def test_signing_day_out_of_order_is_refused(commune, clerk, day, message):
    day = day or timezone.localdate() + timedelta(1)
    with pytest.raises(RuleBroken, match=message) as broken:
        actions.issue_decision(by=clerk, decision=factories.decision_at_signature(commune), issued_on=day)
    assert broken.value.field == "issued_on"


def test_day_before_the_last_number_is_refused(commune, clerk):
    later = factories.decision_at_signature(commune, [factories.person_named("Lê Thị Lụa")])
    actions.issue_decision(by=clerk, decision=later, issued_on=date(2026, 11, 12))
    with pytest.raises(RuleBroken, match="không được trước ngày của văn bản số 01/QĐ-UBND") as broken:
        actions.issue_decision(
            by=clerk, decision=factories.decision_at_signature(commune), issued_on=date(2026, 11, 11)
        )
    assert broken.value.field == "issued_on"


# ── issue ────────────────────────────────────────────────────────────────────────────────────────


def test_issue_numbers_freezes_and_writes_the_register(commune, user):
    decision = factories.issued_decision(commune)
    document = decision.document
    assert (decision.state, document.reference, document.issued_on) == ("issued", "01/QĐ-UBND", factories.HELD_ON)
    rows = list(decision.awards.order_by("decision_serial"))
    assert [(row.decision_serial, row.name, row.amount) for row in rows] == [
        (1, "Thôn 2", 1_520_000), (2, "Hộ gia đình Lê Văn Bảy", 1_140_000), (3, "Vi Văn Thành", 760_000),
    ]  # fmt: skip
    assert {row.nomination.state for row in rows} == {"awarded"}
    assert len({row.code for row in rows}) == 3
    assert "Số: 01/QĐ-UBND" in document.html and "DỰ THẢO" not in document.html
    assert Job.objects.filter(kind="documents.render", ids__document_id=document.pk).count() == 2
    assert {entry.act for entry in entries_about(rows[0].nomination)} >= {
        "commendations.approve",
        "commendations.award",
    }
    assert list(chain_faults(commune.pk)) == []


def test_certificate_has_the_content_of_the_prescribed_form(commune):
    award = factories.issued_decision(commune).awards.get(person__isnull=False)
    sheet = award.certificate.paper
    assert (sheet.post, sheet.recipient, sheet.about) == (
        "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BÌNH LƯƠNG", "Ông Vi Văn Thành", "Nông dân, Thôn 1, xã Bình Lương",
    )  # fmt: skip
    assert sheet.achievement == f"Đã có thành tích {factories.ACHIEVEMENT}"
    assert (sheet.decision_line, sheet.serial_line) == (
        "Quyết định số: 01/QĐ-UBND ngày 10 tháng 11 năm 2026",
        "Số sổ vàng: 03",
    )
    assert award.certificate.parent == award.decision.document and award.certificate.number is None
    assert award.certificate.code == award.code and award.code[:4] in sheet.code


def test_who_is_notified_of_an_issued_decision(commune, user):
    decision = factories.issued_decision(commune)
    text = "Quyết định số 01/QĐ-UBND ngày 10/11/2026: tặng Giấy khen cho 3 trường hợp."
    notified = set(
        Notification.objects.filter(key=f"decision:{decision.pk}:issued", text=text).values_list(
            "user__username", flat=True
        )
    )
    assert notified >= {"vanphong", "vanthu", "chutich", "hoidong2", "mattran", "phunu", "nongdan", "doanthanhnien"}
    one = Notification.objects.filter(user=user("thon1"), key__startswith="award:").values_list("text", flat=True)
    assert sorted(one) == [
        "Hộ gia đình Lê Văn Bảy được tặng Giấy khen theo Quyết định số 01/QĐ-UBND ngày 10/11/2026, số sổ vàng 02.",
        "Vi Văn Thành được tặng Giấy khen theo Quyết định số 01/QĐ-UBND ngày 10/11/2026, số sổ vàng 03.",
    ]
    assert not Notification.objects.filter(
        user__username__in=["phongnoivu", "quantri", "thon5"], key__contains="award:"
    ).exists()


def test_publication_is_enqueued_once(commune):
    decision = factories.issued_decision(commune)
    job = Job.objects.get(kind="portal.publish")
    assert job.priority == Job.REQUESTED  # who scans the code of the new giấy khen waits for it
    assert (job.key, job.ids) == (f"decision:{decision.pk}", {"decision_id": decision.pk})


def test_error_at_the_end_of_issue_rolls_everything_back(commune, clerk, monkeypatch):
    decision = factories.decision_at_signature(commune)
    before = IssuedDocument.objects.count()

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(actions, "publish_awards", fail)
    with pytest.raises(OSError):
        actions.issue_decision(by=clerk, decision=decision, issued_on=factories.HELD_ON)
    assert (IssuedDocument.objects.count(), Award.objects.count()) == (before, 0)
    assert not NumberBook.objects.filter(series="quyet_dinh").exists()
    assert set(Nomination.objects.values_list("state", flat=True)) == {"approved"}
    monkeypatch.undo()
    decision = Decision.objects.get(pk=decision.pk)
    assert actions.issue_decision(by=clerk, decision=decision, issued_on=factories.HELD_ON).document.number == 1


def test_second_issue_is_refused(commune, clerk):
    decision = factories.issued_decision(commune)
    with pytest.raises(RuleBroken, match="đã ban hành"):
        actions.issue_decision(by=clerk, decision=Decision.objects.get(pk=decision.pk), issued_on=factories.HELD_ON)
    assert (Award.objects.count(), NumberBook.objects.get(series="quyet_dinh").last) == (3, 1)


def test_the_database_refuses_to_change_the_register(commune, clerk):
    award = factories.issued_decision(commune).awards.first()
    record_award_handover(by=clerk, award=award, received_by="Vi Thị Thúy", received_on=factories.HELD_ON)
    for statement in (
        "UPDATE commendations_award SET amount = 1",
        "DELETE FROM commendations_award",
        "UPDATE commendations_handover SET note = 'x'",
        "DELETE FROM commendations_handover",
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


# ── permissions and states ───────────────────────────────────────────────────────────────────────

ASKS = {
    "edit": lambda d: {"wording": wording(d)},
    "send_to_signature": lambda d: {},
    "return_to_draft": lambda d: {"reason": "Sai tên thôn"},
    "issue_decision": lambda d: {"issued_on": factories.HELD_ON},
    "print_certificates": lambda d: {},
    "make_payment_list": lambda d: {},
}


WRONG_PERSON = [
    ("edit", "vanthu", "dành cho Văn phòng phụ trách TĐKT"),
    ("edit", "chutich", "dành cho Văn phòng phụ trách TĐKT"),
    ("send_to_signature", "vanthu", "dành cho Văn phòng phụ trách TĐKT"),
    ("return_to_draft", "hoidong2", "dành cho Văn phòng phụ trách TĐKT hoặc Văn thư hoặc Chủ tịch"),
    ("issue_decision", "vanphong", "dành cho Văn thư"),
    ("issue_decision", "chutich", "dành cho Văn thư"),
    ("issue_decision", "quantri", "dành cho Văn thư"),
    ("issue_decision", "la-vanthu", "dành cho Văn thư"),
    ("print_certificates", "thon1", "dành cho Văn phòng phụ trách TĐKT hoặc Văn thư"),
    ("make_payment_list", "hoidong2", "dành cho Văn phòng phụ trách TĐKT hoặc Văn thư"),
]
WRONG_STATE = [
    ("edit", "vanphong", factories.decision_at_signature, "“Đang trình ký”"),
    ("send_to_signature", "vanphong", factories.decision_at_signature, "“Đang trình ký”"),
    ("print_certificates", "vanthu", factories.decision_at_signature, "“Đang trình ký”"),
    ("return_to_draft", "vanthu", factories.draft_decision, "“Dự thảo”"),
    ("issue_decision", "vanthu", factories.draft_decision, "chưa có bản trình ký"),
    ("make_payment_list", "vanthu", factories.draft_decision, "“Dự thảo”"),
    ("return_to_draft", "vanthu", factories.issued_decision, "“Đã ban hành”"),
    ("edit", "vanphong", factories.issued_decision, "“Đã ban hành”"),
    ("issue_decision", "vanthu", factories.issued_decision, "đã ban hành"),
]


def take_step(step, decision, by):
    if step in ("edit", "send_to_signature", "return_to_draft"):
        return getattr(actions.decision_signature_steps, step)(decision, by=by, **ASKS[step](decision))
    return getattr(actions, step)(by=by, decision=decision, **ASKS[step](decision))


def test_each_step_by_the_wrong_person(commune, other_commune, user):
    decision = factories.decision_at_signature(commune)
    for step, login, message in WRONG_PERSON:
        with pytest.raises(NotAllowed, match=message):
            take_step(step, decision, by=user(login))


def test_each_step_in_the_wrong_state(commune, user):
    decisions_by_state = {
        make: make(commune)
        for make in (factories.draft_decision, factories.decision_at_signature, factories.issued_decision)
    }
    for step, login, make, message in WRONG_STATE:
        with pytest.raises(RuleBroken, match=message):
            take_step(step, decisions_by_state[make], by=user(login))
