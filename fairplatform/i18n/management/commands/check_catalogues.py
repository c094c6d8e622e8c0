from collections.abc import Iterator
from typing import Any

from babel.messages.catalog import Catalog, Message
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from fairplatform.i18n.catalogues.extraction import page_sentences, server_sentences, template_paths
from fairplatform.i18n.catalogues.libraries import untranslated
from fairplatform.i18n.catalogues.po_files import catalogue_path, read, sentences, translated_languages
from fairplatform.i18n.catalogues.proofreading import bare_words, forms, msgid_faults, translation_faults


def missing_faults(source: Catalog, catalogue: Catalog) -> Iterator[str]:
    """Sentences that are said but stand nowhere in a catalogue."""
    for message in sentences(source):
        if catalogue.get(message.id, message.context) is None:
            yield f"{_named(message)}: is missing, {_where(message)} (make messages)"


def catalogue_faults(catalogue: Catalog, language: str) -> Iterator[str]:
    """What is wrong with the translations that stand in a catalogue."""
    for message in sentences(catalogue):
        for fault in translation_faults(message, language):
            yield f"{_named(message)}: {fault}"


def library_faults(catalogue: Catalog, language: str) -> Iterator[str]:
    """Sentences of Django and allauth that neither they nor our catalogue have in this language."""
    for message in untranslated(language):
        if catalogue.get(message.id, message.context) is None:
            yield f"{_named(message)}: has no translation anywhere, said by {_where(message)} (make messages)"


def source_faults(source: Catalog) -> Iterator[str]:
    """What is wrong with the English of our own source."""
    for message in sentences(source):
        for fault in msgid_faults(message):
            yield f"{_named(message)}: {fault}, {_where(message)}"


def _named(message: Message) -> str:
    return f"“{forms(message.id)[0][:80]}”"


def _where(message: Message) -> str:
    return ", ".join(sorted({path for path, _ in message.locations})[:3])


class Command(BaseCommand):
    help = "Fail when a sentence is missing, unsure, wrongly translated, or stands outside the catalogues."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        faults = [*self._of_templates(), *self._of_catalogues()]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} faults in sentences")
        self.stdout.write("Every sentence is translated.")

    def _of_templates(self) -> Iterator[str]:
        for path in template_paths(settings.ROOT):
            if words := bare_words((settings.ROOT / path).read_text()):
                yield f"{path}: outside the catalogues: {' '.join(words)}"

    def _of_catalogues(self) -> Iterator[str]:
        for domain, source in (
            ("django", server_sentences(settings.ROOT)),
            ("djangojs", page_sentences(settings.ROOT)),
        ):
            yield from source_faults(source)
            for language in translated_languages():
                catalogue = read(catalogue_path(language, domain), language)
                faults = [*missing_faults(source, catalogue), *catalogue_faults(catalogue, language)]
                if domain == "django":
                    faults += library_faults(catalogue, language)
                yield from (f"{language} {domain} {fault}" for fault in faults)
