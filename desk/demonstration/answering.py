"""The answers that somebody gives about made-up facts: complete, and in the shape the form keeps them in."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from desk.demonstration import shapes
from desk.demonstration.answering_referrer import referrer_answers
from desk.demonstration.concerns import CHANGES, DETAILS, FIRST_PERSON, IN_DANGER, SEEN, WHY_NOW
from desk.demonstration.names import NICKNAMES
from desk.demonstration.needs import CONDITIONS, HOUSEHOLDS, TROUBLES
from desk.demonstration.openings import VOICES, Voice
from desk.demonstration.shapes import Sector
from desk.demonstration.welsh import WELSH, WELSH_DONE, WELSH_NEEDS
from desk.demonstration.wording import filled, pick, suited
from referrals.questions.shapes import UNKNOWN

if TYPE_CHECKING:
    from desk.demonstration.imagining import Facts

_WHEN = ("today", "week", "week", "month", "longer", UNKNOWN)
_STREETS = ("Mill Lane", "Station Road", "Albert Street", "The Crescent", "Chapel Hill", "Fern Close")


def answers_of(rng: Random, facts: Facts) -> dict[str, Any]:
    """Answers for which `referrals.form.check_complete` has nothing to say, already clean."""
    voice = VOICES[facts.sector]
    answers: dict[str, Any] = {"entry": facts.entry} if facts.entry else {}
    answers["danger"] = ("yes" if rng.random() < 0.7 else UNKNOWN) if facts.immediate else "no"
    answers |= referrer_answers(rng, facts, voice)
    about_oneself = facts.sector is Sector.SELF
    openings = suited(voice.openings, _age(facts))
    at = int(rng.random() * len(openings))
    answers |= _own_concern(rng, facts) if about_oneself else _concern(rng, facts, voice, openings[at])
    answers |= _person(rng, facts, voice, at)
    answers |= _place(rng, facts)
    answers |= _done(rng, facts, voice)
    answers |= _more(rng, facts)
    return {name: value for name, value in answers.items() if value}


def _age(facts: Facts) -> str:
    return "child" if facts.human.age(facts.submitted_at.date()) < 18 else "adult"


def _said(rng: Random, facts: Facts, *parts: tuple[str, ...]) -> str:
    age = _age(facts)
    text = " ".join(part for texts in parts if (part := pick(rng, texts, age)))
    return filled(text, facts.human.sex, {"place": facts.human.home.area.name})


def _own_concern(rng: Random, facts: Facts) -> dict[str, Any]:
    text = rng.choice(VOICES[Sector.SELF].openings) + " " + rng.choice(FIRST_PERSON[facts.concern])
    return {"concern": text, "when_noticed": rng.choice(_WHEN)}


def _concern(rng: Random, facts: Facts, voice: Voice, opening: str) -> dict[str, Any]:
    if facts.welsh:
        text = rng.choice(WELSH)
    else:
        parts = [(opening,), SEEN[facts.concern], DETAILS[facts.concern], CHANGES, WHY_NOW]
        if facts.immediate:
            parts.insert(1, IN_DANGER)
        text = _said(rng, facts, *parts)
    return {
        "concern": text,
        "how_known": [rng.choice(voice.how_known)],
        "when_noticed": "today" if facts.immediate else rng.choice(_WHEN),
    }


def _person(rng: Random, facts: Facts, voice: Voice, at: int) -> dict[str, Any]:
    human = facts.human
    born, given, family = human.typed.born, human.typed.given, human.typed.family
    nickname = rng.choice(NICKNAMES) if rng.random() < 0.08 else ""
    answers: dict[str, Any] = {"given_names": given, "family_name": family, "other_names": nickname}
    if facts.sector is Sector.FAMILY:
        answers["relationship"] = voice.relationships[at]
    elif voice.relationships:
        answers["relationship"] = pick(rng, voice.relationships, _age(facts))
    answers["adult_or_child"] = _age(facts)
    # A date is what a misspelt name is recognised by, so whoever comes again has one.
    if facts.repeated or rng.random() < 0.75:
        answers["date_of_birth"] = {"day": str(born.day), "month": str(born.month), "year": str(born.year)}
    else:
        answers["approximate_age"] = str(human.age(facts.submitted_at.date()))
    return answers


def _place(rng: Random, facts: Facts) -> dict[str, Any]:
    human = facts.human
    if rng.random() < shapes.NO_PLACE_KNOWN:
        return {"authority": UNKNOWN}
    if not human.postcode or rng.random() < shapes.PLACE_CHOSEN:
        return {"authority": human.home.code, "address": f"Somewhere near {rng.choice(_STREETS)}"}
    address = f"{rng.randint(1, 140)} {rng.choice(_STREETS)}" if rng.random() < 0.6 else ""
    return {"postcode": human.postcode, "address": address}


def _done(rng: Random, facts: Facts, voice: Voice) -> dict[str, Any]:
    answers: dict[str, Any] = {"told": [rng.choice(voice.told)]}
    if rng.random() < 0.7:
        answers["action_taken"] = WELSH_DONE if facts.welsh else _said(rng, facts, voice.done)
    if facts.sector is not Sector.SELF:
        answers["subject_told"] = [rng.choice(("person", "parents", "nobody", "nobody", UNKNOWN))]
        answers["anonymous"] = rng.choice(("yes", "no", UNKNOWN))
    return answers


def _more(rng: Random, facts: Facts) -> dict[str, Any]:
    if facts.welsh:
        return {"gender": facts.human.sex, "complex_needs": rng.choice(WELSH_NEEDS) if facts.condition else ""}
    conditions = (CONDITIONS,) if facts.condition else ()
    answers = {"gender": facts.human.sex}
    if facts.sector is not Sector.SELF:
        answers["complex_needs"] = _said(rng, facts, *conditions, TROUBLES)
        answers["household"] = _said(rng, facts, HOUSEHOLDS)
    elif facts.condition:
        answers["complex_needs"] = "I have been told that I am autistic, and I have been very low."
    return answers
