"""Who reads through the API."""

from fairplatform.accounts.actor import VISITOR

__all__ = ["VISITOR"]

# Everybody reads as a visitor without an account, whatever cookies the request carries: an answer is the same for all,
# so that proxies may keep it, and a page of another site learns nothing from a reader's browser. Whoever is to read
# more, or to write, will come with a token (accounts.models.Token) in the header Authorization, and be the actor of
# that token: the operations take theirs from here.
