"""Papers name the commune's bodies of their day, before and after 01/07/2025 and as the commune decided itself, and the posts
of people on that day."""

from dataclasses import fields, replace
from datetime import date

import pytest

from campaigns.directives.actions.directive import receive_directive
from campaigns.directives.actions.letter import start_letter
from campaigns.directives.queries.outlines import known_directives, outline_for
from commendations.actions.decision import DecisionWording, decision_signature_steps
from commendations.models import Amendment, Nomination
from commendations.papers.achievement_report import achievement_report
from commendations.papers.commendation_request import commendation_request
from commendations.papers.minutes import minutes_paper
from commendations.queries.award_lines import nominee_place
from commendations.queries.decision import changes_of_day
from commendations.tests import amendment_steps, factories
from emulation.documents.blocks.body import KeyValue
from emulation.documents.engines import html
from emulation.documents.numbering import all_series_on, series_on
from emulation.legal.current import commune_offices_for
from emulation.legal.tests.local_value_builders import approved_local_value
from tests.html import paper_text
from villages.actions.person_changes import change_post
from villages.models import Person, Unit

pytestmark = pytest.mark.usefixtures("db")
SPRING = date(2025, 3, 10)
LAST_OLD_DAY = date(2025, 6, 30)
FIRST_NEW_DAY = date(2025, 7, 1)
OLD = ("Văn phòng - Thống kê", "công chức Tài chính - Kế toán", "Lưu: VT, VP")
NEW = ("Phòng Văn hóa - Xã hội", "Phòng Kinh tế", "Lưu: VT, VHXH")


@pytest.mark.parametrize(("held_on", "named"), [(SPRING, OLD), (factories.HELD_ON, NEW)])
def test_a_decision_names_the_bodies_of_its_day(commune, held_on, named):
    decision = factories.issued_decision(commune, held_on=held_on)
    awards, accounts, file_line = named
    assert decision.carried_out_by.startswith(f"{awards}, {accounts}, các đơn vị liên quan")
    assert decision.recipients.split("\n")[-1] == file_line
    others = NEW if named == OLD else OLD
    assert not any(other in decision.document.blocks for other in others)


def test_unedited_names_follow_the_expected_day_and_a_signed_copy_is_refused(commune, office):
    decision = factories.draft_decision(commune, held_on=SPRING)
    words = {field.name: getattr(decision, field.name) for field in fields(DecisionWording)}
    decision.expected_on = LAST_OLD_DAY
    assert any("Tên cơ quan của xã" in change for change in changes_of_day(decision, FIRST_NEW_DAY))
    decision.expected_on = words["expected_on"]
    wording = replace(DecisionWording(**words), expected_on=FIRST_NEW_DAY)
    decision_signature_steps.edit(decision, by=office, wording=wording)
    decision.refresh_from_db()
    assert decision.carried_out_by.startswith("Phòng Văn hóa - Xã hội, Phòng Kinh tế, ")
    assert decision.recipients.split("\n")[-1] == NEW[2]


@pytest.mark.parametrize("kind", [Amendment.REPLACEMENT, Amendment.CANCELLATION])
def test_a_paper_about_an_old_decision_names_the_bodies_of_its_own_day(kind, commune):
    amendment = amendment_steps.issued(factories.issued_decision(commune, held_on=SPRING), kind)
    printed = amendment.document.blocks
    assert f"{NEW[0]}, {NEW[1]}" in printed and NEW[2] in printed and not any(old in printed for old in OLD)


def test_the_commune_may_name_another_unit(commune):
    day = date(2026, 11, 1)
    approved_local_value(commune, "office.awards", pairs=[("", "")], content="Văn phòng HĐND và UBND", starts_on=day)
    assert commune_offices_for(commune.pk, day).awards == "Văn phòng HĐND và UBND"
    assert commune_offices_for(commune.pk, date(2026, 10, 31)).awards == NEW[0]


@pytest.mark.parametrize(
    ("day", "named", "superior"),
    [(None, NEW, "Sở Nội vụ tỉnh Thanh Hóa"), (date(2021, 9, 15), OLD, "Phòng Nội vụ huyện Như Xuân")],
)
def test_a_letter_from_an_outline_names_the_bodies_of_its_day(day, named, superior, commune, office, clerk):
    symbol = next(symbol for symbol in known_directives() if symbol.startswith("1757"))
    facts = known_directives()[symbol]
    directive = receive_directive(by=clerk, commune=commune, **{**facts, "outline": outline_for(symbol)})
    letter = start_letter(by=office, directive=directive, on=day)
    text = "\n".join([letter.tasks_4, letter.recipients, *directive.duties.values_list("words", flat=True)])
    assert (
        f"Giao {named[0]}" in text and f"giao {named[0]}" in text and f"{superior} (b/c)" in text and named[2] in text
    )
    assert "{" not in text


def test_a_unit_has_its_name_of_the_day(commune):
    unit = Unit.objects.get(commune=commune, code="vanphong")
    assert [unit.name_on(day) for day in (LAST_OLD_DAY, FIRST_NEW_DAY)] == [OLD[0], NEW[0]]


@pytest.mark.parametrize(("day", "symbol"), [(LAST_OLD_DAY, "UBND-VP"), (FIRST_NEW_DAY, "UBND-VHXH")])
def test_the_symbol_of_a_letter_names_the_unit_that_writes_it_and_its_numbers_go_on(day, symbol, commune):
    series = series_on(commune, "cong_van", day)
    assert (series.symbol, series.book) == (symbol, "cong_van")
    assert symbol in {rule.symbol for rule in all_series_on(commune, day)}


def test_papers_of_an_earlier_day_name_the_post_of_then(commune, office):
    thanh = factories.person_named("Vi Văn Thành")
    case = factories.nomination_of(commune, thanh, "draft")
    changes = (date(2026, 3, 1), "Tổ phó tổ tự quản"), (date(2026, 9, 1), "Trưởng ban công tác Mặt trận")
    for day, post in changes:
        change_post(by=office, person=thanh, effective_on=day, post=post, group=thanh.group)
        thanh.refresh_from_db()
    case = Nomination.objects.get(pk=case.pk)
    for day, post in ((date(2026, 2, 28), "Nông dân"), *changes, (date(2026, 8, 31), "Tổ phó tổ tự quản")):
        assert KeyValue("Chức vụ, nghề nghiệp", post) in achievement_report(case, day).body, day
        assert f"{post}, Thôn 1" in paper_text(html.paper_html(commendation_request(case, day))), day
        assert nominee_place(case, commune.identity_on(day), day).startswith(f"{post}, Thôn 1"), day


def test_a_post_of_the_commune_is_not_placed_in_a_unit(commune):
    day = date(2026, 11, 1)
    case = factories.nomination_of(commune, Person.objects.get(user__username="chutich"), "draft")
    assert nominee_place(case, commune.identity_on(day), day) == "Chủ tịch UBND xã Bình Lương"
    assert KeyValue("Đơn vị công tác, sinh hoạt", "UBND xã Bình Lương") in achievement_report(case, day).body
    request = paper_text(html.paper_html(commendation_request(case, day)))
    assert "Chủ tịch UBND xã Bình Lương" in request and "Chủ tịch UBND xã, Phòng" not in request
    session = factories.closed_session_of(commune, [case.person])
    minutes = paper_text(html.paper_html(minutes_paper(session)))
    assert "Lê Đăng Trường<br>UBND xã Bình Lương" in minutes and "Phòng Văn hóa - Xã hội<" not in minutes
