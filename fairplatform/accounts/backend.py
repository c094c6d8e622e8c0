"""How somebody is known again."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from .models import User


class Backend(AuthenticationBackend):
    """allauth checks who signs in; who has signed in is read as every page needs it."""

    def get_user(self, user_id: Any) -> User | None:
        return User.objects.active(int(user_id))
