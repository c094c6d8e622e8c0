"""The HTML of all pages by the Nu HTML checker: browsers repair invalid HTML, but not all in the same way.

Only in a proof: the checker needs Java, which nothing else here does.
"""

import json
import subprocess
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.e2e.page_kinds import PAGE_KINDS, DemoPages, find_demo_pages
from tests.servers.programs import REPOSITORY
from tests.servers.serve import Server

VNU = REPOSITORY / "node_modules/vnu-jar/build/dist/vnu.jar"
LANGUAGES = ("en", "zh-hans", "ur")


def page(server: Server, address: str, *, session: str, language: str) -> bytes:
    cookies = f"sessionid={session}; django_language={language}"
    try:
        with urlopen(Request(server.url + address, headers={"Cookie": cookies})) as answer:
            return bytes(answer.read())
    except HTTPError as refused:
        return refused.read()


def written(server: Server, demo_pages: DemoPages, folder: Path) -> dict[str, str]:
    """Writes every kind of page in three languages to files; returns the URL of each file."""
    addresses = {}
    opened = dict.fromkeys((kind.reader, demo_pages.path_of(kind)) for kind in PAGE_KINDS)
    for number, (reader, address) in enumerate(opened):
        for language in LANGUAGES:
            file = folder / f"{number}-{language}.html"
            file.write_bytes(page(server, address, session=demo_pages.sessions.get(reader, ""), language=language))
            addresses[file.name] = f"{reader} {address} {language}"
    return addresses


@pytest.mark.proof
def test_every_page_is_valid_html(demo_server: Server, tmp_path: Path) -> None:
    addresses = written(demo_server, find_demo_pages(demo_server), tmp_path)
    command = ["java", "-jar", str(VNU), "--format", "json", "--errors-only", "--exit-zero-always", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = json.loads(done.stderr)["messages"]
    assert [f"{addresses[Path(one['url']).name]}: {one['message']} {one['extract']}" for one in messages] == []
