import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from fairplatform.i18n.catalogues.extraction import script_messages, server_messages, template_paths
from fairplatform.i18n.catalogues.libraries import library_messages
from fairplatform.i18n.catalogues.po_files import catalogue_path, messages, read, translated_languages
from fairplatform.i18n.catalogues.proofreading import (
    msgid_faults,
    plural_forms,
    translation_faults,
    untranslatable_words,
)


def missing_faults(source: Catalog, catalogue: Catalog) -> Iterator[str]:
    """Messages of the source that the catalogue does not have."""
    for message in messages(source):
        if catalogue.get(message.id, message.context) is None:
            yield f"{_named(message)}: is missing, {_where(message)} (make messages)"


def catalogue_faults(catalogue: Catalog, language: str) -> Iterator[str]:
    """The faults of the translations in a catalogue."""
    for message in messages(catalogue):
        for fault in translation_faults(message, language):
            yield f"{_named(message)}: {fault}"


def library_faults(catalogue: Catalog) -> Iterator[str]:
    """Messages of libraries that the catalogue does not have."""
    for message in library_messages():
        if catalogue.get(message.id, message.context) is None:
            yield f"{_named(message)}: of a library is missing, said by {_where(message)} (make messages)"


def format_faults(path: Path) -> Iterator[str]:
    """What GNU msgfmt calls an error in a .po file. Raises FileNotFoundError without msgfmt."""
    msgfmt = shutil.which("msgfmt")
    if msgfmt is None:
        raise FileNotFoundError("msgfmt is missing: install gettext.")
    command = [msgfmt, "--check", "--output-file=/dev/null", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        yield from (line for line in done.stderr.splitlines() if ": warning: " not in line)


def source_faults(source: Catalog) -> Iterator[str]:
    """The faults of the English text in our own source."""
    for message in messages(source):
        for fault in msgid_faults(message):
            yield f"{_named(message)}: {fault}, {_where(message)}"


def _named(message: Message) -> str:
    return f"“{plural_forms(message.id)[0][:80]}”"


def _where(message: Message) -> str:
    return ", ".join(sorted({path for path, _ in message.locations})[:3])


class Command(BaseCommand):
    help = "Fails if a sentence is missing, fuzzy, wrongly translated, or outside the catalogues."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        faults = [*self._template_faults(), *self._catalogue_faults()]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} faults in sentences")
        self.stdout.write("Every sentence is translated.")

    def _template_faults(self) -> Iterator[str]:
        for path in template_paths(settings.ROOT):
            if words := untranslatable_words((settings.ROOT / path).read_text()):
                yield f"{path}: outside the catalogues: {' '.join(words)}"

    def _catalogue_faults(self) -> Iterator[str]:
        for domain, source in (
            ("django", server_messages(settings.ROOT)),
            ("djangojs", script_messages(settings.ROOT)),
        ):
            yield from source_faults(source)
            for language in translated_languages():
                path = catalogue_path(language, domain)
                catalogue = read(path, language)
                faults = [*missing_faults(source, catalogue), *catalogue_faults(catalogue, language)]
                if path.exists():
                    faults += format_faults(path)
                if domain == "django":
                    faults += library_faults(catalogue)
                yield from (f"{language} {domain} {fault}" for fault in faults)
