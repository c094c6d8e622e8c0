"""The pages' HTML by the Nu HTML checker: what is not of the standard, each browser repairs in its own way.

Only in a proof: the checker needs Java, which nothing else here does.
"""

import json
import subprocess
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.e2e.kinds import KINDS, Laid, lay
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


def written(server: Server, laid: Laid, folder: Path) -> dict[str, str]:
    """Every kind of page in three languages, as files; which address each name stands for."""
    addresses = {}
    opened = dict.fromkeys((kind.reader, laid.address(kind)) for kind in KINDS)
    for number, (reader, address) in enumerate(opened):
        for language in LANGUAGES:
            file = folder / f"{number}-{language}.html"
            file.write_bytes(page(server, address, session=laid.sessions.get(reader, ""), language=language))
            addresses[file.name] = f"{reader} {address} {language}"
    return addresses


@pytest.mark.proof
def test_every_page_is_html(demo_server: Server, tmp_path: Path) -> None:
    addresses = written(demo_server, lay(demo_server), tmp_path)
    command = ["java", "-jar", str(VNU), "--format", "json", "--errors-only", "--exit-zero-always", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = json.loads(done.stderr)["messages"]
    assert [f"{addresses[Path(one['url']).name]}: {one['message']} {one['extract']}" for one in messages] == []
