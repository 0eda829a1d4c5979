"""From a closed session to the chair's word: collecting, presenting, deciding, returning."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from commendations.actions import presentation as actions
from commendations.actions.presentation import Word
from commendations.models import Decision, Nomination, Presentation
from commendations.queries.presentation import fairness, laws_of, quotas, rows_of
from commendations.tests import cases
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.documents.models import DocumentEvent, Draft
from emulation.notices.models import Notice
from villages.models import Person

pytestmark = pytest.mark.usefixtures("db")


def states(presentation):
    return [item.nomination.state for item in presentation.items.select_related("nomination")]


def test_the_passed_are_collected_in_the_councils_order(commune, office):
    session = cases.session(commune, cases.three(commune))
    session.items.filter(nomination__household__isnull=False).update(passed=False)
    Nomination.objects.filter(household__isnull=False).update(state="failed")
    draft = actions.draft_presentation(by=office, session=session)
    assert [item.nomination.nominee_name for item in draft.items.all()] == ["Vi Văn Thành", "Thôn 2"]
    assert states(draft) == ["passed", "passed"]
    with pytest.raises(RuleBroken, match="đã có phiếu trình"):
        actions.draft_presentation(by=office, session=session)


def test_presenting_freezes_a_phieu_trinh_with_votes_law_and_money(commune):
    paper = cases.presented(commune)
    assert (paper.state, paper.presented_on) == ("presented", cases.HELD)
    assert states(paper) == ["presented"] * 3
    html = paper.document.html
    assert paper.document.number is None and "PHIẾU TRÌNH" in html
    for words in ("5/7 đồng ý", "Vi Văn Thành", "Hộ gia đình Lê Văn Bảy", "0,3 × 2.530.000 = 759.000", "1.140.000",
                  "3.420.000", "Ba triệu bốn trăm hai mươi nghìn đồng".lower(), "ỦY VIÊN THƯỜNG TRỰC", "Nguyễn Thị Hồng Thơm"):  # fmt: skip
        assert words in html, words


def test_a_commune_that_sends_a_to_trinh_gets_a_number_and_keeps_the_habit(commune, office):
    draft = actions.draft_presentation(by=office, session=cases.session(commune, [cases.person("Vi Văn Thành")]))
    actions.edit_presentation(by=office, presentation=draft, opinion="Kính đề nghị.", form=Presentation.PROPOSAL)
    actions.present(by=office, presentation=draft, on=cases.HELD)
    assert draft.document.reference == "01/TTr-HĐTĐKT"
    assert "KT. CHỦ TỊCH" in draft.document.html and "Kính đề nghị." in draft.document.html
    again = actions.draft_presentation(by=office, session=cases.session(commune, [cases.person("Lê Thị Lụa")]))
    assert again.form == Presentation.PROPOSAL


def test_the_chairs_word_on_each_makes_the_draft_of_a_decision(commune, chair, village_head, user):
    paper = cases.presented(commune)
    actions.decide(by=chair, presentation=paper, words=cases.words(paper, refuse=("Thôn 2",)), on=cases.HELD)
    assert states(paper) == ["approved", "approved", "refused"]
    refused = paper.items.get(approved=False)
    assert refused.reason == "Thành tích chưa rõ"
    decision = Decision.objects.get(presentation=paper)
    assert decision.state == "draft" and decision.signer_name == "Lê Đăng Trường"
    assert decision.grounds.startswith("Căn cứ Luật Tổ chức") and "Phiếu trình ngày 10/11/2026" in decision.grounds
    draft = Draft.objects.get(kind="quyet_dinh")
    assert "Thôn 2" not in {row[0] for row in draft.paper.appendices[0].body[0].rows if isinstance(row, tuple)}
    told = Notice.objects.get(user=user("thon2"), key__endswith=":decided")
    assert told.text == "Thôn 2: Chủ tịch không đồng ý khen thưởng (Thành tích chưa rõ)."
    assert Notice.objects.filter(user=village_head, text__contains="đồng ý khen thưởng").count() == 2


def test_nobody_approved_makes_no_decision(commune, chair):
    paper = cases.presented(commune)
    names = tuple(item.nomination.nominee_name for item in paper.items.all())
    actions.decide(by=chair, presentation=paper, words=cases.words(paper, refuse=names), on=cases.HELD)
    assert paper.state == "decided" and not Decision.objects.exists()


def test_returned_mended_and_presented_again_the_new_paper_replaces_the_old(commune, chair, office):
    paper = cases.presented(commune)
    first = paper.document
    actions.return_presentation(by=chair, presentation=paper, reason="Ghi rõ ý kiến")
    assert (paper.state, states(paper)) == ("draft", ["passed"] * 3)
    assert Notice.objects.get(user=office, key__contains="returned").text.endswith("Ghi rõ ý kiến")
    actions.edit_presentation(by=office, presentation=paper, opinion="Đã rõ.", form=paper.form)
    actions.present(by=office, presentation=paper)
    assert paper.document != first
    assert first.events.get(kind=DocumentEvent.REPLACED).other == paper.document


WRONG = [
    ("draft_presentation", "vanthu", "dành cho Văn phòng"),
    ("present", "chutich", "dành cho Văn phòng"),
    ("decide", "vanphong", "dành cho Chủ tịch UBND xã"),
    ("decide", "thon1", "dành cho Chủ tịch UBND xã"),
    ("return_presentation", "vanthu", "dành cho Chủ tịch UBND xã"),
    ("edit_presentation", "hoidong2", "dành cho Văn phòng"),
]


def test_each_step_by_the_wrong_person(commune, user):
    session, paper = cases.session(commune, cases.three(commune)), cases.presented(commune)
    more = {
        "decide": {"words": {}},
        "return_presentation": {"reason": "x"},
        "edit_presentation": {"opinion": "", "form": "to_trinh"},
    }
    for step, login, message in WRONG:
        asked = {"session": session} if step == "draft_presentation" else {"presentation": paper, **more.get(step, {})}
        with pytest.raises(NotAllowed, match=message):
            getattr(actions, step)(by=user(login), **asked)
    paper.refresh_from_db()
    assert paper.state == "presented" and Presentation.objects.count() == 1


def test_each_step_in_the_wrong_state(commune, chair, office):
    paper = cases.presented(commune)
    for step, by, more in (("present", office, {}), ("edit_presentation", office, {"opinion": "", "form": "to_trinh"})):
        with pytest.raises(RuleBroken, match="đang ở trạng thái “Chờ Chủ tịch xem xét”"):
            getattr(actions, step)(by=by, presentation=paper, **more)
    actions.decide(by=chair, presentation=paper, words=cases.words(paper), on=cases.HELD)
    for step, more in (("decide", {"words": {}}), ("return_presentation", {"reason": "x"})):
        with pytest.raises(RuleBroken, match="đang ở trạng thái “Chủ tịch đã quyết định”"):
            getattr(actions, step)(by=chair, presentation=paper, **more)


def test_a_word_left_out_or_without_reason_changes_nothing(commune, chair):
    paper = cases.presented(commune)
    for change, message in (
        (lambda words: words.popitem(), "Chưa chọn đồng ý hay không đồng ý cho Thôn 2"),
        (lambda words: words.update({max(words): Word(False, "  ")}), "Hãy ghi lý do không đồng ý khen thưởng Thôn 2"),
        (lambda words: words.update({10**6: Word(True)}), "không thuộc phiếu trình này"),
    ):
        words = cases.words(paper)
        change(words)
        with pytest.raises(RuleBroken, match=message):
            actions.decide(by=chair, presentation=paper, words=words, on=cases.HELD)
        assert states(paper) == ["presented"] * 3 and not Decision.objects.exists()
        assert list(paper.items.values_list("approved", flat=True)) == [None] * 3


def test_days_come_in_their_order(commune, chair, office):
    draft = actions.draft_presentation(by=office, session=cases.session(commune, cases.three(commune)))
    with pytest.raises(RuleBroken, match="không được trước ngày họp Hội đồng"):
        actions.present(by=office, presentation=draft, on=date(2026, 11, 9))
    with pytest.raises(RuleBroken, match="không được sau hôm nay"):
        actions.present(by=office, presentation=draft, on=timezone.localdate() + timedelta(1))
    actions.present(by=office, presentation=draft, on=date(2026, 11, 12))
    with pytest.raises(RuleBroken, match=r"không được trước ngày trình \(12/11/2026\)"):
        actions.decide(by=chair, presentation=draft, words=cases.words(draft), on=date(2026, 11, 11))


def test_the_fairness_panel_and_the_laws(commune):
    paper = cases.presented(
        commune, [*cases.three(commune), cases.person("Lê Thị Lụa"), cases.person("Nguyễn Thị Quý")]
    )
    rows = rows_of(paper, cases.HELD)
    panel = fairness(rows)
    assert (panel.people, panel.women, panel.direct, panel.leaders) == (3, 2, 2, 0)
    assert panel.units[0] == ("Thôn 1", 3)
    assert panel.nobody == ["Thôn 3", "Thôn 4", "Thôn 5", "Thôn 6"]
    labels = {law["label"] for law in laws_of(rows)}
    assert labels >= {"Mức lương cơ sở", "Làm tròn tiền thưởng", "Biểu quyết của Hội đồng"}


def test_who_is_put_forward_for_two_titles_counts_once(commune):
    em = cases.person("Đỗ Thị Êm")
    panel = fairness(rows_of(cases.put(commune, ("LDTT", em, 2025), ("CSTDCS", em, 2025)), cases.HELD))
    assert (panel.people, panel.women) == (1, 1) and [count for _, count in panel.units] == [1]
    assert [name for name, _ in panel.preferred] == ["Đỗ Thị Êm"]


# ── pages ────────────────────────────────────────────────────────────────────────────────────────


def url(name, obj):
    return reverse(f"commendations:{name}", args=[obj.pk])


def test_the_chairs_page_shows_all_before_it_asks_and_chooses_nothing(commune, signed_in):
    paper = cases.presented(commune)
    page = signed_in("chutich").get(url("decide", paper)).content.decode()
    for words in (
        "5/7 đồng ý",
        "0,3 × 2.530.000 = 759.000 → 760.000 đồng",
        "Danh sách gồm những ai",
        "Căn cứ áp dụng",
        "3.420.000 đồng",
    ):
        assert words in page, words
    assert "checked" not in page


def test_a_refusal_without_reason_keeps_what_was_typed(commune, signed_in):
    paper = cases.presented(commune)
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


def test_the_whole_way_in_the_browser(commune, signed_in):
    session = cases.session(commune, cases.three(commune))
    office, chair = signed_in("vanphong"), signed_in("chutich")
    answer = office.post(url("draft_presentation", session), follow=True)
    paper = Presentation.objects.get()
    assert answer.redirect_chain[-1][0] == paper.get_absolute_url()
    office.post(
        url("edit_presentation", paper), {"form": "phieu_trinh", "opinion": "Rất xứng đáng", "seen": paper.version}
    )
    assert "Đã trình Chủ tịch." in office.post(url("present", paper), follow=True).content.decode()
    data = {f"outcome_{item.pk}": "dong-y" for item in paper.items.all()}
    page = chair.post(url("decide", paper), data, follow=True).content.decode()
    assert "Đã ghi quyết định." in page and "Văn bản theo quyết định của Chủ tịch" in page
    assert Decision.objects.get().state == "draft"


def test_a_stale_form_of_the_chair_is_refused(commune, signed_in, chair):
    paper = cases.presented(commune)
    data = {f"outcome_{item.pk}": "dong-y" for item in paper.items.all()}
    answer = signed_in("chutich").post(url("decide", paper), {**data, "seen": paper.version - 1})
    assert answer.status_code == 409 and "đã được người khác thay đổi" in answer.content.decode()


def test_who_opens_the_pages(commune, signed_in):
    paper = cases.presented(commune)
    for login, status in (("thon1", 403), ("hoidong2", 403), ("quantri", 403), ("vanthu", 200), ("chutich", 200)):
        for address in (paper.get_absolute_url(), reverse("commendations:presentations")):
            assert signed_in(login).get(address).status_code == status, (login, address)


def test_a_stranger_finds_nothing(commune, other_commune, signed_in):
    paper = cases.presented(commune)
    for name in ("presentation", "edit_presentation"):
        assert signed_in("la-vanphong").get(url(name, paper)).status_code == 404
    assert signed_in("la-chutich").get(url("decide", paper)).status_code == 404


def test_the_page_asks_as_often_at_three_and_at_thirty(commune, signed_in):
    few, many = cases.presented(commune, cases.crowd(commune, 3)), cases.presented(commune, cases.crowd(commune, 30))
    browser, counts = signed_in("chutich"), []
    for name in ("presentation", "decide"):
        for paper in (few, many):
            with CaptureQueriesContext(connection) as seen:
                assert browser.get(url(name, paper)).status_code == 200
            counts.append(len(seen))
    assert counts[0] == counts[1] and counts[2] == counts[3], counts


def test_the_chair_sees_whom_the_law_prefers_among_equals(commune, signed_in):
    nominees = [
        Person.objects.get(commune=commune, full_name="Vi Văn Thành"),
        Person.objects.filter(commune=commune, sex="nu").first(),
    ]
    paper = cases.presented(commune, nominees)
    page = signed_in("chutich").get(paper.get_absolute_url()).content.decode()
    told = page.split("Khi đủ điều kiện ngang nhau")[1].split("</ul>")[0]
    assert nominees[1].full_name in told and "Vi Văn Thành" not in told


def test_the_quota_of_the_old_law_is_shown_with_what_is_left(commune):
    nominees = [Person.objects.get(commune=commune, full_name="Vi Văn Thành")]
    paper = cases.presented(commune, nominees)
    Nomination.objects.filter(person=nominees[0]).update(award_code="CSTDCS", year=2021, received_on=date(2021, 12, 1))
    [(name, arithmetic, citation)] = quotas(rows_of(paper, cases.HELD))
    assert name == "Chiến sĩ thi đua cơ sở" and "không quá 15%" in arithmetic and "Điều 9" in citation
