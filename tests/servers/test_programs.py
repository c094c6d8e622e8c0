import signal
import socket
import sys
from pathlib import Path

import psycopg
import pytest
import redis

from tests.servers.postgres_server import PostgresServer
from tests.servers.programs import Program, free_port, wait_until
from tests.servers.redis_server import RedisServer

SLEEPER = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"


def test_program_that_ends_at_once_is_reported_with_its_output(tmp_path: Path) -> None:
    program = Program([sys.executable, "-c", "raise SystemExit('no such port')"], tmp_path / "log")
    with pytest.raises(RuntimeError, match="ended at once\nno such port"):
        program.start(ready=lambda: False)


def test_program_that_is_never_ready_is_ended(tmp_path: Path) -> None:
    program = Program([sys.executable, "-c", SLEEPER], tmp_path / "log")
    with pytest.raises(RuntimeError, match="not within"):
        program.start(ready=lambda: False, seconds=0.3)
    assert program.ended


def test_kill_ends_the_children_too(tmp_path: Path) -> None:
    program = Program([sys.executable, "-c", SLEEPER], tmp_path / "log")
    program.start(ready=lambda: True)
    assert program.process is not None
    children = Path(f"/proc/{program.process.pid}/task/{program.process.pid}/children")
    wait_until(lambda: bool(children.read_text()), seconds=5, what="child")
    child = Path("/proc", children.read_text().split()[0])
    program.kill()
    wait_until(lambda: not child.exists() or "Z" in (child / "stat").read_text().split(), seconds=5, what="end")


def test_redis_comes_back_under_the_same_address(redis_server: RedisServer) -> None:
    with redis.Redis.from_url(redis_server.url) as client:
        assert client.set("hall", "3") is True
        assert client.get("hall") == b"3"
    redis_server.stop()
    redis_server.start()
    with redis.Redis.from_url(redis_server.url) as client:
        assert client.get("hall") is None


def test_postgres_keeps_its_data_over_a_crash(postgres_server: PostgresServer) -> None:
    address = postgres_server.empty()
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE hall (name text)")
        connection.execute("INSERT INTO hall VALUES ('机床'), ('اوزار')")
    postgres_server.program.signal(signal.SIGKILL)
    postgres_server.program.kill()
    postgres_server.start()
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT name FROM hall ORDER BY name").fetchall() == [("اوزار",), ("机床",)]


def test_free_port_is_reserved_for_one_of_our_servers() -> None:
    port = free_port()
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.1", port))
    with socket.create_server(("127.0.0.1", port)), socket.create_connection(("127.0.0.1", port), timeout=1):
        pass
