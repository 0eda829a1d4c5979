"""Chair submissions: draft, submit, decide, return."""

import json
import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from commendations.actions import chair_submission as actions
from commendations.actions.chair_submission import ChairDecision
from commendations.models import ChairSubmission, Decision, Nomination
from commendations.queries.chair_submission import cited_laws, submission_rows
from commendations.queries.fairness import fairness_summary, title_quotas
from commendations.queries.session_cases import CASES_PER_PAGE
from commendations.tests import factories
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.documents.blocks.body import Clause
from emulation.documents.models import DocumentEvent, Draft
from emulation.notices.models import Notification
from tests.html import page_of, paper_text
from villages.models import Household, Person, Unit

pytestmark = pytest.mark.usefixtures("db")


def states(chair_submission):
    return [item.nomination.state for item in chair_submission.items.select_related("nomination")]


def test_draft_lists_passed_nominations_in_council_order(commune, office):
    session = factories.closed_session_of(commune, factories.three_nominees(commune))
    session.items.filter(nomination__household__isnull=False).update(passed=False)
    Nomination.objects.filter(household__isnull=False).update(state="failed")
    draft = actions.draft_chair_submission(by=office, session=session)
    assert [item.nomination.nominee_name for item in draft.items.all()] == ["Vi Văn Thành", "Thôn 2"]
    assert states(draft) == ["passed", "passed"]
    with pytest.raises(RuleBroken, match="đã có phiếu trình"):
        actions.draft_chair_submission(by=office, session=session)


def test_submitting_freezes_a_phieu_trinh_with_votes_law_and_money(commune):
    paper = factories.submitted_to_chair(commune)
    assert (paper.state, paper.presented_on) == ("presented", factories.HELD_ON)
    assert states(paper) == ["presented"] * 3
    html = paper_text(paper.document.html)
    assert "đối chiếu" not in html and "→" not in html and "Mức lương cơ sở: Mức" not in html
    assert paper.document.number is None and "PHIẾU TRÌNH" in html
    for words in ("05/07 thành viên Hội đồng đồng ý", "Vi Văn Thành", "Hộ gia đình Lê Văn Bảy", "0,3 × 2.530.000 = 759.000", "1.140.000",
                  "3.420.000", "(Bằng chữ: Ba triệu bốn trăm hai mươi nghìn đồng)", "ỦY VIÊN THƯỜNG TRỰC", "Nguyễn Thị Hồng Thơm"):  # fmt: skip
        assert words in html, words


def test_to_trinh_is_numbered_and_the_next_draft_takes_the_same_form(commune, office):
    draft = actions.draft_chair_submission(
        by=office, session=factories.closed_session_of(commune, [factories.person_named("Vi Văn Thành")])
    )
    actions.edit_chair_submission(
        by=office, chair_submission=draft, opinion="Kính đề nghị.", form=ChairSubmission.PROPOSAL
    )
    actions.submit_to_chair(by=office, chair_submission=draft, on=factories.HELD_ON)
    assert draft.document.reference == "01/TTr-HĐTĐKT"
    assert "KT. CHỦ TỊCH" in draft.document.html and "Kính đề nghị." in draft.document.html
    again = actions.draft_chair_submission(
        by=office, session=factories.closed_session_of(commune, [factories.person_named("Lê Thị Lụa")])
    )
    assert again.form == ChairSubmission.PROPOSAL


def test_chair_decisions_create_a_draft_decision(commune, chair, village_head, user):
    paper = factories.submitted_to_chair(commune)
    actions.record_chair_decisions(
        by=chair,
        chair_submission=paper,
        decisions=factories.chair_decisions(paper, refuse=("Thôn 2",)),
        on=factories.HELD_ON,
    )
    assert states(paper) == ["approved", "approved", "refused"]
    refused = paper.items.get(approved=False)
    assert refused.reason == "Thành tích chưa rõ"
    decision = Decision.objects.get(chair_submission=paper)
    assert decision.state == "draft" and decision.signer_name == "Lê Đăng Trường"
    assert (
        decision.grounds.startswith("Căn cứ Luật Tổ chức")
        and "Phiếu trình ngày 10 tháng 11 năm 2026" in decision.grounds
    )
    draft = Draft.objects.get(kind="quyet_dinh")
    named = [block.text for block in draft.paper.body if isinstance(block, Clause)]
    assert len(named) == 2 and not any("Thôn 2" in text for text in named)
    notification = Notification.objects.get(user=user("thon2"), key__contains=":not_approved:")
    assert notification.text == "Thôn 2: Chủ tịch không đồng ý khen thưởng (Thành tích chưa rõ)."
    assert Notification.objects.filter(user=village_head, text__contains="đồng ý khen thưởng").count() == 2


def test_no_approval_creates_no_decision(commune, chair):
    paper = factories.submitted_to_chair(commune)
    names = tuple(item.nomination.nominee_name for item in paper.items.all())
    actions.record_chair_decisions(
        by=chair, chair_submission=paper, decisions=factories.chair_decisions(paper, refuse=names), on=factories.HELD_ON
    )
    assert paper.state == "decided" and not Decision.objects.exists()


def test_paper_submitted_again_after_a_return_replaces_the_old_one(commune, chair, office):
    paper = factories.submitted_to_chair(commune)
    first = paper.document
    actions.return_chair_submission(by=chair, chair_submission=paper, reason="Ghi rõ ý kiến")
    assert (paper.state, states(paper)) == ("draft", ["passed"] * 3)
    assert Notification.objects.get(user=office, key__contains="returned").text.endswith("Ghi rõ ý kiến")
    actions.edit_chair_submission(by=office, chair_submission=paper, opinion="Đã rõ.", form=paper.form)
    actions.submit_to_chair(by=office, chair_submission=paper)
    assert paper.document != first
    assert first.events.get(kind=DocumentEvent.REPLACED).other == paper.document


WRONG = [
    ("draft_chair_submission", "vanthu", "dành cho Văn phòng"),
    ("submit_to_chair", "chutich", "dành cho Văn phòng"),
    ("record_chair_decisions", "vanphong", "dành cho Chủ tịch UBND xã"),
    ("record_chair_decisions", "thon1", "dành cho Chủ tịch UBND xã"),
    ("return_chair_submission", "vanthu", "dành cho Chủ tịch UBND xã"),
    ("edit_chair_submission", "hoidong2", "dành cho Văn phòng"),
]


def test_each_step_by_the_wrong_person(commune, user):
    session, paper = (
        factories.closed_session_of(commune, factories.three_nominees(commune)),
        factories.submitted_to_chair(commune),
    )
    extra = {
        "record_chair_decisions": {"decisions": {}},
        "return_chair_submission": {"reason": "x"},
        "edit_chair_submission": {"opinion": "", "form": "to_trinh"},
    }
    for step, login, message in WRONG:
        arguments = (
            {"session": session}
            if step == "draft_chair_submission"
            else {"chair_submission": paper, **extra.get(step, {})}
        )
        with pytest.raises(NotAllowed, match=message):
            getattr(actions, step)(by=user(login), **arguments)
    paper.refresh_from_db()
    assert paper.state == "presented" and ChairSubmission.objects.count() == 1


def test_each_step_in_the_wrong_state(commune, chair, office):
    paper = factories.submitted_to_chair(commune)
    for step, by, extra in (
        ("submit_to_chair", office, {}),
        ("edit_chair_submission", office, {"opinion": "", "form": "to_trinh"}),
    ):
        with pytest.raises(RuleBroken, match="đang ở trạng thái “Chờ Chủ tịch xem xét”"):
            getattr(actions, step)(by=by, chair_submission=paper, **extra)
    actions.record_chair_decisions(
        by=chair, chair_submission=paper, decisions=factories.chair_decisions(paper), on=factories.HELD_ON
    )
    for step, extra in (("record_chair_decisions", {"decisions": {}}), ("return_chair_submission", {"reason": "x"})):
        with pytest.raises(RuleBroken, match="đang ở trạng thái “Chủ tịch đã quyết định”"):
            getattr(actions, step)(by=chair, chair_submission=paper, **extra)


def test_missing_decision_or_reason_changes_nothing(commune, chair):
    paper = factories.submitted_to_chair(commune)
    for change, message in (
        (lambda decisions: decisions.popitem(), "Chưa chọn đồng ý hay không đồng ý cho Thôn 2"),
        (
            lambda decisions: decisions.update({max(decisions): ChairDecision(False, "  ")}),
            "Hãy ghi lý do không đồng ý khen thưởng Thôn 2",
        ),
        (lambda decisions: decisions.update({10**6: ChairDecision(True)}), "không thuộc phiếu trình này"),
    ):
        decisions = factories.chair_decisions(paper)
        change(decisions)
        with pytest.raises(RuleBroken, match=message):
            actions.record_chair_decisions(by=chair, chair_submission=paper, decisions=decisions, on=factories.HELD_ON)
        assert states(paper) == ["presented"] * 3 and not Decision.objects.exists()
        assert list(paper.items.values_list("approved", flat=True)) == [None] * 3


def test_days_out_of_order_are_refused(commune, chair, office):
    draft = actions.draft_chair_submission(
        by=office, session=factories.closed_session_of(commune, factories.three_nominees(commune))
    )
    with pytest.raises(RuleBroken, match="không được trước ngày họp Hội đồng"):
        actions.submit_to_chair(by=office, chair_submission=draft, on=date(2026, 11, 9))
    with pytest.raises(RuleBroken, match="không được sau hôm nay"):
        actions.submit_to_chair(by=office, chair_submission=draft, on=timezone.localdate() + timedelta(1))
    actions.submit_to_chair(by=office, chair_submission=draft, on=date(2026, 11, 12))
    with pytest.raises(RuleBroken, match=r"không được trước ngày trình \(12/11/2026\)"):
        actions.record_chair_decisions(
            by=chair, chair_submission=draft, decisions=factories.chair_decisions(draft), on=date(2026, 11, 11)
        )


def test_fairness_summary_and_cited_laws(commune):
    paper = factories.submitted_to_chair(
        commune,
        [
            *factories.three_nominees(commune),
            factories.person_named("Lê Thị Lụa"),
            factories.person_named("Nguyễn Thị Quý"),
        ],
    )
    rows = submission_rows(paper, factories.HELD_ON)
    panel = fairness_summary(rows, factories.HELD_ON)
    assert (panel.people, panel.women, panel.men, panel.unknown) == (3, 2, 1, {})
    assert panel.groups == [("Người trực tiếp lao động, học tập", 2), ("Viên chức", 1), ("Lãnh đạo, quản lý", 0)]
    assert (panel.units[0], panel.nobody) == (("Thôn 1", 3), ["Thôn 3", "Thôn 4", "Thôn 5", "Thôn 6"])
    labels = {law["label"] for law in cited_laws(rows)}
    assert labels >= {"Mức lương cơ sở", "Làm tròn tiền thưởng", "Biểu quyết của Hội đồng"}


def test_nominee_of_two_titles_counts_once(commune):
    em = factories.person_named("Đỗ Thị Êm")
    panel = fairness_summary(
        submission_rows(
            factories.submission_of_awards(commune, ("LDTT", em, 2025), ("CSTDCS", em, 2025)), factories.HELD_ON
        ),
        factories.HELD_ON,
    )
    assert (panel.nominees, panel.people, panel.women) == ("01 cá nhân", 1, 1)
    assert [count for _, count in panel.units] == [1]
    assert [name for name, _ in panel.preferred] == ["Đỗ Thị Êm"]
    assert panel.preferred_by_reason == [("Ưu tiên nữ khi đủ điều kiện ngang nhau.", ["Đỗ Thị Êm"])]


# ── pages ────────────────────────────────────────────────────────────────────────────────────────


def url(name, obj):
    return reverse(f"commendations:{name}", args=[obj.pk])


def test_decision_form_shows_everything_and_preselects_nothing(commune, signed_in):
    paper = factories.submitted_to_chair(commune)
    page = page_of(signed_in("chutich").get(url("decide", paper)))
    for words in (
        "5/7 đồng ý",
        "0,3 × 2.530.000 = 759.000 → 760.000 đồng",
        "Danh sách gồm những ai",
        "Căn cứ áp dụng",
        "3.420.000 đồng",
    ):
        assert words in page, words
    assert "checked" not in page


def test_refusal_without_reason_keeps_the_form_data(commune, signed_in):
    paper = factories.submitted_to_chair(commune)
    first, second, third = paper.items.all()
    data = {f"outcome_{first.pk}": "dong-y", f"outcome_{second.pk}": "khong-dong-y", f"reason_{third.pk}": "đang xem"}
    answer = signed_in("chutich").post(url("decide", paper), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Hãy ghi lý do không đồng ý khen thưởng Hộ gia đình Lê Văn Bảy." in page
    assert "Chưa chọn đồng ý hay không đồng ý cho Thôn 2." in page
    assert page.count("checked") == 2 and "đang xem" in page
    paper.refresh_from_db()
    assert paper.state == "presented"


def test_submission_from_draft_to_decision_through_the_pages(commune, signed_in):
    session = factories.closed_session_of(commune, factories.three_nominees(commune))
    office, chair = signed_in("vanphong"), signed_in("chutich")
    answer = office.post(url("draft_presentation", session), follow=True)
    paper = ChairSubmission.objects.get()
    assert answer.redirect_chain[-1][0] == paper.get_absolute_url()
    office.post(
        url("edit_presentation", paper), {"form": "phieu_trinh", "opinion": "Rất xứng đáng", "seen": paper.version}
    )
    assert "Đã trình Chủ tịch." in office.post(url("present", paper), follow=True).content.decode()
    data = {f"outcome_{item.pk}": "dong-y" for item in paper.items.all()}
    preview = chair.post(url("decide", paper), data).content.decode()
    assert "Chưa ghi gì. Đồng ý 3 trường hợp" in " ".join(preview.split()) and "Đã ghi quyết định" not in preview
    assert ChairSubmission.objects.get().state == "presented"
    again = chair.post(url("decide", paper), {**data, "do": "edit"}).content.decode()
    assert again.count("checked") == 3
    page = chair.post(url("decide", paper), {**data, "do": "confirm"}, follow=True).content.decode()
    assert "Đã ghi quyết định." in page and "Văn bản theo quyết định của Chủ tịch" in page
    assert Decision.objects.get().state == "draft"


def test_the_rest_is_approved_only_after_a_preview_that_names_everybody(commune, signed_in):
    paper = factories.submitted_to_chair(commune)
    first, second, third = paper.items.all()
    chair = signed_in("chutich")
    refused = {f"outcome_{second.pk}": "khong-dong-y"}
    asked = page_of(chair.post(url("decide", paper), {**refused, "do": "rest"}))
    assert "Hãy ghi lý do không đồng ý" in asked, "a refusal is never filled in"
    refused[f"reason_{second.pk}"] = "Hộ này đã được khen trong năm."
    preview = page_of(chair.post(url("decide", paper), {**refused, "do": "rest"}))
    assert "Chưa ghi gì. Đồng ý 2 trường hợp, không đồng ý 1." in preview
    assert "data-keep=" not in preview, "nothing is typed here that could be offered again"
    for item in (first, third):
        assert f'"outcome_{item.pk}": "dong-y"' in unescape(preview)
    assert not ChairSubmission.objects.exclude(state="presented").exists()
    assert "Đồng ý tất cả còn lại" in page_of(chair.get(url("decide", paper)))


def test_the_choices_of_a_long_list_are_made_page_by_page(commune, signed_in):
    village = Unit.objects.get(commune=commune, code="thon2")
    names = [f"Hà Văn Số {number}" for number in range(CASES_PER_PAGE + 3)]
    homes = [Household.objects.create(commune=commune, unit=village, head_name=name) for name in names]
    paper = factories.submitted_to_chair(commune, homes)
    items = list(paper.items.all())
    chair = signed_in("chutich")
    address = url("decide", paper)
    first = chair.get(address).content.decode()
    assert first.count('name="outcome_') == 2 * CASES_PER_PAGE
    assert f"{CASES_PER_PAGE} trong {len(items)}, trang" in first
    typed = {f"outcome_{items[0].pk}": "khong-dong-y", f"reason_{items[0].pk}": "Chưa rõ thành tích", "shown": "1"}
    second = chair.post(address, {**typed, "go": "2", "seen": paper.version}).content.decode()
    assert second.count('name="outcome_') == 6 and f'value="{paper.version}"' in second
    carried = unescape(re.search(r'name="chosen" value="([^"]*)"', second)[1])
    assert json.loads(carried)[f"reason_{items[0].pk}"] == "Chưa rõ thành tích"
    here = {"chosen": carried, "shown": "2", f"outcome_{items[-1].pk}": "dong-y"}
    incomplete = chair.post(address, here)
    page = page_of(incomplete)
    assert (
        incomplete.status_code == 422
        and f"Chưa chọn đồng ý hay không đồng ý cho Hộ gia đình Hà Văn Số {CASES_PER_PAGE}." in page
    )
    assert f"Còn {CASES_PER_PAGE - 1} trường hợp chưa chọn ở trang 1" in page
    preview = chair.post(address, {**here, "do": "rest"}).content.decode()
    assert f"Đồng ý {CASES_PER_PAGE + 2} trường hợp, không đồng ý 1." in " ".join(preview.split())
    chosen = unescape(re.search(r'name="chosen" value="([^"]*)"', preview)[1])
    back = chair.post(address, {"chosen": chosen, "do": "edit"}).content.decode()
    assert back.count("checked") == CASES_PER_PAGE and "Chưa rõ thành tích" in back
    chair.post(address, {"chosen": chosen, "do": "confirm", "seen": paper.version})
    decided = paper.items.order_by("sort")
    assert [item.approved for item in decided] == [False, *[True] * (CASES_PER_PAGE + 2)]
    assert decided[0].reason == "Chưa rõ thành tích"


@pytest.mark.parametrize("chosen", ["", "{", "[]", '{"outcome_1": 5}', "null"])
def test_spoilt_choices_of_other_pages_count_as_not_made(commune, signed_in, chosen):
    paper = factories.submitted_to_chair(commune)
    answer = signed_in("chutich").post(url("decide", paper), {"chosen": chosen, "do": "confirm"})
    assert answer.status_code == 422 and not paper.items.exclude(approved=None).exists()


def test_a_stale_form_of_the_chair_is_refused(commune, signed_in, chair):
    paper = factories.submitted_to_chair(commune)
    data = {f"outcome_{item.pk}": "dong-y" for item in paper.items.all()}
    answer = signed_in("chutich").post(url("decide", paper), {**data, "seen": paper.version - 1, "do": "confirm"})
    assert answer.status_code == 409 and "đã được người khác thay đổi" in answer.content.decode()


def test_page_permissions(commune, signed_in):
    paper = factories.submitted_to_chair(commune)
    for login, status in (("thon1", 403), ("hoidong2", 403), ("quantri", 403), ("vanthu", 200), ("chutich", 200)):
        for address in (paper.get_absolute_url(), reverse("commendations:presentations")):
            assert signed_in(login).get(address).status_code == status, (login, address)


def test_pages_of_another_commune_are_not_found(commune, other_commune, signed_in):
    paper = factories.submitted_to_chair(commune)
    for name in ("presentation", "edit_presentation"):
        assert signed_in("la-vanphong").get(url(name, paper)).status_code == 404
    assert signed_in("la-chutich").get(url("decide", paper)).status_code == 404


def test_page_runs_a_constant_number_of_queries(commune, signed_in):
    few, many = (
        factories.submitted_to_chair(commune, factories.many_people(commune, 3)),
        factories.submitted_to_chair(commune, factories.many_people(commune, 30)),
    )
    browser, counts = signed_in("chutich"), []
    for name in ("presentation", "decide"):
        for paper in (few, many):
            with CaptureQueriesContext(connection) as seen:
                assert browser.get(url(name, paper)).status_code == 200
            counts.append(len(seen))
    assert counts[0] == counts[1] and counts[2] == counts[3], counts


def test_chair_sees_nominees_preferred_by_law(commune, signed_in):
    nominees = [
        Person.objects.get(commune=commune, full_name="Vi Văn Thành"),
        Person.objects.filter(commune=commune, sex="nu").first(),
    ]
    paper = factories.submitted_to_chair(commune, nominees)
    page = signed_in("chutich").get(paper.get_absolute_url()).content.decode()
    preferred = page.split("Khi đủ điều kiện ngang nhau")[1].split("</ul>")[0]
    assert nominees[1].full_name in preferred and "Vi Văn Thành" not in preferred


def test_quota_of_the_old_law_is_shown(commune):
    nominees = [Person.objects.get(commune=commune, full_name="Vi Văn Thành")]
    paper = factories.submitted_to_chair(commune, nominees)
    Nomination.objects.filter(person=nominees[0]).update(award_code="CSTDCS", year=2021, received_on=date(2021, 12, 1))
    [(name, arithmetic, citation)] = title_quotas(submission_rows(paper, factories.HELD_ON))
    assert name == "Chiến sĩ thi đua cơ sở" and "không quá 15%" in arithmetic and "Điều 9" in citation
