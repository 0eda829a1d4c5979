"""Absences of holders of roles: who acts for whom, who records it, which days; the pages."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from emulation.audit.models import AuditEntry
from emulation.communes.capacity import capacity_of
from emulation.communes.models import Membership
from emulation.communes.roles import Role
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.notices.models import Notification
from tests.html import page_of
from tests.travel import at
from villages.actions.absences import record_role_absence
from villages.models import Absence
from villages.queries.absences import role_absence_faults

FIRST = date(2026, 12, 2)
LAST = date(2026, 12, 4)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def vice(commune, user):
    Membership.objects.create(
        commune=commune, user_id=user("hoidong2").pk, role=Role.vice_chair, starts_on=date(2021, 1, 1)
    )
    return user("hoidong2")


@pytest.fixture
def away(commune, chair, vice):
    with at(FIRST - DAY):
        return record(chair, commune, chair, vice)


def record(by, commune, holder, deputy=None, role=Role.chair, first=FIRST, last=LAST):
    return record_role_absence(
        by=by, commune=commune, role=role, holder=holder, deputy=deputy, starts_on=first, ends_on=last
    )


@pytest.mark.parametrize(
    ("by", "role", "holder", "deputy", "words"),
    [
        ("chutich", "chair", "chutich", "vanthu", "phải là Phó Chủ tịch"),
        ("chutich", "chair", "chutich", "thon1", "phải là Phó Chủ tịch"),
        ("chutich", "chair", "chutich", "chutich", "Không tự ghi|người khác"),
        ("vanphong", "chair", "hoidong2", None, "không giữ vai"),
        ("vanphong", "clerk", "vanthu", "mattran", "tự chọn"),
        ("vanphong", "administrator", "quantri", "vanthu", "tự chọn"),
        ("vanthu", "clerk", "vanthu", "mattran", "đứng đầu đơn vị"),
        ("hoidong2", "vice_chair", "hoidong2", "vanthu", "Không ai làm thay được"),
        ("hoidong2", "council_member", "hoidong2", "vanthu", "Không ai làm thay được"),
    ],
)
def test_who_cannot_act_for_whom(commune, user, by, role, holder, deputy, words):
    before = Absence.objects.count(), Membership.objects.count()
    with at(FIRST), pytest.raises(RuleBroken, match=words):
        record(user(by), commune, user(holder), user(deputy) if deputy else None, Role(role))
    assert (Absence.objects.count(), Membership.objects.count()) == before


def test_only_the_holder_or_the_office_records_it(commune, chair, vice, user):
    with at(FIRST):
        for login in ("hoidong2", "vanthu", "quantri", "thon1"):
            with pytest.raises(NotAllowed):
                record(user(login), commune, chair, None)
        with pytest.raises(RuleBroken, match="Không tự ghi"):
            record(vice, commune, vice, vice, Role.council_member)
        row = record(user("vanphong"), commune, chair, vice)  # two people: the office records, a vice chair acts
    assert row.deputy == vice and Notification.objects.filter(user=chair, text__contains="làm thay").exists()


def test_overlapping_days_locked_and_absent_deputies_are_refused(commune, away, chair, vice, user):
    with at(FIRST - DAY):
        for first, last in ((FIRST, FIRST), (LAST, LAST + DAY), (FIRST - DAY, LAST + DAY)):
            with pytest.raises(RuleBroken, match="Đã báo vắng"):
                record(chair, commune, chair, None, first=first, last=last)
        with pytest.raises(RuleBroken, match="đang nhận làm thay"):
            record(vice, commune, vice, None, Role.vice_chair)
        later = {"first": LAST + DAY, "last": LAST + 2 * DAY}
        record(vice, commune, vice, None, Role.council_member, **later)
        with pytest.raises(RuleBroken, match="cũng vắng"):
            record(chair, commune, chair, vice, **later)
        type(vice).objects.filter(pk=vice.pk).update(is_active=False)
        vice.refresh_from_db()
        with pytest.raises(RuleBroken, match="bị khóa"):
            record(chair, commune, chair, vice, first=LAST + 5 * DAY, last=LAST + 6 * DAY)


def test_no_backdated_powers_and_no_impossible_days(commune, chair, vice):
    with at(FIRST):
        for first, last, words in (
            (FIRST - DAY, LAST, "sớm nhất từ hôm nay"),
            (LAST, FIRST, "trước ngày đi"),
            (FIRST - 5 * DAY, FIRST - DAY, "đã qua"),
            (FIRST, FIRST + 400 * DAY, "quá một năm"),
        ):
            with pytest.raises(RuleBroken, match=words):
                record(chair, commune, chair, vice, first=first, last=last)
        absence = Absence(commune=commune, role=Role.chair, head=chair, deputy=vice, starts_on=FIRST, ends_on=LAST)
        assert role_absence_faults(absence, FIRST) == []


def test_the_database_wants_a_unit_or_a_role(commune, chair):
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(commune=commune, head=chair, starts_on=FIRST, ends_on=LAST)


def test_the_clerk_names_a_member_who_then_numbers(commune, user, office):
    clerk = user("vanthu")
    with at(FIRST):
        record(clerk, commune, clerk, office, Role.clerk, first=FIRST, last=FIRST)
        assert capacity_of(user("vanphong")).has(Role.clerk)
    with at(FIRST + DAY):
        assert not capacity_of(user("vanphong")).has(Role.clerk)


def test_the_pages(commune, signed_in, chair, vice):
    browser = signed_in("chutich")
    today = timezone.localdate()
    data = {"post": f"chair:{chair.pk}", "starts_on": f"{today:%d/%m/%Y}", "ends_on": "01/01/2020", "note": "đi học"}
    bad = browser.post("/don-vi/vang/bao/", data)
    assert bad.status_code == 422 and "không thể trước ngày đi" in page_of(bad) and "đi học" in page_of(bad)
    stranger = {**data, "ends_on": f"{today:%d/%m/%Y}", "deputy": "999999"}
    assert browser.post("/don-vi/vang/bao/", stranger).status_code == 422
    page = page_of(
        browser.post("/don-vi/vang/bao/", {**data, "ends_on": f"{today:%d/%m/%Y}", "deputy": vice.pk}, follow=True)
    )
    assert "Lương Thị Diệu Hiền" in page and "Đã về" in page and "đi học" in page
    assert "Chủ tịch UBND xã (làm thay)" in page_of(signed_in("hoidong2").get("/tai-khoan/cua-toi/"))
    assert signed_in("thon1").get("/don-vi/vang/").status_code == 403
    seen = page_of(signed_in("quantri").get("/don-vi/vang/"))
    assert chair.full_name in seen and "Không có ai vắng" not in seen and "Đã về" not in seen and "Đang vắng" in seen
    pk = Absence.objects.get(role="chair").pk
    assert signed_in("vanthu").post(f"/don-vi/vang/{pk}/da-ve/").status_code == 403
    assert "Không có ai vắng" in page_of(browser.post(f"/don-vi/vang/{pk}/da-ve/", follow=True))


def test_an_absence_is_coming_then_lasts_then_is_over(commune, away, chair, vice, signed_in):
    cancel = f"/don-vi/vang/{away.pk}/huy/"
    end = f"/don-vi/vang/{away.pk}/da-ve/"
    for day, word, button in (
        (FIRST - DAY, "Sắp tới", cancel),
        (FIRST, "Đang vắng", end),
        (LAST, "Đang vắng", end),
        (LAST + DAY, "Đã về", None),
    ):
        with at(day):
            page = page_of(signed_in("chutich").get("/don-vi/vang/"))
        table = page[page.index("<tbody>") :]
        assert [one for one in ("Sắp tới", "Đang vắng", "Đã về</span>") if f"</svg>{one}" in table] == [
            "Đã về</span>" if word == "Đã về" else word
        ], day
        assert [url for url in (cancel, end) if url in table] == ([button] if button else []), day


def test_an_absence_is_cancelled_only_before_it_begins(commune, away, chair, vice, signed_in):
    url = f"/don-vi/vang/{away.pk}/huy/"
    with at(FIRST - DAY):
        assert signed_in("vanthu").post(url).status_code == 403
        assert "chưa bắt đầu" in page_of(signed_in("chutich").post(f"/don-vi/vang/{away.pk}/da-ve/", follow=True))
    with at(FIRST):
        assert "đã bắt đầu" in page_of(signed_in("chutich").post(url, follow=True))
        assert Absence.objects.get(pk=away.pk).ends_on == LAST
    with at(FIRST - DAY):
        page = page_of(signed_in("vanphong").post(url, follow=True))  # the office, for the chair
        assert "Không có ai vắng" in page and signed_in("vanthu").post(url).status_code == 404
        again = signed_in("vanphong").post(url, follow=True)  # in a second window
        assert again.redirect_chain == [(reverse("villages:absences"), 302)] and "bạn đã bỏ rồi" in page_of(again)
        record(chair, commune, chair, vice)  # the same days once more
    assert Notification.objects.filter(user=chair, text__contains="Đã hủy báo vắng").exists()
    assert AuditEntry.objects.get(act="villages.cancel_absence").subject_id == away.pk


def deputies_offered(page):
    """{(group, key of the user)} of the choices of the deputy, without "none"."""
    (none, *groups) = page.context["form"].fields["deputy"].choices
    assert none[0] == ""
    found = set()
    for group, choices in groups:
        found.update((group, key) for key, _ in choices)
    return found


def is_accepted(*absence):
    """Whether the absence is recorded; nothing remains of it."""
    accepted = True
    with at(FIRST), transaction.atomic():
        try:
            record(*absence)
        except (RuleBroken, NotAllowed):
            accepted = False
        transaction.set_rollback(True)
    return accepted


@pytest.mark.parametrize("login", ["vanphong", "vanthu", "chutich", "hoidong2", "quantri"])
def test_each_deputy_that_the_form_offers_is_accepted(commune, signed_in, user, login):
    """Every pair of an absent user and a deputy in the group of that role is recorded, and no other deputy would be."""
    page = signed_in(login).get("/don-vi/vang/bao/")
    accepted = set()
    for role, holder in page.context["form"].holders.values():
        deputies = type(holder).objects.exclude(pk=holder.pk)
        able = [one for one in deputies if is_accepted(user(login), commune, holder, one, role)]
        accepted.update((f"Thay {role.title}", str(one.pk)) for one in able)
    assert deputies_offered(page) == accepted
    assert accepted or login == "hoidong2"
