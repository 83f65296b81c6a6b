"""Addresses over time."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit.refusals import Forbidden, NotNow
from people.models import Address
from tests.audit.acts import within
from tests.people.writing import NOW, housed

MAY, JUNE = date(2024, 5, 1), date(2024, 6, 1)


@pytest.mark.parametrize(("since", "until"), [(None, None), (MAY, None), (None, MAY), (MAY, JUNE), (MAY, MAY)])
def test_either_day_may_be_unknown(referral, lead, since, until):
    row = Address.objects.get(pk=housed(referral.person_id, lead, since=since, until=until).pk)
    assert (row.lines, row.postcode, row.since, row.until) == ("4 Cobbler’s Row", "S70 2AB", since, until)


@pytest.mark.parametrize("missing", ["lines", "postcode"])
def test_lines_or_postcode_will_do(referral, lead, missing):
    said: dict[str, Any] = {missing: ""}
    assert getattr(housed(referral.person_id, lead, **said), missing) == ""


def test_nothing_is_no_address_and_none_ends_before_it_begins(referral, lead):
    with pytest.raises(NotNow, match="Say what"):
        housed(referral.person_id, lead, lines="", postcode=" ")
    with pytest.raises(NotNow, match="last day"):
        housed(referral.person_id, lead, since=JUNE, until=MAY)
    row = housed(referral.person_id, lead, since=MAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        within(do=lambda: row.changed(until=date(2024, 4, 1)), by=lead, now=NOW)


def test_only_who_works_the_person_for_the_agency_writes_one(referral, lead, officer, stranger):
    for by, agency in ((stranger, None), (lead, officer.agencies[0])):
        with pytest.raises(Forbidden):
            housed(referral.person_id, by, agency=agency)
