"""A second case is refused: the page names the first one, and offers to propose the nominee together with its unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core import signing
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from commendations.actions.joint_proposal import join_case, leave_case
from commendations.actions.live_case import SameCaseExists, same_case_sentence
from commendations.forms.joint_proposal import JointProposalForm, LeaveCaseForm
from commendations.models import Nomination
from commendations.queries.joint_proposal import joint_rows, may_join
from commendations.queries.nomination import requested_award
from commendations.queries.other_deeds import OtherDeed
from emulation.accounts.models import User
from emulation.accounts.queries import office_phone
from emulation.core.errors import RuleBroken
from emulation.workflow import permissions
from emulation.workflow.authorization import check_act
from emulation.workflow.views import ActFormView
from villages.models import Unit

SAVED_WITH_DOUBTS = (
    "Đã lưu, chưa nộp: có hồ sơ khác có thể về cùng thành tích. Xem dưới đây; là hai việc khác nhau thì bấm "
    "“Lưu và nộp đề nghị” lần nữa, hồ sơ được nộp."
)
WRITERS = permissions.office | permissions.unit_head
RELATIONS = ("unit", "person", "household", "collective", "commune")
SALT = "commendations.join"
OFFER_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class JoinOffer:
    """What the product offered to a user: to join the case by the unit. `draft`: the unit's own case, which ends then.

    The address of the offer is signed: nobody finds cases of other units by trying numbers.
    """

    user_id: int
    case_id: int
    unit_id: int
    draft_id: int | None = None

    @property
    def url(self) -> str:
        facts = [self.user_id, self.case_id, self.unit_id, self.draft_id]
        return reverse("commendations:join", args=[signing.dumps(facts, salt=SALT)])


def read_offer(token: str, user: User) -> JoinOffer:
    """The offer of this address. Raises Http404 for another user's, an old or an invented one."""
    try:
        offer = JoinOffer(*signing.loads(token, salt=SALT, max_age=OFFER_SECONDS))
    except signing.BadSignature:
        raise Http404 from None
    if offer.user_id != user.pk:
        raise Http404
    return offer


class SameCaseMixin:
    """For views that may be refused a second case: a link to the first one, or the office's telephone number; the offer."""

    request: Any
    joins_with_form: ClassVar[bool] = False
    """Whether the form of the page has the words about the deed that a joint proposal needs."""

    def proposing_unit(self) -> Unit | None:
        """The unit for which the second case was to be made."""
        return getattr(self.object, "unit", None)  # type: ignore[attr-defined]

    def broken_rule_text(self, broken: RuleBroken) -> str:
        if not isinstance(broken, SameCaseExists):
            return super().broken_rule_text(broken)  # type: ignore[misc,no-any-return]
        rows = Nomination.objects.visible_to(self.request.user).filter(pk__in=[case.pk for case in broken.cases])
        visible = set(rows.values_list("pk", flat=True))
        refusals = [
            {
                "sentence": same_case_sentence(case),
                "case": case if case.pk in visible else None,
                "unit": case.unit,
                "join_url": self.join_url(case),
            }
            for case in broken.cases
        ]
        context = {
            "heading": broken.heading,
            "refusals": refusals,
            "by_form": self.joins_with_form,
            "office_phone": office_phone(self.request),
        }
        return render_to_string("commendations/_same_case_refused.html", context, request=self.request)

    def join_url(self, case: Nomination) -> str:
        """The address of the offer to join the case, "" if the unit cannot."""
        unit = self.proposing_unit()
        if unit is None or not may_join(case, unit):
            return ""
        subject = self.object  # type: ignore[attr-defined]
        is_draft = isinstance(subject, Nomination) and subject.is_live and subject.pk != case.pk
        return JoinOffer(self.request.user.pk, case.pk, unit.pk, subject.pk if is_draft else None).url


def join_urls(user: User, case: Nomination, others: Iterable[OtherDeed]) -> dict[int, str]:
    """By id the other cases of the same nominee, maybe about the same deed, that the unit of this case can join: the offers.

    Only for who may give up the own case for it.
    """
    if not check_act("commendations.withdraw", case, user):
        return {}
    joinable = [row.case for row in others if row.in_doubt or not row.compared]
    return {
        other.pk: JoinOffer(user.pk, other.pk, case.unit_id, case.pk).url
        for other in joinable
        if other.nominee_identity == case.nominee_identity and may_join(other, case.unit)
    }


class JoinCase(ActFormView):
    """A second unit proposes the nominee of the case that was named to it."""

    permission = WRITERS
    act = "commendations.join"
    model = Nomination
    template_name = "commendations/join.html"
    help = "cung-de-nghi"
    title = "Cùng đề nghị"
    success_message = (
        "Đã cùng đề nghị. Giấy đề nghị của đơn vị đã chốt, in để ký; hồ sơ nằm trong danh sách của đơn vị."
    )

    @cached_property
    def offer(self) -> JoinOffer:
        return read_offer(self.kwargs["token"], self.request.user)

    @cached_property
    def unit(self) -> Unit:
        unit = Unit.objects.of(self.request.user).filter(pk=self.offer.unit_id).first()
        if unit is None:
            raise Http404
        return unit

    @cached_property
    def draft(self) -> Nomination | None:
        """The unit's own case, if there is one that still can be withdrawn."""
        rows = Nomination.objects.visible_to(self.request.user).filter(state__in=("draft", "returned", "submitted"))
        return rows.select_related("unit").filter(pk=self.offer.draft_id).first()

    def get_object(self) -> Nomination:
        rows = Nomination.objects.of(self.request.user).select_related(*RELATIONS)
        case = rows.filter(pk=self.offer.case_id).first()
        if case is None:
            raise Http404
        return case

    def get_form(self, *data: Any) -> JointProposalForm:
        return JointProposalForm(*data, initial={"deed": self.draft.deed if self.draft else ""})

    def form_valid(self, form: JointProposalForm) -> Any:
        case = self.object
        join_case(
            by=self.request.user, nomination=case, unit=self.unit, deed=form.cleaned_data["deed"], draft=self.draft
        )
        return case

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**context),
            "unit": self.unit,
            "draft": self.draft,
            "requested": requested_award(self.object, timezone.localdate(self.object.created_at)),
            "back": reverse("commendations:nominations"),
        }


class LeaveCase(ActFormView):
    """A unit takes its joint proposal back."""

    permission = WRITERS
    act = "commendations.leave"
    model = Nomination
    help = "cung-de-nghi"
    title = "Thôi cùng đề nghị"
    success_message = "Đã rút: đơn vị không còn cùng đề nghị."

    def get_form(self, *data: Any) -> LeaveCaseForm:
        units = [row.unit for row, may_leave in joint_rows(self.object, self.request.user) if may_leave]
        return LeaveCaseForm(*data, units=units)

    def form_valid(self, form: LeaveCaseForm) -> Any:
        leave_case(
            by=self.request.user,
            nomination=self.object,
            unit=form.unit,
            reason=form.cleaned_data["reason"],
            seen=self.seen,
        )
        visible = Nomination.objects.visible_to(self.request.user).filter(pk=self.object.pk).exists()
        return self.object if visible else "commendations:nominations"
