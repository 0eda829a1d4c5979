"""The demo nominations, created through the actions."""

from datetime import date

import pytest
from django.utils import timezone

from campaigns.seeds import demo as exemplars
from commendations.models import Award, CouncilSession, Handover, JointProposal, Kinship, Nomination, Posting
from commendations.seeds import demo
from emulation.audit.log import chain_faults
from emulation.notices.models import Notification
from villages.seeds import demo as evidence

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.slow]
ON = date(2026, 11, 23)


def test_october_is_awarded_and_november_in_progress_once(commune, village_head):
    assert demo.play_commendations_demo(commune, ON) == ""  # no exemplars yet
    exemplars.play_campaigns_demo(commune, ON)
    assert demo.play_commendations_demo(commune, ON) == "10 đề nghị, 2 phiên họp, 1 quyết định"
    assert demo.play_commendations_demo(commune, ON) == ""
    states = {case.nominee_name: case.state for case in Nomination.objects.all()}
    assert states == {
        "Vi Văn Thành": "awarded",
        "Hộ gia đình Vi Văn Chiến": "awarded",
        "Bùi Văn Ưng": "returned",
        "Nguyễn Thị Quý": "submitted",
        "Hội Liên hiệp Phụ nữ xã Bình Lương": "on_session",
        **{f"Hộ gia đình {name}": "submitted" for name in ("Lương Văn Mạnh", "Hà Thị Toan", "Vi Văn Quyết")},
        **{f"Hộ gia đình {name}": "draft" for name in ("Lò Văn Chung", "Quách Thị Dung")},
    }
    over, running = Posting.objects.order_by("starts_on")
    assert (over.unit.code, over.state, running.unit.code, running.state) == ("thon2", "closed", "thon4", "posted")
    assert [row.outcome for row in (over.objections.get(), running.objections.get())] == ["kept", ""]
    sudden = Nomination.objects.get(kind="DX")
    assert (sudden.nominee_name, sudden.period_to, sudden.met_on) == ("Bùi Văn Ưng", date(2026, 11, 18), None)
    assert timezone.localdate(sudden.created_at) == date(2026, 11, 19)  # the day after the deed
    assert sorted(CouncilSession.objects.values_list("state", "held_on")) == [
        ("closed", date(2026, 10, 29)),
        ("planned", date(2026, 11, 30)),
    ]
    joint = JointProposal.objects.get()
    assert (joint.nomination.nominee_name, joint.nomination.unit.code, joint.unit.code) == (
        "Nguyễn Thị Quý", "tieuhoc", "phunu",
    )  # fmt: skip
    assert Kinship.objects.get().other.full_name == "Bùi Văn Ưng"
    assert {award.name for award in Award.objects.all()} >= {"Vi Văn Thành"} and Award.objects.count() == 2
    assert Handover.objects.get().received_on == date(2026, 11, 2)
    assert Notification.objects.filter(user=village_head, text__contains="được tặng Giấy khen").exists()
    assert list(chain_faults(commune.pk)) == []


def test_titles_need_the_yearly_evaluations(commune):
    evidence.play_villages_demo(commune, ON)
    exemplars.play_campaigns_demo(commune, ON)
    assert demo.play_commendations_demo(commune, ON) == "15 đề nghị, 4 phiên họp, 4 quyết định"
    titles = Award.objects.filter(is_title=True).order_by("award_code", "decision_serial")
    assert [(row.award_code, row.name, row.amount, bool(row.certificate)) for row in titles] == [
        ("CSTDCS", "Đỗ Thị Êm", 2_530_000, True),
        ("LDTT", "Đỗ Thị Êm", 0, False),
        ("LDTT", "Bùi Thị Sen", 760_000, False),
    ]
    assert Nomination.objects.get(award_code="BKT").state == "proposed_up"
    assert list(chain_faults(commune.pk)) == []


def test_nothing_is_created_before_the_demo_days(commune):
    exemplars.play_campaigns_demo(commune, date(2026, 10, 31))
    assert demo.play_commendations_demo(commune, date(2026, 10, 31)) == "" and not Nomination.objects.exists()
