"""What the tests of the ledger share."""

from typing import Any

import pytest

from agencies.models import Agency
from tests.audit.sealing.sealed import KEY, ORIGIN


@pytest.fixture
def agency() -> Agency:
    """Barnsley's council; the tests that use it need a database."""
    return Agency.objects.get(code="E08000038")


@pytest.fixture
def sealer(settings: Any) -> Any:
    """A house that seals, with a key of its own."""
    settings.LEDGER_ORIGIN, settings.LEDGER_SIGNING_KEY, settings.LEDGER_PUBLIC_KEYS = ORIGIN, KEY, []
    return settings
