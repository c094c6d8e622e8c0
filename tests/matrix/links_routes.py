"""The routes of the pictures of demands."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.files.made import picture
from tests.matrix.route_rows import READ, Act, Done, Route, of_fair, post
from tests.matrix.world import World

ADDED = ("booths.Attachment", "files.File")
BEGUN = {"place": "gallery", "name": "sample.png", "size": "1000", "modified": "1"}


def _sent(world: World) -> dict[str, Any]:
    return {"place": "gallery", "file": SimpleUploadedFile("sample.png", picture())}


def _at(thing: str) -> Callable[[World], list[Any]]:
    return lambda world: [world.fair.slug, world.things["demand"].pk, world.things[thing].pk]


# The upload that is under way is another company's.
ANOTHERS = post(404)
LINKS: Mapping[str, Route] = {
    "demands:pictures": Route(
        "demand",
        of_fair("demand"),
        READ | {"POST": Act(Done("demands:pictures", (*ADDED, "files.Rendition")), fields=_sent)},
    ),
    "demands:picture_remove": Route("demand", _at("demand_picture"), post("demands:pictures", *ADDED)),
    "demands:upload_begin": Route("demand", of_fair("demand"), post(200, "files.Upload", fields=BEGUN)),
    "demands:upload_finish": Route("demand", _at("upload"), ANOTHERS),
    "demands:upload_cancel": Route("demand", _at("upload"), ANOTHERS),
}
