"""The catalogues of our sentences: where they stand, how they are read, written and compiled.

English is the key itself, so it has no catalogue. `.mo` files are made at set-up by Babel: nobody needs gettext to run.
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
    """Every language of the program but the one its sentences are written in."""
    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def catalogue_path(language: str, domain: str) -> Path:
    """Where the translations of one language stand; `domain` is "django" (server) or "djangojs" (page)."""
    return Path(settings.LOCALE_PATHS[0]) / to_locale(language) / "LC_MESSAGES" / f"{domain}.po"


def read(path: Path, language: str) -> Catalog:
    """The catalogue of a file, empty when there is none."""
    if not path.exists():
        return Catalog(locale=to_locale(language))
    with path.open("rb") as file:
        return read_po(file, locale=to_locale(language))


def sentences(catalogue: Catalog) -> Iterator[Message]:
    """The messages of a catalogue without its header."""
    return (message for message in catalogue if message.id)


def write(path: Path, catalogue: Catalog, language: str) -> None:
    """Write a catalogue that changes only where a sentence does: no dates, no line numbers."""
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
    """Compile each catalogue whose `.mo` is missing or older, and return those."""
    done = []
    for path in sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/*.po")):
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
            continue
        building = path.with_suffix(".mo.new")
        with path.open("rb") as source, building.open("wb") as target:
            write_mo(target, read_po(source))
        building.replace(compiled)
        done.append(compiled)
    return done
