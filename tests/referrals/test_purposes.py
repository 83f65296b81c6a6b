"""Whoever opens a referral that is not assigned to them says why first, once a day for each; so does who searches."""

import re
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, reverse
from django.utils import timezone

from agencies.models import Agency
from agencies.permissions import Permission, can
from agencies.purposes import Purpose
from agencies.roles import RoleName
from audit.ledger import read_payload
from audit.models import Entry
from audit.refusals import Forbidden, NotNow
from config.settings import apps
from people.models import MatchDecision, NameKind
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.ask_referrer import ask_referrer
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.actions.give_task import give_task
from referrals.actions.join_referrals import join_referrals
from referrals.actions.make_offer import make_offer
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.actions.restrict_record import restrict_record
from referrals.actions.state_purpose import state_purpose
from referrals.actions.state_search_purpose import state_search_purpose
from referrals.actions.write_note import write_note
from referrals.models import (
    AccessKind,
    JoinKind,
    Note,
    NoteReaders,
    RecordPurpose,
    Referral,
    SearchPurpose,
    Task,
    ToldBy,
    WithdrawalKind,
)
from referrals.purposes import ASKING, RECORDS
from tests.audit.acts import within
from tests.documents.making import added, judged_clean
from tests.making import dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.people.pairs import match_of, pair
from tests.people.writing import named
from tests.referrals.api.calling import REFERRALS, Caller, agency_key
from tests.referrals.at_the_desk import ABOUT_POLICE, allegations_officer, officer_at
from tests.referrals.at_the_desk import POLICE as DESK
from tests.referrals.looking import GIVEN, WORDS, asks, desk_officer, held_back, question, stated
from tests.referrals.opening import broken, in_role, privacy_officer, reviewer, shared, supervisor
from tests.referrals.succeeding import succeeded
from tests.referrals.worrying import worry_about

pytestmark = pytest.mark.usefixtures("db", "on_record")
HELD, DAY = "referrals:quarantined", timedelta(days=1)
BARNSLEY, BRADFORD = "E08000038", "E08000032"
# What differs from one run of the same statement to the next: ids, times, the names of savepoints.
CHANGING = r'[0-9a-f]{32}|[0-9a-f-]{36}|\d\d:\d\d:[\d.]+|"s\d+_x\d+"'
# Names in the addresses of casework of what is no record, and why a page about it asks nothing.
NO_RECORDS = {
    "absence_id": "an absence",
    "assessment_id": "a gateway assessment: the page asks, about its referral",
    "asking_id": "two records: the page asks once it is known that its reader may see it",
    "agency_id": "lists what an agency has",
    "deconfliction_id": "what its reader was asked to answer: the page asks whoever may read the referral too",
    "delivery_id": "an event for an agency's own system, by id and type",
    "draft_id": "no record yet, and shown to whoever writes it only",
    "endpoint_id": "an address of an agency's own system",
    "export_id": "an export, which asks for a purpose of its own",
    "file_id": "a file of an answer: see request_id",
    "flood_id": "a group of what is held: asks why before it shows some, as a search does",
    "handling_id": "a duty of the house",
    "key_id": "a key",
    "kind": "a kind of list",
    "match_id": "two records: the page asks once it is known that its reader may see it",
    "membership_id": "a colleague",
    "urgency_id": "what the police desk is to see: the page asks whoever may read the referral too",
    **dict.fromkeys(("partnership_id", "planned_id"), "a police-led partnership: the page asks, about its referral"),
    "notice_id": "an e-mail, without anything of a person",
    "number": "a session of one's own",
    "practice_id": "good practice of a region, about nobody",
    "proposal_id": "a role that somebody proposes for a colleague",
    "search_id": "a search of one's own, which asks why before it finds anything",
    "request_id": "asked of its reader's side (OF_READERS): whoever is asked would learn of which referral",
    "slug": "a page of the form",
    "standard_id": "a version of the standards",
    "step_id": "a step of the standards",
    "user_id": "lists what a colleague has",
    "signposting_id": "what a service said: the page asks, about its referral",
}


@pytest.fixture(autouse=True)
def asking(settings):
    asks(settings)


def page(referral):
    return reverse("desk:referral", args=[referral.pk])


def status(client, user, referral):
    client.force_login(user)
    return client.get(page(referral)).status_code


# The question before the record.


def test_it_is_asked_once_for_each_record_and_day_and_leads_on_to_what_was_wanted(client, referral, lead, time_machine):
    now = timezone.now().replace(hour=12)
    time_machine.move_to(now)
    client.force_login(lead)
    wanted = reverse("desk:referral-print", args=[referral.pk])
    asked = client.get(wanted)
    assert (asked.status_code, asked["Location"]) == (302, question(referral, wanted))
    text = client.get(asked["Location"]).content.decode()
    assert "Why do you open this referral?" in text and referral.reference in text and f'value="{wanted}"' in text
    assert "Tomasz" not in text and "Ffion" not in text
    answer = client.post(reverse(ASKING, args=[referral.pk]), {**GIVEN, "next": wanted})
    assert (answer.status_code, answer["Location"]) == (302, wanted)
    assert client.get(wanted).status_code == client.get(page(referral)).status_code == 200
    other = submitted()
    assert client.get(page(other)).status_code == 302, "another record is asked for by itself"
    time_machine.move_to(now + DAY)
    assert status(client, lead, referral) == 302, "and the same one anew on the next day"


def test_what_was_said_is_a_row_and_on_the_ledger_of_the_person(client, referral, lead):
    client.force_login(lead)
    client.post(reverse(ASKING, args=[referral.pk]), {**GIVEN, "next": page(referral)})
    row = RecordPurpose.objects.get()
    assert (row.referral, row.stated_by, row.purpose, row.words) == (referral, lead, Purpose.COVERING, WORDS)
    entry = Entry.objects.get(object_id=row.pk)
    assert (entry.subject, entry.actor) == (referral.person_id, lead.pk)
    assert Purpose.COVERING.value in str(read_payload(entry))
    shown = Entry.objects.filter(actor=lead.pk, kind=Entry.Kind.VIEWED)
    assert not shown.exists(), "the question itself is no look at the record"


@pytest.mark.parametrize("missing", ["purpose", "words"])
def test_without_purpose_or_words_nothing_is_opened_and_nothing_typed_is_lost(client, referral, lead, missing):
    client.force_login(lead)
    given = {**GIVEN, missing: "", "next": page(referral)}
    text = client.post(reverse(ASKING, args=[referral.pk]), given).content.decode()
    assert "<title>Error: " in text and f'value="{page(referral)}"' in text
    assert (WORDS in text) is (missing == "purpose")
    assert status(client, lead, referral) == 302


def test_it_leads_nowhere_outside_the_house(client, referral, lead):
    client.force_login(lead)
    answer = client.post(reverse(ASKING, args=[referral.pk]), {**GIVEN, "next": "https://elsewhere.example/"})
    assert answer["Location"] == reverse("desk:home")


def test_whoever_works_it_is_not_asked(client, referral, dispatch, lead):
    colleague = officer_of(dispatch.agency, name="Marged Holloway")
    assign_dispatch(dispatch_id=dispatch.pk, to_id=lead.pk, by=colleague, now=timezone.now())
    assert status(client, lead, referral) == 200
    assert status(client, colleague, referral) == 302


def test_who_took_receipt_is_not_asked_on_that_day(client, referral, dispatch, lead, time_machine):
    now = timezone.now().replace(hour=12)
    time_machine.move_to(now)
    acknowledge_dispatch(dispatch_id=dispatch.pk, by=lead, now=now)
    assert status(client, lead, referral) == 200
    time_machine.move_to(now + DAY)
    assert status(client, lead, referral) == 302


def test_who_broke_glass_has_just_said_why_and_to_whom_it_is_shared_or_opened_for_review_is_asked(
    client, referral, dispatch
):
    boss, neighbour, adviser = supervisor(BARNSLEY), officer_of(Agency.objects.get(code=BRADFORD)), reviewer()
    shared(dispatch, neighbour, by=boss)
    shared(dispatch, adviser, by=boss, kind=AccessKind.REVIEW)
    privacy_officer(BARNSLEY)
    breaking = in_role(RoleName.AUTHORITY_LEAD, BRADFORD, name="Adeel Kershaw")
    broken(referral, by=breaking)
    assert [status(client, user, referral) for user in (neighbour, adviser, breaking)] == [302, 302, 200]


def test_who_is_named_on_a_restricted_record_and_does_not_work_it_is_asked(client, referral, dispatch, lead):
    officer, boss = officer_of(dispatch_to_police(referral).agency), supervisor(BARNSLEY)
    named = [lead.pk, officer.pk]
    restrict_record(dispatch_id=dispatch.pk, named=named, reason="A councillor’s child.", by=boss, now=timezone.now())
    assert status(client, boss, referral) == status(client, lead, referral) == 302


def test_a_form_that_was_sent_is_not_kept_and_its_page_opens_again(client, referral, dispatch, lead):
    client.force_login(lead)
    form = reverse("referrals:note", args=[dispatch.pk])
    sent = {"text": "Rang.", "readers": NoteReaders.AGENCY.value}
    asked = client.post(form, sent, headers={"referer": f"http://testserver{form}"})
    assert asked["Location"] == question(referral, form)
    assert not Note.objects.exists()
    assert "What you did was not done yet" in client.get(asked["Location"]).content.decode()


def test_of_an_absent_record_and_of_anothers_the_same_is_said_after_the_same_statements(client, dispatch):
    stranger = officer_of(Agency.objects.get(code=BRADFORD))
    client.force_login(stranger)
    client.get(reverse("desk:home"))  # the first request renews the session, the next do not
    for name, theirs in (("desk:referral", dispatch.referral_id), ("referrals:note", dispatch.pk)):
        answers, statements = set(), set()
        for pk in (theirs, "11111111-2222-4333-8444-555555555555"):
            with CaptureQueriesContext(connection) as done:
                answer = client.get(reverse(name, args=[pk]))
            answers.add((answer.status_code, answer.content))
            asked = [query["sql"] for query in done.captured_queries if "INSERT" not in query["sql"]]
            statements.add(tuple(re.sub(CHANGING, "", sql) for sql in asked))
        assert len(answers) == len(statements) == 1, name
    assert client.get(reverse(ASKING, args=[dispatch.referral_id])).status_code == 404


def test_systems_with_keys_are_not_asked(referral, dispatch):
    key = agency_key(dispatch.agency)
    assert Caller(key).get(f"{REFERRALS}/{referral.pk}").status_code == 200
    assert not RecordPurpose.objects.exists()


# Every page of every record.


def casework(entries=None, prefix=(), ids=frozenset()):
    """The name of each address of casework with its namespaces, the names of the ids in it, and its view."""
    for entry in import_module("config.urls.casework").urlpatterns if entries is None else entries:
        names = ids | entry.pattern.converters.keys()
        if isinstance(entry, URLResolver):
            yield from casework(entry.url_patterns, (*prefix, *filter(None, [entry.namespace])), names)
        else:
            yield ":".join([*prefix, entry.name or ""]), names, entry.callback


def test_every_name_of_an_id_in_an_address_is_known_to_be_of_a_record_or_of_something_else():
    names = {name for _address, ids, view in casework() for name in ids if isinstance(view.access, Permission)}
    assert names - NO_RECORDS.keys() == RECORDS.keys()


def test_every_page_of_a_record_says_which_methods_it_takes_so_that_no_other_is_looked_up_for():
    assert not [name for name, ids, view in casework() if ids & RECORDS.keys() and not hasattr(view, "methods")]


def test_a_method_that_a_page_does_not_take_is_refused_before_anything_is_looked_for(client, referral, lead):
    client.force_login(lead)
    for method in (client.post, client.put, client.delete):
        assert method(page(referral)).status_code == 405
    assert client.head(page(referral)).status_code == 302


def test_before_every_page_of_a_record_it_is_asked(client, referral, dispatch, lead):
    boss, other = supervisor(BARNSLEY), officer_of(Agency.objects.get(code=BRADFORD))
    police, officer = dispatch_to_police(referral), in_role(RoleName.CTP_SUPERVISOR, "ctp-north-east")
    kept = submitted(ABOUT_POLICE)
    now = timezone.now()
    told = {"kind": WithdrawalKind.IN_ERROR, "told_how": ToldBy.TELEPHONE, "reason": WORDS, "by": lead, "now": now}
    second = dispatch_to_authority(submitted())
    task = Task.objects.get(referral=kept)
    beside = {
        "dispatch_id": dispatch,
        "referral_id": referral,
        "person_id": referral.person,
        "document_id": judged_clean(added(dispatch, lead).pk),
        "note_id": write_note(dispatch_id=dispatch.pk, text="Rang.", readers=NoteReaders.AGENCY, by=lead, now=now),
        "access_id": shared(dispatch, other, by=boss),
        "join_id": join_referrals(
            dispatch_id=dispatch.pk, other_id=second.pk, kind=JoinKind.DUPLICATE, reason=WORDS, by=lead, now=now
        ),
        "withdrawal_id": report_withdrawal(dispatch_id=dispatch.pk, **told),
        "offer_id": make_offer(
            dispatch_id=dispatch.pk, to_id=Agency.objects.get(code=BRADFORD).pk, reason=WORDS, by=lead, now=now
        ),
        "question_id": ask_referrer(dispatch_id=dispatch.pk, words=WORDS, by=lead, now=now),
        "succession_id": succeeded(dispatch, lead).succession,
        "worry_id": worry_about(referral, dispatch.agency, now=now),
        "task_id": give_task(
            dispatch_id=dispatch.pk, owner_id=None, words="Ring the school.", due_on=None, by=lead, now=now
        ),
        "written_id": named(referral.person_id, lead, kind=NameKind.ALIAS, name="Tomek", source="His aunt"),
    }
    beside_kept = {"referral_id": kept, "task_id": task}
    police_side = {name: row for name, row in beside.items() if name != "task_id"} | {"dispatch_id": police}
    officers = [(boss, beside), (officer, police_side)]
    officers += [(who, beside_kept) for who in (officer_at(DESK), allegations_officer())]
    deciding = desk_officer()
    officers += [(deciding, {"referral_id": held_back()[0].referral})]
    opened = set()
    for name, ids, view in casework():
        if not ids & RECORDS.keys() or name == ASKING:
            continue
        for user, theirs in officers:
            if can(user, view.access) and ids <= theirs.keys() and (name == HELD) is (user == deciding):
                client.force_login(user)
                send = client.get if "GET" in view.methods else client.post
                answer = send(reverse(name, kwargs={each: theirs[each].pk for each in ids}))
                assert answer.status_code == 302, name
                assert answer["Location"].startswith("/casework/referrals/"), name
                assert "/purpose/?next=" in answer["Location"], name
                opened.add(name)
    asked_of_others = {
        "desk:audit-referral": "an auditor asks who looked, and reads no referral there",
        "referrals:emergency-review": "a privacy officer reads no referral",
    }
    every = {name for name, ids, _view in casework() if ids & RECORDS.keys()}
    assert every - opened == {ASKING, *asked_of_others}
    assert len(opened) > 25


def test_of_two_records_that_are_joined_it_is_asked_for_both(client, dispatch, lead):
    other = dispatch_to_authority(submitted())
    join = join_referrals(
        dispatch_id=dispatch.pk, other_id=other.pk, kind=JoinKind.DUPLICATE, reason=WORDS, by=lead, now=timezone.now()
    )
    client.force_login(lead)
    separate = reverse("referrals:separate", args=[join.pk])
    for _each in range(2):
        assert client.get(separate).status_code == 302
        pk = client.get(separate)["Location"].split("/")[3]
        stated(Referral.objects.get(pk=pk), by=lead)
    assert client.get(separate).status_code == 200


def test_before_two_are_compared_it_is_asked_for_both_and_nothing_of_either_is_shown(client):
    earlier, later = pair()
    match = match_of(earlier, later)
    officer = officer_of(dispatch_to_authority(later).agency)
    client.force_login(officer)
    for name in ("match", "undo-match"):
        assert client.get(reverse(f"desk:{name}", args=[match.pk])).status_code in {302, 404}
    compared = reverse("desk:match", args=[match.pk])
    asked = []
    for _each in range(2):
        answer = client.get(compared)
        refused = client.post(compared, {"said": "confirmed", "reason": WORDS})
        assert (answer.status_code, refused.status_code) == (302, 302)
        assert not MatchDecision.objects.exists()
        asked.append(answer["Location"].split("/")[3])
        stated(Referral.objects.get(pk=asked[-1]), by=officer)
    assert set(asked) == {str(earlier.pk), str(later.pk)}
    text = client.get(compared).content.decode()
    assert "Rudderham" in text and "Ruderham" in text
    assert client.post(compared, {"said": "confirmed", "reason": WORDS}).status_code == 302
    assert MatchDecision.objects.exists()


def test_who_may_not_open_a_page_is_not_asked_why(client, referral, dispatch):
    adviser = reviewer()
    shared(dispatch, adviser, by=supervisor(BARNSLEY), kind=AccessKind.REVIEW)
    client.force_login(adviser)
    assert client.get(reverse("referrals:note", args=[dispatch.pk])).status_code == 404


def test_in_life_the_question_stands_behind_the_second_factor(settings):
    assert apps.MIDDLEWARE[-2:] == ["agencies.signin.middleware.SecondFactorMiddleware", settings.ASKS_FOR_A_PURPOSE]


# The actions.


def test_said_twice_on_a_day_the_first_counts_and_each_says_it_for_themselves(referral, dispatch, lead):
    first, again = stated(referral, by=lead), stated(referral, by=lead)
    assert first == again != stated(referral, by=officer_of(dispatch.agency, name="Marged Holloway"))
    assert stated(referral, by=lead, now=timezone.now() + DAY) != first


def test_only_who_can_read_it_says_why_and_in_words(referral, dispatch, lead):
    stranger = officer_of(Agency.objects.get(code=BRADFORD))
    said: dict[str, Any] = {"purpose": Purpose.QUALITY, "now": timezone.now()}
    with pytest.raises(Referral.DoesNotExist):
        state_purpose(referral_id=referral.pk, words=WORDS, by=stranger, **said)
    with pytest.raises(NotNow):
        state_purpose(referral_id=referral.pk, words=" ", by=lead, **said)
    with pytest.raises(Forbidden):
        state_search_purpose(words=WORDS, by=reviewer(), **said)
    with pytest.raises(NotNow):
        state_search_purpose(words=" ", by=lead, **said)


@pytest.mark.parametrize("model", [RecordPurpose, SearchPurpose])
def test_the_database_keeps_one_a_day_with_words(model, referral, lead):
    about = {"referral": referral} if model is RecordPurpose else {}
    given = {"purpose": Purpose.OTHER, "day": timezone.localdate(), "stated_at": timezone.now(), "stated_by": lead}

    def write(words):
        within(do=lambda: model(**about, **given, words=words).save(), by=lead, now=timezone.now())

    write(WORDS)
    for words, day in ((WORDS, given["day"]), ("", given["day"] + DAY)):
        given["day"] = day
        with pytest.raises(IntegrityError), transaction.atomic():
            write(words)
