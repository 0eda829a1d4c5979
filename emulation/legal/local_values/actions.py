"""Actions on local values: the office drafts and proposes, the chair approves or refuses."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.capacity import role_holder_ids
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.core import content_store
from emulation.core.attachments import prepare_attachment
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean_lines
from emulation.core.validation import not_future, require_reason
from emulation.legal import current
from emulation.legal.engine.checker import shape_problem
from emulation.legal.engine.law import LegalQuestion
from emulation.legal.engine.loader import legal_questions
from emulation.legal.engine.local_rulings import make_local_value
from emulation.legal.engine.value_text import scope_text
from emulation.legal.local_values.queries import ScopePair
from emulation.legal.models import LegalValue, LocalValue
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act

LOCAL_SOURCE = "văn bản của địa phương, Chủ tịch UBND xã đã duyệt"


@dataclass(frozen=True)
class SupportingPaper:
    """The paper that a local value is based on, and the place in it; all empty for a withdrawal without a paper."""

    name: str = ""
    number: str = ""
    day: date | None = None
    issuer: str = ""
    article: str = ""
    clause: str = ""
    point: str = ""


@dataclass(frozen=True)
class LocalValueInput:
    """The input of the office. `content` is the answer of an override, None for the other modes."""

    mode: str
    pairs: list[ScopePair]
    starts_on: date
    reason: str
    paper: SupportingPaper
    ends_on: date | None = None
    content: Any = None


# ── the office ───────────────────────────────────────────────────────────────────────────────────


def start_local_value(
    *, by: User, commune: Commune, code: str, wording: LocalValueInput, file: bytes | None = None
) -> LocalValue:
    """A draft about one question. RuleBroken when the question, the days or the paper are not valid."""
    with act("legal.start_local", commune, by=by, code=code) as locked:
        local = LocalValue(commune=locked, state=LocalValue.DRAFT, code=code)
        _fill_draft(local, wording, file)
        local.save()
        return local


def edit_local_value(
    *, by: User, local: LocalValue, wording: LocalValueInput, file: bytes | None = None, seen: int | None = None
) -> LocalValue:
    """Replaces the content of the draft; without a new file the attached one stays."""
    with act("legal.edit_local", local, by=by, seen=seen) as draft:
        _fill_draft(draft, wording, file)
    return local


def propose_local_value(*, by: User, local: LocalValue, seen: int | None = None) -> LocalValue:
    """Submits it to the chair. RuleBroken when it is not valid, or its paper is missing."""
    with act("legal.propose_local", local, by=by, seen=seen) as draft:
        _check(draft)
        draft.proposed_by = by
        chairs = role_holder_ids(draft.commune_id, Role.chair, on=timezone.localdate())
        _notify(draft, by, chairs, "Văn phòng trình duyệt")
    return local


def recall_local_value(*, by: User, local: LocalValue, seen: int | None = None) -> LocalValue:
    """Recalls it from the chair for correction."""
    with act("legal.recall_local", local, by=by, seen=seen):
        pass
    return local


def cancel_local_value(*, by: User, local: LocalValue, seen: int | None = None) -> LocalValue:
    """Cancels a draft."""
    with act("legal.cancel_local", local, by=by, seen=seen):
        pass
    return local


def _fill_draft(local: LocalValue, wording: LocalValueInput, file: bytes | None) -> None:
    local.mode = wording.mode
    local.reason = clean_lines(wording.reason)
    local.scopes = [list(pair) for pair in wording.pairs]
    local.starts_on = wording.starts_on
    local.ends_on = None if wording.mode == LocalValue.WITHDRAW else wording.ends_on
    _fill_paper(local, wording.paper)
    if file is not None:
        attachment = prepare_attachment(file)
        local.file_sha256 = content_store.put(attachment.data)
        local.file_ending = attachment.ending
        local.file_size = len(attachment.data)
    local.contents = _contents(local, wording.content)
    _check(local)


def _fill_paper(local: LocalValue, paper: SupportingPaper) -> None:
    local.paper_name = paper.name
    local.paper_number = paper.number
    local.paper_date = paper.day
    local.paper_issuer = paper.issuer
    local.article = paper.article
    local.clause = paper.clause
    local.point = paper.point


def _contents(local: LocalValue, content: Any) -> list[Any]:
    """The content for each pair: the general value of the first day, or `content` for an override."""
    if local.mode == LocalValue.CONFIRM:
        return [_general_content(local, pair) for pair in local.pairs]
    return [content] * len(local.pairs) if local.mode == LocalValue.OVERRIDE else []


def _general_content(local: LocalValue, pair: ScopePair) -> Any:
    value = current.general_law().find(local.code, local.starts_on, *pair)
    if value is None:
        raise RuleBroken(
            f"Ngày {format_date(local.starts_on)} chưa có quy định chung về “{local.label}” để xác nhận.", "starts_on"
        )
    return value.content


# ── validation ───────────────────────────────────────────────────────────────────────────────────


def _question(local: LocalValue) -> LegalQuestion:
    code = legal_questions().get(local.code)
    if code is None:
        raise RuleBroken("Phần mềm không còn dùng nội dung pháp lý này.")
    return code


def _check(local: LocalValue) -> None:
    """RuleBroken when the local value is not valid."""
    code = _question(local)
    if not local.pairs or not set(local.pairs) <= set(code.combinations()):
        raise RuleBroken("Hãy chọn ít nhất một đối tượng, loại mà quy định này áp dụng.", "scopes")
    if local.starts_on < code.since:
        raise RuleBroken(
            f"Phần mềm chỉ trả lời nội dung này từ ngày {format_date(code.since)}. Hãy chọn ngày áp dụng không sớm hơn.",
            "starts_on",
        )
    if local.ends_on and local.ends_on < local.starts_on:
        raise RuleBroken("Ngày hết áp dụng không thể trước ngày bắt đầu.", "ends_on")
    require_reason(local.reason)
    if local.mode == LocalValue.OVERRIDE and any(shape_problem(code, content) for content in local.contents):
        raise RuleBroken("Nội dung không đúng dạng mà phần mềm cần.")
    _check_paper(local)
    _check_history(local)


def _check_paper(local: LocalValue) -> None:
    if local.paper_date:
        not_future(local.paper_date, "Ngày văn bản", "paper_date")
    if local.mode == LocalValue.WITHDRAW:
        return
    for field in ("paper_name", "paper_number", "paper_date", "paper_issuer", "article"):
        if not getattr(local, field):
            raise RuleBroken("Hãy nhập mục này: quy định của địa phương phải dẫn được văn bản.", field)
    if not local.file_sha256:
        raise RuleBroken("Hãy đính kèm văn bản (PDF hoặc ảnh).", "file")


def _check_history(local: LocalValue) -> None:
    """A withdrawal needs a local value in force; two other local values of a question may not begin on the same day."""
    if local.mode == LocalValue.WITHDRAW:
        _check_withdrawal(local)
        return
    decided = LocalValue.objects.decided_in(local.commune_id)
    same_day = list(decided.filter(code=local.code, starts_on=local.starts_on).exclude(pk=local.pk))
    for pair in local.pairs:
        last = next((other for other in reversed(same_day) if pair in other.pairs), None)
        if last and last.mode != LocalValue.WITHDRAW:
            raise RuleBroken(
                f"Đã có quy định được duyệt áp dụng từ đúng ngày {format_date(local.starts_on)}{_scope_suffix(pair)}. "
                "Hãy chọn ngày khác, hoặc bỏ quy định đó từ chính ngày ấy rồi nhập lại.",
                "starts_on",
            )


def _check_withdrawal(local: LocalValue) -> None:
    law = current.law_for(local.commune_id)
    for pair in local.pairs:
        value = law.find(local.code, local.starts_on, *pair)
        if value is None or not value.local:
            raise RuleBroken(
                f"Ngày {format_date(local.starts_on)} không có quy định của địa phương nào để bỏ{_scope_suffix(pair)}.",
                "starts_on",
            )


def _scope_suffix(pair: ScopePair) -> str:
    scope = scope_text([pair])
    return f" ({scope})" if scope else ""


# ── the chair ────────────────────────────────────────────────────────────────────────────────────


def approve_local_value(*, by: User, local: LocalValue, seen: int | None = None) -> LocalValue:
    """Puts the local value in force from its first day; cases decided before keep the version that they used.

    RuleBroken when it is no longer valid, or when it confirms a general value that has changed since it was proposed.
    """
    with transaction.atomic():
        # Locks the commune, so that its approvals run one after the other.
        Commune.objects.select_for_update().get(pk=local.commune_id)
        with act("legal.approve_local", local, by=by, seen=seen) as final:
            _check(final)
            if final.mode == LocalValue.CONFIRM and final.contents != _contents(final, None):
                raise RuleBroken(
                    "Quy định chung đã đổi từ khi Văn phòng trình. Hãy không duyệt để Văn phòng xem và trình lại."
                )
            final.decided_by = by
            final.decided_at = timezone.now()
            _write_values(final)
            _end_replaced(by, final)
            _notify(final, by, _office_user_ids(final), "Chủ tịch đã duyệt")
    return local


def refuse_local_value(*, by: User, local: LocalValue, reason: str, seen: int | None = None) -> LocalValue:
    """Refuses the local value, with a reason; the office may write another. RuleBroken without a reason."""
    reason = require_reason(reason, "Hãy ghi lý do không duyệt.")
    with act("legal.refuse_local", local, by=by, seen=seen, reason=reason) as final:
        final.decided_by = by
        final.decided_at = timezone.now()
        final.refused_reason = reason
        _notify(final, by, _office_user_ids(final), "Chủ tịch không duyệt")
    return local


def _write_values(final: LocalValue) -> None:
    for pair, content in zip(final.pairs, final.contents, strict=False):
        value = make_local_value(
            final.commune_id,
            final.pk,
            question=(final.code, *pair),
            start=final.starts_on,
            end=final.ends_on,
            content=content,
            citation=final.citation,
            source=LOCAL_SOURCE,
            note=final.reason,
        )
        LegalValue.of(value, final).save()


def _end_replaced(by: User, final: LocalValue) -> None:
    """Ends approved local values whose pairs are all replaced by later ones."""
    decided = [*LocalValue.objects.decided_in(final.commune_id).filter(code=final.code).exclude(pk=final.pk), final]
    decided.sort(key=lambda local: (local.starts_on, local.decided_at, local.pk))
    replaced: set[ScopePair] = set()
    for local in reversed(decided):
        if local.pk != final.pk and local.state == LocalValue.APPROVED and set(local.pairs) <= replaced:
            with act("legal.end_local", local, by=by, replaced_by=final.pk):
                pass
        replaced |= set(local.pairs)


def _office_user_ids(local: LocalValue) -> list[int]:
    """Ids of the users of the office today, and of the user who proposed."""
    users = role_holder_ids(local.commune_id, Role.office, on=timezone.localdate())
    return [*users, local.proposed_by_id] if local.proposed_by_id else users


def _notify(local: LocalValue, by: User, users: list[int], event: str) -> None:
    notify_users(
        commune_id=local.commune_id,
        users=[user for user in users if user != by.pk],
        text=f"{event} quy định của địa phương: {local}.",
        link=local.get_absolute_url(),
        key=f"local-value:{local.pk}:{local.state}:{local.version}",
    )
