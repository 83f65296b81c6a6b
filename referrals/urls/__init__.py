"""Addresses of the referrals room, by surface."""
