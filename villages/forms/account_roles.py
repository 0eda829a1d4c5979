"""Forms that end a role of an account, or hand it over to a colleague."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.roles import Role
from emulation.core.fields import ReasonField, VnDateField
from villages.forms.accounts import GrantForm
from villages.models import Unit
from villages.queries.account_roles import RoleGrant
from villages.queries.accounts import HeldRole


class _HeldRoleForm(GrantForm):
    """Chooses one of the roles that the account has."""

    def __init__(self, *args: Any, held: list[HeldRole], **kwargs: Any) -> None:
        self.held = {str(role.membership.pk): role for role in held}
        super().__init__(*args, **kwargs)
        field: Any = self.fields["membership"]
        field.choices = [(pk, role.label) for pk, role in self.held.items()]

    def held_role(self, data: Mapping[str, Any]) -> HeldRole | None:
        return self.held.get(str(data.get("membership", "")))


class EndRoleForm(_HeldRoleForm):
    """The last day of a role; for one that has not begun the day does not matter."""

    membership = forms.ChoiceField(label="Vai trò", error_messages={"required": "Hãy chọn vai trò."})
    ends_on = VnDateField(
        label="Ngày cuối giữ vai", help_text="Ghi ngày hôm qua thì thôi vai ngay bây giờ. Vai chưa bắt đầu thì bị hủy."
    )

    def raw_grant(self) -> RoleGrant | None:
        return None


class HandOverForm(_HeldRoleForm):
    """A role of the account passes to a colleague from a day on."""

    membership = forms.ChoiceField(label="Vai trò chuyển đi", error_messages={"required": "Hãy chọn vai trò."})
    to = forms.ChoiceField(
        label="Người nhận",
        error_messages={"required": "Hãy chọn người nhận."},
        help_text="Chưa có tài khoản thì thêm tài khoản trước. Đã thêm với chính vai này thì không chuyển: cho người cũ thôi vai.",
    )
    starts_on = VnDateField(label="Người nhận giữ vai từ ngày", help_text="Người cũ thôi từ hết ngày hôm trước.")
    reason = ReasonField(label="Lý do", required=False, rows=2, max_length=300, help_text="Ví dụ: quyết định số, ngày.")

    def __init__(self, *args: Any, colleagues: list[User], **kwargs: Any) -> None:
        self.colleagues = {str(user.pk): user for user in colleagues}
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.choices = [("", "Chọn người nhận"), *((pk, str(user)) for pk, user in self.colleagues.items())]

    def raw_grant(self) -> RoleGrant | None:
        data = getattr(self, "cleaned_data", None) or self.data
        held = self.held_role(data)
        to = self.colleagues.get(str(data.get("to", "")))
        if held is None or to is None:
            return None
        row = held.membership
        day = self.cleaned_data.get("starts_on") if hasattr(self, "cleaned_data") else None
        return RoleGrant(
            user=to,
            full_name=to.full_name,
            role=Role(row.role),
            unit=Unit.objects.filter(pk=row.unit_id).first() if row.unit_id else None,
            starts_on=day or timezone.localdate(),
            instead_of=self.account,
            person=str(data.get("person", "")),
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        held = self.held_role(self.cleaned_data)
        self.require_reason(Role(held.membership.role) if held else None)
        return self.cleaned_data
