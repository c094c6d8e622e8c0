"""A picture on a page and over HTTP: in the widths it has, and for those alone who see what it belongs to."""

from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from booths.models import Booth
from fairplatform.fairs.models import Fair
from fairplatform.files.actions import add_file, store
from fairplatform.files.contents import Content
from fairplatform.files.kinds import DRAWING
from fairplatform.files.models import File
from fairplatform.files.serving import LASTING
from fairplatform.files.storage import put, temporary
from tests.factories import NOW, actor, make_exhibitor, make_fair, make_person, make_staff
from tests.files.made import PDF, SVG, picture


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path
    return tmp_path


def stored(*, state: str = "open", size: tuple[int, int] = (700, 350), name: str = "Fabrik.PNG") -> File:
    booth = make_exhibitor(make_fair(state=state)).booth
    content = picture(size)
    return store(actor(make_staff(booth.participation)), owner=booth, name=name, content=content, now=NOW)


def drawing() -> File:
    """As the program stores its own: no upload is of this kind."""
    with temporary(SVG) as source:
        content = Content(DRAWING, put(source), [])
    return add_file(owner=make_exhibitor(make_fair()).booth, name="pump.svg", content=content, by=None, now=NOW)


def owner(file: File) -> Booth:
    return Booth.objects.get(pk=file.owner_key)


def address(file: File, width: int) -> str:
    return f"/files/pictures/{file.renditions.get(width=width).sha256}/"


def drawn(file: File, alt: str = "") -> str:
    page = Template("{% load pictures %}{% picture file alt sizes='20rem' %}")
    return page.render(Context({"file": file, "alt": alt}))


@pytest.mark.django_db
def test_the_page_knows_the_size_and_the_widths_of_a_picture() -> None:
    file = stored()
    small, middle, large = (address(file, width) for width in (320, 640, 700))
    assert drawn(file, '"<Fabrik>"') == (
        f'<img src="{middle}" srcset="{small} 320w, {middle} 640w, {large} 700w" sizes="20rem" '
        'width="700" height="350" alt="&quot;&lt;Fabrik&gt;&quot;" loading="lazy" decoding="async">'
    )
    wide, narrow = stored(size=(900, 90)), stored(size=(50, 90))
    assert f'src="{address(wide, 640)}"' in drawn(wide)
    assert f'src="{address(narrow, 50)}"' in drawn(narrow)


@pytest.mark.django_db
def test_a_drawing_of_the_program_is_shown_as_it_is() -> None:
    file = drawing()
    assert (
        drawn(file, "Pump") == f'<img src="/files/pictures/{file.sha256}/" alt="Pump" loading="lazy" decoding="async">'
    )


@pytest.mark.django_db(transaction=True)
async def test_each_width_is_served_to_those_who_see_the_owner(async_client) -> None:
    public = await sync_to_async(stored)()
    hidden = await sync_to_async(stored)(state="draft", size=(600, 90))
    async for row in public.renditions.all():
        answer = await async_client.get(reverse("files:picture", args=[row.sha256]))
        content = b"".join([part async for part in answer.streaming_content])
        assert (answer.status_code, answer["Content-Type"], content) == (200, "image/webp", row.path.read_bytes())
        assert answer["Content-Disposition"] == 'inline; filename="Fabrik.webp"'
        assert (answer["X-Content-Type-Options"], "sandbox" in answer["Content-Security-Policy"]) == ("nosniff", True)
    async for row in hidden.renditions.all():
        assert (await async_client.get(reverse("files:picture", args=[row.sha256]))).status_code == 404
    assert (await async_client.get(reverse("files:picture", args=["0" * 64]))).status_code == 404
    assert (await async_client.get(f"/files/pictures/{'A' * 64}/")).status_code == 404


def caching(client: Client, where: str) -> tuple[int, str, str]:
    answer = client.get(where)
    return answer.status_code, answer["Cache-Control"], answer.get("Vary", "")


@pytest.mark.django_db
def test_equal_content_has_one_address_which_is_open_while_one_of_its_files_is(client: Client) -> None:
    hidden, public = stored(state="draft"), stored()
    where = address(public, 640)
    assert address(hidden, 640) == where
    assert caching(client, where) == (200, LASTING, "")
    assert "Set-Cookie" not in client.get(where).headers
    Fair.objects.filter(pk=owner(public).fair_id).update(state="draft")
    assert client.get(where).status_code == 404


@pytest.mark.django_db
def test_a_hidden_picture_is_kept_by_those_alone_who_see_it(client: Client) -> None:
    hidden = stored(state="draft")
    where = address(hidden, 640)
    assert client.get(where).status_code == 404
    client.force_login(make_person())
    assert client.get(where).status_code == 404
    client.force_login(make_staff(owner(hidden).participation))
    assert client.get(where)["Cache-Control"] == "private, no-cache"


@pytest.mark.django_db
def test_documents_have_no_address_by_their_content(client: Client) -> None:
    booth = make_exhibitor(make_fair()).booth
    paper = store(actor(make_staff(booth.participation)), owner=booth, name="prices.pdf", content=PDF, now=NOW)
    assert client.get(reverse("files:picture", args=[paper.sha256])).status_code == 404


@pytest.mark.django_db
def test_as_many_queries_however_many_files_have_the_content(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    where = address(stored(state="draft"), 640)
    with CaptureQueriesContext(connection) as few:
        client.get(where)
    for _ in range(5):
        stored(state="draft")
    with django_assert_num_queries(len(few)):
        assert client.get(where).status_code == 404


@pytest.mark.django_db(transaction=True)
async def test_a_drawing_is_served_inline_and_can_run_nothing(async_client) -> None:
    file = await sync_to_async(drawing)()
    answer = await async_client.get(reverse("files:picture", args=[file.sha256]))
    assert (answer["Content-Type"], answer["Content-Disposition"]) == ("image/svg+xml", 'inline; filename="pump.svg"')
    assert answer["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
