import signal

from tests.servers.postgres_server import PostgresServer
from tests.servers.programs import wait_until
from tests.servers.redis_server import RedisServer
from tests.servers.serve import Server, Servers


def test_server_keeps_its_data_and_address_over_a_power_cut_and_ends_when_asked(serve: Servers) -> None:
    server = serve()
    secret = server.data_dir / "secret_key"
    key = secret.read_text()
    assert secret.stat().st_mode & 0o777 == 0o600
    server.kill()
    assert server.status("/healthz") is None
    server.start()
    assert server.status("/healthz") == 200
    assert secret.read_text() == key
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
