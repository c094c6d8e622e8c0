"""The names of topics, `<prefix>:<key>`: one constructor for each kind, named after its prefix.

A topic's name is its key in the hub, in Redis and in the table of versions. Clients use the same names, except that
they call their own person's topic `me` (`public_name`).
"""


def me(person: int) -> str:
    return f"me:{person}"


def fair(slug: str) -> str:
    return f"fair:{slug}"


def chat(conversation: int) -> str:
    return f"chat:{conversation}"


def booth(booth: int) -> str:
    return f"booth:{booth}"


def hall(hall: int) -> str:
    return f"hall:{hall}"


def halls(fair_slug: str) -> str:
    return f"halls:{fair_slug}"


def office(booth: int, page: int | str | None = None) -> str:
    """A page of the booth office: of the booth's texts, of a product by its key, or the new, files or staff page."""
    return f"office:{booth}-{page}" if page else f"office:{booth}"


def meeting(meeting: int) -> str:
    return f"meeting:{meeting}"


def monitor(fair_slug: str) -> str:
    return f"monitor:{fair_slug}"


def connection(connection_id: str) -> str:
    """The topic of one connection in a meeting's room, which no client can join: signals go to it alone."""
    return f"connection:{connection_id}"


def public_name(topic: str) -> str:
    """The topic's name in frames."""
    return "me" if topic.startswith("me:") else topic
