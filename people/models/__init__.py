"""Persons: whom referrals describe."""

from people.models.person import Person

__all__ = ["Person"]
