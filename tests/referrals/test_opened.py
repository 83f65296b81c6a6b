"""Exceptions by name: one row, one person, one referral; nothing holds over a whole model or after its time."""

import ast
from datetime import timedelta

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.actions.add_membership import add_membership
from agencies.actions.end_membership import end_membership
from agencies.models import Agency, User
from agencies.permissions import Permission
from agencies.roles import ROLES, RoleName
from audit.agents import Agent
from audit.ledger import read_payload
from audit.models import Entry
from audit.refusals import Forbidden, NotNow, OffTheRecord
from audit.tasks import sweep_events
from referrals.actions.end_access import end_access
from referrals.models import AccessKind, NamedAccess, Referral
from referrals.opened import accesses_of, opened_to
from referrals.selectors import can_read, readable_referral
from tests.audit.acts import within
from tests.house.rooms import called, calls, sources
from tests.making import TEACHER, dispatch_to_authority, dispatch_to_police, officer_of, reread, submitted
from tests.referrals.opening import broken, in_role, privacy_officer, reviewer, shared, supervisor

pytestmark = pytest.mark.usefixtures("db", "on_record")
BARNSLEY, BRADFORD = "E08000038", "E08000032"
HOUR = timedelta(hours=1)


@pytest.fixture
def stranger():
    return officer_of(Agency.objects.get(code=BRADFORD), name="Adeel Kershaw")


def page(client, user, name, pk):
    client.force_login(user)
    return client.get(reverse(name, args=[pk])).status_code


def test_to_whom_it_was_opened_by_another_is_on_record_as_a_disclosure(dispatch, stranger):
    lead = officer_of(dispatch.agency)
    access = shared(dispatch, stranger, by=lead)
    entry = Entry.objects.get(kind=Entry.Kind.DISCLOSED, object_id=access.pk)
    assert (entry.actor, entry.subject) == (lead.pk, dispatch.referral.person_id)
    assert read_payload(entry) == {"recipient": str(stranger.pk), "form": "share", "agency": str(access.agency_id)}
    privacy_officer(BARNSLEY)
    glass = broken(dispatch.referral, by=officer_of(Agency.objects.get(code=BRADFORD)))
    assert not Entry.objects.filter(kind=Entry.Kind.DISCLOSED, object_id=glass.pk).exists(), "they opened it themselves"


# What guardian could do and must not.


def test_nobody_can_hold_a_right_over_a_whole_model():
    fields = {field.name for field in User._meta.get_fields()}
    assert not fields & {"groups", "user_permissions", "is_superuser"}
    assert not hasattr(User, "has_perm")


@pytest.mark.parametrize(
    "table",
    ["auth_group", "auth_group_permissions", "guardian_userobjectpermission", "guardian_groupobjectpermission"],
)
def test_the_application_cannot_even_write_where_such_rights_would_stand(table):
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with refused as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # a name from the list above
    assert isinstance(caught.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_guardian_is_asked_in_one_way_only():
    asked = []
    for path, text in sources():
        if "guardian" not in text or path.parts[:2] == ("config", "settings"):
            continue
        for call in calls(text):
            assert called(call) not in {"assign_perm", "remove_perm", "bulk_assign_perm", "get_users_with_perms"}, path
            if called(call) == "get_objects_for_user":
                said = {each.arg: each.value.value for each in call.keywords if isinstance(each.value, ast.Constant)}
                wanted = ("use_groups", "with_superuser", "accept_global_perms")
                assert [said[name] for name in wanted] == [False, False, False], path
                asked.append(str(path))
    assert asked == ["referrals/opened.py"]


def test_a_row_is_made_by_its_action_only(dispatch, stranger):
    for attempt in (
        lambda: NamedAccess.objects.bulk_create([]),
        lambda: NamedAccess.every.update(ends_at=None),
        lambda: NamedAccess.objects.filter(user=stranger).delete(),
    ):
        with pytest.raises(OffTheRecord):
            attempt()
    makers = [str(path) for path, text in sources() if "NamedAccess(" in text and "class NamedAccess(" not in text]
    assert makers == ["referrals/actions/open_access.py"]


# Shares.


def test_a_share_opens_one_referral_to_one_person_to_read_and_nothing_else(client, dispatch, lead, stranger):
    other, colleague = submitted(), officer_of(Agency.objects.get(code=BRADFORD), name="Zainab Ogden")
    shared(dispatch, stranger, by=lead)
    referral = dispatch.referral
    for name in ("desk:referral", "desk:referral-print", "desk:referral-pdf"):
        assert page(client, stranger, name, referral.pk) == 200
        assert page(client, colleague, name, referral.pk) == 404
        assert page(client, stranger, name, other.pk) == 404
    for verb in ("assign", "note", "add-document", "offer", "share", "detach", "join"):
        assert page(client, stranger, f"referrals:{verb}", dispatch.pk) == 404, verb
    client.force_login(stranger)
    assert referral.reference not in client.get(reverse("referrals:inbox")).content.decode()
    assert referral.reference in client.get(reverse("desk:home")).content.decode()


def test_who_has_it_sees_with_whom_it_is_shared_and_why_and_who_reads_it_sees_until_when(
    client, dispatch, lead, stranger
):
    shared(dispatch, stranger, by=lead)
    for reader in (lead, stranger):
        client.force_login(reader)
        text = client.get(reverse("desk:referral", args=[dispatch.referral_id])).content.decode()
        assert "Her brother lives in their area" in text
    assert "You can read it until" in text and "End it now" not in text
    client.force_login(officer_of(dispatch_to_police(dispatch.referral).agency))
    text = client.get(reverse("desk:referral", args=[dispatch.referral_id])).content.decode()
    assert "Adeel Kershaw" in text and "Shared it with Adeel Kershaw." in text and "End it now" in text


def test_the_person_is_told_without_a_word_about_anybody(dispatch, lead, stranger, mailoutbox):
    from agencies.tasks import sweep_notices

    shared(dispatch, stranger, by=lead)
    sweep_notices()
    (letter,) = [each for each in mailoutbox if stranger.email in each.to]
    assert dispatch.referral.reference in letter.subject
    assert not any(word in letter.body for word in ("Tomasz", "brother", "Osian"))


@pytest.mark.parametrize("code", ["system", "home-office"])
def test_it_is_shared_with_those_only_whose_role_works_referrals(dispatch, lead, code):
    role = RoleName.SYSTEM_ADMINISTRATOR if code == "system" else RoleName.AUDITOR
    with pytest.raises(NotNow, match="Nobody with this e-mail address"):
        shared(dispatch, in_role(role, code), by=lead)


def test_an_unknown_address_and_one_that_cannot_be_opened_it_are_answered_alike(client, dispatch, lead):
    client.force_login(lead)
    administrator = in_role(RoleName.SYSTEM_ADMINISTRATOR, "system")
    answers = [
        client.post(
            reverse("referrals:share", args=[dispatch.pk]), {"email": email, "days": "7", "reason": "x"}
        ).content.decode()
        for email in (administrator.email, "nobody@officers.example")
    ]
    assert all("Nobody with this e-mail address can be opened it" in text for text in answers)


def test_it_is_not_shared_twice_nor_with_who_has_it_nor_for_ever_nor_without_a_reason(dispatch, lead, stranger):
    for wrong, match in (({"days": 91}, "between 1 and 90"), ({"days": 0}, "between"), ({"reason": " "}, "reason")):
        with pytest.raises(NotNow, match=match):
            shared(dispatch, stranger, by=lead, **wrong)
    shared(dispatch, stranger, by=lead)
    for to in (stranger, lead, officer_of(dispatch.agency)):
        with pytest.raises(NotNow, match="already"):
            shared(dispatch, to, by=lead)


def test_only_who_has_it_shares_it(dispatch, lead, stranger):
    shared(dispatch, stranger, by=lead)
    for by in (stranger, officer_of(Agency.objects.get(code=BRADFORD)), reviewer()):
        with pytest.raises(Forbidden):
            shared(dispatch, officer_of(Agency.objects.get(code="E08000035")), by=by)


def test_it_ends_when_somebody_ends_it_at_the_next_request(client, dispatch, lead, stranger):
    access = shared(dispatch, stranger, by=lead)
    assert page(client, stranger, "referrals:close-access", access.pk) == 404
    assert page(client, lead, "referrals:close-access", access.pk) == 200
    assert client.post(reverse("referrals:close-access", args=[access.pk])).status_code == 302
    assert page(client, stranger, "desk:referral", dispatch.referral_id) == 404
    with pytest.raises(NotNow, match="over already"):
        end_access(access_id=access.pk, by=lead, now=timezone.now())
    client.force_login(lead)
    text = client.get(reverse("desk:referral", args=[dispatch.referral_id])).content.decode()
    assert "Ended what was opened to Adeel Kershaw." in text


def test_it_ends_by_itself_when_its_time_is_up(dispatch, lead, stranger):
    then = timezone.now() - timedelta(days=7)
    access = shared(dispatch, stranger, by=lead, now=then - HOUR)
    assert not can_read(stranger, dispatch.referral_id)
    assert NamedAccess.every.get(pk=access.pk).is_over
    shared(dispatch, stranger, by=lead, now=then + HOUR)
    assert can_read(stranger, dispatch.referral_id)


def test_it_ends_with_the_membership_for_which_it_was_given_and_does_not_come_back_with_it(dispatch, lead, stranger):
    shared(dispatch, stranger, by=lead)
    leeds = Agency.objects.get(code="E08000035")
    add_membership(
        user_id=stranger.pk, agency_id=leeds.pk, role=RoleName.AUTHORITY_LEAD, by=Agent.OPERATOR, now=timezone.now()
    )
    (first,) = stranger.memberships.filter(agency__code=BRADFORD)
    end_membership(membership_id=first.pk, by=Agent.OPERATOR, now=timezone.now())
    assert not can_read(reread(stranger), dispatch.referral_id)
    sweep_events()
    bradford = Agency.objects.get(code=BRADFORD)
    add_membership(
        user_id=stranger.pk, agency_id=bradford.pk, role=RoleName.AUTHORITY_LEAD, by=Agent.OPERATOR, now=timezone.now()
    )
    assert not can_read(reread(stranger), dispatch.referral_id)


# Reviews.


def test_a_reviewer_reads_one_referral_while_the_review_lasts(client, dispatch, lead):
    boss, auditor = supervisor(BARNSLEY), reviewer()
    assert page(client, auditor, "desk:referral", dispatch.referral_id) == 404
    assert page(client, lead, "referrals:open-review", dispatch.pk) == 404
    with pytest.raises(Forbidden):
        shared(dispatch, auditor, by=lead, kind=AccessKind.REVIEW)
    client.force_login(boss)
    given = {"email": auditor.email, "days": "30", "reason": "Learning review 7."}
    assert client.post(reverse("referrals:open-review", args=[dispatch.pk]), given).status_code == 302
    for name in ("desk:referral", "desk:referral-print"):
        assert page(client, auditor, name, dispatch.referral_id) == 200
    assert dispatch.referral.reference in client.get(reverse("desk:home")).content.decode()
    assert client.get(reverse("referrals:inbox")).status_code == 404


def test_a_review_is_opened_to_reviewers_only_and_for_half_a_year_at_most(dispatch, stranger):
    boss = supervisor(BARNSLEY)
    with pytest.raises(NotNow, match="Nobody"):
        shared(dispatch, stranger, by=boss, kind=AccessKind.REVIEW)
    with pytest.raises(NotNow, match="between 1 and 180"):
        shared(dispatch, reviewer(), by=boss, kind=AccessKind.REVIEW, days=181)


# What it costs, and what the database refuses.


def test_an_opened_an_unopened_and_an_absent_referral_are_asked_for_by_the_same_statement(dispatch, lead, stranger):
    from uuid import uuid4

    other = submitted({**TEACHER, "postcode": "S70 2TD"})
    shared(dispatch, stranger, by=lead)
    assert stranger.agencies
    statements = set()
    for pk in (dispatch.referral_id, other.pk, uuid4()):
        with CaptureQueriesContext(connection) as asked:
            can_read(stranger, pk)
        statements.add(tuple(query["sql"].replace(str(pk), "").replace(pk.hex, "") for query in asked.captured_queries))
    assert len(statements) == 1


def test_what_is_opened_is_listed_by_one_statement_however_much(dispatch, lead, stranger, django_assert_num_queries):
    assert stranger.agencies
    for more in (1, 5):
        for _ in range(more):
            shared(dispatch_to_authority(submitted()), stranger, by=lead)
        with django_assert_num_queries(1):
            assert [access.content_object.reference for access in accesses_of(stranger)]
    assert opened_to(stranger).count() == 6


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at": None},
        {"reason": ""},
        {"kind": AccessKind.BREAK_GLASS},
        {"ended_at": timezone.now()},
        {"reviewed_at": timezone.now()},
        {"justified": True},
    ],
)
def test_the_database_refuses_an_access_that_makes_no_sense(dispatch, lead, stranger, wrong):
    access = shared(dispatch, stranger, by=lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        within(do=lambda: access.changed(**wrong), by=Agent.OPERATOR, now=timezone.now())


def test_nobody_shares_with_themselves(dispatch, lead, stranger):
    access = shared(dispatch, stranger, by=lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        within(do=lambda: access.changed(granted_by=stranger.pk), by=Agent.OPERATOR, now=timezone.now())


@pytest.mark.parametrize("role", RoleName)
def test_a_role_that_opens_or_reviews_can_do_what_its_pages_need(role):
    held = ROLES[role].permissions
    if Permission.REVIEW_READ in held or Permission.DISPATCH_READ in held or Permission.GLASS_BREAK in held:
        assert Permission.REFERRAL_READ in held
    assert not {Permission.GLASS_BREAK, Permission.GLASS_REVIEW} <= held


def test_looking_at_what_is_opened_is_on_the_record(client, dispatch, lead, stranger):
    shared(dispatch, stranger, by=lead)
    page(client, stranger, "desk:referral", dispatch.referral_id)
    assert Entry.objects.filter(kind=Entry.Kind.VIEWED, actor=stranger.pk, object_id=dispatch.referral_id).exists()
    with pytest.raises(Referral.DoesNotExist):
        readable_referral(privacy_officer(BARNSLEY), dispatch.referral_id)
    with pytest.raises(NotNow, match="already"):
        broken(dispatch.referral, by=stranger)
