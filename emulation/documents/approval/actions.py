"""The actions that all papers with an approval share: save, submit, return, approve, recall, issue or sign, preview, drop."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Generic, TypeVar, cast

from django.utils import timezone

from emulation.accounts.models import User
from emulation.accounts.queries import chair_signer, deputy_name_fault
from emulation.communes.capacity import capacity_of, role_holder_ids
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.fields import CleanTextModelField
from emulation.core.formatting import upper_first
from emulation.core.text import clean, clean_lines
from emulation.core.validation import not_future, require_reason
from emulation.documents import actions as documents
from emulation.documents.approval.flow import ApprovalFlow
from emulation.documents.approval.models import ApprovalSubject
from emulation.documents.approval.queries import column_text
from emulation.documents.blocks.paper import Paper
from emulation.documents.models import Draft, IssuedDocument
from emulation.documents.origins import register_origin
from emulation.documents.paper_cancelling import paper_cancelling, paper_key_id
from emulation.documents.samples import register_paper_sample
from emulation.notices.actions import notify_each_user, notify_users
from emulation.workflow.differences import Difference, differences, is_unchanged, refuse_unchanged
from emulation.workflow.transitions import act
from emulation.workflow.workflow import register_flow, state_of

PaperT = TypeVar("PaperT", bound=ApprovalSubject)
MESSAGES = {
    "start": "Đã lập. Viết tiếp các mục; chưa xong cũng lưu được.",
    "save": "Đã lưu.",
    "submit": "Đã trình Chủ tịch.",
    "approve": "Đã duyệt. Văn thư sẽ lấy số và ban hành.",
    "return": "Đã trả lại Văn phòng.",
    "recall": "Đã đưa về Văn phòng sửa. Bản trình ký cũ không còn dùng được.",
    "issue": "Đã ban hành. Các đơn vị đã được báo.",
    "preview": "",
    "drop": "Đã bỏ dự thảo.",
}


@dataclass(frozen=True)
class Audience:
    """Who may read a paper once it is issued, besides the staff, and which users (ids) are notified of it."""

    readers: tuple[documents.ReaderGrant, ...] = ()
    users: tuple[int, ...] = ()


class Approval(Generic[PaperT]):
    """The life of one kind of paper. A subclass gives its paper and what is particular to it.

    `key` is the prefix of its paper keys, `series` its number series ("" for a paper that the chair signs without a
    number), `kind` the code of its kind of paper, `required` its required columns ({column: name in a message}),
    `messages` its success messages by verb, `issued_words` what its readers are notified when it is issued,
    `empty_text` the text of an empty list, `related` the related objects that its `__str__` and page read.
    """

    flow: ClassVar[ApprovalFlow]
    key: ClassVar[str]
    kind: ClassVar[str]
    series: ClassVar[str] = ""
    required: ClassVar[Mapping[str, str]] = {}
    messages: ClassVar[Mapping[str, str]] = {}
    issued_words: ClassVar[str] = "Xã ban hành"
    empty_text: ClassVar[str] = "Văn bản hiện ra ở đây khi được ban hành."
    related: ClassVar[tuple[str, ...]] = ()

    # ── what is particular to a kind of paper ─────────────────────────────────────────────────────
    def paper(self, subject: PaperT, on: date) -> Paper:
        """The paper with the letterhead of that day. Raises InvalidPaper when a required part is missing."""
        raise NotImplementedError

    def audience(self, subject: PaperT, on: date) -> Audience:
        """Who reads the paper when it is issued; called after `on_issue`."""
        raise NotImplementedError

    def breadcrumbs(self, subject: PaperT) -> list[tuple[str, str]]:
        """Label and URL of the pages above its page."""
        return []

    def prefilled(self, commune: Commune, on: date, columns: Mapping[str, Any]) -> Mapping[str, Any]:
        """The columns of a new draft, from those of its start form. Raises RuleBroken when there may be no such draft."""
        return columns

    def draft_day(self, subject: PaperT) -> date:
        """The day whose names and law a draft has."""
        return timezone.localdate()

    def document_key(self, subject: PaperT) -> str:
        return f"{self.key}:{subject.pk}"

    def series_of(self, subject: PaperT) -> str:
        """The number series of this paper, for a kind whose papers are numbered in several."""
        return self.series

    def authors(self, subject: PaperT) -> list[int]:
        """The users who are notified what the chair and the clerk do with it."""
        return [subject.created_by_id] if subject.created_by_id else []

    def notice_of_issue(self, subject: PaperT) -> tuple[str, str]:
        """What its readers are notified when it is issued, and the page to which they are led, which all of them may read."""
        return f"{self.issued_words}: {subject.name_in_sentence()}", subject.get_absolute_url()

    def on_save(self, subject: PaperT) -> None:
        """Checks and derived columns of a save."""

    def check_deputy(self, subject: PaperT) -> None:
        """RuleBroken for a paper that the vice chair cannot sign in the place of the chair."""

    def on_submit(self, subject: PaperT) -> None:
        """Checks and frozen figures of a submission."""

    def own_content(self, subject: PaperT) -> Mapping[str, str]:
        """{label: text} of what its paper has besides the columns of `EDITABLE`; overrides a column of that label."""
        return {}

    def content(self, subject: PaperT) -> dict[str, str]:
        """{label: text} of everything that the chair may ask to correct."""
        columns = {name: upper_first(str(subject._meta.get_field(name).verbose_name)) for name in subject.EDITABLE}
        return {**{columns[name]: column_text(subject, name) for name in columns}, **self.own_content(subject)}

    def is_unchanged(self, subject: PaperT) -> bool:
        """Whether the chair returned it and nothing was changed: submitting it again is refused."""
        return subject.state == ApprovalSubject.RETURNED and is_unchanged(subject, lambda: self.content(subject))

    def changes(self, subject: PaperT) -> list[Difference] | None:
        """What changed since the chair returned it; None when it is not submitted again."""
        if not subject.returned_content or not subject.is_submitted:
            return None
        return differences(subject.returned_content, self.content(subject))

    def on_return(self, subject: PaperT) -> None:
        """Undoes `on_submit`."""

    def on_issue(self, subject: PaperT, on: date) -> None:
        """Checks of the issue, and the rows that it creates."""

    def after_issue(self, subject: PaperT, replaced: IssuedDocument | None, by: User) -> None:
        """`replaced` is the document of an earlier edition."""

    def not_cancelled_because(self, subject: PaperT) -> str | None:
        """Why an issued paper in the right state still cannot be cancelled, and what is done instead."""
        return None

    def consequences(self, subject: PaperT) -> list[str]:
        """What cancelling changes besides the paper, one sentence each."""
        return []

    def on_cancel(self, subject: PaperT, reason: str) -> None:
        """Takes back what rests on the paper; `subject` is locked and becomes cancelled."""

    def on_drop(self, subject: PaperT, reason: str) -> None:
        """Stores the reason of a dropped draft in a column of its own, if there is one."""

    def register(self) -> None:
        """Registers the table of steps, the origin, the cancelling and a sample of its papers; called in `AppConfig.ready()`."""
        if self.flow.start_label:
            register_flow(self.flow.start_table())
        register_flow(self.flow.table(self.is_unchanged))
        register_origin(self.key, self.flow.model.subject_key)
        paper_cancelling.add(self.key, self)
        register_paper_sample(self.kind, self.sample)

    def sample(self) -> Paper:
        """The first one that was issued in the demo. Raises LookupError when there is none."""
        rows = self.flow.model._default_manager.filter(commune__is_demo=True, document__isnull=False)
        subject = rows.select_related("document").order_by("pk").first()
        if subject is None or subject.document is None:
            raise LookupError(f"no {self.kind} was issued in the demo")
        paper = subject.document.paper
        assert isinstance(paper, Paper)
        return paper

    # ── the acts ─────────────────────────────────────────────────────────────────────────────────
    def start(self, *, by: User, commune: Commune, **columns: Any) -> PaperT:
        """Starts a draft in the commune; the chair is its signer until the office writes another name."""
        facts: dict[str, Any] = {name: value for name, value in columns.items() if isinstance(value, str)}
        with act(self.flow.act("start"), commune, by=by, **facts) as locked:
            today = timezone.localdate()
            start = {**chair_signer(locked.pk, today).columns, **self.prefilled(locked, today, columns)}
            paper: Any = self.flow.model._default_manager.create(
                commune=locked, state=ApprovalSubject.DRAFT, created_by=by, **start
            )
        started: PaperT = paper
        return started

    def save(self, subject: PaperT, /, *, by: User, seen: int | None = None, **columns: Any) -> PaperT:
        """Saves the given columns of `EDITABLE`, complete or not."""
        with act(self.flow.act("save"), subject, by=by, seen=seen) as locked:
            for name in locked.EDITABLE:
                if name in columns:
                    setattr(locked, name, _cleaned(locked, name, columns[name]))
            self.on_save(locked)
            self._check_deputy_name(locked, timezone.localdate())
        return subject

    def submit(self, subject: PaperT, /, *, by: User, seen: int | None = None) -> PaperT:
        """Submits the paper to the chair. Raises RuleBroken when a required part is missing, or when the chair returned it and
        nothing was changed. The reason of the return and the content then are kept for the chair, who reads what changed.
        """
        with act(self.flow.act("submit"), subject, by=by, seen=seen) as locked:
            for name, label in self.required.items():
                if not getattr(locked, name):
                    raise RuleBroken(f"{upper_first(self.flow.name)} còn thiếu {label}.", field=name)
            self._check_deputy_name(locked, timezone.localdate())
            self.on_submit(locked)
            refuse_unchanged(locked, self.content(locked))
            self.refresh_draft(locked, by=by)
            self.notify(locked, self._role(locked, Role.chair), "Văn phòng trình Chủ tịch")
        return subject

    def approve(self, subject: PaperT, /, *, by: User, seen: int | None = None) -> PaperT:
        """The chair approves the paper; its draft becomes the copy for signature, and the clerk may issue it."""
        with act(self.flow.act("approve"), subject, by=by, seen=seen) as locked:
            self._set_acting_signer(locked, by)
            locked.forget_return()
            self.refresh_draft(locked, by=by, for_signature=True)
            self.notify(locked, [*self._role(locked, Role.clerk), *self.authors(locked)], "Chủ tịch đã duyệt")
        return subject

    def _set_acting_signer(self, locked: PaperT, by: User) -> None:
        """Who approves for an absent chair also signs, KT. CHỦ TỊCH; the chair does not sign so."""
        if capacity_of(by).acts_for(Role.chair):
            locked.signer = by.full_name
            locked.deputy = True
            self.check_deputy(locked)
        self._check_deputy_name(locked, timezone.localdate())

    def _check_deputy_name(self, locked: PaperT, on: date) -> None:
        """RuleBroken for a paper that the chair would sign in the place of the chair."""
        if locked.deputy and (fault := deputy_name_fault(locked.commune_id, locked.signer, on)):
            raise RuleBroken(fault, field="deputy")

    def send_back(self, subject: PaperT, /, *, by: User, reason: str, seen: int | None = None) -> PaperT:
        """The chair returns a submitted paper to the office, with a reason."""
        return self._return("return", subject, by, reason, seen)

    def recall(self, subject: PaperT, /, *, by: User, reason: str, seen: int | None = None) -> PaperT:
        """An approved paper goes back to the office before it is issued; its copy for signature is a draft again."""
        return self._return("recall", subject, by, reason, seen)

    def _return(self, verb: str, subject: PaperT, by: User, reason: str, seen: int | None) -> PaperT:
        reason = require_reason(reason, "Hãy ghi lý do: cần sửa gì.")
        with act(self.flow.act(verb), subject, by=by, seen=seen, reason=reason) as locked:
            locked.return_notes = {"reason": reason, "by": by.full_name}
            # A recall may be a mistake of the office itself: that paper may be submitted again as it was.
            locked.returned_content = self.content(locked) if verb == "return" else {}
            self.on_return(locked)
            readers = {*self.authors(locked), *self._role(locked, Role.office)}
            if verb == "recall":
                self._withdraw_signature_copy(locked, by)
                readers |= {*self._role(locked, Role.clerk, Role.chair)}
            self.notify(locked, readers - {by.pk}, f"{by.full_name} đưa về Văn phòng sửa")
        return subject

    def issue(self, subject: PaperT, /, *, by: User, issued_on: date, seen: int | None = None) -> PaperT:
        """Numbers and freezes the paper, and notifies its readers."""
        not_future(issued_on, "Ngày ban hành", "issued_on")
        with act(self.flow.act("issue"), subject, by=by, seen=seen) as locked:
            self._close(locked, by, issued_on)
        return subject

    def sign(self, subject: PaperT, /, *, by: User, signed_on: date | None = None, seen: int | None = None) -> PaperT:
        """The chair signs a paper that takes no number; it is frozen. `signed_on` defaults to today."""
        with act(self.flow.act("approve"), subject, by=by, seen=seen) as locked:
            self._set_acting_signer(locked, by)
            locked.forget_return()
            self._close(locked, by, signed_on or timezone.localdate())
        return subject

    def drop(self, subject: PaperT, /, *, by: User, reason: str, seen: int | None = None) -> PaperT:
        """A paper that was never issued is dropped; another one can be started in its place."""
        reason = require_reason(reason, "Hãy ghi lý do bỏ dự thảo.")
        with act(self.flow.act("drop"), subject, by=by, seen=seen, reason=reason) as locked:
            locked.return_notes = {"dropped": reason}
            self.on_drop(locked, reason)
        return subject

    # ── cancelling after the issue: emulation.documents.paper_cancelling ──────────────────────────
    def cancel_refusal(self, document: IssuedDocument) -> str | None:
        """Why this issued paper cannot be cancelled, and what is done instead; None when it can."""
        subject = self._subject_of(document)
        if subject.state not in self.flow.cancelled_from:
            return f"{upper_first(self.flow.name)} ở trạng thái “{state_of(subject).label}” nên không hủy được."
        return self.not_cancelled_because(subject)

    def cancel_consequences(self, document: IssuedDocument) -> list[str]:
        """What cancelling changes besides the paper, one sentence each."""
        return self.consequences(self._subject_of(document))

    def cancel_paper(self, document: IssuedDocument, *, by: User, reason: str) -> None:
        """Cancels the row of the paper and what rests on it, in the caller's transaction."""
        with act(self.flow.act("cancel"), self._subject_of(document), by=by, reason=reason) as locked:
            self.on_cancel(locked, reason)

    def _subject_of(self, document: IssuedDocument) -> PaperT:
        return cast(PaperT, self.flow.model._default_manager.get(pk=paper_key_id(document)))

    def _close(self, locked: PaperT, by: User, on: date) -> None:
        replaced = locked.document
        locked.issued_on = on
        self.on_issue(locked, on)
        audience = self.audience(locked, on)
        common: dict[str, Any] = {
            "by": by,
            "commune": locked.commune,
            "paper": self.paper(locked, on),
            "issued_on": on,
            "key": self.document_key(locked),
            "readers": audience.readers,
        }
        if series := self.series_of(locked):
            locked.document = documents.issue_document(series=series, **common)
        else:
            locked.document = documents.freeze_document(about=self.about(locked), **common)
        self._notify_of_issue(locked, audience)
        self.after_issue(locked, replaced, by)

    def _notify_of_issue(self, locked: PaperT, audience: Audience) -> None:
        notify_each_user(
            commune_id=locked.commune_id,
            messages=self.notices_of_issue(locked, sorted({*audience.users, *self.authors(locked)})),
            key=f"{self.document_key(locked)}:{locked.version}",
        )

    def notices_of_issue(self, subject: PaperT, users: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Text and link of the notification of each of these users (ids): the same for all."""
        return dict.fromkeys(users, self.notice_of_issue(subject))

    def about(self, subject: PaperT) -> str:
        """Whom a paper without a number concerns; tells it apart in lists."""
        return ""

    def preview(self, subject: PaperT, /, *, by: User) -> Draft:
        """The draft marked "DỰ THẢO"; of an approved paper the copy for signature, without number and date."""
        with act(self.flow.act("preview"), subject, by=by) as locked:
            return self.refresh_draft(locked, by=by, for_signature=locked.state == ApprovalSubject.APPROVED)

    def refresh_draft(self, subject: PaperT, *, by: User, for_signature: bool = False) -> Draft:
        """Makes the draft of the paper again from what is stored now."""
        paper = self.paper(subject, self.draft_day(subject))
        return documents.create_or_update_draft(
            by=by,
            commune=subject.commune,
            paper=paper.for_signature() if for_signature else paper,
            key=self.document_key(subject),
        )

    def _withdraw_signature_copy(self, subject: PaperT, by: User) -> None:
        """The stored copy for signature becomes a draft; not made again, because its parts may have changed since."""
        draft = Draft.objects.filter(commune=subject.commune, key=self.document_key(subject)).first()
        if draft is not None:
            documents.create_or_update_draft(
                by=by, commune=subject.commune, paper=draft.paper.as_draft(), key=draft.key, kind=draft.kind
            )

    # ── notifications ────────────────────────────────────────────────────────────────────────────
    def notify(self, subject: PaperT, users: Iterable[int], what: str) -> None:
        """Notifies these users that (ids) `what` happened to the paper, with a link to it."""
        self._notify(subject, users, f"{what}: {subject.name_in_sentence()}", subject.get_absolute_url())

    def _notify(self, subject: PaperT, users: Iterable[int], text: str, link: str) -> None:
        notify_users(
            commune_id=subject.commune_id,
            users=users,
            text=text,
            link=link,
            key=f"{self.document_key(subject)}:{subject.version}",
        )

    def _role(self, subject: PaperT, *roles: Role) -> list[int]:
        return role_holder_ids(subject.commune_id, *roles, on=timezone.localdate())


def _cleaned(subject: ApprovalSubject, name: str, value: Any) -> Any:
    """Text as its column stores it, so that a save that changes nothing is none."""
    if not isinstance(value, str):
        return value
    is_area = isinstance(subject._meta.get_field(name), CleanTextModelField)
    return clean_lines(value) if is_area else clean(value)
