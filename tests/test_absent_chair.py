"""A chair away for three days: who may do what on the days before, during and after; what papers, log and tasks show."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from commendations.actions.chair_submission import record_chair_decisions
from commendations.models import Decision
from commendations.tests import factories
from emulation.audit.models import AuditEntry
from emulation.communes.capacity import capacity_of, clear_capacity_cache
from emulation.communes.models import Membership
from emulation.communes.roles import Role
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.documents.cancellations import agree_to_cancellation, propose_cancellation
from emulation.notices.models import Notification
from emulation.workflow.authorization import check_act
from reports.queries.todo import todo_of
from tests.approval_papers import APPROVALS, draft_letter
from tests.cancelling import issued_paper
from tests.html import page_of, paper_text
from villages.actions.absences import end_absence, record_role_absence
from villages.actions.account_roles import end_role
from villages.models import Absence, Person
from villages.queries.absences import role_absence_faults

FIRST, LAST = date(2026, 12, 2), date(2026, 12, 4)
DAY = timedelta(days=1)
DAYS = {"before": FIRST - DAY, "first": FIRST, "last": LAST, "after": LAST + DAY}
CHAIR_ACTS = ("campaigns.approve_letter", "commendations.decide", "documents.agree_cancellation")


def at(day):
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=timezone.get_current_timezone()))


@pytest.fixture
def vice(user):
    return user("hoidong2")


@pytest.fixture
def away(commune, chair, vice):
    """Recorded on 1/12 by the chair: away from 2/12 to 4/12, the vice chair acts."""
    with at(FIRST - DAY):
        return record_role_absence(
            by=chair, commune=commune, role=Role.chair, holder=chair, deputy=vice, starts_on=FIRST, ends_on=LAST
        )


@pytest.fixture
def waiting(commune, office, village_head):
    """{act: what waits for the chair}."""
    with at(FIRST - DAY):
        letter = draft_letter(commune, office, village_head)
        APPROVALS["letter"].submit(letter, by=office)
        submission = factories.submitted_to_chair(commune)
        issued = issued_paper("period_report", commune)
        cancellation = propose_cancellation(by=office, document=issued.document, reason="Sai căn cứ ban hành.")
    return dict(zip(CHAIR_ACTS, (letter, submission, cancellation), strict=True))


def may(user, act, subject):
    clear_capacity_cache(user)
    return bool(check_act(act, subject, user))


@pytest.mark.parametrize("when", DAYS)
def test_who_may_do_what_by_day(when, away, waiting, user):
    during = when in ("first", "last")
    expected = {
        "chutich": True,
        "hoidong2": during,
        "vanphong": False,
        "vanthu": False,
        "thon1": False,
        "quantri": False,
    }
    with at(DAYS[when]):
        for act, subject in waiting.items():
            assert {login: may(user(login), act, subject) for login in expected} == expected, act
        titles = {task.title for task in todo_of(user("hoidong2"), DAYS[when]).tasks}
        assert ("Duyệt công văn" in titles) == during
        assert capacity_of(user("hoidong2")).acts_for(Role.chair) == (user("chutich").pk if during else None)


def test_the_vice_chair_decides_and_signs_kt(commune, away, waiting, vice, user):
    letter, submission, cancellation = waiting.values()
    with at(FIRST):
        clear_capacity_cache(vice)
        APPROVALS["letter"].approve(letter, by=vice)
        record_chair_decisions(
            by=vice, chair_submission=submission, decisions=factories.chair_decisions(submission), on=FIRST
        )
        agree_to_cancellation(by=vice, cancellation=cancellation)
    assert (letter.signer, letter.deputy) == ("Lương Thị Diệu Hiền", True)
    decision = Decision.objects.get(chair_submission=submission)
    assert (decision.signer_title, decision.signer_name) == (Decision.DEPUTY, "Lương Thị Diệu Hiền")
    for act in ("campaigns.approve_letter", "commendations.decide", "documents.agree_cancellation"):
        entry = AuditEntry.objects.get(act=act, actor_id=vice.pk)
        assert entry.facts["acts_for"] == "Lê Đăng Trường"
        assert entry.actor_name == "Lương Thị Diệu Hiền, làm thay Lê Đăng Trường"
    with at(LAST + DAY):  # issued after the chair is back: as it was approved
        issued = APPROVALS["letter"].issue(letter, by=user("vanthu"), issued_on=LAST + DAY)
    text = paper_text(issued.document.html)
    assert "KT. CHỦ TỊCH" in text and "PHÓ CHỦ TỊCH" in text and "Lương Thị Diệu Hiền" in text


def test_a_day_before_the_absence_is_no_day_of_decision(away, waiting, vice):
    submission = waiting["commendations.decide"]
    with at(FIRST):
        clear_capacity_cache(vice)
        with pytest.raises(RuleBroken, match="chưa làm thay"):
            record_chair_decisions(
                by=vice, chair_submission=submission, decisions=factories.chair_decisions(submission), on=FIRST - DAY
            )


@pytest.mark.parametrize("login", ["chutich", "hoidong2"])
def test_nobody_decides_on_their_own_case(commune, away, user, login):
    with at(FIRST):
        own = Person.objects.get(user__username=login)
        submission = factories.submitted_to_chair(commune, [own])
        with pytest.raises(RuleBroken, match="Không ai tự quyết định"):
            record_chair_decisions(
                by=user(login), chair_submission=submission, decisions=factories.chair_decisions(submission), on=FIRST
            )
        other = user("hoidong2" if login == "chutich" else "chutich")
        record_chair_decisions(
            by=other, chair_submission=submission, decisions=factories.chair_decisions(submission), on=FIRST
        )


def test_an_early_return_ends_the_powers_at_once(away, waiting, chair, vice):
    with at(LAST):
        end_absence(by=chair, absence=away)
        assert not any(may(vice, act, subject) for act, subject in waiting.items())
        assert Notification.objects.filter(user=vice, text__contains="đã về").exists()
    away.refresh_from_db()
    assert away.ends_on == LAST - DAY
    assert Membership.objects.get(acts_for_id=chair.pk).ends_on == LAST - DAY


def test_taken_back_before_it_begins(away, chair, vice):
    with at(FIRST - DAY):
        end_absence(by=chair, absence=away)
    assert not Membership.objects.filter(acts_for_id=chair.pk).exists()


def test_a_vice_chair_who_leaves_the_post_acts_no_longer(commune, away, administrator, vice):
    row = Membership.objects.get(user_id=vice.pk, role="vice_chair")
    with at(FIRST):
        end_role(by=administrator, commune=commune, user=vice, membership=row, ends_on=FIRST)
    away.refresh_from_db()
    assert away.ends_on == FIRST
    with at(LAST):
        clear_capacity_cache(vice)
        assert not capacity_of(vice).has(Role.chair)


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
    pk = Absence.objects.get(role="chair").pk
    assert signed_in("vanthu").post(f"/don-vi/vang/{pk}/da-ve/").status_code == 403
    assert "Không có ai vắng" in page_of(browser.post(f"/don-vi/vang/{pk}/da-ve/", follow=True))
