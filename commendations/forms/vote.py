"""Form of the votes on the cases of a session: counts, recused members, note."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page
from django.forms import BoundField
from django.utils import timezone

from commendations.actions.vote import ItemVoteCount
from commendations.flow.own_case import own_case_of_office, own_cases
from commendations.models import CouncilSession, SessionItem
from commendations.queries.session import council_seats
from commendations.queries.session_cases import items_on, page_of_cases
from commendations.rules.vote_tally import BallotCount, CaseTurnout, SessionPresence, VoteTally
from emulation.core.fields import CleanTextField
from emulation.core.formatting import lower_first
from emulation.legal import current
from emulation.legal.engine.rules.council import votes_by_ballot
from villages.models import Seat

VOTES = (("agree", "Đồng ý"), ("against", "Không đồng ý"), ("other", "Ý kiến khác, phiếu trắng"))
BALLOTS = (
    ("issued", "Phiếu phát ra"),
    ("returned", "Phiếu thu về"),
    ("valid", "Phiếu hợp lệ"),
    ("invalid", "Phiếu không hợp lệ"),
)


@dataclass(frozen=True)
class VoteColumn:
    """One column of votes on a case. `key`: "present" or "wrote", who votes in it; `voters`: how many, None if unknown."""

    key: str
    title: str
    fields: list[BoundField]
    voters: int | None = None

    @property
    def all_agree(self) -> bool:
        """Whether to offer "Tất cả đồng ý": written opinions are read from their papers."""
        return self.key == "present" and self.voters is not None


@dataclass(frozen=True)
class VoteLine:
    """One case on the form: who is there (`turnout` is None before attendance) and its fields.

    `lift_reason` is None when nobody who can vote is recused; `ballots` is empty for a vote by show of hands.
    """

    item: SessionItem
    place: int
    here: SessionPresence
    turnout: CaseTurnout | None
    columns: list[VoteColumn]
    ballots: list[BoundField]
    recused: BoundField
    lift_reason: BoundField | None
    note: BoundField

    @property
    def related_absent(self) -> list[Seat]:
        """The recused seats that count as absent."""
        recused = self.item.recused.all()
        absent = self.here.absent_at(seat.pk for seat in recused)
        return [seat for seat in recused if seat.pk in absent]

    @property
    def fields(self) -> list[BoundField]:
        """All fields of the case."""
        fields = [self.recused, self.note, *self.ballots, *([self.lift_reason] if self.lift_reason else [])]
        for column in self.columns:
            fields += column.fields
        return fields

    @property
    def has_errors(self) -> bool:
        return any(field.errors for field in self.fields)

    @property
    def is_unfolded(self) -> bool:
        """Whether to open a case that has votes: an error, or something typed that was not saved."""
        form = self.note.form
        return self.has_errors or (form.is_bound and any(field.name in form.changed_data for field in self.fields))


def count_field(case: str, label: str, initial: int | None, what: str) -> forms.IntegerField:
    """`what` is counted: "số người", "số phiếu"."""
    attrs = {"class": "form-control", "inputmode": "numeric", "autocomplete": "off"}
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=200,
        initial=initial,
        widget=forms.TextInput(attrs=attrs),
        error_messages={
            "invalid": f"{case}: nhập {what}, ví dụ 5.",
            "min_value": f"{case}: {what} không thể nhỏ hơn 0.",
            "max_value": f"{case}: {what} không thể lớn hơn %(limit_value)s.",
        },
    )


def _open_items(items: list[SessionItem], user: Any) -> tuple[list[SessionItem], list[str | None]]:
    """The items whose votes the user may enter; for each of the others, which are the user's own, who does instead."""
    own = own_cases([item.nomination for item in items], [user.pk], timezone.localdate())
    return [item for item in items if item.nomination not in own], [own_case_of_office(case, user) for case in own]


class VoteCountsForm(forms.Form):
    """The votes on the cases of one page of a session, at the meeting and in writing, in one form.

    Those of the user's own have no fields: somebody else enters them.
    """

    def __init__(
        self, *args: Any, session: CouncilSession, user: Any, page: "Page[int] | None" = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.page = page or page_of_cases(session)
        shown = items_on(session, self.page)
        self.items, self.own_refusals = _open_items(shown, user)
        self.places = {item.pk: place for place, item in enumerate(shown, self.page.start_index())}
        self.presence = session.presence()
        self.seats = council_seats(session)
        law = current.law_for(session.commune_id)
        self.by_ballot = {
            item.pk: votes_by_ballot(law, item.nomination.award_code, session.held_on) for item in self.items
        }
        for item in self.items:
            self._add_fields(item)

    def _add_fields(self, item: SessionItem) -> None:
        self._add_vote_fields(item)
        self._add_recusal_fields(item)
        self.fields[f"note_{item.pk}"] = CleanTextField(
            label="Ghi chú, ý kiến riêng",
            required=False,
            max_length=300,
            initial=item.note,
            widget=forms.TextInput(attrs={"class": "form-control"}),
        )

    def _add_vote_fields(self, item: SessionItem) -> None:
        case = f"Hồ sơ {item.nomination.nominee_alone}"
        saved = {"": item.by_hand or item.tally, "written_": item.in_writing}
        for prefix, tally in saved.items():
            for name, label in VOTES:
                self.fields[f"{prefix}{name}_{item.pk}"] = count_field(
                    case, label, getattr(tally, name, None), "số người"
                )
        for name, label in BALLOTS if self.by_ballot[item.pk] else ():
            self.fields[f"{name}_{item.pk}"] = count_field(case, label, getattr(item.ballots, name, None), "số phiếu")

    def _add_recusal_fields(self, item: SessionItem) -> None:
        """Those who can vote on the case may be marked; an absent member counts as absent."""
        recused = {seat.pk for seat in item.recused.all()}
        absent = item.presence(self.presence).absent
        choices = [(seat.pk, seat.person.full_name) for seat in self.seats if seat.pk not in absent]
        self.fields[f"recused_{item.pk}"] = forms.TypedMultipleChoiceField(
            label="Không tham gia biểu quyết (có liên quan)",
            required=False,
            coerce=int,
            choices=choices,
            initial=list(recused),
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "invalid_choice": f"Hồ sơ {item.nomination.nominee_alone}: người không tham gia phải là thành viên có mặt "
                "hoặc có ý kiến bằng văn bản; người vắng thì tính là vắng."
            },
        )
        if recused - absent:
            self.fields[f"lift_reason_{item.pk}"] = CleanTextField(
                label="Bỏ đánh dấu ai thì ghi lý do cho người đó tham gia biểu quyết",
                required=False,
                max_length=300,
                widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        for item in self.items:
            first = f"agree_{item.pk}"
            agree, *others = self._votes(item) + self._votes(item, "written_") + self._ballots(item)
            if agree is None and any(value is not None for value in others) and first not in self.errors:
                self.add_error(
                    first,
                    f"Hồ sơ {item.nomination.nominee_alone}: hãy nhập số người đồng ý tại phiên họp (không ai thì nhập 0).",
                )
            if agree is not None and self.by_ballot[item.pk]:
                self._require_ballots(item)
        return self.cleaned_data

    def _require_ballots(self, item: SessionItem) -> None:
        for name, label in BALLOTS:
            field = f"{name}_{item.pk}"
            if self.cleaned_data.get(field) is None and field not in self.errors:
                self.add_error(field, f"Hồ sơ {item.nomination.nominee_alone}: hãy nhập số {lower_first(label)}.")

    def _ballots(self, item: SessionItem) -> list[int | None]:
        """The ballot papers entered, None for an empty field; [] for a vote by show of hands."""
        return [self.cleaned_data.get(f"{name}_{item.pk}") for name, _ in BALLOTS if self.by_ballot[item.pk]]

    def _votes(self, item: SessionItem, prefix: str = "") -> list[int | None]:
        """The votes entered in one column, None for an empty field."""
        return [self.cleaned_data.get(f"{prefix}{name}_{item.pk}") for name, _ in VOTES]

    def lines(self) -> Iterator[VoteLine]:
        """The cases for the page."""
        for item in self.items:
            here = item.presence(self.presence)
            reason_name = f"lift_reason_{item.pk}"
            turnout = item.turnout(self.presence) if here.seats else None
            yield VoteLine(
                item=item,
                place=self.places[item.pk],
                here=here,
                turnout=turnout,
                columns=self._columns(item, turnout),
                ballots=[self[f"{name}_{item.pk}"] for name, _ in BALLOTS if self.by_ballot[item.pk]],
                recused=self[f"recused_{item.pk}"],
                lift_reason=self[reason_name] if reason_name in self.fields else None,
                note=self[f"note_{item.pk}"],
            )

    def _columns(self, item: SessionItem, turnout: CaseTurnout | None) -> list[VoteColumn]:
        """The votes at the meeting, and those in writing if anybody gave a written opinion."""
        by_hand = [self[f"{name}_{item.pk}"] for name, _ in VOTES]
        columns = [VoteColumn("present", "Tại phiên họp", by_hand, turnout.by_hand if turnout else None)]
        if turnout and turnout.wrote:
            in_writing = [self[f"written_{name}_{item.pk}"] for name, _ in VOTES]
            columns.append(VoteColumn("wrote", "Bằng văn bản", in_writing, turnout.in_writing))
        return columns

    def counts(self) -> dict[int, ItemVoteCount]:
        return {item.pk: self._vote_count(item) for item in self.items}

    def _vote_count(self, item: SessionItem) -> ItemVoteCount:
        by_hand = self._votes(item)
        # An absent member is not offered: their recusal, if any, stays.
        absent = item.presence(self.presence).absent
        kept = {seat.pk for seat in item.recused.all() if seat.pk in absent}
        return ItemVoteCount(
            by_hand=None if by_hand[0] is None else VoteTally(*(value or 0 for value in by_hand)),
            ballots=self._ballot_count(item),
            in_writing=VoteTally(*(value or 0 for value in self._votes(item, "written_"))),
            recused=frozenset(self.cleaned_data[f"recused_{item.pk}"]) | kept,
            note=self.cleaned_data[f"note_{item.pk}"],
            lift_reason=self.cleaned_data.get(f"lift_reason_{item.pk}", ""),
        )

    def _ballot_count(self, item: SessionItem) -> BallotCount | None:
        """The ballot papers; None for a vote by show of hands or while one of the figures is missing."""
        figures = [value for value in self._ballots(item) if value is not None]
        return BallotCount(*figures) if len(figures) == len(BALLOTS) else None
