"""How many sockets a person, and an address, may have open in this process at once.

All visitors of a trade hall may share one address. So sockets without an account have a lower limit by address: whoever
opens too many of them takes them from other visitors without an account, and from no signed-in person.
"""

from collections import Counter

from django.conf import settings

from fairplatform.server.forwarded_headers import network_of


class SocketLimits:
    """Counts the open sockets by person and by address."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def acquire(self, person: str, address: str) -> tuple[str, ...] | None:
        """The keys that the socket counts towards, for `release`; None when one of them is at its limit.

        `person`: empty without an account.
        """
        network = network_of(address)
        limits = {f"address {network}": settings.SOCKETS_PER_ADDRESS}
        if not person:
            limits[f"visitors {network}"] = settings.VISITOR_SOCKETS_PER_ADDRESS
        else:
            limits[person] = settings.SOCKETS_PER_PERSON
        if any(self.counts[key] >= limit for key, limit in limits.items()):
            return None
        self.counts.update(limits.keys())
        return tuple(limits)

    def release(self, keys: tuple[str, ...]) -> None:
        for key in keys:
            self.counts[key] -= 1
            if not self.counts[key]:
                del self.counts[key]


SOCKET_LIMITS = SocketLimits()
