"""Agencies, places, users, memberships, absences, local targets and outgoing notices."""

from agencies.models.absence import Absence
from agencies.models.agency import Agency, AgencyKind
from agencies.models.membership import Membership
from agencies.models.notice import Notice, NoticeKind
from agencies.models.place import Place
from agencies.models.target import Target
from agencies.models.user import User

__all__ = ["Absence", "Agency", "AgencyKind", "Membership", "Notice", "NoticeKind", "Place", "Target", "User"]
