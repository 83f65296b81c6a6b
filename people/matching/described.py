"""What matching knows of a person: their names as words, birth, postcode. Pure."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from people.matching.normalising import born_about, postcode_of, words_of
from people.models import Person


class Described(NamedTuple):
    """A person in the words that are compared. Words are joined by spaces, as they are kept in a search row."""

    given: str = ""
    family: str = ""
    other: str = ""
    born: date | None = None
    born_about: int | None = None
    postcode: str = ""
    facts: str = ""

    @property
    def words(self) -> list[str]:
        """Every word of every name, each once, in order."""
        return sorted({*self.given.split(), *self.family.split(), *self.other.split()})


class Aside(NamedTuple):
    """What is known of a person aside from their own row: the year in which they were told of, their facts and names.

    `facts` are tokens (people/matching/whereabouts.py), `names` what stands beside them; no year where it is not known.
    """

    year: int | None = None
    facts: str = ""
    names: tuple[str, ...] = ()


def described(person: Person, aside: Aside) -> Described:
    """How a person is compared."""
    return Described(
        given=_written(person.given_names),
        family=_written(person.family_name),
        other=_written(" ".join([person.other_names, *aside.names])),
        born=person.date_of_birth,
        born_about=born_about(person.approximate_age, year=aside.year),
        postcode=postcode_of(person.postcode),
        facts=aside.facts,
    )


def _written(name: str) -> str:
    return " ".join(words_of(name))


def all_words(persons: Iterable[Described]) -> list[str]:
    """Every word in any of their names, each once, in order."""
    return sorted({word for each in persons for word in each.words})
