"""How many sockets a person, and an address, may have open in this process at once.

A hall of a chamber is one address for all who came; whoever floods from there takes the places of visitors without an
account, and no signed-in person's.
"""

from collections import Counter

from django.conf import settings

from fairplatform.server.forwarded_headers import network_of


class Crowds:
    """Who has how many."""

    def __init__(self) -> None:
        self.open: Counter[str] = Counter()

    def enter(self, person: str, address: str) -> tuple[str, ...] | None:
        """What the socket counts as, to be given back to `leave`; None when there are as many as there may be.

        `person`: whose it is; empty for a visitor without an account.
        """
        network = network_of(address)
        most = {f"address {network}": settings.SOCKETS_PER_ADDRESS}
        if not person:
            most[f"visitors {network}"] = settings.VISITOR_SOCKETS_PER_ADDRESS
        else:
            most[person] = settings.SOCKETS_PER_PERSON
        if any(self.open[name] >= number for name, number in most.items()):
            return None
        self.open.update(most.keys())
        return tuple(most)

    def leave(self, names: tuple[str, ...]) -> None:
        for name in names:
            self.open[name] -= 1
            if not self.open[name]:
                del self.open[name]


CROWDS = Crowds()
