"""Persons: whom referrals describe."""

from people.models.person import AdultOrChild, Person
from people.models.search_row import SearchRow

__all__ = ["AdultOrChild", "Person", "SearchRow"]
