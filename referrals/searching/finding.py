"""Finding referrals by whom they are about, or by reference: by the keys of matching, and never past the reader's own.

Who may read what is asked in the statement itself, before any row is counted: what others have takes no place among
those that are fetched, and changes neither their order nor how many statements there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import and_, or_
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, Func, IntegerField, Q, QuerySet, TextField, Value, When

from agencies.models import User
from people.beside import other_names_known
from people.matching.comparing import AGE_WRONG_BY
from people.matching.described import Described
from people.matching.keys import Codes, birth_keys, codes_of, name_keys
from people.matching.normalising import outward_of
from people.matching.remembering import forget
from people.matching.searching import swapped
from referrals.models import Referral, Search
from referrals.models.search import KEPT
from referrals.searching.fitting import Fit, fit
from referrals.searching.typed import Typed
from referrals.selectors import every_readable

# How many a page shows, and how many rows one way to look may bring: what fits best word for word, then the newest.
SHOWN = 50
FOUND = 300
_ROW = "person__search_row__"
_NAMES = (f"{_ROW}given", f"{_ROW}family", f"{_ROW}other")
_TOLD = (*_NAMES, f"{_ROW}born", f"{_ROW}born_about", f"{_ROW}postcode")


@dataclass(frozen=True)
class Found:
    """A referral that was found, and how its person fits what was typed."""

    referral: UUID
    submitted_at: datetime
    fit: Fit


@dataclass(frozen=True)
class Finding:
    """The best of what was found, at most `SHOWN`, and whether there is more."""

    found: list[Found]
    more: bool


def own_search(reader: User, search_id: UUID, *, now: datetime) -> Search:
    """A search of the reader's own of the last hour. Raises Search.DoesNotExist alike for all others."""
    found: Search = Search.objects.get(pk=search_id, made_by=reader, made_at__gt=now - KEPT)
    return found


def find(reader: User, typed: Typed) -> Finding:
    """What the reader may read and fits all that was typed, the best first; where that is equal, the newest.

    Whoever is named by their reference is found whatever else was typed. The same statements whatever is found; more
    of them where names were typed.
    """
    rows, cut_off = _rows(reader, typed)
    # A name that another desk keeps to itself helps to match, but a search must not confirm it.
    told_less = other_names_known(reader, {row[1] for row in rows}) if typed.names else {}
    best: dict[UUID, Found] = {}
    for pk, person, reference, submitted_at, *told in rows:
        known = Described(*told)
        known = known._replace(other=told_less.get(person, known.other))
        fits = Fit(by_reference=True) if reference in typed.references else fit(typed, known)
        if fits:
            best[pk] = Found(pk, submitted_at, fits)
    forget()
    ordered = sorted(best.values(), key=lambda each: (each.fit.far, -each.submitted_at.timestamp(), each.referral))
    return Finding(ordered[:SHOWN], more=cut_off or len(ordered) > SHOWN)


def _rows(reader: User, typed: Typed) -> tuple[list[Any], bool]:
    """Rows that may fit, some of them twice, and whether there are more than could be fetched."""
    known = Referral.objects.filter(pk__in=every_readable(reader))
    by_person = list(_ways(typed, codes_of(typed.names) if typed.names else {}))
    parts = [_part(known.filter(reduce(or_, by_person)), typed)] if by_person else []
    if typed.references:
        parts.append(_part(known.filter(reference__in=typed.references), typed))
    rows = list(parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]) if parts else []
    return rows, len(rows) - len(typed.references) > FOUND


def _part(found: QuerySet[Referral], typed: Typed) -> QuerySet[Any, Any]:
    """The first of these rows: those with the very date, postcode and words before others, then the newest."""
    words = Func(
        *_NAMES,
        template="string_to_array(concat_ws(' ', %(expressions)s), ' ')",
        output_field=ArrayField(TextField()),
    )
    exact = [
        _first(Q(**{f"{_ROW}born__in": typed.dates})) if typed.dates else None,
        _first(Q(**{f"{_ROW}postcode__in": typed.postcodes})) if typed.postcodes else None,
        _first(Q(told__contains=list(typed.names))) if typed.names else None,
    ]
    order = [each for each in exact if each is not None]
    found = found.annotate(told=words).order_by(*order, "-submitted_at", "pk")
    return found.values_list("pk", "person_id", "reference", "submitted_at", *_TOLD)[: FOUND + 1]


def _first(condition: Q) -> Case:
    return Case(When(condition, then=Value(0)), default=Value(1), output_field=IntegerField())


def _ways(typed: Typed, codes: Codes) -> Iterator[Q]:
    """All ways to look: by every name; by the very date; by the postcode; each among what else may still fit."""
    keyed = [keys for word in typed.names if (keys := name_keys(word, codes))]
    born, placed = _near_birth(typed), _near_place(typed)
    if keyed:
        yield reduce(and_, (_any(keys) for keys in keyed)) & born & placed
    if typed.dates:
        yield _any([key for day in typed.dates for key in (f"b:{day}", *swapped(day))]) & placed
    if typed.postcodes:
        yield _any([f"p:{each}" for each in typed.postcodes]) & born
    if typed.districts and not keyed and not typed.dates:
        yield _any([f"o:{each}" for each in typed.districts])


def _any(keys: list[str]) -> Q:
    return Q(**{f"{_ROW}keys__overlap": keys})


def _near_birth(typed: Typed) -> Q:
    """Who may have been born on one of the dates: it is the date or nearly, or no date of theirs is known."""
    if not typed.dates:
        return Q()
    keys = [key for day in typed.dates for key in (*birth_keys(Described(born=day))[:4], *swapped(day))]
    unknown = Q(**{f"{_ROW}born": None})
    about = Q(**{f"{_ROW}born_about": None})
    for day in typed.dates:
        about |= Q(**{f"{_ROW}born_about__range": (day.year - AGE_WRONG_BY, day.year + AGE_WRONG_BY)})
    return _any(keys) | (unknown & about)


def _near_place(typed: Typed) -> Q:
    """Who may live at one of the postcodes: in its district, or nobody knows where."""
    if not typed.postcodes and not typed.districts:
        return Q()
    districts = [f"o:{outward_of(each) or each}" for each in (*typed.postcodes, *typed.districts)]
    return _any([*districts, *(f"p:{each}" for each in typed.postcodes)]) | Q(**{f"{_ROW}postcode": ""})
