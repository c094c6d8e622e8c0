import re
from collections.abc import Iterator
from os.path import normpath
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as program
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.template import Context, Template
from django.test import override_settings

from fairplatform.design.staticfiles import JOINED, SHEETS
from fairplatform.pages.templatetags.assets import _module, base_styles

IMPORT = re.compile(r"""^(?:import|export)\s*(?:[\w*{][^;'"()=]*\sfrom\s*)?["']([^"']+)["']""", re.MULTILINE)
HASHED = re.compile(r"\.[0-9a-f]{12}\.js$")


def kept_in(folder: Path) -> dict[str, Any]:
    """The settings of a program whose static files stand there under names of their contents."""
    backend = {"BACKEND": "fairplatform.design.staticfiles.HashedFiles"}
    return {"STATIC_ROOT": folder, "STORAGES": program.STORAGES | {"staticfiles": backend}}


@pytest.fixture(scope="module")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All static files as a first start collects them."""
    folder = tmp_path_factory.mktemp("static")
    with override_settings(**kept_in(folder)):
        call_command("collectstatic", verbosity=0, interactive=False)
    return folder


@pytest.fixture
def collected(static: Path) -> Iterator[Path]:
    with override_settings(**kept_in(static)):
        yield static


def test_every_import_between_our_scripts_names_a_file_by_its_content(collected: Path) -> None:
    ours = list((program.ROOT / "frontend/static/js").rglob("*.js"))
    scripts = [path for path in (collected / "js").rglob("*.js") if HASHED.search(path.name)]
    imports = [(path, name) for path in scripts for name in IMPORT.findall(path.read_text())]
    assert [(path.name, name) for path, name in imports if not HASHED.search(name)] == []
    assert [name for path, name in imports if not (path.parent / name).is_file()] == []
    assert len(scripts) == len(ours)
    assert len(imports) > 1


def test_the_sheets_of_every_page_are_joined_in_their_order(collected: Path) -> None:
    sheets = [(program.ROOT / "frontend/static" / name).read_text() for name in SHEETS]
    assert (collected / JOINED).read_text() == "\n".join(sheets)
    joined = (collected / staticfiles_storage.url(JOINED).removeprefix("/static/")).read_text()
    assert joined.startswith(sheets[0])
    pictures = re.findall(r'url\("([^"]+)"\)', joined)
    assert [name for name in pictures if not (collected / "css" / name).is_file()] == []
    assert len(pictures) == 1


def test_a_page_names_one_sheet_and_every_script_it_will_need(collected: Path) -> None:
    base_styles.cache_clear()
    _module.cache_clear()
    page = Template("{% load assets %}{% base_styles %}{% module 'js/page.js' %}{% module 'js/elements/figures.js' %}")
    html = page.render(Context())
    base_styles.cache_clear()
    _module.cache_clear()
    assert len(re.findall('rel="stylesheet"', html)) == 1
    named = re.findall(r'"/static/(js/[^"]+)"', html)
    assert [name for name in named if not HASHED.search(name)] == []
    needed = {Path(name) for name in named}
    for name in named:
        for imported in IMPORT.findall((collected / name).read_text()):
            assert Path(normpath(Path(name).parent / imported)) in needed
    assert len(named) == len(needed)
    assert re.findall(r'<script type="module" src="/static/(\S+?)\.', html) == ["js/page", "js/elements/figures"]


def test_page_links_hashed_names(collected: Path) -> None:
    name = staticfiles_storage.url("css/tokens.css")
    assert re.fullmatch(r"/static/css/tokens\.[0-9a-f]{12}\.css", name)
