"""Pages of nominations: list, a case, starting one, its award, nominee and content, submitting."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Exemplar
from commendations.actions import nomination as actions
from commendations.actions.appraisal import RETURN_NOTE_LABELS
from commendations.actions.nomination_papers import preview_nomination
from commendations.flow.nomination_guards import NEEDED_TO_SUBMIT, empty_required_fields
from commendations.forms.nomination import NominationAwardForm, NominationForm, NomineeForm
from commendations.models import Award, Nomination, Proposal, SessionItem
from commendations.queries import catalogue
from commendations.queries import nomination as queries
from commendations.queries.cancelled_earlier import cancelled_earlier
from commendations.queries.checklist import checklist_papers, checklist_rows
from commendations.queries.deadlines import due_milestone
from commendations.queries.elapsed import elapsed_time
from commendations.queries.eligibility import award_eligibilities, nomination_verdict, nominee_of
from commendations.queries.group_request import case_papers, current_minutes, listings_of
from commendations.queries.joint_proposal import joint_rows
from commendations.queries.kinship import kin_of_case
from commendations.queries.nomination_content import nomination_changes
from commendations.queries.nomination_timeline import nomination_timeline
from commendations.queries.nominees_elsewhere import may_read_record
from commendations.queries.open_amendments import mark_open_amendments
from commendations.queries.other_deeds import other_deeds
from commendations.queries.posting import case_posting
from commendations.queries.readable_verdict import ReadableVerdict, readable_verdict
from commendations.queries.same_case import visible_same_cases
from commendations.queries.vote import vote_summary
from commendations.views.same_case import SAVED_WITH_DOUBTS, WRITERS, SameCaseMixin, join_urls
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.workflow import permissions
from emulation.workflow.authorization import check_act
from emulation.workflow.success_messages import NEXT_TASK
from emulation.workflow.views import ActFormView, ActPostView, PageView
from villages.models import RESTRICTED_READERS, Unit
from villages.queries.record_hints import RecordHint, record_hints
from villages.rules.groups import PUPIL

READERS = permissions.staff | permissions.unit_head | permissions.council_member
NOMINEE_RELATIONS = ("unit", "person", "household", "collective")
SUBMITTED = "Đã nộp. Báo cáo thành tích và giấy đề nghị đã chốt, có thể in để ký."


class NominationPage(PageView):
    """One nomination: who acts next, content, checklist, papers, votes and timeline."""

    permission = READERS
    template_name = "commendations/nomination.html"
    help = "de-nghi-khen-thuong"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        case = self.get_visible_or_404(
            Nomination, self.kwargs["pk"], *NOMINEE_RELATIONS, "exemplar__period", "campaign", "commune"
        )
        user = self.request.user
        listings = listings_of(user, case)
        others = other_deeds(case, user)
        items = SessionItem.objects.visible_to(user).filter(nomination=case)
        item = items.select_related("session__version_of_council").order_by("-pk").first()
        awards = (
            Award.objects.visible_to(user).filter(nomination=case).with_standing().select_related("decision__document")
        )
        proposals = Proposal.objects.visible_to(user).filter(
            chair_submission__items__nomination=case, award_code=case.award_code
        )
        checklist = list(case.checklist.all())
        return {
            **super().get_context_data(**context),
            "object": case,
            "why": self.why(case),
            "due": due_milestone(case, timezone.localdate()),
            "today": timezone.localdate(),
            "requested": queries.requested_award(case, timezone.localdate()),
            "entries": nomination_timeline(case),
            "checks": checklist_rows(checklist, checklist_papers(case, user)),
            "checklist": checklist,
            "papers": queries.nomination_paper_links(
                case, case_papers(user, case, listings), current_minutes(listings)
            ),
            "listings": listings,
            "posted": case_posting(user, case),
            "elapsed": elapsed_time(case),
            "notes": [
                (name, RETURN_NOTE_LABELS.get(name, "Lý do"), reason) for name, reason in case.return_notes.items()
            ],
            "changes": nomination_changes(case),
            "concerns": self.concerns(case),
            "joint_rows": joint_rows(case, user),
            "kin": kin_of_case(case, user),
            "other_deeds": others,
            "join_urls": join_urls(user, case, others),
            "same": visible_same_cases([case], user).get(case.pk),
            "cancelled_earlier": cancelled_earlier(case),
            "record_hints": self.record_hints(case),
            "photos": list(case.exemplar.photos.all()) if case.exemplar else [],
            "item": item,
            "by_deputy": bool(item and item.passed)
            and case.chair_submission_items.listed().filter(by_deputy=True).exists(),
            "awards": mark_open_amendments(awards.order_by("-pk"), user),
            "proposal": proposals.first(),
            "vote": self.vote(item) if item else None,
        }

    def record_hints(self, case: Nomination) -> list[RecordHint]:
        """What papers corrected and the record of the nominee still has, while the papers of the case can still repeat it."""
        nominee = case.person or case.household or case.collective
        if nominee is None or case.state not in queries.UNDECIDED_STATES:
            return []
        return record_hints(self.request.user, nominee)

    def concerns(self, case: Nomination) -> list[str]:
        """What to consider: for all readers that the person left, the rest for the office."""
        left = queries.nominee_left_concern(case)
        return [
            *([left] if left else []),
            *(queries.nomination_concerns(case) if self.capacity.has(Role.office) else []),
        ]

    def vote(self, item: SessionItem) -> dict[str, Any] | None:
        session = item.session
        return vote_summary(item, session, session.members(), session.presence())

    def why(self, case: Nomination) -> ReadableVerdict | None:
        """The verdict by today's law while the case is undecided; None when the statutes do not cover the day."""
        readable = case.nominee_kind and may_read_record(self.request.user, case)
        if case.state not in queries.UNDECIDED_STATES or not readable:
            return None
        with_restricted = self.capacity.has(*RESTRICTED_READERS)
        try:
            verdict = nomination_verdict(case, timezone.localdate(), with_restricted=with_restricted)
        except RuleBroken:
            return None
        return readable_verdict(verdict, with_restricted=with_restricted, case=case) if verdict else None


class NominateExemplar(SameCaseMixin, ActPostView):
    """Create a nomination from an exemplar in one act."""

    permission = permissions.office
    act = "campaigns.mark_nominated"
    model = Exemplar
    success_message = "Đã lập hồ sơ đề nghị từ điển hình. Xem lại, bổ sung rồi nộp."

    def perform(self) -> Any:
        return actions.nominate_exemplar(by=self.request.user, exemplar=self.object)


class StartNomination(SameCaseMixin, ActFormView):
    """Create a nomination without an exemplar."""

    permission = WRITERS
    act = "commendations.start"
    model = Commune
    template_name = "commendations/nomination_start.html"
    help = "de-nghi-khen-thuong"
    title = "Lập đề nghị khen thưởng"

    def get_object(self) -> Commune:
        return self.commune

    def units(self) -> QuerySet[Unit]:
        units = Unit.objects.visible_to(self.request.user).in_force(timezone.localdate())
        return units if self.capacity.has(Role.office) else units.filter(pk__in=self.capacity.unit_ids)

    def get_form(self, *data: Any) -> Any:
        units = list(self.units())
        self.award = self.posted_or_get("danh-hieu")[:12]
        year = self.posted_or_get("nam")
        self.year = int(year) if year.isdecimal() and len(year) == 4 else None
        words = _search_words(self.request)
        form = NomineeForm(*data, user=self.request.user, unit=self.chosen_unit(units), words=words, optional=True)
        form.units = units
        return form

    def chosen_unit(self, units: list[Unit]) -> Unit | None:
        """The unit of the request, or the only one there is."""
        unit_id = self.request.POST.get("unit") or self.request.GET.get("don-vi", "")
        only = units[0] if len(units) == 1 else None
        return next((unit for unit in units if str(unit.pk) == unit_id), only)

    def proposing_unit(self) -> Unit | None:
        return self.chosen_unit(list(self.units()))

    def posted_or_get(self, name: str) -> str:
        return self.request.POST.get(name) or self.request.GET.get(name, "")

    def form_valid(self, form: NomineeForm) -> Any:
        requested = actions.AwardRequest(self.award, self.year) if self.award else actions.AwardRequest()
        case = actions.start_nomination(
            by=self.request.user,
            unit=form.unit,
            nominee=form.cleaned_data["nominee"],
            requested=requested,
            idempotency_key=self.idempotency_key,
        )
        award_is_settled = self.award or not case.nominee_kind
        return redirect("commendations:edit" if award_is_settled else "commendations:award_of", case.pk)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """The award and year of an earlier nomination ("thêm người nữa cùng danh hiệu")."""
        award = getattr(self, "award", "")
        name = catalogue.award_names_on(self.commune.pk, timezone.localdate()).get(award) if award else None
        return {
            **super().get_context_data(**context),
            "award": award if name else "",
            "year": getattr(self, "year", None),
            "award_name": name,
        }


class ChangeNominee(SameCaseMixin, ActFormView):
    """Choose another nominee."""

    permission = WRITERS
    act = "commendations.edit"
    model = Nomination
    template_name = "commendations/nomination_start.html"
    help = "de-nghi-khen-thuong"
    title = "Chọn người được đề nghị"

    def get_object(self) -> Nomination:
        return self.get_visible_or_404(Nomination, self.kwargs["pk"], *NOMINEE_RELATIONS)

    def get_form(self, *data: Any) -> Any:
        words = _search_words(self.request)
        return NomineeForm(*data, user=self.request.user, unit=self.object.unit, words=words)

    def form_valid(self, form: NomineeForm) -> Any:
        before = self.object.award_code
        actions.change_nominee(
            by=self.request.user, nomination=self.object, nominee=form.cleaned_data["nominee"], seen=self.seen
        )
        if self.object.award_code != before:
            messages.warning(self.request, "Danh hiệu đã chọn không dành cho đối tượng mới nên đã trở về Giấy khen.")
        return redirect("commendations:edit", self.object.pk)


class ChooseAward(SameCaseMixin, ActFormView):
    """Choose another award or year."""

    permission = WRITERS
    act = "commendations.edit"
    model = Nomination
    form_class = NominationAwardForm
    template_name = "commendations/nomination_award.html"
    help = "chon-danh-hieu"
    title = "Chọn danh hiệu, hình thức khen thưởng"

    def get_object(self) -> Nomination:
        return self.get_visible_or_404(Nomination, self.kwargs["pk"], *NOMINEE_RELATIONS)

    def get_form_kwargs(self) -> dict[str, Any]:
        case = self.object
        offers = []
        if case.nominee_kind:
            offers = catalogue.award_offers(
                case.commune_id,
                case.nominee_kind,
                case.judged_unit,
                timezone.localdate(),
                is_pupil=case.person is not None and case.person.group == PUPIL,
            )
        return {"offers": offers, "initial": {"award": case.award_code, "year": case.award_year}}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Today's verdict for each award by its code: a hint, the choice is not limited by it."""
        nominee = nominee_of(self.object) if hasattr(self, "object") else None
        if nominee is None or not may_read_record(self.request.user, self.object):
            return super().get_context_data(**context)
        today = timezone.localdate()
        with_restricted = self.capacity.has(*RESTRICTED_READERS)
        found = award_eligibilities(nominee, self.object.award_year, today, today, with_restricted=with_restricted)
        return {
            **super().get_context_data(**context),
            "standings": {one.shown.verdict.award: one.shown for one in found},
        }

    def form_valid(self, form: NominationAwardForm) -> Any:
        actions.choose_award(by=self.request.user, nomination=self.object, requested=form.requested(), seen=self.seen)
        return redirect("commendations:edit", self.object.pk)


class EditNomination(SameCaseMixin, ActFormView):
    """Edit a nomination. Valid fields are saved even when others have errors; `do=submit` also submits it."""

    permission = WRITERS
    act = "commendations.edit"
    model = Nomination
    form_class = NominationForm
    template_name = "commendations/nomination_form.html"
    help = "de-nghi-khen-thuong"
    saved = False
    joins_with_form = True

    def get_object(self) -> Nomination:
        return self.get_visible_or_404(Nomination, self.kwargs["pk"], *NOMINEE_RELATIONS)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"nomination": self.object, "kinds": queries.nomination_kinds(self.object)}

    def form_valid(self, form: NominationForm) -> Any:
        actions.save_nomination(by=self.request.user, nomination=self.object, content=form.content(), seen=self.seen)
        self.saved = True
        if self.request.POST.get("do") == "submit":
            if self.doubts_not_shown():
                messages.warning(self.request, SAVED_WITH_DOUBTS)
                return reverse("commendations:edit", args=[self.object.pk])
            missing = empty_required_fields(self.object)
            RuleBroken.raise_all([RuleBroken(f"Hãy ghi {NEEDED_TO_SUBMIT[name]}.", name) for name in missing])
            actions.submit_nomination(by=self.request.user, nomination=self.object)
            messages.success(self.request, SUBMITTED, extra_tags=NEXT_TASK)
        else:
            messages.success(self.request, "Đã lưu. Đề nghị chưa được nộp cho đến khi bấm “Nộp đề nghị”.")
        return self.object

    def doubts_not_shown(self) -> bool:
        """Whether a case that may be about the same deed was not on the page from which the user submits."""
        shown = self.request.POST.getlist("trung")
        rows = other_deeds(self.object, self.request.user)
        return any(row.in_doubt and str(row.case.pk) not in shown for row in rows)

    def render_form(self, form: Any, status: int = 200) -> HttpResponse:
        if status == 422 and not self.saved and check_act(self.act, self.object, self.request.user):
            self.saved = self._save_valid_fields(form)
        version_is_current = self.saved or not form.is_bound
        others = other_deeds(self.object, self.request.user)
        return self.render(
            self.template_name,
            status=status,
            form=form,
            object=self.object,
            kept=self.saved,
            seen=self.object.version if version_is_current else self.request.POST.get("seen", ""),
            requested=queries.requested_award(self.object, timezone.localdate()),
            nominee_note=self.object.return_notes.get("nominee", ""),
            award_note=self.object.return_notes.get("award", ""),
            cancelled_earlier=cancelled_earlier(self.object),
            other_deeds=others,
            # A refusal of a second case has the offer itself.
            join_urls={} if form.errors else join_urls(self.request.user, self.object, others),
        )

    def _save_valid_fields(self, form: Any) -> bool:
        """Save the valid fields, so that an error in one does not lose the others. False when even that fails."""
        try:
            actions.save_nomination(
                by=self.request.user, nomination=self.object, content=form.content(), seen=self.seen
            )
        except RuleBroken:
            return False
        return True


class PreviewNomination(ActPostView):
    """A draft of one of the two papers."""

    permission = WRITERS
    act = "commendations.preview"
    model = Nomination

    def perform(self) -> Any:
        which = "request" if self.request.POST.get("giay") == "de-nghi" else "report"
        return preview_nomination(by=self.request.user, nomination=self.object, which=which)


class SubmitNomination(SameCaseMixin, ActPostView):
    permission = WRITERS
    act = "commendations.submit"
    model = Nomination
    success_message = SUBMITTED

    def perform(self) -> Any:
        return actions.submit_nomination(by=self.request.user, nomination=self.object, seen=self.seen)


def _search_words(request: HttpRequest) -> str:
    return (request.GET.get("tim") or request.POST.get("tim", ""))[:100]
