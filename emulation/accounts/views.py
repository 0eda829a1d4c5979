"""Views for signing in and out, changing one's password and contact details, and resetting a colleague's password."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView, LogoutView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from emulation.accounts import actions, sign_in_log
from emulation.accounts.forms import ChangePasswordForm, ContactForm, LoginForm, OfficePhoneForm
from emulation.accounts.models import User
from emulation.accounts.queries import office_phone
from emulation.communes.models import Commune, Membership
from emulation.communes.roles import Role
from emulation.core.addresses import client_address
from emulation.workflow import permissions
from emulation.workflow.lists import PagedListView
from emulation.workflow.views import ActFormView, BaseView


class Login(LoginView):
    """Login view. Django restricts `next` to this host."""

    permission = permissions.public
    form_class = LoginForm
    template_name = "registration/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "comes_back": context["next"] not in ("", reverse("home"))}

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            sign_in_log.note_own_act(sign_in_log.SIGN_IN, form.get_user(), client_address(self.request))
            return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_success_url(self) -> str:
        return reverse("accounts:password") if self.request.user.must_change_password else super().get_success_url()


class Logout(LogoutView):
    permission = permissions.signed_in
    template_name = "registration/logged_out.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            sign_in_log.note_own_act(sign_in_log.SIGN_OUT, request.user, client_address(request))
        return super().post(request, *args, **kwargs)


class ChangePassword(BaseView):
    permission = permissions.signed_in
    help = "doi-mat-khau"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render("registration/password_change.html", form=ChangePasswordForm(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ChangePasswordForm(request, request.POST)
        if not form.is_valid():
            return self.render("registration/password_change.html", form=form, status=422)
        with transaction.atomic():
            user = form.save()
            User.objects.filter(pk=user.pk).update(must_change_password=False)
            sign_in_log.note_own_act(sign_in_log.CHANGE_PASSWORD, user, client_address(request))
        update_session_auth_hash(request, user)
        messages.success(request, "Đã đổi mật khẩu. Các máy khác đang đăng nhập bằng tài khoản này đã bị thoát ra.")
        return redirect("home")


class OwnPage(BaseView):
    """The user's own page: posts, contact details (which they edit here), recent sign-ins, password, sessions."""

    permission = permissions.signed_in
    help = "trang-cua-toi"
    template_name = "accounts/own.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        form = ContactForm(initial={"phone": request.user.phone, "email": request.user.email})
        return self.render(self.template_name, form=form)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ContactForm(request.POST)
        if not form.is_valid():
            return self.render(self.template_name, form=form, status=422)
        actions.set_contact_details(by=request.user, **form.cleaned_data)
        messages.success(request, "Đã lưu thông tin liên hệ.")
        return redirect("accounts:own")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(sign_ins=sign_in_log.recent_sign_ins(self.request.user), **context)


class EndOtherSessions(BaseView):
    """Signs the user out on all other devices."""

    permission = permissions.signed_in

    def post(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            actions.end_other_sessions(by=request.user)
            sign_in_log.note_own_act(sign_in_log.END_SESSIONS, request.user, client_address(request))
        update_session_auth_hash(request, request.user)
        messages.success(request, "Đã đăng xuất tài khoản này trên mọi máy khác.")
        return redirect("accounts:own")


class AccountList(PagedListView):
    """The accounts of the commune, with their roles."""

    permission = permissions.office | permissions.administrator
    template_name = "accounts/list.html"
    help = "cap-lai-mat-khau"

    def get_queryset(self) -> Any:
        return User.objects.visible_to(self.request.user).order_by("username")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        content = super().get_context_data(**context)
        roles: dict[int, list[str]] = {}
        for user_id, role in Membership.objects.filter(
            commune_id=self.capacity.commune_id, ends_on=None, user_id__in=[user.pk for user in content["rows"]]
        ).values_list("user_id", "role"):
            roles.setdefault(user_id, []).append(Role(role).title)
        # The rule of actions.may_reset_password, from roles that are already loaded: no query per user.
        protected = {Role.chair.title, Role.superior.title, Role.administrator.title}
        is_administrator = self.capacity.has(Role.administrator)
        people = []
        for user in content["rows"]:
            titles = sorted(set(roles.get(user.pk, [])))
            people.append((user, ", ".join(titles), is_administrator or protected.isdisjoint(titles)))
        return {**content, "people": people}


class SetOfficePhone(ActFormView):
    """The office's telephone number from a day on."""

    permission = permissions.office | permissions.administrator
    act = "accounts.set_office_phone"
    model = Commune
    form_class = OfficePhoneForm
    help = "cap-lai-mat-khau"
    title = "Số điện thoại Văn phòng"
    success_message = "Đã ghi số điện thoại Văn phòng."

    def get_object(self) -> Commune:
        return self.commune

    def get_initial(self) -> dict[str, Any]:
        return {"phone": office_phone(self.request), "starts_on": timezone.localdate()}

    def form_valid(self, form: OfficePhoneForm) -> str:
        actions.set_office_phone(by=self.request.user, commune=self.object, **form.cleaned_data)
        return reverse("accounts:list")


class ResetPassword(BaseView):
    """Resets the password and shows the one-time password once, to print or send."""

    permission = permissions.office | permissions.administrator
    help = "cap-lai-mat-khau"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user = self.get_visible_or_404(User, pk)
        slip = actions.reset_password(by=request.user, user=user)
        sign_in_log.note_reset(user, request.user, client_address(request))
        return self.render("accounts/slip.html", account=user, slip=slip)
