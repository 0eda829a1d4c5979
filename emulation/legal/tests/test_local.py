"""A commune rules for itself: who may, what must be right, from when it holds, and for whom nothing changes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from emulation.accounts.models import User
from emulation.audit.models import Entry
from emulation.communes.models import Commune, Membership
from emulation.communes.standing import forget
from emulation.core import append_only, files
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.legal import actions, on
from emulation.legal.actions import Paper
from emulation.legal.loader import shipped
from emulation.legal.models import LegalSync, LegalValue, LocalValue
from emulation.legal.queries import held
from emulation.legal.tests.papers import CITED, FROM, PDF, approved, drafted, login, png, proposed
from emulation.notices.models import Notice

pytestmark = pytest.mark.usefixtures("db")
DAY = timedelta(days=1)
ALL = [("person", ""), ("household", ""), ("collective", "")]
NO_PAPER = Paper()


def raw(commune: Commune, day: date, subject: str = "person") -> int:
    return int(on.price(commune.pk, "GKX", subject, day).money.raw)


# ── what it changes ──────────────────────────────────────────────────────────────────────────────


def test_the_price_changes_from_its_day_and_not_before(commune: Commune) -> None:
    before = on.price(commune.pk, "GKX", "person", FROM - DAY)
    row = on.value(commune.pk, "GKX.coefficient", FROM - DAY, "person")
    local = approved(commune)
    assert on.price(commune.pk, "GKX", "person", FROM - DAY) == before
    assert on.value(commune.pk, "GKX.coefficient", FROM - DAY, "person") == row
    after = on.price(commune.pk, "GKX", "person", FROM)
    assert (int(before.money.raw), int(after.money.raw)) == (759_000, 1_138_500)
    assert raw(commune, date(2040, 1, 1)) == 1_138_500
    assert raw(commune, FROM, "household") == raw(commune, FROM - DAY, "household")
    ground = after.grounds[0]
    assert (ground.citation, ground.confirmed, ground.local) == (CITED, True, True)
    assert CITED in after.citation
    kept = on.value(commune.pk, "GKX.coefficient", FROM, "person")
    assert (kept.version, kept.commune, kept.ruling, kept.value) == (ground.version, commune, local, "0.45")


@pytest.mark.parametrize(
    ("percent", "strict", "passed_before", "passed_after"), [(80, False, True, False), (50, False, True, True)]
)
def test_the_vote_changes_from_its_day(
    commune: Commune, percent: int, strict: bool, passed_before: bool, passed_after: bool
) -> None:
    content = {"percent": percent, "strict": strict, "mode": "ballot"}
    approved(commune, "GKX.vote", pairs=[("", "")], content=content)
    for day, passed in ((FROM - DAY, passed_before), (FROM, passed_after)):
        assert on.vote(commune.pk, "GKX", day, members=7, agree=5, against=2).passed is passed


def test_the_quorum_changes_from_its_day(commune: Commune) -> None:
    approved(commune, "council.quorum", pairs=[("", "")], content={"numerator": 1, "denominator": 1})
    assert on.quorum(commune.pk, FROM - DAY, members=7, present=6).met
    assert not on.quorum(commune.pk, FROM, members=7, present=6).met


def test_the_checklist_changes_for_the_chosen_subjects_and_kinds(commune: Commune) -> None:
    content = [
        {"code": "report", "label": "Báo cáo thành tích"},
        {"code": "local_2", "label": "Xác nhận của Công an xã"},
    ]
    local = approved(commune, "GKX.checklist", pairs=[("person", "CT"), ("person", "PT")], content=content)
    assert local.values.count() == 2

    def labels(kind: str, day: date, subject: str = "person") -> list[str]:
        return [item.label for item in on.checklist(commune.pk, "GKX", kind, subject, day).items]

    for kind in ("CT", "PT"):
        assert labels(kind, FROM) == ["Báo cáo thành tích", "Xác nhận của Công an xã"]
        assert "Xác nhận của Công an xã" not in labels(kind, FROM - DAY)
        assert "Xác nhận của Công an xã" not in labels(kind, FROM, "household")
    assert labels("DX", FROM) == labels("DX", FROM - DAY)


def test_it_ends_on_its_own_last_day(commune: Commune) -> None:
    approved(commune, ends_on=FROM + 9 * DAY)
    assert [raw(commune, day) for day in (FROM + 9 * DAY, FROM + 10 * DAY)] == [1_138_500, 759_000]


def test_the_other_commune_is_not_touched(commune: Commune, other_commune: Commune) -> None:
    before = on.law(other_commune.pk).history("GKX.coefficient", "person")
    approved(commune)
    assert raw(other_commune, FROM) == 759_000
    assert on.law(other_commune.pk).history("GKX.coefficient", "person") == before
    assert on.general_law().history("GKX.coefficient", "person") == before
    approved(other_commune, content="0.6")
    assert (raw(commune, FROM), raw(other_commune, FROM)) == (1_138_500, 1_518_000)
    assert LegalValue.objects.exclude(commune=None).values("version").distinct().count() == 2


def test_confirming_keeps_the_content_and_ends_with_what_it_confirms(commune: Commune) -> None:
    general = on.general_law().value_on("award.rounding", FROM)
    assert not general.confirmed and general.end is not None
    approved(commune, "award.rounding", pairs=[("", "")], mode="confirm", content=None)
    law = on.law(commune.pk)
    value = law.value_on("award.rounding", FROM)
    assert (value.content, value.confirmed, value.local, value.end) == (general.content, True, True, general.end)
    assert not value.needs_review and value.citation.text == CITED
    assert (
        law.value_on("award.rounding", FROM - DAY).version
        == on.general_law().value_on("award.rounding", FROM - DAY).version
    )
    assert not law.value_on("award.rounding", general.end + DAY).local


def test_confirming_several_keeps_each_content(commune: Commune) -> None:
    local = approved(commune, pairs=ALL, mode="confirm", content=None)
    law, general = on.law(commune.pk), on.general_law()
    for place, (subject, kind) in enumerate(ALL):
        assert law.value_on("GKX.coefficient", FROM, subject, kind).content == local.contents[place]
        assert general.value_on("GKX.coefficient", FROM, subject, kind).content == local.contents[place]
    assert len(set(local.contents)) == 3


# ── one after the other ──────────────────────────────────────────────────────────────────────────


def test_a_later_one_replaces_and_the_history_stays(commune: Commune) -> None:
    first = approved(commune)
    second = approved(commune, starts_on=date(2027, 1, 1), content="0.5")
    first.refresh_from_db()
    assert (first.state, second.state) == ("ended", "approved")
    assert [raw(commune, day) for day in (date(2026, 12, 31), date(2027, 1, 1))] == [1_138_500, 1_265_000]
    assert [(one.start, one.end) for one in held(first)] == [(FROM, date(2026, 12, 31))]
    between = approved(commune, starts_on=date(2026, 12, 1), content="0.4")
    second.refresh_from_db()
    assert second.state == "approved"
    assert [(one.start, one.end) for one in held(between)] == [(date(2026, 12, 1), date(2026, 12, 31))]
    assert raw(commune, date(2026, 11, 30)) == 1_138_500
    assert raw(commune, date(2027, 1, 1)) == 1_265_000


def test_one_that_is_replaced_in_part_stays_the_last_word_for_the_rest(commune: Commune) -> None:
    first = approved(commune, pairs=ALL, content="0.45")
    approved(commune, starts_on=date(2027, 1, 1), content="0.5")
    first.refresh_from_db()
    assert first.state == "approved"
    assert {(one.scope, one.end) for one in held(first)} == {
        ("cá nhân", date(2026, 12, 31)),
        ("hộ gia đình, tập thể", None),
    }
    approved(commune, starts_on=date(2027, 2, 1), pairs=ALL[1:], content="0.5")
    first.refresh_from_db()
    assert first.state == "ended"


def test_taken_back_the_general_law_holds_again(commune: Commune) -> None:
    first = approved(commune)
    approved(commune, starts_on=date(2027, 1, 1), mode="withdraw", content=None, paper=NO_PAPER, file=None)
    first.refresh_from_db()
    assert first.state == "ended"
    assert [raw(commune, day) for day in (date(2026, 12, 31), date(2027, 1, 1))] == [1_138_500, 759_000]


def test_a_mistake_is_taken_back_from_its_first_day_and_written_anew(commune: Commune) -> None:
    wrong = approved(commune)
    with pytest.raises(RuleBroken, match="Đã có quy định được duyệt áp dụng từ đúng ngày 01/11/2026"):
        drafted(commune, content="0.5")
    approved(commune, mode="withdraw", content=None, paper=NO_PAPER, file=None)
    assert raw(commune, FROM) == 759_000
    approved(commune, content="0.5")
    assert (raw(commune, FROM), raw(commune, FROM - DAY)) == (1_265_000, 759_000)
    assert [one.start for one in held(wrong)] == [None]
    assert LegalValue.objects.filter(commune=commune).count() == 2


def test_two_drafts_for_one_day_only_the_first_is_approved(commune: Commune) -> None:
    one, two = proposed(commune), proposed(commune, content="0.6")
    chair = login(commune, "chutich")
    actions.approve(by=chair, local=one)
    with pytest.raises(RuleBroken, match="đúng ngày"):
        actions.approve(by=chair, local=two)
    two.refresh_from_db()
    assert (two.state, two.values.count(), raw(commune, FROM)) == ("proposed", 0, 1_138_500)


def test_nothing_is_taken_back_that_is_not_there(commune: Commune) -> None:
    with pytest.raises(RuleBroken, match="không có quy định của địa phương nào để bỏ"):
        drafted(commune, mode="withdraw", content=None, paper=NO_PAPER, file=None)


# ── what must be right ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"starts_on": date(2018, 6, 30)}, "chỉ trả lời nội dung này từ ngày 01/07/2018"),
        ({"ends_on": FROM - DAY}, "không thể trước ngày bắt đầu"),
        ({"reason": "  "}, "ghi lý do"),
        ({"pairs": []}, "ít nhất một đối tượng"),
        ({"pairs": [("village", "")]}, "ít nhất một đối tượng"),
        ({"content": "không"}, "không đúng dạng"),
        ({"content": 5}, "không đúng dạng"),
        ({"paper": Paper("Quyết định", "", date(2026, 10, 20), "UBND tỉnh", "5")}, "dẫn được văn bản"),
        ({"paper": Paper("Quyết định", "12", date(2026, 10, 20), "UBND tỉnh", "")}, "dẫn được văn bản"),
        ({"paper": Paper("Quyết định", "12", date(2099, 1, 1), "UBND tỉnh", "5")}, "không thể ở tương lai"),
        ({"file": None}, "đính kèm văn bản"),
        ({"code": "XYZ.coefficient"}, "không còn dùng"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_kept(commune: Commune, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(RuleBroken, match=message):
        drafted(commune, **changes)
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
        drafted(commune, file=data)
    assert broken.value.field == "file"
    assert not LocalValue.objects.exists()


@pytest.mark.parametrize(("data", "ending"), [(PDF, "pdf"), (png(), "png")])
def test_a_good_paper_is_kept_by_its_content(commune: Commune, data: bytes, ending: str) -> None:
    local = drafted(commune, file=data)
    assert local.file_ending == ending and files.verify(local.file_sha256)
    assert local.file_size == len(files.read(local.file_sha256))


def test_a_confirmation_is_not_approved_when_the_general_law_has_changed(commune: Commune) -> None:
    local = proposed(commune, mode="confirm", content=None)
    LocalValue.objects.filter(pk=local.pk).update(contents=["0.9"])
    with pytest.raises(RuleBroken, match="Quy định chung đã đổi"):
        actions.approve(by=login(commune, "chutich"), local=local)
    assert raw(commune, FROM) == 759_000


def test_the_database_holds_what_the_actions_promise(commune: Commune) -> None:
    local = drafted(commune)
    for change in ({"state": "approved"}, {"state": "proposed"}, {"ends_on": FROM - DAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LocalValue.objects.filter(pk=local.pk).update(**change)


def test_an_approved_version_cannot_be_changed(commune: Commune) -> None:
    append_only.install_triggers()
    row = approved(commune).values.get()
    for attempt in (
        lambda: LegalValue.objects.filter(pk=row.pk).update(value="9"),
        lambda: LegalValue.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


# ── who may, once, in order ──────────────────────────────────────────────────────────────────────

STEPS: dict[str, tuple[Any, set[str]]] = {
    "propose": (drafted, {"vanphong"}),
    "cancel": (drafted, {"vanphong"}),
    "recall": (proposed, {"vanphong"}),
    "approve": (proposed, {"chutich"}),
    "refuse": (proposed, {"chutich"}),
}
LOGINS = ("thon1", "tieuhoc", "vanphong", "vanthu", "hoidong2", "chutich", "phongnoivu", "quantri")


@pytest.mark.parametrize("step", STEPS)
def test_who_may_take_each_step_once(commune: Commune, other_commune: Commune, step: str) -> None:
    make, may = STEPS[step]
    more = {"reason": "Chưa đúng thẩm quyền"} if step == "refuse" else {}
    take: Any = getattr(actions, step)
    local = make(commune)
    for name in [*LOGINS, "la-vanphong", "la-chutich"]:
        if name not in may:
            with pytest.raises(NotAllowed):
                take(by=User.objects.get(username=name), local=local, **more)
    by = User.objects.get(username=min(may))
    take(by=by, local=local, **more)
    entries = Entry.objects.filter(act=f"legal.{step}_local").count()
    with pytest.raises(RuleBroken):
        take(by=by, local=local, **more)
    assert Entry.objects.filter(act=f"legal.{step}_local").count() == entries == 1


@pytest.mark.parametrize("name", [name for name in LOGINS if name != "vanphong"])
def test_only_the_office_writes(commune: Commune, name: str) -> None:
    local = drafted(commune)
    wording = actions.Wording("confirm", ALL, FROM, "x", Paper())
    with pytest.raises(NotAllowed):
        actions.start(by=login(commune, name), commune=commune, code=local.code, wording=wording, file=PDF)
    with pytest.raises(NotAllowed):
        actions.edit(by=login(commune, name), local=local, wording=wording)


def test_nobody_approves_what_he_proposed_himself(commune: Commune) -> None:
    office, chair = login(commune, "vanphong"), login(commune, "chutich")
    Membership.objects.create(commune=commune, user_id=office.pk, role="chair", starts_on=date(2026, 1, 1))
    forget(office)
    local = proposed(commune)
    for take, more in ((actions.approve, {}), (actions.refuse, {"reason": "x"})):
        with pytest.raises(NotAllowed, match="không phải người đã trình"):
            take(by=office, local=local, **more)  # type: ignore[operator]
    assert actions.approve(by=chair, local=local).state == "approved"


def test_after_approval_nothing_of_it_changes(commune: Commune) -> None:
    local = approved(commune)
    office = login(commune, "vanphong")
    wording = actions.Wording("override", ALL, FROM, "khác", actions.Paper(), content="0.9")
    for take in (
        lambda: actions.edit(by=office, local=local, wording=wording),
        lambda: actions.recall(by=office, local=local),
        lambda: actions.cancel(by=office, local=local),
        lambda: actions.propose(by=office, local=local),
    ):
        with pytest.raises(RuleBroken):
            take()
    assert raw(commune, FROM) == 1_138_500


def test_refused_it_never_holds(commune: Commune) -> None:
    local = actions.refuse(by=login(commune, "chutich"), local=proposed(commune), reason="Chưa có văn bản gốc")
    assert (local.state, local.refused_reason, local.values.count()) == ("refused", "Chưa có văn bản gốc", 0)
    assert raw(commune, FROM) == 759_000
    with pytest.raises(RuleBroken, match="ghi lý do"):
        actions.refuse(by=login(commune, "chutich"), local=proposed(commune), reason=" ")


def test_a_stale_form_changes_nothing(commune: Commune) -> None:
    local = proposed(commune)
    seen = local.version
    actions.recall(by=login(commune, "vanphong"), local=local)
    actions.propose(by=login(commune, "vanphong"), local=local)
    with pytest.raises(RuleBroken, match="người khác thay đổi"):
        actions.approve(by=login(commune, "chutich"), local=local, seen=seen)
    assert raw(commune, FROM) == 759_000


def test_the_office_hears_what_became_of_it(commune: Commune) -> None:
    local = approved(commune)
    told = Notice.objects.filter(user_id=login(commune, "vanphong").pk, link=local.get_absolute_url())
    assert [notice.text.split(" quy định")[0] for notice in told] == ["Chủ tịch đã duyệt"]


# ── cost ─────────────────────────────────────────────────────────────────────────────────────────


def test_one_small_query_a_call_however_many_rulings(commune: Commune, django_assert_num_queries: Any) -> None:
    for month in range(1, 6):
        approved(commune, starts_on=date(2027, month, 1))
    on.law(commune.pk)
    with django_assert_num_queries(1):
        on.law(commune.pk)
    with django_assert_num_queries(1):
        on.value(commune.pk, "GKX.coefficient", date(2027, 3, 3), "person")


def test_a_sync_leaves_local_values_alone(commune: Commune) -> None:
    approved(commune)
    last = LegalSync.objects.latest("pk")
    LegalSync.objects.create(token="another", digest="another", versions=last.versions)
    assert raw(commune, FROM) == 1_138_500
    assert on.general_law().history("GKX.coefficient", "person") == shipped().law.history("GKX.coefficient", "person")
