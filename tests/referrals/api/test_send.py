"""A partner's system sends a referral: the same referral as by the form, once."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from audit.agents import Agent
from audit.context import recording
from audit.ledger import read_payload
from audit.models import Entry
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.receive_referral import KEPT
from referrals.actions.sweep_drafts import sweep_drafts
from referrals.models import Dispatch, Draft, ReceivedBy, Referral
from tests.making import dispatch_to_police, officer_of
from tests.referrals.api.calling import ANSWERS, BODY, Caller, partner_key, with_answers

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def key():
    return partner_key()


@pytest.fixture
def school(key):
    return Caller(key)


def problem(answer, status):
    """The problem that an answer is."""
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), answer.content
    assert answer.json()["status"] == status
    assert answer.json()["instance"] == f"urn:uuid:{answer['X-Request-ID']}"
    return answer.json()


def wrong(answer):
    """Question or place -> sentence, of a body that was refused."""
    errors = problem(answer, 422)["errors"]
    assert all(error["pointer"].startswith("#/") and error["detail"] for error in errors)
    return {error.get("question") or error["pointer"]: error["detail"] for error in errors}


def test_a_referral_sent_by_api_is_stored_and_dispatched_as_one_from_the_form(school, key):
    answer = school.send()
    assert answer.status_code == 201, answer.content
    told = answer.json()
    referral = Referral.objects.get(reference=told["reference"])
    assert told == {
        "id": str(referral.pk),
        "reference": referral.reference,
        "contact_code": told["contact_code"],
        "status": "received",
    }
    assert answer["Location"] == f"/api/v1/referrals/{referral.pk}/status"
    assert (referral.received_by, referral.entered_by) == (ReceivedBy.API, key.key.system)
    assert [Draft.objects.get(pk=referral.draft_id).agency] == key.key.system.agencies
    assert {dispatch.agency.code for dispatch in Dispatch.objects.filter(referral=referral)} == {
        "E08000038",
        "ctp-north-east",
    }
    assert referral.answers == {**ANSWERS, "approximate_age": "15"}
    assert referral.person.name == "Tomasz Ó Briain-Łukasik"


def test_it_is_on_record_who_sent_it(school, key):
    referral = Referral.objects.get(reference=school.send().json()["reference"])
    entry = Entry.objects.get(kind=Entry.Kind.CREATED, object_id=referral.pk)
    assert (entry.actor, entry.verb) == (key.key.system_id, "submit_referral")


def test_the_same_key_and_content_get_the_same_answer_and_one_referral(school):
    first, again = school.send(key="one"), school.send(key="one")
    quoted = school.send(dict(reversed(BODY.items())), key='"one"')
    assert first.content == again.content == quoted.content
    assert first.status_code == again.status_code == 201
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == quoted["Idempotency-Replayed"] == "true"
    assert Referral.objects.count() == 1


def test_the_same_key_with_other_content_is_refused(school):
    first = school.send(key="one").json()
    answer = school.send(with_answers(concern="Something else altogether."), key="one")
    assert problem(answer, 422)["type"] == "urn:prevent:problem:idempotency-key-reused"
    assert school.send(key="one").json() == first
    assert Referral.objects.count() == 1


def test_two_systems_may_use_the_same_key(school):
    other = Caller(partner_key("Rookery Lane Surgery"))
    assert school.send(key="one").json()["id"] != other.send(key="one").json()["id"]


def test_what_is_kept_of_a_key_holds_no_personal_data(school):
    school.send(key="one")
    (draft,) = Draft.objects.all()
    assert (draft.answers, draft.browser) == ({}, "")
    assert set(draft.outcome) == {"reference", "code"}
    assert len(draft.body_digest) == 64
    assert draft.expires_at - draft.started_at == KEPT == timedelta(days=7)


@pytest.mark.usefixtures("on_record")
def test_after_seven_days_the_answer_is_gone_and_the_key_still_makes_no_second_referral(school, time_machine):
    first = school.send(key="one").json()
    time_machine.move_to(timezone.now() + KEPT + timedelta(seconds=1))
    for swept in (False, True):
        if swept:
            assert sweep_drafts(by=Agent.SWEEPER, now=timezone.now()) == 1
        told = problem(school.send(key="one"), 409)
        assert told["type"] == "urn:prevent:problem:idempotency-key-spent"
        assert (told["reference"], told["id"]) == (first["reference"], first["id"])
        assert "contact_code" not in told
    assert Referral.objects.count() == 1


@pytest.mark.parametrize("named", [None, "", "a b", "x" * 129, '"half', "semi;colon"])
def test_a_request_without_a_proper_key_is_refused(school, named):
    headers = {} if named is None else {"Idempotency-Key": named}
    answer = school.client.post("/api/v1/referrals", BODY, content_type="application/json", headers=headers)
    (error,) = problem(answer, 400)["errors"]
    assert error["pointer"] == "#/Idempotency-Key"
    assert not Referral.objects.exists()


def test_everything_that_is_wrong_is_said_at_once_by_question(school):
    body = with_answers(concern=None, told=["nobody", "police"], approximate_age=200, postcode="S7", referrer_phone="x")
    assert wrong(school.send(body)) == {
        "referrer_phone": "Enter a phone number like 01632 960 001",
        "concern": "Say what you have seen or heard that worries you",
        "approximate_age": "Send the age as a whole number of years, like 15",
        "postcode": "Enter a full postcode like SW1A 2AA, or leave it out",
        "told": "You chose “Nobody yet”. Choose it alone, or choose the others",
    }
    assert not Referral.objects.exists()
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({}, "#/form_version"),
        ({**BODY, "form_version": "1999-01"}, "#/form_version"),
        ({**BODY, "form_version": {}}, "#/form_version"),
        ({**BODY, "language": "de"}, "#/language"),
        ({**BODY, "language": ["en"]}, "#/language"),
        ({**BODY, "answers": []}, "#/answers"),
        ({**BODY, "extra~/x": 1}, "#/extra~0~1x"),
        ({**BODY, "answers": {}}, "referrer_kind"),
        ({**BODY, "answers": {"referrer_kind": 3}}, "referrer_kind"),
        (with_answers(entry="telephone"), "entry"),
        (with_answers(own_area="x"), "own_area"),
        (with_answers(authority="northern_ireland"), "authority"),
        (with_answers(authority="E99999999"), "authority"),
        (with_answers(postcode="BT1 1AA"), "authority"),
        (with_answers(danger="maybe"), "danger"),
        (with_answers(danger=["no"]), "danger"),
        (with_answers(how_known="seen"), "how_known"),
        (with_answers(how_known=[]), "how_known"),
        (with_answers(how_known=["seen", "seen"]), "how_known"),
        (with_answers(how_known=[["seen"]]), "how_known"),
        (with_answers(concern="   \u0000 "), "concern"),
        (with_answers(concern=7), "concern"),
        (with_answers(concern="x" * 100_000), "concern"),
        (with_answers(concern="half \ud83d of a pair"), "concern"),
        (with_answers(family_name="\udc00"), "family_name"),
        (with_answers(referrer_email="nobody"), "referrer_email"),
        (with_answers(approximate_age=True), "approximate_age"),
        (with_answers(approximate_age="15"), "approximate_age"),
        (with_answers(approximate_age=15.5), "approximate_age"),
        (with_answers(approximate_age=-1), "approximate_age"),
        (with_answers(date_of_birth="2999-01-01"), "date_of_birth"),
        (with_answers(date_of_birth="2011-02-29"), "date_of_birth"),
        (with_answers(date_of_birth="1899-12-31"), "date_of_birth"),
        (with_answers(date_of_birth={"day": "1", "month": "1", "year": "2010"}), "date_of_birth"),
        (with_answers(referrer_email=None, referrer_phone=None), "referrer_email"),
        (with_answers(**{"a/b~" + "x" * 100: 1}), "a/b~" + "x" * 56),
    ],
)
def test_bad_input_is_answered_with_what_is_wrong_and_where(school, body, place):
    assert place in wrong(school.send(body))
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"approximate_age": 15.0},
        {"approximate_age": None, "date_of_birth": "2008-02-29"},
        {"concern": "right \u202eto left\u202c, NUL \u0000 and 🦊"},
        {"postcode": None, "authority": "unknown"},
        {"postcode": None, "authority": "E08000035"},
        {"postcode": "zz99 9zz"},
        {"danger": "unknown"},
    ],
)
def test_odd_but_honest_answers_are_taken(school, changes):
    answer = school.send(with_answers(**changes))
    assert answer.status_code == 201, answer.content


def test_each_kind_of_referrer_is_asked_its_own_questions(school):
    public = {
        "danger": "no",
        "referrer_kind": "public",
        "concern": "A man at the bus stop hands out leaflets that praise an attack.",
        "how_known": ["seen"],
        "when_noticed": "week",
        "description": "A man of about thirty with a green rucksack.",
        "adult_or_child": "adult",
        "authority": "unknown",
        "told": ["nobody"],
    }
    assert school.send({**BODY, "answers": public}).status_code == 201
    assert "referrer_role" in wrong(school.send({**BODY, "answers": {**public, "referrer_role": "Tutor"}}))


def raw(school, body, **headers):
    named = {"Idempotency-Key": str(uuid4()), **headers}
    return school.client.post("/api/v1/referrals", body, content_type="application/json", headers=named)


@pytest.mark.parametrize(
    "body",
    [
        b" ",
        b"{",
        b"\xff\xfe",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"answers": {}, "answers": {}}',
        b'{"answers": ' + b"[" * 1000 + b"]" * 1000 + b"}",
        b'{"answers": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}",
        b'{"answers": ' + b"[" * 40 + b"]" * 40 + b"}",
    ],
)
def test_a_body_that_is_no_proper_json_is_refused(school, body):
    assert problem(raw(school, body), 400)["detail"]


@pytest.mark.parametrize("body", [b"[]", b"null", b'"x"', b"3"])
def test_a_body_that_is_no_object_is_refused(school, body):
    problem(raw(school, body), 422)


def test_a_huge_body_is_refused_unread(school):
    problem(raw(school, b'{"a": "' + b"x" * 1024 * 1024 + b'"}'), 413)


def test_a_body_of_unknown_length_is_refused(school):
    problem(raw(school, b"{}", **{"Transfer-Encoding": "chunked"}), 411)


@pytest.mark.parametrize(
    ("kind", "coding"),
    [
        ("text/plain", "identity"),
        ("application/x-www-form-urlencoded", "identity"),
        ("application/json; charset=latin-1", "identity"),
        ("application/json", "gzip"),
    ],
)
def test_a_body_of_another_kind_is_refused(school, kind, coding):
    headers = {"Idempotency-Key": "one", "Content-Encoding": coding}
    problem(school.client.post("/api/v1/referrals", b"{}", content_type=kind, headers=headers), 415)


def test_who_sent_it_may_ask_how_it_stands_and_nobody_else(school, key):
    sent = school.send().json()
    told = school.get(f"/api/v1/referrals/{sent['id']}/status").json()
    referral = Referral.objects.get(pk=sent["id"])
    assert told.pop("received_at").startswith(f"{referral.submitted_at:%Y-%m-%dT%H:%M}")
    assert told == {"id": sent["id"], "reference": sent["reference"], "status": "received"}
    entry = Entry.objects.filter(kind=Entry.Kind.VIEWED, object_id=referral.pk).get()
    assert (entry.actor, read_payload(entry)) == (key.key.system_id, {"key": str(key.key.pk)})
    other = Caller(partner_key("Rookery Lane Surgery"))
    theirs, absent = (other.get(f"/api/v1/referrals/{pk}/status") for pk in (sent["id"], uuid4()))
    first, second = problem(theirs, 404), problem(absent, 404)
    assert first | {"instance": ""} == second | {"instance": ""}
    assert Entry.objects.filter(kind=Entry.Kind.REFUSED, object_id=UUID(sent["id"])).count() == 1


def test_the_status_says_nothing_of_receipt(school):
    sent = school.send().json()
    before = school.get(f"/api/v1/referrals/{sent['id']}/status").content
    dispatch = dispatch_to_police(Referral.objects.get(pk=sent["id"]))
    with recording(by=Agent.OPERATOR):
        officer = officer_of(dispatch.agency)
        acknowledge_dispatch(dispatch_id=dispatch.pk, by=officer, now=timezone.now())
    assert school.get(f"/api/v1/referrals/{sent['id']}/status").content == before
