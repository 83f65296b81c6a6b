"""The humans who are referred: born from a serial of chances, some of them met again under another spelling."""

from collections import deque
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from desk.demonstration.localities import Locality
from desk.demonstration.misspelling import Typed, misspelt
from desk.demonstration.names import ORIGINS, Spellings
from desk.demonstration.shapes import SEXES, AgeBand, Draw, years

# How many humans can come again: enough that repeats are far apart, few enough that memory stays flat.
REMEMBERED = 4000

_ORIGIN = Draw({origin: float(origin.weight) for origin in ORIGINS})


@dataclass(frozen=True)
class Human:
    """One human being, as the latest referral has them. `spellings` are those of given and family name."""

    number: int
    sex: str
    typed: Typed
    spellings: tuple[Spellings, Spellings]
    home: Locality
    postcode: str

    def age(self, on: date) -> int:
        """Whole years on that day."""
        born = self.typed.born
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


class People:
    """Makes humans and remembers some, so that they can be referred again."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._remembered: deque[Human] = deque(maxlen=REMEMBERED)

    def new(self, number: int, *, home: Locality, band: AgeBand, on: date) -> Human:
        """Somebody whom no referral has described before."""
        rng = self._rng
        origin, sex = _ORIGIN(rng), SEXES(rng)
        given, family = rng.choice(origin.given(sex)), rng.choice(origin.families)
        single = rng.random() < origin.single
        typed = Typed(rng.choice(given), "" if single else rng.choice(family), _born(rng, band, on))
        postcode = rng.choice(home.postcodes) if home.postcodes else ""
        human = Human(number, sex, typed, (given, family), home, postcode)
        self._remembered.append(human)
        return human

    def again(self, on: date) -> Human | None:
        """Somebody described before, spelt differently; None when nobody is remembered."""
        if not self._remembered:
            return None
        rng = self._rng
        known = self._remembered[rng.randrange(len(self._remembered))]
        human = replace(known, typed=misspelt(rng, known.typed, *known.spellings))
        if known.home.postcodes and rng.random() < 0.3:
            human = replace(human, postcode=rng.choice(known.home.postcodes))
        return human if human.typed.born < on else None


def _born(rng: Random, band: AgeBand, on: date) -> date:
    age = years(rng, band)
    birthday = on - timedelta(days=int(age * 365.25) + rng.randrange(365))
    # The last days of the year of life belong to the next age where leap years fall badly.
    while on.year - birthday.year - ((on.month, on.day) < (birthday.month, birthday.day)) > age:
        birthday += timedelta(days=1)
    while on.year - birthday.year - ((on.month, on.day) < (birthday.month, birthday.day)) < age:
        birthday -= timedelta(days=1)
    return birthday
