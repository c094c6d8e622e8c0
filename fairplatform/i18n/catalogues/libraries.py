"""The messages of Django and allauth that people can see here: our catalogues translate every one of them.

Half of Django's Urdu is missing and the other half is unusable (it spells ہے as ھے); allauth has none. Their Chinese
addresses people in another tone than ours and with other words. Messages that nobody sees here (the admin, verbose
names, ways to sign in that are switched off) are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import allauth
import django
from babel.messages.catalog import Catalog, Message
from django.conf import settings

from .extraction import TEMPLATES
from .po_files import messages, read


@dataclass(frozen=True)
class Library:
    """The catalogues of a library: their folder, and the source files whose messages people see (fnmatch patterns)."""

    locale: Path
    visible: tuple[str, ...]
    hidden: tuple[str, ...] = ()

    def catalogue(self) -> Catalog:
        """The English messages."""
        return read(self.locale / "en/LC_MESSAGES/django.po", "en")

    def shows(self, message: Message) -> bool:
        """Whether people see it somewhere: not only in templates that ours replace."""
        return any(self._is_visible(str(path)) for path, _ in message.locations)

    def _is_visible(self, path: str) -> bool:
        if not any(fnmatch(path, pattern) for pattern in self.visible):
            return False
        return not any(fnmatch(path, pattern) for pattern in self.hidden) and not _is_replaced(path)


def _is_replaced(path: str) -> bool:
    """Whether we have a template of the same name."""
    template = path.removeprefix("templates/")
    return template != path and (settings.ROOT / TEMPLATES / template).exists()


_DJANGO = Path(django.__file__).parent
LIBRARIES = (
    Library(
        _DJANGO / "conf/locale",
        visible=(
            "core/validators.py", "db/models/base.py", "db/models/constraints.py", "db/models/fields/*.py",
            "forms/*.py", "template/defaultfilters.py", "utils/dateformat.py", "utils/dates.py", "utils/text.py",
            "utils/timesince.py",
        ),
    ),
    Library(_DJANGO / "contrib/auth/locale", visible=("contrib/auth/forms.py", "contrib/auth/password_validation.py")),
    Library(
        Path(allauth.__file__).parent / "locale",
        visible=("account/*.py", "core/*.py", "templates/account/*", "templates/allauth/*"),
        # Pages that accounts.allauth_urls has no route for, and letters: ours are none of the library's.
        hidden=(
            "*/admin.py", "*/apps.py", "*/models.py", "*phone*", "*login_code*", "*passkey*",
            "*/password_change.html", "*/password_set.html", "*/reauthenticate.html", "*/base_reauthenticate.html",
            "*/email/*",
        ),
    ),
)  # fmt: skip


def _is_description(message: Message) -> bool:
    """The description of a model field ("Boolean (Either True or False)"), which only the admin shows."""
    text = message.id if isinstance(message.id, str) else message.id[0]
    return all(path.startswith("db/models/fields/") for path, _ in message.locations) and not text.endswith(".")


def library_messages() -> Iterator[Message]:
    """The messages of libraries that people see here."""
    for library in LIBRARIES:
        for message in messages(library.catalogue()):
            if library.shows(message) and not _is_description(message):
                yield message
