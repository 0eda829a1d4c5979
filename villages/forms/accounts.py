"""Forms on accounts and roles."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from emulation.accounts.forms import grouped_phone
from emulation.accounts.models import User
from emulation.accounts.rules import is_protected, suggested_login
from emulation.communes.models import Commune
from emulation.communes.roles import ROLE_TITLES, Role
from emulation.core.fields import CleanTextField, ReasonField, VnDateField
from villages.models import Unit
from villages.queries.account_roles import RoleGrant, person_choices, unit_of_role
from villages.rules.typed_names import NO_MARKUP, mere_name_fault, offered, without_markup

REASON_HELP = "Người thứ hai và chủ tài khoản đọc lý do này."


class AccountReasonForm(forms.Form):
    """A reason, which may be left out where nobody has to confirm."""

    reason = ReasonField(label="Lý do", rows=2, max_length=300, help_text=REASON_HELP)

    def __init__(self, *args: Any, reason_required: bool = True, second_person: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = reason_required
        if not second_person:
            self.fields["reason"].help_text = "Chủ tài khoản đọc lý do này."
        if not reason_required:
            self.fields["reason"].help_text = "Không bắt buộc; ghi vào nhật ký an toàn."


class GrantForm(forms.Form):
    """A role from a day on. `person` is asked only if there are people of that name."""

    def __init__(self, *args: Any, commune: Commune, account: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commune = commune
        self.account = account
        if self.is_bound:
            self._ask_person()

    def raw_grant(self) -> RoleGrant | None:
        """The grant as typed, before validation; None if the role or the unit is missing."""
        raise NotImplementedError

    def grant(self) -> RoleGrant:
        """The grant of a valid form."""
        found = self.raw_grant()
        assert found is not None
        return found

    def _ask_person(self) -> None:
        grant = self.raw_grant()
        choices = person_choices(grant) if grant else []
        if choices:
            self.fields["person"] = forms.ChoiceField(
                label="Là ai trong danh sách?",
                choices=choices,
                widget=forms.RadioSelect,
                error_messages={"required": "Đã có người cùng tên: hãy chọn đúng người, hoặc chọn thêm người mới."},
            )
            self.order_fields([name for name in self.fields if name != "reason"])

    def require_reason(self, role: Role | None) -> None:
        if role and is_protected([role]) and not self.cleaned_data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", f"Vai {role.title} cần người thứ hai xác nhận: hãy ghi lý do để họ biết.")


def _role(data: Mapping[str, Any]) -> Role | None:
    value = data.get("role", "")
    return Role(value) if value in ROLE_TITLES else None


class GiveRoleForm(GrantForm):
    """A role for an account that exists."""

    role = forms.ChoiceField(label="Vai trò", error_messages={"required": "Hãy chọn vai trò."})
    unit = forms.ChoiceField(
        label="Đơn vị",
        required=False,
        help_text="Chọn khi giao vai trưởng thôn, hiệu trưởng, trưởng trạm, người đứng đầu đoàn thể.",
    )
    starts_on = VnDateField(label="Từ ngày", help_text="Hôm nay hoặc một ngày sắp tới; lùi được nhiều nhất 31 ngày.")
    reason = ReasonField(
        label="Lý do",
        required=False,
        rows=2,
        max_length=300,
        help_text="Cần khi giao vai Chủ tịch, Văn thư, Quản trị hệ thống, Cơ quan cấp trên: người thứ hai xác nhận.",
    )

    def __init__(self, *args: Any, commune: Commune, **kwargs: Any) -> None:
        self.units = {
            str(unit.pk): unit for unit in Unit.objects.filter(commune=commune).in_force(timezone.localdate())
        }
        super().__init__(*args, commune=commune, **kwargs)
        role: Any = self.fields["role"]
        role.choices = [("", "Chọn vai trò"), *((role.value, role.title) for role in Role)]
        unit: Any = self.fields["unit"]
        unit.choices = [("", "Không thuộc đơn vị nào"), *((pk, unit.name) for pk, unit in self.units.items())]

    def raw_grant(self) -> RoleGrant | None:
        data = getattr(self, "cleaned_data", None) or self.data
        role = _role(data)
        if role is None:
            return None
        day = self.cleaned_data.get("starts_on") if hasattr(self, "cleaned_data") else None
        return RoleGrant(
            user=self.account,
            full_name=self.name_of_account(data),
            role=role,
            unit=unit_of_role(self.commune, role, self.units.get(str(data.get("unit", "")))),
            starts_on=day or timezone.localdate(),
            person=str(data.get("person", "")),
        )

    def name_of_account(self, data: Mapping[str, Any]) -> str:
        return self.account.full_name if self.account else str(data.get("full_name", ""))

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.require_reason(_role(self.cleaned_data))
        return self.cleaned_data


class NewAccountForm(GiveRoleForm):
    """An account that does not exist yet, with its first role."""

    full_name = CleanTextField(
        label="Họ và tên",
        max_length=120,
        widget=forms.TextInput(attrs={"autocapitalize": "words", "autocomplete": "off"}),
    )
    username = forms.CharField(
        label="Tên đăng nhập",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "class": "short"}),
        help_text="Để trống thì lấy theo tên: Lê Văn Tám thành tam.lv. Chữ thường không dấu, số, dấu chấm.",
    )
    phone = CleanTextField(
        label="Điện thoại",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "class": "short"}),
        help_text="Ví dụ 0912 345 678.",
    )
    email = forms.EmailField(
        label="Hộp thư điện tử",
        required=False,
        max_length=200,
        help_text="Có thì nhận lời nhắc qua thư; bỏ trống cũng được.",
        error_messages={"invalid": "Hộp thư ghi như ten@vidu.vn."},
    )
    field_order = ("full_name", "username", "role", "unit", "starts_on", "phone", "email", "reason")

    def clean_phone(self) -> str:
        return grouped_phone(self.cleaned_data["phone"])

    def clean_full_name(self) -> str:
        name: str = self.cleaned_data["full_name"]
        if (mere := without_markup(name)) != name:
            raise ValidationError(f"{NO_MARKUP}{offered(mere)}.")
        if not suggested_login(name):
            raise ValidationError("Hãy ghi họ và tên bằng chữ.")
        if fault := mere_name_fault(self.data.get("full_name", name)):
            raise ValidationError(fault)
        return name

    def clean_username(self) -> str:
        typed = self.cleaned_data["username"].strip().lower()
        if not typed:
            return self._suggestion()
        User._meta.get_field("username").run_validators(typed)
        if User.objects.filter(username=typed).exists():
            raise ValidationError(f"Tên này đã có người dùng. Còn trống: {self._suggestion()}.")
        return typed

    def _suggestion(self) -> str:
        name = self.cleaned_data.get("full_name", "")
        base = suggested_login(name)
        taken = User.objects.filter(username__startswith=base).values_list("username", flat=True)
        return suggested_login(name, taken)
