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

    @property
    def words(self) -> list[str]:
        """Every word of every name, each once, in order."""
        return sorted({*self.given.split(), *self.family.split(), *self.other.split()})


def described(person: Person, *, year: int) -> Described:
    """How a person is compared. `year` is the one in which their age was told."""
    return Described(
        given=_written(person.given_names),
        family=_written(person.family_name),
        other=_written(person.other_names),
        born=person.date_of_birth,
        born_about=born_about(person.approximate_age, year=year),
        postcode=postcode_of(person.postcode),
    )


def _written(name: str) -> str:
    return " ".join(words_of(name))


def all_words(persons: Iterable[Described]) -> list[str]:
    """Every word in any of their names, each once, in order."""
    return sorted({word for each in persons for word in each.words})
