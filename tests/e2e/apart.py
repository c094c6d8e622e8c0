"""Two computers, each with a browser: network namespaces with a wire between them, and a line each to the server.

The wire carries what the browsers send each other, a line what one of them and the server do: each can be cut alone.
A relay may stand in a network of its own that both reach and that leads from neither to the other.
This computer's own network is left as it is, for its browsers would drop what they are loading. Linux, as root.
"""

import ctypes
import os
import socket
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.fault_proxy import FaultProxy, running_proxy

NOBODY = "02:00:00:00:00:01"  # no card has this address: what is sent to it is lost, and nobody is told
RELAY = (
    "192.88.99.1"  # of a range that nobody uses any more: no private address, for a relay passes nothing on to those
)
_NETWORK = 0x40000000  # CLONE_NEWNET


@dataclass
class Computer:
    """`program` starts a browser there; through `line` it reaches the server, by the same address as everybody."""

    space: str
    address: str
    program: Path
    proxy: FaultProxy

    def ip(self, words: str) -> None:
        _ip(f"-n {self.space} {words}")


@dataclass
class Wire:
    """Between the two computers; both see it stand, whatever passes."""

    ends: tuple[Computer, Computer]

    def goes_dark(self) -> None:
        """Nothing passes, and neither end is told."""
        for end, other in (self.ends, self.ends[::-1]):
            end.ip(f"neigh replace {other.address} lladdr {NOBODY} dev wire nud permanent")

    def heals(self) -> None:
        for end, other in (self.ends, self.ends[::-1]):
            end.ip(f"neigh del {other.address} dev wire")

    @contextmanager
    def losing(self, share: float, *, every: float = 0.3) -> Iterator[None]:
        """As large a share of what passes is lost, some packets at a time."""
        stop = threading.Event()

        def lose() -> None:
            while not stop.wait(every * (1 - share)):
                self.goes_dark()
                stop.wait(every * share)
                self.heals()

        loser = threading.Thread(target=lose)
        loser.start()
        try:
            yield
        finally:
            stop.set()
            loser.join()


@contextmanager
def two_computers(port: int, folder: Path, browser: str) -> Iterator[Wire]:
    """`port`: where the server answers, here and on both of them."""
    names = [f"fair{os.getpid()}{side}" for side in "ab"]
    with ExitStack() as standing:
        for name in names:
            _ip(f"netns add {name}")
            standing.callback(_ip, f"netns del {name}")  # the wire goes with it
        _ip(f"-n {names[0]} link add wire type veth peer name wire netns {names[1]}")
        ends = []
        for number, name in enumerate(names, 1):
            proxy = standing.enter_context(running_proxy(_listener(name, port)))
            proxy.to = port
            ends.append(Computer(name, f"10.77.0.{number}", _program(folder, name, browser), proxy))
            ends[-1].ip("link set lo up")
            _bring_up(name, "wire", f"10.77.0.{number}")
        yield Wire((ends[0], ends[1]))


@contextmanager
def place_for_a_relay(wire: Wire) -> Iterator[str]:
    """A network with the address `RELAY`, and a way there from each computer."""
    name = f"fair{os.getpid()}r"
    with ExitStack() as standing:
        _ip(f"netns add {name}")
        standing.callback(_ip, f"netns del {name}")
        for words in ("link set lo up", f"address add {RELAY}/32 dev lo"):
            _ip(f"-n {name} {words}")
        for number, end in enumerate(wire.ends, 1):
            here, there = f"192.88.99.{4 * number + 1}", f"192.88.99.{4 * number + 2}"
            _ip(f"-n {name} link add to{number} type veth peer name uplink netns {end.space}")
            _bring_up(name, f"to{number}", here)
            _bring_up(end.space, "uplink", there)
            end.ip(f"route add {RELAY} via {here}")
        yield name


def _bring_up(space: str, device: str, address: str) -> None:
    """With one address and no other: that of IPv6 would come two seconds later, and a browser that hears of a new one
    drops what it is loading.
    """
    for words in (
        f"link set {device} addrgenmode none",
        f"address add {address}/30 dev {device}",
        f"link set {device} up",
    ):
        _ip(f"-n {space} {words}")


def _program(folder: Path, space: str, browser: str) -> Path:
    """What starts the browser in a network."""
    program = folder / space
    program.write_text(f'#!/bin/sh\nexec ip netns exec {space} "{browser}" "$@"\n')
    program.chmod(0o755)
    return program


def _listener(space: str, port: int) -> socket.socket:
    """A socket that listens in another network; this thread stays where it is."""

    def listen() -> socket.socket:
        libc = ctypes.CDLL(None, use_errno=True)
        with Path(f"/run/netns/{space}").open() as network:
            if libc.setns(network.fileno(), _NETWORK):
                raise OSError(ctypes.get_errno(), "setns")
        return socket.create_server(("127.0.0.1", port))

    with ThreadPoolExecutor(1) as aside:
        return aside.submit(listen).result()


def _ip(words: str) -> None:
    subprocess.run(["ip", *words.split()], check=True, capture_output=True, text=True)
