"""One larger fair for this folder."""

from tests.servers.full_stack import stack

__all__ = ["stack"]
