"""What the tests of the ledger share."""

import pytest

from agencies.models import Agency


@pytest.fixture
def agency() -> Agency:
    """Barnsley's council; the tests that use it need a database."""
    return Agency.objects.get(code="E08000038")
