"""The words that the tests write into personal fields: found in an answer, each says whose it is and what it is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

from tests.house.matrix.relations import Relation

WORD = re.compile("zq[0-9a-f]{10}", re.IGNORECASE)
# The key of a file.
KEY = re.compile("[0-9a-f]{64}")
# What no word can be written into, and why.
NOT_MARKED = {
    "people.Person.adult_or_child": "one of three words",
    "people.Person.date_of_birth": "a date",
    **{
        f"people.SearchRow.{name}": "made from the person's own, which has a word of its own"
        for name in ("given", "family", "other", "born", "born_about", "postcode", "keys")
    },
    "triage.Deconfliction.outcome": "one of four answers",
    "triage.PartnershipReview.decision": "one of four answers",
    **{
        f"triage.GatewayAssessment.{name}": "codes of a list"
        for name in ("outcome", "considered", "agrees", "no_concerns", "reasons")
    },
    "people.Match.band": "one of two words",
    "people.SearchRow.facts": "hashes of what the answers say, which have words of their own",
    "people.Address.since": "a date",
    "people.Address.until": "a date",
    "people.Relationship.kind": "one of nine words",
    "people.Relationship.other": "an id",
    "referrals.Offer.cause": "one of five reasons",
    "people.Telling.why_not": "one of six reasons",
    "people.Whereabouts.kind": "one of four words",
    "agencies.Restriction.grounds": "names of the house's own grounds",
    "agencies.Restriction.names": "the names in the answers, which have words of their own",
    "agencies.User.name_words": "made from the name, which has a word of its own",
    "agencies.Session.session_data": "signed anew with every request",
    "agencies.Session.address": "the same for every request of a test",
    "audit.Entry.address": "the same for every request of a test",
    "audit.Payload.sealed": "ciphertext",
}
# How somebody in a role stands to what the word is written into.
Stands = Callable[[str], Relation]


@dataclass(frozen=True)
class Mark:
    """In which field a word stands, and how each role stands to that."""

    field: str
    stands: Stands


class Marks:
    """Every word that was written."""

    def __init__(self) -> None:
        self.words: dict[str, Mark] = {}
        self.keys: dict[str, Mark] = {}

    def word(self, field: str, stands: Stands) -> str:
        """A new word for a field."""
        word = f"zq{uuid4().hex[:10]}"
        self.words[word] = Mark(field, stands)
        return word

    def known(self, key: str, field: str, stands: Stands) -> None:
        """A key, which the house makes: no word can stand in its place."""
        self.keys[key] = Mark(field, stands)

    @property
    def fields(self) -> set[str]:
        """The fields in which a word stands somewhere."""
        return {mark.field for mark in (*self.words.values(), *self.keys.values())}

    def found(self, text: str) -> Iterator[Mark]:
        """Whatever stands in a text."""
        yield from (self.words[word] for word in {each.lower() for each in WORD.findall(text)} if word in self.words)
        yield from (self.keys[key] for key in KEY.findall(text) if key in self.keys)
