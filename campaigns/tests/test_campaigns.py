"""Campaigns from the plan to closing."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from campaigns.campaigns import rules
from campaigns.campaigns.actions import campaign_progress as progress
from campaigns.campaigns.actions.campaign import GoalInput, campaign_approval, save_goals
from campaigns.campaigns.actions.campaign_progress import (
    close_campaign,
    extend_campaign,
    record_final_review,
    record_midterm_review,
)
from campaigns.campaigns.actions.registration import register_for_campaign, report_progress
from campaigns.campaigns.models.campaign import Campaign
from campaigns.campaigns.models.registration import Registration
from campaigns.campaigns.papers.campaign import campaign_paper
from campaigns.campaigns.queries.campaign import campaign_dates, campaign_filter_chips, open_registrations
from campaigns.catalogue.models import Field
from campaigns.exemplars.queries.field_coverage import campaigns_of_all_fields, field_coverage
from campaigns.obligations.queries import open_obligations
from campaigns.tests import campaign_steps
from campaigns.tests.campaign_steps import END, METHODS, PLAN, START, TODAY
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.core.formatting import date_in_words
from emulation.documents.engines import html
from emulation.legal.calendar.due_days import last_days_of
from emulation.legal.calendar.lateness import is_late
from tests.html import page_of, paper_text


@pytest.fixture
def draft(commune):
    return campaign_steps.draft_campaign(commune)


@pytest.fixture
def written(commune):
    return campaign_steps.complete_campaign_plan(commune)


@pytest.fixture
def approved(commune):
    return campaign_steps.approved_campaign(commune)


@pytest.fixture
def running(commune):
    return campaign_steps.issued_campaign(commune)


def test_required_parts_of_a_plan():
    assert set(rules.missing_plan_parts(rules.CampaignPlan(rules.CampaignDays(), response=True))) == {
        "purpose", "scope", "audience", "contents", "measures", "signer", "recipients", "criteria_person", "unit_kinds",
        "parent_name", "starts_on", "register_by", "final_on",
    }  # fmt: skip
    day = date(2026, 6, 1)
    faults = rules.CampaignDays(
        starts_on=day, ends_on=date(2026, 5, 1), register_by=date(2026, 7, 1), midterm_on=date(2027, 1, 1), final_on=day
    ).faults()
    assert set(faults) == {"ends_on", "register_by", "midterm_on", "final_on"}
    assert rules.CampaignDays().faults() == {}


def test_sums_rates_and_shares():
    values = [Decimal(80), None, Decimal("85.5")]
    assert rules.total_figure(values, is_rate=False) == Decimal("165.5")
    assert rules.total_figure(values, is_rate=True) == Decimal("82.75")
    assert rules.total_figure([None], is_rate=True) is None
    assert rules.share_of_target(Decimal(45), Decimal(60)) == 75
    assert rules.share_of_target(Decimal(45), None) is None and rules.share_of_target(None, Decimal(1)) is None
    assert [is_late(one, date(2026, 3, 31)) for one in (None, date(2026, 3, 31), date(2026, 4, 1))] == [
        False,
        False,
        True,
    ]


def test_an_incomplete_draft_is_saved_but_not_submitted(office, draft):
    with pytest.raises(RuleBroken, match="Kế hoạch chưa rõ: Hãy ghi mục đích"):
        campaign_approval.submit(draft, by=office)
    with pytest.raises(RuleBroken, match="không thể trước ngày bắt đầu") as broken:
        campaign_approval.save(draft, by=office, starts_on=END, ends_on=START)
    assert broken.value.field == "ends_on"
    draft.refresh_from_db()
    assert (draft.state, draft.starts_on) == ("draft", None)


def test_a_regular_campaign_lasts_its_year_and_has_a_unique_name(commune, office):
    given = {"by": office, "commune": commune, "kind": "regular", "year": 2027, "initiator": "own"}
    campaign = campaign_approval.start(name="Năm mới", **given)
    assert (campaign.starts_on, campaign.ends_on, campaign.years) == (date(2027, 1, 1), date(2027, 12, 31), "2027")
    with pytest.raises(RuleBroken, match="đã có phong trào cùng tên"):
        campaign_approval.start(name=" Năm  mới", **given)
    campaign_approval.drop(campaign, by=office, reason="Nhầm năm.")
    assert campaign_approval.start(name="Năm mới", **given).state == "draft"


def test_issuing_numbers_the_plan_and_creates_registrations(running):
    assert (running.state, running.document.reference) == ("running", "01/KH-UBND")
    kinds = set(running.registrations.values_list("unit__kind", flat=True))
    assert (kinds, running.registrations.count()) == ({"village", "school"}, 9)
    text = html.paper_html(running.document.paper)
    for fact in ("KẾ HOẠCH", "Phát động phong trào thi đua", "3.000", "TM. ỦY BAN NHÂN DÂN", "THỜI GIAN THỰC HIỆN"):
        assert fact in text
    assert "KINH PHÍ" not in text  # empty parts are not printed
    days = paper_text(text).partition("THỜI GIAN THỰC HIỆN")[2].partition("BIỆN PHÁP")[0]
    assert date_in_words(running.starts_on) in days and "/" not in days.replace("</", "")


def test_a_response_to_a_higher_campaign_names_it_in_the_plan(office, written):
    campaign_approval.save(
        written, by=office, initiator="central", parent_name="Cả nước thi đua", parent_paper="QĐ 1/QĐ-TTg"
    )
    text = paper_text(html.paper_html(campaign_paper(written, TODAY)))
    assert "Triển khai thực hiện" in text and "Hưởng ứng phong trào thi đua “Cả nước thi đua” (" in text


@pytest.mark.parametrize(
    ("verb", "login", "state", "error", "message"),
    [
        ("save", "thon1", "draft", NotAllowed, "dành cho Văn phòng phụ trách TĐKT"),
        ("save", "vanphong", "submitted", RuleBroken, "đã trình nên không sửa được"),
        ("submit", "vanthu", "draft", NotAllowed, "dành cho Văn phòng phụ trách TĐKT"),
        ("submit", "vanphong", "approved", RuleBroken, "đã trình rồi"),
        ("approve", "vanphong", "submitted", NotAllowed, "dành cho Chủ tịch UBND xã"),
        ("return", "chutich", "approved", RuleBroken, "cần ở “Chờ Chủ tịch duyệt”"),
        ("issue", "vanphong", "approved", NotAllowed, "dành cho Văn thư"),
        ("issue", "vanthu", "submitted", RuleBroken, "đã được Chủ tịch duyệt"),
        ("drop", "vanphong", "approved", RuleBroken, "Chủ tịch trả lại trước"),
        ("close", "vanphong", "draft", RuleBroken, "Phải tổng kết trước"),
    ],
)
def test_each_step_refuses_other_users_and_states(user, written, verb, login, state, error, message):
    Campaign.objects.filter(pk=written.pk).update(state=state)
    written.refresh_from_db()
    reason = {"reason": "Vì mưa bão."}
    extra = {"return": reason, "drop": reason, "issue": {"issued_on": TODAY}}.get(verb, {})
    with pytest.raises(error) as refused:
        if verb == "close":
            progress.close_campaign(by=user(login), campaign=written, **extra)
        else:
            getattr(campaign_approval, METHODS.get(verb, verb))(written, by=user(login), **extra)
    assert message in (refused.value.reason if error is NotAllowed else refused.value.message)
    written.refresh_from_db()
    assert (written.state, written.document) == (state, None)


def test_returned_with_a_reason_and_stale_forms(office, chair, written):
    seen = written.version
    campaign_approval.submit(written, by=office)
    with pytest.raises(RuleBroken, match="Hãy ghi lý do"):
        campaign_approval.send_back(written, by=chair, reason=" ")
    campaign_approval.send_back(written, by=chair, reason="Ghi rõ kinh phí.")
    assert (written.return_reason, written.returned_by) == ("Ghi rõ kinh phí.", chair.full_name)
    with pytest.raises(RuleBroken, match="đã được người khác thay đổi"):
        campaign_approval.save(written, by=office, seen=seen, budget="Quỹ xã.")
    with pytest.raises(RuleBroken, match="Chưa sửa gì"):
        campaign_approval.submit(written, by=office)
    goals = [GoalInput(text="Mỗi thôn một tuyến đường hoa", target=Decimal(10), measure="tuyến")]
    save_goals(by=office, campaign=written, goals=goals)
    campaign_approval.submit(written, by=office)
    assert (written.state, written.return_reason, written.earlier_return_reason) == (
        "submitted",
        "",
        "Ghi rõ kinh phí.",
    )
    changed = campaign_approval.changes(written)
    assert [(one.label, one.new) for one in changed] == [("Chỉ tiêu", "Mỗi thôn một tuyến đường hoa, 10 tuyến")]


def test_not_issued_in_the_future_or_after_the_end(clerk, approved):
    with pytest.raises(RuleBroken, match="sau hôm nay"):
        campaign_approval.issue(approved, by=clerk, issued_on=TODAY + timedelta(days=1))
    Campaign.objects.filter(pk=approved.pk).update(ends_on=TODAY - timedelta(days=1))
    with pytest.raises(RuleBroken, match="hết thời gian"):
        campaign_approval.issue(approved, by=clerk, issued_on=TODAY)


def test_days_are_changed_with_a_reason_shown_to_units(office, running, signed_in):
    days = {name: getattr(running, name) for name in Campaign.DAYS}
    later = rules.CampaignDays(**{**days, "final_on": END + timedelta(days=3)})
    with pytest.raises(RuleBroken, match="Chưa có ngày nào được đổi"):
        extend_campaign(by=office, campaign=running, days=rules.CampaignDays(**days), reason="Vì mưa bão.")
    with pytest.raises(RuleBroken, match="phải có ngày này") as broken:
        extend_campaign(
            by=office, campaign=running, days=rules.CampaignDays(**{**days, "register_by": None}), reason="Vì mưa bão."
        )
    assert broken.value.field == "register_by"
    extend_campaign(by=office, campaign=running, days=later, reason="Mưa lũ kéo dài.")
    page = page_of(signed_in("thon1").get(running.get_absolute_url()))
    assert "Mưa lũ kéo dài." in page and f"Tổng kết: {END:%d/%m/%Y} → {END + timedelta(days=3):%d/%m/%Y}" in page


def test_reviews_store_the_figures(office, running, user):
    head = user("thon1")
    registration = running.registrations.get(unit__code="thon1")
    road = running.goals.first()
    register_for_campaign(by=head, registration=registration, text="Làm đường", figures={road.pk: Decimal(600)})
    report_progress(by=head, registration=registration, on=TODAY, figures={road.pk: Decimal(450)})
    with pytest.raises(RuleBroken, match="Hãy ghi đánh giá sơ kết"):
        record_midterm_review(by=office, campaign=running, held_on=TODAY, note="")
    with pytest.raises(RuleBroken, match="sau hôm nay"):
        record_midterm_review(by=office, campaign=running, held_on=TODAY + timedelta(days=1), note="Tốt.")
    record_midterm_review(by=office, campaign=running, held_on=TODAY, note="Tốt.")
    assert running.midterm_figures[0] == {
        "goal": "Làm đường", "measure": "m", "target": "3.000", "pledged": "600", "reached": "450", "share": "15%",
    }  # fmt: skip
    with pytest.raises(RuleBroken, match="đã sơ kết"):
        record_midterm_review(by=office, campaign=running, held_on=TODAY, note="Lần nữa.")
    report_progress(by=head, registration=registration, on=TODAY, figures={road.pk: Decimal(700)})
    message = {"results": "Đạt.", "shortcomings": "Chậm.", "lessons": "Họp sớm."}
    with pytest.raises(RuleBroken) as broken:
        record_final_review(by=office, campaign=running, held_on=TODAY, **{**message, "lessons": " "})
    assert broken.value.field == "lessons"
    record_final_review(by=office, campaign=running, held_on=TODAY, **message)
    assert (running.state, running.final_figures[0]["reached"], running.midterm_figures[0]["reached"]) == (
        "summed",
        "700",
        "450",
    )
    with pytest.raises(RuleBroken, match="không còn đang thực hiện"):
        report_progress(by=head, registration=registration, on=TODAY, figures={road.pk: Decimal(800)})
    close_campaign(by=office, campaign=running)
    assert running.state == "closed"


def test_a_cancelled_campaign_has_no_open_registrations(running, commune):
    assert len(open_registrations(commune.pk, TODAY)) == 9
    campaign_steps.cancelled_campaign(running, "Dồn sức phòng dịch.")
    chips = campaign_filter_chips(Campaign.objects.all(), "", None)
    assert ("Đã hủy", 1) in [(chip["label"], chip["count"]) for chip in chips]
    assert "Đã xong" not in [chip["label"] for chip in chips]
    assert (running.state, open_registrations(commune.pk, TODAY), campaign_dates(commune.pk, START, END)) == (
        "cancelled",
        [],
        [],
    )
    assert Registration.objects.filter(campaign=running).count() == 9


def test_obligations_and_calendar_dates(running, commune, other_commune):
    (obligation, *more) = [
        obligation for obligation in open_obligations(commune.pk, TODAY) if obligation.kind == "registration"
    ]
    assert (len(more), obligation.object_id, obligation.requested_on, obligation.due_on) == (
        8,
        running.pk,
        TODAY,
        last_days_of(commune.pk).of(running.register_by),
    )
    row = open_registrations(commune.pk, TODAY)[0]
    assert (row.unit.code, row.campaign, row.due_on) == ("thon1", running, obligation.due_on)
    assert (
        open_registrations(other_commune.pk, TODAY) == [] == open_registrations(commune.pk, TODAY - timedelta(days=1))
    )
    days = campaign_dates(commune.pk, TODAY, TODAY + timedelta(days=10))
    assert [(day, title.split(":")[0]) for day, title, _ in days] == [
        (TODAY, "Sơ kết"),
        (obligation.due_on, "Hạn đăng ký"),
    ]


def test_fields_without_a_campaign(office, running, commune):
    year = TODAY.year
    assert [campaign.pk for campaign in campaigns_of_all_fields(office, year)] == [running.pk]
    assert not any(line.campaigns for line in field_coverage(office, year))
    Campaign.objects.filter(pk=running.pk).update(field=Field.objects.first())
    assert [bool(line.campaigns) for line in field_coverage(office, year)][:2] == [True, False]
    assert campaigns_of_all_fields(office, year) == []


def test_all_steps_on_the_pages(signed_in, commune):
    office, chair, clerk, head = (signed_in(login) for login in ("vanphong", "chutich", "vanthu", "thon1"))
    data = {"name": "Năm 2027 mới", "kind": "thematic", "initiator": "own", "year": TODAY.year, "once": "c" * 20}
    for _ in range(2):
        office.post(reverse("campaigns:start_campaign"), data)
    campaign = Campaign.objects.get()
    page = page_of(office.get(campaign.get_absolute_url()))
    assert "Còn thiếu trước khi trình" in page and "Kế hoạch chưa rõ" in page
    shown = {name: f"{value:%d/%m/%Y}" if isinstance(value, date) else value for name, value in PLAN.items()}
    given = {
        **shown,
        "name": campaign.name,
        "kind": "thematic",
        "initiator": "own",
        "signer": "Lê Văn A",
        "recipients": "Lưu: VT",
    }
    edit = reverse("campaigns:edit_campaign", args=[campaign.pk])
    wrong = office.post(edit, {**given, "ends_on": "31/02/2026", "purpose": "Giữ lại chữ này"})
    assert wrong.status_code == 422 and "Giữ lại chữ này" in page_of(wrong)
    assert office.post(edit, {**given, "seen": campaign.version}).status_code == 302
    goals = reverse("campaigns:edit_goals", args=[campaign.pk])
    assert office.post(goals, {"text_0": "", "target_0": "5"}).status_code == 422
    assert office.post(goals, {"text_0": "Làm đường", "target_0": "3,5,5"}).status_code == 422
    office.post(goals, {"text_0": "Làm đường", "target_0": "1.250,5", "measure_0": "m", "text_1": ""})
    assert [(goal.text, goal.target) for goal in campaign.goals.all()] == [("Làm đường", Decimal("1250.50"))]
    preview = office.post(reverse("campaigns:preview_campaign", args=[campaign.pk]), follow=True)
    assert preview.redirect_chain[0][0].startswith("/van-ban/nhap/")
    office.post(reverse("campaigns:submit_campaign", args=[campaign.pk]))
    assert head.get(campaign.get_absolute_url()).status_code == 404
    chair.post(reverse("campaigns:approve_campaign", args=[campaign.pk]))
    clerk.post(reverse("campaigns:issue_campaign", args=[campaign.pk]), {"issued_on": f"{TODAY:%d/%m/%Y}"})
    campaign.refresh_from_db()
    assert campaign.state == "running"
    assert "0/9" in page_of(office.get(reverse("campaigns:campaigns") + f"?nam={TODAY.year}&loc=dang"))
    assert campaign.name not in page_of(office.get(reverse("campaigns:campaigns") + "?loc=xong"))
    assert head.get(campaign.document.get_absolute_url()).status_code == 200
