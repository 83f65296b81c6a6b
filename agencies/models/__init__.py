"""Agencies, places, users, memberships and outgoing notices."""

from agencies.models.agency import Agency, AgencyKind
from agencies.models.membership import Membership
from agencies.models.notice import Notice, NoticeKind
from agencies.models.place import Place
from agencies.models.user import User

__all__ = ["Agency", "AgencyKind", "Membership", "Notice", "NoticeKind", "Place", "User"]
