import re
from pathlib import Path

import pytest
from django.conf import settings as program
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

IMPORT = re.compile(r"""^(?:import|export)\s*(?:[\w*{][^;'"()=]*\sfrom\s*)?["']([^"']+)["']""", re.MULTILINE)
HASHED = re.compile(r"\.[0-9a-f]{12}\.js$")


@pytest.fixture
def collected(settings, tmp_path: Path) -> Path:
    """All static files as a first start collects them."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = program.STORAGES | {"staticfiles": {"BACKEND": "fairplatform.language.assets.HashedFiles"}}
    call_command("collectstatic", verbosity=0, interactive=False)
    return tmp_path


def test_every_import_between_our_scripts_names_a_file_by_its_content(collected: Path) -> None:
    ours = list((program.ROOT / "frontend/static/js").rglob("*.js"))
    scripts = [path for path in (collected / "js").rglob("*.js") if HASHED.search(path.name)]
    imports = [(path, name) for path in scripts for name in IMPORT.findall(path.read_text())]
    assert [(path.name, name) for path, name in imports if not HASHED.search(name)] == []
    assert [name for path, name in imports if not (path.parent / name).is_file()] == []
    assert len(scripts) == len(ours)
    assert len(imports) > 1


def test_page_links_hashed_names(collected: Path) -> None:
    name = staticfiles_storage.url("css/tokens.css")
    assert re.fullmatch(r"/static/css/tokens\.[0-9a-f]{12}\.css", name)
