"""Two persons side by side, in words."""

import pytest

from desk.comparing import FIELDS, HOW, VERDICTS, Side, side_by_side
from people.matching.evidence import Field, How, Verdict
from tests.making import TEACHER, submitted

TOLD = {**TEACHER, "person_phone": "07700 900123", "address": "17 Bramley Street"}
KEPT = "Compared, and not shown to you"


def test_everything_that_is_found_can_be_said():
    assert (set(FIELDS), set(VERDICTS), set(HOW)) == (set(Field), set(Verdict), set(How))


@pytest.mark.usefixtures("db", "on_record")
@pytest.mark.parametrize("reads_other", [True, False])
def test_what_is_kept_as_a_hash_is_read_from_the_referral_by_those_who_may_read_it(reads_other):
    mine, other = submitted(TOLD), submitted({**TOLD, "address": "4 Oak Lane"})
    theirs = Side(other.person, other.answers if reads_other else None)
    lines = {str(line.label): line for line in side_by_side(Side(mine.person, mine.answers), theirs).lines}
    phone, address, school = lines["Telephone"], lines["Address"], lines["Place of study or work"]
    assert (phone.mine, str(phone.verdict)) == ("07700 900123", "Agrees")
    assert phone.other == ("07700 900123" if reads_other else KEPT)
    assert (address.mine, str(address.verdict)) == ("17 Bramley Street", "Differs")
    assert address.other == ("4 Oak Lane" if reads_other else KEPT)
    assert (school.mine, school.other, str(school.verdict)) == ("", "", "Not known")
    assert lines["Given names"].mine == "Tomasz"
