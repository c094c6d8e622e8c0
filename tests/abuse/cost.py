"""What a server has cost by now. Its computing time is its own: what else this machine does costs it none."""

from pathlib import Path

from bench.processes import cpu_seconds
from tests.servers.serve import Server


def _process(server: Server) -> int:
    assert server.program.process is not None
    return server.program.process.pid


def computed(server: Server) -> float:
    """Seconds of computing, of all its threads."""
    return cpu_seconds(_process(server))


def memory(server: Server) -> int:
    """Bytes of it that are in memory."""
    status = Path(f"/proc/{_process(server)}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) * 1024


def p95(values: list[float]) -> float:
    """What 95 of 100 do not exceed."""
    return sorted(values)[int(len(values) * 0.95)]
