"""Messages to people: what happened to a thing they handled. Work that waits is never here, it is derived."""

from django.db import models

from emulation.accounts.models import User
from emulation.communes.models import CommuneQuerySet, CommuneRow


class NotificationQuerySet(CommuneQuerySet):
    def visible_to(self, user):
        """Only one's own."""
        return self.of(user).filter(user_id=user.pk)


class Notification(CommuneRow):
    """One message to one person, sent once (user, key)."""

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
        """Only one's own."""
        return self.of(user).filter(user_id=user.pk)


class Mail(CommuneRow):
    """One letter by e-mail to one person, written once (user, key) and sent by a job."""

    subject_key = "notices.Mail"

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    address = models.EmailField("hộp thư")
    subject = models.CharField("tiêu đề", max_length=200)
    body = models.TextField("nội dung")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="mail_once")]

    def __str__(self) -> str:
        return self.subject
