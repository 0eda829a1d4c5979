"""Local values: permissions, validation, days on which they are in force, no effect on other communes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from emulation.accounts.models import User
from emulation.audit.models import AuditEntry
from emulation.communes.capacity import clear_capacity_cache
from emulation.communes.models import Commune, Membership
from emulation.core import append_only, content_store
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.legal import current
from emulation.legal.engine.loader import shipped_statutes
from emulation.legal.local_values import actions
from emulation.legal.local_values.actions import SupportingPaper
from emulation.legal.local_values.queries import effective_periods
from emulation.legal.models import LegalSync, LegalValue, LocalValue
from emulation.legal.tests.local_value_builders import (
    CITATION_TEXT,
    FIRST_DAY,
    PDF_BYTES,
    approved_local_value,
    commune_user,
    drafted_local_value,
    png_bytes,
    proposed_local_value,
)
from emulation.notices.models import Notification

pytestmark = pytest.mark.usefixtures("db")
DAY = timedelta(days=1)
ALL_PAIRS = [("person", ""), ("household", ""), ("collective", "")]
NO_PAPER = SupportingPaper()


def prize_before_rounding(commune: Commune, day: date, subject: str = "person") -> int:
    return int(current.prize_money_for(commune.pk, "GKX", subject, day).money.raw)


# ── effects ──────────────────────────────────────────────────────────────────────────────────────


def test_the_price_changes_from_its_day_and_not_before(commune: Commune) -> None:
    before = current.prize_money_for(commune.pk, "GKX", "person", FIRST_DAY - DAY)
    row = current.legal_value_for(commune.pk, "GKX.coefficient", FIRST_DAY - DAY, "person")
    local = approved_local_value(commune)
    assert current.prize_money_for(commune.pk, "GKX", "person", FIRST_DAY - DAY) == before
    assert current.legal_value_for(commune.pk, "GKX.coefficient", FIRST_DAY - DAY, "person") == row
    after = current.prize_money_for(commune.pk, "GKX", "person", FIRST_DAY)
    assert (int(before.money.raw), int(after.money.raw)) == (759_000, 1_138_500)
    assert prize_before_rounding(commune, date(2040, 1, 1)) == 1_138_500
    assert prize_before_rounding(commune, FIRST_DAY, "household") == prize_before_rounding(
        commune, FIRST_DAY - DAY, "household"
    )
    basis = after.grounds[0]
    assert (basis.citation, basis.confirmed, basis.local) == (CITATION_TEXT, True, True)
    assert CITATION_TEXT in after.citation
    stored = current.legal_value_for(commune.pk, "GKX.coefficient", FIRST_DAY, "person")
    assert (stored.version, stored.commune, stored.ruling, stored.value) == (basis.version, commune, local, "0.45")


@pytest.mark.parametrize(
    ("percent", "strict", "passed_before", "passed_after"), [(80, False, True, False), (50, False, True, True)]
)
def test_the_vote_changes_from_its_day(
    commune: Commune, percent: int, strict: bool, passed_before: bool, passed_after: bool
) -> None:
    content = {"percent": percent, "strict": strict, "mode": "ballot"}
    approved_local_value(commune, "GKX.vote", pairs=[("", "")], content=content)
    for day, passed in ((FIRST_DAY - DAY, passed_before), (FIRST_DAY, passed_after)):
        assert current.vote_verdict_for(commune.pk, "GKX", day, members=7, agree=5, against=2).passed is passed


def test_the_quorum_changes_from_its_day(commune: Commune) -> None:
    approved_local_value(commune, "council.quorum", pairs=[("", "")], content={"numerator": 1, "denominator": 1})
    assert current.quorum_verdict_for(commune.pk, FIRST_DAY - DAY, members=7, present=6).met
    assert not current.quorum_verdict_for(commune.pk, FIRST_DAY, members=7, present=6).met


def test_the_checklist_changes_for_the_chosen_subjects_and_kinds(commune: Commune) -> None:
    content = [
        {"code": "report", "label": "Báo cáo thành tích"},
        {"code": "local_2", "label": "Xác nhận của Công an xã"},
    ]
    local = approved_local_value(commune, "GKX.checklist", pairs=[("person", "CT"), ("person", "PT")], content=content)
    assert local.values.count() == 2

    def labels(kind: str, day: date, subject: str = "person") -> list[str]:
        return [item.label for item in current.file_checklist_for(commune.pk, "GKX", kind, subject, day).items]

    for kind in ("CT", "PT"):
        assert labels(kind, FIRST_DAY) == ["Báo cáo thành tích", "Xác nhận của Công an xã"]
        assert "Xác nhận của Công an xã" not in labels(kind, FIRST_DAY - DAY)
        assert "Xác nhận của Công an xã" not in labels(kind, FIRST_DAY, "household")
    assert labels("DX", FIRST_DAY) == labels("DX", FIRST_DAY - DAY)


def test_a_local_value_ends_on_its_own_last_day(commune: Commune) -> None:
    approved_local_value(commune, ends_on=FIRST_DAY + 9 * DAY)
    assert [prize_before_rounding(commune, day) for day in (FIRST_DAY + 9 * DAY, FIRST_DAY + 10 * DAY)] == [
        1_138_500,
        759_000,
    ]


def test_the_other_commune_does_not_change(commune: Commune, other_commune: Commune) -> None:
    before = current.law_for(other_commune.pk).history("GKX.coefficient", "person")
    approved_local_value(commune)
    assert prize_before_rounding(other_commune, FIRST_DAY) == 759_000
    assert current.law_for(other_commune.pk).history("GKX.coefficient", "person") == before
    assert current.general_law().history("GKX.coefficient", "person") == before
    approved_local_value(other_commune, content="0.6")
    assert (prize_before_rounding(commune, FIRST_DAY), prize_before_rounding(other_commune, FIRST_DAY)) == (
        1_138_500,
        1_518_000,
    )
    assert LegalValue.objects.exclude(commune=None).values("version").distinct().count() == 2


def test_a_confirmation_keeps_the_content_and_ends_with_the_general_value(commune: Commune) -> None:
    general = current.general_law().value_on("award.rounding", FIRST_DAY)
    assert not general.confirmed and general.end is not None
    approved_local_value(commune, "award.rounding", pairs=[("", "")], mode="confirm", content=None)
    law = current.law_for(commune.pk)
    value = law.value_on("award.rounding", FIRST_DAY)
    assert (value.content, value.confirmed, value.local, value.end) == (general.content, True, True, general.end)
    assert not value.needs_review and value.citation.text == CITATION_TEXT
    assert (
        law.value_on("award.rounding", FIRST_DAY - DAY).version
        == current.general_law().value_on("award.rounding", FIRST_DAY - DAY).version
    )
    assert not law.value_on("award.rounding", general.end + DAY).local


def test_confirming_several_keeps_each_content(commune: Commune) -> None:
    local = approved_local_value(commune, pairs=ALL_PAIRS, mode="confirm", content=None)
    law = current.law_for(commune.pk)
    general = current.general_law()
    for place, (subject, kind) in enumerate(ALL_PAIRS):
        assert law.value_on("GKX.coefficient", FIRST_DAY, subject, kind).content == local.contents[place]
        assert general.value_on("GKX.coefficient", FIRST_DAY, subject, kind).content == local.contents[place]
    assert len(set(local.contents)) == 3


# ── one after the other ──────────────────────────────────────────────────────────────────────────


def test_a_later_one_replaces_and_the_history_stays(commune: Commune) -> None:
    first = approved_local_value(commune)
    second = approved_local_value(commune, starts_on=date(2027, 1, 1), content="0.5")
    first.refresh_from_db()
    assert (first.state, second.state) == ("ended", "approved")
    assert [prize_before_rounding(commune, day) for day in (date(2026, 12, 31), date(2027, 1, 1))] == [
        1_138_500,
        1_265_000,
    ]
    assert [(one.start, one.end) for one in effective_periods(first)] == [(FIRST_DAY, date(2026, 12, 31))]
    between = approved_local_value(commune, starts_on=date(2026, 12, 1), content="0.4")
    second.refresh_from_db()
    assert second.state == "approved"
    assert [(one.start, one.end) for one in effective_periods(between)] == [(date(2026, 12, 1), date(2026, 12, 31))]
    assert prize_before_rounding(commune, date(2026, 11, 30)) == 1_138_500
    assert prize_before_rounding(commune, date(2027, 1, 1)) == 1_265_000


def test_a_partly_replaced_value_stays_in_force_for_the_rest(commune: Commune) -> None:
    first = approved_local_value(commune, pairs=ALL_PAIRS, content="0.45")
    approved_local_value(commune, starts_on=date(2027, 1, 1), content="0.5")
    first.refresh_from_db()
    assert first.state == "approved"
    assert {(one.scope, one.end) for one in effective_periods(first)} == {
        ("cá nhân", date(2026, 12, 31)),
        ("hộ gia đình, tập thể", None),
    }
    approved_local_value(commune, starts_on=date(2027, 2, 1), pairs=ALL_PAIRS[1:], content="0.5")
    first.refresh_from_db()
    assert first.state == "ended"


def test_a_withdrawal_restores_the_general_law(commune: Commune) -> None:
    first = approved_local_value(commune)
    approved_local_value(commune, starts_on=date(2027, 1, 1), mode="withdraw", content=None, paper=NO_PAPER, file=None)
    first.refresh_from_db()
    assert first.state == "ended"
    assert [prize_before_rounding(commune, day) for day in (date(2026, 12, 31), date(2027, 1, 1))] == [
        1_138_500,
        759_000,
    ]


def test_a_mistake_is_withdrawn_from_its_first_day_and_replaced(commune: Commune) -> None:
    wrong = approved_local_value(commune)
    with pytest.raises(RuleBroken, match="Đã có quy định được duyệt áp dụng từ đúng ngày 01/11/2026"):
        drafted_local_value(commune, content="0.5")
    approved_local_value(commune, mode="withdraw", content=None, paper=NO_PAPER, file=None)
    assert prize_before_rounding(commune, FIRST_DAY) == 759_000
    approved_local_value(commune, content="0.5")
    assert (prize_before_rounding(commune, FIRST_DAY), prize_before_rounding(commune, FIRST_DAY - DAY)) == (
        1_265_000,
        759_000,
    )
    assert [one.start for one in effective_periods(wrong)] == [None]
    assert LegalValue.objects.filter(commune=commune).count() == 2


def test_two_drafts_for_one_day_only_the_first_is_approved(commune: Commune) -> None:
    one, two = proposed_local_value(commune), proposed_local_value(commune, content="0.6")
    chair = commune_user(commune, "chutich")
    actions.approve_local_value(by=chair, local=one)
    with pytest.raises(RuleBroken, match="đúng ngày"):
        actions.approve_local_value(by=chair, local=two)
    two.refresh_from_db()
    assert (two.state, two.values.count(), prize_before_rounding(commune, FIRST_DAY)) == ("proposed", 0, 1_138_500)


def test_a_withdrawal_needs_a_local_value(commune: Commune) -> None:
    with pytest.raises(RuleBroken, match="không có quy định của địa phương nào để bỏ"):
        drafted_local_value(commune, mode="withdraw", content=None, paper=NO_PAPER, file=None)


# ── validation ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"starts_on": date(2018, 6, 30)}, "chỉ trả lời nội dung này từ ngày 01/07/2018"),
        ({"ends_on": FIRST_DAY - DAY}, "không thể trước ngày bắt đầu"),
        ({"reason": "  "}, "ghi lý do"),
        ({"pairs": []}, "ít nhất một đối tượng"),
        ({"pairs": [("village", "")]}, "ít nhất một đối tượng"),
        ({"content": "không"}, "không đúng dạng"),
        ({"content": 5}, "không đúng dạng"),
        ({"paper": SupportingPaper("Quyết định", "", date(2026, 10, 20), "UBND tỉnh", "5")}, "dẫn được văn bản"),
        ({"paper": SupportingPaper("Quyết định", "12", date(2026, 10, 20), "UBND tỉnh", "")}, "dẫn được văn bản"),
        ({"paper": SupportingPaper("Quyết định", "12", date(2099, 1, 1), "UBND tỉnh", "5")}, "không được sau hôm nay"),
        ({"file": None}, "đính kèm văn bản"),
        ({"code": "XYZ.coefficient"}, "không còn dùng"),
    ],
)
def test_invalid_input_is_refused_and_nothing_is_saved(commune: Commune, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(RuleBroken, match=message):
        drafted_local_value(commune, **changes)
    assert not LocalValue.objects.exists()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Tệp rỗng"),
        (b"MZ\x90\x00 program", "Chỉ nhận tệp PDF"),
        (b"<html>%PDF-1.4 %%EOF</html>", "Chỉ nhận tệp PDF"),
        (b"PK\x03\x04 docx", "Tệp Word hãy lưu thành PDF"),
        (b"%PDF-1.4 cut short", "cắt cụt"),
        (b"\x89PNG\r\n\x1a\n broken", "cắt cụt"),
        (b"\xff\xd8\xff nothing \xff\xd9", "hỏng"),
        (b"%PDF-" + b"0" * (12 * 1024 * 1024) + b"%%EOF", "nặng hơn 12 MB"),
    ],
)
def test_a_bad_paper_is_refused(commune: Commune, data: bytes, message: str) -> None:
    with pytest.raises(RuleBroken, match=message) as broken:
        drafted_local_value(commune, file=data)
    assert broken.value.field == "file"
    assert not LocalValue.objects.exists()


@pytest.mark.parametrize(("data", "ending"), [(PDF_BYTES, "pdf"), (png_bytes(), "png")])
def test_a_valid_paper_is_stored_by_its_content(commune: Commune, data: bytes, ending: str) -> None:
    local = drafted_local_value(commune, file=data)
    assert local.file_ending == ending and content_store.verify(local.file_sha256)
    assert local.file_size == len(content_store.read(local.file_sha256))


def test_a_confirmation_is_not_approved_when_the_general_law_has_changed(commune: Commune) -> None:
    local = proposed_local_value(commune, mode="confirm", content=None)
    LocalValue.objects.filter(pk=local.pk).update(contents=["0.9"])
    with pytest.raises(RuleBroken, match="Quy định chung đã đổi"):
        actions.approve_local_value(by=commune_user(commune, "chutich"), local=local)
    assert prize_before_rounding(commune, FIRST_DAY) == 759_000


def test_the_database_enforces_the_states(commune: Commune) -> None:
    local = drafted_local_value(commune)
    for change in ({"state": "approved"}, {"state": "proposed"}, {"ends_on": FIRST_DAY - DAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LocalValue.objects.filter(pk=local.pk).update(**change)


def test_an_approved_version_cannot_be_changed(commune: Commune) -> None:
    append_only.install_triggers()
    row = approved_local_value(commune).values.get()
    for attempt in (
        lambda: LegalValue.objects.filter(pk=row.pk).update(value="9"),
        lambda: LegalValue.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


# ── permissions and states ───────────────────────────────────────────────────────────────────────

STEPS: dict[str, tuple[Any, set[str]]] = {
    "propose": (drafted_local_value, {"vanphong"}),
    "cancel": (drafted_local_value, {"vanphong"}),
    "recall": (proposed_local_value, {"vanphong"}),
    "approve": (proposed_local_value, {"chutich"}),
    "refuse": (proposed_local_value, {"chutich"}),
}
LOGINS = ("thon1", "tieuhoc", "vanphong", "vanthu", "hoidong2", "chutich", "phongnoivu", "quantri")


@pytest.mark.parametrize("step", STEPS)
def test_who_may_take_each_step_once(commune: Commune, other_commune: Commune, step: str) -> None:
    make, may = STEPS[step]
    more = {"reason": "Chưa đúng thẩm quyền"} if step == "refuse" else {}
    take: Any = getattr(actions, f"{step}_local_value")
    local = make(commune)
    for name in [*LOGINS, "la-vanphong", "la-chutich"]:
        if name not in may:
            with pytest.raises(NotAllowed):
                take(by=User.objects.get(username=name), local=local, **more)
    by = User.objects.get(username=min(may))
    take(by=by, local=local, **more)
    entries = AuditEntry.objects.filter(act=f"legal.{step}_local").count()
    with pytest.raises(RuleBroken):
        take(by=by, local=local, **more)
    assert AuditEntry.objects.filter(act=f"legal.{step}_local").count() == entries == 1


@pytest.mark.parametrize("name", [name for name in LOGINS if name != "vanphong"])
def test_only_the_office_writes(commune: Commune, name: str) -> None:
    local = drafted_local_value(commune)
    wording = actions.LocalValueInput("confirm", ALL_PAIRS, FIRST_DAY, "x", SupportingPaper())
    with pytest.raises(NotAllowed):
        actions.start_local_value(
            by=commune_user(commune, name), commune=commune, code=local.code, wording=wording, file=PDF_BYTES
        )
    with pytest.raises(NotAllowed):
        actions.edit_local_value(by=commune_user(commune, name), local=local, wording=wording)


def test_nobody_approves_their_own_proposal(commune: Commune) -> None:
    office = commune_user(commune, "vanphong")
    chair = commune_user(commune, "chutich")
    Membership.objects.create(commune=commune, user_id=office.pk, role="chair", starts_on=date(2026, 1, 1))
    clear_capacity_cache(office)
    local = proposed_local_value(commune)
    for take, more in ((actions.approve_local_value, {}), (actions.refuse_local_value, {"reason": "Chưa rõ căn cứ"})):
        with pytest.raises(NotAllowed, match="không phải người đã trình"):
            take(by=office, local=local, **more)  # type: ignore[operator]
    assert actions.approve_local_value(by=chair, local=local).state == "approved"


def test_an_approved_local_value_cannot_be_changed(commune: Commune) -> None:
    local = approved_local_value(commune)
    office = commune_user(commune, "vanphong")
    wording = actions.LocalValueInput(
        "override", ALL_PAIRS, FIRST_DAY, "khác", actions.SupportingPaper(), content="0.9"
    )
    for take in (
        lambda: actions.edit_local_value(by=office, local=local, wording=wording),
        lambda: actions.recall_local_value(by=office, local=local),
        lambda: actions.cancel_local_value(by=office, local=local),
        lambda: actions.propose_local_value(by=office, local=local),
    ):
        with pytest.raises(RuleBroken):
            take()
    assert prize_before_rounding(commune, FIRST_DAY) == 1_138_500


def test_a_refused_local_value_has_no_effect(commune: Commune) -> None:
    local = actions.refuse_local_value(
        by=commune_user(commune, "chutich"), local=proposed_local_value(commune), reason="Chưa có văn bản gốc"
    )
    assert (local.state, local.refused_reason, local.values.count()) == ("refused", "Chưa có văn bản gốc", 0)
    assert prize_before_rounding(commune, FIRST_DAY) == 759_000
    with pytest.raises(RuleBroken, match="ghi lý do"):
        actions.refuse_local_value(by=commune_user(commune, "chutich"), local=proposed_local_value(commune), reason=" ")


def test_a_stale_form_changes_nothing(commune: Commune) -> None:
    local = proposed_local_value(commune)
    seen = local.version
    actions.recall_local_value(by=commune_user(commune, "vanphong"), local=local)
    actions.propose_local_value(by=commune_user(commune, "vanphong"), local=local)
    with pytest.raises(RuleBroken, match="người khác thay đổi"):
        actions.approve_local_value(by=commune_user(commune, "chutich"), local=local, seen=seen)
    assert prize_before_rounding(commune, FIRST_DAY) == 759_000


def test_the_office_is_notified_of_the_outcome(commune: Commune) -> None:
    local = approved_local_value(commune)
    office = commune_user(commune, "vanphong")
    notifications = Notification.objects.filter(user_id=office.pk, link=local.get_absolute_url())
    assert [one.text.split(" quy định")[0] for one in notifications] == ["Chủ tịch đã duyệt"]


# ── queries ──────────────────────────────────────────────────────────────────────────────────────


def test_one_small_query_a_call_for_any_number_of_local_values(
    commune: Commune, django_assert_num_queries: Any
) -> None:
    for month in range(1, 6):
        approved_local_value(commune, starts_on=date(2027, month, 1))
    current.law_for(commune.pk)
    with django_assert_num_queries(1):
        current.law_for(commune.pk)
    with django_assert_num_queries(1):
        current.legal_value_for(commune.pk, "GKX.coefficient", date(2027, 3, 3), "person")


def test_a_sync_does_not_change_local_values(commune: Commune) -> None:
    approved_local_value(commune)
    last = LegalSync.objects.latest("pk")
    LegalSync.objects.create(token="another", digest="another", versions=last.versions)
    assert prize_before_rounding(commune, FIRST_DAY) == 1_138_500
    assert current.general_law().history("GKX.coefficient", "person") == shipped_statutes().law.history(
        "GKX.coefficient", "person"
    )
