"""Pages of nominations: the list, a case, its forms."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from campaigns.models import Exemplar
from commendations.actions import nomination as actions
from commendations.flow.nomination import STATES
from commendations.forms.nomination import (
    PLACES,
    AwardForm,
    CheckForm,
    NominationForm,
    NomineeForm,
    ReasonForm,
    ReturnForm,
)
from commendations.models import Award, Nomination, Proposal, SessionItem
from commendations.queries import catalogue
from commendations.queries import nomination as queries
from commendations.queries.eligibility import Shown, nominee_of, shown, standings, verdict_on
from commendations.queries.session import shown_vote
from emulation.acts import who
from emulation.acts.gate import verdict
from emulation.acts.web import ActPage, ListPage, Page, PostAct
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.documents.models import IssuedDocument
from villages.models import RESTRICTED_READERS, Unit

READERS = who.staff | who.unit_head | who.council_member
WRITERS = who.office | who.unit_head
NOMINEE = ("unit", "person", "household", "collective")


class NominationList(ListPage):
    """Every nomination that one may see, by state and unit, searched without marks."""

    who = READERS
    template_name = "commendations/nomination_list.html"
    help = "de-nghi-khen-thuong"

    def rows(self) -> QuerySet[Nomination]:
        rows = Nomination.objects.visible_to(self.request.user)
        self.unit = self.request.GET.get("don-vi", "")
        if self.unit.isdecimal():
            rows = rows.filter(unit_id=int(self.unit[:12]))
        self.counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
        self.awards = queries.asked_for(rows)
        self.award = self.request.GET.get("danh-hieu", "")
        if self.award in self.awards:
            rows = rows.filter(award_code=self.award)
        self.state = self.request.GET.get("trang-thai", "")
        if self.state in STATES:
            rows = rows.filter(state=self.state)
        return rows.for_lists().order_by("-state_since", "-pk")

    def search(self, rows: QuerySet[Nomination], words: str) -> QuerySet[Nomination]:
        return queries.found_by(rows, words)

    def content(self) -> dict[str, Any]:
        content = super().content()
        address = f"?don-vi={self.unit}&" if self.unit.isdecimal() else "?"
        if self.award in self.awards:
            address += f"danh-hieu={self.award}&"
        chips = [
            {"label": "Tất cả", "url": address, "active": self.state not in STATES, "count": sum(self.counts.values())}
        ]
        chips += [
            {
                "label": state.label,
                "url": f"{address}trang-thai={name}",
                "active": name == self.state,
                "count": self.counts[name],
            }
            for name, state in STATES.items()
            if self.counts.get(name)
        ]
        units = Unit.objects.visible_to(self.request.user)
        if not self.standing.has(Role.office, Role.clerk, Role.chair, Role.council_member):
            units = units.filter(pk__in=self.standing.unit_ids)
        return {
            **content,
            "chips": chips,
            "units": units,
            "unit": self.unit,
            "state": self.state,
            "commune": self.commune,
            "award": self.award,
            "awards": self.awards,
            "named": catalogue.names(self.commune.pk, timezone.localdate()),
        }


class NominationPage(Page):
    """One case: whose turn it is, what it says, its checklist, papers, votes and way so far."""

    who = READERS
    template_name = "commendations/nomination.html"
    help = "de-nghi-khen-thuong"

    def content(self) -> dict[str, Any]:
        case = self.find(Nomination, self.kwargs["pk"], *NOMINEE, "exemplar__period", "campaign", "commune")
        user = self.request.user
        papers = (
            IssuedDocument.objects.visible_to(user).filter(key__startswith=f"nomination:{case.pk}:").order_by("-pk")
        )
        items = (
            SessionItem.objects.visible_to(user).filter(nomination=case).select_related("session__version_of_council")
        )
        item = items.order_by("-pk").first()
        office = self.standing.has(Role.office)
        return {
            "object": case,
            "why": self.why(case),
            "asked": queries.asked(case, timezone.localdate()),
            "entries": queries.timeline(case),
            "checks": queries.checks(case),
            "papers": queries.paper_links(case, papers),
            "notes": [(PLACES.get(name, "Lý do"), reason) for name, reason in case.return_notes.items()],
            "concerns": queries.concerns(case) if office else [],
            "photos": list(case.exemplar.photos.all()) if case.exemplar else [],
            "item": item,
            "award": Award.objects.visible_to(user)
            .filter(nomination=case)
            .select_related("decision__document")
            .first(),
            "proposal": Proposal.objects.visible_to(user)
            .filter(presentation__items__nomination=case, award_code=case.award_code)
            .first(),
            "vote": item
            and shown_vote(item, item.session, item.session.members(), len(item.session.presence().absent)),
        }

    def why(self, case: Nomination) -> Shown | None:
        """How the law judges the case today, while it is not decided; nothing where the law kept here does not reach."""
        if case.state not in queries.UNDECIDED or not case.nominee_kind:
            return None
        whole = self.standing.has(*RESTRICTED_READERS)
        try:
            verdict = verdict_on(case, timezone.localdate(), whole=whole)
        except RuleBroken:
            return None
        return shown(verdict, whole=whole) if verdict else None


class Nominate(PostAct):
    """From an exemplar to a nomination in one act."""

    who, act, model = who.office, "campaigns.mark_nominated", Exemplar
    done = "Đã lập hồ sơ đề nghị từ điển hình. Xem lại, bổ sung rồi nộp."

    def perform(self) -> Any:
        return actions.nominate(by=self.request.user, exemplar=self.object)


class Start(ActPage):
    """A nomination without an exemplar."""

    who, act, model = WRITERS, "commendations.start", Commune
    template_name = "commendations/nomination_start.html"
    help = "de-nghi-khen-thuong"
    title = "Lập đề nghị khen thưởng"

    def subject(self) -> Commune:
        return self.commune

    def units(self) -> QuerySet[Unit]:
        units = Unit.objects.visible_to(self.request.user).in_force(timezone.localdate())
        return units if self.standing.has(Role.office) else units.filter(pk__in=self.standing.unit_ids)

    def form(self, *data: Any) -> Any:
        asked = self.request.POST.get("unit") or self.request.GET.get("don-vi", "")
        units = list(self.units())
        unit = next((unit for unit in units if str(unit.pk) == asked), units[0] if len(units) == 1 else None)
        self.words = (self.request.GET.get("tim") or self.request.POST.get("tim", ""))[:100]
        self.award = (self.request.POST.get("danh-hieu") or self.request.GET.get("danh-hieu", ""))[:12]
        year = self.request.POST.get("nam") or self.request.GET.get("nam", "")
        self.year = int(year) if year.isdecimal() and len(year) == 4 else None
        form = NomineeForm(*data, user=self.request.user, unit=unit, words=self.words, optional=True)
        form.units = units
        return form

    def perform(self, form: NomineeForm) -> Any:
        asked = actions.Asked(self.award, self.year) if self.award else actions.Asked()
        case = actions.start(
            by=self.request.user,
            unit=form.unit,
            nominee=form.cleaned_data["nominee"],
            asked=asked,
            once_key=self.once_key,
        )
        known = self.award or not case.nominee_kind
        return redirect("commendations:edit" if known else "commendations:award_of", case.pk)

    def extra(self) -> dict[str, Any]:
        """The award and year of a case that others follow ("thêm người nữa cùng danh hiệu")."""
        award = getattr(self, "award", "")
        known = catalogue.names(self.commune.pk, timezone.localdate()).get(award) if award else None
        return {"award": award if known else "", "year": getattr(self, "year", None), "award_name": known}


class Choose(ActPage):
    """Another nominee for the case."""

    who, act, model = WRITERS, "commendations.edit", Nomination
    template_name = "commendations/nomination_start.html"
    help = "de-nghi-khen-thuong"
    title = "Chọn người được đề nghị"

    def subject(self) -> Nomination:
        return self.find(Nomination, self.kwargs["pk"], *NOMINEE)

    def form(self, *data: Any) -> Any:
        words = (self.request.GET.get("tim") or self.request.POST.get("tim", ""))[:100]
        return NomineeForm(*data, user=self.request.user, unit=self.object.unit, words=words)

    def perform(self, form: NomineeForm) -> Any:
        before = self.object.award_code
        actions.choose(
            by=self.request.user, nomination=self.object, nominee=form.cleaned_data["nominee"], seen=self.seen
        )
        if self.object.award_code != before:
            messages.warning(self.request, "Danh hiệu đã chọn không dành cho đối tượng mới nên đã trở về Giấy khen.")
        return redirect("commendations:edit", self.object.pk)


class ChooseAward(ActPage):
    """Another award, or another year, for the case."""

    who, act, model, form_class = WRITERS, "commendations.edit", Nomination, AwardForm
    template_name = "commendations/nomination_award.html"
    help = "chon-danh-hieu"
    title = "Chọn danh hiệu, hình thức khen thưởng"

    def subject(self) -> Nomination:
        return self.find(Nomination, self.kwargs["pk"], *NOMINEE)

    def form_kwargs(self) -> dict[str, Any]:
        case, today = self.object, timezone.localdate()
        found = catalogue.offers(case.commune_id, case.nominee_kind, case.unit, today) if case.nominee_kind else []
        return {"offers": found, "initial": {"award": case.award_code, "year": case.award_year}}

    def extra(self) -> dict[str, Any]:
        """How the nominee stands towards each award today, by its code: a hint, nothing is forbidden here."""
        someone = nominee_of(self.object) if hasattr(self, "object") else None
        if someone is None:
            return {}
        today, whole = timezone.localdate(), self.standing.has(*RESTRICTED_READERS)
        found = standings(someone, self.object.award_year, today, today, whole=whole)
        return {"standings": {one.shown.verdict.award: one.shown for one in found}}

    def perform(self, form: AwardForm) -> Any:
        actions.choose_award(by=self.request.user, nomination=self.object, asked=form.asked(), seen=self.seen)
        return redirect("commendations:edit", self.object.pk)


class Edit(ActPage):
    """Writing a nomination. What is valid is kept even when something else is wrong; "submit" also sends it."""

    who, act, model = WRITERS, "commendations.edit", Nomination
    form_class = NominationForm
    template_name = "commendations/nomination_form.html"
    help = "de-nghi-khen-thuong"
    kept = False

    def subject(self) -> Nomination:
        return self.find(Nomination, self.kwargs["pk"], *NOMINEE)

    def form_kwargs(self) -> dict[str, Any]:
        return {"nomination": self.object, "kinds": queries.kinds(self.object)}

    def perform(self, form: NominationForm) -> Any:
        actions.edit(by=self.request.user, nomination=self.object, content=form.content(), seen=self.seen)
        self.kept = True
        if self.request.POST.get("do") == "submit":
            actions.submit(by=self.request.user, nomination=self.object)
            messages.success(self.request, "Đã nộp. Báo cáo thành tích và giấy đề nghị đã chốt, có thể in để ký.")
        else:
            messages.success(self.request, "Đã lưu. Đề nghị chưa được nộp cho đến khi bấm “Nộp đề nghị”.")
        return self.object

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        if status == 422 and not self.kept and verdict(self.act, self.object, self.request.user):
            self.kept = self._keep(form)
        fresh = self.kept or not form.is_bound
        return self.render(
            self.template_name,
            status=status,
            form=form,
            object=self.object,
            kept=self.kept,
            seen=self.object.version if fresh else self.request.POST.get("seen", ""),
            asked=queries.asked(self.object, timezone.localdate()),
            nominee_note=self.object.return_notes.get("nominee", ""),
            award_note=self.object.return_notes.get("award", ""),
            file_note=self.object.return_notes.get("file", ""),
        )

    def _keep(self, form: Any) -> bool:
        """Saves the fields that are right, so that a mistake in one loses nothing of the others."""
        try:
            actions.edit(by=self.request.user, nomination=self.object, content=form.content(), seen=self.seen)
        except RuleBroken:
            return False
        return True


class Preview(PostAct):
    """One of the two papers as it would be frozen now."""

    who, act, model = WRITERS, "commendations.preview", Nomination

    def perform(self) -> Any:
        which = "request" if self.request.POST.get("giay") == "de-nghi" else "report"
        return actions.preview(by=self.request.user, nomination=self.object, which=which)


class Submit(PostAct):
    who, act, model = WRITERS, "commendations.submit", Nomination
    done = "Đã nộp. Báo cáo thành tích và giấy đề nghị đã chốt, có thể in để ký."

    def perform(self) -> Any:
        return actions.submit(by=self.request.user, nomination=self.object, seen=self.seen)


class Withdraw(ActPage):
    who, act, model = WRITERS, "commendations.withdraw", Nomination
    form_class = ReasonForm
    help = "de-nghi-khen-thuong"
    done = "Đã rút đề nghị."

    def perform(self, form: ReasonForm) -> Any:
        return actions.withdraw(
            by=self.request.user, nomination=self.object, reason=form.cleaned_data["reason"], seen=self.seen
        )


class Return(ActPage):
    """Sending the file back with a reason at each place that is to be mended."""

    who, act, model = who.office, "commendations.return", Nomination
    form_class = ReturnForm
    template_name = "commendations/nomination_return.html"
    help = "tham-dinh-ho-so"
    done = "Đã trả lại. Đơn vị đã được báo và thấy lý do ngay tại mục cần sửa."

    def perform(self, form: ReturnForm) -> Any:
        return actions.send_back(by=self.request.user, nomination=self.object, notes=form.notes(), seen=self.seen)


class Check(ActPage):
    """The checklist of the day on which the file came."""

    who, act, model = who.office, "commendations.check", Nomination
    form_class = CheckForm
    template_name = "commendations/nomination_check.html"
    help = "tham-dinh-ho-so"
    done = "Đã ghi kết quả kiểm tra hồ sơ."

    def subject(self) -> Nomination:
        return self.find(Nomination, self.kwargs["pk"], *NOMINEE)

    def form_kwargs(self) -> dict[str, Any]:
        return {"nomination": self.object}

    def perform(self, form: CheckForm) -> Any:
        # One transaction: marks that do not make the file complete leave no new version for the second try to trip over.
        with transaction.atomic():
            actions.check(by=self.request.user, nomination=self.object, marks=form.marks(), seen=self.seen)
            if self.request.POST.get("do") == "complete":
                actions.complete(by=self.request.user, nomination=self.object)
        return self.object


class Complete(PostAct):
    who, act, model = who.office, "commendations.complete", Nomination
    done = "Hồ sơ hợp lệ, có thể đưa vào phiên họp Hội đồng."

    def perform(self) -> Any:
        return actions.complete(by=self.request.user, nomination=self.object, seen=self.seen)
