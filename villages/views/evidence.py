"""“Hồ sơ theo năm”: the page of a person, household or unit, and the forms that add, correct and remove entries."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from emulation.core.errors import NotAllowed
from emulation.workflow import permissions
from emulation.workflow.authorization import check_act
from emulation.workflow.views import ActFormView, ActPostView, BaseView, PageView
from emulation.workflow.workflow import step_of
from villages.actions.evidence import add_evidence, correct_evidence, read_restricted, remove_evidence, set_joined
from villages.forms.evidence import EVIDENCE_FORMS, JoinedDayForm, RemoveEvidenceForm
from villages.models import EVIDENCE, Evaluation, Evidence, Household, Person, Unit, evidence_subject_kind, evidence_url
from villages.queries import evidence as queries
from villages.queries.household_changes import household_context
from villages.queries.people import may_read_unit
from villages.queries.record_hints import record_hints

EVIDENCE_READERS = permissions.staff | permissions.unit_head
SUBJECT_MODELS: dict[str, type[Any]] = {"person": Person, "household": Household, "collective": Unit}


def get_subject_or_404(view: BaseView, about: str, *related: str) -> Any:
    """The person, household, unit or collective of the address, if this user may see it. Raises Http404 otherwise."""
    model = SUBJECT_MODELS[about]
    if about != "collective":
        return view.get_visible_or_404(model, view.kwargs["pk"], *related)
    return get_object_or_404(Unit.with_collectives.visible_to(view.request.user), pk=view.kwargs["pk"])


class EvidencePage(PageView):
    """All evidence about one subject, by kind; restricted kinds open with a button, and each reading is logged."""

    permission = EVIDENCE_READERS
    template_name = "villages/evidence.html"
    help = "ho-so-theo-nam"
    about: ClassVar[str] = "person"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        related = {"collective": (), "household": ("unit", "head")}.get(self.about, ("unit",))
        subject = get_subject_or_404(self, self.about, *related)
        unit = subject if self.about == "collective" else subject.unit
        if not may_read_unit(self.request.user, unit):
            raise NotAllowed("Hồ sơ theo năm của đơn vị chỉ người đứng đầu đơn vị đó và cán bộ xã xem được.")
        user = self.request.user
        name = self.about
        restricted = [model for model in EVIDENCE if model.restricted and name in model.subjects]
        return {
            **super().get_context_data(**context),
            **(household_context(user, subject) if isinstance(subject, Household) else {}),
            "object": subject,
            "record_hints": record_hints(user, subject),
            "unit": unit,
            "is_person": name == "person",
            "is_household": name == "household",
            "sections": [
                (section, f"villages:add_{section.model.word}_of_{name}")
                for section in queries.evidence_sections(subject, user)
            ],
            "restricted": [(model, f"villages:add_{model.word}_of_{name}") for model in restricted],
            "read_act": f"villages:read_restricted_of_{name}",
            "may_write": permissions.office.allows(self.capacity, subject),
            "may_read": bool(restricted) and bool(check_act(f"villages.read_restricted_of_{name}", subject, user)),
        }


class EvidenceFormView(ActFormView):
    """Base of the forms of evidence; they redirect to the page of the subject."""

    permission = permissions.office
    kind: ClassVar[type[Evidence]] = Evaluation
    help = "ho-so-theo-nam"
    template_name = "villages/evidence_form.html"

    @property
    def title(self) -> str:
        return step_of(self.act).label

    def owner(self) -> Any:
        """The person, household or unit that the entry is about."""
        return self.object.subject

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        owner = self.owner()
        return {
            **super().get_context_data(**context),
            "owner": owner,
            "back": evidence_url(owner),
            "unkept": bool(self.kind.audit_private),
        }


class AddEvidence(EvidenceFormView):
    """A new entry; “Lưu và ghi tiếp” opens the form again for the next one."""

    about: ClassVar[str] = "person"
    success_message = "Đã ghi vào hồ sơ."

    @property
    def act(self) -> str:
        return f"villages.add_{self.kind.word}_of_{self.about}"

    def get_object(self) -> Any:
        return get_subject_or_404(self, self.about)

    def owner(self) -> Any:
        return self.object

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "more": True}

    def get_form(self, *data: Any) -> forms.Form:
        return EVIDENCE_FORMS[self.kind](*data, about=self.about)

    def form_valid(self, form: Any) -> Any:
        add_evidence(
            by=self.request.user,
            model=self.kind,
            subject=self.object,
            idempotency_key=self.idempotency_key,
            **form.cleaned_data,
        )
        return self.request.path if self.request.POST.get("do") == "more" else evidence_url(self.object)


class CorrectEvidence(EvidenceFormView):
    """Correction of an entry, with the reason."""

    success_message = "Đã sửa."

    @property
    def act(self) -> str:
        return f"villages.mend_{self.kind.word}"

    @property
    def model(self) -> Any:
        return self.kind

    def get_object(self) -> Any:
        return self.get_visible_or_404(self.kind, self.kwargs["pk"], *self.kind.subjects)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "remove_url": self._remove_url()}

    def _remove_url(self) -> str:
        """URL of the form that removes the entry; "" for restricted kinds, which have it on the page ReadRestricted."""
        return "" if self.kind.restricted else reverse(f"villages:remove_{self.kind.word}", args=[self.object.pk])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.kind.restricted:  # shown only by ReadRestricted, which logs the reading
            messages.info(request, "Mở “Xem hồ sơ hạn chế” rồi sửa ở đó.")
            return redirect(self.get_object())
        return super().get(request, *args, **kwargs)

    def get_form(self, *data: Any) -> forms.Form:
        form_class = EVIDENCE_FORMS[self.kind]
        about = evidence_subject_kind(self.object.subject)
        return form_class(*data, about=about, with_reason=True, initial=form_class.initial_of(self.object))

    def form_valid(self, form: Any) -> Any:
        correct_evidence(by=self.request.user, entry=self.object, seen=self.seen, **form.cleaned_data)
        return evidence_url(self.object.subject)


class RemoveEvidence(CorrectEvidence):
    """Removal of an entry, with the reason."""

    success_message = "Đã bỏ. Dòng này không còn được tính khi xét khen thưởng."

    @property
    def act(self) -> str:
        return f"villages.remove_{self.kind.word}"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "remove_url": "", "removing": not self.kind.restricted}

    def get_form(self, *data: Any) -> forms.Form:
        return RemoveEvidenceForm(*data)

    def form_valid(self, form: Any) -> Any:
        remove_evidence(by=self.request.user, entry=self.object, seen=self.seen, **form.cleaned_data)
        return evidence_url(self.object.subject)


class SetJoinedDay(EvidenceFormView):
    """The day on which a person joined their unit."""

    act = "villages.set_joined"
    model = Person
    form_class = JoinedDayForm
    success_message = "Đã ghi ngày vào đơn vị."

    def owner(self) -> Any:
        return self.object

    def get_initial(self) -> dict[str, Any]:
        return {"joined_on": self.object.joined_on}

    def form_valid(self, form: JoinedDayForm) -> Any:
        set_joined(by=self.request.user, person=self.object, **form.cleaned_data)
        return evidence_url(self.object)


class ReadRestricted(ActPostView):
    """Discipline and open cases of a person or unit, with forms for the office; each reading is logged."""

    permission = permissions.office | permissions.chair
    about: ClassVar[str] = "person"
    help = "ho-so-theo-nam"

    def get_object(self) -> Any:
        return get_subject_or_404(self, self.about)

    def perform(self) -> HttpResponse:
        entries = read_restricted(by=self.request.user, subject=self.object)
        may_write = permissions.office.allows(self.capacity, self.object)
        kinds = [model for model in EVIDENCE if model.restricted and self.about in model.subjects]
        return self.render(
            "villages/restricted.html",
            owner=self.object,
            back=evidence_url(self.object),
            sections=[self._section(model, entries, may_write) for model in kinds],
            may_write=may_write,
        )

    def _section(self, model: type[Evidence], entries: list[Evidence], may_write: bool) -> dict[str, Any]:
        section = queries.evidence_section(model, (entry for entry in entries if isinstance(entry, model)), whole=True)
        lines = []
        for entry, cells in section.lines:
            correct_form, remove_form = self._forms(entry) if may_write else (None, None)
            lines.append((entry, cells, correct_form, remove_form))
        return {"title": model.title, "lines": lines, "gone": section.gone, "word": model.word}

    def _forms(self, entry: Evidence) -> tuple[forms.Form, forms.Form]:
        """The forms that correct and remove an entry, with HTML ids that are unique on the page."""
        form_class = EVIDENCE_FORMS[type(entry)]
        auto_id = f"{entry.word}-{entry.pk}-%s"
        initial = form_class.initial_of(entry)
        return (
            form_class(about=self.about, with_reason=True, initial=initial, auto_id=auto_id),
            RemoveEvidenceForm(auto_id=f"remove-{auto_id}"),
        )
