"""Demo data of shortlists: October with consent, shortlist, notice and publication; the fourth quarter started from it."""

from datetime import date
from typing import Any

from campaigns.catalogue.actions import add_return_reason
from campaigns.exemplars.actions.consent import record_consent
from campaigns.exemplars.actions.follow_up import record_follow_up
from campaigns.exemplars.actions.period import open_period
from campaigns.exemplars.actions.praise_letter import praise_letter_approval, start_praise_letter
from campaigns.exemplars.actions.shortlist import add_to_shortlist, publish_shortlist
from campaigns.exemplars.actions.shortlist_notice import (
    shortlist_notice_approval,
    start_shortlist_notice,
)
from campaigns.exemplars.models.consent import Consent
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.follow_up import FollowUp
from campaigns.exemplars.models.period import Period
from emulation.communes.models import Commune
from emulation.documents.cancellations import decline_cancellation, propose_cancellation
from villages.seeds.demo_actors import DemoActors, issue_demo_paper
from villages.seeds.demo_clock import Story

CONSENTED = date(2026, 10, 22)
"""Before the nominations of October: one who is nominated is no longer put on a shortlist."""
PRAISED = date(2026, 11, 2)
ISSUED = date(2026, 11, 3)
# Nominee, login of the user who records the consent, who answered, how, photos too; Ưng refuses, Êm is not asked.
YES = (
    ("Vi Văn Thành", "thon1", "Vi Văn Thành", "signed", True),
    ("Hộ gia đình Vi Văn Chiến", "thon2", "Vi Văn Chiến", "said", False),
    ("Nguyễn Thị Quý", "tieuhoc", "Nguyễn Thị Quý", "message", True),
    ("Hội Liên hiệp Phụ nữ xã Bình Lương", "phunu", "Chủ tịch Hội", "said", True),
)
NO = ("Bùi Văn Ưng", "thon4", "Bùi Văn Ưng", "phone")
QUARTER = ("Vi Văn Thành", "Hội Liên hiệp Phụ nữ xã Bình Lương")
CANCEL_BECAUSE = "Có đơn vị xin thêm một điển hình gửi muộn vào danh sách tháng 10."
KEPT_BECAUSE = "Điển hình gửi muộn xét ở danh sách quý IV, không hủy thông báo đã ban hành."
OWN_REASON = "Chưa có ý kiến của chi bộ, Ban công tác Mặt trận thôn"


def shortlists_story(commune: Commune, on: date, who: DemoActors) -> Story:
    """The shortlists if `on` is after October, whose exemplars must exist; played once by campaigns.seeds.demo."""
    if on < ISSUED:
        return ""
    yield CONSENTED
    office = who("vanphong")
    october = Period.objects.get(commune=commune, kind=Period.MONTH, year=2026, number=10)
    rows = Exemplar.objects.filter(period=october, state="accepted", nothing=False).for_lists()
    exemplars = {row.nominee_name: row for row in rows}
    add_return_reason(by=office, commune=commune, field="deed", text=OWN_REASON)
    _record_consents(exemplars, who)
    names = [*(line[0] for line in YES), NO[0]]
    shortlisted = [exemplars[name] for name in names]
    add_to_shortlist(by=office, period=october, exemplars=shortlisted, note="Xét chọn ngày 22/10/2026")
    yield PRAISED
    _record_follow_ups(exemplars, who)
    yield ISSUED
    _issue_notice(october, who)
    publish_shortlist(by=office, period=october)
    facts: dict[str, Any] = {"commune": commune, "kind": Period.QUARTER, "year": 2026, "number": 4}
    quarter = Period.objects.filter(**facts).first() or open_period(by=office, **facts)
    add_to_shortlist(by=office, period=quarter, exemplars=[exemplars[name] for name in QUARTER])
    return ""


def _record_consents(exemplars: dict[str, Exemplar], who: DemoActors) -> None:
    for name, login, by_whom, how, photos in YES:
        record_consent(
            by=who(login),
            exemplar=exemplars[name],
            answer=Consent.GIVEN,
            answered_on=CONSENTED,
            how=how,
            by_whom=by_whom,
            photos=photos,
        )
    name, login, by_whom, how = NO
    record_consent(
        by=who(login), exemplar=exemplars[name], answer=Consent.REFUSED, answered_on=CONSENTED, how=how, by_whom=by_whom
    )


def _issue_notice(period: Period, who: DemoActors) -> None:
    notice = start_shortlist_notice(by=who("vanphong"), period=period)
    issue_demo_paper(shortlist_notice_approval, notice, who, ISSUED)
    assert notice.document is not None
    cancellation = propose_cancellation(by=who("vanthu"), document=notice.document, reason=CANCEL_BECAUSE)
    decline_cancellation(by=who("chutich"), cancellation=cancellation, reason=KEPT_BECAUSE)


def _record_follow_ups(exemplars: dict[str, Exemplar], who: DemoActors) -> None:
    office = who("vanphong")
    praise: dict[str, Any] = {
        "kind": FollowUp.PRAISED,
        "done_on": PRAISED,
        "place": "Lễ chào cờ đầu tháng, loa truyền thanh xã",
    }
    for name in ("Vi Văn Thành", "Nguyễn Thị Quý"):
        record_follow_up(by=office, exemplar=exemplars[name], **praise)
    chair = who("chutich")
    union = exemplars["Hội Liên hiệp Phụ nữ xã Bình Lương"]
    letter = start_praise_letter(by=office, exemplar=union)
    praise_letter_approval.submit(letter, by=office)
    praise_letter_approval.sign(letter, by=chair, signed_on=PRAISED)
    nurse = exemplars["Đỗ Thị Êm"]
    record_follow_up(by=office, exemplar=nurse, kind=FollowUp.EXAMPLE, done_on=PRAISED, note="Nêu gương tại giao ban")
