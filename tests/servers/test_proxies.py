"""The client address of a request: the peer's, or the one that a trusted proxy gives."""

import pytest

from fairplatform.server.forwarded_headers import apply_forwarded_headers, network_of, networks

PROXY, OTHER_PROXY, CLIENT = "10.0.0.5", "10.0.0.6", "198.51.100.7"
CLAIMS = [(b"x-forwarded-proto", b"https"), (b"x-request-id", b"named-by-whoever-sent-it")]
TRUSTED = networks(["10.0.0.0/29"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        (CLIENT, None, CLIENT),
        (CLIENT, "127.0.0.1", CLIENT),
        (PROXY, CLIENT, CLIENT),
        (PROXY, f"127.0.0.1, {CLIENT}", CLIENT),
        (PROXY, f"{CLIENT}, {OTHER_PROXY}", CLIENT),
        (PROXY, f"{CLIENT}, nonsense", PROXY),
        (PROXY, "nonsense", PROXY),
        (PROXY, "", PROXY),
        (PROXY, None, PROXY),
        (PROXY, "2001:db8::1", "2001:db8::1"),
        (PROXY, OTHER_PROXY, OTHER_PROXY),
    ],
)
def test_only_a_known_proxy_is_asked_and_only_for_whom_it_saw(peer: str, forwarded: str | None, client: str) -> None:
    headers = [(b"host", b"fair.example"), *CLAIMS]
    headers += [] if forwarded is None else [(b"x-forwarded-for", forwarded.encode())]
    scope = apply_forwarded_headers({"type": "http", "client": [peer, 4711], "headers": headers}, TRUSTED)
    assert scope["client"][0] == client
    assert scope["headers"] == [header for header in headers if peer == PROXY or header not in CLAIMS]


def test_without_proxies_nobody_names_a_request_and_nothing_else_is_touched() -> None:
    headers = [(b"x-forwarded-for", b"127.0.0.1"), (b"x-forwarded-proto", b"https")]
    scope = {"type": "http", "client": [CLIENT, 1], "headers": headers}
    assert apply_forwarded_headers({**scope, "headers": [*headers, (b"x-request-id", b"12345678")]}, []) == scope


def test_several_lines_of_the_header_are_one_list() -> None:
    headers = [(b"x-forwarded-for", b"127.0.0.1"), (b"x-forwarded-for", CLIENT.encode())]
    assert apply_forwarded_headers({"client": [PROXY, 1], "headers": headers}, TRUSTED)["client"][0] == CLIENT


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("", ""),
        ("/run/fair.sock", ""),
    ],
)
def test_one_line_is_one_network(address: str, network: str) -> None:
    assert network_of(address) == network
