"""A request body has at most 8 MiB: the server itself answers 413, before Django has read it."""

import socket
from collections.abc import Iterator
from contextlib import closing

from fairplatform.server.http_limits import MAX_BODY
from tests.servers.serve import Server

CHUNK = 1024 * 1024


def answer_to(server: Server, *parts: bytes) -> bytes:
    """The first line of the answer to a request of these parts, whose body is not complete."""
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=30)) as connection:
        try:
            for part in parts:
                connection.sendall(part)
        except ConnectionError:
            pass  # the server has answered and closed the connection meanwhile
        return connection.recv(4096).partition(b"\r\n")[0]


def head(server: Server, length: bytes) -> bytes:
    return b"POST /language/choose HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n\r\n" % (server.port, length)


def test_an_announced_body_that_is_too_large_is_refused_before_it_arrives(plain_server: Server) -> None:
    request = head(plain_server, b"Content-Length: %d" % (MAX_BODY + 1))
    assert answer_to(plain_server, request) == b"HTTP/1.1 413 Content Too Large"


def test_a_body_of_unknown_length_is_refused_once_it_is_too_large(plain_server: Server) -> None:
    def chunks() -> Iterator[bytes]:
        yield head(plain_server, b"Transfer-Encoding: chunked")
        for _ in range(MAX_BODY // CHUNK):
            yield b"%x\r\n%s\r\n" % (CHUNK, b"x" * CHUNK)
        yield b"1\r\nx\r\n"

    assert answer_to(plain_server, *chunks()) == b"HTTP/1.1 413 Content Too Large"
