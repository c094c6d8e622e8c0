"""The authentication backend."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from .models import User


class Backend(AuthenticationBackend):
    """allauth checks the credentials; the person of a session is read by `User.objects.active`, as on the socket."""

    def get_user(self, user_id: Any) -> User | None:
        return User.objects.active(int(user_id))
