"""What a search finds, in which order, and that nothing of what others have shows in it."""

from datetime import date
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.models import Agency
from people.matching.evidence import How
from people.models import Readers
from referrals.actions.make_offer import make_offer
from referrals.models import Referral
from referrals.searching import finding
from referrals.searching.finding import find
from referrals.searching.typed import parse
from referrals.selectors import every_readable, readable_referrals
from tests.making import TEACHER, dispatch_to_authority, dispatch_to_police, officer_of, reread, submitted
from tests.people.writing import named
from tests.referrals.naming import BARNSLEY, Case
from tests.referrals.opening import broken, privacy_officer, reviewer, shared

pytestmark = pytest.mark.usefixtures("db", "on_record")
BRADFORD = "E08000032"
TODAY = date(2026, 11, 23)


def about(given, family, *, born=None, **more):
    told = {**TEACHER, "given_names": given, "family_name": family, "approximate_age": "" if born else "20"}
    if born:
        told |= {"date_of_birth": dict(zip(("day", "month", "year"), born.split("/"), strict=True))}
    return submitted({**told, **more})


def found(reader, typed):
    """References, in their order."""
    ids = [each.referral for each in find(reread(reader), parse(typed, today=TODAY)).found]
    known = {referral.pk: referral.reference for referral in Referral.objects.filter(pk__in=ids)}
    return [known[pk] for pk in ids]


@pytest.fixture
def lead():
    return officer_of(Agency.objects.get(code=BARNSLEY))


@pytest.fixture
def axel():
    return about("Axel", "Rudderham", born="7/8/2006", other_names="Ace").reference


@pytest.mark.parametrize(
    "typed",
    [
        "rudderham", "RUDERHAM axel", "Axel Rudderham", "axel", "ace", "7/8/2006", "2006-08-07", "8/7/2006", "s70 1gw",
        "S70", "rudderham 7/8/2006", "ruderham 17/8/2006", "rudderham 6 aug 2006", "Axle 7/8/2006", "Rudderhma S701GW",
        "rudderham s70", "A 7/8/2006", "rudderham S70 9ZZ",
    ],
)  # fmt: skip
def test_somebody_is_found_by_whatever_is_known_of_them_however_it_is_spelt(axel, lead, typed):
    assert found(lead, typed) == [axel]


@pytest.mark.parametrize("write", [str, str.lower, lambda text: text.replace("-", "")])
def test_a_referral_is_found_by_its_reference_whatever_else_is_typed(axel, lead, write):
    assert found(lead, write(axel)) == [axel]
    assert found(lead, f"{write(axel)} Garside 1/1/1990") == [axel]


def test_a_name_is_found_in_another_alphabet_and_spelling(lead):
    one = about("Mohamed", "Akhter", born="1/1/2001").reference
    assert found(lead, "Muhammad") == found(lead, "محمد") == found(lead, "akhtar mohammed") == [one]


@pytest.mark.parametrize(
    "typed", ["garside", "rudderham garside", "rudderham 1/1/1990", "rudderham LS11 5AB", "9/9/1999", "LS11"]
)
def test_whoever_does_not_fit_all_that_was_typed_is_not_found(axel, lead, typed):
    assert found(lead, typed) == []


def test_what_is_not_known_of_somebody_leaves_them_in_but_last(axel, lead):
    unknown = about("Axel", "Rudderham", approximate_age="").reference
    assert found(lead, "Axel Rudderham 7/8/2006") == [axel, unknown]
    near = about("Axel", "Ruderham", born="8/8/2006").reference
    assert found(lead, "Axel Rudderham 7/8/2006") == [axel, near, unknown]


def test_where_two_fit_alike_the_newest_is_first(axel, lead):
    later = about("Axel", "Rudderham", born="7/8/2006", other_names="Ace").reference
    assert found(lead, "rudderham") == [later, axel]


def test_the_best_are_kept_where_there_are_too_many(axel, lead):
    others = [about("Axel", "Ruderham").reference for _ in range(3)]
    with patch.object(finding, "FOUND", 2), patch.object(finding, "SHOWN", 2):
        result = find(reread(lead), parse("rudderham", today=TODAY))
        assert result.more
        assert found(lead, "rudderham") == [axel, others[-1]]
        assert not find(reread(lead), parse("ace", today=TODAY)).more
    assert not find(reread(lead), parse("rudderham", today=TODAY)).more


def test_nothing_to_look_for_finds_nothing(axel, lead):
    assert found(lead, "") == []
    assert found(lead, "123") == []


def asked(reader, typed):
    """What a search says, and what it asks the database, without whose it is."""
    reader = reread(reader)
    assert reader.current_memberships is not None
    with CaptureQueriesContext(connection) as queries:
        result = find(reader, parse(typed, today=TODAY))
    return [each.referral for each in result.found], result.more, len(queries)


@pytest.mark.parametrize("typed", ["rudderham", "axel 7/8/2006", "s70 1gw", "7/8/2006"])
def test_what_another_area_has_takes_no_place_and_costs_no_statement(lead, typed):
    mine = about("Axel", "Rudderham", born="7/8/2006")
    before = asked(lead, typed)
    assert before[0] == [mine.pk]
    with patch.object(finding, "FOUND", 1):
        for _ in range(3):
            about("Axel", "Rudderham", born="7/8/2006", postcode="BD1 1HX")
        assert asked(lead, typed) == before
    far = officer_of(Agency.objects.get(code=BRADFORD))
    assert mine.pk not in asked(far, typed)[0]
    assert asked(far, typed)[2] == before[2]


@pytest.mark.parametrize("typed", ["tomasz", "lukasik 15/1/2011", "S70 1GW", "{reference}"])
def test_a_restricted_record_is_to_those_not_named_as_if_it_were_not_there(typed):
    case = Case()
    words = typed.format(reference=case.referral.reference)
    open_to_all = asked(case.other, words)
    case.restrict()
    for one in (case.other, case.other_boss):
        results, more, statements = asked(one, words)
        assert (results, more, statements) == ([], False, open_to_all[2])
    for one in (case.lead, case.police, case.boss):
        assert asked(one, words)[0] == [case.referral.pk]
    reader = officer_of(Agency.objects.get(code=BRADFORD))
    assert asked(reader, words) == ([], False, open_to_all[2])


def test_a_name_that_another_desk_keeps_to_itself_is_confirmed_to_nobody_else(lead):
    referral = about("Axel", "Rudderham", other_names="Ace")
    police = officer_of(dispatch_to_police(referral).agency)
    before = asked(lead, "quillfeather")
    named(referral.person_id, police, name="Zebedee Quillfeather")
    assert asked(lead, "quillfeather") == before == ([], False, before[2])
    assert asked(lead, "axel zebedee")[0] == []
    assert found(lead, "ace") == found(lead, "axel") == found(police, "quillfeather") == [referral.reference]
    named(referral.person_id, police, name="Zeb Quillfeather", readers=Readers.RECIPIENTS)
    assert found(lead, "quillfeather") == found(lead, "zeb") == [referral.reference]


def test_what_is_opened_by_name_is_found_and_what_is_offered_is_not_before_it_is_accepted(lead):
    referral = submitted()
    dispatch = dispatch_to_authority(referral)
    far = Agency.objects.get(code=BRADFORD)
    offered, helper = officer_of(far), officer_of(Agency.objects.get(code="E08000034"))
    assert found(offered, "tomasz") == found(helper, "tomasz") == []
    make_offer(dispatch_id=dispatch.pk, to_id=far.pk, reason="He lives there.", by=lead, now=timezone.now())
    assert found(offered, "tomasz") == []
    privacy_officer(BARNSLEY)
    broken(referral, by=helper)
    assert found(helper, "tomasz") == [referral.reference]


def test_what_is_found_among_is_what_may_be_read_one_by_one(lead):
    case = Case()
    referrals = [case.referral, *(submitted() for _ in range(2)), about("Axel", "Rudderham", postcode="BD1 1HX")]
    case.restrict()
    outsider = reviewer()
    shared(dispatch_to_authority(referrals[1]), officer_of(Agency.objects.get(code=BRADFORD)), by=lead)
    for reader in (lead, case.lead, case.other, case.police, outsider, officer_of(Agency.objects.get(code=BRADFORD))):
        reader = reread(reader)
        one_by_one = set(readable_referrals(reader, [each.pk for each in referrals]).values_list("pk", flat=True))
        assert set(Referral.objects.filter(pk__in=every_readable(reader)).values_list("pk", flat=True)) == one_by_one


def test_how_it_fits_is_said(axel, lead):
    (one,) = find(reread(lead), parse("ruderham 8/7/2006 S70", today=TODAY)).found
    assert (one.fit.names, one.fit.birth, one.fit.postcode) == ((How.TYPO,), How.SWAPPED, How.DISTRICT)
