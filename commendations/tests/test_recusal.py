"""Recusals remain with the case and are lifted only with a reason, by a user whom they do not concern."""

from datetime import date, time
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse

from commendations.actions import session as actions
from commendations.actions.vote import ItemVoteCount, record_vote_counts
from commendations.models import CouncilSession, Nomination, Recusal, SessionItem
from commendations.queries.session_cases import session_lines
from commendations.rules.vote_tally import VoteTally
from commendations.tests import case_steps
from emulation.audit.models import AuditEntry
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.workflow.transitions import STALE_FORM_MESSAGE
from villages.models import CouncilVersion, Person, Seat

pytestmark = pytest.mark.usefixtures("db")
NHI, BA, LUA = "Lê Thị Ý Nhi", "Lữ Văn Ba", "Lê Thị Lụa"
REASON = "Bà Nhi đã ở riêng, không còn cùng hộ."
LATER = actions.SessionSchedule(date(2026, 11, 9), time(8, 0), "Hội trường")


@pytest.fixture
def insider(commune: Any) -> Nomination:
    """The head of the women's union is a council member of the nominee's household, so her recusal is proposed."""
    Person.objects.filter(full_name__in=[NHI, LUA]).update(household=case_steps.household_by_head("Lê Văn Bảy"))
    return case_steps.complete_nomination(LUA)


def recused(session: CouncilSession) -> set[str]:
    """Names of those who do not vote on the only case of a session."""
    return {seat.person.full_name for seat in session.items.get().recused.select_related("person")}


def seat_of(session: CouncilSession, name: str) -> Seat:
    return session.version_of_council.seats.get(person__full_name=name)


def count(
    session: CouncilSession, *names: str, agree: int = 6, reason: str = "", by: str = "vanphong", **more: Any
) -> None:
    """Save the votes with these people ticked as recused."""
    ticked = frozenset(seat_of(session, name).pk for name in names)
    counts = {session.items.get().pk: ItemVoteCount(VoteTally(agree), ticked, "", reason)}
    record_vote_counts(by=case_steps.user_named(by), session=session, counts=counts, **more)


def meeting(case: Nomination) -> CouncilSession:
    """An open session with all seven members present."""
    return case_steps.with_attendance(case_steps.opened_session(case), absent=0)


# ── lifting ──────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("reason", ["", "   ", "\u200b"])
def test_unticking_without_a_reason_changes_nothing(insider, reason):
    session = meeting(insider)
    before = AuditEntry.objects.count()
    with pytest.raises(RuleBroken, match=f"{NHI} đang được đánh dấu không tham gia biểu quyết") as refused:
        count(session, agree=7, reason=reason)
    item = session.items.get()
    assert refused.value.field == f"lift_reason_{item.pk}"
    assert recused(session) == {NHI} and item.agree is None and AuditEntry.objects.count() == before
    assert Recusal.objects.in_force().get(nomination=insider).person.full_name == NHI


def test_recusal_is_lifted_with_a_reason(insider, office, signed_in):
    session = meeting(insider)
    count(session, agree=7, reason=f"  {REASON}  ")
    assert recused(session) == set() and session.items.get().agree == 7
    row = Recusal.objects.get(nomination=insider)
    assert (row.lift_reason, row.lifted_by, row.lifted_in) == (REASON, office, session) and row.lifted_at
    entry = AuditEntry.objects.get(act="commendations.lift_recusal")
    assert (entry.actor_id, entry.subject_id) == (office.pk, session.pk)
    assert entry.facts == {"nomination": insider.pk, "people": [row.person_id], "reason": REASON}
    for state in ("open", "closed"):
        CouncilSession.objects.filter(pk=session.pk).update(state=state)
        for login in ("vanphong", "hoidong2"):
            assert REASON in signed_in(login).get(session.get_absolute_url()).content.decode(), (state, login)


def test_ticked_again_it_needs_a_reason_again(insider):
    session = meeting(insider)
    count(session, agree=7, reason=REASON)
    count(session, NHI)
    assert recused(session) == {NHI}
    with pytest.raises(RuleBroken, match="đang được đánh dấu"):
        count(session, agree=7)
    count(session, agree=7, reason="Lý do thứ hai.")
    assert [row.lift_reason for row in Recusal.objects.lifted()] == ["Lý do thứ hai.", REASON]


def test_a_confirmed_recusal_is_lifted_with_a_reason_too(insider):
    session = meeting(insider)
    count(session, NHI, BA, agree=5)
    with pytest.raises(RuleBroken, match=f"{BA} đang được đánh dấu"):
        count(session, NHI, agree=6)
    count(session, NHI, agree=6, reason="Ghi nhầm.")
    assert recused(session) == {NHI}


@pytest.mark.parametrize(
    ("what", "refused"), [("own recusal", "liên quan đến chính bạn"), ("own case", "là của chính bạn: người khác")]
)
def test_nobody_lifts_a_recusal_that_concerns_themselves(insider, office, what, refused):
    session = meeting(insider)
    Person.objects.filter(user=office).update(user=None)
    Person.objects.filter(full_name=NHI).update(user=None)
    count(session, NHI, BA, agree=5)
    mine = BA if what == "own recusal" else LUA
    Person.objects.filter(full_name=mine).update(user=office)
    with pytest.raises(RuleBroken, match=refused):
        count(session, NHI, agree=6, reason=REASON)
    assert recused(session) == {NHI, BA} and not Recusal.objects.lifted().exists()


@pytest.mark.parametrize("login", ["chutich", "vanthu", "phunu", "hoidong2", "thon1"])
def test_only_the_office_lifts_a_recusal(insider, login):
    session = meeting(insider)
    with pytest.raises(NotAllowed):
        count(session, agree=7, reason=REASON, by=login)
    assert recused(session) == {NHI}


def test_mismatching_votes_lift_nothing(insider):
    session = meeting(insider)
    with pytest.raises(RuleBroken):
        count(session, agree=3, reason=REASON)
    assert recused(session) == {NHI} and not Recusal.objects.lifted().exists()
    assert not AuditEntry.objects.filter(act="commendations.lift_recusal").exists()


def test_counts_without_recusals_leave_them_unchanged(insider, office):
    session = meeting(insider)
    counts = {session.items.get().pk: ItemVoteCount(VoteTally(6))}
    record_vote_counts(by=office, session=session, counts=counts)
    assert recused(session) == {NHI}


# ── what does not remove a recusal ───────────────────────────────────────────────────────────────
def confirmed(case: Nomination, session: CouncilSession) -> None:
    """Record a recusal that no relation in the data explains, as from an earlier session."""
    seat = seat_of(session, BA)
    Recusal.objects.create(commune_id=case.commune_id, nomination=case, person=seat.person)
    session.items.get().recused.add(seat)


def test_recusal_survives_removal_from_the_session(insider, office):
    session = case_steps.session_with(insider)
    confirmed(insider, session)
    actions.remove_from_session(by=office, nomination=insider)
    case_steps.session_with(insider, session=session)
    assert recused(session) == {NHI, BA}


def test_recusal_survives_a_cancelled_session(insider, office):
    session = case_steps.session_with(insider)
    confirmed(insider, session)
    actions.cancel_session(by=office, session=session, reason="Mưa lũ")
    insider.refresh_from_db()
    other = case_steps.planned_session(date(2026, 11, 9))
    actions.add_all_to_session(by=office, nominations=[insider], session=other)
    assert recused(other) == {NHI, BA}


def test_postponed_session_keeps_recusals_and_proposes_new_ones(insider, office):
    session = case_steps.session_with(insider)
    confirmed(insider, session)
    other = session.version_of_council.seats.exclude(person__full_name__in=[NHI, BA]).first()
    nhi = Person.objects.get(full_name=NHI)
    home = case_steps.household_by_head("Lê Văn Bảy")
    Person.objects.filter(pk__in=[nhi.pk, other.person_id]).update(household=home)
    actions.edit_session(by=office, session=session, schedule=LATER)
    assert recused(session) == {NHI, BA, other.person.full_name}


def test_recusal_survives_a_change_of_council(insider, office):
    session = case_steps.session_with(insider)
    confirmed(insider, session)
    old = CouncilVersion.objects.get()
    CouncilVersion.objects.update(ends_on=date(2026, 11, 30))
    new = CouncilVersion.objects.create(
        commune=old.commune, name=old.name, decision_no="99/QĐ-UBND", decision_date=date(2026, 12, 1),
        starts_on=date(2026, 12, 1),
    )  # fmt: skip
    new.seats.create(commune=old.commune, person=Person.objects.get(full_name=NHI), role="member", position="Ủy viên")
    actions.edit_session(
        by=office, session=session, schedule=actions.SessionSchedule(date(2026, 12, 3), time(8, 0), "Hội trường")
    )
    assert recused(session) == {NHI}
    actions.edit_session(by=office, session=session, schedule=LATER)
    assert recused(session) == {NHI, BA}


def test_recusal_survives_new_attendance(insider):
    session = meeting(insider)
    count(session, NHI, BA, agree=5)
    for absent in (2, 0):
        case_steps.with_attendance(session, absent=absent)
        assert recused(session) == {NHI, BA}


@pytest.mark.parametrize("sends_version", [True, False])
def test_stale_vote_form_is_refused(insider, sends_version):
    """A form opened before a colleague ticked somebody is stale; without a version it is refused as well."""
    session = meeting(insider)
    seen = CouncilSession.objects.get(pk=session.pk).version if sends_version else None
    count(session, NHI, BA, agree=5)
    with pytest.raises(RuleBroken) as refused:
        count(session, NHI, agree=6, seen=seen)
    assert (refused.value.message == STALE_FORM_MESSAGE) is sends_version
    assert recused(session) == {NHI, BA}


def test_manually_recused_member_cannot_see_the_case_on_the_next_session(insider, office):
    session = case_steps.session_with(insider)
    confirmed(insider, session)
    member = case_steps.user_named("mattran")
    Person.objects.filter(user=member).update(user=None)
    Person.objects.filter(full_name=BA).update(user=member)
    actions.remove_from_session(by=office, nomination=insider)
    case_steps.session_with(insider, session=session)
    assert not Nomination.objects.visible_to(member).filter(pk=insider.pk).exists()
    assert [line.item for line in session_lines(session, member)] == [None]


# ── the page ─────────────────────────────────────────────────────────────────────────────────────
def sheet(session: CouncilSession, **more: Any) -> dict[str, Any]:
    item = session.items.get()
    named = {f"{name}_{item.pk}": value for name, value in {"agree": 7, "note": "Ý kiến đã gõ", **more}.items()}
    return {"seen": CouncilSession.objects.get(pk=session.pk).version, **named}


def test_page_asks_for_the_reason_and_keeps_the_form_data(insider, signed_in):
    session, client = meeting(insider), signed_in("vanphong")
    address = reverse("commendations:count", args=[session.pk])
    answer = client.post(address, sheet(session))
    html = answer.content.decode()
    assert answer.status_code == 422 and 'data-said="success"' not in html
    assert html.count(f"{NHI} đang được đánh dấu không tham gia biểu quyết") >= 1 and "Chưa có gì được lưu" in html
    assert "Ý kiến đã gõ" in html and f'name="lift_reason_{session.items.get().pk}"' in html
    assert recused(session) == {NHI} and session.items.get().agree is None
    assert "Đã ghi kết quả biểu quyết" not in client.get(session.get_absolute_url()).content.decode()

    done = client.post(address, sheet(session, lift_reason=REASON), follow=True).content.decode()
    assert "Đã ghi kết quả biểu quyết" in done and REASON in done and recused(session) == set()


def test_form_has_no_reason_field_without_recusals(commune, signed_in):
    session = meeting(case_steps.complete_nomination())
    html = signed_in("vanphong").get(session.get_absolute_url()).content.decode()
    assert "lift_reason" not in html
    page = signed_in("vanphong").post(reverse("commendations:count", args=[session.pk]), sheet(session))
    assert page.status_code == 302


# ── database ─────────────────────────────────────────────────────────────────────────────────────
def test_database_refuses_a_lift_without_reason(insider, office):
    session = case_steps.session_with(insider)
    row = Recusal.objects.get(nomination=insider)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recusal.objects.filter(pk=row.pk).update(lifted_at=row.created_at, lifted_by=office, lifted_in=session)


def test_migration_creates_recusals_of_live_sessions(insider):
    session = case_steps.session_with(insider)
    Recusal.objects.all().delete()
    keep = import_module("commendations.migrations.0008_recusals_of_live_sessions").keep
    for _ in range(2):
        keep(apps, None)
    assert Recusal.objects.get().person.full_name == NHI
    SessionItem.objects.get(session=session).recused.clear()
    Recusal.objects.all().delete()
    keep(apps, None)
    assert not Recusal.objects.exists()
