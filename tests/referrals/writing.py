"""What many people write about many pupils, and what a script writes seven hundred times. All of it is made up."""

from collections.abc import Iterator
from random import Random
from typing import Any

from tests.making import TEACHER

# A school's staff were told at a training day to begin and to end like this.
OPENING = (
    "This referral is made by Hollybrook Academy under section 26 of the Counter-Terrorism and Security Act 2015. "
    "It has been discussed with the designated safeguarding lead, who agreed on the same day that the threshold for "
    "a referral is met. The pupil is on roll with us, attends regularly and is known to the pastoral team. Nothing "
    "in this referral has been tested or investigated by us, and we have not asked the pupil leading questions. "
)
CLOSING = (
    " We have kept all work, messages and records, and can send copies when asked. Please ring the school office and "
    "ask for the safeguarding lead, not for the class teacher. The school is open from eight until four on weekdays."
)

_WHEN = ("On Monday", "Last Thursday", "Before half term", "In the first week back", "During exam week", "Yesterday",
         "Twice this month", "On the coach home", "After assembly", "At the open evening")  # fmt: skip
_WHERE = ("in the canteen", "outside the sports hall", "in the history room", "by the bike sheds", "in detention",
          "on the top corridor", "at chess club", "in the library", "during mock elections")  # fmt: skip
_WHO = ("a boy in the year below", "our librarian", "two prefects", "the teaching assistant", "her netball captain",
        "a dinner lady", "the school nurse", "his oldest friend", "the drama teacher", "a supply teacher")  # fmt: skip
_WHAT = (
    "overheard a long argument about whether the man who drove into the market was a hero, which ended with shouting",
    "found a notebook full of copied slogans, dates of old massacres and a sketch of the shopping centre's entrances",
    "was shown videos of beatings with a nasheed over them, and told that the clips came from a cousin in Leicester",
    "heard that an older man from a gym sends him articles every night and tells him to trust nobody at school",
    "noticed that she has stopped singing, given her guitar away and calls her former friends unbelievers",
    "saw him hand out home-made stickers with a sun wheel and the telephone number of a group that trains in woods",
    "read an essay that praises a manifesto word for word and names three politicians who should not be alive",
    "was asked how one buys a crossbow, whether it can be posted to a locker and how far it carries across a square",
    "watched her delete an account called after a dead gunman when a teacher came near, and cry afterwards",
    "learned that he keeps a list of pupils who laughed at him and plays through a school attack in a game each night",
    "received a message that the bombing last summer was only a beginning and that everybody would know his name soon",
    "counted nine drawings of the same burning town hall in the margins of a geography book, each more detailed",
)
_SINCE = (
    "since his brother moved out in spring", "ever since the arrest of a neighbour", "after a fortnight off with flu",
    "and it got worse when her grandmother died", "which began with the new phone at Christmas",
    "although his mother thinks it is a phase", "and football no longer interests him", "while marks went up, oddly",
    "so the form tutor moved her seat", "and lunch is now spent alone near the fence",
)  # fmt: skip
_THEN = (
    "Asked about it, he shrugged and said that adults lie.",
    "She laughed, then asked quietly whether she was in trouble.",
    "His father rang us before we rang him and was plainly frightened.",
    "The caretaker had seen something like it in another pupil's bag a year ago.",
    "Nobody else was near, as far as we can tell, and no weapon was seen.",
    "The counsellor thinks loneliness explains more of it than belief does.",
    "An aunt collects him on Wednesdays and may know more than we do.",
    "There is an education plan for dyslexia, and a diagnosis of autism is awaited.",
)
_GIVEN = ("Tomasz", "Aisha", "Callum", "Niamh", "Idris", "Sofia", "Kwame", "Ffion", "Haroon", "Maisie", "Bilal", "Rhys")
_FAMILY = ("Achterberg", "Begum", "Cole", "Drake", "Ellwood", "Farah", "Gough", "Hussain", "Ives", "Jankowski")

_SYNONYMS = {"kill": "murder", "attack": "assault", "school": "college", "people": "folk", "says": "states",
             "soon": "shortly", "everyone": "everybody", "watch": "see"}  # fmt: skip
SCRIPTED = (
    "My neighbour is planning an attack and wants to kill people at the mosque on our street. He says it every day "
    "when he stands in front of his house with other men who come in cars from another town. They watch films of "
    "beheadings loudly so that everyone hears. He has got a gun from a man in the pub and petrol in the shed. The "
    "police must arrest him soon because he hates everyone, and the school is near. I know he is a terrorist because "
    "he has a beard and a flag. Please come at once and take the whole family away from here before it is too late."
)


def honest(rng: Random) -> dict[str, Any]:
    """A referral of one pupil by one teacher, written by somebody who saw one thing."""
    return _about_somebody(rng, own_words(rng))


def from_template(rng: Random) -> dict[str, Any]:
    """The same, copied into the school's opening and closing paragraphs."""
    return _about_somebody(rng, OPENING + own_words(rng) + CLOSING)


def own_words(rng: Random) -> str:
    """Two or three sentences about one pupil."""
    first = f"{rng.choice(_WHEN)} {rng.choice(_WHERE)} {rng.choice(_WHO)} {rng.choice(_WHAT)}, {rng.choice(_SINCE)}."
    return " ".join([first, *rng.sample(_THEN, rng.choice((1, 2)))])


def scripted(rng: Random, *, edits: int = 6) -> dict[str, Any]:
    """A copy of one text with small random edits, about somebody whose name and age are made up for each copy."""
    words = SCRIPTED.split()
    for _edit in range(edits):
        at = rng.randrange(len(words))
        words[at : at + 1] = rng.choice(
            ([_SYNONYMS.get(words[at], words[at] + "!")], [words[at], _nonsense(rng)], [_nonsense(rng)], [])
        )
    return _about_somebody(rng, " ".join([*words, str(rng.randrange(10**9))]))


def many(write: Any, count: int, *, seed: int = 7) -> Iterator[dict[str, Any]]:
    """So many of them, the same ones each time."""
    rng = Random(seed)  # repeatable on purpose
    return (write(rng) for _number in range(count))


def _about_somebody(rng: Random, concern: str) -> dict[str, Any]:
    return {
        **TEACHER,
        "concern": concern,
        "given_names": rng.choice(_GIVEN),
        "family_name": rng.choice(_FAMILY),
        "approximate_age": str(rng.randint(11, 18)),
    }


def _nonsense(rng: Random) -> str:
    return "".join(rng.choice("abcdefghiklmnoprstuvw") for _letter in range(rng.randint(3, 9)))
