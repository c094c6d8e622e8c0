"""Documents and files for operators agree with the program: settings, commands and flags, the proxy, the image."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

from tests.servers.certificates import write_certificate
from tests.servers.nginx import TEMPLATE, binary, filled_in
from tests.servers.programs import REPOSITORY
from tests.servers.serve import Servers

_READ = re.compile(r'\benv\.(?:str|int|float|bool|list|db|email_url)\(\s*"([A-Z_]+)"')
_OURS = ("prepare", "web-1", "web-2", "clock", "tasks")


def settings_read() -> set[str]:
    return {*_READ.findall((REPOSITORY / "fairplatform/settings.py").read_text()), "SECRET_KEY", "EMAIL_URL"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text()))


def parse(words: list[str]) -> None:
    """Parses a command line of the image. Raises SystemExit for a command or flag that does not exist."""
    assert words[:2] == ["python", "manage.py"]
    application = get_commands()[words[2]]
    command = application if isinstance(application, BaseCommand) else load_command_class(application, words[2])
    command.create_parser("manage.py", words[2]).parse_args(words[3:])


def test_every_setting_is_documented() -> None:
    page = (REPOSITORY / "docs/operations.md").read_text()
    table = page[page.index("## Settings") : page.index("## Processes")]
    assert sorted(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE)) == sorted(settings_read())


def test_env_example_has_every_variable_of_compose_and_only_real_settings(compose: dict[str, Any]) -> None:
    named = set(re.findall(r"^#([A-Z_]+)=", (REPOSITORY / ".env.example").read_text(), re.MULTILINE))
    asked = set(re.findall(r"\$\{([A-Z_]+)", (REPOSITORY / "docker-compose.yml").read_text()))
    assert asked - named == set()
    assert named - asked - settings_read() == set()


def test_compose_sets_only_settings_that_the_program_reads(compose: dict[str, Any]) -> None:
    for name in _OURS:
        assert set(compose["services"][name]["environment"]) - settings_read() == set()
    proxy, network = compose["services"]["proxy"], compose["networks"]["fair"]
    address = proxy["networks"]["fair"]["ipv4_address"]
    assert compose["services"]["web-1"]["environment"]["TRUSTED_PROXIES"] == address
    webs = [compose["services"][name]["networks"]["fair"]["ipv4_address"] for name in ("web-1", "web-2")]
    assert re.findall(r"server ([\d.]+):8000", proxy["environment"]["FAIR_UPSTREAMS"]) == webs
    prefix = network["ipam"]["config"][0]["subnet"].rsplit(".", 1)[0] + "."
    assert [one.startswith(prefix) for one in (address, *webs)] == [True] * 3


def test_commands_of_compose_exist_and_run_each_part(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for name in _OURS:
        parse(services[name]["command"])
    flags = {name: set(services[name]["command"][3:]) for name in _OURS if name != "prepare"}
    everything = {"--no-web", "--no-clock", "--no-tasks"}
    runs = {name: everything - given for name, given in flags.items()}
    assert runs == {"web-1": {"--no-web"}, "web-2": {"--no-web"}, "clock": {"--no-clock"}, "tasks": {"--no-tasks"}}


def test_services_are_pinned_restarted_and_mount_existing_files(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        image = service["image"]
        assert image == "fairplatform" or re.search(r":\d+[\w.-]*$", image), name
        assert service["restart"] == ("no" if name == "prepare" else "unless-stopped")
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            is_ours = source.startswith("./") and source != "./certs"
            assert not is_ours or (REPOSITORY / source).is_file(), source
            assert source.startswith("./") or source in compose["volumes"], source
        for other in service.get("depends_on", {}):
            assert other in compose["services"]


def test_nginx_accepts_the_configuration_of_compose(compose: dict[str, Any], tmp_path: Path) -> None:
    values = compose["services"]["proxy"]["environment"]
    write_certificate(tmp_path)
    asked = set(re.findall(r"\$\{(FAIR_[A-Z]+)\}", TEMPLATE.read_text()))
    assert {name for name in values if name.startswith("FAIR_")} == asked
    text = TEMPLATE.read_text()
    for name in asked:
        text = text.replace("${" + name + "}", str(tmp_path) if name == "FAIR_FOLDER" else values[name])
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(text.replace("/certs/", f"{tmp_path}/"))
    done = subprocess.run([binary(), "-t", "-c", str(configuration)], capture_output=True, text=True, check=False)
    assert (done.returncode, "warn" in done.stderr) == (0, False), done.stderr


def test_tests_fill_in_the_template_as_envsubst_does(tmp_path: Path) -> None:
    text = filled_in(listen="127.0.0.1:1", upstreams=["127.0.0.1:2", "127.0.0.1:3"], folder=tmp_path)
    assert "${FAIR_" not in text
    assert "$http_upgrade" in text
    assert re.findall(r"server ([\d.:]+) max_fails", text) == ["127.0.0.1:2", "127.0.0.1:3"]


def _instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile and their arguments, with continued lines joined."""
    text = (REPOSITORY / "Dockerfile").read_text().replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1].strip()) for line in lines]


def test_image_copies_existing_files_and_its_commands_exist() -> None:
    instructions = _instructions()
    allowed = {line[1:] for line in (REPOSITORY / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    sources = {rest.split()[0] for word, rest in instructions if word == "COPY" and "--from" not in rest}
    assert sources == allowed
    assert [source for source in sources if not (REPOSITORY / source).exists()] == []
    for rest in (rest for word, rest in instructions if word == "RUN"):
        for step in rest.split("&&"):
            words = shlex.split(step)
            if words[:2] == ["python", "manage.py"]:
                parse(words)
    [command] = [rest for word, rest in instructions if word == "CMD"]
    parse(yaml.safe_load(command))
    given = {name for word, rest in instructions if word == "ENV" for name in re.findall(r"(\w+)=", rest)}
    assert given - settings_read() == {"PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}


def test_image_runs_as_an_unprivileged_user_on_locked_libraries() -> None:
    instructions = _instructions()
    words = [word for word, _ in instructions]
    assert dict(instructions)["USER"] == "fair"
    assert words.index("USER") > max(place for place, word in enumerate(words) if word in {"COPY", "RUN"})
    [install] = [rest for word, rest in instructions if word == "RUN" and "pip install" in rest]
    assert "--require-hashes -r /requirements.lock" in install


def test_healthcheck_of_the_image_works(serve: Servers) -> None:
    [check] = [rest for word, rest in _instructions() if word == "HEALTHCHECK"]
    _, flag, script = yaml.safe_load(check[check.index("[") :])
    # As in a container: it listens on all addresses.
    server = serve("--no-clock", "--no-tasks", "--bind", "0.0.0.0")
    for port, code in ((server.port, 0), (1, 1)):
        asking = [sys.executable, flag, script.replace(":8000/", f":{port}/")]
        assert subprocess.run(asking, capture_output=True, check=False).returncode == code
