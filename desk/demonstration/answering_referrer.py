"""Who a made-up referrer is."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from desk.demonstration.misspelling import without_accents
from desk.demonstration.names import ORIGINS
from desk.demonstration.openings import Voice
from desk.demonstration.shapes import Sector
from referrals.questions.shapes import FAMILY, PUBLIC, SELF, UNKNOWN, WORK

if TYPE_CHECKING:
    from desk.demonstration.imagining import Facts

KINDS = {Sector.FAMILY: FAMILY, Sector.PUBLIC: PUBLIC, Sector.SELF: SELF}
_WORK_AND_FAMILY = (UNKNOWN, UNKNOWN, UNKNOWN, "none")


def referrer_answers(rng: Random, facts: Facts, voice: Voice) -> dict[str, Any]:
    """Name, ways to be reached, and work; members of the public and relatives often leave their name out."""
    kind = KINDS.get(facts.sector, WORK)
    answers: dict[str, Any] = {"referrer_kind": kind}
    if kind == WORK or rng.random() < 0.5:
        answers |= _contact(rng, facts)
    # What restricts a referral is not made up here: see desk/demonstration/restricted.py.
    answers["work_and_family"] = [rng.choice(_WORK_AND_FAMILY)] if rng.random() < 0.06 else ["none"]
    if kind == WORK:
        answers["referrer_role"] = rng.choice(voice.roles)
        answers["referrer_organisation"] = rng.choice(voice.organisations).format(place=facts.human.home.area.name)
    # Half give their own area; where nobody knows the person's place, the other half go to the national desks.
    if kind != SELF and facts.human.home.postcodes and rng.random() < 0.5:
        answers["referrer_postcode"] = rng.choice(facts.human.home.postcodes)
    return answers


def _contact(rng: Random, facts: Facts) -> dict[str, str]:
    if facts.sector is Sector.SELF:
        given, family = facts.human.typed.given, facts.human.typed.family
    else:
        origin = rng.choice(ORIGINS)
        given, family = rng.choice(origin.given("other"))[0], rng.choice(origin.families)[0]
    answers = {"referrer_name": f"{given} {family}".strip()}
    mailbox = "".join(sign for sign in without_accents(f"{given}{family}").lower() if "a" <= sign <= "z")
    if rng.random() < 0.85:
        answers["referrer_email"] = f"{mailbox or 'someone'}{rng.randint(1, 99)}@mail.example"
    if len(answers) == 1 or rng.random() < 0.5:
        # Numbers that Ofcom keeps free for drama.
        answers["referrer_phone"] = f"07700 900{rng.randint(0, 999):03}"
    return answers
