"""A second or later referral says so wherever it is shown, and never of what is kept from its reader."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency, Notice, NoticeKind, User
from audit.refusals import NotNow
from audit.tasks import sweep_events
from people.actions.answer_match_asking import answer_match_asking
from people.actions.ask_about_match import ask_about_match
from people.actions.decide_match import decide_match
from people.states import MatchState
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.decide_withdrawal import decide_withdrawal
from referrals.actions.join_referrals import join_referrals
from referrals.actions.make_offer import make_offer
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.models import JoinKind, Referral, ToldBy, WithdrawalKind
from referrals.repeats import is_one_of_several, repeats_of
from tests.making import dispatch_to_authority, dispatch_to_police, officer_of, reread, with_mailboxes
from tests.people.pairs import AXEL, IN_CARDIFF, found, match_of, officer_at, pair

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
WHY = "The same mother."
ABOUT_A_COLLEAGUE = {"work_and_family": ["police"]}


def confirmed(earlier, later, *, by):
    match = match_of(earlier, later)
    decide_match(match_id=match.pk, said=MatchState.CONFIRMED, reason=WHY, by=by, now=NOW)
    return match


def afresh(referral):
    return Referral.objects.select_related("person").get(pk=referral.pk)


def repeat(reader, referral):
    return repeats_of(reread(reader), [afresh(referral)])[referral.pk]


def test_only_what_officers_confirmed_makes_a_repeat():
    earlier, later = pair()
    officer = officer_at(later)
    assert not repeat(officer, later)
    assert not is_one_of_several(afresh(later))
    confirmed(earlier, later, by=officer)
    assert [each.pk for each in repeat(officer, later).earlier] == [earlier.pk]
    assert [each.pk for each in repeat(officer, earlier).later] == [later.pk]
    assert is_one_of_several(afresh(earlier)) and is_one_of_several(afresh(later))


def test_two_reports_of_one_concern_that_an_officer_joined_do_not_count_as_repeats():
    earlier, later = pair()
    officer = officer_at(later)
    confirmed(earlier, later, by=officer)
    join_referrals(
        dispatch_id=dispatch_to_authority(earlier).pk, other_id=dispatch_to_authority(later).pk,
        kind=JoinKind.SAME_CONCERN, reason=WHY, by=officer, now=NOW,
    )  # fmt: skip
    assert not repeat(officer, later)
    assert not is_one_of_several(afresh(later))


def test_of_a_referral_in_another_area_it_is_said_who_has_it():
    earlier, later = pair(earlier={**AXEL, **IN_CARDIFF})
    barnsley, cardiff = officer_at(later), officer_at(earlier)
    asking = ask_about_match(match_id=match_of(earlier, later).pk, by=barnsley, now=NOW)
    answer_match_asking(asking_id=asking.pk, accept=True, by=cardiff, now=NOW)
    confirmed(earlier, later, by=barnsley)
    banner = repeat(barnsley, later)
    assert (banner.earlier, banner.later) == ([], [])
    assert {agency.name for agency in banner.elsewhere} == {"City of Cardiff Council", "CTP Wales"}


def test_a_restricted_referral_on_the_record_leaves_no_trace_in_the_banner_nor_in_the_statements_it_takes():
    earlier, later = pair(earlier={**AXEL, **ABOUT_A_COLLEAGUE})
    officer = officer_at(later)

    def looked():
        with CaptureQueriesContext(connection) as captured:
            banner = repeat(officer, later)
        return bool(banner), [query["sql"].split(" WHERE ")[0] for query in captured]

    before = looked()
    confirmed(earlier, later, by=officer_at(earlier))
    assert looked() == before
    assert not before[0]
    assert is_one_of_several(afresh(later)), "two people close it all the same"


def test_who_is_asked_and_who_asked_are_told_by_e_mail_of_their_own_referral_alone():
    earlier, later = pair(earlier={**AXEL, **IN_CARDIFF})
    agencies = [with_mailboxes(dispatch_to_authority(each).agency) for each in (earlier, later)]
    asking = ask_about_match(match_id=match_of(earlier, later).pk, by=officer_at(later), now=NOW)
    sweep_events()
    answer_match_asking(asking_id=asking.pk, accept=True, by=officer_at(earlier), now=NOW)
    sweep_events()
    told = {
        (each.kind, each.agency): each.details["reference"]
        for each in Notice.objects.filter(kind__in=(NoticeKind.MATCH_ASKED, NoticeKind.MATCH_ANSWERED))
    }
    assert told == {
        (NoticeKind.MATCH_ASKED, agencies[0]): earlier.reference,
        (NoticeKind.MATCH_ANSWERED, agencies[1]): later.reference,
    }


def reported_for(referral: Referral) -> dict[str, Any]:
    """What an officer of the police says who has taken receipt, reported that it was sent in error, and decides."""
    dispatch = dispatch_to_police(referral)
    officer = officer_of(dispatch.agency)
    acknowledge_dispatch(dispatch_id=dispatch.pk, by=officer, now=NOW)
    reported = report_withdrawal(
        dispatch_id=dispatch.pk, kind=WithdrawalKind.IN_ERROR, told_how=ToldBy.TELEPHONE, reason=WHY,
        by=officer, now=NOW,
    )  # fmt: skip
    return {"withdrawal_id": reported.pk, "dispatch_id": dispatch.pk, "reason": WHY, "by": officer, "now": NOW}


def says(earlier: Referral, later: Referral, said: MatchState, by: User) -> None:
    decide_match(match_id=match_of(earlier, later).pk, said=said, reason=WHY, by=by, now=NOW)


def test_the_police_do_not_stop_while_a_likely_match_that_they_see_waits():
    earlier, later = pair()
    given = reported_for(later)
    with pytest.raises(NotNow, match="likely"):
        decide_withdrawal(**given, go_on=False)
    says(earlier, later, MatchState.REJECTED, given["by"])
    assert decide_withdrawal(**given, go_on=False).is_stopped


@pytest.mark.parametrize("said", [MatchState.CONFIRMED, MatchState.LEFT_OPEN])
@pytest.mark.parametrize("first", [True, False])
def test_where_the_person_was_referred_or_may_have_been_at_another_time_a_colleague_of_whoever_reported_it_stops_it(
    said, first
):
    earlier, later = pair()
    given = reported_for(earlier if first else later)
    says(earlier, later, said, given["by"])
    with pytest.raises(NotNow, match="referred at another time"):
        decide_withdrawal(**given, go_on=False)
    colleague = officer_of(given["by"].agencies[0], name="Edda Marchbanks")
    assert decide_withdrawal(**given | {"by": colleague}, go_on=False).is_stopped


def test_a_likely_match_on_a_restricted_person_holds_nobody_up_who_must_not_know_of_it():
    _earlier, later = pair(earlier={**AXEL, **ABOUT_A_COLLEAGUE})
    assert decide_withdrawal(**reported_for(later), go_on=False).is_stopped


def test_a_list_asks_no_more_however_many_rows_it_has():
    referrals = [found({**AXEL, "given_names": name}) for name in ("Axel", "Wren", "Osian")]
    reader = officer_at(referrals[0])

    def statements(count):
        asked = [afresh(each) for each in referrals[:count]]
        with CaptureQueriesContext(connection) as captured:
            repeats_of(reread(reader), asked)
        return len(captured)

    assert statements(1) == statements(3)


def test_what_is_offered_to_an_agency_says_that_it_is_a_repeat(client):
    earlier, later = pair()
    officer = officer_at(later)
    dispatch = dispatch_to_authority(later)
    other = officer_of(Agency.objects.get(code="E08000032"))
    make_offer(dispatch_id=dispatch.pk, to_id=other.agencies[0].pk, reason=WHY, by=officer, now=NOW)
    client.force_login(other)
    tag = "govuk-tag--blue"
    assert tag not in client.get(reverse("referrals:inbox")).content.decode()
    confirmed(earlier, later, by=officer)
    assert tag in client.get(reverse("referrals:inbox")).content.decode()
