"""What the owner of an account is notified of when they, or somebody at their machine, change it."""

from django.urls import reverse

from emulation.accounts.models import User
from emulation.audit.models import AuditEntry
from emulation.notices.models import Mail, Notification
from tests.html import page_of
from villages.seeds.commune_setup import DEMO_PASSWORD as PASSWORD

OWN = "/tai-khoan/cua-toi/"


def test_changed_contact_details_are_announced_at_the_old_address_and_logged(commune, signed_in):
    User.objects.filter(username="thon1").update(email="cu@vidu.vn")
    browser = signed_in("thon1")
    typed = {"phone": "0912 345 678", "email": "moi@vidu.vn"}
    for _ in range(2):  # the second time nothing changes
        assert browser.post(OWN, typed).status_code == 302
    (mail,) = Mail.objects.filter(user__username="thon1")
    assert mail.address == "cu@vidu.vn" and "vừa được đổi" in mail.body
    assert AuditEntry.objects.filter(act="accounts.contact_details").count() == 1
    assert "Đổi điện thoại, hộp thư của mình" in page_of(signed_in("quantri").get("/don-vi/tai-khoan/nhat-ky/"))


def test_a_changed_password_is_announced_to_its_owner(commune, signed_in):
    new = "con trâu đi trước"
    typed = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert signed_in("thon1").post(reverse("accounts:password"), typed).status_code == 302
    notices = Notification.objects.filter(user__username="thon1", text__startswith="Mật khẩu của bạn vừa được đổi")
    assert notices.count() == 1 and "gọi ngay Văn phòng" in notices[0].text
