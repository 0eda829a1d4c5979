"""Users, failed sign-ins, slips for a new password, requests about accounts.

Permissions come from memberships (communes app), never from a flag on the user.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse

from emulation.accounts.rules import CONFIRMING_ROLES, MANAGING_ROLES
from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet, CommuneRow, Membership
from emulation.communes.roles import Role
from emulation.workflow.models import WorkflowSubject


class UserQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "UserQuerySet":
        """Users who serve or served in the same commune."""
        commune_id = capacity_of(user).commune_id
        return self.filter(pk__in=Membership.objects.filter(commune_id=commune_id).values("user_id"))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, username: str, full_name: str, password: str | None = None, **extra: Any) -> "User":
        user = self.model(username=self.model.normalize_username(username), full_name=full_name, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    subject_key = "accounts.User"

    username = models.CharField(
        "tên đăng nhập",
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9._-]+$", "Tên đăng nhập chỉ gồm chữ thường không dấu, số, dấu chấm, gạch.")
        ],
    )
    full_name = models.CharField("họ và tên", max_length=120)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    email = models.EmailField("hộp thư điện tử", blank=True)
    is_active = models.BooleanField("đang dùng", default=True)
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)
    # Raised to end the sessions of all other devices: part of the hash that each session has.
    session_series = models.PositiveIntegerField(default=0)
    # The time step of the last accepted code of an app: none counts twice (second_step.py).
    last_code_step = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.username})"

    def get_full_name(self) -> str:
        return self.full_name

    def get_session_auth_hash(self) -> str:
        """The hash that a session must have: changes with the password and with `session_series`."""
        return self._with_series(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The hashes by the earlier secret keys."""
        for earlier in super().get_session_auth_fallback_hash():
            yield self._with_series(earlier)

    def _with_series(self, session_hash: str) -> str:
        """Django's own hash as long as no sessions were ended, so that sessions of before this column go on."""
        return f"{session_hash}-{self.session_series}" if self.session_series else session_hash


class Device(models.Model):
    """A browser in which a user signed in, recognised again by its cookie, and the session that it has there last.

    `token_hash`: SHA-256 of the cookie. `session_key`: of Django's session; it may have ended (`devices.open_devices`).
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="devices")
    token_hash = models.CharField(max_length=64)
    name = models.CharField("trình duyệt", max_length=80)
    address = models.CharField("địa chỉ", max_length=45, blank=True)
    session_key = models.CharField(max_length=40, blank=True)
    first_signed_in_at = models.DateTimeField("đăng nhập lần đầu lúc")
    signed_in_at = models.DateTimeField("đăng nhập lúc")
    seen_at = models.DateTimeField("dùng gần nhất lúc")

    class Meta:
        ordering = ["-seen_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "token_hash"], name="device_once_a_user")]

    def __str__(self) -> str:
        return self.name


class LoginFailure(models.Model):
    """One failed sign-in for a login name, existing or not; in the database because there may be several servers."""

    username = models.CharField(max_length=60)
    # The result of core.addresses.address_group; "" if unknown.
    address = models.CharField(max_length=45, blank=True, default="")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["username", "address", "at"], name="login_failure_pair"),
            models.Index(fields=["address", "at"], name="login_failure_address"),
            models.Index(fields=["at"], name="login_failure_at"),
        ]


class OfficePhoneQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> "OfficePhoneQuerySet":
        """The numbers of the user's commune."""
        return self.of(user)

    def in_force(self, on: date) -> "OfficePhoneQuerySet":
        """Those begun on that day, the one in force first."""
        return self.filter(starts_on__lte=on).order_by("-starts_on", "-pk")


class OfficePhone(CommuneRow):
    """The telephone number of the commune's office from a day on, shown before sign-in. Rows are added, never changed."""

    subject_key = "accounts.OfficePhone"

    phone = models.CharField("điện thoại Văn phòng", max_length=20)
    starts_on = models.DateField("từ ngày")

    objects = OfficePhoneQuerySet.as_manager()

    def __str__(self) -> str:
        return self.phone


class PasswordSlipQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> "PasswordSlipQuerySet":
        """Those of the commune for who manages its accounts."""
        rows = self.of(user)
        return rows if capacity_of(user).has(*MANAGING_ROLES) else rows.none()

    def open(self, now: datetime) -> "PasswordSlipQuerySet":
        """Slips with which a password can still be set."""
        return self.filter(used_at=None, ended_at=None, expires_at__gt=now)


class PasswordSlip(CommuneRow):
    """A printed slip with a code, by which its user sets a password of their own once. Only a hash of the code is stored.

    `ended_at`: replaced by a newer slip, or taken back because the account was locked.
    """

    subject_key = "accounts.PasswordSlip"

    user = models.ForeignKey(User, models.PROTECT, related_name="slips")
    code_hash = models.CharField(max_length=200)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("in lúc")
    expires_at = models.DateTimeField("hết hạn lúc")
    used_at = models.DateTimeField("đã dùng lúc", null=True)
    ended_at = models.DateTimeField("hết hiệu lực lúc", null=True)

    objects = PasswordSlipQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["user", "code_hash"], name="password_slip_code")]

    def __str__(self) -> str:
        return f"Phiếu của {self.user_id}"


class AccountRequestQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> "AccountRequestQuerySet":
        """Those of the commune for who may ask or confirm."""
        rows = self.of(user)
        return rows if capacity_of(user).has(*CONFIRMING_ROLES) else rows.none()

    def for_lists(self) -> "AccountRequestQuerySet":
        """With the users that a line of a list names."""
        return self.select_related("user", "instead_of", "asked_by")


class AccountRequest(WorkflowSubject):
    """A request about a protected account that a second person confirms before it is carried out.

    `user` is empty for an account that does not exist yet: `details` then has what is known about it. `unit_id` as in
    `Membership`. `decided_by`, `decision_reason`: who confirmed or refused it, and why it was refused.
    """

    subject_key = "accounts.AccountRequest"

    RESET = "reset"
    GIVE_ROLE = "give_role"
    ADD = "add_account"
    UNLOCK = "unlock"
    SECOND_STEP = "second_step"
    KINDS = [
        (RESET, "Cấp lại mật khẩu"),
        (GIVE_ROLE, "Giao vai trò"),
        (ADD, "Thêm tài khoản"),
        (UNLOCK, "Mở khóa tài khoản"),
        (SECOND_STEP, "Gỡ xác nhận hai bước"),
    ]
    kind = models.CharField("việc", max_length=12, choices=KINDS)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    role = models.CharField("vai trò", max_length=20, blank=True)
    unit_id = models.BigIntegerField(null=True)
    starts_on = models.DateField("từ ngày", null=True)
    instead_of = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    details = models.JSONField(default=dict)
    reason = models.TextField("lý do")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField("hết hạn lúc")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decision_reason = models.TextField("lý do từ chối", blank=True)

    objects = AccountRequestQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["commune", "state", "expires_at"], name="account_request_open")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.about}"

    def get_absolute_url(self) -> str:
        return reverse("villages:account_request", args=[self.pk])

    @property
    def about(self) -> str:
        """Whose account it is, with the role asked for."""
        name = str(self.user) if self.user else f"{self.details.get('full_name')} ({self.details.get('username')})"
        return f"{name}, vai {Role(self.role).title}" if self.role else name

    def todo_parts(self) -> tuple[str, str]:
        return str(self), f"do {self.asked_by.full_name} yêu cầu"
