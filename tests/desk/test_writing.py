"""Pages on which officers write beside a person, and what they show of it."""

from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from agencies.roles import RoleName
from desk.beside_person import said_by, written_beside
from people.models import Address, Contact, NotTold, PersonName, Readers, Relationship, Telling, Whereabouts
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.reference import new_reference
from tests.making import TEACHER, dispatch_to_authority, dispatch_to_police, has_too, officer_of, reread, submitted
from tests.people.writing import KINDS, NOW, WHY, away, named, not_told, person_now, rang, related, struck, told
from tests.triage.deconflicting import answered, opened

pytestmark = pytest.mark.usefixtures("db", "on_record")
PAGES: dict[str, tuple[Any, dict[str, Any]]] = {
    "person-name": (PersonName, {"kind": "alias", "name": "Zebedee", "source": "His sister"}),
    "person-address": (Address, {"kind": "home", "lines": "4 Cobbler’s Row", "since-year": "2024", "since-month": "5",
                                 "since-day": "1"}),
    "person-relationship": (Relationship, {"kind": "sibling", "name": "Halina"}),
    "person-contact": (Contact, {
        "with_whom": "family", "whom": "Her aunt", "day-day": "3", "day-month": "3", "day-year": "2026",
        "clock": "14.30", "how": "visit", "maker": "Wren", "reached": "no", "outcome": "Nobody was in.",
    }),
    "person-telling": (Telling, {
        "told": "yes", "whom": "both", "day-day": "3", "day-month": "3", "day-year": "2026", "how": "visit",
        "teller": "Wren", "notices": ["child", "carer"], "language": "cy", "words": "She understood it.",
    }),
    "person-whereabouts": (Whereabouts, {
        "kind": "custody", "place": "HMP Thornmere", "back_on-day": "1", "back_on-month": "6",
        "back_on-year": str(timezone.localdate().year + (timezone.localdate().month >= 6)),
    }),
}  # fmt: skip
EACH = pytest.mark.parametrize("page", PAGES)


@pytest.fixture
def case(client):
    referral = submitted()
    dispatch = dispatch_to_authority(referral)
    lead = officer_of(dispatch.agency, name="Morwenna Oduya")
    assign_dispatch(dispatch_id=dispatch.pk, to_id=lead.pk, by=lead, now=NOW)
    client.force_login(lead)
    return referral, lead


def address(page, referral):
    return reverse(f"desk:{page}", args=[referral.person_id])


def shown(client, referral, page="referral"):
    pk = referral.pk if page == "referral" else referral.person_id
    return client.get(reverse(f"desk:{page}", args=[pk])).content.decode()


@EACH
def test_what_is_written_stands_on_the_pages_of_person_and_referral(client, case, page):
    referral, lead = case
    model, sent = PAGES[page]
    assert client.get(address(page, referral)).status_code == 200
    answer = client.post(address(page, referral), {**sent, "readers": "agency"})
    assert answer["Location"] == reverse("desk:person", args=[referral.person_id])
    row = model.objects.get()
    assert (row.person_id, row.agency, row.written_by, row.readers) == (
        referral.person_id, lead.agencies[0], lead, Readers.AGENCY,
    )  # fmt: skip
    said = {"Zebedee", "4 Cobbler’s Row", "Halina", "Nobody was in.", "She understood it.", "HMP Thornmere"}
    words = {each for each in said if each in sent.values()}
    for where in ("referral", "person"):
        text = shown(client, referral, where)
        assert all(each in text for each in words)
        assert reverse("desk:strike-out", args=[row.pk]) in text
    printed = client.get(reverse("desk:referral-print", args=[referral.pk])).content.decode()
    assert all(each in printed for each in words)
    assert reverse("desk:strike-out", args=[row.pk]) not in printed


@EACH
def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(client, case, page):
    referral, _lead = case
    kept = dict.fromkeys(("source", "reach", "outcome", "words", "place"), "Kept")
    answer = client.post(address(page, referral), {**kept, "lines": ""})
    text = answer.content.decode()
    assert "There is a problem" in text
    assert "Say who may read it" in text
    assert page == "person-address" or "Kept" in text


def test_a_clear_page_says_that_recording_asks_leave_for_nothing(client, case):
    text = client.get(address("person-contact", case[0])).content.decode()
    assert "It does not ask leave for new contact" in text
    assert "is not cleared: do not make it" in text


def test_contact_is_read_as_it_was_told(client, case):
    referral, _lead = case
    client.post(address("person-contact", referral), {**PAGES["person-contact"][1], "readers": "recipients"})
    row = Contact.objects.get()
    assert (row.day, row.clock, row.reached, row.maker) == (date(2026, 3, 3), time(14, 30), False, "Wren")
    later = {**PAGES["person-contact"][1], "readers": "agency", "clock": "half past"}
    assert "like 14:30" in client.post(address("person-contact", referral), later).content.decode()
    later |= {"clock": "", "day-year": "2999"}
    assert "must be today or in the past" in client.post(address("person-contact", referral), later).content.decode()


def test_an_address_is_not_left_before_it_was_moved_to(client, case):
    until = {"until-day": "1", "until-month": "5", "until-year": "2020", "readers": "agency"}
    answer = client.post(address("person-address", case[0]), {**PAGES["person-address"][1], **until})
    assert "The last day must not be before the first" in answer.content.decode()
    nothing = client.post(address("person-address", case[0]), {"kind": "home", "readers": "agency"})
    assert "Write the address or the postcode" in nothing.content.decode()


def test_the_other_person_is_found_by_a_reference_that_the_writer_may_read(client, case):
    referral, _lead = case
    sister, far = submitted({**TEACHER, "given_names": "Halina"}), submitted({**TEACHER, "postcode": "BD1 1HX"})
    sent = {**PAGES["person-relationship"][1], "readers": "recipients"}
    refused = {
        client.post(address("person-relationship", referral), {**sent, "reference": each}).content.decode().count(words)
        for each in (far.reference, new_reference())
        for words in ["You can read no referral with this reference"]
    }
    assert refused == {2}, "in the summary and beside the field"
    same = client.post(address("person-relationship", referral), {**sent, "reference": referral.reference})
    assert "This is the same person" in same.content.decode()
    assert not Relationship.objects.exists()
    client.post(address("person-relationship", referral), {**sent, "reference": sister.reference})
    assert Relationship.objects.get().other_id == sister.person_id
    assert reverse("desk:person", args=[sister.person_id]) in shown(client, referral)


def test_who_has_the_person_for_several_agencies_says_for_which(client, case):
    referral, _lead = case
    police = dispatch_to_police(referral).agency
    both = officer_of(Agency.objects.get(code="E08000038"))
    has_too(both, RoleName.CTP_OFFICER, police)
    client.force_login(reread(both))
    sent = {**PAGES["person-name"][1], "readers": "agency"}
    assert "Say for which of your agencies" in client.post(address("person-name", referral), sent).content.decode()
    client.post(address("person-name", referral), {**sent, "agency": str(police.pk)})
    assert PersonName.objects.get().agency == police


@pytest.mark.parametrize("write", KINDS)
def test_a_wrong_one_is_struck_out_with_a_reason_and_stays(client, case, write):
    referral, lead = case
    row = write(referral.person_id, lead)
    page = reverse("desk:strike-out", args=[row.pk])
    text = client.get(page).content.decode()
    assert all(line.replace("’", "’") in text for line in said_by(row) if line)
    assert "Give the reason" in client.post(page, {"reason": " "}).content.decode()
    assert client.post(page, {"reason": WHY}).status_code == 302
    text = shown(client, referral)
    assert WHY in text
    assert page not in text
    assert "already" in client.post(page, {"reason": WHY}).content.decode()


NOT_TOLD = {"told": "no", "why_not": "risk", "words": "His uncle.", "readers": "agency"}
SOON = {"review_on-day": "1", "review_on-month": "6"}


def test_told_or_not_stands_in_the_summary_and_each_answer_asks_for_what_it_needs(client, case):
    referral, lead = case
    page = address("person-telling", referral)
    assert "Nobody has written down whether they were told." in shown(client, referral)
    asked = client.post(page, {"told": "no", "readers": "agency"}).content.decode()
    assert all(each in asked for each in ("Say why they have not been told", "on which this is looked at again"))
    assert "Say who was told" not in asked
    asked = client.post(page, {"told": "yes", "readers": "agency", "notices": "adult"}).content.decode()
    assert all(each in asked for each in ("Say who was told", "Say who told them", "in which language"))
    year = timezone.localdate().year + (timezone.localdate().month >= 6)
    assert client.post(page, {**NOT_TOLD, **SOON, "review_on-year": str(year)}).status_code == 302
    text = shown(client, referral)
    assert "Not told." in text and str(NotTold.RISK.label) in text
    late = client.post(page, {**NOT_TOLD, **SOON, "review_on-year": "2020"}).content.decode()
    assert "after today and within a year" in late and "His uncle." in late
    told(referral.person_id, lead, now=timezone.now())
    assert "told on 3 March 2026" in shown(client, referral)


def test_while_contact_is_not_cleared_the_page_says_that_nobody_may_tell_them(client, case):
    referral, _lead = case
    page = address("person-telling", referral)
    assert "nobody may tell them now" in client.get(page).content.decode()
    answered(opened(referral))
    assert "have cleared contact about this person" in client.get(page).content.decode()


def test_that_somebody_is_away_stands_in_the_summary_until_they_are_back(client, case):
    referral, lead = case
    away(referral.person_id, lead)
    assert "Release or return expected on 1 September 2026" in shown(client, referral)
    away(referral.person_id, lead, kind="abroad", back_on=None)
    assert "Nobody knows when they will be back" in shown(client, referral)


def test_moments_tell_of_who_was_told_and_who_was_not():
    referral = submitted()
    lead = officer_of(dispatch_to_authority(referral).agency, name="Morwenna Oduya")
    told(referral.person_id, lead, teller="Wren")
    row = not_told(referral.person_id, lead)
    moments = {(each.who, each.what, each.why) for each in written_beside(lead, [referral.person_id]).moments}
    assert moments == {
        ("Wren", "Told about the referral: the person.", ""),
        ("Morwenna Oduya", "Wrote down why they have not been told.", NotTold.NOT_DECIDED.label),
    }
    assert said_by(row)[-1] == "We wait for the panel."


def test_moments_tell_what_was_done_and_contact_when_it_was_made():
    referral = submitted()
    lead = officer_of(dispatch_to_authority(referral).agency, name="Morwenna Oduya")
    person = referral.person_id
    named(person, lead)
    rang(person, lead, day=date(2026, 1, 2), clock=None, maker="Wren")
    rang(person, lead, day=date(2026, 1, 3), reached=False)
    for write in KINDS:
        struck(write(person, lead), lead)
    told = sorted(written_beside(lead, [person]).moments, key=lambda each: each.at)
    assert [(each.what, each.timed) for each in told[:2]] == [
        ("Contact (telephone) with: their family. It reached them.", False),
        ("Contact (telephone) with: their family. It did not reach them.", True),
    ]
    assert {each.who for each in told} == {"Wren", "Morwenna Oduya"}
    assert sum(each.why == WHY for each in told) == len(KINDS)
    assert "Wrote down another name." in {each.what for each in told}


def test_the_queries_are_as_many_for_several_persons_as_for_one():
    referrals = [submitted({**TEACHER, "given_names": name}) for name in ("Halina", "Bronwen", "Aled")]
    lead = officer_of(dispatch_to_authority(referrals[0]).agency)
    for each in referrals:
        for write in KINDS:
            write(each.person_id, lead)
        related(each.person_id, lead, other_id=referrals[each == referrals[0]].person_id)

    def asked(*among):
        with CaptureQueriesContext(connection) as queries:
            found = written_beside(lead, [each.person_id for each in among])
        return len(found.strikable), len(queries)

    asked(referrals[0])
    one, several = asked(referrals[0]), asked(*referrals)
    assert several == (3 * one[0], one[1])


def test_of_nobody_there_is_nothing():
    assert not written_beside(officer_of(Agency.objects.get(code="E08000038")), [])
    with pytest.raises(TypeError):
        said_by(submitted())  # type: ignore[arg-type]  # that is what it refuses


def test_what_is_written_goes_over_when_an_officer_detaches_the_referral_on_its_page(client, case):
    referral, lead = case
    row = named(referral.person_id, lead, name="Zebedee")
    page = reverse("referrals:detach", args=[dispatch_to_authority(referral).pk])
    assert "Strike out afterwards" in client.get(page).content.decode()
    sent = {"wrong": str(referral.person_id), "adult_or_child": "child", "given_names": "Aled", "reason": WHY}
    assert client.post(page, sent).status_code == 302
    assert PersonName.objects.get(pk=row.pk).person_id == person_now(referral) != referral.person_id
    assert "Zebedee" in shown(client, referral)
