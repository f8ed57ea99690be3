"""Where a host stands: on this machine, on its own network, or beyond. Rule: an address is judged by what it leads to."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
"""Prefixes behind which an IPv4 address stands in the last four bytes: RFC 6052, RFC 8215."""
COMPATIBLE = IPv6Network("::/96")


def address_of(host: str) -> IPv4Address | IPv6Address | None:
    """The address that a host is written as, in any form that a resolver takes: 127.1, 2130706433, 0x7f000001, an IPv4
    address inside an IPv6 one. None for a name.
    """
    bare = host.strip("[]").partition("%")[0]
    try:
        found = ip_address(bare)
    except ValueError:
        try:
            return IPv4Address(socket.inet_aton(bare))
        except (OSError, ValueError):  # a name, or one with a character that no address has
            return None
    return (_inside(found) or found) if isinstance(found, IPv6Address) else found


def _inside(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one leads to: mapped, compatible, 6to4, NAT64."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    behind = any(address in prefix for prefix in NAT64) or (address in COMPATIBLE and int(address) > 1)
    return IPv4Address(int(address) & 0xFFFFFFFF) if behind else None


def is_private(host: str) -> bool:
    """Whether a host, by its address, is this machine or on its own network; of a name only `localhost` is known."""
    if _is_localhost(host):
        return True
    address = address_of(host)
    return address is not None and (not address.is_global or address.is_multicast)


def is_loopback(host: str) -> bool:
    """Whether a host, by its address, is this machine."""
    address = address_of(host)
    return _is_localhost(host) or (address is not None and address.is_loopback)


def _is_localhost(host: str) -> bool:
    return host.lower().rstrip(".") == "localhost"
