from argparse import ArgumentParser
from typing import Any

from babel.messages.catalog import Catalog
from django.conf import settings
from django.core.management.base import BaseCommand

from fairplatform.i18n.catalogues.extraction import page_sentences, server_sentences
from fairplatform.i18n.catalogues.libraries import untranslated
from fairplatform.i18n.catalogues.po_files import catalogue_path, read, sentences, translated_languages, write
from fairplatform.i18n.catalogues.proofreading import forms


def merged(source: Catalog, old: Catalog) -> Catalog:
    """The sentences of `source` with the translations of `old`; those no longer said are kept as obsolete.

    A sentence that comes back takes its obsolete translation; nothing is ever guessed (no fuzzy matching).
    """
    new = Catalog(locale=old.locale)
    known = {(message.id, message.context): message for message in [*old.obsolete.values(), *sentences(old)]}
    for message in sentences(source):
        before = known.pop((message.id, message.context), None)
        new.add(
            message.id,
            before.string if before else "",
            locations=sorted({(path, 0) for path, _ in message.locations}),
            flags=message.flags | (before.flags & {"fuzzy"} if before else set()),
            auto_comments=message.auto_comments,
            user_comments=before.user_comments if before else (),
            context=message.context,
        )
    new.obsolete = {forms(message.id)[0]: message for message in known.values() if message.string}
    return new


class Command(BaseCommand):
    help = "Bring every sentence of the program into the catalogues, and those of Django and allauth that lack theirs."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", action="append", help="only this one, for example ur")

    def handle(self, *args: Any, **options: Any) -> None:
        root = settings.ROOT
        server, page = server_sentences(root), page_sentences(root)
        for language in options["language"] or translated_languages():
            spoken = Catalog()
            for message in [*sentences(server), *untranslated(language)]:
                spoken[message.id] = message
            for domain, source in (("django", spoken), ("djangojs", page)):
                path = catalogue_path(language, domain)
                write(path, merged(source, read(path, language)), language)
                self.stdout.write(f"{path.relative_to(root)}: {len(source)} sentences")
