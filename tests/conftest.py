"""Fixtures of the tests across apps."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from commendations.actions.group_request import UnitMeeting, save_meeting, submit_nominations
from commendations.actions.many_nominations import TypedDeed, save_deeds, start_nominations
from commendations.actions.objection import ObjectionFacts, add_objection
from commendations.actions.posting import PostingPlace, start_posting
from commendations.models import Amendment, Award, AwardRecovery, AwardSupplement, AwardSupplementAnswer, Posting
from emulation.accounts.models import AccountRequest, User
from emulation.backups.models import Restore
from emulation.communes.models import Commune
from emulation.jobs.models import Job
from reports.models import ListFile
from tests.db_layers import DatabaseLayers
from tests.new_commune import EXAMPLE
from villages.actions.households import add_household
from villages.models import Person, PersonMatch, Unit
from villages.tests.account_helpers import set_password, show_code


@pytest.fixture
def full_demo(commune: Commune, _db_layers: DatabaseLayers, settings: Any) -> Commune:
    """The demo commune with all demo data, and what the demo has no reason for: supplements, one declined, a recovery, a
    workbook of a long list, two records of one person."""
    settings.MEDIA_ROOT = _db_layers.files
    amendment = Amendment.objects.filter(commune=commune).order_by("pk").first()
    awards = Award.objects.filter(commune=commune).order_by("pk")[:2]
    if amendment and awards:
        facts = {"commune": commune, "amendment": amendment, "amount": 1000, "reason": "Danh hiệu cao hơn đã bị hủy bỏ"}
        first, declined = (AwardSupplement.objects.create(award=award, **facts) for award in awards)
        recorded = {"commune": commune, "recorded_by": amendment.created_by_id}
        AwardSupplementAnswer.objects.create(
            supplement=declined, paid=False, answered_on=awards[1].awarded_on, note="Đã nhận đủ", **recorded
        )
        AwardRecovery.objects.create(award=first.award, amount=1, recovered_on=first.award.awarded_on, **recorded)
    office = User.objects.get(username="vanphong")
    ListFile.objects.create(
        commune=commune, user=office, title="Điển hình", address="/", made_at=timezone.now(), rows=0, content=b"PK"
    )
    one, other = Person.objects.filter(commune=commune, user=None).order_by("pk")[:2]
    PersonMatch.objects.create(
        commune=commune, kept=one, other=other, verdict=PersonMatch.SAME, state=PersonMatch.IN_FORCE, decided_by=office,
        reason="Đã xem căn cước", evidence=[["Họ và tên", one.full_name, other.full_name]],
    )  # fmt: skip
    return commune


@pytest.fixture
def quiet_request_log() -> Iterator[None]:
    """Silences the log of refused requests: these tests send thousands of them."""
    log = logging.getLogger("django.request")
    log.setLevel(logging.CRITICAL)
    yield
    log.setLevel(logging.NOTSET)


@pytest.fixture
def account_request(full_demo: Commune) -> AccountRequest:
    """A request of the office about the clerk's account, which waits for a second person."""
    office, clerk = (User.objects.get(username=login) for login in ("vanphong", "vanthu"))
    return AccountRequest.objects.create(
        commune=full_demo,
        kind=AccountRequest.RESET,
        user=clerk,
        reason="Quên mật khẩu",
        asked_by=office,
        state="asked",
        expires_at=timezone.now() + timedelta(days=7),
    )


@pytest.fixture
def village_list(full_demo: Commune) -> Posting:
    """Two households of a village for one title: their list posted, with an objection, and their common request."""
    head = User.objects.get(username="thon1")
    village = Unit.objects.get(commune=full_demo, code="thon1")
    households = [add_household(by=head, unit=village, head_name=name) for name in ("Hà Văn Niêm", "Lò Thị Yết")]
    year = timezone.localdate().year
    cases = start_nominations(
        by=head, unit=village, nominees=households, code="GDVH", year=year, idempotency_key="village list"
    )
    save_deeds(by=head, typed=[TypedDeed(case, "Đạt tiêu chuẩn.", None) for case in cases], met_on=None)
    request = save_meeting(by=head, unit=village, code="GDVH", year=year, meeting=UnitMeeting())
    submit_nominations(by=head, nominations=cases, request=request)
    where = PostingPlace(timezone.localdate(), "Nhà văn hóa thôn")
    posting = start_posting(by=head, unit=village, code="GDVH", year=year, where=where)
    facts = ObjectionFacts("", timezone.localdate(), "Thả rông trâu.")
    add_objection(by=head, posting=posting, nomination=cases[0], facts=facts)
    return posting


@pytest.fixture
def failed_job(full_demo: Commune, account_request: AccountRequest, village_list: Posting) -> Job:
    """One job that failed, a restore after which messages wait, a request about an account, a posted list."""
    moment = timezone.now()
    Restore.objects.create(commune=full_demo, restored_at=moment, backup_name="x", backup_made_at=moment, run_by="x")
    job = Job.objects.filter(commune=full_demo).first()
    assert job is not None
    Job.objects.filter(pk=job.pk).update(state=Job.FAILED)
    return job


@pytest.fixture
def slip_codes(db: None, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The codes of the slips that `open_commune` prints for the example plan, by login."""
    call_command("open_commune", EXAMPLE)
    printed = [line.split()[:2] for line in capsys.readouterr().out.splitlines()]
    return {line[0]: line[1] for line in printed if line and line[0] in ("vanphong", "quantri")}


@pytest.fixture
def first_office(slip_codes: dict[str, str]) -> Client:
    """The office of the commune of the example plan, signed in with its slip."""
    browser, _ = show_code("vanphong", slip_codes["vanphong"])
    assert set_password(browser).status_code == 302
    return browser
