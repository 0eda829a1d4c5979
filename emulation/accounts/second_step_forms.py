"""Forms of second steps: the code at sign-in; switching on an app or a passkey, which asks for the own password."""

from django import forms

from emulation.accounts.reauthentication import PasswordAgainMixin

CODE_FIELD = {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false", "class": "short code"}


class SecondStepForm(forms.Form):
    """A code of the app, or a recovery code."""

    code = forms.CharField(
        label="Mã",
        max_length=20,
        widget=forms.TextInput(attrs={**CODE_FIELD, "autofocus": True}),
        help_text="6 chữ số trong ứng dụng, hoặc một mã dự phòng 8 chữ số.",
        error_messages={"required": "Hãy nhập mã."},
    )


class AppForm(PasswordAgainMixin):
    """The first code of an app that was set up just now."""

    code = forms.CharField(
        label="Mã đang hiện trong ứng dụng",
        max_length=20,
        widget=forms.TextInput(attrs=CODE_FIELD),
        help_text="6 chữ số.",
        error_messages={"required": "Hãy nhập mã đang hiện trong ứng dụng."},
    )


class PasskeyForm(PasswordAgainMixin):
    """The name of a passkey, and what the browser made; a script fills that in."""

    name = forms.CharField(
        label="Đặt tên cho khóa",
        max_length=60,
        widget=forms.TextInput(attrs={"class": "short"}),
        help_text="Để nhận ra sau này, ví dụ: Điện thoại của tôi.",
        error_messages={"required": "Hãy đặt tên cho khóa."},
    )
    credential = forms.CharField(max_length=20_000, required=False, widget=forms.HiddenInput)
