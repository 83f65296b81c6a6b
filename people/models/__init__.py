"""Persons: whom referrals describe."""

from people.models.person import AdultOrChild, Person

__all__ = ["AdultOrChild", "Person"]
