"""The organiser's short names of rows, and the addresses made of them."""

from collections.abc import Iterable, Sequence

from django.utils.text import slugify

from fairplatform.accounts.models import Company

from .models.participation import KEY_LENGTH


def new_key(names: Iterable[str], taken: set[str], length: int = KEY_LENGTH) -> str:
    """A key for a row that has none: made of the first of its names that has Latin letters or digits, and unique.

    It is added to `taken`.
    """
    stem = next(filter(None, (slugify(name)[: length - 5].strip("-") for name in names)), "row")
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}-{number}", number + 1
    taken.add(key)
    return key


def give_slugs(companies: Sequence[Company]) -> None:
    """Gives new companies their addresses, made of their English names."""
    taken = set(Company.objects.values_list("slug", flat=True)) if companies else set()
    length = Company._meta.get_field("slug").max_length
    for company in companies:
        company.slug = new_key([company.name.get("en", ""), "company"], taken, length or KEY_LENGTH)
