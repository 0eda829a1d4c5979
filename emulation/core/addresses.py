"""IP address of the client behind proxies, as far as it can be trusted."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

IPV6_PREFIX = 64


def client_address(request: HttpRequest | None) -> str:
    """The client's IP address, "" if unknown.

    Anybody can send X-Forwarded-For. It is used only if the peer is one of our proxies (FORWARDED_ALLOW_IPS), and only
    the entry that our own proxies added: with TRUSTED_PROXIES = n the n-th entry from the right.
    """
    if request is None:
        return ""
    peer = _parsed(request.META.get("REMOTE_ADDR", ""))
    count = settings.TRUSTED_PROXIES
    if count > 0 and _is_proxy(peer):
        entries = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        forwarded = _parsed(entries[-count]) if len(entries) >= count else None
        if forwarded is not None:
            return str(forwarded)
    return str(peer) if peer is not None else ""


def address_group(address: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 network of an IPv6 address (one subscriber has a whole /64)."""
    parsed = _parsed(address)
    if isinstance(parsed, IPv6Address):
        host_bits = 128 - IPV6_PREFIX
        return str(IPv6Network((int(parsed) >> host_bits << host_bits, IPV6_PREFIX)))
    return str(parsed) if parsed is not None else ""


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """The address; an IPv4-mapped one (::ffff:192.0.2.1) as IPv4, so that it is not counted twice. None if invalid."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def _is_proxy(peer: IPv4Address | IPv6Address | None) -> bool:
    trusted = settings.FORWARDED_ALLOW_IPS
    if "*" in trusted:
        return True
    return peer is not None and any(peer in network for network in _networks(tuple(trusted)))


@lru_cache(maxsize=8)
def _networks(trusted: tuple[str, ...]) -> tuple:
    return tuple(ip_network(text, strict=False) for text in trusted)
