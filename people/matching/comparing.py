"""How the words of two names compare, and two births, and two postcodes. Pure and symmetric."""

from collections.abc import Set as AbstractSet
from datetime import date

from rapidfuzz.distance import OSA, JaroWinkler

from people.matching.described import Described
from people.matching.evidence import How
from people.matching.normalising import outward_of
from people.matching.remembering import remembered
from people.matching.sounding import sounds_of
from people.matching.variants import names_of

# Years by which an estimate of an age may be wrong.
AGE_WRONG_BY = 2
# Jaro-Winkler: from here on two words are one with slips, whatever their length; and one written by another ear, if
# they sound alike too.
ONE_WORD = 0.93
ONE_SOUND = 0.7
# A father's and a son's birthday may fall on one day of the year.
GENERATION = 15
# The tokens of a fact: of the whole, and of its words.
Fact = tuple[AbstractSet[str], AbstractSet[str]]
KINDS = (("a", "w"), ("t", ""), ("e", "l"), ("c", "d"))
_NO_TOKENS: frozenset[str] = frozenset()
# From the best to the worst that can be said of two words.
ORDER = (
    How.SAME, How.VARIANT, How.TYPO, How.SOUND, How.ALIAS, How.PART, How.SHORT, How.INITIAL, How.NOT_KNOWN, How.ALIKE,
    How.OTHER,
)  # fmt: skip


@remembered
def compare_words(one: str, other: str) -> How:
    """Two words of names. Two that the table knows as different names differ, however alike they look."""
    if one == other:
        return How.SAME
    if 1 in (len(one), len(other)):
        return How.INITIAL if one[0] == other[0] else How.OTHER
    names, others = names_of(one), names_of(other)
    if names & others:
        return How.VARIANT
    slips, longer = OSA.distance(one, other, score_cutoff=3), max(len(one), len(other))
    if (names and others) or one + "a" == other or other + "a" == one:
        return How.ALIKE if slips == 1 else How.OTHER
    if slips <= (0, 0, 0, 1, 1, 1, 1, 2, 2, 2)[min(longer, 9)] or (slips == 3 and longer > 9):
        return How.TYPO
    likeness = JaroWinkler.similarity(min(one, other), max(one, other), score_cutoff=ONE_SOUND)
    if likeness >= ONE_WORD:
        return How.TYPO
    if likeness >= ONE_SOUND and sounds_of(one) & sounds_of(other):
        return How.SOUND
    shorter, whole = sorted((one, other), key=len)
    # A short form that is in no list: the first letters of the whole.
    if 2 < len(shorter) < len(whole) and whole.startswith(shorter):
        return How.SHORT
    return How.OTHER


@remembered
def compare_names(one: tuple[str, ...], other: tuple[str, ...]) -> How:
    """Two names of several words each, in any order: each word of the shorter has its own in the longer.

    The worst of the pairs counts, and a name that has more than the other agrees in part at best.
    """
    if not one or not other:
        return How.NOT_KNOWN
    if len(one) == len(other) == 1:
        return compare_words(one[0], other[0])
    shorter, longer = sorted((sorted(one), sorted(other)), key=lambda words: (len(words), words))
    if len(shorter) == len(longer):
        return _paired(shorter, longer)
    if len(shorter) == 1 and len(longer) == 2 and _is_joined(shorter[0], *longer):
        return How.SAME
    return max(_paired(shorter, longer), How.PART, key=ORDER.index)


def _is_joined(word: str, first: str, second: str) -> bool:
    """Whether a word is two others written as one: "Annemarie"."""
    return word in (first + second, second + first)


def _paired(shorter: list[str], longer: list[str]) -> How:
    pairs = sorted(
        (ORDER.index(compare_words(one, other)), place, against)
        for place, one in enumerate(shorter)
        for against, other in enumerate(longer)
    )
    worst, taken, met = 0, set(), set()
    for how, place, against in pairs:
        if place not in taken and against not in met:
            taken.add(place)
            met.add(against)
            worst = max(worst, how)
    return ORDER[worst]


def compare_births(one: Described, other: Described) -> How:
    """Two dates of birth, or what is known instead of them."""
    if one.born and other.born:
        return compare_dates(one.born, other.born)
    years = [each.born.year if each.born else each.born_about for each in (one, other)]
    if years[0] is None or years[1] is None:
        return How.NOT_KNOWN
    return How.AGE if abs(years[0] - years[1]) <= AGE_WRONG_BY else How.OTHER


@remembered
def compare_dates(one: date, other: date) -> How:
    """Two dates of birth."""
    if one == other:
        return How.SAME
    if abs(one.year - other.year) >= GENERATION:
        return How.OTHER
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return How.SWAPPED
    if OSA.distance(one.isoformat(), other.isoformat()) == 1:
        return How.DIGIT
    same = (one.year == other.year) + (one.month == other.month) + (one.day == other.day)
    if same == 2:
        return How.TWO_PARTS
    return How.YEAR if one.year == other.year else How.OTHER


def compare_facts(one: str, other: str) -> tuple[How, ...]:
    """The facts of two persons: address, telephone, e-mail, school, in this order."""
    return tuple(map(_compare_tokens, facts_of(one), facts_of(other)))


@remembered
def facts_of(tokens: str) -> tuple[Fact, ...]:
    """The tokens of a row, fact by fact: those of the whole, and those of its words."""
    by_kind: dict[str, set[str]] = {}
    for token in tokens.split():
        by_kind.setdefault(token[0], set()).add(token)
    return tuple((by_kind.get(whole, _NO_TOKENS), by_kind.get(words, _NO_TOKENS)) for whole, words in KINDS)


def _compare_tokens(one: Fact, other: Fact) -> How:
    (whole, words), (other_whole, other_words) = one, other
    if not (whole or words) or not (other_whole or other_words):
        return How.NOT_KNOWN
    if not whole.isdisjoint(other_whole):
        return How.SAME
    alike = 2 * len(words & other_words)
    return How.WORDS if alike and alike >= min(len(words), len(other_words)) else How.OTHER


@remembered
def compare_postcodes(one: str, other: str) -> How:
    """Two postcodes."""
    if not one or not other:
        return How.NOT_KNOWN
    if one == other:
        return How.SAME
    if OSA.distance(one, other) == 1:
        return How.DIGIT
    return How.DISTRICT if outward_of(one) and outward_of(one) == outward_of(other) else How.OTHER
