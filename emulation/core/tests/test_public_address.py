"""Which addresses lead here from another machine."""

import pytest

from emulation.core.public_address import has_public_address, public_url


@pytest.mark.parametrize(
    "address",
    ["", "http://127.0.0.1:8000", "http://127.8.0.1", "http://localhost:8000", "https://LOCALHOST.", "http://[::1]:8000",
     "http://0.0.0.0:8000", "http://[::ffff:127.0.0.1]", "http://sovang.localhost"],
)  # fmt: skip
def test_a_local_address_is_printed_nowhere(settings, address):
    settings.SITE_URL = address
    assert not has_public_address() and public_url("/xac-minh/") == ""


@pytest.mark.parametrize("address", ["https://sovang.binhluong.example", "http://10.1.2.3:8000", "http://may-chu:8000"])
def test_an_address_of_a_server_is_printed(settings, address):
    settings.SITE_URL = address
    assert has_public_address() and public_url("/xac-minh/") == f"{address}/xac-minh/"
