"""What was searched for, kept so that it can be asked for and not read: an HMAC of each term, under the month's key.

`SEARCH_TERM_KEYS` lists secrets with commas: new terms are hashed under the first, and all are asked. Of each secret
every month in London has a key of its own, so that equal terms of two months look different. A secret that is taken out
of the list takes with it every answer to what was hashed under it.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from datetime import date

from django.conf import settings


def hashed_terms(terms: Iterable[str], *, on: date) -> list[str]:
    """Each term as the ledger keeps it, "2026-11:<64 hexadecimal digits>", in an order that tells nothing."""
    return sorted(_hashed(term, secret=_secrets()[0], month=f"{on:%Y-%m}") for term in terms)


def hashes_of(term: str, *, since: date, until: date) -> frozenset[str]:
    """As what the term may stand in entries of these days, both included: under each secret, in each month."""
    return frozenset(
        _hashed(term, secret=secret, month=month) for month in _months(since, until) for secret in _secrets()
    )


def _secrets() -> list[str]:
    return [each.strip() for each in settings.SEARCH_TERM_KEYS.split(",") if each.strip()]


def _months(since: date, until: date) -> Iterator[str]:
    year, month = since.year, since.month
    while (year, month) <= (until.year, until.month):
        yield f"{year}-{month:02}"
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _hashed(term: str, *, secret: str, month: str) -> str:
    key = hmac.new(secret.encode(), f"search-terms:{month}".encode(), hashlib.sha256).digest()
    return f"{month}:{hmac.new(key, term.encode(), hashlib.sha256).hexdigest()}"
