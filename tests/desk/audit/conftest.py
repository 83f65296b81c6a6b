"""An auditor of the council, one of the Home Office, and officers whose deeds they read."""

import pytest

from agencies.models import Agency
from agencies.roles import RoleName
from tests.making import BARNSLEY, officer_of
from tests.referrals.opening import in_role, reviewer

BRADFORD = "E08000032"


@pytest.fixture
def auditor(council):
    """Of the council."""
    return in_role(RoleName.AUDITOR, BARNSLEY, name="Imran Telford")


@pytest.fixture
def national():
    """Of the Home Office."""
    return reviewer()


@pytest.fixture
def stranger():
    """Somebody who works referrals in another council."""
    return officer_of(Agency.objects.get(code=BRADFORD), name="Adeel Kershaw")
