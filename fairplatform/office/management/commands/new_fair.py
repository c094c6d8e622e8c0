"""`manage.py new_fair SLUG --organiser E-MAIL-OR-MOBILE`: an empty draft fair and its organiser's personal link."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils import timezone

from fairplatform.accounts.actions import end_earlier_access
from fairplatform.accounts.contacts import Contact, UnreadableContact, make_person, read_contact
from fairplatform.accounts.models import PersonalLink, User
from fairplatform.fairs.drafts import make_draft
from fairplatform.fairs.models import Fair, RoleAssignment
from fairplatform.i18n.text import LANGUAGES, Translated, in_every_language
from fairplatform.i18n.times import Place
from fairplatform.i18n.zones import is_zone_of, usual_zone, zones_of
from fairplatform.office.fields import kind_of
from fairplatform.workbook.findings import sentence
from fairplatform.workbook.kinds import Unread
from fairplatform.workbook.kinds.kind import Row
from fairplatform.workbook.management.json_command import JsonCommand

# Exit codes: what was asked for cannot be read; what is stored does not allow it.
UNREADABLE, REFUSED = 2, 1
SIDES = ("host", "station")
Places = tuple[Place, Place]


class Impossible(CommandError):
    """Why there is no such fair: a code for programs and a sentence for people."""

    def __init__(self, code: str, sentence: str, *, returncode: int = REFUSED) -> None:
        super().__init__(sentence, returncode=returncode)
        self.code = code


class Command(JsonCommand):
    help = (
        "Makes an empty draft fair, and prints the personal link and entry code of its organiser, a new person if "
        "nobody has this e-mail address or mobile number. Earlier links, sessions and the password of somebody known "
        "end. The fair's two countries are given here or chosen on its first page: none is taken for granted. Run "
        "again for the same draft and organiser, it prints a new link; the earlier one stops working. Exit code 1: "
        "stored data do not allow it; 2: an argument is unreadable."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the fair's short name in addresses: letters, digits and hyphens")
        parser.add_argument("--organiser", required=True, help="e-mail address, or mobile number such as +923001234567")
        for option, whose in (("host", "exhibitors"), ("station", "buyers")):
            parser.add_argument(
                f"--{option}-country", default="", help=f"the {whose}' country: its ISO 3166 code or name, such as AE"
            )
            parser.add_argument(
                f"--{option}-zone", default="", help="its IANA time zone; the usual one of the country if left out"
            )
        parser.add_argument("--name", default="", help="the fair's name; the slug if left out")
        parser.add_argument("--days", type=int, default=14, help="how long the link is valid")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON alone, also on errors")

    def failure(self, code: str, text: str) -> dict[str, object]:
        return {"error": code, "text": text}

    def handle(self, *args: Any, as_json: bool, **options: Any) -> None:
        try:
            places = _read_places(options)
            made = _make(options["slug"], options["organiser"], options["name"], options["days"], places)
        except Impossible as impossible:
            self.fail(impossible.code, str(impossible), impossible.returncode, is_json=as_json)
        self.stdout.write(json.dumps(made) if as_json else _words(made))


def _words(made: dict[str, Any]) -> str:
    begin = "There is a new draft fair" if made["created"] else "A new link for the draft fair"
    between = " and ".join(made["countries"])
    countries = f"Its countries are {between}." if between else "Its two countries are chosen in its settings."
    sentence = f"{begin}: {made['fair']}. {countries} Its organiser opens this link and enters the code."
    return "\n".join((sentence, made["link"], f"code {made['code']}"))


def _make(slug: str, organiser: str, name: str, days: int, places: Places | None) -> dict[str, Any]:
    slug, contact = _read(slug, organiser, days)
    now = timezone.now()
    _require_tables()
    with transaction.atomic():
        person = _person(contact, slug)
        fair = Fair.objects.filter(slug__iexact=slug).first()
        if created := fair is None:
            # Whoever could sign in as this person, in whatever fair, must not come with them into this one.
            end_earlier_access(person)
            fair = make_draft(slug=slug, name=name.strip() or slug, organiser=person, now=now, places=places)
        elif not _is_draft_of(fair, person):
            raise Impossible("slug_taken", f"There is already a fair {fair.slug}. Choose another slug.")
        elif places:
            _keep_places(fair, places)
        link, secret, code = PersonalLink.issue(person, now=now, days=days)
    address = f"{settings.PUBLIC_URL}{reverse('accounts:enter', args=[secret])}"
    expires = link.expires_at.isoformat(timespec="seconds")
    return {
        "fair": fair.slug, "created": created, "countries": fair.countries, "link": address, "code": code,
        "expires_at": expires,
    }  # fmt: skip


def _keep_places(fair: Fair, places: Places) -> None:
    """Of a draft whose countries are not chosen yet."""
    if fair.has_countries and fair.places != places:
        others = f"The fair {fair.slug} has other countries or time zones. Leave them out: its settings change them."
        raise Impossible("other_countries", others)
    fair.places = places
    fair.save(update_fields=["host_country", "host_zone", "station_country", "station_zone"])


def _read_places(options: Mapping[str, str]) -> Places | None:
    """Of the exhibitors and the buyers; None where neither country is given."""
    host, station = (_read_place(side, options[f"{side}_country"], options[f"{side}_zone"]) for side in SIDES)
    if host and station:
        return host, station
    if host or station:
        missing = "--station-country" if host else "--host-country"
        raise Impossible(
            "country_missing", f"Give both countries, or neither: {missing} is missing.", returncode=UNREADABLE
        )
    return None


def _read_place(side: str, country: str, zone: str) -> Place | None:
    if not country:
        if zone:
            sentence = f"--{side}-zone needs the country it is in: --{side}-country is missing."
            raise Impossible("country_missing", sentence, returncode=UNREADABLE)
        return None
    code = _value(f"{side}_country", country)
    named = _value(f"{side}_zone", zone) if zone else usual_zone(code)
    if not is_zone_of(named, code):
        known = ", ".join(zones_of(code))
        sentence = f"{zone or 'None'} is not a time zone of {code}. Its time zones: {known or 'none'}."
        raise Impossible("zone_elsewhere", sentence, returncode=UNREADABLE)
    return Place(code, named)


def _value(column: str, text: str) -> str:
    """As a workbook reads it in this column of the fair."""
    try:
        return str(kind_of("fair", column).read(text, Row(None, lambda code, **parameters: None)))
    except Unread as unread:
        raise Impossible(
            "slug_malformed" if column == "slug" else "place_unreadable",
            sentence(unread.code, unread.parameters),
            returncode=UNREADABLE,
        ) from None


def _read(slug: str, organiser: str, days: int) -> tuple[str, Contact]:
    """The slug as a workbook reads it: its fair is found by the same name."""
    read = _value("slug", slug)
    if days < 1:
        raise Impossible("days_malformed", "--days must be at least 1.", returncode=UNREADABLE)
    try:
        return read, read_contact(organiser)
    except UnreadableContact:
        unreadable = (
            f"“{organiser}” is neither an e-mail address nor a mobile number with its country's code, such as "
            "+923001234567."
        )
        raise Impossible("organiser_unreadable", unreadable, returncode=UNREADABLE) from None


def _require_tables() -> None:
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as failure:
        raise Impossible("database_unavailable", f"The database cannot be opened: {failure}") from None
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Impossible("database_not_prepared", "The database is not prepared. Run `manage.py prepare` first.")


def _person(contact: Contact, slug: str) -> User:
    """The one who has this address, or a new person.

    A number proves nothing, for anybody may have entered it in another fair: it finds only who organises this one.
    """
    accounts = User.objects.filter(contact.owners).order_by("pk")
    if not contact.email:
        accounts = accounts.filter(roles__fair__slug__iexact=slug, roles__role=RoleAssignment.Kind.ORGANISER)
    person = accounts.first() or _new_person(contact)
    if not person.is_active:
        raise Impossible("organiser_deactivated", "The account with this address or number is deactivated.")
    if person.is_demo:
        raise Impossible(
            "organiser_of_demonstration", "This address or number belongs to a person of the demonstration."
        )
    return person


def _new_person(contact: Contact) -> User:
    """Called by their office until they enter their name: a workbook's people all have one."""
    person = make_person(contact)
    person.name = Translated(zip(LANGUAGES, in_every_language(RoleAssignment.Kind.ORGANISER.label), strict=True))
    person.save(update_fields=["name"])
    return person


def _is_draft_of(fair: Fair, person: User) -> bool:
    organises = fair.roles.filter(user=person, role=RoleAssignment.Kind.ORGANISER).exists()
    return fair.state == Fair.State.DRAFT and organises
