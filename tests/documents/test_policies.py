"""How many files are taken."""

import pytest

from audit.refusals import NotNow
from documents.kinds import MOST
from documents.policies import check_has_room


@pytest.mark.parametrize("count", range(MOST + 2))
def test_ten_files_are_taken_and_not_one_more(count):
    assert MOST == 10
    if count < MOST:
        check_has_room(count)
    else:
        with pytest.raises(NotNow):
            check_has_room(count)
