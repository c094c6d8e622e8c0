"""Where allauth meets our people."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by organisers and invitations; nobody signs up by himself."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
