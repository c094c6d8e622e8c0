#!/usr/bin/env python
"""The one command of the program."""

import os
import sys
from argparse import ArgumentParser


def main() -> None:
    _take_port(sys.argv[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairplatform.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def _take_port(arguments: list[str]) -> None:
    """The port of `serve --port` is the settings' too: links and trusted origins follow from it."""
    if arguments[:1] != ["serve"]:
        return
    parser = ArgumentParser(add_help=False)
    parser.add_argument("--port", default="")
    given, _others = parser.parse_known_args(arguments[1:])
    # Whatever else is written there, the command itself refuses.
    if given.port.isdecimal():
        os.environ["PORT"] = given.port


if __name__ == "__main__":
    main()
