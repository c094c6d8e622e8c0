"""Reads, writes and compiles the catalogues of our messages.

The English text is the message id, so English has no catalogue. Babel compiles .po files to .mo before a start
(`prepare`), so running the program does not need gettext.
"""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import to_locale

DOMAINS = ("django", "djangojs")


def translated_languages() -> list[str]:
    """The codes of all languages but the source language."""
    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def catalogue_path(language: str, domain: str) -> Path:
    """The .po file of a language; `domain` is "django" (server) or "djangojs" (JavaScript)."""
    return Path(settings.LOCALE_PATHS[0]) / to_locale(language) / "LC_MESSAGES" / f"{domain}.po"


def read(path: Path, language: str) -> Catalog:
    """The catalogue in a file, an empty one if there is no file."""
    if not path.exists():
        return Catalog(locale=to_locale(language))
    with path.open("rb") as file:
        return read_po(file, locale=to_locale(language))


def messages(catalogue: Catalog) -> Iterator[Message]:
    """The messages of a catalogue without its header."""
    return (message for message in catalogue if message.id)


def write(path: Path, catalogue: Catalog, language: str) -> None:
    """Writes a catalogue without dates and line numbers, so that it changes only where a message does."""
    header = {
        "Language": to_locale(language),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": catalogue.plural_forms,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(b'msgid ""\nmsgstr ""\n')
        file.writelines(f'"{name}: {text}\\n"\n'.encode() for name, text in header.items())
        file.write(b"\n")
        write_po(file, catalogue, width=120, omit_header=True, include_lineno=False)


def compile_changed() -> list[Path]:
    """Compiles each catalogue whose .mo file is missing or older; returns the .mo files written."""
    written = []
    for path in sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/*.po")):
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
            continue
        # Renamed when it is complete: a process may be reading the old one.
        temporary = path.with_suffix(".mo.new")
        with path.open("rb") as source, temporary.open("wb") as target:
            write_mo(target, read_po(source))
        temporary.replace(compiled)
        written.append(compiled)
    return written
