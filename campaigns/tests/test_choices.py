"""Choosing, the list on paper, publishing with consent, a unit's word for the quarter."""

from datetime import date

import pytest
from django.utils import timezone

from campaigns import actions, rules
from campaigns.models import Choice, ChosenList, Consent, Exemplar, Period, QuarterPick
from campaigns.papers import chosen_paper
from campaigns.queries.asks import of_periods
from campaigns.queries.choice import candidates, chosen, coverage, why_not_public
from campaigns.queries.exemplar import answered_lines, asked_of, board, owed_by
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.documents.engines import html
from emulation.notices.models import Notice
from villages.models import Unit

DAY = date(2026, 11, 20)


@pytest.fixture
def accepted(office, submitted):
    return actions.accept_exemplar(by=office, exemplar=submitted)


@pytest.fixture
def choice(office, period, accepted):
    return actions.choose(by=office, period=period, exemplars=[accepted])[0]


@pytest.fixture
def quarter(commune, period):
    """The quarter of the month, asked for from today."""
    today = timezone.localdate()
    return Period.objects.create(
        commune=commune, kind="quarter", year=2026, number=4, opens_on=today, due_on=max(today, date(2026, 12, 25))
    )


def agree(by, exemplar, **more):
    facts = {"answer": "given", "answered_on": DAY, "how": "said", "by_whom": "Vi Văn Thành", **more}
    return actions.record_consent(by=by, exemplar=exemplar, **facts)


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
def test_what_must_not_stand_on_a_public_page(text, marks):
    assert rules.private_marks(text) == marks


def test_months_quarters_gist_and_age():
    assert [rules.quarter_of(month) for month in (1, 3, 4, 12)] == [1, 1, 2, 4]
    assert rules.months_of(4) == (10, 11, 12)
    assert rules.gist("Hiến 1.200 m2 đất. Góp công.") == "Hiến 1.200 m2 đất"
    long = rules.gist("một hai ba " * 40)
    assert len(long) <= 160 and long.endswith("…")
    assert [rules.may_be_minor(year, 2026) for year in (None, 2007, 2008, 2015)] == [False, False, True, True]


def test_an_accepted_one_is_chosen_once_and_the_unit_is_told(office, village_head, period, accepted, choice):
    assert (choice.place, choice.gist[:12], choice.published_on) == (1, "Hiến 200 m2 ", None)
    assert actions.choose(by=office, period=period, exemplars=[accepted]) == []
    assert Choice.objects.count() == 1
    assert any("Được chọn vào danh sách" in row.text for row in Notice.objects.filter(user=village_head))
    assert [row.chosen for row in candidates(period)] == [True]


def test_what_may_not_be_chosen(office, commune, period, submitted):
    with pytest.raises(RuleBroken, match="ít nhất một"):
        actions.choose(by=office, period=period, exemplars=[])
    with pytest.raises(RuleBroken, match="đã chấp nhận của chính kỳ này"):
        actions.choose(by=office, period=period, exemplars=[submitted])
    actions.accept_exemplar(by=office, exemplar=submitted)
    october = actions.open_month(commune=commune, on=date(2026, 10, 1))
    with pytest.raises(RuleBroken, match="của chính kỳ này"):
        actions.choose(by=office, period=october, exemplars=[submitted])
    assert not Choice.objects.exists()


@pytest.mark.parametrize("login", ["thon1", "vanthu", "chutich", "hoidong2", "phongnoivu", "quantri"])
def test_only_the_office_chooses_and_publishes(user, period, accepted, choice, login):
    for call in (
        lambda by: actions.choose(by=by, period=period, exemplars=[accepted]),
        lambda by: actions.publish(by=by, period=period),
        lambda by: actions.strike(by=by, choice=choice, reason="Thử"),
        lambda by: actions.start_list(by=by, period=period),
        lambda by: actions.follow_up(by=by, exemplar=accepted, kind="example", done_on=DAY),
    ):
        with pytest.raises(NotAllowed):
            call(user(login))


def test_taking_off_needs_a_reason_and_leaves_a_trace(office, period, accepted, choice):
    with pytest.raises(RuleBroken, match="Hãy ghi lý do"):
        actions.strike(by=office, choice=choice, reason=" ")
    actions.strike(by=office, choice=choice, reason="Trùng với tháng trước")
    assert not Choice.objects.exists()
    assert actions.choose(by=office, period=period, exemplars=[accepted])


def test_a_quarter_is_chosen_from_its_months_and_its_own(office, village_head, period, quarter, unit, full, choice):
    own = actions.start_exemplar(by=village_head, unit=unit, period=quarter, content=full)
    actions.submit_exemplar(by=village_head, exemplar=own)
    actions.accept_exemplar(by=office, exemplar=own)
    rows = candidates(quarter)
    assert {row.exemplar.pk: row.in_month for row in rows} == {choice.exemplar_id: True, own.pk: False}
    spread = coverage(quarter, rows)
    assert sum(accepted for _, accepted, _ in spread.fields) == 2
    assert unit not in spread.empty_units and len(spread.empty_units) == 13
    assert len(actions.choose(by=office, period=quarter, exemplars=[row.exemplar for row in rows])) == 2


# ── a unit's word for the quarter ────────────────────────────────────────────────────────────────
def test_one_tap_answers_the_quarter(in_november, village_head, office, commune, unit, quarter, accepted):
    today = timezone.localdate()
    assert quarter in [item.period for item in owed_by([unit.pk], commune.pk, today)]
    for _ in range(2):
        actions.pick(by=village_head, exemplar=accepted)
    assert QuarterPick.objects.count() == 1
    assert quarter not in [item.period for item in owed_by([unit.pk], commune.pk, today)]
    item = next(item for item in asked_of([unit], commune.pk, today) if item.period == quarter)
    assert (item.picked, item.may_say_nothing) == (1, False)
    assert [row.unit for row in board(quarter) if row.answered] == [unit]
    assert [(line["units"], line["accepted"]) for line in answered_lines([quarter])] == [(1, 1)]
    assert unit.pk not in {ask.unit_id for ask in of_periods(commune.pk, today) if ask.object_id == quarter.pk}
    assert [row.picked for row in candidates(quarter)] == [True]
    with pytest.raises(RuleBroken, match="Hãy rút đề xuất"):
        actions.start_nothing(by=village_head, unit=unit, period=quarter, reason="Không có")
    actions.choose(by=office, period=quarter, exemplars=[accepted])
    with pytest.raises(RuleBroken, match="Văn phòng đã chọn"):
        actions.unpick(by=village_head, exemplar=accepted)
    actions.strike(by=office, choice=Choice.objects.get(), reason="Nhầm")
    actions.unpick(by=village_head, exemplar=accepted)
    assert not QuarterPick.objects.exists()


def test_when_the_quarter_cannot_be_answered_so(village_head, other_village_head, unit, submitted, office, period):
    with pytest.raises(RuleBroken, match="Văn phòng đã chấp nhận"):
        actions.pick(by=village_head, exemplar=submitted)
    actions.accept_exemplar(by=office, exemplar=submitted)
    with pytest.raises(RuleBroken, match="chưa mở"):
        actions.pick(by=village_head, exemplar=submitted)
    with pytest.raises(NotAllowed):
        actions.pick(by=other_village_head, exemplar=submitted)
    today = timezone.localdate()
    quarter = Period.objects.create(
        commune=period.commune, kind="quarter", year=2026, number=4, opens_on=today, due_on=today, closed_on=today
    )
    with pytest.raises(RuleBroken, match="đã chốt"):
        actions.pick(by=village_head, exemplar=submitted)
    Period.objects.filter(pk=quarter.pk).update(closed_on=None)
    actions.start_nothing(by=village_head, unit=unit, period=quarter, reason="Không có")
    with pytest.raises(RuleBroken, match="không có điển hình"):
        actions.pick(by=village_head, exemplar=submitted)


# ── consent and the public page ──────────────────────────────────────────────────────────────────
def test_nobody_is_published_without_his_word(office, village_head, period, choice):
    assert why_not_public(chosen(period).get()) == "chưa hỏi ý kiến"
    with pytest.raises(RuleBroken, match="Chưa đăng được ai"):
        actions.publish(by=office, period=period)
    agree(village_head, choice.exemplar)
    shown, left = actions.publish(by=office, period=period)
    assert (len(shown), left, Choice.objects.published().count()) == (1, [], 1)
    with pytest.raises(RuleBroken, match="đã đăng"):
        actions.publish(by=office, period=period)


def test_a_word_taken_back_takes_the_page_down_at_once(office, village_head, period, choice):
    agree(village_head, choice.exemplar, photos=True)
    actions.publish(by=office, period=period)
    agree(village_head, choice.exemplar, answer="refused", photos=True)
    consent = Consent.objects.get()
    assert (consent.photos, Choice.objects.published().count()) == (False, 0)
    choice.refresh_from_db()
    assert choice.published_on is None
    assert any("đã gỡ khỏi trang công khai" in row.text for row in Notice.objects.filter(user=office))
    agree(village_head, choice.exemplar)
    assert not Choice.objects.published().exists()  # the office publishes again, nobody else


def test_private_words_are_not_published(office, village_head, period, choice):
    agree(village_head, choice.exemplar)
    words = {"gist": choice.gist, "place": 1}
    actions.edit_choice(by=office, choice=choice, story="Gọi 0912345678", **words)
    assert "số điện thoại" in why_not_public(chosen(period).get())
    with pytest.raises(RuleBroken, match="Chưa đăng được ai"):
        actions.publish(by=office, period=period)
    actions.edit_choice(by=office, choice=choice, story="Hiến đất làm đường.", **words)
    actions.publish(by=office, period=period)
    choice.refresh_from_db()
    with pytest.raises(RuleBroken, match="số điện thoại"):
        actions.edit_choice(by=office, choice=choice, story="Gọi 0912345678", **words)
    actions.take_down(by=office, choice=choice, reason="Sai tên thôn")
    assert not Choice.objects.published().exists()


def test_a_whole_period_is_taken_down(office, village_head, period, choice):
    agree(village_head, choice.exemplar)
    actions.publish(by=office, period=period)
    assert actions.unpublish(by=office, period=period, reason="Rà soát lại") == 1
    with pytest.raises(RuleBroken, match="Chưa đăng điển hình nào"):
        actions.unpublish(by=office, period=period, reason="Nữa")


def test_a_child_needs_a_guardian(office, accepted):
    type(accepted.person).objects.filter(pk=accepted.person_id).update(birth_year=2012)
    with pytest.raises(RuleBroken, match="giám hộ") as broken:
        agree(office, Exemplar.objects.get(pk=accepted.pk))
    assert broken.value.field == "guardian"
    assert agree(office, accepted, guardian=True, by_whom="Vi Văn Hải (bố)").guardian


def test_who_may_write_the_word_down(user, accepted):
    for login in ("thon2", "vanthu", "chutich", "hoidong2", "phongnoivu"):
        with pytest.raises(NotAllowed):
            agree(user(login), accepted)
    with pytest.raises(RuleBroken, match="tương lai"):
        agree(user("thon1"), accepted, answered_on=date(2126, 1, 1))
    with pytest.raises(RuleBroken, match="ai trả lời"):
        agree(user("thon1"), accepted, by_whom=" ")
    assert agree(user("vanphong"), accepted).is_given


# ── the list on paper ────────────────────────────────────────────────────────────────────────────
def test_the_list_from_the_office_to_the_number(office, chair, clerk, village_head, user, period, choice):
    chosen_list = actions.start_list(by=office, period=period)
    with pytest.raises(RuleBroken, match="đã có danh sách"):
        actions.start_list(by=office, period=period)
    with pytest.raises(RuleBroken, match="đồng ý cho nêu gương"):
        actions.submit_list(by=office, chosen_list=chosen_list)
    agree(village_head, choice.exemplar)
    actions.submit_list(by=office, chosen_list=chosen_list)
    for broken in (
        lambda: actions.strike(by=office, choice=choice, reason="Muộn"),
        lambda: actions.choose(by=office, period=period, exemplars=[choice.exemplar]),
        lambda: actions.submit_list(by=office, chosen_list=chosen_list),
    ):
        with pytest.raises(RuleBroken, match="đã trình"):
            broken()
    actions.return_list(by=chair, chosen_list=chosen_list, reason="Ghi rõ hơn")
    texts = {name: getattr(chosen_list, name) for name in (*ChosenList.TEXTS, "signer", "deputy")}
    actions.save_list(by=office, chosen_list=chosen_list, **{**texts, "deputy": True})
    actions.submit_list(by=office, chosen_list=chosen_list)
    actions.approve_list(by=chair, chosen_list=chosen_list)
    assert actions.preview_list(by=clerk, chosen_list=chosen_list).paper.status == "for_signature"
    with pytest.raises(RuleBroken, match="tương lai"):
        actions.issue_list(by=clerk, chosen_list=chosen_list, issued_on=date(2126, 1, 1))
    actions.issue_list(by=clerk, chosen_list=chosen_list, issued_on=DAY)
    assert (chosen_list.state, chosen_list.document.reference) == ("issued", "01/TB-UBND")
    for login, sees in (("thon2", 1), ("hoidong2", 1), ("phongnoivu", 1), ("quantri", 0)):
        assert ChosenList.objects.visible_to(user(login)).count() == sees, login


@pytest.mark.parametrize(
    ("verb", "login"), [("submit", "thon1"), ("approve", "vanphong"), ("return", "vanthu"), ("issue", "vanphong")]
)
def test_each_step_of_the_list_has_its_person(user, office, village_head, period, choice, verb, login):
    agree(village_head, choice.exemplar)
    chosen_list = actions.start_list(by=office, period=period)
    extra = {"return": {"reason": "Sửa"}, "issue": {"issued_on": DAY}}.get(verb, {})
    with pytest.raises(NotAllowed):
        getattr(actions, f"{verb}_list")(by=user(login), chosen_list=chosen_list, **extra)


def test_the_paper_names_who_agreed_and_nothing_private(office, village_head, period, choice, full):
    other = actions.start_exemplar(by=village_head, unit=choice.exemplar.unit, period=period, content=full)
    actions.submit_exemplar(by=village_head, exemplar=other)
    actions.accept_exemplar(by=office, exemplar=other)
    actions.choose(by=office, period=period, exemplars=[other])
    agree(village_head, choice.exemplar)
    agree(village_head, other, answer="refused")
    chosen_list = actions.start_list(by=office, period=period)
    paper = chosen_paper(chosen_list, chosen(period), DAY)
    text = html.body(paper)
    assert text.count("Vi Văn Thành") == 1 and "1988" not in text
    assert paper.title == "Thông báo danh sách điển hình tiên tiến tháng 11 năm 2026"


def test_a_consent_withdrawn_after_issue_leaves_the_page_as_the_paper_is(
    office, chair, clerk, village_head, period, choice, signed_in
):
    agree(village_head, choice.exemplar)
    chosen_list = actions.start_list(by=office, period=period)
    actions.submit_list(by=office, chosen_list=chosen_list)
    actions.approve_list(by=chair, chosen_list=chosen_list)
    actions.issue_list(by=clerk, chosen_list=chosen_list, issued_on=DAY)
    agree(village_head, choice.exemplar, answer="refused")
    page = signed_in("vanphong").get(chosen_list.get_absolute_url()).content.decode()
    assert "Đã rút đồng ý sau khi ban hành" in page and "Không ghi trong văn bản" not in page
    assert page.count("Vi Văn Thành") == 2
    assert "Đã rút đồng ý" not in signed_in("thon2").get(chosen_list.get_absolute_url()).content.decode()


def test_another_commune_sees_nothing(other_commune, user, choice, office, period):
    actions.start_list(by=office, period=period)
    stranger = user("la-vanphong")
    assert not Choice.objects.visible_to(stranger).exists()
    assert not ChosenList.objects.visible_to(stranger).exists()
    with pytest.raises(NotAllowed):
        actions.choose(by=stranger, period=period, exemplars=[choice.exemplar])
    assert Unit.objects.filter(commune=other_commune).exists()
