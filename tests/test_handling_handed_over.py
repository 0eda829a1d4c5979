"""A directive waits for a post: it follows a role that is handed over, an absence, and comes back to the office otherwise."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from campaigns.directives.actions.directive import finish_handling, recall_handling, receive_directive, route_directive
from campaigns.directives.actions.handling_successors import pass_on_handlings
from campaigns.directives.models.directive import Directive, Handling
from campaigns.directives.queries.outlines import known_directives
from campaigns.tasks import enqueue_handling_handover
from emulation.audit.models import AuditEntry
from emulation.communes.capacity import clear_capacity_cache
from emulation.communes.models import Membership
from emulation.communes.roles import Role
from emulation.core.errors import NotAllowed
from emulation.jobs.models import Job
from emulation.jobs.queue import run_job
from emulation.notices.models import Notification
from reports.queries.todo import todo_of
from tests.travel import at
from villages.actions.absences import end_absence, record_role_absence
from villages.actions.account_roles import assign_role, end_role
from villages.models import Unit
from villages.queries.account_roles import RoleGrant, plan_of_grant

DAY = timedelta(days=1)
HANDED = date(2026, 12, 3)
WORK = "Xử lý văn bản đến"


@pytest.fixture
def newcomer(commune, user):
    """Somebody without a role that handles directives, who takes the clerk's over."""
    Membership.objects.filter(user_id=user("hoidong2").pk).delete()
    return user("hoidong2")


@pytest.fixture
def handling(commune, office, clerk):
    with at(HANDED - 3 * DAY):
        directive = receive_directive(by=office, commune=commune, **known_directives()["1757/UBND-NV"])
        return route_directive(by=office, directive=directive, to=clerk, note="Vào sổ, sao gửi các thôn")


def hand_over(user, commune, leaver, newcomer, day=HANDED):
    unit_id = Membership.objects.filter(user_id=leaver.pk, role=Role.clerk).values_list("unit_id", flat=True)[0]
    grant = RoleGrant(newcomer, newcomer.full_name, Role.clerk, Unit.objects.filter(pk=unit_id).first(), day, leaver)
    plan = " ".join(plan_of_grant(commune, grant).cautions)
    assign_role(by=user("quantri"), commune=commune, grant=grant, confirmed=True)
    return plan


def run_tick():
    """What the periodic tick of this day does."""
    enqueue_handling_handover(timezone.localtime())
    for job in Job.objects.filter(kind="campaigns.pass_on_handlings", state=Job.QUEUED):
        run_job(job.pk)


def tasks(user, day):
    clear_capacity_cache(user)
    return [task.title for task in todo_of(user, day).tasks]


def test_it_passes_with_the_role_on_its_day(commune, user, clerk, newcomer, handling):
    with at(HANDED - 2 * DAY):
        assert "theo vai sang người nhận" in hand_over(user, commune, clerk, newcomer)
        assert WORK in tasks(clerk, HANDED - 2 * DAY)
    with at(HANDED - DAY):
        run_tick()
        assert WORK in tasks(clerk, HANDED - DAY) and WORK not in tasks(newcomer, HANDED - DAY)
    with at(HANDED):
        run_tick()
        handling.refresh_from_db()
        assert handling.assignee == newcomer and handling.is_waiting and handling.note
        assert WORK in tasks(newcomer, HANDED) and not tasks(clerk, HANDED)
        assert Directive.objects.visible_to(newcomer).exists() and not Directive.objects.visible_to(clerk).exists()
        assert Notification.objects.filter(user=newcomer, text__contains=f"nhận từ {clerk.full_name}").count() == 1
        entry = AuditEntry.objects.get(act="campaigns.pass_on_handling")
        assert entry.facts == {"from": "vanthu", "to": "hoidong2"} and pass_on_handlings(commune, HANDED) == 0
        with pytest.raises(NotAllowed):
            finish_handling(by=clerk, handling=handling)
        finish_handling(by=newcomer, handling=handling, result="Đã sao gửi")
        handling.refresh_from_db()
        assert handling.is_done


def test_handed_over_today_it_passes_at_once_and_back_again(commune, user, clerk, newcomer, handling):
    with at(HANDED):
        hand_over(user, commune, clerk, newcomer)
        handling.refresh_from_db()
        assert handling.assignee == newcomer
    with at(HANDED + DAY):
        hand_over(user, commune, newcomer, clerk, day=HANDED + DAY)
        handling.refresh_from_db()
        assert handling.assignee == clerk and WORK in tasks(clerk, HANDED + DAY)


def test_a_handover_taken_back_before_its_day_moves_nothing(commune, user, clerk, newcomer, handling):
    with at(HANDED - DAY):
        hand_over(user, commune, clerk, newcomer)
        row = Membership.objects.get(user_id=newcomer.pk)
        end_role(by=user("quantri"), commune=commune, user=newcomer, membership=row, ends_on=HANDED)
    with at(HANDED):
        assert pass_on_handlings(commune, HANDED) == 0
        handling.refresh_from_db()
        assert handling.assignee == clerk


def test_a_chain_of_handovers_ends_at_who_has_the_role_now(commune, user, clerk, newcomer, handling):
    third = user("mamnon")
    Membership.objects.filter(user_id=third.pk).delete()
    with at(HANDED - DAY):
        hand_over(user, commune, clerk, newcomer)
    with at(HANDED):
        Membership.objects.filter(user_id=newcomer.pk).update(ends_on=HANDED)
        Membership.objects.create(
            commune=commune, user_id=third.pk, role=Role.clerk, starts_on=HANDED + DAY, handed_over_by_id=newcomer.pk
        )
    with at(HANDED + DAY):
        assert pass_on_handlings(commune, HANDED + DAY) == 1
        handling.refresh_from_db()
        assert handling.assignee == third


def test_who_keeps_another_role_that_handles_keeps_the_directive(commune, user, clerk, newcomer, handling):
    Membership.objects.create(commune=commune, user_id=clerk.pk, role=Role.council_member, starts_on=date(2026, 1, 1))
    with at(HANDED):
        hand_over(user, commune, clerk, newcomer)
        handling.refresh_from_db()
        assert handling.assignee == clerk and handling.is_waiting


def test_a_successor_with_the_same_directive_has_it_once(commune, user, office, clerk, newcomer, handling):
    Membership.objects.create(
        commune=commune, user_id=newcomer.pk, role=Role.council_member, starts_on=date(2026, 1, 1)
    )
    with at(HANDED):
        own = route_directive(by=office, directive=handling.directive, to=newcomer)
        hand_over(user, commune, clerk, newcomer)
        handling.refresh_from_db()
        assert handling.is_recalled and Handling.objects.filter(state="waiting").get() == own


def test_without_a_successor_it_waits_for_the_office(commune, user, office, clerk, handling):
    row = Membership.objects.get(user_id=clerk.pk, role=Role.clerk)
    with at(HANDED):
        assert WORK not in tasks(office, HANDED)
        end_role(by=user("quantri"), commune=commune, user=clerk, membership=row, ends_on=HANDED)
    with at(HANDED + DAY):
        assert pass_on_handlings(commune, HANDED + DAY) == 0
        assert WORK in tasks(office, HANDED + DAY) and not tasks(clerk, HANDED + DAY)
        recall_handling(by=office, handling=handling)
        assert WORK not in tasks(office, HANDED + DAY)
        route_directive(by=office, directive=handling.directive, to=office)
        assert WORK in tasks(office, HANDED + DAY)


def test_the_deputy_of_an_absent_handler_has_it_on_those_days_only(commune, user, office, clerk, newcomer, handling):
    Membership.objects.create(
        commune=commune, user_id=newcomer.pk, role=Role.council_member, starts_on=date(2026, 1, 1)
    )
    with at(HANDED):
        assert WORK not in tasks(newcomer, HANDED)
        absence = record_role_absence(
            by=clerk,
            commune=commune,
            role=Role.clerk,
            holder=clerk,
            starts_on=HANDED,
            ends_on=HANDED + DAY,
            deputy=newcomer,
        )
        assert WORK in tasks(newcomer, HANDED) and WORK not in tasks(office, HANDED)
        assert Handling.objects.visible_to(newcomer).exists()
    with at(HANDED + DAY):
        end_absence(by=clerk, absence=absence)
        assert WORK not in tasks(newcomer, HANDED + DAY) and WORK in tasks(clerk, HANDED + DAY)
