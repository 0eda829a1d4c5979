"""The proposal to cancel a paper: who may do what, in which order; consequences are those of a fake kind of paper."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from emulation.core import content_store
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.documents import actions, cancellations
from emulation.documents.actions import ReaderGrant
from emulation.documents.document_files import valid_files
from emulation.documents.models import DocumentCancellation, DocumentEvent
from emulation.documents.paper_cancelling import NOT_CANCELLABLE, paper_cancelling
from emulation.documents.tests import nd30, papers
from emulation.jobs.tasks import sweep_jobs
from emulation.notices.models import Notification
from tests.html import page_of

REASON = "Sai tên người nhận."
LATER = "Hãy hủy ở chỗ khác."


class FakeKind:
    """Remembers what was cancelled; refuses while `refuses` is set."""

    def __init__(self):
        self.refuses = None
        self.cancelled = []

    def cancel_refusal(self, document):
        return self.refuses

    def cancel_consequences(self, document):
        return ["Thu hồi 3 việc."]

    def cancel_paper(self, document, *, by, reason):
        self.cancelled.append((document.pk, by.username, reason))


@pytest.fixture
def kind():
    fake = FakeKind()
    with paper_cancelling.replaced({"fake": fake}):
        yield fake


@pytest.fixture
def document(commune, clerk, kind):
    return actions.issue_document(
        by=clerk,
        commune=commune,
        paper=papers.decision(3),
        series="quyet_dinh",
        issued_on=date(2026, 2, 5),
        key="fake:1",
        readers=(ReaderGrant(unit_id=commune_unit(commune, "thon1")), ReaderGrant(role="superior")),
    )


def commune_unit(commune, code):
    from django.apps import apps

    return apps.get_model("villages.Unit").objects.get(commune=commune, code=code).pk


@pytest.fixture
def proposal(document, office):
    return cancellations.propose_cancellation(by=office, document=document, reason=REASON)


def notified(text):
    return set(Notification.objects.filter(text__contains=text).values_list("user__username", flat=True))


def test_the_chair_agrees_to_what_the_office_proposes(document, proposal, kind, chair):
    assert (proposal.state, kind.cancelled, document.events.count()) == ("proposed", [], 0)
    assert notified("Đề nghị Chủ tịch hủy Quyết định số 01/QĐ-UBND") == {"vanthu", "chutich"}
    actions.add_document_event(by=chair, document=document, kind=DocumentEvent.HANDED, note="Bưu điện xã")
    cancellations.agree_to_cancellation(by=chair, cancellation=proposal)
    assert (proposal.state, proposal.decided_by) == ("agreed", chair)
    assert kind.cancelled == [(document.pk, "chutich", REASON)]
    event = document.events.get(kind=DocumentEvent.CANCELLED)
    assert (event.note, event.by) == (REASON, chair)
    assert notified("Đã hủy Quyết định số 01/QĐ-UBND") == {"thon1", "phongnoivu", "vanphong", "vanthu", "chutich"}
    assert "Thu hồi 3 việc." in proposal.consequences
    assert "5 người dùng được xem văn bản này sẽ được báo đã hủy, kèm lý do." in proposal.consequences
    assert "Đã chuyển cho Bưu điện xã; Văn thư phải tự báo các nơi này." in proposal.consequences


def is_marked(page):
    """pdftohtml gives the letters of a slanted line in pieces."""
    short = "".join(text.text for text in page.texts if len(text.text.strip()) <= 3)
    return set("ĐÃHỦYBỎ") <= set(short)


def test_the_files_of_a_cancelled_paper_are_made_again_with_the_mark(document, proposal, chair):
    def files():
        actions.request_document_files(by=None, document=document)
        sweep_jobs()
        return {file.format: content_store.read(file.sha256) for file in valid_files(document)}

    before = files()
    cancellations.agree_to_cancellation(by=chair, cancellation=proposal)
    assert valid_files(document) == []
    marked = files()
    assert set(marked) == {"pdf", "docx"}
    for data, found in ((before, False), (marked, True)):
        pages = nd30.measure_pages(data["pdf"])
        assert [is_marked(page) for page in pages] == [found] * len(pages)
        with ZipFile(BytesIO(data["docx"])) as package:
            headers = [package.read(name).decode() for name in package.namelist() if "header" in name]
        assert any("ĐÃ HỦY BỎ" in header for header in headers) == found
    assert document.files.count() == 4  # the files of before stay stored


@pytest.mark.parametrize("outcome", ["declined", "withdrawn"])
def test_the_paper_stays_in_force_when_the_proposal_ends(outcome, document, proposal, kind, clerk, chair):
    if outcome == "declined":
        with pytest.raises(RuleBroken, match="vì sao không hủy"):
            cancellations.decline_cancellation(by=chair, cancellation=proposal, reason=" . ")
        cancellations.decline_cancellation(by=chair, cancellation=proposal, reason="Chỉ cần đính chính.")
        assert proposal.decline_reason == "Chỉ cần đính chính."
        assert notified("không đồng ý hủy") == {"vanphong", "vanthu"}
    else:
        cancellations.withdraw_cancellation(by=clerk, cancellation=proposal)
        assert notified("Đã rút đề nghị hủy") == {"vanphong", "chutich"}
    assert (proposal.state, kind.cancelled, document.events.count()) == (outcome, [], 0)
    with pytest.raises(RuleBroken, match="đã được quyết định hoặc đã rút"):
        cancellations.agree_to_cancellation(by=chair, cancellation=proposal)
    again = cancellations.propose_cancellation(by=clerk, document=document, reason="Vẫn phải hủy.")
    cancellations.agree_to_cancellation(by=chair, cancellation=again)
    assert len(kind.cancelled) == 1


def test_only_one_proposal_at_a_time_and_none_after_the_end(document, proposal, office, clerk, chair):
    with pytest.raises(RuleBroken, match="đang chờ Chủ tịch"):
        cancellations.propose_cancellation(by=clerk, document=document, reason=REASON)
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentCancellation.objects.create(
            commune=document.commune, document=document, state="proposed", reason=REASON, proposed_by=office
        )
    cancellations.agree_to_cancellation(by=chair, cancellation=proposal)
    with pytest.raises(RuleBroken, match="đã bị hủy"):
        cancellations.propose_cancellation(by=clerk, document=document, reason=REASON)
    with pytest.raises(RuleBroken, match="đã được quyết định"):
        cancellations.agree_to_cancellation(by=chair, cancellation=DocumentCancellation.objects.get())
    assert document.events.count() == 1


def test_a_replaced_paper_cannot_be_cancelled(document, clerk):
    actions.add_document_event(by=clerk, document=document, kind=DocumentEvent.REPLACED)
    with pytest.raises(RuleBroken, match="đã được thay thế"):
        cancellations.propose_cancellation(by=clerk, document=document, reason=REASON)


def test_what_its_owner_refuses_is_refused_when_proposed_and_when_agreed(document, kind, office, chair):
    kind.refuses = LATER
    with pytest.raises(RuleBroken, match=LATER):
        cancellations.propose_cancellation(by=office, document=document, reason=REASON)
    kind.refuses = None
    proposal = cancellations.propose_cancellation(by=office, document=document, reason=REASON)
    kind.refuses = LATER
    with pytest.raises(RuleBroken, match=LATER):
        cancellations.agree_to_cancellation(by=chair, cancellation=proposal)
    proposal.refresh_from_db()
    assert (proposal.state, kind.cancelled, document.events.count()) == ("proposed", [], 0)


def test_a_kind_of_paper_that_nobody_registered_cannot_be_cancelled(document, office):
    with paper_cancelling.replaced({}), pytest.raises(RuleBroken, match=NOT_CANCELLABLE):
        cancellations.propose_cancellation(by=office, document=document, reason=REASON)


@pytest.mark.parametrize("login", ["thon1", "hoidong2", "phongnoivu", "quantri"])
def test_the_wrong_person_is_refused(login, document, proposal, user, chair, office, kind):
    acts = [
        lambda by: cancellations.agree_to_cancellation(by=by, cancellation=proposal),
        lambda by: cancellations.decline_cancellation(by=by, cancellation=proposal, reason=REASON),
        lambda by: cancellations.withdraw_cancellation(by=by, cancellation=proposal),
        lambda by: cancellations.propose_cancellation(by=by, document=document, reason=REASON),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act(user(login))
    for by, act in ((office, acts[0]), (office, acts[1]), (chair, acts[2]), (chair, acts[3])):
        with pytest.raises(NotAllowed):
            act(by)
    assert not DocumentCancellation.objects.visible_to(user(login)).exists() and kind.cancelled == []


def test_a_form_sent_twice_makes_one_proposal(document, office):
    first, second = (
        cancellations.propose_cancellation(by=office, document=document, reason=REASON, key="k" * 20) for _ in "ab"
    )
    assert first.pk == second.pk and DocumentCancellation.objects.count() == 1


def test_the_pages(document, kind, signed_in):
    office = signed_in("vanphong")
    clerk = signed_in("vanthu")
    chairs = signed_in("chutich")
    url = reverse("documents:propose_cancellation", args=[document.pk])
    assert f'href="{url}"' in page_of(clerk.get(document.get_absolute_url()))
    assert f'href="{url}"' not in page_of(chairs.get(document.get_absolute_url()))
    assert chairs.get(url).status_code == 403 and signed_in("thon1").get(url).status_code == 403
    assert "Thu hồi 3 việc." in page_of(office.get(url))
    refused = office.post(url, {"reason": "..."})
    assert refused.status_code == 422 and "Thu hồi 3 việc." in page_of(refused)
    office.post(url, {"reason": "Sai căn cứ <script>"})
    proposal = DocumentCancellation.objects.get()
    assert "Đang có đề nghị hủy văn bản này" in page_of(office.get(document.get_absolute_url()))
    assert "Đang có đề nghị hủy" not in page_of(signed_in("thon1").get(document.get_absolute_url()))
    page = page_of(chairs.get(proposal.get_absolute_url()))
    for words in ("Thu hồi 3 việc.", "Sai căn cứ &lt;script&gt;", "Đồng ý hủy", "Không đồng ý"):
        assert words in page, words
    agree = reverse("documents:agree_cancellation", args=[proposal.pk])
    stale = chairs.post(agree, {"seen": proposal.version + 1}, follow=True)
    assert "đã được người khác thay đổi" in page_of(stale) and kind.cancelled == []
    done = page_of(chairs.post(agree, {"seen": proposal.version}, follow=True))
    assert "Đã hủy văn bản" in done and "Thu hồi 3 việc." in done and "Đồng ý hủy" not in done
    page = page_of(signed_in("thon1").get(document.get_absolute_url()))
    assert "Đã hủy" in page and "Sai căn cứ &lt;script&gt;" in page
    assert office.post(url, {"reason": "Lần hai"}).status_code == 422


def test_the_reason_why_a_paper_cannot_be_cancelled_is_on_its_page(document, kind, signed_in):
    kind.refuses = LATER
    assert LATER in page_of(signed_in("vanphong").get(document.get_absolute_url()))
    assert LATER not in page_of(signed_in("thon1").get(document.get_absolute_url()))
