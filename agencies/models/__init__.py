"""Agencies, places, users, invitations, memberships, absences, local targets and outgoing notices."""

from agencies.models.absence import Absence
from agencies.models.agency import RESTRICTED_KINDS, Agency, AgencyKind
from agencies.models.api_key import ApiKey, ApiKeyUse
from agencies.models.delivery import Delivery
from agencies.models.endpoint import DisabledBecause, Endpoint, EndpointSecret
from agencies.models.identity import Identity
from agencies.models.invitation import Invitation
from agencies.models.membership import Membership
from agencies.models.notice import Notice, NoticeKind, Receipt
from agencies.models.place import Place
from agencies.models.proposal import Proposal
from agencies.models.restriction import Exclusion, ExclusionGround, Restriction
from agencies.models.session import Session
from agencies.models.target import Target
from agencies.models.tries import Tries
from agencies.models.user import User

__all__ = [
    "RESTRICTED_KINDS",
    "Absence",
    "Agency",
    "AgencyKind",
    "ApiKey",
    "ApiKeyUse",
    "Delivery",
    "DisabledBecause",
    "Endpoint",
    "EndpointSecret",
    "Exclusion",
    "ExclusionGround",
    "Identity",
    "Invitation",
    "Membership",
    "Notice",
    "NoticeKind",
    "Place",
    "Proposal",
    "Receipt",
    "Restriction",
    "Session",
    "Target",
    "Tries",
    "User",
]
