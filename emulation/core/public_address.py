"""The address of the project as others reach it: on giấy khen, in mails. None is better than one that leads nowhere."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings

NO_PUBLIC_ADDRESS = (
    "Chưa đặt địa chỉ công khai của Sổ Vàng: giấy khen chỉ in mã xác minh, không in mã QR; thư nhắc việc không có "
    "đường dẫn."
)


def has_public_address() -> bool:
    """Whether SITE_URL leads to this installation from another machine."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    return bool(host) and not is_local_host(host)


def public_url(path: str) -> str:
    """The full address of a page; "" when only this machine can reach it."""
    return f"{settings.SITE_URL}{path}" if has_public_address() else ""


def is_local_host(host: str) -> bool:
    """Whether the name or IP address means the machine itself: localhost, 127.0.0.0/8, ::1, 0.0.0.0, ::."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith((".localhost", ".localdomain")):
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address
    return bool(mapped.is_loopback or mapped.is_unspecified)
