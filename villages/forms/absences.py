"""Forms of absences: of the head of a unit, and of the holders of other roles."""

from itertools import chain
from typing import Any

from django import forms

from emulation.accounts.models import User
from emulation.communes.roles import Role
from emulation.core.fields import CleanTextField, VnDateField


class AbsenceForm(forms.Form):
    """The head who is away, the days, and the deputy."""

    head = forms.ChoiceField(label="Người vắng")
    starts_on = VnDateField(label="Vắng từ ngày")
    ends_on = VnDateField(label="Đến hết ngày")
    deputy = forms.ChoiceField(
        label="Người làm thay",
        required=False,
        help_text="Người có tài khoản trong xã. Trong những ngày đó người này trả lời thay cho đơn vị.",
    )
    note = CleanTextField(label="Ghi chú", required=False, max_length=200, help_text="Không bắt buộc.")

    def __init__(self, *args: Any, heads: list[User], deputies: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.users = {str(user.pk): user for user in [*heads, *deputies]}
        head: Any = self.fields["head"]
        head.choices = [(str(user.pk), user.full_name) for user in heads]
        deputy: Any = self.fields["deputy"]
        deputy.choices = [("", "chưa có"), *((str(user.pk), user.full_name) for user in deputies)]


class RoleAbsenceForm(forms.Form):
    """Who is away in which role, the days, and the deputy."""

    post = forms.ChoiceField(label="Người vắng", error_messages={"required": "Hãy chọn người vắng."})
    starts_on = VnDateField(label="Vắng từ ngày")
    ends_on = VnDateField(label="Đến hết ngày")
    deputy = forms.ChoiceField(
        label="Người làm thay",
        required=False,
        help_text="Thay Chủ tịch: Phó Chủ tịch, ký KT. CHỦ TỊCH. Chỉ trong những ngày này; việc đã làm ghi tên cả hai người.",
    )
    note = CleanTextField(
        label="Ghi chú", required=False, max_length=200, help_text="Lý do, số văn bản ủy quyền nếu có."
    )

    def __init__(
        self,
        *args: Any,
        holders: list[tuple[Role, User]],
        deputies: dict[Role, list[tuple[User, str]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.holders = {f"{role}:{user.pk}": (role, user) for role, user in holders}
        self.deputies = {str(user.pk): user for user, _ in chain.from_iterable(deputies.values())}
        post: Any = self.fields["post"]
        post.choices = [(key, f"{user.full_name}, {role.title}") for key, (role, user) in self.holders.items()]
        deputy: Any = self.fields["deputy"]
        groups = [
            (f"Thay {role.title}", [(str(user.pk), f"{user.full_name}, {titles}") for user, titles in able])
            for role, able in deputies.items()
        ]
        deputy.choices = [("", "chưa có"), *groups]
