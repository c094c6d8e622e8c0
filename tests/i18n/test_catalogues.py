import gettext
import os
import re
from io import StringIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.core.management import CommandError, call_command

from fairplatform.i18n.catalogues.extraction import script_messages, server_messages
from fairplatform.i18n.catalogues.libraries import library_messages
from fairplatform.i18n.catalogues.po_files import catalogue_path, compile_changed, read, write
from fairplatform.i18n.catalogues.proofreading import PLACEHOLDER, TAG
from fairplatform.i18n.management.commands.check_catalogues import format_faults
from fairplatform.i18n.management.commands.extract_messages import merged


@pytest.fixture
def small_program(settings, tmp_path: Path) -> Path:
    """A checkout with one template, one view and one script with messages."""
    settings.ROOT = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "frontend/locale"]
    sources = {
        "frontend/templates/hall.html": '{% load i18n %}{% translate "Open hall" %}',
        "booths/views.py": "from django.utils.translation import gettext_lazy as _\nTITLE = _('All booths')\n",
        "frontend/static/js/chat.js": 'say(t("Send"), tn("%(count)s reply", "%(count)s replies", 3));\n',
    }
    for name, text in sources.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def message_ids(catalogue: Catalog) -> list[str | tuple[str, str]]:
    return [message.id for message in catalogue if message.id]


def test_messages_of_templates_python_and_scripts_are_extracted(small_program: Path) -> None:
    assert message_ids(server_messages(small_program)) == ["Open hall", "All booths"]
    assert message_ids(script_messages(small_program)) == ["Send", ("%(count)s reply", "%(count)s replies")]


def test_characters_outside_ascii_are_extracted(small_program: Path) -> None:
    message = "Press “Open hall” – nobody’s asked"
    (small_program / "frontend/templates/hall.html").write_text(f"{{% load i18n %}}{{% translate '{message}' %}}")
    (small_program / "frontend/static/js/chat.js").write_text(f't("{message}");')
    assert message_ids(server_messages(small_program)) == [message, "All booths"]
    assert message_ids(script_messages(small_program)) == [message]


def test_extracting_keeps_translations_and_restores_obsolete_ones(small_program: Path) -> None:
    old = Catalog(locale="ur")
    old.add("All booths", "تمام سٹال")
    old.add("Farewell", "الوداع")
    new_catalogue = merged(server_messages(small_program), old)
    assert [(message.id, message.string) for message in new_catalogue if message.id] == [
        ("Open hall", ""),
        ("All booths", "تمام سٹال"),
    ]
    later_source = Catalog()
    later_source.add("Farewell")
    assert [message.string for message in merged(later_source, new_catalogue) if message.id] == ["الوداع"]


def test_extracting_twice_changes_no_file(small_program: Path) -> None:
    call_command("extract_messages", stdout=StringIO())
    first = catalogue_path("ur", "django").read_bytes()
    call_command("extract_messages", stdout=StringIO())
    assert catalogue_path("ur", "django").read_bytes() == first


def test_extracting_adds_the_messages_of_libraries_that_people_see(small_program: Path) -> None:
    call_command("extract_messages", stdout=StringIO())
    seen = "The email address and/or password you specified are not correct."
    hidden = "Select %(verbose_name)s to delete"
    for language in ("ur", "zh-hans"):
        catalogue = read(catalogue_path(language, "django"), language)
        assert (seen in catalogue, hidden in catalogue) == (True, False)


def test_check_names_every_missing_and_untranslated_message(small_program: Path) -> None:
    (small_program / "frontend/templates/hall.html").write_text("{% load i18n %}Bare {% translate 'Open hall' %}")
    errors = StringIO()
    with pytest.raises(CommandError, match="faults in sentences"):
        call_command("check_catalogues", stderr=errors)
    errors_printed = errors.getvalue().splitlines()
    assert "frontend/templates/hall.html: outside the catalogues: Bare" in errors_printed
    assert "zh-hans django “All booths”: is missing, booths/views.py (make messages)" in errors_printed
    assert "ur djangojs “Send”: is missing, frontend/static/js/chat.js (make messages)" in errors_printed
    call_command("extract_messages", stdout=StringIO())
    errors = StringIO()
    with pytest.raises(CommandError, match="faults in sentences"):
        call_command("check_catalogues", stderr=errors)
    assert "zh-hans django “All booths”: is not translated" in errors.getvalue().splitlines()


def test_check_passes_when_everything_is_translated(small_program: Path) -> None:
    (small_program / "booths/views.py").write_text("")
    (small_program / "frontend/static/js/chat.js").write_text("")
    for language, text in (("zh-hans", "开放展馆"), ("ur", "کھلا ہال")):
        catalogue = Catalog(locale=language.replace("zh-hans", "zh_Hans"))
        catalogue.add("Open hall", text)
        for message in library_messages():
            catalogue.add(message.id, _translation(message.id, text), context=message.context)
        write(catalogue_path(language, "django"), catalogue, language)
    words = StringIO()
    call_command("check_catalogues", stdout=words, stderr=words)
    assert words.getvalue() == "Every sentence is translated.\n"


def test_what_msgfmt_calls_an_error_is_a_fault(small_program: Path) -> None:
    path = catalogue_path("ur", "django")
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n#, python-format\n'
                    'msgid "%(name)s"\nmsgstr "%(name)"\n')  # fmt: skip
    assert next(iter(format_faults(path))).startswith(f"{path}:6: 'msgstr' is not a valid Python format string")


def _translation(english: str | tuple[str, str], text: str) -> str | tuple[str, str]:
    """A translation of `text` with the placeholders and tags of the message."""
    plural = english if isinstance(english, str) else english[-1]
    line = "".join([text, *re.findall(f"{TAG.pattern}|{PLACEHOLDER.pattern}", plural)])
    return line if isinstance(english, str) else (line, line)


def test_compiling_writes_what_gettext_reads_and_only_changed_files(small_program: Path) -> None:
    catalogue = Catalog(locale="ur")
    catalogue.add("Open hall", "کھلا ہال")
    catalogue.add("Maybe", "شاید", flags={"fuzzy"})
    path = catalogue_path("ur", "django")
    write(path, catalogue, "ur")
    assert compile_changed() == [path.with_suffix(".mo")]
    assert compile_changed() == []
    with path.with_suffix(".mo").open("rb") as file:
        translations = gettext.GNUTranslations(file)
    assert translations.gettext("Open hall") == "کھلا ہال"
    assert translations.gettext("Maybe") == "Maybe"
    later = path.with_suffix(".mo").stat().st_mtime + 1
    os.utime(path, (later, later))
    assert compile_changed() == [path.with_suffix(".mo")]
