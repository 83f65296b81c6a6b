"""A database of its own with many persons in it, filled past actions and ledger: nobody in it exists."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from itertools import islice
from typing import Any, LiteralString
from uuid import UUID, uuid4

import psycopg
from django.db import connection

from benchmarks.matching.imagining import TODAY, Told
from people.matching.described import Aside, Described, all_words, described
from people.matching.keys import VERSION, codes_of, keys_of
from people.matching.whereabouts import Whereabouts, hashed
from people.models import Person
from tests.database import Databases, address

_PERSONS: LiteralString = (
    "COPY people_person (id, given_names, family_name, other_names, adult_or_child, date_of_birth, approximate_age,"
    " postcode) FROM STDIN"
)
_ROWS: LiteralString = (
    "COPY people_searchrow (id, person_id, given, family, other, born, born_about, postcode, facts, keys, version)"
    " FROM STDIN"
)
_INDEX = "CREATE INDEX search_row_keys ON people_searchrow USING gin (keys)"


@contextmanager
def database_of_persons(told: Iterable[Told]) -> Iterator[list[UUID]]:
    """Yield the persons' ids, in order, while Django's connection leads to a database where they are."""
    owner_url = os.environ["MIGRATION_DATABASE_URL"]
    databases = Databases(owner_url)
    databases.open()
    name, before = databases.clone(), connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        with psycopg.connect(address(owner_url, name), autocommit=True) as owner:
            ids = fill(owner, told)
        yield ids
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        databases.drop(name)
        databases.close()


def fill(owner: psycopg.Connection, told: Iterable[Told]) -> list[UUID]:
    """Store persons with their search rows, without history, and build the index when all are there."""
    owner.execute("DROP INDEX search_row_keys")
    owner.execute("ALTER TABLE people_person DISABLE TRIGGER USER")
    ids: list[UUID] = []
    left = iter(told)
    while part := list(islice(left, 20_000)):
        ids += _store(owner, part)
    owner.execute("ALTER TABLE people_person ENABLE TRIGGER USER")
    owner.execute("SET maintenance_work_mem = '512MB'")
    owner.execute(_INDEX)
    owner.execute("VACUUM ANALYZE people_searchrow")
    return ids


def described_as(told: Told) -> Described:
    """How somebody who was told like this is compared."""
    return described(person_of(told), aside_of(told))


def aside_of(told: Told) -> Aside:
    """What `submit_referral` would keep aside from the person."""
    return Aside(TODAY.year, hashed(Whereabouts(*astuple(told.dwelling))))


def person_of(told: Told) -> Person:
    """A person as `create_person` would store them."""
    return Person(
        given_names=told.given,
        family_name=told.family,
        other_names=told.other,
        adult_or_child="unknown",
        date_of_birth=told.born,
        approximate_age=told.age,
        postcode=told.postcode,
    )


def _store(owner: psycopg.Connection, part: list[Told]) -> list[UUID]:
    persons = [person_of(each) for each in part]
    compared = [described(each, aside_of(one)) for each, one in zip(persons, part, strict=True)]
    codes = codes_of(all_words(compared))
    told = (
        (each.pk, *astuple(one)[:3], "unknown", one.born, one.age, one.postcode)
        for each, one in zip(persons, part, strict=True)
    )
    _copy(owner, _PERSONS, told)
    rows = ((uuid4(), each.pk, *one, keys_of(one, codes), VERSION) for each, one in zip(persons, compared, strict=True))
    _copy(owner, _ROWS, rows)
    return [each.pk for each in persons]


def _copy(owner: psycopg.Connection, statement: LiteralString, rows: Iterable[Sequence[Any]]) -> None:
    with owner.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
