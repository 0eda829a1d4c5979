"""Forms for signing in, changing the password and one's contact details."""

import re
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm, SetPasswordMixin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from emulation.accounts.backend import login_name, must_wait, verify_password, verify_slip_code
from emulation.accounts.models import PasswordSlip
from emulation.accounts.passwords import CODE_LENGTH, as_code
from emulation.accounts.queries import office_phone
from emulation.accounts.rules import counted_name, grouped_digits, phone_digits, plain_letters
from emulation.accounts.sign_in_log import CURRENT_PASSWORD, SIGN_IN_PASSWORD, note_invalid, note_refusal
from emulation.accounts.slips import code_hash, slip_fault
from emulation.core.addresses import address_group, client_address
from emulation.core.fields import REQUIRED_MESSAGE, CleanTextField, VnDateField
from emulation.core.formatting import keep_numbers

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt."
WRONG_SLIP = (
    "Tên đăng nhập hoặc mã trên phiếu chưa đúng. So lại từng chữ với phiếu; có phiếu mới hơn thì dùng phiếu mới."
)
WAIT = (
    "Đã nhập sai quá nhiều lần từ máy hoặc đường mạng này. Đăng nhập từ đây tạm khóa 15 phút; sau đó hãy thử lại, "
    "quên mật khẩu thì nhờ Văn phòng cấp lại."
)
PASSWORDS_NOT_KEPT = "Mật khẩu đã gõ không được giữ lại: hãy gõ lại."


def call_office(fault: str, phone: str) -> str:
    """The fault of a slip with the number to call, on one line: "... hãy gọi Văn phòng (0237 3123 456)."."""
    return f"{fault} ({keep_numbers(phone)})." if phone else f"{fault}."


class LoginForm(forms.Form):
    """Login name and password, or the code of a slip; the error is the same for a wrong name and a wrong password.

    `user` is who signed in with a password; `slip` the valid slip whose code was typed.
    """

    kept_note = PASSWORDS_NOT_KEPT
    wrong = WRONG
    username = forms.CharField(
        label="Tên đăng nhập, số điện thoại hoặc hộp thư",
        max_length=200,
        error_messages={"required": REQUIRED_MESSAGE},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}),
    )
    password = forms.CharField(
        label="Mật khẩu",
        max_length=200,
        strip=False,
        error_messages={"required": REQUIRED_MESSAGE},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: Any = None, *args: Any, **kwargs: Any) -> None:
        self.request = request
        self.user: Any = None
        self.slip: PasswordSlip | None = None
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username")
        password = self.cleaned_data.get("password")
        address = client_address(self.request)
        if not name or not password:
            note_invalid(counted_name(str(self["username"].data or "")), address)
            return self.cleaned_data
        if must_wait(counted_name(name), address_group(address)):
            note_refusal(SIGN_IN_PASSWORD, counted_name(name), address)
            raise ValidationError(WAIT)
        if code := as_code(password):
            self.slip = self._slip(login_name(name), code, address)
            return self.cleaned_data
        self.user = authenticate(self.request, username=name, password=password)
        if self.user is None:
            raise ValidationError(self.wrong)
        return self.cleaned_data

    def _slip(self, name: str, code: str, address: str) -> PasswordSlip:
        outcome = verify_slip_code(name, code, address)
        if outcome.must_wait:
            raise ValidationError(WAIT)
        if outcome.slip is None:
            raise ValidationError(self.wrong)
        if fault := slip_fault(outcome.slip):
            raise ValidationError(call_office(fault, office_phone(self.request)))
        return outcome.slip

    def get_user(self) -> Any:
        return self.user


class SlipForm(LoginForm):
    """Login name and code, as printed on the slip; the QR code fills them in."""

    kept_note = ""
    wrong = WRONG_SLIP

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = forms.CharField(
            label="Mã trên phiếu",
            max_length=40,
            error_messages={"required": REQUIRED_MESSAGE},
            widget=forms.TextInput(
                attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "class": "short code"}
            ),
            help_text="Hai nhóm bốn chữ, ví dụ k7qf-2mxa.",
        )

    def clean_password(self) -> str:
        typed: str = self.cleaned_data["password"]
        if as_code(typed) is None:
            raise ValidationError("Mã trên phiếu gồm tám chữ cái, chữ số, chia hai nhóm, ví dụ k7qf-2mxa.")
        return typed


class WeakPasswordMixin(SetPasswordMixin):
    """What is wrong with a new password is shown where it was typed first, not where it is repeated."""

    def validate_password_for_user(self, user: Any, *_field: Any) -> None:
        super().validate_password_for_user(user, "new_password1")


class NewPasswordForm(WeakPasswordMixin, SetPasswordForm):
    """The password that the holder of a slip chooses; not the code of the slip."""

    kept_note = PASSWORDS_NOT_KEPT
    error_messages = {"password_mismatch": "Hai lần nhập mật khẩu mới không giống nhau."}

    def __init__(self, slip: PasswordSlip, *args: Any, **kwargs: Any) -> None:
        self.slip = slip
        super().__init__(slip.user, *args, **kwargs)
        for name in ("new_password1", "new_password2"):
            self.fields[name].error_messages["required"] = REQUIRED_MESSAGE
        self.fields["new_password1"].label = "Mật khẩu mới"
        self.fields["new_password2"].label = "Nhập lại mật khẩu mới"
        self.fields["new_password1"].help_text = "Ít nhất 10 ký tự; một câu dễ nhớ là tốt nhất."
        self.fields["new_password2"].help_text = ""

    def clean_new_password1(self) -> str:
        password: str = self.cleaned_data["new_password1"]
        letters = plain_letters(password)
        for part in {letters[:CODE_LENGTH], letters[-CODE_LENGTH:]}:
            if as_code(part) and code_hash(self.slip.user_id, part) == self.slip.code_hash:
                raise ValidationError("Mã trên phiếu người khác có thể đã thấy: hãy chọn mật khẩu của riêng bạn.")
        return password


class ChangePasswordForm(WeakPasswordMixin, PasswordChangeForm):
    """Wrong current passwords count like those of a sign-in: somebody else at an open session cannot try many."""

    kept_note = PASSWORDS_NOT_KEPT
    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": "Mật khẩu hiện tại chưa đúng.",
        "password_mismatch": "Hai lần nhập mật khẩu mới không giống nhau.",
    }

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.request = request
        super().__init__(request.user, *args, **kwargs)
        for name, label in (
            ("old_password", "Mật khẩu hiện tại"),
            ("new_password1", "Mật khẩu mới"),
            ("new_password2", "Nhập lại mật khẩu mới"),
        ):
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = REQUIRED_MESSAGE
        self.fields["new_password1"].help_text = "Ít nhất 10 ký tự; một câu dễ nhớ là tốt nhất."
        self.fields["new_password2"].help_text = ""

    def clean_old_password(self) -> str:
        typed: str = self.cleaned_data["old_password"]
        outcome = verify_password(self.user.username, typed, client_address(self.request), CURRENT_PASSWORD)
        if outcome.must_wait:
            raise ValidationError(
                "Đã nhập sai mật khẩu hiện tại quá nhiều lần. Đổi mật khẩu và đăng nhập từ đây tạm khóa 15 phút; sau đó hãy "
                "thử lại, quên mật khẩu thì nhờ Văn phòng cấp lại."
            )
        if outcome.user is None:
            raise ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return typed

    def clean_new_password1(self) -> str:
        password: str = self.cleaned_data["new_password1"]
        if password == self.cleaned_data.get("old_password"):
            raise ValidationError("Mật khẩu mới phải khác mật khẩu cũ.")
        return password


class ContactForm(forms.Form):
    """The user's own phone number and e-mail address."""

    phone = CleanTextField(
        label="Điện thoại",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "class": "short"}),
        help_text="Ví dụ 0912 345 678. Cán bộ xã thấy số này để gọi khi cần.",
    )
    email = forms.EmailField(
        label="Hộp thư điện tử",
        required=False,
        max_length=200,
        help_text="Có thì nhận lời nhắc qua thư; bỏ trống thì chỉ nhận trong Sổ Vàng.",
        error_messages={"invalid": "Hộp thư ghi như ten@vidu.vn."},
    )

    def clean_phone(self) -> str:
        return grouped_phone(self.cleaned_data["phone"])


class OfficePhoneForm(forms.Form):
    """The telephone number of the office, and its first day."""

    phone = CleanTextField(
        label="Số điện thoại Văn phòng",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "class": "short"}),
        help_text="Số cơ quan, ví dụ 0237 3123 456. Ai mở trang đăng nhập và trang trợ giúp cũng thấy.",
        error_messages={"required": "Hãy nhập số điện thoại của Văn phòng."},
    )
    starts_on = VnDateField(label="Dùng từ ngày")

    def clean_phone(self) -> str:
        return grouped_phone(self.cleaned_data["phone"])


def grouped_phone(typed: str) -> str:
    """The number as grouped digits (0912 345 678), "" for none; also accepts +84, dots, hyphens and brackets."""
    if not re.sub(r"[\s.\-()]", "", typed):
        return ""
    if not (digits := phone_digits(typed)):
        raise ValidationError("Số điện thoại gồm 10 chữ số, bắt đầu bằng 0, ví dụ 0912 345 678.")
    return grouped_digits(digits)
