"""A head handed over on a day with open work: what the leaver and the new head may do before and after, by both pages."""

from datetime import date, timedelta

import pytest

from campaigns.exemplars.actions.exemplar import ExemplarContent, return_exemplar, start_exemplar, submit_exemplar
from campaigns.exemplars.actions.period import open_month
from campaigns.models import Field
from commendations.actions.appraisal import return_nomination
from commendations.models import Nomination
from commendations.tests import factories
from emulation.communes.capacity import clear_capacity_cache
from emulation.communes.models import Membership
from emulation.communes.roles import Role
from emulation.notices.models import Notification
from emulation.workflow.authorization import check_act
from reports.queries.todo import todo_of
from tests.travel import at
from villages.actions.account_roles import assign_role
from villages.actions.heads import set_unit_head
from villages.models import Person, Unit
from villages.queries.account_roles import RoleGrant, plan_of_grant

DAY = timedelta(days=1)
HANDED = date(2026, 12, 3)
DRAFTED = HANDED - 3 * DAY
ACTS = {"returned": "campaigns.submit", "draft": "campaigns.save", "case": "commendations.edit"}


@pytest.fixture
def thon1(commune):
    return Unit.objects.get(commune=commune, code="thon1")


@pytest.fixture
def newcomer(commune, user):
    """A council member who heads no unit and no longer checks units: the new head."""
    Membership.objects.filter(user_id=user("hoidong2").pk, role=Role.vice_chair).delete()
    return user("hoidong2")


@pytest.fixture
def work(commune, thon1, user, office):
    """What the leaver leaves: an exemplar returned to them, a draft, a case returned to the unit."""
    head = user("thon1")
    person = Person.objects.filter(unit=thon1, user=None).first()
    with at(DRAFTED):
        period = open_month(commune=commune, on=DRAFTED)
        deed = "Vận động bảy hộ trong thôn góp công làm lại mương nước dài 300 mét."
        content = ExemplarContent(kind="person", person=person, field=Field.objects.first(), deed=deed)
        returned = start_exemplar(by=head, unit=thon1, period=period, content=content)
        submit_exemplar(by=head, exemplar=returned)
        return_exemplar(by=office, exemplar=returned, notes={"deed": "Ghi rõ thời gian."})
        draft = start_exemplar(by=head, unit=thon1, period=period)
        case = factories.nomination_of(commune, person, state="submitted")
        return_nomination(by=office, nomination=case, notes={"achievement": "Ghi rõ số liệu."})
    return {"returned": returned, "draft": draft, "case": case}


def by_accounts(office, commune, unit, leaver, newcomer):
    grant = RoleGrant(newcomer, newcomer.full_name, Role.village_head, unit, HANDED, leaver)
    assert "1 đề nghị khen thưởng chưa xong" in " ".join(plan_of_grant(commune, grant).notes)
    assign_role(by=office, commune=commune, grant=grant)


def by_unit_page(office, commune, unit, leaver, newcomer):
    set_unit_head(by=office, unit=unit, person=Person.objects.get(user=newcomer), starts_on=HANDED)


def may(user, work):
    clear_capacity_cache(user)
    return {name: bool(check_act(ACTS[name], subject, user)) for name, subject in work.items()}


@pytest.mark.parametrize("hand_over", [by_accounts, by_unit_page])
def test_open_work_passes_with_the_post_on_its_day(commune, thon1, user, office, newcomer, work, hand_over):
    leaver = user("thon1")
    with at(DRAFTED):
        hand_over(office, commune, thon1, leaver, newcomer)
    everything = dict.fromkeys(ACTS, True)
    nothing = dict.fromkeys(ACTS, False)
    table = {HANDED - DAY: (everything, nothing), HANDED: (nothing, everything), HANDED + DAY: (nothing, everything)}
    for day, (of_leaver, of_newcomer) in table.items():
        with at(day):
            assert (may(leaver, work), may(newcomer, work)) == (of_leaver, of_newcomer), day
            shown = " ".join(task.url for task in todo_of(newcomer, day).tasks)
            for subject in work.values():
                assert (subject.get_absolute_url() in shown) == (of_newcomer == everything)
            clear_capacity_cache(leaver)
            assert bool(todo_of(leaver, day).tasks) == (of_leaver == everything)
    notices = Notification.objects.filter(user=newcomer, text__contains="Việc đang dở của đơn vị")
    assert notices.filter(text__contains="2 điển hình chưa xong").count() == 1
    assert Notification.objects.filter(user=leaver, text__contains=newcomer.full_name).exists()


def test_what_was_sent_before_is_answered_to_the_new_head(commune, thon1, user, office, newcomer, work):
    case = work["case"]
    with at(DRAFTED):
        by_unit_page(office, commune, thon1, user("thon1"), newcomer)
        Nomination.objects.filter(pk=case.pk).update(state="submitted")
    with at(HANDED):
        case.refresh_from_db()
        return_nomination(by=office, nomination=case, notes={"achievement": "Còn thiếu thời gian."})
        assert Notification.objects.filter(user=newcomer, link=case.get_absolute_url()).exists()
