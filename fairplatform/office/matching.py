"""People found by a word of their names or contacts, in the database: a fair has tens of thousands of them."""

from django.db.models import Q

from fairplatform.i18n.text import LANGUAGES, fold

_FIELDS = (*(f"name__{code}" for code in LANGUAGES), "email", "phone", "wechat", "whatsapp")


def person_has(word: str, at: str = "") -> Q:
    """The word, as typed or folded, occurs in a name or a contact; `at`: the lookup that leads to the person."""
    matches = Q()
    for form in {word, fold(word)}:
        for name in _FIELDS:
            matches |= Q(**{f"{at}{name}__icontains": form})
    return matches
