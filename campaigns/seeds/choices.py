"""The demo of choosing: October asked, chosen, listed on paper and published; the fourth quarter begun from it."""

from datetime import date
from typing import Any

from django.utils import timezone

from campaigns import actions
from campaigns.models import Choice, Consent, Exemplar, FollowUp, Period
from emulation.communes.models import Commune
from villages.seeds.cast import Cast

ISSUED = date(2026, 11, 3)
# Nominee, login of who asked, who answered, how, photos too; of Ưng the answer is no, Êm was not asked.
YES = (
    ("Vi Văn Thành", "thon1", "Vi Văn Thành", "signed", True),
    ("Hộ gia đình Vi Văn Chiến", "thon2", "Vi Văn Chiến", "said", False),
    ("Nguyễn Thị Quý", "tieuhoc", "Nguyễn Thị Quý", "message", True),
    ("Hội Liên hiệp Phụ nữ xã Bình Lương", "phunu", "Chủ tịch Hội", "said", True),
)
NO = ("Bùi Văn Ưng", "thon4", "Bùi Văn Ưng", "phone")
QUARTER = ("Vi Văn Thành", "Hội Liên hiệp Phụ nữ xã Bình Lương")
OWN_REASON = "Chưa có ý kiến của chi bộ, Ban công tác Mặt trận thôn"


def tell(commune: Commune, on: date, who: Cast) -> None:
    """Needs October's exemplars and a day after its end; told from campaigns.seeds.demo, once."""
    if on < ISSUED:
        return
    office = who("vanphong")
    october = Period.objects.get(commune=commune, kind=Period.MONTH, year=2026, number=10)
    rows = Exemplar.objects.filter(period=october, state="accepted", nothing=False).for_lists()
    known = {row.nominee_name: row for row in rows}
    actions.add_reason(by=office, commune=commune, field="deed", text=OWN_REASON)
    _ask(known, who)
    wanted = [known[name] for name in (*(line[0] for line in YES), NO[0])]
    actions.choose(by=office, period=october, exemplars=wanted, note="Xét chọn ngày 30/10/2026")
    _list(october, who)
    actions.publish(by=office, period=october)
    Choice.objects.filter(period=october).update(chosen_on=min(ISSUED, timezone.localdate()))
    _honour(known, who)
    which: dict[str, Any] = {"commune": commune, "kind": Period.QUARTER, "year": 2026, "number": 4}
    quarter = Period.objects.filter(**which).first() or actions.open_period(by=office, **which)
    actions.choose(by=office, period=quarter, exemplars=[known[name] for name in QUARTER])


def _ask(known: dict[str, Exemplar], who: Cast) -> None:
    day = min(date(2026, 10, 31), timezone.localdate())
    for name, login, by_whom, how, photos in YES:
        actions.record_consent(
            by=who(login),
            exemplar=known[name],
            answer=Consent.GIVEN,
            answered_on=day,
            how=how,
            by_whom=by_whom,
            photos=photos,
        )
    name, login, by_whom, how = NO
    actions.record_consent(
        by=who(login), exemplar=known[name], answer=Consent.REFUSED, answered_on=day, how=how, by_whom=by_whom
    )


def _list(period: Period, who: Cast) -> None:
    office, chair, clerk = who("vanphong"), who("chutich"), who("vanthu")
    chosen_list = actions.start_list(by=office, period=period)
    actions.submit_list(by=office, chosen_list=chosen_list)
    actions.approve_list(by=chair, chosen_list=chosen_list)
    actions.issue_list(by=clerk, chosen_list=chosen_list, issued_on=min(ISSUED, timezone.localdate()))


def _honour(known: dict[str, Exemplar], who: Cast) -> None:
    office, day = who("vanphong"), min(date(2026, 11, 2), timezone.localdate())
    praise: dict[str, Any] = {
        "kind": FollowUp.PRAISED,
        "done_on": day,
        "place": "Lễ chào cờ đầu tháng, loa truyền thanh xã",
    }
    for name in ("Vi Văn Thành", "Nguyễn Thị Quý"):
        actions.follow_up(by=office, exemplar=known[name], **praise)
    chair, union = who("chutich"), known["Hội Liên hiệp Phụ nữ xã Bình Lương"]
    letter = actions.start_praise(by=office, exemplar=union)
    actions.submit_praise(by=office, letter=letter)
    actions.sign_praise(by=chair, letter=letter, signed_on=day)
    nurse = known["Đỗ Thị Êm"]
    actions.follow_up(by=office, exemplar=nurse, kind=FollowUp.EXAMPLE, done_on=day, note="Nêu gương tại giao ban")
