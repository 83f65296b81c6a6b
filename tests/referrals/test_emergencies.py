"""Glass is broken for an hour at most, the owners and a privacy officer hear of it, and somebody else reviews it."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.actions.arrange_absence import arrange_absence
from agencies.actions.suspend_user import suspend_user
from agencies.models import Agency, Exclusion, ExclusionGround, Notice, NoticeKind
from agencies.roles import ROLES, RoleName
from agencies.tasks import sweep_notices
from audit.agents import Agent
from audit.refusals import Forbidden, NotNow
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.actions.break_glass import break_glass
from referrals.actions.end_access import end_access
from referrals.actions.restrict_record import restrict_record
from referrals.actions.review_emergency import review_emergency
from referrals.models import NamedAccess
from referrals.opened import to_review
from referrals.permissions import check_can_review_emergency
from referrals.reference import new_reference
from referrals.selectors import can_read
from tests.audit.acts import within
from tests.making import (
    TEACHER,
    dispatch_to_authority,
    dispatch_to_police,
    has_too,
    officer_of,
    submitted,
    with_mailboxes,
)
from tests.referrals.at_the_desk import ABOUT_POLICE
from tests.referrals.opening import broken, in_role, privacy_officer, reachable, supervisor

pytestmark = pytest.mark.usefixtures("db", "on_record")
BARNSLEY, BRADFORD = "E08000038", "E08000032"
GIVEN = {"minutes": "30", "reason": "He is on his way to her house."}


@pytest.fixture
def referral():
    found = submitted()
    reachable(found)
    return found


@pytest.fixture
def stranger():
    return officer_of(Agency.objects.get(code=BRADFORD), name="Adeel Kershaw")


@pytest.fixture
def officer():
    return privacy_officer(BARNSLEY)


def told():
    return {notice.address for notice in Notice.objects.filter(kind=NoticeKind.GLASS_BROKEN)}


def test_it_opens_the_referral_at_once_to_read_and_nothing_else(client, referral, stranger, officer):
    client.force_login(stranger)
    answer = client.post(reverse("referrals:emergency"), {"reference": referral.reference, **GIVEN})
    assert answer["Location"] == reverse("desk:referral", args=[referral.pk])
    text = client.get(answer["Location"]).content.decode()
    assert "Tomasz" in text and "emergency access" in text
    dispatch = dispatch_to_authority(referral)
    for verb in ("assign", "note", "share", "offer", "restrict"):
        assert client.get(reverse(f"referrals:{verb}", args=[dispatch.pk])).status_code == 404


def test_whoever_works_it_its_duty_contacts_and_the_privacy_officer_are_told_in_the_next_minute(
    referral, stranger, officer, mailoutbox
):
    dispatch, lead = dispatch_to_authority(referral), officer_of(Agency.objects.get(code=BARNSLEY))
    police = with_mailboxes(dispatch_to_police(referral).agency)
    assign_dispatch(dispatch_id=dispatch.pk, to_id=lead.pk, by=lead, now=timezone.now())
    access = broken(referral, by=stranger)
    assert told() == {lead.email, police.duty_email, officer.email}
    assert all(notice.due == access.granted_at for notice in Notice.objects.filter(kind=NoticeKind.GLASS_BROKEN))
    sweep_notices()  # which is woken by the action, and by the beat every two seconds
    letters = [each for each in mailoutbox if "emergency" in each.subject]
    assert {letter.to[0] for letter in letters} == told()
    for letter in letters:
        assert referral.reference in letter.subject
        assert not any(word in letter.subject + letter.body for word in ("Tomasz", "Adeel", "on his way"))


def test_where_its_agencies_have_no_privacy_officer_those_of_the_national_desks_are_told(referral, stranger):
    desk = in_role(RoleName.PRIVACY_OFFICER, "national-police-desk")
    access = broken(referral, by=stranger)
    assert desk.email in told()
    assert to_review(desk) == [access]


def test_where_nobody_would_be_told_it_is_not_opened(referral, stranger):
    with pytest.raises(NotNow, match="No privacy officer"):
        broken(referral, by=stranger)
    assert not NamedAccess.every.exists()


@pytest.fixture
def lead(referral):
    """Who works it for the council."""
    dispatch, user = dispatch_to_authority(referral), officer_of(Agency.objects.get(code=BARNSLEY))
    assign_dispatch(dispatch_id=dispatch.pk, to_id=user.pk, by=user, now=timezone.now())
    return user


def test_where_who_works_it_is_suspended_the_duty_contact_is_told_instead(referral, stranger, officer, lead):
    suspend_user(user_id=lead.pk, by=Agent.OPERATOR, now=timezone.now())
    broken(referral, by=stranger)
    council, police = (each.agency for each in (dispatch_to_authority(referral), dispatch_to_police(referral)))
    assert told() == {council.duty_email, police.duty_email, officer.email}


def test_while_who_works_it_is_away_who_covers_and_the_duty_contact_are_told_too(referral, stranger, officer, lead):
    council = dispatch_to_authority(referral).agency
    cover = officer_of(council, name="Marged Holloway")
    arrange_absence(
        user_id=lead.pk, cover_id=cover.pk, agency_id=council.pk, starts_on=timezone.localdate(),
        ends_on=timezone.localdate(), by=lead, now=timezone.now(),
    )  # fmt: skip
    broken(referral, by=stranger)
    assert told() >= {lead.email, cover.email, council.duty_email}
    suspend_user(user_id=cover.pk, by=Agent.OPERATOR, now=timezone.now())
    again = broken(referral, by=officer_of(Agency.objects.get(code=BRADFORD), name="Osian Achterberg"))
    hear = {notice.address for notice in Notice.objects.filter(about=again.pk)}
    assert council.duty_email in hear and cover.email not in hear


def test_where_an_agency_has_no_duty_contact_its_own_officers_are_told(stranger, officer):
    referral = submitted()
    with_mailboxes(dispatch_to_police(referral).agency)
    council = dispatch_to_authority(referral).agency
    first, second, gone = (officer_of(council, name=name) for name in ("Wilf Ackroyd", "Marged Holloway", "Osian Lunt"))
    suspend_user(user_id=gone.pk, by=Agent.OPERATOR, now=timezone.now())
    break_glass(reference=referral.reference, minutes=30, reason="He is there.", by=stranger, now=timezone.now())
    assert told() >= {first.email, second.email} and gone.email not in told()


def test_where_nobody_of_an_agency_that_has_it_could_be_told_it_is_not_opened(stranger, officer):
    referral = submitted()
    with_mailboxes(dispatch_to_authority(referral).agency)
    with pytest.raises(NotNow, match="Nobody of an agency that has the referral could be told"):
        break_glass(reference=referral.reference, minutes=30, reason="He is there.", by=stranger, now=timezone.now())
    assert not NamedAccess.every.exists() and not told()


def test_a_suspended_privacy_officer_is_not_one_who_is_told(referral, stranger, officer):
    suspend_user(user_id=officer.pk, by=Agent.OPERATOR, now=timezone.now())
    with pytest.raises(NotNow, match="No privacy officer"):
        broken(referral, by=stranger)


@pytest.mark.parametrize("minutes", [0, 61, 90])
def test_an_hour_is_the_longest(referral, stranger, officer, minutes):
    with pytest.raises(NotNow, match="60 minutes is the longest"):
        broken(referral, by=stranger, minutes=minutes)
    access = broken(referral, by=stranger)
    with pytest.raises(IntegrityError), transaction.atomic():
        within(
            do=lambda: access.changed(ends_at=access.granted_at + timedelta(minutes=61)),
            by=Agent.OPERATOR,
            now=timezone.now(),
        )


def test_after_its_time_the_referral_is_absent_again_and_glass_can_be_broken_anew(referral, stranger, officer):
    broken(referral, by=stranger, now=timezone.now() - timedelta(minutes=61))
    assert not can_read(stranger, referral.pk)
    broken(referral, by=stranger)
    assert can_read(stranger, referral.pk)
    assert len(to_review(officer)) == 2


def test_a_supervisor_of_an_agency_that_has_it_ends_it_before_its_time(referral, stranger, officer):
    access = broken(referral, by=stranger)
    with pytest.raises(Forbidden):
        end_access(access_id=access.pk, by=officer_of(Agency.objects.get(code=BARNSLEY)), now=timezone.now())
    end_access(access_id=access.pk, by=supervisor(BARNSLEY), now=timezone.now())
    assert not can_read(stranger, referral.pk)


def test_what_is_absent_and_what_is_restricted_are_answered_alike_by_the_same_statements(client, stranger, officer):
    client.force_login(stranger)
    client.get(reverse("referrals:emergency"))  # the first request renews the session, the next do not
    kept = submitted(ABOUT_POLICE)
    answers, statements, counts = set(), set(), set()
    for reference in (kept.reference, new_reference()):
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(reverse("referrals:emergency"), {"reference": reference, **GIVEN})
        text = answer.content.decode()
        assert "No referral with this reference can be opened in this way." in text
        answers.add((answer.status_code, re.sub(r'value="\w{64}"', "", text.replace(reference, ""))))
        known = [
            query["sql"].replace(reference, "") for query in asked.captured_queries if "INSERT" not in query["sql"]
        ]
        statements.add(tuple(sql for sql in known if '"referrals_' in sql))
        counts.add(len(asked))
    assert len(answers) == len(statements) == len(counts) == 1
    assert not told()


@pytest.mark.parametrize("missing", ["reference", "minutes", "reason"])
def test_without_reference_time_or_reason_nothing_is_opened_and_nothing_typed_is_lost(
    client, referral, stranger, officer, missing
):
    client.force_login(stranger)
    given = {"reference": referral.reference, **GIVEN, missing: ""}
    text = client.post(reverse("referrals:emergency"), given).content.decode()
    assert "<title>Error: " in text
    assert not NamedAccess.every.exists()


@pytest.mark.parametrize("role", RoleName)
def test_who_works_ordinary_referrals_may_and_nobody_else(client, role):
    from tests.making import agency_for, make_user

    user = make_user(agency=agency_for(role), role=role, name="Osian Achterberg", by=Agent.OPERATOR, now=timezone.now())
    client.force_login(user)
    works = "dispatch.acknowledge" in ROLES[role].permissions and role != RoleName.RESTRICTED_DESK_OFFICER
    assert (client.get(reverse("referrals:emergency")).status_code == 200) is works
    reviews = role == RoleName.PRIVACY_OFFICER
    assert (client.get(reverse("referrals:emergencies")).status_code == 200) is reviews


# The review.


def test_a_privacy_officer_reads_who_when_and_why_and_nothing_of_the_referral(client, referral, stranger, officer):
    access = broken(referral, by=stranger)
    client.force_login(officer)
    assert "1 use waits for your review" in client.get(reverse("desk:home")).content.decode()
    rows = client.get(reverse("referrals:emergencies")).content.decode()
    text = client.get(reverse("referrals:emergency-review", args=[access.pk])).content.decode()
    assert "Adeel Kershaw" in rows and referral.reference in rows
    assert "on his way to her house" in text and "Tomasz" not in rows + text
    assert client.get(reverse("desk:referral", args=[referral.pk])).status_code == 404


def test_the_review_is_kept_with_its_words_and_done_once(client, referral, stranger, officer):
    access, address = broken(referral, by=stranger), reverse("referrals:emergencies")
    page = reverse("referrals:emergency-review", args=[access.pk])
    client.force_login(officer)
    assert "<title>Error: " in client.post(page, {"reason": ""}).content.decode()
    assert client.post(page, {"justified": "no", "reason": "The lead was in her office."})["Location"] == address
    assert client.post(page, {"justified": "yes", "reason": "x"}).status_code == 409
    text = client.get(page).content.decode()
    assert (
        "The lead was in her office." in text
        and "Not justified" in text
        and "<form method" not in text.split("<main")[1]
    )
    assert "Not justified" in client.get(address).content.decode()
    stored = NamedAccess.every.get(pk=access.pk)
    assert (stored.reviewed_by, stored.justified) == (officer, False)


def test_a_review_can_come_long_after_the_access_is_over(referral, stranger, officer):
    access = broken(referral, by=stranger, now=timezone.now() - timedelta(days=3))
    now = timezone.now()
    review_emergency(access_id=access.pk, justified=True, words="It was.", by=officer, now=now)
    assert NamedAccess.every.get(pk=access.pk).review == "It was."
    assert to_review(officer) == []


def test_nobody_reviews_their_own_whatever_roles_they_hold(client, referral, officer):
    both = officer_of(Agency.objects.get(code=BRADFORD))
    barnsley = Agency.objects.get(code=BARNSLEY)
    has_too(both, RoleName.PRIVACY_OFFICER, barnsley)
    access = broken(referral, by=both)
    assert both.email not in told()
    assert to_review(both) == []
    client.force_login(both)
    assert client.get(reverse("referrals:emergency-review", args=[access.pk])).status_code == 404
    with pytest.raises(Forbidden, match="Somebody else reviews it"):
        review_emergency(access_id=access.pk, justified=True, words="Fine.", by=both, now=timezone.now())
    fields = {"reviewed_at": timezone.now(), "reviewed_by": both, "justified": True, "review": "Fine."}
    with pytest.raises(IntegrityError), transaction.atomic():
        within(do=lambda: access.changed(**fields), by=Agent.OPERATOR, now=timezone.now())


def test_only_privacy_officers_of_agencies_that_have_it_or_of_a_national_desk_review_it(
    client, referral, stranger, officer
):
    access = broken(referral, by=stranger)
    desk, elsewhere = privacy_officer("national-authority-desk"), privacy_officer(BRADFORD)
    assert to_review(desk) == to_review(officer) == [access]
    assert to_review(elsewhere) == []
    client.force_login(elsewhere)
    assert client.get(reverse("referrals:emergency-review", args=[access.pk])).status_code == 404
    for by in (elsewhere, stranger, Agent.SWEEPER):
        with pytest.raises(Forbidden):
            check_can_review_emergency(by, access, [dispatch_to_authority(referral).agency])


def test_the_list_costs_the_same_however_many_were_used(client, stranger, officer):
    client.force_login(officer)
    client.get(reverse("referrals:emergencies"))
    counts = []
    for more in (1, 4):
        for _ in range(more):
            broken(submitted({**TEACHER, "danger": "no"}), by=stranger)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("referrals:emergencies")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


# The record is restricted afterwards.


def restricted(referral, *more):
    boss, police = supervisor(BARNSLEY), officer_of(dispatch_to_police(referral).agency)
    named = [boss.pk, police.pk, *(user.pk for user in more)]
    now, dispatch = timezone.now(), dispatch_to_authority(referral)
    return restrict_record(dispatch_id=dispatch.pk, named=named, reason="A councillor’s child.", by=boss, now=now)


def test_then_its_review_falls_to_a_national_desk_which_is_not_told_what_it_was_about(
    client, referral, stranger, officer
):
    access, desk = broken(referral, by=stranger), privacy_officer("national-police-desk", name="Hodan Thackray")
    restricted(referral)
    page = reverse("referrals:emergency-review", args=[access.pk])
    client.force_login(officer)
    assert to_review(officer) == []
    assert client.get(page).status_code == 404
    assert client.post(page, {"justified": "yes", "reason": "x"}).status_code == 404
    client.force_login(desk)
    shown = client.get(reverse("referrals:emergencies")).content.decode() + client.get(page).content.decode()
    assert "Withheld" in shown and "Adeel Kershaw" in shown
    assert not any(word in shown for word in (referral.reference, "on his way", "Tomasz", "Barnsley"))
    client.post(page, {"justified": "no", "reason": "I could not see why."})
    assert to_review(desk) == []
    assert NamedAccess.every.get(pk=access.pk).reviewed_by == desk


def test_where_no_national_desk_could_review_it_those_of_its_agencies_do_without_being_told(
    client, referral, stranger, officer
):
    access, elsewhere = broken(referral, by=stranger), privacy_officer(BRADFORD)
    desk = privacy_officer("national-police-desk", name="Hodan Thackray")
    suspend_user(user_id=desk.pk, by=Agent.OPERATOR, now=timezone.now())
    restricted(referral)
    assert [each.withheld for each in to_review(officer)] == [True]
    assert to_review(elsewhere) == []
    review_emergency(access_id=access.pk, justified=True, words="It was.", by=officer, now=timezone.now())
    assert to_review(officer) == []


def test_a_privacy_officer_who_is_named_on_it_is_told_and_one_from_whom_it_is_kept_by_name_sees_nothing(
    referral, stranger, officer
):
    access = broken(referral, by=stranger)
    council = dispatch_to_authority(referral).agency
    both = officer_of(council, name="Wilf Ackroyd")
    has_too(both, RoleName.PRIVACY_OFFICER, council)
    desk = privacy_officer("national-police-desk", name="Hodan Thackray")
    restriction = restricted(referral, both)
    assert [each.withheld for each in to_review(both)] == [False]
    assert [each.withheld for each in to_review(desk)] == [True]
    said = {"ground": ExclusionGround.NAME, "excluded_at": timezone.now(), "excluded_by": both.pk}
    kept = Exclusion(restriction=restriction, user=desk, **said)
    within(do=kept.save, by=Agent.OPERATOR, now=timezone.now())
    assert to_review(desk) == [] and to_review(both) == [access]
    assert [each.withheld for each in to_review(officer)] == [True], "with nobody left at the desks"
