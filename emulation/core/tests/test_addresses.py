"""The client's address: headers that the client writes itself are not trusted."""

import pytest
from django.test import RequestFactory

from emulation.core.addresses import address_group, client_address

PROXY, CLIENT = "10.0.0.2", "203.0.113.7"


def address(peer: str, forwarded: str | None = None) -> str:
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=peer, **headers))


@pytest.mark.parametrize(
    ("proxies", "allowed", "peer", "forwarded", "found"),
    [
        (0, ["127.0.0.1"], "127.0.0.1", CLIENT, "127.0.0.1"),  # no trusted proxy: the header is ignored
        (1, [PROXY], PROXY, CLIENT, CLIENT),
        (1, [PROXY], PROXY, f"192.0.2.1, {CLIENT}", CLIENT),  # entries further left were written by the client
        (2, [PROXY], PROXY, f"192.0.2.1, {CLIENT}, 10.0.0.3", CLIENT),
        (1, [PROXY], CLIENT, "192.0.2.1", CLIENT),  # did not come through the proxy
        (1, ["10.0.0.0/8"], PROXY, CLIENT, CLIENT),
        (1, ["*"], PROXY, CLIENT, CLIENT),
        (1, ["*"], "", CLIENT, CLIENT),  # a Unix socket has no address
        (2, [PROXY], PROXY, CLIENT, PROXY),  # fewer entries than proxies: none can be trusted
        (1, [PROXY], PROXY, None, PROXY),
        (1, [PROXY], PROXY, "<script>", PROXY),
        (1, [PROXY], PROXY, "", PROXY),
        (0, [PROXY], "khong phai dia chi", None, ""),
        (1, [PROXY], PROXY, "2001:DB8::1", "2001:db8::1"),
        (0, [], "::ffff:203.0.113.7", None, CLIENT),
    ],
)
def test_the_address_is_what_our_own_proxies_wrote(settings, proxies, allowed, peer, forwarded, found):
    settings.TRUSTED_PROXIES = proxies
    settings.FORWARDED_ALLOW_IPS = allowed
    assert address(peer, forwarded) == found


def test_without_a_request_there_is_no_address():
    assert client_address(None) == ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.8", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("", "khong-phai", True),
    ],
)
def test_a_whole_ipv6_network_is_one_client(one, other, same):
    assert (address_group(one) == address_group(other)) is same
    assert len(address_group(one)) <= 45
