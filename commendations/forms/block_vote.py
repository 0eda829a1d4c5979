"""Form of the votes on all cases that the council votes on together."""

from typing import Any

from django import forms

from commendations.forms.vote import VOTES, VoteColumn, count_field
from commendations.models import CouncilSession
from commendations.queries.block_vote import BlockVote, block_vote
from commendations.rules.vote_tally import VoteTally


class BlockVoteForm(forms.Form):
    """The votes on all cases that the council votes on together, entered once."""

    def __init__(self, *args: Any, session: CouncilSession, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.block: BlockVote = block_vote(session, user)
        for prefix in ("", "written_") if self.block.turnout.wrote else ("",):
            for name, label in VOTES:
                self.fields[f"{prefix}{name}"] = count_field("Biểu quyết chung", label, None, "số người")
        self.fields["agree"].required = True
        self.fields["agree"].error_messages["required"] = "Hãy nhập số người đồng ý (không ai thì nhập 0)."
        if self.block.counted:
            self.fields["again"] = forms.BooleanField(
                label=f"Ghi lại cả {len(self.block.counted)} hồ sơ đã ghi kết quả",
                required=False,
            )

    def columns(self) -> list[VoteColumn]:
        """The votes at the meeting, and those in writing if anybody gave a written opinion."""
        turnout = self.block.turnout
        columns = [VoteColumn("present", "Tại phiên họp", [self[name] for name, _ in VOTES], turnout.by_hand)]
        if turnout.wrote:
            in_writing = [self[f"written_{name}"] for name, _ in VOTES]
            columns.append(VoteColumn("wrote", "Bằng văn bản", in_writing, turnout.in_writing))
        return columns

    def votes(self, prefix: str = "") -> VoteTally:
        """The votes at the meeting, or with the prefix "written_" those in writing; an empty field counts as 0."""
        return VoteTally(*(self.cleaned_data.get(f"{prefix}{name}") or 0 for name, _ in VOTES))
