"""Follow-ups, return reasons, praise letters, and the pages of the shortlist."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.catalogue.actions import add_return_reason
from campaigns.catalogue.models import ReturnReason
from campaigns.exemplars.actions.exemplar import accept_exemplar
from campaigns.exemplars.actions.follow_up import drop_follow_up, record_follow_up
from campaigns.exemplars.actions.praise_letter import (
    praise_letter_approval,
    start_praise_letter,
)
from campaigns.exemplars.actions.shortlist import add_to_shortlist
from campaigns.exemplars.models.consent import Consent
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.follow_up import FollowUp
from campaigns.exemplars.models.praise_letter import PraiseLetter
from campaigns.exemplars.models.shortlist import ShortlistEntry
from campaigns.exemplars.queries.follow_up import follow_ups_of, without_follow_up
from campaigns.tests.test_shortlist import agree
from emulation.core.errors import NotAllowed, RuleBroken

pytestmark = pytest.mark.both_databases

DAY = date(2026, 11, 20)


@pytest.fixture
def accepted(office, submitted):
    return accept_exemplar(by=office, exemplar=submitted)


# ── follow-ups ───────────────────────────────────────────────────────────────────────────────────
def test_follow_ups_are_recorded_and_deleted(office, accepted):
    assert list(without_follow_up(Exemplar.objects.all())) == [accepted]
    with pytest.raises(RuleBroken, match="ở đâu"):
        record_follow_up(by=office, exemplar=accepted, kind="praised", done_on=DAY)
    with pytest.raises(RuleBroken, match="số văn bản"):
        record_follow_up(by=office, exemplar=accepted, kind="letter", done_on=DAY)
    row = record_follow_up(by=office, exemplar=accepted, kind="praised", done_on=DAY, place="Họp thôn")
    assert not without_follow_up(Exemplar.objects.all()).exists()
    found = follow_ups_of(office, [accepted])[accepted.pk]
    assert [(one.word, one.details) for one in found] == [("Biểu dương", "Họp thôn")]
    with pytest.raises(RuleBroken, match="lý do"):
        drop_follow_up(by=office, row=row, reason="")
    drop_follow_up(by=office, row=row, reason="Ghi nhầm người")
    assert not FollowUp.objects.exists()


def test_a_follow_up_dropped_again_leads_its_user_to_the_exemplar(signed_in, office, accepted):
    row = record_follow_up(by=office, exemplar=accepted, kind="praised", done_on=DAY, place="Họp thôn")
    url = reverse("campaigns:drop_follow_up", args=[row.pk])
    for repeated in (False, True):  # the second time in another window
        page = signed_in("vanphong").post(url, {"reason": "Ghi nhầm người"}, follow=True)
        assert page.redirect_chain == [(accepted.get_absolute_url(), 302)]
        assert ("bạn đã bỏ rồi" in page.content.decode()) is repeated and not FollowUp.objects.exists()
    assert signed_in("vanphong").get(url).status_code == 302  # the old form, reloaded
    assert signed_in("thon1").post(url, {"reason": "Ghi nhầm người"}).status_code == 403


def test_the_form_submitted_twice_records_once_and_keeps_its_input(signed_in, accepted):
    url = reverse("campaigns:follow_up", args=[accepted.pk])
    browser = signed_in("vanphong")
    data = {"kind": "praised", "done_on": "20/11/2026", "place": "", "note": "Loa xã", "once": "q" * 20}
    page = browser.post(url, data)
    assert page.status_code == 422 and "đã biểu dương ở đâu" in page.content.decode()
    assert 'value="Loa xã"' in page.content.decode()
    for _ in range(2):
        browser.post(url, {**data, "place": "Họp thôn"})
    assert FollowUp.objects.count() == 1
    listed = reverse("campaigns:exemplars")
    assert "Biểu dương" in browser.get(listed).content.decode()
    assert "Chưa có điển hình nào ở đây" in browser.get(listed, {"viec": "chua"}).content.decode()


# ── return reasons ───────────────────────────────────────────────────────────────────────────────
def test_ticked_reasons_are_kept_and_sent(signed_in, submitted):
    reason = ReturnReason.objects.get(code="viec-ngay-noi")
    url = reverse("campaigns:return", args=[submitted.pk])
    browser = signed_in("vanphong")
    assert reason.text in browser.get(url).content.decode()
    bad = browser.post(url, {"usual_deed": [reason.pk], "result": "x" * 600, "seen": submitted.version})
    assert bad.status_code == 422 and f'value="{reason.pk}"' in bad.content.decode()
    assert "checked" in bad.content.decode().split(f'value="{reason.pk}"')[1][:120]
    browser.post(url, {"usual_deed": [reason.pk], "deed": "Thêm tên thôn.", "seen": submitted.version})
    submitted.refresh_from_db()
    assert submitted.return_notes == {"deed": "Chưa ghi rõ ngày, địa điểm. Thêm tên thôn."}


def test_a_commune_adds_reasons_and_switches_reasons_off(office, commune, other_commune, signed_in, submitted):
    with pytest.raises(RuleBroken, match="Hãy ghi lý do"):
        add_return_reason(by=office, commune=commune, field="deed", text=" ")
    own = add_return_reason(by=office, commune=commune, field="deed", text="Chưa có ý kiến chi bộ")
    with pytest.raises(RuleBroken, match="đã có lý do đó"):
        add_return_reason(by=office, commune=commune, field="deed", text="chưa có ý kiến CHI BỘ")
    assert own not in ReturnReason.objects.of(other_commune.pk)
    common = ReturnReason.objects.get(code="viec-ngay-noi")
    browser = signed_in("vanphong")
    browser.post(reverse("campaigns:switch_reason", args=[common.pk]), {"on": "0"})
    page = browser.get(reverse("campaigns:return", args=[submitted.pk])).content.decode()
    assert common.text not in page and own.text in page
    assert common in ReturnReason.objects.of(other_commune.pk).filter(off=False)
    browser.post(reverse("campaigns:switch_reason", args=[common.pk]), {"on": "1"})
    assert common in ReturnReason.objects.of(commune.pk).filter(off=False)
    assert signed_in("thon1").get(reverse("campaigns:reasons")).status_code == 403
    assert signed_in("la-vanphong").post(reverse("campaigns:switch_reason", args=[own.pk])).status_code == 404


# ── pages of the shortlist ───────────────────────────────────────────────────────────────────────
def test_exemplars_are_added_after_confirming_their_names(signed_in, period, accepted):
    url = reverse("campaigns:choose", args=[period.pk])
    browser = signed_in("vanphong")
    assert "Phát triển kinh tế" in browser.get(url).content.decode()
    empty = browser.post(url, {"do": "preview", "note": "Họp ngày 30"})
    assert empty.status_code == 422 and empty.content.decode().count("ít nhất một điển hình") == 2
    assert 'href="#id_exemplars"' in empty.content.decode() and 'id="id_exemplars"' in empty.content.decode()
    assert 'value="Họp ngày 30"' in empty.content.decode()
    data = {"exemplars": [accepted.pk], "note": "Họp ngày 30"}
    shown = browser.post(url, {**data, "do": "preview"}).content.decode()
    assert "Đúng, chọn 1 điển hình" in shown and "Vi Văn Thành" in shown
    assert not ShortlistEntry.objects.exists()
    back = browser.post(url, {**data, "do": "back"}).content.decode()
    assert "checked" in back and not ShortlistEntry.objects.exists()
    done = browser.post(url, {**data, "do": "confirm"}, follow=True)
    assert "Đã chọn 1 điển hình" in done.content.decode()
    again = browser.post(url, {**data, "do": "confirm"})
    assert again.status_code == 422 and "không còn chọn được" in again.content.decode()
    assert ShortlistEntry.objects.get().note == "Họp ngày 30"


def test_publishing_previews_the_entries(signed_in, office, village_head, period, accepted):
    entry = add_to_shortlist(by=office, period=period, exemplars=[accepted])[0]
    url = reverse("campaigns:publish", args=[period.pk])
    browser = signed_in("vanphong")
    assert "chưa hỏi ý kiến" in browser.get(url).content.decode()
    assert browser.post(url).status_code == 422
    consent = reverse("campaigns:consent", args=[accepted.pk])
    head = signed_in("thon1")
    wrong = head.post(
        consent, {"answer": "given", "by_whom": "Vi Văn Thành", "answered_on": "32/11/2026", "how": "said"}
    )
    assert wrong.status_code == 422 and 'value="32/11/2026"' in wrong.content.decode()
    head.post(consent, {"answer": "given", "by_whom": "Vi Văn Thành", "answered_on": "20/11/2026", "how": "said"})
    assert Consent.objects.get().is_given
    assert "Sẽ đăng 1 điển hình" in browser.get(url).content.decode()
    browser.post(url)
    entry.refresh_from_db()
    assert entry.published_on
    page = browser.get(reverse("campaigns:chosen", args=[period.pk])).content.decode()
    assert "Đã đăng" in page and "Xem trang" in page


def test_the_lists_have_a_constant_number_of_queries(signed_in, office, village_head, period, accepted):
    browser = signed_in("vanphong")
    counts = []
    for total in (3, 40):
        while Exemplar.objects.count() < total:
            row = Exemplar.objects.get(pk=accepted.pk)
            row.pk = None
            row.save(force_insert=True)
        rows = list(Exemplar.objects.all())
        add_to_shortlist(by=office, period=period, exemplars=rows)
        for row in rows:
            agree(village_head, row)
        query_counts = []
        for name in ("chosen", "choose", "publish"):
            with CaptureQueriesContext(connection) as caught:
                assert browser.get(reverse(f"campaigns:{name}", args=[period.pk])).status_code == 200
            query_counts.append(len(caught))
        counts.append(query_counts)
    assert counts[0] == counts[1]


# ── praise letters ───────────────────────────────────────────────────────────────────────────────
def test_a_praise_letter_has_one_form_of_address_for_one_person(office, accepted):
    Exemplar.objects.filter(pk=accepted.pk).update(deed="Gia đình anh Thành hiến đất. Anh Thành góp công.")
    letter = start_praise_letter(by=office, exemplar=Exemplar.objects.get(pk=accepted.pk))
    assert "Gia đình ông Vi Văn Thành hiến đất. Ông Vi Văn Thành góp công." in letter.text
    assert "nh Thành" not in letter.text.replace("Văn Thành", "")


def test_a_praise_letter_is_drafted_returned_signed_and_linked(office, chair, user, accepted):
    letter = start_praise_letter(by=office, exemplar=accepted)
    assert "Vi Văn Thành" in letter.addressee and accepted.deed in letter.text
    with pytest.raises(RuleBroken, match="Đã có thư khen"):
        start_praise_letter(by=office, exemplar=accepted)
    assert not without_follow_up(Exemplar.objects.all()).exists()
    with pytest.raises(RuleBroken, match="thiếu lời thư"):
        praise_letter_approval.save(letter, by=office, addressee="Ông Thành", text="", signer="Lê Đăng Trường")
        praise_letter_approval.submit(letter, by=office)
    words = {"addressee": "Ông Vi Văn Thành, Thôn 1", "text": "Xã cảm ơn ông.", "signer": "Lê Đăng Trường"}
    praise_letter_approval.save(letter, by=office, **words)
    praise_letter_approval.submit(letter, by=office)
    with pytest.raises(NotAllowed):
        praise_letter_approval.sign(letter, by=office)
    praise_letter_approval.send_back(letter, by=chair, reason="Thêm lời chúc")
    praise_letter_approval.save(letter, by=office, text="Xã cảm ơn ông và chúc ông mạnh khỏe.")
    praise_letter_approval.submit(letter, by=office)
    assert not PraiseLetter.objects.visible_to(user("thon1")).exists()
    assert praise_letter_approval.preview(letter, by=office).paper.kind == "thu_khen"
    praise_letter_approval.sign(letter, by=chair)
    assert (letter.state, letter.document.reference, letter.document.signer) == ("signed", "", "Lê Đăng Trường")
    assert [PraiseLetter.objects.visible_to(user(who)).count() for who in ("thon1", "thon2", "hoidong2")] == [1, 0, 0]
    found = follow_ups_of(user("thon1"), [accepted])[accepted.pk]
    assert [(one.word, one.url) for one in found] == [("Thư khen", letter.get_absolute_url())]
    with pytest.raises(RuleBroken, match="đang ở trạng thái"):
        praise_letter_approval.sign(letter, by=chair)
