"""Two computers on one machine: network namespaces with a direct link between them, and a way to the server for each.

The link carries the media between the two browsers; what one of them and the server exchange passes through a proxy of
its own, so each can be cut alone. A TURN server may run in a third namespace, which both computers reach and which does
not connect them. The machine's own network is not changed: its browsers would abort what they are loading.
Linux, as root.
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

UNUSED_MAC = "02:00:00:00:00:01"  # no interface has it: packets to it are lost without an error
# An address of a range that is no longer in use (RFC 7526). It must not be private: a TURN server relays to no such.
TURN_ADDRESS = "192.88.99.1"
_CLONE_NEWNET = 0x40000000


@dataclass
class Computer:
    """`program` starts a browser in the namespace; `server_proxy` is the proxy through which it reaches the server."""

    namespace: str
    address: str
    program: Path
    server_proxy: FaultProxy

    def ip(self, arguments: str) -> None:
        """Runs `ip` in the namespace."""
        _ip(f"-n {self.namespace} {arguments}")


@dataclass
class DirectLink:
    """The link between the two computers. Both ends stay up, whether or not packets arrive."""

    ends: tuple[Computer, Computer]

    def drop_packets(self) -> None:
        """From now on everything is lost; neither end gets an error."""
        for end, other in (self.ends, self.ends[::-1]):
            end.ip(f"neigh replace {other.address} lladdr {UNUSED_MAC} dev direct nud permanent")

    def restore(self) -> None:
        for end, other in (self.ends, self.ends[::-1]):
            end.ip(f"neigh del {other.address} dev direct")

    @contextmanager
    def losing(self, share: float, *, period: float = 0.3) -> Iterator[None]:
        """Loses this share of the packets, those of one stretch of every `period` (seconds)."""
        stop = threading.Event()

        def lose() -> None:
            while not stop.wait(period * (1 - share)):
                self.drop_packets()
                stop.wait(period * share)
                self.restore()

        thread = threading.Thread(target=lose)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()


@contextmanager
def two_computers(port: int, folder: Path, browser: str) -> Iterator[DirectLink]:
    """`port` is where the server listens, on this machine and, through the proxies, on both computers."""
    names = [f"fair{os.getpid()}{side}" for side in "ab"]
    with ExitStack() as cleanup:
        for name in names:
            _ip(f"netns add {name}")
            cleanup.callback(_ip, f"netns del {name}")  # deletes the link as well
        _ip(f"-n {names[0]} link add direct type veth peer name direct netns {names[1]}")
        ends = []
        for number, name in enumerate(names, 1):
            proxy = cleanup.enter_context(running_proxy(_listener(name, port)))
            proxy.to = port
            ends.append(Computer(name, f"10.77.0.{number}", _program(folder, name, browser), proxy))
            ends[-1].ip("link set lo up")
            _bring_up(name, "direct", f"10.77.0.{number}")
        yield DirectLink((ends[0], ends[1]))


@contextmanager
def turn_network(link: DirectLink) -> Iterator[str]:
    """A namespace with the address TURN_ADDRESS that both computers reach; yields its name."""
    name = f"fair{os.getpid()}r"
    with ExitStack() as cleanup:
        _ip(f"netns add {name}")
        cleanup.callback(_ip, f"netns del {name}")
        for arguments in ("link set lo up", f"address add {TURN_ADDRESS}/32 dev lo"):
            _ip(f"-n {name} {arguments}")
        for number, end in enumerate(link.ends, 1):
            near, far = f"192.88.99.{4 * number + 1}", f"192.88.99.{4 * number + 2}"
            _ip(f"-n {name} link add to{number} type veth peer name uplink netns {end.namespace}")
            _bring_up(name, f"to{number}", near)
            _bring_up(end.namespace, "uplink", far)
            end.ip(f"route add {TURN_ADDRESS} via {near}")
        yield name


def _bring_up(namespace: str, device: str, address: str) -> None:
    """Sets one address and no other: an IPv6 address would come two seconds later, and a browser that notices a new
    address aborts what it is loading.
    """
    for arguments in (
        f"link set {device} addrgenmode none",
        f"address add {address}/30 dev {device}",
        f"link set {device} up",
    ):
        _ip(f"-n {namespace} {arguments}")


def _program(folder: Path, namespace: str, browser: str) -> Path:
    """A script that starts the browser in a namespace."""
    program = folder / namespace
    program.write_text(f'#!/bin/sh\nexec ip netns exec {namespace} "{browser}" "$@"\n')
    program.chmod(0o755)
    return program


def _listener(namespace: str, port: int) -> socket.socket:
    """A socket that listens in another namespace. A thread of its own enters it, so that this one stays."""

    def listen() -> socket.socket:
        libc = ctypes.CDLL(None, use_errno=True)
        with Path(f"/run/netns/{namespace}").open() as network:
            if libc.setns(network.fileno(), _CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns")
        return socket.create_server(("127.0.0.1", port))

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(listen).result()


def _ip(arguments: str) -> None:
    subprocess.run(["ip", *arguments.split()], check=True, capture_output=True, text=True)
