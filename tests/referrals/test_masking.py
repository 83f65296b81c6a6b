"""A referrer who asked not to be named is named nowhere, unless somebody had them shown for a reason, that day."""

import ast
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency, User
from agencies.roles import ROLES, RoleName
from audit.agents import Agent
from audit.ledger import read_payload
from audit.models import Entry
from audit.refusals import Forbidden, NotNow
from desk.documents import shown_documents
from desk.paper import paper_of
from desk.shown import shown_to
from documents.paper import Paper
from documents.typesetting import typeset
from people.clearance import Cleared
from referrals.actions.show_referrer import show_referrer
from referrals.actions.start_draft import start_draft
from referrals.actions.submit_referral import submit_referral
from referrals.api.telling import disclosed
from referrals.beside import Beside
from referrals.copies import referrers_copy
from referrals.form import form_of
from referrals.holding import Holder
from referrals.masking import IDENTIFYING, NOT_NAMED, UNDECIDED, asked_not_to_be_named, is_named_to
from referrals.models import Referral, ReferrerShown
from referrals.permissions import can_show_referrer
from referrals.questions.shapes import FAMILY, WORK, Whose
from referrals.questions.versions import VERSIONS
from referrals.side_by_side import side_by_side
from tests.audit.acts import within
from tests.documents.making import added
from tests.house.rooms import called, calls, sources
from tests.making import dispatch_to_authority, dispatch_to_police, make_user, officer_of, reread, submitted
from tests.referrals.answering import full
from tests.referrals.api.calling import REFERRALS, Caller, agency_key
from tests.referrals.opening import in_role, shared
from tests.referrals.writing import many, scripted

pytestmark = pytest.mark.usefixtures("db", "on_record")
BARNSLEY, BRADFORD = "E08000038", "E08000032"
WHY = "The police have asked us to arrange a visit with her."
MARK = "Quillonby"
# Everything typed about who the referrer is bears this mark, and nothing else does.
ABOUT_REFERRER: dict[str, Any] = {
    **{name: f"{MARK} {name}" for name in ("referrer_name", "referrer_role", "referrer_organisation")},
    "prevent_lead": f"{MARK} lead",
    "first_noticed_by": f"{MARK} colleague",
    "referrer_email": f"ffion@{MARK.lower()}.example",
    "referrer_phone": "01632 960983",
    "referrer_postcode": "S75 2BL",
}
UNNAMED: dict[str, Any] = {
    **full(WORK),
    "danger": "no",
    "work_and_family": ["none"],
    "anonymous": "yes",
    **ABOUT_REFERRER,
}
TELLING = (MARK, MARK.lower(), "01632 960983", "S75 2BL")


@pytest.fixture
def referral():
    return submitted(UNNAMED)


def told(text: str) -> list[str]:
    """What the text tells of who the referrer is."""
    return [each for each in TELLING if each in text]


def show(dispatch: Any, by: User, reason: str = WHY) -> ReferrerShown:
    return show_referrer(dispatch_id=dispatch.pk, reason=reason, by=by, now=timezone.now())


def pages(client, referral):
    """Page, page for printing and paper as the reader sees them."""
    answers = [client.get(reverse(f"desk:{name}", args=[referral.pk])) for name in ("referral", "referral-print")]
    assert [answer.status_code for answer in answers] == [200, 200]
    return [answer.content.decode() for answer in answers] + [words_of(paper_for(client, referral))]


def paper_for(client, referral):
    """The paper of which the PDF is made for whoever is signed in."""
    reader, now = User.objects.get(pk=client.session["_auth_user_id"]), timezone.now()
    return paper_of(shown_to(reader, referral, now=now), reader=reader, now=now)


def words_of(paper: Paper) -> str:
    rows = [f"{label}: {' / '.join(values)}" for part in paper.parts for label, values in part.rows]
    return "\n".join([paper.title, *paper.introduction, *rows, paper.footer])


@pytest.mark.parametrize(("said", "masked"), [("yes", True), ("unknown", True), ("no", False), (None, False)])
def test_it_holds_for_those_who_asked_or_do_not_know_yet(said, masked):
    answers = {name: value for name, value in UNNAMED.items() if name != "anonymous"}
    assert asked_not_to_be_named(submitted(answers | ({"anonymous": said} if said else {}))) is masked


@pytest.mark.parametrize(
    ("said", "words", "others"), [("yes", NOT_NAMED, UNDECIDED), ("unknown", UNDECIDED, NOT_NAMED)]
)
def test_what_stands_in_their_place_is_what_they_said(client, lead, said, words, others):
    client.force_login(lead)
    for text in pages(client, submitted(UNNAMED | {"anonymous": said})):
        assert str(words) in text and str(others) not in text


def test_no_page_and_no_paper_names_them(client, referral, lead):
    client.force_login(lead)
    for text in pages(client, referral):
        assert told(text) == []
        assert text.count(str(NOT_NAMED)) >= 7, "it is said where each answer would stand"
        assert "Someone at work" in text, "what they are to the person belongs to the concern"


def test_the_pdf_that_is_sent_is_made_of_that_paper(client, referral, lead):
    with time_machine.travel(timezone.now(), tick=False):
        client.force_login(lead)
        sent = client.get(reverse("desk:referral-pdf", args=[referral.pk]))
        assert sent.content == typeset(paper_for(client, referral))


def test_no_system_is_told_even_of_the_police(referral, dispatch):
    for agency in (dispatch.agency, dispatch_to_police(referral).agency):
        answer = Caller(agency_key(agency)).get(f"{REFERRALS}/{referral.pk}")
        assert answer.status_code == 200
        assert told(answer.content.decode()) == []
        body = answer.json()
        assert body["referrer_masked"] is True
        assert not IDENTIFYING & body["answers"].keys() and body["answers"]["referrer_kind"] == WORK


def test_of_who_did_not_mind_systems_and_pages_are_told(client, lead):
    referral = submitted(UNNAMED | {"anonymous": "no"})
    said = disclosed(referral, [], Beside(), [], cleared=Cleared.NO, repeated=False)
    assert said["referrer_masked"] is False and MARK in str(said["answers"]) and MARK in str(said["sections"])
    client.force_login(lead)
    for text in pages(client, referral):
        assert told(text) == list(TELLING)
        assert str(NOT_NAMED) not in text


def test_what_is_held_in_the_quarantine_does_not_name_them(referral):
    lines = side_by_side([referral, submitted(UNNAMED)])
    assert told(str([line.cells for line in lines])) == []


def test_the_national_desk_is_not_told_of_one_that_is_held(client, monkeypatch):
    monkeypatch.setattr("referrals.actions.judge_likeness.PASS", 2)
    held = [submitted({**each, "anonymous": "yes"} | ABOUT_REFERRER) for each in many(scripted, 4)][-1]
    client.force_login(in_role(RoleName.NATIONAL_DESK_OFFICER, "national-police-desk"))
    answer = client.get(reverse("referrals:quarantined", args=[held.pk]))
    assert answer.status_code == 200 and told(answer.content.decode()) == []


def test_the_copy_that_they_keep_themselves_is_what_they_wrote(referral):
    assert MARK in words_of(referrers_copy(referral, now=timezone.now()))


# The account from which it came.


def entered(by: User, entry: str) -> Referral:
    """A referral that staff have entered."""
    draft = start_draft(
        holder=Holder(by), agency=by.agencies[0], answers=UNNAMED | {"entry": entry}, language="en", by=by,
        now=timezone.now(),
    )  # fmt: skip
    sent = submit_referral(draft_id=draft.pk, holder=Holder(by), by=by, now=timezone.now())
    return Referral.objects.get(reference=sent.reference)


@pytest.mark.parametrize(("entry", "hidden"), [("own_work", True), ("telephone", False)])
def test_an_officer_who_refers_from_their_own_work_is_not_given_away_by_their_account(client, lead, entry, hidden):
    author = in_role(RoleName.AUTHORITY_LEAD, BARNSLEY, name="Gwenllian Ashgrove")
    referral = entered(author, entry)
    client.force_login(lead)
    for text in pages(client, referral):
        assert ("Gwenllian Ashgrove" not in text) is hidden
    dispatch = dispatch_to_authority(referral)
    show(dispatch, lead)
    assert all("Gwenllian Ashgrove" in text for text in pages(client, referral)[2:])


def test_what_such_an_officer_adds_later_bears_their_name(lead):
    author = in_role(RoleName.AUTHORITY_LEAD, BARNSLEY, name="Gwenllian Ashgrove")
    referral = entered(author, "own_work")
    added(dispatch_to_authority(referral), author)
    assert [row.added_by for row in shown_documents(referral, now=timezone.now()).rows] == ["Gwenllian Ashgrove"]


# Showing it.


def test_for_a_reason_it_is_shown_until_midnight_to_that_reader_alone(client, referral, dispatch, lead, time_machine):
    now = timezone.now().replace(hour=12)
    time_machine.move_to(now)
    client.force_login(lead)
    address = reverse("referrals:show-referrer", args=[dispatch.pk])
    assert address in client.get(dispatch.get_absolute_url()).content.decode()
    assert "until midnight" in client.get(address).content.decode()
    done = client.post(address, {"reason": WHY}, follow=True).content.decode()
    assert "You see who made it until midnight." in done
    page, _printed, paper = pages(client, referral)
    assert told(page) == told(paper) == list(TELLING)
    assert f"{NOT_NAMED}. It is shown to you until midnight" in page and str(NOT_NAMED) in paper
    assert address not in page
    colleague = officer_of(dispatch.agency, name="Marged Holloway")
    assert is_named_to(lead, referral, now=now) and not is_named_to(colleague, referral, now=now)
    time_machine.move_to(now + timedelta(days=1))
    assert not is_named_to(lead, referral, now=timezone.now())


def test_it_is_on_the_ledger_and_on_the_timeline_and_ones_own_agency_reads_why(client, referral, dispatch, lead):
    row = show(dispatch, lead)
    entry = Entry.objects.get(object_id=row.pk)
    assert (entry.subject, entry.actor) == (referral.person_id, lead.pk) and WHY not in str(entry.__dict__)
    assert read_payload(entry)
    said = "Was shown who made it. The referrer had not agreed to be named."
    police = officer_of(dispatch_to_police(referral).agency)
    for reader, reads in ((officer_of(dispatch.agency), True), (police, False)):
        client.force_login(reader)
        text = client.get(dispatch.get_absolute_url()).content.decode()
        assert said in text and (WHY in text) is reads


def test_asked_twice_on_a_day_the_first_counts(dispatch, lead):
    assert show(dispatch, lead) == show(dispatch, lead)


def test_it_is_shown_to_each_who_asks_for_it(dispatch, lead):
    colleague = officer_of(dispatch.agency, name="Marged Holloway")
    assert [show(dispatch, each).shown_by for each in (lead, colleague)] == [lead, colleague]


@pytest.mark.parametrize("role", [role for role in RoleName if not ROLES[role].for_systems])
def test_only_who_works_it_has_it_shown(dispatch, role):
    agency = dispatch.agency if dispatch.agency.kind in ROLES[role].agency_kinds else None
    user = make_user(agency=agency, role=role, name="Osian Achterberg", by=Agent.OPERATOR, now=timezone.now())
    works = {RoleName.AUTHORITY_LEAD, RoleName.AUTHORITY_SUPERVISOR, RoleName.CHANNEL_COORDINATOR}
    assert can_show_referrer(reread(user), dispatch) is (role in works)
    if role not in works:
        with pytest.raises(Forbidden):
            show(dispatch, reread(user))


def test_to_whom_it_is_only_shared_it_is_not_shown(client, dispatch, lead):
    stranger = officer_of(Agency.objects.get(code=BRADFORD), name="Adeel Kershaw")
    shared(dispatch, stranger, by=lead)
    client.force_login(stranger)
    text = client.get(dispatch.get_absolute_url()).content.decode()
    assert told(text) == [] and "Show who made this referral" not in text
    assert client.get(reverse("referrals:show-referrer", args=[dispatch.pk])).status_code == 404
    with pytest.raises(Forbidden):
        show(dispatch, stranger)


def test_without_a_reason_or_where_nobody_asked_nothing_is_shown(client, dispatch, lead):
    with pytest.raises(NotNow):
        show(dispatch, lead, reason=" ")
    client.force_login(lead)
    address = reverse("referrals:show-referrer", args=[dispatch.pk])
    text = client.post(address, {"reason": ""}).content.decode()
    assert "<title>Error: " in text and not ReferrerShown.objects.exists()
    open_one = dispatch_to_authority(submitted())
    with pytest.raises(NotNow):
        show(open_one, lead)
    assert client.get(reverse("referrals:show-referrer", args=[open_one.pk])).status_code == 409


def test_the_database_keeps_one_a_day_with_a_reason(dispatch, lead):
    show(dispatch, lead)
    given = {"dispatch": dispatch, "shown_at": timezone.now(), "shown_by": lead}
    for words, day in ((WHY, timezone.localdate()), ("", timezone.localdate() + timedelta(days=1))):
        row = ReferrerShown(**given, day=day, reason=words)
        with pytest.raises(IntegrityError), transaction.atomic():
            within(do=row.save, by=lead, now=timezone.now())


# Nothing is forgotten.


@pytest.mark.parametrize("version", VERSIONS)
def test_every_question_about_the_referrer_is_masked_or_needed_for_the_concern(version):
    about_them = {
        question.name
        for question in form_of(version).questions.values()
        if question.whose is Whose.REFERRER or question.name.startswith("referrer_")
    }
    assert about_them - IDENTIFYING == {"referrer_kind", "anonymous"}


def test_relatives_are_masked_too_where_they_asked(client, lead):
    marked = {"referrer_name": f"{MARK} Owen", "referrer_email": f"o@{MARK.lower()}.example"}
    referral = submitted(
        {**full(FAMILY), "danger": "no", "work_and_family": ["none"], "anonymous": "unknown", **marked}
    )
    client.force_login(lead)
    for text in pages(client, referral):
        assert not {MARK, MARK.lower()} & set(told(text))


def test_answers_are_put_into_words_only_where_they_are_masked_or_the_referrer_reads_them():
    put = {
        str(path)
        for path, text in sources()
        if "answered" in text
        for each in calls(text)
        if called(each) == "answered"
    }
    assert put == {"referrals/masking.py", "referrals/views/flow.py", "referrals/copies.py"}


def test_who_the_referrer_is_is_read_in_few_places_only():
    names = {"email", "phone", "role", "organisation"}
    read = {
        str(path)
        for path, text in sources()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and node.attr in names and "referrer" in ast.unparse(node.value)
    }
    mailed = {"referrals/reached.py"}
    assert read == {"desk/paper.py", "referrals/handlers.py", *mailed}
