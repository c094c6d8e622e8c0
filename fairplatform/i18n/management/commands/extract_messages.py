from argparse import ArgumentParser
from typing import Any

from babel.messages.catalog import Catalog
from django.conf import settings
from django.core.management.base import BaseCommand

from fairplatform.i18n.catalogues.extraction import script_messages, server_messages
from fairplatform.i18n.catalogues.libraries import library_messages
from fairplatform.i18n.catalogues.po_files import catalogue_path, messages, read, translated_languages, write
from fairplatform.i18n.catalogues.proofreading import plural_forms


def merged(source: Catalog, old: Catalog) -> Catalog:
    """The messages of `source` with the translations of `old`; those not in `source` are kept as obsolete.

    A message that comes back gets its obsolete translation. There is no fuzzy matching.
    """
    new = Catalog(locale=old.locale)
    old_messages = {(message.id, message.context): message for message in [*old.obsolete.values(), *messages(old)]}
    for message in messages(source):
        before = old_messages.pop((message.id, message.context), None)
        new.add(
            message.id,
            before.string if before else "",
            locations=sorted({(path, 0) for path, _ in message.locations}),
            flags=message.flags | (before.flags & {"fuzzy"} if before else set()),
            auto_comments=message.auto_comments,
            user_comments=before.user_comments if before else (),
            context=message.context,
        )
    new.obsolete = {plural_forms(message.id)[0]: message for message in old_messages.values() if message.string}
    return new


class Command(BaseCommand):
    help = "Adds every sentence of the program, and those of Django and allauth that people see, to the catalogues."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", action="append", help="only this one, for example ur")

    def handle(self, *args: Any, **options: Any) -> None:
        root = settings.ROOT
        server = Catalog()
        for message in [*messages(server_messages(root)), *library_messages()]:
            server[message.id] = message
        scripts = script_messages(root)
        for language in options["language"] or translated_languages():
            for domain, source in (("django", server), ("djangojs", scripts)):
                path = catalogue_path(language, domain)
                write(path, merged(source, read(path, language)), language)
                self.stdout.write(f"{path.relative_to(root)}: {len(source)} sentences")
