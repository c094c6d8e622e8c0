"""The sentences of Django and allauth that a person can meet: some languages must get them from our catalogues.

Django's Urdu is half empty and the other half not fit to read (it spells ہے as ھے); allauth has none. What nobody
meets here (the admin, verbose names, ways to sign in that are switched off) is left out.
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
from .po_files import catalogue_path, read, sentences


@dataclass(frozen=True)
class Library:
    """A catalogue of another project: its folder, and which source files of it speak to people (patterns)."""

    locale: Path
    met: tuple[str, ...]
    not_met: tuple[str, ...] = ()

    def catalogue(self, language: str) -> Catalog:
        return read(self.locale / ("en" if language == "en" else _folder(language)) / "LC_MESSAGES/django.po", language)

    def speaks(self, message: Message) -> bool:
        """Whether one of the places that say this is met by people, and is not a template that we wrote anew."""
        return any(self._is_met(str(path)) for path, _ in message.locations)

    def _is_met(self, path: str) -> bool:
        if not any(fnmatch(path, pattern) for pattern in self.met):
            return False
        return not any(fnmatch(path, pattern) for pattern in self.not_met) and not _ours(path)


def _folder(language: str) -> str:
    return catalogue_path(language, "django").parts[-3]


def _ours(path: str) -> bool:
    template = path.removeprefix("templates/")
    return template != path and (settings.ROOT / TEMPLATES / template).exists()


_DJANGO = Path(django.__file__).parent
LIBRARIES = (
    Library(
        _DJANGO / "conf/locale",
        met=(
            "core/validators.py", "db/models/base.py", "db/models/constraints.py", "db/models/fields/*.py",
            "forms/*.py", "template/defaultfilters.py", "utils/dateformat.py", "utils/dates.py", "utils/text.py",
            "utils/timesince.py",
        ),
    ),
    Library(_DJANGO / "contrib/auth/locale", met=("contrib/auth/forms.py", "contrib/auth/password_validation.py")),
    Library(
        Path(allauth.__file__).parent / "locale",
        met=("account/*.py", "core/*.py", "templates/account/*", "templates/allauth/*"),
        # Pages that accounts.sign_in does not route, and a letter that is not sent.
        not_met=(
            "*/admin.py", "*/apps.py", "*/models.py", "*phone*", "*login_code*", "*passkey*",
            "*/password_change.html", "*/password_set.html", "*/reauthenticate.html", "*/base_reauthenticate.html",
            "*/unknown_account_*",
        ),
    ),
)  # fmt: skip
# Languages whose library translations are not fit to read: each is said anew in our catalogue.
SAID_ANEW = frozenset({"ur"})


def _is_description(message: Message) -> bool:
    """A model field's kind ("Boolean (Either True or False)") stands beside its errors but is shown to nobody."""
    text = message.id if isinstance(message.id, str) else message.id[0]
    return all(path.startswith("db/models/fields/") for path, _ in message.locations) and not text.endswith(".")


def is_translated(message: Message | None) -> bool:
    """Whether a translator has said all forms of it and is sure."""
    if message is None or message.fuzzy or not message.string:
        return False
    return isinstance(message.string, str) or all(message.string)


def untranslated(language: str) -> Iterator[Message]:
    """The library sentences people meet whose own library has no translation for this language, or no fit one."""
    for library in LIBRARIES:
        known = library.catalogue(language)
        for message in sentences(library.catalogue("en")):
            if not library.speaks(message) or _is_description(message):
                continue
            if language in SAID_ANEW or not is_translated(known.get(message.id, message.context)):
                yield message
