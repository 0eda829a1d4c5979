"""Pages of the number series and their books, and the clerk's check of the books after a restore."""

from typing import Any

from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone

from emulation.backups.pending import latest_restore
from emulation.communes.models import Commune
from emulation.documents import number_checks, queries
from emulation.documents.forms import CorrectNumberForm, LastNumbersForm
from emulation.documents.models import NumberBookCheck
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, BaseView, PageView


class YearOfBooks(BaseView):
    """The year in the query string, or this year."""

    @property
    def year(self) -> int:
        typed = self.request.GET.get("nam", "")
        is_year = typed.isdecimal() and len(typed) == 4 and int(typed) >= 1900
        return int(typed) if is_year else timezone.localdate().year


class NumberSeriesPage(YearOfBooks, PageView):
    """Each series of a year with its symbol and the last number of its book; after a restore also the form for the clerk."""

    permission = permissions.office | permissions.clerk
    template_name = "documents/numbers.html"
    help = "so-va-ky-hieu"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        today = timezone.localdate()
        commune = self.commune
        years = queries.number_book_years(commune, today.year)
        books = number_checks.unchecked_books(commune, self.year)
        return {
            **super().get_context_data(**context),
            "year": self.year,
            "lines": queries.series_statuses(commune, self.year, today, {book.rule.book for book in books}),
            "chips": [{"label": one, "url": f"?nam={one}", "active": one == self.year} for one in years],
            "restore": books[0].restore if books else None,
            "correctable": number_checks.correctable_checks(commune, self.year),
            "form": LastNumbersForm(books=books) if books else None,
            "is_clerk": permissions.clerk.allows(self.capacity, commune),
        }


class CheckNumberBooks(YearOfBooks, ActFormView):
    """The clerk types the last number on paper of each book; all typed numbers are recorded, or none."""

    permission = permissions.clerk
    act = "documents.check_number_book"
    model = Commune
    form_class = LastNumbersForm
    template_name = "documents/last_numbers.html"
    title = "Ghi số cuối trên giấy sau khôi phục"
    help = "sau-khi-khoi-phuc"
    success_message = "Đã ghi. Các sổ này cấp số tiếp theo từ đó."

    def get_object(self) -> Commune:
        return self.commune

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"books": number_checks.unchecked_books(self.commune, self.year)}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        restore = latest_restore(self.commune.pk)
        return {**super().get_context_data(**context), "year": self.year, "restore": restore}

    def form_valid(self, form: LastNumbersForm) -> Any:
        with transaction.atomic():
            for book, number in form.typed():
                number_checks.check_number_book(
                    by=self.request.user,
                    commune=self.object,
                    book=book,
                    last_on_paper=number,
                    sure=form.cleaned_data["sure"],
                )
        response = redirect("documents:numbers")
        response["Location"] += f"?nam={self.year}"
        return response


class CorrectNumberBook(ActFormView):
    """The clerk corrects a mistyped last number, while no number was given after it."""

    permission = permissions.clerk
    act = "documents.correct_number_book"
    model = Commune
    form_class = CorrectNumberForm
    template_name = "documents/correct_number.html"
    help = "sau-khi-khoi-phuc"
    success_message = "Đã sửa. Sổ này cấp số tiếp theo từ đó."

    def get_object(self) -> Commune:
        self.typed = self.get_visible_or_404(NumberBookCheck, self.kwargs["pk"], "book", "restore", "checked_by")
        return self.commune

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "typed": getattr(self, "typed", None)}

    def form_valid(self, form: CorrectNumberForm) -> Any:
        number_checks.correct_number_book(
            by=self.request.user, commune=self.object, check=self.typed, **form.cleaned_data
        )
        response = redirect("documents:numbers")
        response["Location"] += f"?nam={self.typed.book.year}"
        return response
