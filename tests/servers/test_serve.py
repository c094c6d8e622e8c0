import signal

from tests.servers.command import MANAGE, clean_environment
from tests.servers.postgres_server import PostgresServer
from tests.servers.programs import Program, free_port, wait_until
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
    _links_lead_to_the_port_of_the_command_line(serve, server)


def _links_lead_to_the_port_of_the_command_line(serve: Servers, earlier: Server) -> None:
    port = free_port()
    settings = clean_environment() | dict(earlier.environment)
    kept = {name: value for name, value in settings.items() if name not in {"PORT", "PUBLIC_URL"}}
    command = [*MANAGE, "serve", "--no-clock", "--no-tasks", "--port", str(port)]
    program = Program(command, earlier.data_dir / "port.log", kept)
    server = Server(program, port, earlier.data_dir, kept)
    serve.running.append(server)
    server.start()
    assert f"The fair is open at {server.url}\n" in server.log


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
