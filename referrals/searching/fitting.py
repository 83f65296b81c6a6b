"""How somebody who was found fits what was typed: everything that was typed must fit, or not be known of them. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from people.matching.comparing import ORDER, compare_births, compare_postcodes, compare_words
from people.matching.described import Described
from people.matching.evidence import VERDICTS, How, Verdict
from referrals.searching.typed import Typed, fits_postcode

_OTHER = How.OTHER


@dataclass(frozen=True)
class Fit:
    """How names, birth and postcode fit; None where none was typed. `far` is less, the better they do."""

    names: tuple[How, ...] = ()
    birth: How | None = None
    postcode: How | None = None
    by_reference: bool = False

    @property
    def far(self) -> int:
        """For the order of results, the best first; of no meaning beyond that."""
        if self.by_reference:
            return -1
        told = [*self.names, *(how for how in (self.birth, self.postcode) if how)]
        return sum(ORDER_OF[how] for how in told)


# From what is the same to what is not known.
ORDER_OF = {How.SWAPPED: 2, How.DIGIT: 2, How.TWO_PARTS: 3, How.AGE: 3, How.DISTRICT: 3} | {
    how: place for place, how in enumerate(ORDER)
}


def fit(typed: Typed, found: Described) -> Fit | None:
    """How somebody fits; None for whom something that was typed does not."""
    names = tuple(_name(word, found) for word in typed.names)
    birth = _best(_birth(day, found) for day in typed.dates)
    postcode = _best(_postcode(each, found.postcode) for each in (*typed.postcodes, *typed.districts))
    told = [*names, *(how for how in (birth, postcode) if how)]
    fitting = {VERDICTS[how] for how in told}
    if not told or Verdict.DIFFERS in fitting or fitting == {Verdict.UNKNOWN}:
        return None
    return Fit(names, birth, postcode)


def _name(word: str, found: Described) -> How:
    """How a word fits the nearest of a person's names; where that is one of their other names, ALIAS."""
    first = _nearest(word, [*found.given.split(), *found.family.split()])
    other = _nearest(word, found.other.split())
    if ORDER.index(other) >= ORDER.index(first):
        return first
    return other if VERDICTS[other] == Verdict.DIFFERS else How.ALIAS


def _nearest(word: str, names: Sequence[str]) -> How:
    return min((compare_words(word, name) for name in names), key=ORDER.index, default=_OTHER)


def _birth(day: date, found: Described) -> How:
    return compare_births(Described(born=day), found)


def _postcode(typed: str, stored: str) -> How:
    if typed != stored and stored and fits_postcode(stored, typed):
        return How.DISTRICT
    return compare_postcodes(typed, stored)


def _best(found: Iterable[How]) -> How | None:
    return min(found, key=lambda how: ORDER_OF.get(how, len(ORDER)), default=None)
