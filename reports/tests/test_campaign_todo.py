"""Việc của tôi: the tasks of a campaign, for whom and until when."""

from datetime import timedelta

from campaigns.campaigns.actions.campaign import campaign_approval
from campaigns.models import Campaign
from campaigns.tests import campaign_steps
from campaigns.tests.campaign_steps import TODAY
from emulation.legal.calendar.due_days import last_days_of
from reports.queries import todo


def campaign_todo_titles(user, app="campaigns."):
    return [task.title for task in todo.todo_of(user, TODAY).tasks if task.key[0].startswith(app)]


def test_only_units_that_have_to_register_get_the_task(commune, user):
    campaign = campaign_steps.issued_campaign(commune)
    assert campaign_todo_titles(user("thon1")) == ["Đăng ký thi đua"]
    assert campaign_todo_titles(user("tramyte")) == []
    (task,) = (task for task in todo.todo_of(user("thon1"), TODAY).tasks if task.key[0] == "campaigns.Registration")
    last_day = last_days_of(commune.pk).of(campaign.register_by)
    assert (task.due, task.late, task.action) == (last_day, False, "Đăng ký")
    campaign_steps.cancelled_campaign(campaign)
    assert campaign_todo_titles(user("thon1")) == []


def test_each_role_in_turn_and_the_office_when_a_review_is_due(commune, office, chair, clerk):
    campaign = campaign_steps.complete_campaign_plan(commune)
    assert campaign_todo_titles(office) == ["Soạn xong và trình kế hoạch phong trào"]
    campaign_approval.submit(campaign, by=office)
    assert campaign_todo_titles(chair) == ["Duyệt kế hoạch phong trào"]
    campaign_approval.approve(campaign, by=chair)
    assert campaign_todo_titles(clerk) == ["Lấy số và ban hành kế hoạch phong trào"]
    campaign_approval.issue(campaign, by=clerk, issued_on=TODAY)
    assert campaign_todo_titles(office) == ["Sơ kết phong trào"]
    Campaign.objects.update(midterm_on=TODAY + timedelta(days=1))
    assert campaign_todo_titles(office) == []
    Campaign.objects.update(midterm_on=None, final_on=TODAY)
    assert campaign_todo_titles(office) == ["Tổng kết phong trào"]
