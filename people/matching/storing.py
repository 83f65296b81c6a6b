"""Search rows of persons, as the actions that make or correct a person store them."""

from collections.abc import Sequence

from people.matching.described import all_words, described
from people.matching.keys import VERSION, codes_of, keys_of
from people.matching.remembering import forget
from people.models import Person, SearchRow


def search_rows(persons: Sequence[Person], *, year: int) -> list[SearchRow]:
    """A new search row for each person, in order, not stored yet. One statement however many persons.

    `year` is the one in which their ages were told.
    """
    told = [described(person, year=year) for person in persons]
    codes = codes_of(all_words(told))
    rows = [
        SearchRow(person=person, **each._asdict(), keys=keys_of(each, codes), version=VERSION)
        for person, each in zip(persons, told, strict=True)
    ]
    forget()
    return rows
