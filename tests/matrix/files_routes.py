"""The routes of files: reading them, sending them, and the pages of an exhibitor's pictures and documents."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.files.made import PDF
from tests.matrix.route_rows import READ, Act, Done, Route, alone, fair_slug, names, of_fair, post
from tests.matrix.world import World

# A rival keeps a booth too, but this product, attachment or upload is not theirs; an upload is not the clerk's either.
NOT_THEIRS = {"rival": Done(404)}
NOT_SENT = NOT_THEIRS | {"clerk": Done(404)}
ADDED = ("booths.Attachment", "files.File")
BEGUN = {"place": "document", "name": "prices.pdf", "size": "1000", "modified": "1"}


def _document(world: World) -> dict[str, Any]:
    return {"place": "document", "file": SimpleUploadedFile("prices.pdf", PDF)}


def _picture(world: World) -> list[Any]:
    return [world.things["file"].renditions.get(width=30).sha256]


def _adds(route: str, others: Mapping[str, Done]) -> dict[str, Act]:
    return {"GET": Act(others=others), "POST": Act(Done(route, ADDED), others, _document)}


def _titles(world: World) -> dict[str, str]:
    return {name.replace("name", "title"): text for name, text in names("Factory").items()}


FILES: Mapping[str, Route] = {
    "files:file": Route("file", alone("file"), READ),
    "files:picture": Route("file", _picture, READ),
    # Without a part in its body it tells where it goes on.
    "files:upload": Route("upload", alone("upload"), READ | {"PUT": Act(Done(409))}),
    "booth_office:files": Route("own_booth", fair_slug, _adds("booth_office:files", {})),
    "booth_office:product_files": Route(
        "own_booth", of_fair("product"), _adds("booth_office:product_files", NOT_THEIRS)
    ),
    "booth_office:attachment_title": Route(
        "own_booth",
        of_fair("attachment"),
        {"POST": Act(Done("booth_office:files", ("booths.Attachment",)), NOT_THEIRS, _titles)},
    ),
    # It is the only one, so that nothing moves.
    "booth_office:attachment_move": Route(
        "own_booth", of_fair("attachment"), post("booth_office:files", fields={"to": "up"}, others=NOT_THEIRS)
    ),
    "booth_office:attachment_remove": Route(
        "own_booth", of_fair("attachment"), post("booth_office:files", *ADDED, others=NOT_THEIRS)
    ),
    "booth_office:upload_begin": Route("own_booth", fair_slug, post(200, "files.Upload", fields=BEGUN)),
    "booth_office:product_upload_begin": Route(
        "own_booth", of_fair("product"), post(200, "files.Upload", fields=BEGUN, others=NOT_THEIRS)
    ),
    # It has not arrived whole.
    "booth_office:upload_finish": Route("own_booth", of_fair("upload"), post(409, others=NOT_SENT)),
    "booth_office:upload_cancel": Route(
        "own_booth", of_fair("upload"), post("booth_office:files", "files.Upload", others=NOT_SENT)
    ),
}
