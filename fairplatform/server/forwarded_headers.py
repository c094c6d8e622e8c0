"""Whom a request comes from, when proxies stand before the program."""

import ipaddress
from collections.abc import Iterable
from typing import Any

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
FOR, SCHEME, REQUEST_ID = b"x-forwarded-for", b"x-forwarded-proto", b"x-request-id"
# What proxies add to a request they pass on. Whoever sends one of these speaks for somebody else.
PROXY_HEADERS = {"forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "x-proxy"}
PROXY_PREFIXES = ("x-forwarded", "cf-")


def is_of_proxy(header: str) -> bool:
    """Whether a header of this name was added by a proxy."""
    name = header.lower()
    return name in PROXY_HEADERS or name.startswith(PROXY_PREFIXES)


def networks(addresses: Iterable[str]) -> list[Network]:
    """Addresses and networks as typed in TRUSTED_PROXIES; raises ValueError for anything else."""
    return [ipaddress.ip_network(address, strict=False) for address in addresses]


def apply_forwarded_headers(scope: dict[str, Any], trusted: list[Network]) -> dict[str, Any]:
    """The scope with the client's own address, as told by `trusted` proxies alone.

    Each proxy adds whom it heard from at the end of X-Forwarded-For, so the list is read from there, and only as far
    as those who wrote it are ours: what stands before was claimed by the client. Others' word about https, and the
    name they give their request, is dropped.
    """
    peer = _address(scope["client"][0]) if scope.get("client") else None
    if not _is_in(peer, trusted):
        claimed = {SCHEME, REQUEST_ID} if trusted else {REQUEST_ID}
        return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name.lower() not in claimed]}
    lines = [value.decode("latin1") for name, value in scope["headers"] if name.lower() == FOR]
    for told in reversed(",".join(lines).split(",")):
        heard = _address(told.strip())
        if heard is None:
            break
        peer = heard
        if not _is_in(peer, trusted):
            break
    return {**scope, "client": [str(peer), scope["client"][1]]}


def network_of(address: str) -> str:
    """The line an address belongs to, as all counts take it: of IPv4 the address; of IPv6 the /64 one line is given."""
    parsed = _address(address)
    if parsed is None:
        return ""  # a socket of the operating system has none
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(parsed.ipv4_mapped or ipaddress.IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)


def _address(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _is_in(address: Address | None, trusted: list[Network]) -> bool:
    return address is not None and any(address in network for network in trusted)
