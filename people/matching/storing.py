"""Search rows of persons, as the actions that make or correct a person store them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from audit.bulk import create_in_bulk
from audit.keys import load_keys
from people.matching import whereabouts
from people.matching.described import Aside, all_words, described
from people.matching.keys import VERSION, codes_of, keys_of
from people.matching.normalising import years_in
from people.matching.remembering import forget
from people.models import Person, PersonName, SearchRow

_COLUMNS = (
    "given", "family", "other", "born", "born_about", "postcode", "facts", "facts_version", "told_in", "keys",
    "version",
)  # fmt: skip


def search_rows(persons: Sequence[Person], asides: Sequence[Aside]) -> list[SearchRow]:
    """A new search row for each person, in order, not stored yet. One statement however many persons.

    `asides`: what is known of each aside from their own row.
    """
    told = [described(person, aside) for person, aside in zip(persons, asides, strict=True)]
    codes, version = codes_of(all_words(told)), whereabouts.version()
    rows = [
        SearchRow(
            person=person, **each._asdict(), told_in=aside.year, keys=keys_of(each, codes),
            version=VERSION, facts_version=version,
        )
        for person, aside, each in zip(persons, asides, told, strict=True)
    ]  # fmt: skip
    forget()
    return rows


def store_anew(persons: Sequence[Person], asides: Mapping[UUID, Aside], *, now: datetime) -> int:
    """Store the search rows of persons as they would be made today, and say of how many. To be called in an action.

    Of those who are not in `asides` what is known stays, and so does whether it is due to be told anew. Whoever calls
    it holds the persons' locks: by which other names they are known is asked here.
    """
    names = names_beside(person.pk for person in persons)
    known = {row.person_id: row for row in SearchRow.objects.filter(person__in=persons)}
    kept = [_kept(each, known.get(each.pk)) for each in persons]
    told = [asides.get(each.pk, aside) for each, aside in zip(persons, kept, strict=True)]
    named = [each._replace(names=names.get(person.pk, ())) for person, each in zip(persons, told, strict=True)]
    rows = search_rows(persons, named)
    for row in rows:
        before = known.get(row.person_id)
        if before:
            row.pk = before.pk
        if row.person_id not in asides:
            row.facts_version = before.facts_version if before else 0
    if rows:
        create_in_bulk(SearchRow, rows, now=now, update=_COLUMNS)
    return len(rows)


def names_beside(persons: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """What stands beside each of the persons as another name of theirs and is not struck out. Two queries."""
    standing = list(PersonName.objects.filter(person__in=list(persons), struck_at=None).order_by("written_at", "pk"))
    load_keys({row.person_id for row in standing})
    found: dict[UUID, tuple[str, ...]] = {}
    for row in standing:
        found[row.person_id] = (*found.get(row.person_id, ()), row.name)
    return found


def _kept(person: Person, row: SearchRow | None) -> Aside:
    """What a row says aside from its person; of one that was made before it said so, the year follows from the age."""
    if row is None:
        return Aside()
    years = years_in(person.approximate_age)
    told_in = row.born_about + years if row.born_about and years is not None else None
    return Aside(row.told_in or told_in, row.facts)


def without_facts(after: UUID | None, count: int) -> list[UUID]:
    """The next persons of whom nothing was told aside from their own rows, or under other rules or another key."""
    behind = Q(search_row=None) | ~Q(search_row__facts_version=whereabouts.version())
    found = Person.objects.filter(behind, **({"pk__gt": after} if after else {}))
    return list(found.order_by("pk").values_list("pk", flat=True)[:count])
