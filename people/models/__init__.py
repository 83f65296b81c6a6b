"""Persons: whom referrals describe, what is written beside them, asked or cleared, and who may be one human being."""

from people.models.address import Address, AddressKind
from people.models.clearance import Clearance
from people.models.contact import Contact, ContactHow, ContactWith
from people.models.information_request import Identifier, InformationRequest, LegalBasis, RequestAnswer
from people.models.match import Match, MatchBand, MatchDecision
from people.models.match_asking import MatchAsking
from people.models.person import AdultOrChild, Person
from people.models.person_name import NameKind, PersonName
from people.models.planned_contact import ContactTo, PlannedContact
from people.models.readers import Readers
from people.models.relationship import Relationship, RelationshipKind
from people.models.search_row import SearchRow
from people.models.telling import NoticeFor, NoticeLanguage, NotTold, Telling, ToldWhom
from people.models.urgency import Urgency
from people.models.whereabouts import AwayKind, Whereabouts
from people.models.written import Written

__all__ = [
    "Address",
    "AddressKind",
    "AdultOrChild",
    "AwayKind",
    "Clearance",
    "Contact",
    "ContactHow",
    "ContactTo",
    "ContactWith",
    "Identifier",
    "InformationRequest",
    "LegalBasis",
    "Match",
    "MatchAsking",
    "MatchBand",
    "MatchDecision",
    "NameKind",
    "NotTold",
    "NoticeFor",
    "NoticeLanguage",
    "Person",
    "PersonName",
    "PlannedContact",
    "Readers",
    "Relationship",
    "RelationshipKind",
    "RequestAnswer",
    "SearchRow",
    "Telling",
    "ToldWhom",
    "Urgency",
    "Whereabouts",
    "Written",
]
