"""What a connected system may be given, and why a key ends."""

import pytest

from agencies.models import Agency
from agencies.policies import check_reason_given, check_scopes_fit
from audit.refusals import NotNow
from tests.making import officer_of


@pytest.mark.usefixtures("db", "on_record")
def test_a_key_that_opens_nothing_is_not_made():
    with pytest.raises(NotNow, match="Choose what the key may be used for"):
        check_scopes_fit([], officer_of(Agency.objects.get(code="E08000038")))


@pytest.mark.parametrize(("why", "enough"), [("", False), (" \n", False), ("The laptop was stolen.", True)])
def test_a_key_is_revoked_for_a_reason(why, enough):
    if enough:
        check_reason_given(why)
    else:
        with pytest.raises(NotNow, match="Say why"):
            check_reason_given(why)
