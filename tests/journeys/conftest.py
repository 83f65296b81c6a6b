"""After each journey the ledger is compared with its shadow."""

from collections.abc import Iterator

import pytest

from tests.house.shadow import differences
from tests.live import LiveSite


@pytest.fixture(autouse=True)
def compared(site: LiveSite) -> Iterator[None]:
    """Ledger and history tell the same of all that the journey did."""
    yield
    assert differences() == []
