"""Việc của tôi: what a campaign asks of whom, and until when."""

from datetime import timedelta

from campaigns.campaigns.actions.campaign import approve_campaign, issue_campaign, submit_campaign
from campaigns.campaigns.actions.campaign_progress import cancel_campaign
from campaigns.models import Campaign
from campaigns.tests import campaign_steps
from campaigns.tests.campaign_steps import TODAY
from reports.queries import todo


def campaign_todo_titles(user, room="campaigns."):
    return [task.title for task in todo.todo_of(user, TODAY).tasks if task.key[0].startswith(room)]


def test_units_that_are_asked_and_nobody_else(commune, chair, user):
    campaign = campaign_steps.issued_campaign(commune)
    assert campaign_todo_titles(user("thon1")) == ["Đăng ký thi đua"]
    assert campaign_todo_titles(user("tramyte")) == []
    (task,) = (task for task in todo.todo_of(user("thon1"), TODAY).tasks if task.key[0] == "campaigns.Registration")
    assert (task.due, task.late, task.action) == (campaign.register_by, False, "Đăng ký thi đua")
    cancel_campaign(by=chair, campaign=campaign, reason="Vì.")
    assert campaign_todo_titles(user("thon1")) == []


def test_each_in_turn_and_the_office_when_the_day_has_come(commune, office, chair, clerk):
    campaign = campaign_steps.complete_campaign_plan(commune)
    assert campaign_todo_titles(office) == ["Soạn xong kế hoạch phong trào và trình Chủ tịch"]
    submit_campaign(by=office, campaign=campaign)
    assert campaign_todo_titles(chair) == ["Duyệt kế hoạch phong trào thi đua"]
    approve_campaign(by=chair, campaign=campaign)
    assert campaign_todo_titles(clerk) == ["Lấy số và ban hành kế hoạch phong trào"]
    issue_campaign(by=clerk, campaign=campaign, issued_on=TODAY)
    assert campaign_todo_titles(office) == ["Sơ kết phong trào"]
    Campaign.objects.update(midterm_on=TODAY + timedelta(days=1))
    assert campaign_todo_titles(office) == []
    Campaign.objects.update(midterm_on=None, final_on=TODAY)
    assert campaign_todo_titles(office) == ["Tổng kết phong trào"]
