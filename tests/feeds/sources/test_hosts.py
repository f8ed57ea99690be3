"""Where a host stands, in whatever form its address is written."""

from __future__ import annotations

from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.sources.hosts import address_of, is_loopback, is_private

PRIVATE = ["10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.1.1", "100.64.0.1", "0.0.0.0", "fe80::1%eth0", "fd00::1", "::",
           "224.0.0.1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::a00:1", "2002:a00:1::1", "167772161"]  # fmt: skip
HERE = ["localhost", "LocalHost.", "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "017700000001",
        "::1", "[::1]", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:7f00:1", "64:ff9b::127.0.0.1", "2002:7f00:1::"]  # fmt: skip
BEYOND = ["93.184.216.34", "1572395042", "0x5db8d822", "2606:4700::1111", "::ffff:93.184.216.34", "64:ff9b::5db8:d822",
          "2002:5db8:d822::1", "example.org", "localhost.example.org", "x.localhost", "127.0.0.1.example.org", "a\u00e9", ""]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE + HERE)
def test_a_private_address_is_known_in_any_form(host: str) -> None:
    """Short, decimal, hexadecimal, octal, and inside an IPv6 address: whatever a resolver takes."""
    assert is_private(host)
    assert is_loopback(host) == (host in HERE)


@pytest.mark.parametrize("host", BEYOND)
def test_what_lies_beyond_is_not_private(host: str) -> None:
    """In the same forms; a name is judged by the address that it leads to, once that is known."""
    assert not is_private(host) and not is_loopback(host)


@given(st.integers(0, (1 << 32) - 1))
def test_every_form_of_an_address_is_the_same_address(number: int) -> None:
    """Decimal, hexadecimal, dotted, mapped, behind NAT64: one judgement."""
    plain = IPv4Address(number)
    forms = [str(number), hex(number), str(plain), f"::ffff:{plain}", f"64:ff9b::{plain}"]
    assert {address_of(form) for form in forms} == {plain}
    assert len({is_private(form) for form in forms}) == 1
