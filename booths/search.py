"""What somebody types into the search, as terms that are sought among the tokens of texts, on both databases.

A query becomes terms, all of which must occur: a word is one, 不锈钢阀门 two. A term also stands for the HS headings
that it names in any language, so that 挂锁 finds a padlock described in Urdu.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Protocol, TypeAlias, cast

from django.db import models

from . import hs_codes, hs_typed, trade_words
from .hs_codes import CHAPTER, HEADING, SUBHEADING
from .search_segments import segments
from .search_words import HAN, are_joined, folded, pairs, parts, runs_of, stem, tokens

MAX_WORDS = 8
MAX_HEADINGS = 50  # that one word of a query stands for


def words(query: str) -> list[str]:
    """The folded words of a query, at most MAX_WORDS."""
    return folded(query).split()[:MAX_WORDS]


def hs_tokens(code: str) -> list[str]:
    """What an HS code is found by: its chapter, its heading and its first six digits."""
    return [code[:digits] for digits in (CHAPTER, HEADING, SUBHEADING) if len(code) >= digits]


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a query: any of `ways` to say it, each of tokens that must all occur, or any of `codes`.

    `codes`: the HS chapters, headings or subheadings that it names. `is_open`: the last token of a way may be the
    beginning of a word, as while somebody is still typing it.
    """

    ways: tuple[tuple[str, ...], ...]
    codes: tuple[str, ...] = ()
    is_open: bool = False

    @property
    def opened(self) -> "Term":
        """Open if that says something."""
        return replace(self, is_open=any(_begins_few(way[-1]) for way in self.ways))

    def occurs_in(self, found: Collection[str]) -> bool:
        """Whether a text with these tokens has it literally."""
        return any(
            all(token in found for token in way[:-1])
            and (way[-1] in found or (self.is_open and any(self.ends_with(token, way) for token in found)))
            for way in self.ways
        )

    def ends_with(self, token: str, way: tuple[str, ...]) -> bool:
        """Whether a text's token is the last one of a way, or if it is open a longer one."""
        return token == way[-1] or (self.is_open and _begins_few(way[-1]) and token.startswith(way[-1]))


def _begins_few(token: str) -> bool:
    """A letter, or two digits, begin thousands of words. A Chinese word is whole."""
    return len(token) >= (3 if token.isdigit() else 2) and not HAN.match(token)


@dataclass(frozen=True, slots=True)
class Query:
    """The terms of a query, all of which must occur, or any. Without terms it matches nothing.

    `called`: the headings of which several words together are one name, as solar panel is.
    """

    terms: tuple[Term, ...] = ()
    called: tuple[str, ...] = ()
    is_any: bool = False

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def opened(self) -> "Query":
        """The same with each word as the beginning of one."""
        return replace(self, terms=tuple(term.opened for term in self.terms))

    @property
    def literal(self) -> "Query":
        """The same without the headings that its words stand for."""
        return Query(tuple(replace(term, codes=()) for term in self.terms))

    @property
    def any_of(self) -> "Query":
        """The same with any of its terms."""
        return replace(self, is_any=True)

    @property
    def named(self) -> "Query":
        """The headings alone that its words stand for together, or else each word that stands for any."""
        if self.called:
            return Query((Term((), self.called),))
        return Query(tuple(replace(term, ways=()) for term in self.terms if term.codes))

    @property
    def headings(self) -> list[str]:
        """The headings that each of its words stands for."""
        first, *others = [term.codes for term in self.terms] or [()]
        return [code for code in first if len(code) == HEADING and all(code in codes for codes in others)]

    def fts5(self, column: str) -> str:
        """For SQLite's MATCH, in one column of the index. Tokens have no character that it gives a meaning to."""
        expression = self._expression(" AND ", " OR ", '"', " *")
        return f"{{{column}}} : ({expression})"

    def tsquery(self) -> str:
        """As PostgreSQL's type of this name."""
        return self._expression(" & ", " | ", "'", ":*")

    def _expression(self, both: str, either: str, quote: str, beginning: str) -> str:
        terms = []
        for term in self.terms:
            ways = [
                both.join(f"{quote}{token}{quote}" for token in way)
                + (beginning if term.is_open and _begins_few(way[-1]) else "")
                for way in term.ways
            ]
            ways += [f"{quote}{code}{quote}" for code in term.codes]
            terms.append(either.join(f"({way})" for way in ways))
        return (either if self.is_any else both).join(f"({term})" for term in dict.fromkeys(terms))


def has_more_words(query: str) -> bool:
    """Whether it has words beyond MAX_WORDS, which are not sought."""
    if hs_typed.typed_code(query):
        return False
    codes, rest = hs_typed.named_codes(folded(query))
    return len(codes) + len(parted(rest)) > MAX_WORDS


def parse(query: str) -> Query:
    """What somebody typed, at most MAX_WORDS words of it."""
    if code := hs_typed.typed_code(query):
        return Query((_of_code(code),))
    codes, rest = hs_typed.named_codes(folded(query))
    found = parted(rest)[:MAX_WORDS]
    terms, common = _agreed(_terms(found))
    if len(terms) > 1:
        terms = [_said_of_companies(term, word, common) for term, word in zip(terms, found, strict=True)]
    return Query((*map(_of_code, codes), *terms)[:MAX_WORDS], called=tuple(_called(terms, common)))


def _said_of_companies(term: Term, word: str, common: set[str]) -> Term:
    """A word of a country, or of makers, also stands for these, unless it is a part of what goods are called."""
    meant = trade_words.meant(word) if common.isdisjoint(term.codes) else ""
    return replace(term, ways=tuple(dict.fromkeys((*term.ways, *_ways(meant))))) if meant else term


def _of_code(code: str) -> Term:
    """An odd number of digits is one that somebody has not yet typed to its end."""
    is_whole = len(code) in (CHAPTER, HEADING) or len(code) >= SUBHEADING
    return Term(((code,),), (code[:SUBHEADING],) if is_whole else ())


def parted(text: str) -> list[str]:
    """The words of a folded text, those of Chinese apart, without particles where there are other words."""
    found: list[str] = []
    for word in text.split():
        is_one = not HAN.search(word) or (not HAN.fullmatch(word) and hs_codes.headings_named(word))
        for run in [word] if is_one else runs_of(word):
            found += segments(run) if HAN.fullmatch(run) else [run]
    found = [word for word in found if runs_of(word)]
    return [word for word in found if word not in trade_words.particles()] or found


def _terms(found: list[str]) -> list[Term]:
    """Each word with the word it may be written in one with, before or after it."""
    terms = []
    for at, word in enumerate(found):
        around = [found[at - 1] + word if at else "", word + found[at + 1] if at + 1 < len(found) else ""]
        joined = [one for one in around if are_joined(one, word)]
        alike = trade_words.of_one_meaning(word)
        ways = [way for one in (word, *alike) for way in _ways(one)] + [(stem(one),) for one in joined]
        # Alone such a word is of too many goods: its own headings are enough.
        codes = _named_by(word, [*joined, *(alike if len(found) > 1 else ())])
        terms.append(Term(tuple(dict.fromkeys(ways)), tuple(dict.fromkeys(codes))))
    return terms


def _ways(word: str) -> list[tuple[str, ...]]:
    """What a word is sought by; in Chinese each two characters of it."""
    runs, apart = runs_of(word), list[str]()
    for run in runs:
        apart += (pairs(run) or [run]) if HAN.match(run) else parts(run)
    whole = [] if HAN.search(word) else [(stem("".join(runs)),)]
    return [tuple(apart), *whole]


def _named_by(word: str, others: Iterable[str]) -> Iterator[str]:
    """The headings that have it as a whole word; where there are none, as the beginning of one. In Chinese also as a
    part: of 橡胶手套 the last two say what it is.
    """
    if code := hs_typed.typed_code(word):
        yield from _of_code(code).codes
        return
    for one in (word, *others):
        named = hs_codes.headings_named(one)
        is_part = bool(HAN.search(one)) and len(one) > 1
        yield from hs_codes.headings_matching(one) if is_part or (not named and not HAN.match(one)) else named


def _agreed(terms: list[Term]) -> tuple[list[Term], set[str]]:
    """Of the headings that words name those that most of them name: of a gate valve not what a gate's lock has.

    And which these are.
    """
    named = Counter(code for term in terms for code in term.codes)
    most = max(named.values(), default=1)
    common = {code for code, times in named.items() if times == most and most > 1}
    agreed = ([code for code in term.codes if code in common] or term.codes for term in terms)
    return [replace(term, codes=tuple(codes[:MAX_HEADINGS])) for term, codes in zip(terms, agreed, strict=True)], common


def _called(terms: list[Term], common: set[str]) -> Iterator[str]:
    """Of the headings in common, those of which one name has all the words that name any of them."""
    naming = [term for term in terms if not common.isdisjoint(term.codes)]
    for heading in sorted(common):
        if any(all(term.occurs_in(name) for term in naming) for name in hs_codes.names(heading)):
            yield heading


class Searchable(Protocol):
    """A model with the fields of a search."""

    def title_words(self) -> "Texts": ...

    def search_words(self) -> "Texts": ...


Texts: TypeAlias = Iterable[str | tuple[str, ...]]
"""What a row is found by. A tuple: texts whose tokens may be known, of many rows or computed beforehand."""
_known: dict[tuple[str, ...], str] = {}


@contextmanager
def knowing(texts: Iterable[tuple[str, ...]]) -> Iterator[None]:
    """Computes the tokens of these texts before a transaction in which rows that have them are saved, for it alone.

    Of a large fair that takes seconds, for which others would wait.
    """
    _known.update((one, indexed(one)) for one in texts)
    try:
        yield
    finally:
        _known.clear()


def indexed(texts: Texts) -> str:
    """The tokens of texts, as a column has them."""
    return " ".join(dict.fromkeys(token for text in texts for token in _tokens(text)))


def _tokens(text: str | tuple[str, ...]) -> Iterable[str]:
    if isinstance(text, str):
        return _of_text(text)
    known = _known.get(text)
    return _of_texts(text) if known is None else known.split()


@lru_cache(maxsize=2**10)  # certificates, countries and codes, and what is read for both columns of a row
def _of_text(text: str) -> tuple[str, ...]:
    return tuple(tokens(text))


@lru_cache(maxsize=2**12)  # the companies of a large fair, of which each has many products
def _of_texts(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(token for text in texts for token in _of_text(text)))


class SearchText(models.TextField):  # type: ignore[type-arg]  # takes arguments in its stubs alone
    """The tokens of a row, computed from what the model's method `words` returns whenever it is saved."""

    def __init__(self, *args: Any, words: str = "search_words", **kwargs: Any) -> None:
        self.words = words
        super().__init__(*args, **{"blank": True, "default": "", "editable": False, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "words": self.words}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        text = indexed(getattr(cast(Searchable, model_instance), self.words)())
        setattr(model_instance, self.attname, text)
        return text
