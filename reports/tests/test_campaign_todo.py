"""Việc của tôi: what a campaign asks of whom, and until when."""

from datetime import timedelta

from campaigns.campaigns.actions.campaign import approve_campaign, issue_campaign, submit_campaign
from campaigns.campaigns.actions.campaign_progress import cancel_campaign
from campaigns.models import Campaign
from campaigns.tests import plans
from campaigns.tests.plans import TODAY
from reports.queries import todo


def titles(user, room="campaigns."):
    return [task.title for task in todo.mine(user, TODAY).tasks if task.key[0].startswith(room)]


def test_units_that_are_asked_and_nobody_else(commune, chair, user):
    campaign = plans.launch(commune)
    assert titles(user("thon1")) == ["Đăng ký thi đua"]
    assert titles(user("tramyte")) == []
    (task,) = (task for task in todo.mine(user("thon1"), TODAY).tasks if task.key[0] == "campaigns.Registration")
    assert (task.due, task.late, task.action) == (campaign.register_by, False, "Đăng ký thi đua")
    cancel_campaign(by=chair, campaign=campaign, reason="Vì.")
    assert titles(user("thon1")) == []


def test_each_in_turn_and_the_office_when_the_day_has_come(commune, office, chair, clerk):
    campaign = plans.write(commune)
    assert titles(office) == ["Soạn xong kế hoạch phong trào và trình Chủ tịch"]
    submit_campaign(by=office, campaign=campaign)
    assert titles(chair) == ["Duyệt kế hoạch phong trào thi đua"]
    approve_campaign(by=chair, campaign=campaign)
    assert titles(clerk) == ["Lấy số và ban hành kế hoạch phong trào"]
    issue_campaign(by=clerk, campaign=campaign, issued_on=TODAY)
    assert titles(office) == ["Sơ kết phong trào"]
    Campaign.objects.update(midterm_on=TODAY + timedelta(days=1))
    assert titles(office) == []
    Campaign.objects.update(midterm_on=None, final_on=TODAY)
    assert titles(office) == ["Tổng kết phong trào"]
