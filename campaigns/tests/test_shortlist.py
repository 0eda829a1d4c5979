"""The shortlist, its notice, publishing with consent, quarter submissions."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.exemplars.actions.consent import record_consent
from campaigns.exemplars.actions.exemplar import accept_exemplar, start_exemplar, start_nothing, submit_exemplar
from campaigns.exemplars.actions.follow_up import record_follow_up
from campaigns.exemplars.actions.period import open_month
from campaigns.exemplars.actions.quarter_submission import submit_to_quarter, withdraw_from_quarter
from campaigns.exemplars.actions.shortlist import (
    add_to_shortlist,
    edit_shortlist_entry,
    publish_shortlist,
    remove_from_shortlist,
    unpublish_shortlist,
    unpublish_shortlist_entry,
)
from campaigns.exemplars.actions.shortlist_notice import (
    shortlist_notice_approval,
    start_shortlist_notice,
)
from campaigns.exemplars.models.consent import Consent
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.models.quarter_submission import QuarterSubmission
from campaigns.exemplars.models.shortlist import ShortlistEntry
from campaigns.exemplars.models.shortlist_notice import ShortlistNotice
from campaigns.exemplars.papers.shortlist_notice import shortlist_notice_paper
from campaigns.exemplars.queries.period import period_board, period_lines, unanswered_periods, unit_periods
from campaigns.exemplars.queries.period_obligations import period_obligations
from campaigns.exemplars.queries.shortlist import (
    reason_not_public,
    shortlist_candidates,
    shortlist_coverage,
    shortlist_of,
)
from campaigns.exemplars.rules.consent import may_be_minor
from campaigns.exemplars.rules.period import months_of_quarter, quarter_of_month
from campaigns.exemplars.rules.shortlist import first_sentence, private_data_in
from campaigns.tests.campaign_steps import METHODS
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.documents.engines import html
from emulation.notices.models import Notification
from tests.html import paper_text
from villages.models import Unit

DAY = date(2026, 11, 20)


@pytest.fixture
def accepted(office, submitted):
    return accept_exemplar(by=office, exemplar=submitted)


@pytest.fixture
def entry(office, period, accepted):
    return add_to_shortlist(by=office, period=period, exemplars=[accepted])[0]


@pytest.fixture
def quarter(commune, period):
    """The quarter of the month, open from today."""
    today = timezone.localdate()
    return Period.objects.create(
        commune=commune, kind="quarter", year=2026, number=4, opens_on=today, due_on=max(today, date(2026, 12, 25))
    )


def agree(by, exemplar, **more):
    facts = {"answer": "given", "answered_on": DAY, "how": "said", "by_whom": "Vi Văn Thành", **more}
    return record_consent(by=by, exemplar=exemplar, **facts)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Gọi 0912 345 678 hoặc +84 912345678", ["số điện thoại"]),
        ("CCCD 038099123457", ["số căn cước"]),
        ("Số 138099123457", ["số căn cước"]),
        ("Anh Thành, sinh năm 1988; sn 1990", ["năm sinh"]),
        ("Ngày 04/10/2026 hiến 200 m2 đất, thu 1.490.000.000 đồng", []),
        ("Sinh ra ở thôn 1, năm 2020 góp 015 công", []),
    ],
)
def test_private_data_is_found(text, marks):
    assert private_data_in(text) == marks


def test_months_quarters_first_sentence_and_age():
    assert [quarter_of_month(month) for month in (1, 3, 4, 12)] == [1, 1, 2, 4]
    assert months_of_quarter(4) == (10, 11, 12)
    assert first_sentence("Hiến 1.200 m2 đất. Góp công.") == "Hiến 1.200 m2 đất"
    long = first_sentence("một hai ba " * 40)
    assert len(long) <= 160 and long.endswith("…")
    assert [may_be_minor(year, 2026) for year in (None, 2007, 2008, 2015)] == [False, False, True, True]


def test_an_accepted_exemplar_is_added_once_and_its_unit_notified(office, village_head, period, accepted, entry):
    assert (entry.place, entry.gist[:12], entry.published_on) == (1, "Hiến 200 m2 ", None)
    assert add_to_shortlist(by=office, period=period, exemplars=[accepted]) == []
    assert ShortlistEntry.objects.count() == 1
    assert any("Được chọn vào danh sách" in row.text for row in Notification.objects.filter(user=village_head))
    assert [row.chosen for row in shortlist_candidates(period)] == [True]


def test_only_accepted_exemplars_of_the_period_are_added(office, commune, period, submitted):
    with pytest.raises(RuleBroken, match="ít nhất một"):
        add_to_shortlist(by=office, period=period, exemplars=[])
    with pytest.raises(RuleBroken, match="đã chấp nhận của chính kỳ này"):
        add_to_shortlist(by=office, period=period, exemplars=[submitted])
    accept_exemplar(by=office, exemplar=submitted)
    october = open_month(commune=commune, on=date(2026, 10, 1))
    with pytest.raises(RuleBroken, match="của chính kỳ này"):
        add_to_shortlist(by=office, period=october, exemplars=[submitted])
    assert not ShortlistEntry.objects.exists()


@pytest.mark.parametrize("login", ["thon1", "vanthu", "chutich", "hoidong2", "phongnoivu", "quantri"])
def test_only_the_office_edits_and_publishes(user, period, accepted, entry, login):
    for call in (
        lambda by: add_to_shortlist(by=by, period=period, exemplars=[accepted]),
        lambda by: publish_shortlist(by=by, period=period),
        lambda by: remove_from_shortlist(by=by, entry=entry, reason="Thử"),
        lambda by: start_shortlist_notice(by=by, period=period),
        lambda by: record_follow_up(by=by, exemplar=accepted, kind="example", done_on=DAY),
    ):
        with pytest.raises(NotAllowed):
            call(user(login))


def test_removing_an_entry_needs_a_reason(office, period, accepted, entry, signed_in):
    with pytest.raises(RuleBroken, match="Hãy ghi lý do"):
        remove_from_shortlist(by=office, entry=entry, reason=" ")
    remove_from_shortlist(by=office, entry=entry, reason="Trùng với tháng trước")
    assert not ShortlistEntry.objects.exists()
    again = signed_in("vanphong").post(reverse("campaigns:strike", args=[entry.pk]), {"reason": "Trùng"}, follow=True)
    assert again.redirect_chain == [(entry.get_absolute_url(), 302)] and "bạn đã bỏ rồi" in again.content.decode()
    assert add_to_shortlist(by=office, period=period, exemplars=[accepted])


def test_a_quarter_has_candidates_of_its_months_and_its_own(
    office, village_head, period, quarter, unit, full_content, entry
):
    own = start_exemplar(by=village_head, unit=unit, period=quarter, content=full_content)
    submit_exemplar(by=village_head, exemplar=own)
    accept_exemplar(by=office, exemplar=own)
    rows = shortlist_candidates(quarter)
    assert {row.exemplar.pk: row.in_month for row in rows} == {entry.exemplar_id: True, own.pk: False}
    spread = shortlist_coverage(quarter, rows)
    assert sum(accepted for _, accepted, _ in spread.fields) == 2
    assert unit not in spread.empty_units and len(spread.empty_units) == 13
    assert len(add_to_shortlist(by=office, period=quarter, exemplars=[row.exemplar for row in rows])) == 2


def test_the_roman_number_of_a_quarter_keeps_its_capitals(signed_in, village_head, quarter, unit, full_content):
    form = signed_in("thon1").get(reverse("campaigns:new", args=[quarter.pk, unit.pk])).content.decode()
    assert "Điển hình quý IV/2026" in form
    own = start_exemplar(by=village_head, unit=unit, period=quarter, content=full_content)
    submit_exemplar(by=village_head, exemplar=own)
    review = signed_in("vanphong").get(own.get_absolute_url()).content.decode()
    assert "quý IV/2026" in review
    assert "quý iv" not in form + review


# ── quarter submissions ──────────────────────────────────────────────────────────────────────────
def test_submitting_an_exemplar_answers_the_quarter(
    in_november, village_head, office, commune, unit, quarter, accepted
):
    today = timezone.localdate()
    assert quarter in [item.period for item in unanswered_periods([unit.pk], commune.pk, today)]
    for _ in range(2):
        submit_to_quarter(by=village_head, exemplar=accepted)
    assert QuarterSubmission.objects.count() == 1
    assert quarter not in [item.period for item in unanswered_periods([unit.pk], commune.pk, today)]
    item = next(item for item in unit_periods([unit], commune.pk, today) if item.period == quarter)
    assert (item.picked, item.may_say_nothing) == (1, False)
    assert [row.unit for row in period_board(quarter) if row.answered] == [unit]
    assert [(line["units"], line["accepted"]) for line in period_lines([quarter])] == [(1, 1)]
    assert unit.pk not in {
        obligation.unit_id for obligation in period_obligations(commune.pk, today) if obligation.object_id == quarter.pk
    }
    assert [row.picked for row in shortlist_candidates(quarter)] == [True]
    with pytest.raises(RuleBroken, match="Hãy rút đề xuất"):
        start_nothing(by=village_head, unit=unit, period=quarter, reason="Không có")
    add_to_shortlist(by=office, period=quarter, exemplars=[accepted])
    with pytest.raises(RuleBroken, match="Văn phòng đã chọn"):
        withdraw_from_quarter(by=village_head, exemplar=accepted)
    remove_from_shortlist(by=office, entry=ShortlistEntry.objects.get(), reason="Nhầm")
    withdraw_from_quarter(by=village_head, exemplar=accepted)
    assert not QuarterSubmission.objects.exists()


def test_refused_quarter_submissions(village_head, other_village_head, unit, submitted, office, period):
    with pytest.raises(RuleBroken, match="Văn phòng đã chấp nhận"):
        submit_to_quarter(by=village_head, exemplar=submitted)
    accept_exemplar(by=office, exemplar=submitted)
    with pytest.raises(RuleBroken, match="chưa mở"):
        submit_to_quarter(by=village_head, exemplar=submitted)
    with pytest.raises(NotAllowed):
        submit_to_quarter(by=other_village_head, exemplar=submitted)
    today = timezone.localdate()
    quarter = Period.objects.create(
        commune=period.commune, kind="quarter", year=2026, number=4, opens_on=today, due_on=today, closed_on=today
    )
    with pytest.raises(RuleBroken, match="đã chốt"):
        submit_to_quarter(by=village_head, exemplar=submitted)
    Period.objects.filter(pk=quarter.pk).update(closed_on=None)
    start_nothing(by=village_head, unit=unit, period=quarter, reason="Không có")
    with pytest.raises(RuleBroken, match="không có điển hình"):
        submit_to_quarter(by=village_head, exemplar=submitted)


# ── consent and the public page ──────────────────────────────────────────────────────────────────
def test_nobody_is_published_without_consent(office, village_head, period, entry):
    assert reason_not_public(shortlist_of(period).get()) == "chưa hỏi ý kiến"
    with pytest.raises(RuleBroken, match="Chưa đăng được ai"):
        publish_shortlist(by=office, period=period)
    agree(village_head, entry.exemplar)
    shown, left = publish_shortlist(by=office, period=period)
    assert (len(shown), left, ShortlistEntry.objects.published().count()) == (1, [], 1)
    with pytest.raises(RuleBroken, match="đã đăng"):
        publish_shortlist(by=office, period=period)


def test_withdrawn_consent_unpublishes_at_once(office, village_head, period, entry):
    agree(village_head, entry.exemplar, photos=True)
    publish_shortlist(by=office, period=period)
    agree(village_head, entry.exemplar, answer="refused", photos=True)
    consent = Consent.objects.get()
    assert (consent.photos, ShortlistEntry.objects.published().count()) == (False, 0)
    entry.refresh_from_db()
    assert entry.published_on is None
    assert any("đã gỡ khỏi trang công khai" in row.text for row in Notification.objects.filter(user=office))
    agree(village_head, entry.exemplar)
    assert not ShortlistEntry.objects.published().exists()  # only the office publishes again


def test_stories_with_private_data_are_not_published(office, village_head, period, entry):
    agree(village_head, entry.exemplar)
    words = {"gist": entry.gist, "place": 1}
    edit_shortlist_entry(by=office, entry=entry, story="Gọi 0912345678", **words)
    assert "số điện thoại" in reason_not_public(shortlist_of(period).get())
    with pytest.raises(RuleBroken, match="Chưa đăng được ai"):
        publish_shortlist(by=office, period=period)
    edit_shortlist_entry(by=office, entry=entry, story="Hiến đất làm đường.", **words)
    publish_shortlist(by=office, period=period)
    entry.refresh_from_db()
    with pytest.raises(RuleBroken, match="số điện thoại"):
        edit_shortlist_entry(by=office, entry=entry, story="Gọi 0912345678", **words)
    unpublish_shortlist_entry(by=office, entry=entry, reason="Sai tên thôn")
    assert not ShortlistEntry.objects.published().exists()


def test_a_whole_period_is_unpublished(office, village_head, period, entry):
    agree(village_head, entry.exemplar)
    publish_shortlist(by=office, period=period)
    assert unpublish_shortlist(by=office, period=period, reason="Rà soát lại") == 1
    with pytest.raises(RuleBroken, match="Chưa đăng điển hình nào"):
        unpublish_shortlist(by=office, period=period, reason="Nữa")


def test_a_child_needs_a_guardian(office, accepted):
    type(accepted.person).objects.filter(pk=accepted.person_id).update(birth_year=2012)
    with pytest.raises(RuleBroken, match="giám hộ") as broken:
        agree(office, Exemplar.objects.get(pk=accepted.pk))
    assert broken.value.field == "guardian"
    assert agree(office, accepted, guardian=True, by_whom="Vi Văn Hải (bố)").guardian


def test_who_may_record_consent(user, accepted):
    for login in ("thon2", "vanthu", "chutich", "hoidong2", "phongnoivu"):
        with pytest.raises(NotAllowed):
            agree(user(login), accepted)
    with pytest.raises(RuleBroken, match="sau hôm nay"):
        agree(user("thon1"), accepted, answered_on=date(2126, 1, 1))
    with pytest.raises(RuleBroken, match="ai trả lời"):
        agree(user("thon1"), accepted, by_whom=" ")
    assert agree(user("vanphong"), accepted).is_given


# ── the notice ───────────────────────────────────────────────────────────────────────────────────
def test_the_notice_from_draft_to_issue(office, chair, clerk, village_head, user, period, entry):
    notice = start_shortlist_notice(by=office, period=period)
    with pytest.raises(RuleBroken, match="đã có danh sách"):
        start_shortlist_notice(by=office, period=period)
    with pytest.raises(RuleBroken, match="đồng ý cho nêu gương"):
        shortlist_notice_approval.submit(notice, by=office)
    agree(village_head, entry.exemplar)
    shortlist_notice_approval.submit(notice, by=office)
    for broken in (
        lambda: remove_from_shortlist(by=office, entry=entry, reason="Muộn"),
        lambda: add_to_shortlist(by=office, period=period, exemplars=[entry.exemplar]),
        lambda: shortlist_notice_approval.submit(notice, by=office),
    ):
        with pytest.raises(RuleBroken, match="đã trình"):
            broken()
    shortlist_notice_approval.send_back(notice, by=chair, reason="Ghi rõ hơn")
    texts = {name: getattr(notice, name) for name in ShortlistNotice.EDITABLE}
    shortlist_notice_approval.save(notice, by=office, **{**texts, "deputy": True, "signer": "Lê Thị Ý Nhi"})
    shortlist_notice_approval.submit(notice, by=office)
    shortlist_notice_approval.approve(notice, by=chair)
    assert shortlist_notice_approval.preview(notice, by=clerk).paper.status == "for_signature"
    with pytest.raises(RuleBroken, match="sau hôm nay"):
        shortlist_notice_approval.issue(notice, by=clerk, issued_on=date(2126, 1, 1))
    shortlist_notice_approval.issue(notice, by=clerk, issued_on=DAY)
    assert (notice.state, notice.document.reference) == ("issued", "01/TB-UBND")
    for login, sees in (("thon2", 1), ("hoidong2", 1), ("phongnoivu", 1), ("quantri", 0)):
        assert ShortlistNotice.objects.visible_to(user(login)).count() == sees, login


@pytest.mark.parametrize(
    ("verb", "login"), [("submit", "thon1"), ("approve", "vanphong"), ("return", "vanthu"), ("issue", "vanphong")]
)
def test_each_step_of_the_notice_refuses_other_users(user, office, village_head, period, entry, verb, login):
    agree(village_head, entry.exemplar)
    notice = start_shortlist_notice(by=office, period=period)
    extra = {"return": {"reason": "Sửa"}, "issue": {"issued_on": DAY}}.get(verb, {})
    with pytest.raises(NotAllowed):
        getattr(shortlist_notice_approval, METHODS.get(verb, verb))(notice, by=user(login), **extra)


def test_the_notice_has_only_nominees_with_consent_and_no_private_data(
    office, village_head, period, entry, full_content
):
    other = start_exemplar(by=village_head, unit=entry.exemplar.unit, period=period, content=full_content)
    submit_exemplar(by=village_head, exemplar=other)
    accept_exemplar(by=office, exemplar=other)
    add_to_shortlist(by=office, period=period, exemplars=[other])
    agree(village_head, entry.exemplar)
    agree(village_head, other, answer="refused")
    notice = start_shortlist_notice(by=office, period=period)
    paper = shortlist_notice_paper(notice, shortlist_of(period), DAY)
    text = paper_text(html.paper_html(paper))
    assert text.count("Vi Văn Thành") == 1 and "1988" not in text
    assert paper.title == "Thông báo danh sách điển hình tiên tiến tháng 11 năm 2026"


def test_consent_withdrawn_after_issue_is_shown_to_staff_only(
    office, chair, clerk, village_head, period, entry, signed_in
):
    agree(village_head, entry.exemplar)
    notice = start_shortlist_notice(by=office, period=period)
    shortlist_notice_approval.submit(notice, by=office)
    shortlist_notice_approval.approve(notice, by=chair)
    shortlist_notice_approval.issue(notice, by=clerk, issued_on=DAY)
    agree(village_head, entry.exemplar, answer="refused")
    page = signed_in("vanphong").get(notice.get_absolute_url()).content.decode()
    assert "Đã rút đồng ý sau khi ban hành" in page and "Không ghi trong văn bản" not in page
    assert page.count("Vi Văn Thành") == 2
    assert "Đã rút đồng ý" not in signed_in("thon2").get(notice.get_absolute_url()).content.decode()


def test_another_commune_sees_nothing(other_commune, user, entry, office, period):
    start_shortlist_notice(by=office, period=period)
    stranger = user("la-vanphong")
    assert not ShortlistEntry.objects.visible_to(stranger).exists()
    assert not ShortlistNotice.objects.visible_to(stranger).exists()
    with pytest.raises(NotAllowed):
        add_to_shortlist(by=stranger, period=period, exemplars=[entry.exemplar])
    assert Unit.objects.filter(commune=other_commune).exists()
