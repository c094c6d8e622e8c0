"""Whose clocks a person or a company reads in a fair: their own, and those of the people they meet there."""

from fairplatform.accounts.models import Viewer
from fairplatform.i18n.times import NOWHERE, Place, country_of
from fairplatform.i18n.zones import usual_zone
from fairplatform.policy import Role

from .memberships import memberships
from .models import Fair, Participation


def places_for(person: Viewer, fair: Fair | None, language: str) -> tuple[Place, ...]:
    """The reader's own place first, then the others'.

    A visitor's, or that of a person of whom no place is known yet, is that of the fair's two countries in which their
    language is at home, else the station. For a person from a third country the others are the people of the other
    side, or both where they are on neither or on both.
    """
    if fair is None:
        return (_own(person),)
    host, station = fair.places
    if not person.is_authenticated or not (person.country or person.zone):
        return (host, station) if host.country == country_of(language) else (station, host)
    own = Place(person.country, person.zone or fair.zone_of(person.country))
    side = host if own == host else next((place for place in (station, host) if place.country == own.country), None)
    others = [place for place in (host, station) if place != side] if side else _partners(person, fair)
    return (own, *others)


def places_of_company(participation: Participation) -> tuple[Place, ...]:
    """A company's own place, then that of those it meets."""
    fair, country = participation.fair, participation.company.country
    host, station = fair.places
    own = Place(country, fair.zone_of(country))
    others = [place for place in (host, station) if place.country != country]
    if len(others) > 1 and participation.sells != participation.buys:  # of a third country
        others = [station if participation.sells else host]
    return (own, *others)


def _own(person: Viewer) -> Place:
    if not person.is_authenticated:
        return NOWHERE
    return Place(person.country, person.zone or usual_zone(person.country) or NOWHERE.zone)


def _partners(person: Viewer, fair: Fair) -> tuple[Place, ...]:
    """Exhibitors meet the station's people, buyers the host's."""
    host, station = fair.places
    sides = memberships(person, fair.pk).roles & {Role.EXHIBITOR, Role.BUYER}
    if sides == {Role.EXHIBITOR}:
        return (station,)
    return (host,) if sides == {Role.BUYER} else (host, station)
