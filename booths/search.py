"""How texts and queries are made comparable for the search in three languages, on both databases.

A text becomes tokens: folded words, and in Chinese, which has no spaces between words, each character and each two that
follow each other. A query becomes terms, all of which must occur: a word is one token, 不锈钢 two, T-shirt two. A term
also stands for the HS headings that it names in any language, so that 挂锁 finds a padlock described in Urdu.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Protocol, cast

from django.db import models

from fairplatform.i18n.text import fold

from . import hs_codes
from .chinese import SIMPLIFIED

MAX_WORDS = 8
MAX_HEADINGS = 50  # that one word of a query stands for
_HS_CODE = re.compile(r"\d{2}|\d{4}|\d{2}\.\d{2}|(?:\d{4}|\d{2}\.\d{2})(?:[. ]?\d{2}){1,3}")
_RUNS = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+|[^\\W_\u3400-\u9fff\U00020000-\U0003ffff]+")
HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_SINGULAR = (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("ss", "ss"), ("s", ""))
_ZWNJ = "\u200c"
_SHORTEST_PLURAL = 4  # letters; a shorter word is taken as it is: gas, CFS


def words(query: str) -> list[str]:
    """The folded words of a query, at most MAX_WORDS."""
    return _folded(query).split()[:MAX_WORDS]


def tokens(text: str) -> list[str]:
    """What a text is indexed by. An English plural is what its singular is; T-shirt is also tshirt."""
    found = []
    for word in _folded(text).split():
        runs = _RUNS.findall(word)
        for run in runs:
            found += [*run, *_pairs(run)] if HAN.match(run) else [_singular(run)]
        found += _joined(runs)
    return found


def _folded(text: str) -> str:
    """Urdu's words within a word are parted by a joiner that is not seen: they become two, and one."""
    return fold(text.replace(_ZWNJ, "-")).translate(SIMPLIFIED)


def _sought(word: str) -> tuple[tuple[str, ...], ...]:
    """The ways in which a text may have this word, each the tokens it then has; in Chinese the longest alone."""
    runs = _RUNS.findall(word)
    parts: list[str] = []
    for run in runs:
        parts += (_pairs(run) or [run]) if HAN.match(run) else [_singular(run)]
    return tuple(way for way in (tuple(parts), tuple(_joined(runs))) if way)


def _joined(runs: list[str]) -> list[str]:
    """A word of several parts, such as an article number, as it is written without what parts them."""
    if len(runs) == 1 or any(HAN.match(run) for run in runs):
        return []
    return [_singular("".join(runs))] if runs else []


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _singular(word: str) -> str:
    if len(word) >= _SHORTEST_PLURAL and word.isascii() and word.isalpha():
        for ending, instead in _SINGULAR:
            if word.endswith(ending):
                return word.removesuffix(ending) + instead
    return word


def hs_prefix(query: str) -> str:
    """The first two, four or six digits of an HS code that was typed as a query; empty when the query is not a code.

    Pakistan's PCT codes have eight digits and China's commodity codes ten: the first six are the same in both.
    """
    return _hs_code(query)[:6]


def _hs_code(query: str) -> str:
    """All digits of a code."""
    code = fold(query).removeprefix("hs").strip()
    return re.sub(r"\D", "", code) if _HS_CODE.fullmatch(code) else ""


def hs_tokens(code: str) -> list[str]:
    """What an HS code is found by: its chapter, its heading and its first six digits."""
    return [code[:digits] for digits in (2, 4, 6) if len(code) >= digits]


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
        """Open if that says something: a letter, or two digits, begin thousands of words. A Chinese word is whole."""
        last = self.ways[0][-1] if self.ways else ""
        return replace(self, is_open=len(last) >= (3 if last.isdigit() else 2) and not HAN.match(last))

    def occurs_in(self, found: Collection[str]) -> bool:
        """Whether a text with these tokens has it literally."""
        return any(all(token in found for token in way[:-1]) and self._ends(way[-1], found) for way in self.ways)

    def _ends(self, last: str, found: Collection[str]) -> bool:
        return last in found or (self.is_open and any(token.startswith(last) for token in found))


@dataclass(frozen=True, slots=True)
class Query:
    """The terms of a query, all of which must occur. Without any it matches nothing."""

    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def opened(self) -> "Query":
        """The same with each word as the beginning of one."""
        return Query(tuple(term.opened for term in self.terms))

    @property
    def literal(self) -> "Query":
        """The same without the headings that its words stand for."""
        return Query(tuple(replace(term, codes=()) for term in self.terms))

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
            ending = beginning if term.is_open else ""
            ways = [both.join(f"{quote}{token}{quote}" for token in way) + ending for way in term.ways]
            ways += [f"{quote}{code}{quote}" for code in term.codes]
            terms.append(either.join(f"({way})" for way in ways))
        return both.join(f"({term})" for term in terms)


def parse(query: str) -> Query:
    """What somebody typed, at most MAX_WORDS words of it."""
    if code := _hs_code(query):
        return Query((Term(((code,),), (code[:6],)),))
    terms = (_term(word) for word in words(query))
    return Query(tuple(term for term in terms if term.ways))


def _term(word: str) -> Term:
    ways = _sought(word)
    if not ways:
        return Term(())
    codes = [hs_prefix(word)] if hs_prefix(word) else hs_codes.headings_matching(word)[:MAX_HEADINGS]
    return Term(ways, tuple(codes))


class Searchable(Protocol):
    """A model with the fields of a search."""

    def title_words(self) -> list[str]: ...

    def search_words(self) -> list[str]: ...


class SearchText(models.TextField):  # type: ignore[type-arg]  # takes arguments in its stubs alone
    """The tokens of a row, computed from what the model's method `words` returns whenever it is saved."""

    def __init__(self, *args: Any, words: str = "search_words", **kwargs: Any) -> None:
        self.words = words
        super().__init__(*args, **{"blank": True, "default": "", "editable": False, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "words": self.words}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        found: list[str] = getattr(cast(Searchable, model_instance), self.words)()
        text = " ".join(dict.fromkeys(token for text in found for token in tokens(text)))
        setattr(model_instance, self.attname, text)
        return text
