"""The actions that a decision and a tờ trình to the superior share: edit, copy for signature, way back."""

from dataclasses import asdict
from datetime import date
from typing import Any, ClassVar, Generic, TypeVar

from django.db import transaction
from django.utils import timezone

from commendations.flow.outgoing_paper import SignatureFlow
from commendations.models import Nomination
from commendations.models.outgoing_paper import OutgoingPaper
from commendations.queries.award_lines import AwardLine
from commendations.queries.decision import approved_nominations, outgoing_lines, with_bodies_on
from commendations.queries.returned_papers import outgoing_content
from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of, role_holder_ids
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.validation import not_future, require_reason
from emulation.documents import actions as documents
from emulation.documents.blocks.paper import Paper
from emulation.documents.models import Draft
from emulation.notices.actions import notify_users
from emulation.workflow.differences import refuse_unchanged
from emulation.workflow.transitions import act

PaperT = TypeVar("PaperT", bound=OutgoingPaper)


class OutgoingPaperActions(Generic[PaperT]):
    """The steps of one kind of paper before its issue. A subclass gives the paper; `key` is the prefix of its paper keys."""

    flow: ClassVar[SignatureFlow]
    key: ClassVar[str]
    names_bodies: ClassVar[tuple[str, ...]] = ("recipients",)
    """The columns in which the superior or bodies of the commune may be named."""

    def paper(self, subject: PaperT, listed: list[AwardLine], on: date) -> Paper:
        """The paper with the names, the money and the letterhead of that day, as a draft."""
        raise NotImplementedError

    def on_edit(self, subject: PaperT, wording: Any) -> None:
        """Takes over the office's wording."""
        self.fill(subject, wording)

    def fill(self, subject: PaperT, wording: Any) -> None:
        """Copies the fields of a wording (a dataclass) to the columns with the same names."""
        for field, value in asdict(wording).items():
            setattr(subject, field, value)

    def draft_key(self, subject: PaperT) -> str:
        """The key of the draft paper."""
        return f"{self.key}:{subject.pk}"

    def refresh_draft(
        self, subject: PaperT, *, by: User, for_signature: bool = False, listed: list[AwardLine] | None = None
    ) -> Draft:
        """Renders the draft (or the bản trình ký) again; `listed` are its lines when the caller already has them."""
        day = subject.expected_on
        paper = self.paper(subject, outgoing_lines(subject, day) if listed is None else listed, day)
        return documents.create_or_update_draft(
            by=by,
            commune=subject.commune,
            paper=paper.for_signature() if for_signature else paper,
            key=self.draft_key(subject),
        )

    def current_draft(self, subject: PaperT, *, by: User, listed: list[AwardLine]) -> Draft | None:
        """The draft (or the bản trình ký) for the page of the paper; None when there is none.

        What a draft prints is edited on pages of apps below, such as a name or a form of address, so it is rendered again
        here if that has changed. The bản trình ký stays as it was signed.
        """
        draft = Draft.objects.filter(commune=subject.commune, key=self.draft_key(subject)).first()
        if draft is None or subject.state != OutgoingPaper.DRAFT:
            return draft
        if documents.is_current(draft, self.paper(subject, listed, subject.expected_on)):
            return draft
        with transaction.atomic():
            locked = type(subject).objects.select_for_update().get(pk=subject.pk)
            # Meanwhile the office may have made the bản trình ký.
            if locked.state == OutgoingPaper.DRAFT:
                return self.refresh_draft(subject, by=by, listed=listed)
        return draft

    def words_of_list(self, subject: PaperT, listed: list[AwardLine]) -> dict[str, str]:
        """The texts of a new draft that depend on who is listed, by field."""
        raise NotImplementedError

    def follow_list(self, subject: PaperT, *, by: User, before: list[AwardLine]) -> None:
        """Renders the draft again after its list changed from `before`; words that the office left unedited follow the list."""
        listed = outgoing_lines(subject, subject.expected_on)
        new = self.words_of_list(subject, listed)
        for field, text in self.words_of_list(subject, before).items():
            if getattr(subject, field) == text:
                setattr(subject, field, new[field])
        subject.save(update_fields=list(new))
        self.refresh_draft(subject, by=by, listed=listed)

    def edit(self, subject: PaperT, *, by: User, wording: Any, seen: int | None = None) -> PaperT:
        """Saves the office's wording. Raises RuleBroken when the expected day is before the chair's decision."""
        with act(self.flow.acts["edit"], subject, by=by, seen=seen) as draft:
            decided = draft.chair_submission.decided_on
            if decided and wording.expected_on < decided:
                raise RuleBroken(
                    f"Ngày dự kiến ký không được trước ngày Chủ tịch quyết định ({format_date(decided)}).",
                    "expected_on",
                )
            old_day = draft.expected_on
            self.on_edit(draft, wording)
            self.follow_bodies(draft, old_day)
            self.refresh_draft(draft, by=by)
        return subject

    def follow_bodies(self, subject: PaperT, old_day: date) -> None:
        """On a new expected day, names the superior and bodies of that day wherever the paper named those of the old day."""
        for field in self.names_bodies:
            setattr(subject, field, with_bodies_on(subject, getattr(subject, field), old_day, subject.expected_on))

    def send_to_signature(self, subject: PaperT, *, by: User, seen: int | None = None) -> PaperT:
        """Makes the bản trình ký (number and day left blank); the issued list must be equal to the list on it.

        Raises RuleBroken when the clerk or the chair returned it and nothing was changed.
        """
        with act(self.flow.acts["sign"], subject, by=by, seen=seen) as draft:
            listed = outgoing_lines(draft, draft.expected_on)
            draft.signed_list = [line.as_signed() for line in listed]
            refuse_unchanged(draft, outgoing_content(draft, listed))
            self.refresh_draft(draft, by=by, for_signature=True, listed=listed)
            self._notify(draft, f"{draft}: đã có bản trình ký, {len(listed)} trường hợp.", Role.clerk, Role.chair)
        return subject

    def return_to_draft(self, subject: PaperT, *, by: User, reason: str, seen: int | None = None) -> PaperT:
        """Withdraws the bản trình ký with a reason."""
        with act(self.flow.acts["return"], subject, by=by, seen=seen, reason=reason) as draft:
            reason = require_reason(reason, "Hãy ghi lý do đưa về dự thảo.")
            draft.signed_list = []
            draft.return_notes = {"reason": reason}
            draft.returned_content = self._returned_content(draft, by)
            self.refresh_draft(draft, by=by)
            self._notify(draft, f"{draft} được đưa về dự thảo: {reason}", Role.office)
        return subject

    def _returned_content(self, draft: PaperT, by: User) -> dict[str, str]:
        """{} for the office: it may have withdrawn its own copy for signature by mistake."""
        if capacity_of(by).has(Role.office):
            return {}
        return outgoing_content(draft, outgoing_lines(draft, draft.expected_on))

    def drop(self, subject: PaperT, *, by: User) -> None:
        """Drop a draft whose nominees have all gone back; the chair's next decision makes another."""
        with act(self.flow.acts["drop"], subject, by=by) as draft:
            documents.discard_draft(draft.commune, self.draft_key(draft))

    def _notify(self, subject: PaperT, text: str, *roles: Role) -> None:
        notify_users(
            commune_id=subject.commune_id,
            users=role_holder_ids(subject.commune_id, *roles, on=timezone.localdate()),
            text=text,
            link=subject.get_absolute_url(),
            key=f"{self.draft_key(subject)}:{subject.state}:{subject.version}",
        )


def lock_listed_nominations(paper: OutgoingPaper) -> list[Nomination]:
    """Locks the nominations of the list in a fixed order, before the number book and the audit log."""
    approved = approved_nominations(paper.chair_submission, paper.award_code, paper.by_deputy)
    listed = approved.values_list("pk", flat=True)
    rows = Nomination._base_manager.select_for_update(of=("self",)).filter(pk__in=list(listed))
    return list(rows.order_by("pk"))


def check_signing_day(paper: OutgoingPaper, day: date) -> None:
    """Raises RuleBroken for a day of signing in the future or before the chair decided."""
    not_future(day, "Ngày ký", "issued_on")
    decided = paper.chair_submission.decided_on
    if decided and day < decided:
        raise RuleBroken(f"Ngày ký không được trước ngày Chủ tịch quyết định ({format_date(decided)}).", "issued_on")
