"""The page that removes the second steps of somebody who lost phone and recovery codes."""

from typing import Any

from django.http import HttpResponse

from emulation.accounts.models import AccountRequest
from emulation.accounts.queries import is_protected_account
from villages.actions.account_requests import Subject
from villages.actions.accounts import remove_second_steps
from villages.forms.accounts import AccountReasonForm
from villages.views.accounts import AccountFormView


class RemoveSecondSteps(AccountFormView):
    """For somebody who lost phone and recovery codes; the password stays as it is."""

    act = "accounts.remove_second_step"
    form_class = AccountReasonForm

    @property
    def lead(self) -> str:  # type: ignore[override]
        after = "Sau đó chỉ cần mật khẩu là đăng nhập được; các máy đang đăng nhập bị thoát ra. Hãy gọi hỏi đúng người ấy trước."
        if self.account and is_protected_account(self.account):
            return f"Tài khoản này được bảo vệ: người thứ hai xác nhận rồi mới gỡ được. {after}"
        return after

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "second_person": is_protected_account(self.account)}

    def form_valid(self, form: AccountReasonForm) -> HttpResponse:
        assert self.account
        if is_protected_account(self.account):
            return self.ask(Subject(AccountRequest.SECOND_STEP, self.account), form.cleaned_data["reason"])
        remove_second_steps(by=self.request.user, user=self.account, reason=form.cleaned_data["reason"])
        return self.done(f"Đã gỡ xác nhận hai bước của {self.account.full_name}.", self.account)
