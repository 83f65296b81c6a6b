"""Two persons compared: what agrees, what differs, what is unknown, and whether they may be one. Pure and symmetric.

Nothing is decided here: it says which pairs an officer should look at.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from people.matching.comparing import ORDER, compare_births, compare_facts, compare_names, compare_postcodes
from people.matching.described import Described
from people.matching.evidence import Band, Evidence, Field, How, Verdict
from people.matching.remembering import remembered
from people.matching.variants import names_of
from people.matching.weights import LIKELY, POSSIBLE, weights

Words = tuple[str, ...]
Names = tuple[Words, Words]
# By a name that is only an initial, nobody is likely; and by two that are parts, aliases or sound alike, neither.
_NAMED = frozenset({How.SAME, How.VARIANT, How.TYPO, How.SOUND, How.ALIAS, How.PART})
_WELL_NAMED = frozenset({How.SAME, How.VARIANT, How.TYPO})
_NEARLY_BORN = frozenset({How.SWAPPED, How.DIGIT, How.TWO_PARTS})
_PLACED = frozenset({How.SAME, How.DIGIT})
FACTS = (Field.ADDRESS, Field.PHONE, Field.EMAIL, Field.SCHOOL)
# Of these, what a class or a district of namesakes does not share: a school is of one age.
_PERSONAL = slice(0, 3)
_RARER = frozenset({How.SAME, How.TYPO, How.SOUND, How.PART})
_FOUND_AS_ALIAS = frozenset({How.SAME, How.VARIANT, How.TYPO, How.PART})


class Compared(NamedTuple):
    """The evidence field by field, its weight, and the band that follows. The weight orders; nobody is shown it."""

    evidence: tuple[Evidence, ...]
    weight: float
    band: Band


class _Graded(NamedTuple):
    """How two names compare. The first two order: the greater, the more it speaks for one human being."""

    weight: float
    rank: int
    how: How
    rare: bool


def compare(one: Described, other: Described) -> Compared:
    """Compare two persons in the arrangement of their names that speaks most for their being one."""
    given, family = _best(one, other)
    found = (
        _weighed(Field.GIVEN_NAMES, given.how, given.rare),
        _weighed(Field.FAMILY_NAME, family.how, family.rare),
        _weighed(Field.BIRTH, compare_births(one, other)),
        _weighed(Field.POSTCODE, compare_postcodes(one.postcode, other.postcode)),
        *(map(_weighed, FACTS, compare_facts(one.facts, other.facts)) if one.facts and other.facts else _no_facts()),
    )
    evidence, weight = tuple(each for each, _weight in found), sum(weight for _each, weight in found)
    return Compared(evidence, weight, _band(evidence, weight))


@cache
def _no_facts() -> tuple[tuple[Evidence, float], ...]:
    return tuple(_weighed(field, How.NOT_KNOWN) for field in FACTS)


@cache
def _weighed(field: Field, how: How, rare: bool = False) -> tuple[Evidence, float]:
    evidence = Evidence(field, how, rare)
    return evidence, weights()[evidence]


def _band(evidence: tuple[Evidence, ...], weight: float) -> Band:
    if weight < POSSIBLE:
        return Band.NONE
    rare = evidence[0].rare or evidence[1].rare
    if weight >= LIKELY and _may_be_likely(*(each.how for each in evidence), rare=rare):
        return Band.LIKELY
    # One field that agrees is a coincidence, however rare; and who shares nothing but a household is somebody else.
    speaking = [each.verdict in (Verdict.AGREES, Verdict.CLOSE) for each in evidence]
    others = evidence[0].verdict == evidence[1].verdict == Verdict.DIFFERS
    return Band.POSSIBLE if sum(speaking) > 1 and (speaking[2] or not others) else Band.NONE


def _may_be_likely(given: How, family: How, born: How, postcode: How, *facts: How, rare: bool) -> bool:
    """Twins differ in a given name; father and son of one name, and namesakes, in their birth."""
    if not {given, family} <= _NAMED or not _WELL_NAMED & {given, family}:
        return False
    if born == How.SAME:
        return True
    further = postcode, *facts[_PERSONAL]
    if born in _NEARLY_BORN:
        return postcode in _PLACED or How.SAME in further or (rare and (postcode == How.DISTRICT or How.SAME in facts))
    return born == How.AGE and given == family == How.SAME and How.SAME in further


def _best(one: Described, other: Described) -> tuple[_Graded, _Graded]:
    """How the names compare in the arrangement that speaks most for one human being."""
    alias = (one, other) if one.other or other.other else ()
    return max(_laid_side_by_side(one, other, *alias), key=_order)[1]


def _laid_side_by_side(
    one: Described, other: Described, *alias: Described
) -> Iterator[tuple[bool, tuple[_Graded, _Graded]]]:
    """Each way to compare the names, and whether it is straight; else given and family name of either are exchanged."""
    others = _arranged(other.given, other.family)
    for given, family in _arranged(one.given, one.family):
        for givens, families in others:
            straight = _graded(given, givens, *alias), _graded(family, families, *alias)
            yield True, straight
            if straight[0].how == straight[1].how == How.SAME:
                continue
            crossed, back = _graded(family, givens, *alias), _graded(given, families, *alias)
            yield False, (crossed, back)
            yield False, (back, crossed)


def _order(found: tuple[bool, tuple[_Graded, _Graded]]) -> tuple[float, bool, int, bool]:
    straight, (given, family) = found
    return given.weight + family.weight, straight, given.rank, given.rare


def _graded(mine: Words, theirs: Words, *alias: Described) -> _Graded:
    plain = _compared(mine, theirs)
    if not alias or -plain.rank <= ORDER.index(How.ALIAS):
        return plain
    one, other = alias
    found = {compare_names(mine, _words(other.other)), compare_names(theirs, _words(one.other))}
    return _grade(How.ALIAS, rare=False) if found & _FOUND_AS_ALIAS else plain


@remembered
def _compared(mine: Words, theirs: Words) -> _Graded:
    how = compare_names(mine, theirs)
    return _grade(how, rare=how in _RARER and _is_rare(mine) and _is_rare(theirs))


def _grade(how: How, *, rare: bool) -> _Graded:
    return _Graded(_weighed(Field.GIVEN_NAMES, how, rare)[1], -ORDER.index(how), how, rare)


@remembered
def _is_rare(words: Words) -> bool:
    return not any(map(names_of, words))


@remembered
def _words(name: str) -> Words:
    return tuple(name.split())


@remembered
def _arranged(given: str, family: str) -> tuple[Names, ...]:
    """Given and family names as they were told; where both were told as one, also each way to part them."""
    names = _words(given), _words(family)
    if given and family:
        return (names,)
    told = _words(given or family)
    parted = tuple((told[:place], told[place:]) for place in range(1, len(told)))
    return (names, *parted, (told, ())) if family else (names, *parted)
