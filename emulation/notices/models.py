"""Tables of in-app notifications and e-mails; the to-do list is not stored but derived from the workflows."""

from django.db import models

from emulation.accounts.models import User
from emulation.communes.models import CommuneQuerySet, CommuneRow


class NotificationQuerySet(CommuneQuerySet):
    def visible_to(self, user):
        """The user's own."""
        return self.of(user).filter(user_id=user.pk)


class Notification(CommuneRow):
    """One in-app message to one user; (user, key) is unique."""

    subject_key = "notices.Notice"

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    text = models.CharField("nội dung", max_length=500)
    link = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        db_table = "notices_notice"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notice_once")]
        indexes = [models.Index(fields=["user", "-created_at"], name="notice_newest")]

    def __str__(self) -> str:
        return self.text


class MailQuerySet(CommuneQuerySet):
    def visible_to(self, user):
        """The user's own."""
        return self.of(user).filter(user_id=user.pk)


class Mail(CommuneRow):
    """One e-mail to one user, sent by a job; (user, key) is unique. `dropped_at`: after a restore, not to be sent again."""

    subject_key = "notices.Mail"

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    address = models.EmailField("hộp thư")
    subject = models.CharField("tiêu đề", max_length=200)
    body = models.TextField("nội dung")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="mail_once")]

    def __str__(self) -> str:
        return self.subject
