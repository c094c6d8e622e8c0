"""The client's address of a request that comes through proxies."""

import ipaddress
from collections.abc import Iterable

from fairplatform.asgi_types import Scope

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
FOR, SCHEME, REQUEST_ID = b"x-forwarded-for", b"x-forwarded-proto", b"x-request-id"
# Headers that proxies add: a request with one of them was forwarded.
PROXY_HEADERS = {"forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "x-proxy"}
PROXY_PREFIXES = ("x-forwarded", "cf-")


def is_of_proxy(header: str) -> bool:
    """Whether a header of this name was added by a proxy."""
    name = header.lower()
    return name in PROXY_HEADERS or name.startswith(PROXY_PREFIXES)


def networks(addresses: Iterable[str]) -> list[Network]:
    """Addresses and networks as typed in TRUSTED_PROXIES; raises ValueError for anything else."""
    return [ipaddress.ip_network(address, strict=False) for address in addresses]


def apply_forwarded_headers(scope: Scope, trusted: list[Network]) -> Scope:
    """The scope with the client's own address, as `trusted` proxies alone report it.

    Each proxy appends the address it received the request from to X-Forwarded-For. So the list is read from its end, as
    far as the addresses are those of trusted proxies: what precedes was written by the client. From other peers the
    headers for the scheme and the request's id are removed.
    """
    peer = _address(scope["client"][0]) if scope.get("client") else None
    if not _is_in(peer, trusted):
        claimed = {SCHEME, REQUEST_ID} if trusted else {REQUEST_ID}
        return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name.lower() not in claimed]}
    lines = [value.decode("latin1") for name, value in scope["headers"] if name.lower() == FOR]
    for entry in reversed(",".join(lines).split(",")):
        address = _address(entry.strip())
        if address is None:
            break
        peer = address
        if not _is_in(peer, trusted):
            break
    return {**scope, "client": [str(peer), scope["client"][1]]}


def network_of(address: str) -> str:
    """What limits count an address as: IPv4 by the address itself, IPv6 by its /64, which one subscriber has."""
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
