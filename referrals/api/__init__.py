"""Referrals by API: sent by partners' systems, fetched and linked by those of the receiving agencies."""
