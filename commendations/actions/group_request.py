"""Actions on the request of a unit for many cases: the facts of its meeting, submission with one list, taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from commendations.actions.nomination import submit_nomination
from commendations.flow.group_request import cases_to_take_back
from commendations.models import GroupRequest, GroupRequestLine, Nomination
from commendations.papers.group_request import group_request_paper, unit_minutes_paper
from commendations.queries.group_request import cases_by_list_order, minutes_with_these, written_request
from emulation.accounts.models import User
from emulation.communes.capacity import role_holder_ids
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.text import clean, clean_lines
from emulation.core.validation import not_future, require_reason
from emulation.documents import actions as documents
from emulation.documents.blocks.paper import Paper
from emulation.documents.models import IssuedDocument
from emulation.notices import actions as notices
from emulation.workflow.authorization import check_act
from emulation.workflow.transitions import act
from villages.models import Unit

OPEN_STATES = ("draft", "returned")
"""States from which the unit submits a case; another state is a fault of its row."""


class SomeCasesBroken(RuleBroken):
    """Nothing was saved: `faults` is the reason by the id of the case."""

    def __init__(self, faults: dict[int, str]) -> None:
        super().__init__("Chưa lưu hồ sơ nào. Xem lại những dòng có báo lỗi rồi bấm lại.")
        self.faults = faults


@dataclass(frozen=True)
class UnitMeeting:
    """The facts of the unit's meeting; all may be empty."""

    met_on: date | None = None
    place: str = ""
    presider: str = ""
    secretary: str = ""
    attendees: str = ""
    present: int | None = None
    invited: int | None = None
    discussion: str = ""


@transaction.atomic
def save_meeting(*, by: User, unit: Unit, code: str, year: int, meeting: UnitMeeting) -> GroupRequest:
    """Saves the facts of the meeting with the request that the unit is writing; makes one if there is none.

    Raises RuleBroken for a day in the future, and if more people were present than invited.
    """
    Unit._base_manager.select_for_update().get(pk=unit.pk)  # of two at once the second finds the request of the first
    request = written_request(unit, code, year)
    if request is None:
        request = GroupRequest.objects.create(
            commune=unit.commune, unit=unit, award_code=code, year=year, state=GroupRequest.WRITING
        )
    with act("commendations.edit_group_request", request, by=by) as locked:
        if meeting.met_on:
            not_future(meeting.met_on, "Ngày họp bình xét", "met_on")
        if meeting.present is not None and meeting.invited is not None and meeting.present > meeting.invited:
            raise RuleBroken("Số người có mặt không thể nhiều hơn số người được mời.", field="present")
        for name in ("place", "presider", "secretary"):
            setattr(locked, name, clean(getattr(meeting, name)))
        for name in ("attendees", "discussion"):
            setattr(locked, name, clean_lines(getattr(meeting, name)))
        locked.met_on = meeting.met_on
        locked.present = meeting.present
        locked.invited = meeting.invited
    return request


@dataclass(frozen=True)
class CaseLeft:
    """A case that was not submitted with the others, and why."""

    nomination: Nomination
    reason: str


@transaction.atomic
def submit_nominations(
    *, by: User, nominations: Sequence[Nomination], request: GroupRequest, on: date | None = None
) -> list[CaseLeft]:
    """Submits those that are complete, all or none, with one request and one list; returns those that cannot be submitted.

    One alone is submitted with a request of its own. Raises SomeCasesBroken.
    """
    left = _cases_left(by, nominations)
    kept = {one.nomination.pk for one in left}
    complete = [case for case in nominations if case.pk not in kept]
    if not complete:
        raise RuleBroken(_why_none(left))
    document = _send(by, request, complete, on or timezone.localdate()) if len(complete) > 1 else None
    _submit_each(by, complete, on, document)
    return left


def _submit_each(by: User, cases: Sequence[Nomination], on: date | None, document: IssuedDocument | None) -> None:
    faults = {}
    for case in cases:
        try:
            submit_nomination(by=by, nomination=case, on=on, request=document)
        except RuleBroken as broken:
            faults[case.pk] = broken.message
    if faults:
        raise SomeCasesBroken(faults)


def _cases_left(by: User, nominations: Sequence[Nomination]) -> list[CaseLeft]:
    """The open cases that this user cannot submit now, each with the reason; a case in another state is a fault of its row."""
    left = []
    for case in nominations:
        answer = check_act("commendations.submit", case, by) if case.state in OPEN_STATES else None
        if answer is not None and not answer:
            left.append(CaseLeft(case, answer.reason))
    return left


def _why_none(left: Sequence[CaseLeft]) -> str:
    with_deed = next((one for one in left if one.nomination.deed), None)
    return with_deed.reason if with_deed else "Chưa hồ sơ nào ghi thành tích nên chưa nộp được hồ sơ nào."


def _send(by: User, request: GroupRequest, cases: Sequence[Nomination], day: date) -> IssuedDocument:
    """Freezes the papers with the list of these cases and marks the request as sent; returns the request's paper."""
    with act("commendations.send_group_request", request, by=by, cases=len(cases)) as locked:
        listed = cases_by_list_order(cases)
        GroupRequestLine.objects.bulk_create(
            GroupRequestLine(group_request=locked, nomination=case, place=place) for place, case in enumerate(listed, 1)
        )
        document = _frozen(by, locked, "request", group_request_paper(locked, listed, day), day)
        locked.request_document = document
        locked.minutes_document = minutes_with_these(locked, listed) or _minutes(by, locked, listed)
        locked.sent_on = day
        _notify_office(locked, by, f"nộp danh sách đề nghị {len(listed)} trường hợp, năm {locked.year}.", "sent")
    return document


def _minutes(by: User, request: GroupRequest, listed: Sequence[Nomination]) -> IssuedDocument | None:
    if request.met_on is None:
        return None
    return _frozen(by, request, "minutes", unit_minutes_paper(request, listed), request.met_on)


def _frozen(by: User, request: GroupRequest, name: str, paper: Paper, day: date) -> IssuedDocument:
    return documents.freeze_document(
        by=by,
        commune=request.commune,
        paper=paper,
        issued_on=day,
        key=f"group_request:{request.pk}:{name}",
        readers=[documents.ReaderGrant(unit_id=request.unit_id)],
        about=request.unit.name,
    )


def take_back_request(*, by: User, request: GroupRequest, reason: str, seen: int | None = None) -> list[Nomination]:
    """Makes drafts again of all cases of the list that nobody has checked yet; returns them.

    The papers stay as they were sent. Cases that the office has returned, confirmed or that were submitted again stay as
    they are. Raises RuleBroken without a reason, and when no case can be taken back.
    """
    facts: dict[str, Any] = {"reason": clean_lines(reason)}
    with act("commendations.take_back_group_request", request, by=by, seen=seen, **facts) as locked:
        reason = require_reason(facts["reason"], "Hãy ghi lý do lấy lại danh sách.")
        cases = cases_to_take_back(locked)
        for case in cases:
            # Its exemplar stays nominated, and the office is notified of the list once instead of twice for each case.
            with act("commendations.withdraw", case, by=by, reason=reason):
                pass
            with act("commendations.restore", case, by=by):
                pass
        _notify_office(locked, by, f"lấy lại danh sách đã nộp ({len(cases)} hồ sơ về bản soạn): {reason}", "taken_back")
    return cases


def _notify_office(request: GroupRequest, by: User, what: str, key: str) -> None:
    office = set(role_holder_ids(request.commune_id, Role.office, on=timezone.localdate()))
    notices.notify_users(
        commune_id=request.commune_id,
        users=office - {by.pk},
        text=f"{request.unit.name} {what}",
        link=request.get_absolute_url(),
        key=f"group_request:{request.pk}:{key}",
    )
