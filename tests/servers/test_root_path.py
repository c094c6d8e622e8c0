"""The prefix of every link is ours to choose: no header of a client's decides it."""

from urllib.request import Request, urlopen

from tests.servers.serve import Server


def test_no_header_puts_a_prefix_before_our_links(plain_server: Server) -> None:
    pages = []
    for headers in ({}, {"Daphne-Root-Path": "//evil.example"}, {"Daphne-Root-Path": "\u00ff"}, {}):
        with urlopen(Request(f"{plain_server.url}/", headers=headers)) as answer:
            pages.append(answer.read().decode())
    assert ["evil.example" in page for page in pages] == [False] * 4
