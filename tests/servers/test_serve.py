import signal

from tests.servers.postgres_server import PostgresServer
from tests.servers.programs import wait_until
from tests.servers.redis_server import RedisServer
from tests.servers.serve import Server, Servers


def test_server_keeps_its_data_and_address_over_a_power_cut(serve: Servers) -> None:
    server = serve()
    key = (server.data_dir / "secret_key").read_text()
    server.kill()
    assert server.status("/healthz") is None
    server.start()
    assert server.status("/healthz") == 200
    assert (server.data_dir / "secret_key").read_text() == key


def test_secret_key_is_readable_to_its_owner_alone(serve: Servers) -> None:
    assert (serve().data_dir / "secret_key").stat().st_mode & 0o777 == 0o600


def test_two_servers_do_not_share_data(serve: Servers) -> None:
    first, second = serve(), serve()
    assert first.url != second.url
    assert first.data_dir != second.data_dir


def test_server_ends_when_asked(serve: Servers) -> None:
    server = serve()
    server.signal(signal.SIGTERM)
    assert server.program.process is not None
    assert server.program.process.wait(15) == 0


def test_demonstration_is_whole(demo_server: Server) -> None:
    assert demo_server.status("/fairs/pk2020/") == 200
    assert demo_server.status("/fairs/nowhere/") == 404


def test_server_runs_on_postgresql_and_redis(
    serve: Servers, postgres_server: PostgresServer, redis_server: RedisServer
) -> None:
    server = serve(DATABASE_URL=postgres_server.migrated(), REDIS_URL=redis_server.url)
    wait_until(lambda: server.status("/readyz") == 200, seconds=10, what="/readyz")
    redis_server.stop()
    assert server.status("/healthz") == 200
    redis_server.start()
